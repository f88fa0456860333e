"""Where words stand in many passages, they are ranked as FTS5 ranks them where they are few."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.model import AgendaItem, Chunk, Filters, Minutes, Role, Section
from indexer.store import EmbeddedChunk, Match, ranking
from indexer.store.local import LocalStore

WORDS = ["havn", "bro", "vej", "cykel", "bus", "torv"]
EVERYTHING = Filters()


def a_meeting(number: int, chance: np.random.Generator) -> Minutes:
    """Make minutes of ten items, in whose titles and texts the first words are the commonest."""

    def some(most: int) -> str:
        shares = 1 / np.arange(1, len(WORDS) + 1) ** 2
        chosen = chance.choice(WORDS, chance.integers(1, most), p=shares / shares.sum())
        return " ".join([*chosen, *(["kat"] * chance.integers(0, most))])

    items = tuple(
        AgendaItem(
            number="1", title=some(3), case_number=None, closed=False, text=text, first_page=1,
            sections=(Section(Role.BACKGROUND, "Sag", 0, len(text)),), decisions=(), absent=(),
            attachments=(),
        )
        for text in (some(12) for _ in range(10))
    )  # fmt: skip
    committee = f"Udvalg {number % 3}"
    return Minutes(f"{number}.md", None, committee, dt.date(2020, 1, 1), None, (), (), items)


def chunks_of(minutes: Minutes) -> list[EmbeddedChunk]:
    vector = np.array([1, 0], np.float32)
    return [
        EmbeddedChunk(
            Chunk(position, Role.BACKGROUND, "Sag", "", 0, len(item.text), ((0, 1),)),
            vector,
            vector.reshape(1, -1),
        )
        for position, item in enumerate(minutes.items)
    ]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStore]:
    chance = np.random.default_rng(1)
    with LocalStore.create(tmp_path_factory.mktemp("words") / "data", "none") as store:
        for number in range(12):
            minutes = a_meeting(number, chance)
            store.replace(minutes, "digest", chunks_of(minutes))
        store.remove("5.md")
        yield store


def scores(matches: list[Match]) -> dict[int, float]:
    return {match.id: match.score for match in matches}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    terms=st.lists(st.sampled_from([*WORDS, "ukendt"]), max_size=4),
    also=st.dictionaries(st.sampled_from([*WORDS, "kat"]), st.sampled_from([0.3, 0.8])),
    filters=st.sampled_from([EVERYTHING, Filters(committees=("Udvalg 1",)), Filters(("Ukendt",))]),
)
def test_all_that_hold_a_word_are_found_with_the_same_scores(
    store: LocalStore,
    monkeypatch: pytest.MonkeyPatch,
    terms: list[str],
    also: dict[str, float],
    filters: Filters,
) -> None:
    few = store.matching(terms, 1000, filters, also)
    with monkeypatch.context() as changed:
        changed.setattr(ranking, "FEW_PLACES", -1)
        many = store.matching(terms, 1000, filters, also)
    assert scores(many) == pytest.approx(scores(few))
    ranked = [match.score for match in many]
    assert ranked == sorted(ranked, reverse=True)


def test_the_best_few_are_the_best_of_all(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = store.matching(["torv", "havn", "bro"], 5, EVERYTHING)
    monkeypatch.setattr(ranking, "FEW_PLACES", 0)
    many = store.matching(["torv", "havn", "bro"], 5, EVERYTHING)
    assert [match.score for match in many] == pytest.approx([match.score for match in few])


def test_a_common_word_counts_in_what_rarer_ones_find(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a search that may look at little finds nothing by the common word alone."""
    by_both = scores(store.matching(["torv", "havn"], 1000, EVERYTHING))
    by_the_rare = scores(store.matching(["torv"], 1000, EVERYTHING))
    monkeypatch.setattr(ranking, "FEW_PLACES", 0)
    monkeypatch.setattr(ranking, "MOST_PLACES", len(by_the_rare))
    found = scores(store.matching(["torv", "havn"], 1000, EVERYTHING))
    assert 0 < len(found) < len(by_both)
    assert found == pytest.approx({id: by_both[id] for id in by_the_rare})


def test_a_filter_leaves_as_many_as_pass(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is applied before the weightiest are chosen, so a search never comes back short."""
    monkeypatch.setattr(ranking, "FEW_PLACES", 0)
    monkeypatch.setattr(ranking, "_SCORED", 1)
    monkeypatch.setattr(ranking, "_SCORED_EACH", 1)
    within = Filters(committees=("Udvalg 2",))
    found = store.matching(["havn"], 10, within)
    assert len(found) == 10
    assert {p.committee for p in store.passages([m.id for m in found])} == {"Udvalg 2"}
