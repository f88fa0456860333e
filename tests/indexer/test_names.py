from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.names import VOTERS, Voter, is_name_list, read_names, read_voters


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kim Brandt.", ("Kim Brandt",)),
        ("A. C. Hoxcer Nielsen", ("A. C. Hoxcer Nielsen",)),
        ("A.C. Hoxcer Nielsen", ("A.C. Hoxcer Nielsen",)),
        ("Lars Schmidt (C)", ("Lars Schmidt (C)",)),
        ("Preben Kok og Jon Buus", ("Preben Kok", "Jon Buus")),
        ("- Bodil Friis\n- Kaj Ravn", ("Bodil Friis", "Kaj Ravn")),
        (
            "Annette van der Star (A), Jens von Bülow",
            ("Annette van der Star (A)", "Jens von Bülow"),
        ),
        ("Birthe Holm (A), borgmester, Kaj Ravn (V)", ("Birthe Holm (A)", "Kaj Ravn (V)")),
        ("Susanne Mark (formand), Jon Buus", ("Susanne Mark", "Jon Buus")),
        ("Svend Åge Mol (O). Ingen stedfortræder.", ("Svend Åge Mol (O)",)),
        ("Torben Skriver (V). Som stedfortræder mødte Lone Fugl (V).", ("Torben Skriver (V)",)),
        ("Ingen", ()),
        ("-", ()),
        ("", ()),
    ],
)
def test_names_are_read_as_printed(text: str, names: tuple[str, ...]) -> None:
    assert read_names(text) == names


@pytest.mark.parametrize(
    ("line", "names_only"),
    [
        ("A. C. Hoxcer Nielsen", True),
        ("Kim Brandt (V), Lis Tang (A) og Jon Buus.", True),
        ("Ingen", True),
        ("Udvalget ønsker en status i september.", False),
        ("Kim Brandt (V) stemte imod.", False),
    ],
)
def test_a_list_of_names_is_told_from_a_sentence(line: str, names_only: bool) -> None:
    assert bool(is_name_list(line)) is names_only


@pytest.mark.parametrize(
    ("text", "voters"),
    [
        ("V, C og O", [Voter(None, "V"), Voter(None, "C"), Voter(None, "O")]),
        ("A (7) samt Ø", [Voter(None, "A", 7), Voter(None, "Ø")]),
        ("V (4, uden Rune Agersted)", [Voter(None, "V", 4)]),
        ("Rune Tofte (F)", [Voter("Rune Tofte", "F")]),
        ("Hansen (V)", [Voter("Hansen", "V")]),
        ("Svend Aarup", [Voter("Svend Aarup", None)]),
        ("borgmester Jens von Bülow (V)", [Voter("Jens von Bülow", "V")]),
        ("A. C. Hoxcer Nielsen", [Voter("A. C. Hoxcer Nielsen", None)]),
        ("Dansk Folkeparti og Liste L", [Voter(None, "Dansk Folkeparti"), Voter(None, "Liste L")]),
        ("hele A-gruppen", [Voter(None, "A")]),
        ("Radikale Venstres gruppe", [Voter(None, "Radikale Venstre")]),
        ("V (Karin Lund, Ole Bro)", [Voter("Karin Lund", "V"), Voter("Ole Bro", "V")]),
        ("Medlemmerne Karin Lund og Ole Bro", [Voter("Karin Lund", None), Voter("Ole Bro", None)]),
    ],
)  # fmt: skip
def test_people_and_parties_are_told_apart(text: str, voters: list[Voter]) -> None:
    assert re.fullmatch(VOTERS, text)
    assert list(read_voters(text)) == voters


@pytest.mark.parametrize(
    "text", ["Udvalget", "Teknisk Udvalg", "Fjordby Kommune", "I henhold til", "formanden"]
)
def test_bodies_and_ordinary_words_are_no_voters(text: str) -> None:
    assert re.match(VOTERS, text) is None


def test_a_voter_is_named_as_minutes_write_it() -> None:
    assert Voter("Rune Tofte", "F").name == "Rune Tofte (F)"
    assert Voter("Rune Tofte", None).name == "Rune Tofte"
    assert Voter(None, "A", 7).name == "A"


@given(st.text(alphabet="ABab ,.()-og", max_size=200))
def test_no_text_is_a_reason_to_fail(text: str) -> None:
    read_names(text)
    read_voters(text)
    is_name_list(text)


def test_a_long_list_is_read_at_once() -> None:
    """Lists are matched in one go, so that no list however it ends costs more than its length."""
    text = "Dansk Folkeparti, A. B. Holm, " * 60 + "og så videre"
    assert re.search(rf"{VOTERS} stemte", text) is None
