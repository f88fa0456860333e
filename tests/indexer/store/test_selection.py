"""Which passages pass is kept for the next search, and never for another state or filter."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from indexer.model import AgendaItem, Chunk, Filters, Minutes, Role
from indexer.store import EmbeddedChunk, ranking
from indexer.store.local import LocalStore

VECTOR = np.array([1, 0], np.float32)
ROADS, PLAY = Filters(committees=("Vejudvalget",)), Filters(committees=("Legeudvalget",))


def put(store: LocalStore, source: str, committee: str) -> None:
    item = AgendaItem("1", "", None, False, "havn", None, (), (), (), ())
    chunk = Chunk(0, Role.OTHER, "", "", 0, 4)
    minutes = Minutes(source, None, committee, dt.date(2020, 1, 1), None, (), (), (item,))
    store.replace(minutes, "digest", [EmbeddedChunk(chunk, VECTOR, np.empty((0, 2), np.float32))])


def found(store: LocalStore, filters: Filters) -> set[str]:
    """Ask for vectors and words in turn, and give the sources that both find."""
    near, worded = store.nearest(VECTOR, 9, filters), store.matching(["havn"], 9, filters)
    assert {match.id for match in near} == {match.id for match in worded}
    return {passage.source for passage in store.passages([match.id for match in near])}


@pytest.mark.parametrize("few_places", [ranking.FEW_PLACES, -1])
def test_a_filter_sees_what_was_stored_and_removed_since_it_was_last_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few_places: int
) -> None:
    monkeypatch.setattr(ranking, "FEW_PLACES", few_places)
    with LocalStore.create(tmp_path, "none") as store:
        put(store, "a.md", "Vejudvalget")
        with LocalStore.open(tmp_path) as reader:
            assert found(reader, ROADS) == {"a.md"}
            assert found(reader, PLAY) == set()
            put(store, "b.md", "Legeudvalget")
            assert found(reader, PLAY) == {"b.md"}
            put(store, "c.md", "Legeudvalget")
            assert found(reader, PLAY) == {"b.md", "c.md"}
            assert found(reader, ROADS) == {"a.md"}
            assert found(reader, Filters()) == {"a.md", "b.md", "c.md"}
            store.remove("c.md")
            assert found(reader, PLAY) == {"b.md"}
            put(store, "a.md", "Legeudvalget")
            assert found(reader, ROADS) == set()
            assert found(reader, PLAY) == {"a.md", "b.md"}
