"""A comparison: each municipality, place or year is asked alone, and told under its own name."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from indexer.model import Filters, Minutes
from qa_engine.comparing import (
    Part,
    are_apart,
    compare,
    confined_to_period,
    in_turns,
    items_in,
    pair_in,
    parts_of,
    tells_all,
)
from qa_engine.confidence import Signals
from qa_engine.evidence import Piece
from qa_engine.model import Asked, Hit, Query
from qa_engine.understanding import content_terms, understand
from qa_engine.writing import Draft

HitsOf = Callable[[str], list[Hit]]

NORDBY, SYDBY = "Nordby Kommune", "Sydøby Kommune"
MINUTES = "# REFERAT Teknikudvalget d. 14-03-2023\n\n# Punkt 7: Stien\n\nStien er 2,1 km lang.\n"
SURE = Signals(
    item=1.9, named=0.0, terms=1.8, exact=0.0, kind=1.0, missing=0.0, read=4.0, words=0.0
)
UNSURE = replace(SURE, item=1.2)


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
    assert [part.name for part in parts] == ["Nordby", "Sydøby"]
    assert [part.query.text for part in parts] == [nordby, sydby]
    assert [part.query.municipalities for part in parts] == [(NORDBY,), (SYDBY,)]
    assert [part.query.filters.municipalities for part in parts] == [(NORDBY,), (SYDBY,)]


def test_each_part_is_read_for_what_it_asks_for() -> None:
    parts = parts_of(comparing("Hvad koster Nordbys hal, og hvem ejer Sydøbys?", NORDBY, SYDBY))
    assert [part.query.asked for part in parts] == [Asked.AMOUNT, Asked.PERSON]
    assert [part.query.terms for part in parts] == [("kost", "hal"), ("ejer",)]


def test_each_item_that_is_named_by_its_number_gets_its_own_question() -> None:
    query = understand("Hvad blev besluttet på punkt 7 og 8?", Filters(), ())
    parts = parts_of(query)
    assert [part.name for part in parts] == ["Punkt 7", "Punkt 8"]
    assert [part.query.filters.item_numbers for part in parts] == [("7",), ("8",)]


def test_items_of_two_municipalities_keep_to_their_own() -> None:
    text = "Hvad blev besluttet på punkt 7 i Nordby og på punkt 9 i Sydøby?"
    query = comparing(text, NORDBY, SYDBY)
    filters = replace(query.filters, item_numbers=("7", "9"))
    parts = parts_of(replace(query, filters=filters))
    assert [part.query.filters.item_numbers for part in parts] == [("7",), ("9",)]


def test_a_clause_without_a_subject_asks_what_the_other_does() -> None:
    text = "Hvem manglede i Nordby i marts 2021, og hvem i Sydøby i maj 2022?"
    parts = parts_of(replace(comparing(text, NORDBY, SYDBY), asked=Asked.ABSENCE))
    assert [part.query.asked for part in parts] == [Asked.ABSENCE] * 2
    periods = [part.query.period for part in parts]
    assert [period and period[0] for period in periods] == [
        dt.date(2021, 3, 1), dt.date(2022, 5, 1)
    ]  # fmt: skip


def test_two_months_are_asked_about_each_alone() -> None:
    assert pair_in("Hvem sad i udvalget i marts 2021 og i oktober 2024?") == [
        ("marts 2021", "Hvem sad i udvalget i marts 2021?"),
        ("oktober 2024", "Hvem sad i udvalget i oktober 2024?"),
    ]


def test_any_other_question_is_itself() -> None:
    query = comparing("Hvad koster hallen i Nordby?", NORDBY)
    assert parts_of(query) == [Part("", query)]


@pytest.mark.parametrize(
    ("question", "pair"),
    [
        (
            "Hvor høje er møllerne på Lundsø Hede og ved Torpmose?",
            [
                ("Lundsø Hede", "Hvor høje er møllerne på Lundsø Hede?"),
                ("Torpmose", "Hvor høje er møllerne ved Torpmose?"),
            ],
        ),
        (
            "Hvor langt er de ved Lyngbro Å eller Enghuse?",
            [
                ("Lyngbro Å", "Hvor langt er de ved Lyngbro Å?"),
                ("Enghuse", "Hvor langt er de ved Enghuse?"),
            ],
        ),
        (
            "Hvad besluttede Fjordby om badet i 2023, og hvad i 2024?",
            [
                ("2023", "Hvad besluttede Fjordby om badet i 2023?"),
                ("2024", "Hvad besluttede Fjordby om badet i 2024?"),
            ],
        ),
        (
            "Hvordan gik antallet af elever fra 2022 til 2024?",
            [
                ("2022", "Hvordan gik antallet af elever fra 2022?"),
                ("2024", "Hvordan gik antallet af elever fra 2024?"),
            ],
        ),
        ("Hvem i Teknik- og Miljøudvalget stemte imod?", []),
        ("Hvad koster stien til Torpmose?", []),
        ("hvor hoeje er moellerne paa heden og ved mosen", []),
    ],
)
def test_two_places_or_years_are_found_side_by_side(
    question: str, pair: list[tuple[str, str]]
) -> None:
    assert pair_in(question) == pair


def test_a_part_is_confined_to_the_time_it_names_unless_its_asker_confined_it() -> None:
    part = replace(comparing("?"), period=(dt.date(2023, 1, 1), dt.date(2023, 12, 31)))
    filters = confined_to_period(part).filters
    assert (filters.since, filters.until) == part.period
    given = replace(part, filters=Filters(since=dt.date(2020, 1, 1)))
    assert confined_to_period(given) == given
    assert confined_to_period(comparing("?")) == comparing("?")


def test_one_item_may_tell_all(hits_of: HitsOf) -> None:
    [hit] = hits_of(MINUTES.replace("2,1 km", "2,1 km fra Torpmose til Lundsø Hede"))
    assert tells_all(comparing("?"), hit, ["Lundsø Hede", "Torpmoses"])
    assert not tells_all(comparing("?"), hit, ["Lundsø Hede", "Enghuse"])
    assert tells_all(comparing("?"), hit, ["2023"])
    assert not tells_all(replace(comparing("?"), asked=Asked.DECISION), hit, ["2023"])


@pytest.mark.parametrize(
    ("signals", "north", "south", "apart"),
    [
        (SURE, "Nordby", "Sydøby", True),
        (UNSURE, "Nordby", "Sydøby", False),
        (SURE, "Nordby", "Vestby", False),
    ],
)
def test_parts_are_apart_where_each_has_a_sure_answer_of_its_own(
    hits_of: HitsOf, signals: Signals, north: str, south: str, apart: bool
) -> None:
    [hit] = hits_of(MINUTES)
    parts = [Part(north, comparing("?")), Part(south, comparing("?"))]
    drafts = [draft_of(of(NORDBY, hit), "2,1 km"), draft_of(of(SYDBY, hit), "9 km", signals)]
    assert are_apart(parts, drafts) is apart
    assert not are_apart(parts, [drafts[0], drafts[0]]), "one item for both"
    assert not are_apart(parts, [drafts[0], None])


def test_the_first_of_each_stand_at_the_top(hits_of: HitsOf) -> None:
    [hit] = hits_of(MINUTES)
    north = [of(NORDBY, hit, score) for score in (1.7, 1.6, 1.5)]
    south = [of(SYDBY, hit, 1.8)]
    assert in_turns([north, south], 3) == [south[0], north[0], north[1]]


TITLES = """# REFERAT Teknikudvalget d. 14-03-2023

# Punkt 7: Revision af jobafklaringsforløb

Det sker hver uge.

# Punkt 8: Revision af ressourceforløb

Det sker hver måned.
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Hvor ofte sker det i jobafklaring sammenlignet med ressourceforløb?", ["7", "8"]),
        ("Hvor ofte i ressourceforløb, og hvor ofte i jobafklaring?", ["8", "7"]),
        ("Hvor ofte sker det i jobafklaring?", []),
        ("Hvor ofte sker ressourceforløb i jobafklaring?", []),
        ("Hvor ofte sker revision af praktik og fleksjob?", []),
    ],
)
def test_two_items_are_set_side_by_side_by_words_of_their_titles(
    hits_of: HitsOf, question: str, expected: list[str]
) -> None:
    hits = hits_of(TITLES)
    query = replace(comparing(question), terms=content_terms(question))
    assert [hit.item.number for hit in items_in(query, hits)] == expected
    assert [hit.item.number for hit in items_in(query, hits[::-1])] == expected


def test_a_body_with_a_subject_in_its_name_sets_nothing_side_by_side(hits_of: HitsOf) -> None:
    hits = hits_of(TITLES)
    question = "Hvad mener Udvalget for Jobafklaring og ressourceforløb?"
    query = replace(comparing(question), terms=content_terms(question))
    assert items_in(query, hits)
    assert not items_in(replace(query, committees=("Udvalget for Jobafklaring",)), hits)


def test_each_part_stands_under_its_name_in_the_order_of_the_question(hits_of: HitsOf) -> None:
    [hit] = hits_of(MINUTES)
    query = comparing("Hvor lange er stierne i Sydøby og Nordby?", SYDBY, NORDBY)
    drafts = [
        draft_of(of(SYDBY, hit), "• Stien er 9,9 km lang."),
        draft_of(of(NORDBY, hit), "Stien er 2,1 km lang.", UNSURE),
    ]
    told = compare(parts_of(query), drafts)
    assert told is not None
    assert [piece.text for piece in told.pieces] == [
        "Sydøby: Stien er 9,9 km lang.",
        "Nordby: Stien er 2,1 km lang.",
    ]
    assert replace(told.signals, terms=UNSURE.terms) == UNSURE, "no surer than its weaker half"
    assert math.expm1(told.signals.terms) == pytest.approx(2 * math.expm1(SURE.terms))


def test_the_one_that_was_found_is_told(hits_of: HitsOf) -> None:
    query = comparing("Hvor lange er stierne i Sydøby og Nordby?", SYDBY, NORDBY)
    [hit] = hits_of(MINUTES)
    told = compare(parts_of(query), [None, draft_of(of(NORDBY, hit), "Stien er 2,1 km lang.")])
    assert told is not None
    assert [piece.text for piece in told.pieces] == ["Nordby: Stien er 2,1 km lang."]
    assert compare(parts_of(query), [None, None]) is None
