"""A comparison: each municipality is asked alone, and told under its own name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from indexer.model import Filters, Minutes
from qa_engine.comparing import compare, in_turns, parts_of
from qa_engine.confidence import Signals
from qa_engine.evidence import Piece
from qa_engine.model import Asked, Hit, Query
from qa_engine.writing import Draft

HitsOf = Callable[[str], list[Hit]]

NORDBY, SYDBY = "Nordby Kommune", "Sydøby Kommune"
MINUTES = "# REFERAT Teknikudvalget d. 14-03-2023\n\n# Punkt 7: Stien\n\nStien er 2,1 km lang.\n"
SURE = Signals(item=1.9, case=0.0, words=1.0, terms=1.8, exact=0.0, kind=1.0, read=4.0)
UNSURE = replace(SURE, item=1.6)


def comparing(text: str, *names: str) -> Query:
    return Query(text, (), Asked.ANYTHING, Filters(municipalities=names), names)


def of(municipality: str, hit: Hit, score: float = 1.8) -> Hit:
    minutes: Minutes = replace(hit.minutes, municipality=municipality, source=f"{municipality}.md")
    return replace(hit, minutes=minutes, score=score)


def draft_of(hit: Hit, text: str, signals: Signals = SURE) -> Draft:
    start = hit.item.text.index("Stien er")
    return Draft((Piece(hit, start, start + 21, text),), signals)


@pytest.mark.parametrize(
    ("question", "nordby", "sydby"),
    [
        (
            "Hvad koster hallen i Nordby og i Sydøby?",
            "Hvad koster hallen i Nordby?",
            "Hvad koster hallen i Sydøby?",
        ),
        (
            "Hvad koster hallen hos henholdsvis Nordby og Sydøby Kommune?",
            "Hvad koster hallen hos Nordby?",
            "Hvad koster hallen Sydøby Kommune?",
        ),
        (
            "Hvad bygger Nordby, og hvem betaler i Sydøby?",
            "Hvad bygger Nordby",
            "hvem betaler i Sydøby?",
        ),
    ],
)
def test_each_municipality_gets_its_own_question(question: str, nordby: str, sydby: str) -> None:
    parts = parts_of(comparing(question, NORDBY, SYDBY))
    assert [part.text for part in parts] == [nordby, sydby]
    assert [part.municipalities for part in parts] == [(NORDBY,), (SYDBY,)]
    assert [part.filters.municipalities for part in parts] == [(NORDBY,), (SYDBY,)]


def test_each_part_is_read_for_what_it_asks_for() -> None:
    parts = parts_of(comparing("Hvad koster Nordbys hal, og hvem ejer Sydøbys?", NORDBY, SYDBY))
    assert [part.asked for part in parts] == [Asked.AMOUNT, Asked.PERSON]
    assert [part.terms for part in parts] == [("kost", "hal"), ("ejer",)]


def test_any_other_question_is_itself() -> None:
    query = comparing("Hvad koster hallen i Nordby?", NORDBY)
    assert parts_of(query) == [query]


def test_the_first_of_each_stand_at_the_top(hits_of: HitsOf) -> None:
    [hit] = hits_of(MINUTES)
    north = [of(NORDBY, hit, score) for score in (1.7, 1.6, 1.5)]
    south = [of(SYDBY, hit, 1.8)]
    assert in_turns([north, south], 3) == [south[0], north[0], north[1]]


def test_each_part_stands_under_its_name_in_the_order_of_the_question(hits_of: HitsOf) -> None:
    [hit] = hits_of(MINUTES)
    query = comparing("Hvor lange er stierne i Sydøby og Nordby?", SYDBY, NORDBY)
    drafts = [
        draft_of(of(SYDBY, hit), "• Stien er 9,9 km lang."),
        draft_of(of(NORDBY, hit), "Stien er 2,1 km lang.", UNSURE),
    ]
    told = compare(query, drafts)
    assert told is not None
    assert [piece.text for piece in told.pieces] == [
        "Sydøby: Stien er 9,9 km lang.",
        "Nordby: Stien er 2,1 km lang.",
    ]
    assert told.signals == UNSURE, "a comparison is no surer than its weaker half"


def test_the_one_that_was_found_is_told(hits_of: HitsOf) -> None:
    query = comparing("Hvor lange er stierne i Sydøby og Nordby?", SYDBY, NORDBY)
    [hit] = hits_of(MINUTES)
    told = compare(query, [None, draft_of(of(NORDBY, hit), "Stien er 2,1 km lang.")])
    assert told is not None
    assert [piece.text for piece in told.pieces] == ["Nordby: Stien er 2,1 km lang."]
    assert compare(query, [None, None]) is None
