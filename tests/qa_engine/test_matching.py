"""How much of what a question asks about stands in a text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.danish import stem
from qa_engine.matching import Rarity, Sought, coverage, match, tokens_of
from qa_engine.wording import Variant, Wording

WORDS = ["cykelsti", "cykelstien", "cykel", "skole", "skolebus", "budget", "havn", "20", "2023"]
terms = st.lists(st.sampled_from(WORDS), max_size=6).map(tuple)
tokens = st.sets(st.sampled_from(WORDS), max_size=6)
rarities = st.builds(
    Rarity,
    st.dictionaries(st.sampled_from(WORDS), st.integers(0, 50)),
    st.integers(50, 500),
)


@pytest.mark.parametrize(
    ("term", "among", "least", "most"),
    [
        ("havn", {"havn", "bro"}, 1.0, 1.0),
        ("praktikplads", {"praktikpladsgaranti"}, 0.6, 0.9),
        ("praktikpladsgaranti", {"praktikplads"}, 0.6, 0.9),
        ("solcelleanlæg", {"solcelleparken"}, 0.4, 0.6),
        ("sti", {"cykelsti"}, 0.0, 0.0),
        ("havn", {"bro"}, 0.0, 0.0),
        ("havn", set(), 0.0, 0.0),
        ("2023", {"20231"}, 0.0, 0.0),
        ("12345", {"123456"}, 0.0, 0.0),
    ],
)
def test_a_term_is_matched_by_itself_and_less_by_a_part_or_beginning(
    term: str, among: set[str], least: float, most: float
) -> None:
    assert least <= match(term, among) <= most


def test_the_best_of_the_tokens_counts() -> None:
    assert match("praktikplads", {"praktikpladsgaranti", "praktikplads"}) == 1.0
    assert match("praktikplads", {"praktiker", "praktikpladsgaranti"}) == match(
        "praktikplads", {"praktikpladsgaranti"}
    )


@given(term=st.sampled_from(WORDS), one=tokens, more=tokens)
def test_a_match_is_a_share_and_grows_with_tokens(term: str, one: set[str], more: set[str]) -> None:
    assert 0.0 <= match(term, one) <= match(term, one | more) <= 1.0


@given(terms=terms, one=tokens, more=tokens, rarity=rarities)
def test_coverage_is_a_share_and_grows_with_tokens(
    terms: tuple[str, ...], one: set[str], more: set[str], rarity: Rarity
) -> None:
    less, all_of_it = coverage(terms, one, rarity), coverage(terms, one | more, rarity)
    assert 0.0 <= less <= 1.0 + 1e-9
    assert less <= all_of_it + 1e-9


@given(terms=terms, rarity=rarities)
def test_what_holds_every_term_covers_all(terms: tuple[str, ...], rarity: Rarity) -> None:
    assert coverage(terms, set(terms), rarity) == pytest.approx(1.0)


variants = st.builds(
    Variant,
    st.sampled_from(WORDS),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(tuple),
    st.sampled_from([0.3, 0.6, 0.8]),
)
texts = st.lists(st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join), min_size=1, max_size=4)


@given(
    terms=st.lists(st.sampled_from(WORDS), unique=True).map(tuple),
    rarity=rarities,
    others=st.lists(variants, max_size=3).map(tuple),
    held=st.lists(texts, max_size=4),
)
def test_what_is_sought_in_many_texts_is_covered_as_by_all_their_tokens(
    terms: tuple[str, ...], rarity: Rarity, others: tuple[Variant, ...], held: list[list[str]]
) -> None:
    rarity = replace(rarity, wording=Wording(others))
    sought = Sought(terms, rarity)
    for beside in held:
        assert sought.covered(*beside) == coverage(terms, tokens_of(*beside), rarity)


def test_where_nothing_is_asked_all_is_covered() -> None:
    assert coverage((), set(), Rarity({}, 10)) == 1.0


def test_an_empty_index_can_be_weighed() -> None:
    assert 0.0 <= coverage(("havn",), {"bro"}, Rarity({}, 0)) <= 1.0


def test_a_rare_term_weighs_more_than_a_common_one() -> None:
    rarity = Rarity({"havn": 90, "stormflod": 1}, 100)
    assert rarity.of("ukendt") > rarity.of("stormflod") > rarity.of("havn") > 0
    asked = ("havn", "stormflod")
    assert coverage(asked, {"stormflod"}, rarity) > coverage(asked, {"havn"}, rarity)
    assert rarity.total(asked) == rarity.of("havn") + rarity.of("stormflod")


def test_texts_become_one_set_of_analysed_terms() -> None:
    held = tokens_of("Cykelstien ved havnen", "IT-udgifter i sag 20/9270")
    assert {stem("havnen"), stem("cykelstien"), "20/9270", stem("udgifter")} <= held
    assert tokens_of("Åen og øen") == tokens_of("Aaen og oeen")
    assert tokens_of() == set()
