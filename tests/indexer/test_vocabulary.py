"""What is indexed tells which words are compounds of which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.stemming import stem
from indexer.vocabulary import KnownTerms, Vocabulary

INDEXED = "stormflod stormflodskaj kaje kajak lodseri lodserikaj lodserikandelaber kandelaber"
VOCABULARY = Vocabulary(KnownTerms(stem(word) for word in INDEXED.split()))


def test_what_is_indexed_is_known() -> None:
    assert VOCABULARY.knows(stem("stormfloden"))
    assert not VOCABULARY.knows("ukendt")


@pytest.mark.parametrize(
    ("word", "compounds"),
    [
        ("kandelaber", ["lodserikandelaber"]),
        ("kandelaberen", ["lodserikandelaber"]),
        ("lodseri", []),
        ("vagt", []),
        ("ukendt", []),
        ("kaj", []),
        ("", []),
    ],
)
def test_the_compounds_of_a_word_are_made_of_indexed_words(word: str, compounds: list[str]) -> None:
    """Those of base words ("vagt") are indexed under them; words of three letters are too short."""
    assert list(VOCABULARY.compounds_of(word)) == [stem(compound) for compound in compounds]


def test_a_word_is_taken_apart_into_indexed_words() -> None:
    assert VOCABULARY.parts_of("Stormflodslodseriet") == (stem("stormflod"), stem("lodseri"))
    assert VOCABULARY.parts_of("stormflod") == ()
    assert VOCABULARY.parts_of("stormflodsvarsel") == ()


@given(st.lists(st.text(alphabet="abekos", min_size=1, max_size=8)), st.text(max_size=12))
def test_only_indexed_terms_are_learned(terms: list[str], word: str) -> None:
    vocabulary = Vocabulary(KnownTerms(terms))
    assert set(vocabulary.compounds_of(word)) <= set(terms)
    assert set(vocabulary.parts_of(word)) <= set(terms)
