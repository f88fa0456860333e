"""A compound is taken apart into the words that it is made of."""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.compounds import base_words, parts_of, split
from indexer.danish import analyse, tokens
from indexer.stemming import fold, stem

BASES = ["ungdom", "uddannelse", "kommune", "plan", "budget", "skole", "vej", "klima", "pulje"]
bases = st.lists(st.sampled_from(BASES), min_size=2, max_size=4)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("ungdomsuddannelse", ["ungdom", "uddannelse"]),
        ("Ungdomsuddannelserne", ["ungdom", "uddannelse"]),
        ("mindreforbrug", ["mindre", "forbrug"]),
        ("mindreforbruget", ["mindre", "forbrug"]),
        ("ledighedsydelse", ["ledig", "ydelse"]),
        ("skolevejsanalyse", ["skole", "vej", "analyse"]),
        ("arbejdsfordelingsordningen", ["arbejde", "fordeling", "ordning"]),
        ("børnehus", ["børn", "hus"]),
        ("formand", []),
        ("uddannelse", []),
        ("voksne", []),
        ("jobcentret", ["job", "centret"]),
        ("skole2", []),
        ("", []),
    ],
)
def test_a_compound_has_the_stems_of_its_parts(word: str, parts: list[str]) -> None:
    assert parts_of(fold(word)) == tuple(stem(part) for part in parts)


@given(bases)
def test_what_is_put_together_is_taken_apart_into_known_words(words: list[str]) -> None:
    parts = parts_of("".join(words))
    assert set(parts) <= base_words()
    assert parts or stem("".join(words)) in base_words()


@given(bases)
def test_a_compound_keeps_the_whole_word(words: list[str]) -> None:
    word = "".join(words)
    (token,) = tokens(word)
    assert token.terms == (stem(word),)
    assert analyse(word) == [*token.terms, *token.more]


@given(st.text(max_size=30))
def test_no_word_breaks_the_splitting(word: str) -> None:
    assert len(parts_of(fold(word))) != 1


def test_only_known_stems_are_parts() -> None:
    known = {"kaj", "plad"}
    assert split("kajplads", known.__contains__) == ("kaj", "plad")
    assert split("kajgade", known.__contains__) == ()


def test_the_list_of_base_words_has_no_word_twice() -> None:
    lines = files("indexer").joinpath("base_words.txt").read_text("utf-8").splitlines()
    words = sorted(word for line in lines if not line.startswith("#") for word in line.split())
    assert [one for one, other in pairwise(words) if one == other] == []
