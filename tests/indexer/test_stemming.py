"""Two spellings and two inflections of a word become one term."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.stemming import fold, stem


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_both_spellings_of_danish_letters_meet() -> None:
    assert fold("Aabenraa Øster Ærø") == fold("Åbenrå Oester Aeroe")


@pytest.mark.parametrize(
    "inflections",
    [
        "cykelsti Cykelstien CYKELSTIER",
        "sti stien stier stierne stiens",
        "by byen byer byens",
        "å åen åens",
        "indsats indsatsen indsatser indsatsernes",
        "budget budgettet budgetter budgetterne",
        "plads pladser pladserne pladsen",
        "kvalitet kvaliteten",
        "proces processen processer",
    ],
)
def test_inflections_of_a_word_meet(inflections: str) -> None:
    assert len({stem(word) for word in inflections.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("oversigt", "over"), ("løn", "lo"), ("børne", "bo"), ("dagsordenen", "dagen")],
)
def test_words_that_only_begin_alike_do_not_meet(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.text(alphabet="abdeghiknorstæøå", min_size=1, max_size=20))
def test_both_spellings_have_one_stem(word: str) -> None:
    assert stem(word) == stem(fold(word))
