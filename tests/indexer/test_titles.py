from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.titles import (
    has_tag,
    is_closed,
    is_routine,
    letters,
    opens_closed_part,
    same_title,
    tells_closed,
    tells_status,
    without_tag,
)


@pytest.mark.parametrize(
    "title",
    [
        "Lukket: Orientering fra formand",
        "LUKKET PUNKT: Køb af grund",
        "Lukket - Støtte til virksomhed",
        "Lukket punkt",
        "Lukket sag (O)",
        "(Lukket) Orientering om en klagesag",
        "[Lukket punkt] Personale",
        "Personaleforhold (lukket)",
        "Udlejningsaftale - lukket punkt",
        "Orientering fra formanden – Lukket",
        "FORTROLIG: Køb af ejendom",
        "(Fortrolig) Håndhævelse",
        "Grundsalg (ikke-offentligt punkt)",
    ],
)
def test_a_title_says_that_its_item_is_closed(title: str) -> None:
    assert is_closed(title)


@pytest.mark.parametrize(
    "title",
    [
        "Lukning af Nørre Skole",
        "Lukkedage i dagtilbud",
        "Skolen er lukket om fredagen",
        "Fortrolighed",
    ],
)
def test_closing_something_closes_no_item(title: str) -> None:
    assert not is_closed(title)


@pytest.mark.parametrize(
    ("line", "closed"),
    [
        ("Lukket punkt", True),
        ("Åben/lukket: Lukket", True),
        ("Punktet behandles for lukkede døre.", True),
        ("Sagen er lukket.", True),
        ("Dette punkt er ikke offentligt.", True),
        ("Punktet er behandlet på lukket møde.", True),
        ("Dette er et lukket punkt.", True),
        ("Åbent/lukket punkt: Lukket", True),
        ("Åbent/lukket punkt: Åbent", False),
        ("Lukket", True),
        ("Fortroligt punkt", True),
        ("(Fortrolig)", True),
        ("Åben sag", False),
        ("Offentligt punkt", False),
        ("Sagstype: Åben", False),
    ],
)
def test_a_line_below_the_heading_may_tell_the_status(line: str, closed: bool) -> None:
    assert tells_status(line)
    assert tells_closed(line) is closed


@pytest.mark.parametrize("title", ["Eventuelt", "Godkendelse af dagsorden", "Underskriftsside (B)"])
def test_what_nearly_every_agenda_has_is_routine(title: str) -> None:
    assert is_routine(title)
    assert not is_routine(f"Notat om {title}")


def test_a_sentence_tells_no_status() -> None:
    assert not tells_status("Åbent hus på skolen")


@pytest.mark.parametrize(
    ("line", "closed"),
    [
        ("Lukkede punkter", True),
        ("Lukket dagsorden:", True),
        ("Punkter på lukket møde:", True),
        ("Åbne punkter", False),
        ("Åben dagsorden", False),
        ("Åbningstider", None),
    ],
)
def test_a_line_between_items_may_open_the_closed_part(line: str, closed: bool | None) -> None:
    assert opens_closed_part(line) is closed


@pytest.mark.parametrize(
    ("title", "bare"),
    [("Ny skole (B)", "Ny skole"), ("Ny skole (Drøftelse)", "Ny skole"), ("Ny skole", "Ny skole")],
)
def test_a_type_tag_is_no_part_of_the_title(title: str, bare: str) -> None:
    assert without_tag(title) == bare
    assert has_tag(title) is (title != bare)


@pytest.mark.parametrize(
    "title",
    [
        "(Åben) Ny skole",
        "(Offentlig) Ny skole",
        "Ny skole (åbent punkt)",
        "[Åben sag]: Ny skole",
        "Overskrift: Ny skole",
    ],
)
def test_that_an_item_is_open_is_no_part_of_its_title(title: str) -> None:
    assert without_tag(title) == "Ny skole"


def test_a_letter_may_be_a_party() -> None:
    assert without_tag("Forslag fra Kim Holm (O)", letters_too=False) == "Forslag fra Kim Holm (O)"


@given(st.text())
def test_titles_are_compared_by_their_letters(title: str) -> None:
    found = letters(title)
    assert letters(found) in ("", found)
    assert same_title(found, found) is bool(found)


def test_a_title_may_be_cut_short() -> None:
    whole = letters("Fælles visitation for hjælpemidler og boligændringer")
    assert same_title(whole, letters("Fælles visitation for hjælp"))
    assert not same_title(whole, letters("Fælles"))


def test_many_blanks_cost_no_more_than_their_length() -> None:
    line = f"Titel{' ' * 200_000}og mere"
    assert not is_closed(line)
    assert letters(line) == "titelogmere"
