"""Abbreviations are learned where a text explains them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.abbreviations import Abbreviation, Abbreviations, find_abbreviations
from indexer.stemming import stem


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Den kommunale ungeindsats (KUI) er ny.", "KUI", "kommunale ungeindsats"),
        ("om forberedende\ngrunduddannelse (FGU)", "FGU", "forberedende grunduddannelse"),
        ("Særligt tilrettelagt ungdomsuddannelse (STU)", "STU",
         "Særligt tilrettelagt ungdomsuddannelse"),
        ("Teknik- og Miljøudvalget (TMU)", "TMU", "Teknik- og Miljøudvalget"),
        ("Økonomiudvalget (ØKU)", "ØKU", "Økonomiudvalget"),
        ("indsatsen KUI (kommunal ungeindsats) fra", "KUI", "kommunal ungeindsats"),
    ],
)  # fmt: skip
def test_a_text_explains_an_abbreviation(text: str, short: str, long: str) -> None:
    assert list(find_abbreviations(text)) == [Abbreviation(short, long)]


@pytest.mark.parametrize(
    "text",
    ["Lone Friis (V) stemte imod.", "Punktet udgår (LUKKET).", "af udvalget (KUI) blev",
     "KUI (se punkt 4)", "EU (2021)", "Budgettet for skolerne (FGU)"],
)  # fmt: skip
def test_what_stands_in_brackets_explains_not_always(text: str) -> None:
    assert list(find_abbreviations(text)) == []


@given(st.text(max_size=60))
def test_what_is_learned_stands_in_the_text(text: str) -> None:
    squeezed = " ".join(text.split())
    for found in find_abbreviations(text):
        assert found.short in squeezed
        assert found.long in squeezed


KNOWN = Abbreviations(
    [Abbreviation("KUI", "kommunale ungeindsats"), Abbreviation("KUI", "kommunal ungeindsats")]
)


@pytest.mark.parametrize("short", ["KUI", "kui", "KUIs"])
def test_a_short_form_gives_the_terms_of_the_long_one(short: str) -> None:
    assert KNOWN.long_forms(short) == [(stem("kommunal"), stem("ungeindsats"))]


def test_an_unknown_short_form_gives_nothing() -> None:
    assert KNOWN.long_forms("FGU") == []


def test_a_long_form_gives_the_short_one_where_all_of_it_stands() -> None:
    terms = [stem(word) for word in ["hvad", "er", "den", "kommunale", "ungeindsats"]]
    assert list(KNOWN.short_forms(terms)) == [(stem("ungeindsats"), "kui")]
    assert list(KNOWN.short_forms([stem("ungeindsats")])) == []
