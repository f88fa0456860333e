"""What holds where there are too many passages to compare one by one; here, more than 300."""

import resource
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest

from indexer.errors import StoreError
from indexer.model import AgendaItem, Chunk, Filters, Minutes, Role
from indexer.store import EmbeddedChunk, Vectors, vectors
from indexer.store.local import LocalStore

EVERYTHING = Filters()
DIMENSION, PER_MEETING = 16, 50


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "EXACT", 300)
    monkeypatch.setattr(vectors, "RECENT", 120)


def unit(chance: np.random.Generator, count: int) -> Vectors:
    made = chance.standard_normal((count, DIMENSION)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def put(store: LocalStore, number: int) -> Vectors:
    """Store a meeting, and give the vectors of its passages; every item has its own case."""
    made = unit(np.random.default_rng(number), PER_MEETING)
    items = tuple(
        AgendaItem("1", "", f"{place % 10}", False, "x", None, (), (), (), ())
        for place in range(PER_MEETING)
    )
    chunks = [
        EmbeddedChunk(Chunk(place, Role.OTHER, "", "", 0, 1), vector, np.empty((0, DIMENSION)))
        for place, vector in enumerate(made)
    ]
    minutes = Minutes(f"{number}.md", None, f"Udvalg {number % 2}", None, None, (), (), items)
    store.replace(minutes, "digest", chunks)
    return made


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(data: Path) -> Iterator[LocalStore]:
    with LocalStore.create(data, "chance") as store:
        for number in range(12):
            put(store, number)
        store.flush()
        yield store


def scores(store: LocalStore, question: Vectors, filters: Filters = EVERYTHING) -> list[float]:
    return [match.score for match in store.nearest(question, 10, filters)]


def best(numbers: Iterable[int], question: Vectors) -> list[float]:
    held = np.concatenate([unit(np.random.default_rng(n), PER_MEETING) for n in numbers])
    return sorted((held @ question).tolist(), reverse=True)[:10]


def test_the_nearest_are_found_with_their_exact_cosine(store: LocalStore, data: Path) -> None:
    question = unit(np.random.default_rng(99), 1)[0]
    with LocalStore.open(data) as reader:
        for opened in (store, reader):
            assert scores(opened, question) == pytest.approx(best(range(12), question), abs=1e-6)


@pytest.mark.parametrize(
    "filters", [Filters(case_number="3"), Filters(committees=("Udvalg 1",), case_number="3")]
)
def test_a_filtered_search_never_comes_back_short(store: LocalStore, filters: Filters) -> None:
    found = store.nearest(unit(np.random.default_rng(99), 1)[0], 30, filters)
    assert len(found) == 30


@pytest.mark.parametrize("compared", [300, 100], ids=["all that pass", "some lists"])
def test_a_filter_finds_the_nearest_of_what_passes_whatever_has_changed(
    store: LocalStore, data: Path, monkeypatch: pytest.MonkeyPatch, compared: int
) -> None:
    monkeypatch.setattr(vectors, "COMPARED", compared)
    question = unit(np.random.default_rng(99), 1)[0]
    odd, none = Filters(committees=("Udvalg 1",)), Filters(committees=("Udvalg 2",))
    with LocalStore.open(data) as reader:
        assert scores(reader, question, odd) == pytest.approx(best((1, 3, 5, 7, 9, 11), question))
        store.remove("11.md")  # what had the highest ids
        assert scores(reader, question, odd) == pytest.approx(best((1, 3, 5, 7, 9), question))
        store.remove("3.md")
        put(store, 5)  # again, under new ids
        put(store, 13)
        assert scores(reader, question, odd) == pytest.approx(best((1, 5, 7, 9, 13), question))
        assert scores(reader, question, none) == []


def test_small_changes_leave_the_file_and_are_found(store: LocalStore, data: Path) -> None:
    file = data / "vectors.faiss"
    before = file.stat().st_ino
    with LocalStore.open(data) as reader:
        assert scores(reader, put(store, 12)[7])[0] == pytest.approx(1, abs=1e-6)
        store.flush()
        assert file.stat().st_ino == before
        for number in (13, 14):
            new = put(store, number)
        store.flush()
        assert file.stat().st_ino != before
        assert scores(reader, new[3]) == pytest.approx(best(range(15), new[3]), abs=1e-6)


def test_what_is_removed_leaves_the_file_at_once(store: LocalStore, data: Path) -> None:
    question = unit(np.random.default_rng(3), PER_MEETING)[7]
    with LocalStore.open(data) as reader:
        assert scores(reader, question)[0] == pytest.approx(1, abs=1e-6)
        store.remove("3.md")
        assert scores(reader, question)[0] < 0.99
        before = (data / "vectors.faiss").stat().st_ino
        store.flush()
        assert (data / "vectors.faiss").stat().st_ino != before
        assert scores(reader, question)[0] < 0.99
        for number in range(4, 12):
            store.remove(f"{number}.md")
        store.flush()
        assert scores(reader, question) == pytest.approx(best(range(3), question), abs=1e-6)


def test_a_disk_that_is_full_leaves_the_old_index(store: LocalStore, data: Path) -> None:
    question = put(store, 12)[5]
    for number in range(13, 16):
        put(store, number)
    before = (data / "vectors.faiss").read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(StoreError, match="the room on the disk"):
            store.flush()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (data / "vectors.faiss").read_bytes() == before
    assert not (data / "vectors.tmp").exists()
    with LocalStore.open(data) as reader:
        assert scores(reader, question) == pytest.approx(best(range(16), question), abs=1e-6)
    store.flush()
    assert scores(store, question) == pytest.approx(best(range(16), question), abs=1e-6)
