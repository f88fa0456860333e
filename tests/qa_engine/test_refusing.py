"""The honest no: what was searched, and a near miss named with its item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from indexer.model import Filters
from qa_engine.model import Asked, Hit, Query, Searched
from qa_engine.refusing import NEAR_MISS, NOT_TOLD, refuse

HitsOf = Callable[[str], list[Hit]]

MINUTES = """# REFERAT Teknikudvalget d. 14-03-2023

**Mødedato** Tirsdag d. 14. marts 2023

# Punkt 7: Cykelsti ved skolen

## Beslutning Teknikudvalget den 14-03-2023

Godkendt.
"""
SEARCHED = Searched(5, ("Sorø Kommune", "Varde Kommune"), dt.date(2020, 9, 1), dt.date(2024, 10, 1))
LINE = "Der er søgt i 5 referater fra 2 kommuner, september 2020 – oktober 2024."
QUERY = Query("Hvad koster stien?", ("sti",), Asked.AMOUNT, Filters())


def near(hits_of: HitsOf, score: float) -> Hit:
    hit = hits_of(MINUTES)[0]
    return replace(hit, score=score, minutes=replace(hit.minutes, municipality="Sorø Kommune"))


def test_a_refusal_says_so_and_what_was_searched() -> None:
    sentences, citations = refuse(QUERY, [], SEARCHED)
    assert [(sentence.text, sentence.markers) for sentence in sentences] == [
        (NOT_TOLD, ()),
        (LINE, ()),
    ]
    assert citations == ()


def test_a_near_miss_is_named_and_cited(hits_of: HitsOf) -> None:
    sentences, (citation,) = refuse(QUERY, [near(hits_of, NEAR_MISS)], SEARCHED)
    assert [sentence.text for sentence in sentences] == [
        NOT_TOLD,
        "Nærmest er punkt 7: »Cykelsti ved skolen« (Sorø, 14. marts 2023), "
        "men det fortæller ikke hvilket beløb.",
        LINE,
    ]
    assert sentences[1].markers == (1,)
    assert (citation.marker, citation.item, citation.quote) == (1, "7", "Cykelsti ved skolen")


def test_only_the_nearest_item_is_named(hits_of: HitsOf) -> None:
    hits = [near(hits_of, 1.9), near(hits_of, 1.85)]
    _, citations = refuse(QUERY, hits, SEARCHED)
    assert len(citations) == 1


def test_what_is_about_something_else_is_no_consolation_prize(hits_of: HitsOf) -> None:
    sentences, citations = refuse(QUERY, [near(hits_of, NEAR_MISS - 0.01)], SEARCHED)
    assert [sentence.text for sentence in sentences] == [NOT_TOLD, LINE]
    assert citations == ()


def test_a_near_miss_of_minutes_that_tell_neither_place_nor_day_is_named(hits_of: HitsOf) -> None:
    hit = near(hits_of, 1.9)
    bare = replace(hit, minutes=replace(hit.minutes, municipality=None, date=None))
    sentences, _ = refuse(QUERY, [bare], SEARCHED)
    assert (
        sentences[1].text
        == "Nærmest er punkt 7: »Cykelsti ved skolen«, men det fortæller ikke hvilket beløb."
    )


def test_another_municipality_is_told_to_be_missing(hits_of: HitsOf) -> None:
    query = replace(QUERY, elsewhere=("Aarhus", "Odense"))
    sentences, citations = refuse(query, [near(hits_of, 1.9)], SEARCHED)
    assert [sentence.text for sentence in sentences] == [
        NOT_TOLD,
        "Ingen af referaterne er fra Aarhus eller Odense.",
        LINE,
    ]
    assert citations == ()


def test_an_unknown_case_number_is_said_to_be_unknown() -> None:
    query = replace(QUERY, filters=Filters(case_number="99/12345"))
    sentences, citations = refuse(query, [], SEARCHED)
    assert [sentence.text for sentence in sentences] == [
        NOT_TOLD,
        "Der er ingen sag 99/12345 i de referater, der er søgt i.",
        LINE,
    ]
    assert citations == ()


def test_an_unknown_item_is_said_to_be_unknown() -> None:
    query = replace(QUERY, filters=Filters(item_numbers=("98", "99")))
    sentences, _ = refuse(query, [], SEARCHED)
    assert sentences[1].text == "Der er intet punkt 98 eller 99 i de referater, der er søgt i."


def test_a_known_case_is_not_said_to_be_unknown(hits_of: HitsOf) -> None:
    query = replace(QUERY, filters=Filters(case_number="20/9270"))
    sentences, _ = refuse(query, [near(hits_of, 1.0)], SEARCHED)
    assert [sentence.text for sentence in sentences] == [NOT_TOLD, LINE]


def test_where_there_is_nothing_to_search_that_is_said() -> None:
    sentences, _ = refuse(QUERY, [], Searched(0, (), None, None))
    assert sentences[-1].text == "Der er ingen referater at søge i."
