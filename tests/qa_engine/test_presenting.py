"""What is found is named alike everywhere, in Danish."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from indexer.errors import ChatFault
from indexer.model import AgendaItem, Minutes, Outcome, Role
from qa_engine.model import Citation, Fault, Hit, Searched, Wording
from qa_engine.presenting import (
    hit_label,
    meeting_label,
    number,
    outcome_name,
    quotation,
    role_name,
    searched_line,
    source_label,
    wording_line,
)

CITATION = Citation(
    marker=1,
    source="varde.txt",
    item="240",
    title="Kvartalsrapport",
    municipality="Varde Kommune",
    committee="Udvalget for Arbejdsmarked og Integration",
    date=dt.date(2020, 12, 17),
    case_number="20/9270",
    section="Beslutning Udvalget for Arbejdsmarked og Integration den 17-12-2020",
    role=Role.DECISION,
    page=8,
    quote="Godkendt.",
    start=10,
    end=19,
    url=None,
)


def test_a_source_is_named_from_the_municipality_down_to_the_page() -> None:
    assert source_label(CITATION) == (
        "Varde Kommune · Udvalget for Arbejdsmarked og Integration · 17. december 2020"
        " · punkt 240: Kvartalsrapport · sag 20/9270 · Beslutning · s. 8"
    )


def test_what_the_minutes_do_not_tell_is_left_out() -> None:
    bare = replace(
        CITATION, municipality=None, committee=None, date=None, case_number=None, page=None
    )
    assert source_label(bare) == "punkt 240: Kvartalsrapport · Beslutning"
    assert source_label(replace(bare, title="")) == "punkt 240 · Beslutning"


def test_a_section_without_a_role_keeps_its_printed_label() -> None:
    other = replace(CITATION, role=Role.OTHER, section="Konsekvens i forhold til visionen")
    assert "· Konsekvens i forhold til visionen · s. 8" in source_label(other)
    assert source_label(replace(other, section="")).endswith("sag 20/9270 · s. 8")


def test_a_hit_is_named_without_a_place_in_it() -> None:
    item = AgendaItem("2", "Budget", None, False, "Budget", 1, (), (), (), ())
    minutes = Minutes("a.txt", "Sorø Kommune", "Byrådet", None, None, (), (), (item,))
    assert hit_label(Hit(minutes, item, 1.0, ())) == "Sorø Kommune · Byrådet · punkt 2: Budget"
    assert meeting_label(minutes) == "Sorø Kommune · Byrådet"


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_name_of_its_own(role: Role) -> None:
    assert [other for other in Role if role_name(other) == role_name(role)] == [role]


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_a_name_of_its_own(outcome: Outcome) -> None:
    assert [o for o in Outcome if outcome_name(o) == outcome_name(outcome)] == [outcome]


def test_a_quote_is_set_as_running_text() -> None:
    assert quotation("**Godkendt**\n\fmed  bemærkning.\n") == "»Godkendt med bemærkning.«"


@pytest.mark.parametrize(
    ("searched", "line"),
    [
        (
            Searched(5, ("A", "B", "C", "D"), dt.date(2020, 9, 7), dt.date(2024, 10, 1)),
            "Der er søgt i 5 referater fra 4 kommuner, september 2020 – oktober 2024.",
        ),
        (
            Searched(1, ("Varde Kommune",), dt.date(2020, 12, 17), dt.date(2020, 12, 17)),
            "Der er søgt i 1 referat fra Varde Kommune, december 2020.",
        ),
        (Searched(1250, (), None, None), "Der er søgt i 1.250 referater."),
        (Searched(0, (), None, None), "Der er ingen referater at søge i."),
    ],
)
def test_what_was_searched_is_told_in_a_line(searched: Searched, line: str) -> None:
    assert searched_line(searched) == line


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (999, "999"), (1250000, "1.250.000")])
def test_numbers_have_danish_separators(value: int, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("wording", "line"),
    [
        (
            Wording("ollama:m", used=True),
            "Teksten er skrevet af en sprogmodel (ollama:m) ud fra kilderne.",
        ),
        (
            Wording("m", used=True, dropped=(Fault.FIGURE, Fault.UNCITED, Fault.FIGURE)),
            "Teksten er skrevet af en sprogmodel (m) ud fra kilderne. 3 af dens sætninger er "
            "udeladt: 2 med tal, der ikke står i kilden, 1 uden kilde.",
        ),
        (
            Wording("m", used=False, dropped=(Fault.NAME,)),
            "Sprogmodellen (m) skrev intet, der kan efterprøves. Svaret er med referaternes egne "
            "ord. 1 af dens sætninger er udeladt: 1 med et navn, der ikke står i kilden.",
        ),
        (
            Wording("m", used=False, failure=ChatFault.SLOW),
            "Sprogmodellen (m) svarede ikke i tide. Svaret er med referaternes egne ord.",
        ),
    ],
)
def test_what_a_language_model_did_is_told_in_a_line(wording: Wording, line: str) -> None:
    assert wording_line(wording) == line


def test_every_fault_of_a_model_has_its_words() -> None:
    for fault in Fault:
        assert "1 af dens" in wording_line(Wording("m", used=True, dropped=(fault,)))
    for failure in ChatFault:
        assert "egne ord" in wording_line(Wording("m", used=False, failure=failure))
