"""Other words for what is asked are found, and count for less."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.abbreviations import Abbreviation
from indexer.danish import analyse
from indexer.stemming import stem
from indexer.vocabulary import KnownTerms, Vocabulary
from qa_engine.understanding import content_terms
from qa_engine.wording import Variant, Wording, fixed_abbreviations, lay_words, other_words

INDEXED = (
    "ungdomsuddannelse mindreforbrug bevilling godkendt kommunale ungeindsats KUI socialdemokratiet"
    " V venstre lodserikandelaber lodseri kandelaber vejkort 11,9 mio. kr. 3. marts 2021"
)
VOCABULARY = Vocabulary(
    KnownTerms(analyse(INDEXED)), [Abbreviation("KUI", "kommunale ungeindsats")]
)


def others(question: str) -> set[str]:
    return set(other_words(question, content_terms(question), VOCABULARY).weights())


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("Hvor mange søger ungdomsuddannelser?", "uddannelse"),
        ("Hvor stort et mindre forbrug?", "mindreforbrug"),
        ("Hvad er planen for kandelaberen?", "lodserikandelaber"),
        ("Hvem har lodserikandelaberen?", "lodseri"),
        ("Hvad koster KUI?", "ungeindsats"),
        ("Hvad er KUIs opgave?", "ungeindsats"),
        ("Hvad er den kommunale ungeindsats?", "KUI"),
        ("Hvordan stemte Venstre?", "V"),
        ("Hvordan stemte V?", "venstre"),
        ("Hvor blev pengene af?", "bevilling"),
        ("Har de sagt ja til hallen?", "godkendt"),
        ("Hvad fik de 11,9 mio. kr.?", "11,9"),
        ("Hvad skete den 3/3-2021?", "marts"),
    ],
)
def test_other_words_for_what_is_asked_are_found(question: str, other: str) -> None:
    assert set(analyse(other)) & others(question)


@pytest.mark.parametrize(
    "question",
    ["Hvad er planen for hallen?", "hvordan går det v siden af", "sagt"],
)
def test_where_nothing_else_is_meant_there_are_no_others(question: str) -> None:
    assert others(question) == set()


@given(st.text(max_size=60))
def test_others_are_indexed_weigh_less_and_are_not_asked_for(question: str) -> None:
    terms = content_terms(question)
    for variant in other_words(question, terms, VOCABULARY).variants:
        assert any(VOCABULARY.knows(term) for term in variant.terms)
        assert 0 < variant.weight < 1
        assert variant.of in terms
        assert not set(variant.terms) & set(terms)


def test_a_term_is_matched_by_the_best_of_its_others() -> None:
    wording = Wording((Variant("penge", ("bevilling",), 0.3), Variant("penge", ("budget",), 0.2)))
    assert wording.match("penge", {"bevilling", "budget"}) == 0.3
    assert wording.match("penge", {"vej"}) == 0.0
    assert wording.match("vej", {"bevilling"}) == 0.0


def test_a_term_is_matched_by_its_parts_only_where_all_stand() -> None:
    wording = Wording((Variant("havnerundfart", ("havn", "rundfart"), 0.6),))
    assert wording.match("havnerundfart", {"havn"}) == 0.0
    assert wording.match("havnerundfart", {"havn", "rundfart"}) == 0.6
    assert wording.weights() == {"havn": 0.6, "rundfart": 0.6}


def test_every_line_of_the_lists_can_be_used() -> None:
    for lay, official in lay_words():
        assert content_terms(" ".join(lay)), lay
        assert official
    assert fixed_abbreviations().long_forms("fgu") == [
        (stem("forberedende"), stem("grunduddannelse"))
    ]
