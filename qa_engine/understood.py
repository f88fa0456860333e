"""Taking back what a question was wrongly taken to say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from enum import StrEnum

from indexer.model import Filters
from qa_engine.model import Asked, Query
from qa_engine.understanding import content_terms


class Guess(StrEnum):
    """What a question is taken to say beside its words; the value stands in the page's address."""

    MUNICIPALITY = "kommune"
    COMMITTEE = "udvalg"
    TIME = "tid"
    CASE = "sag"
    ITEM = "punkt"
    KIND = "art"


def take_back(query: Query, given: Filters, wrong: Collection[Guess]) -> Query:
    """Read the question again without the guesses that its asker says are wrong.

    A municipality that is none is a word like any other.
    """
    if Guess.MUNICIPALITY in wrong:
        filters = replace(query.filters, municipalities=given.municipalities)
        terms = content_terms(query.text)
        query = replace(query, filters=filters, municipalities=(), terms=terms)
    if Guess.COMMITTEE in wrong:
        query = replace(query, committees=())
    if Guess.TIME in wrong:
        filters = replace(query.filters, since=given.since, until=given.until)
        query = replace(query, filters=filters, period=None)
    if Guess.CASE in wrong:
        query = replace(query, filters=replace(query.filters, case_number=given.case_number))
    if Guess.ITEM in wrong:
        filters = replace(query.filters, item_numbers=())
        query = replace(
            query, filters=filters, terms=content_terms(query.text, query.municipalities)
        )
    if Guess.KIND in wrong:
        query = replace(query, asked=Asked.ANYTHING)
    return query
