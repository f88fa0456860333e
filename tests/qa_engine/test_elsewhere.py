"""Municipalities that are named and not indexed."""

from __future__ import annotations

from pathlib import Path

import pytest

import qa_engine
from qa_engine.elsewhere import find_elsewhere, is_told_of

INDEXED = ("Fjordby Kommune", "Sorø Kommune", "Ringkøbing-Skjern Kommune")


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Hvad besluttede Aarhus Byråd om letbanen?", ("Aarhus",)),
        ("hvad koster en havneplads i soenderborg", ("Sønderborg",)),
        ("Hvad mener Københavns Borgerrepræsentation?", ("København",)),
        ("Hvad gør Fjerby Kommunes forvaltning?", ("Fjerby",)),
        ("Hvor mange ansatte har Vejen Kommune?", ("Vejen",)),
        ("Deler Odense og Nyborg en brandstation?", ("Nyborg", "Odense")),
        ("Vejen til havnen, hvad koster den?", ()),
        ("Hvad blev Fjordbys budget?", ()),
        ("hvad siger soroe kommune", ()),
        ("Hvad siger Fjordby Byråd?", ()),
        ("Hvad har ringkøbing-skjern kommune bestemt?", ()),
        ("Skal kommunen selv rydde sne?", ()),
        ("Hvilket byråd sagde nej?", ()),
        ("Skal Odensevej asfalteres?", ()),
    ],
)
def test_a_municipality_that_is_not_indexed_is_found(question: str, names: tuple[str, ...]) -> None:
    assert find_elsewhere(question, INDEXED) == names


def test_where_nothing_is_indexed_every_name_is_elsewhere() -> None:
    assert find_elsewhere("Hvad vil Sorø?", ()) == ("Sorø",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Aftalen er indgået med Aarhus Kommune.", True),
        ("Aarhus' havn er med.", True),
        ("Aarhusegnen er med.", False),
        ("Sagen er sendt til Odense.", False),
    ],
)
def test_a_text_tells_of_a_municipality_that_it_names(text: str, told: bool) -> None:
    assert is_told_of(("Aarhus", "Vejle"), ["Intet her.", text]) is told


def test_all_municipalities_are_listed_once() -> None:
    lines = Path(qa_engine.__file__).with_name("municipalities.txt").read_text("utf-8").splitlines()
    names = [line.removeprefix("! ") for line in lines if not line.startswith("#")]
    assert len(set(names)) == len(names) == 98
