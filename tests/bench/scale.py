"""The cost curve: time, memory and disk against passages: ``make bench-scale``.

    python tests/bench/scale.py [SIZE ...] [--out docs/performance.jsonl]

Stores of made minutes (``maker.py``), each filled by one process, searched by another and changed
by a third, so that memory is each one's own. What is found is compared with exact search: while a
store is filled, the best scores of every question are kept, and a passage that is found counts
where its own score is among the ten best. Draw the curve with ``python tests/bench/curve.py``.
"""

from __future__ import annotations

import argparse
import json
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT)]

import numpy as np  # noqa: E402 - see above
from bank import Bank, read_bank  # noqa: E402
from maker import Made, Plan, committee_and_year, make, questions  # noqa: E402

from indexer.embedding import load_embedder  # noqa: E402
from indexer.model import Filters  # noqa: E402
from indexer.settings import Settings  # noqa: E402
from indexer.store import Vectors  # noqa: E402
from indexer.store.local import LocalStore  # noqa: E402
from qa_engine.understanding import understand  # noqa: E402

SIZES = (1_000, 10_000, 100_000)
OUT = ROOT / "docs" / "performance.jsonl"
_BEST = 10
_PROPOSED = 100  # passages that a question has each ranking propose
_MODEL = "made"
_NOTHING = Filters(case_number="none")


@dataclass(frozen=True, slots=True)
class Asked:
    """What every store is asked: vectors of questions, shape (n, d), and their words."""

    vectors: Vectors
    words: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Filled:
    """What it takes to fill a store.

    Attributes:
        chunks: Passages in it.
        fill_ms: For each of them, made and stored.
        disk_mb: Of the whole index.
        fill_memory_mb: Of the process, at most.
    """

    chunks: int
    fill_ms: float
    disk_mb: float
    fill_memory_mb: float


@dataclass(frozen=True, slots=True)
class Searched:
    """What it takes to search it; times of all questions, in milliseconds.

    Attributes:
        open_s: Until the first answer.
        memory_mb: Of the process, at most.
        nearest_ms: Half of the questions take no longer.
        nearest_p95_ms: Nor do 95 of 100.
        filtered_ms: Likewise, within one committee and year, whose passages are looked up anew.
        filtered_p95_ms: Likewise.
        words_ms: Half of the searches in the word index take no longer.
        words_p95_ms: Likewise.
        vocabulary_s: Until the first question's words are looked up in what is indexed.
        recall: Share of the ten nearest passages that are found.
        filtered_recall: Likewise, within one committee and year.
    """

    open_s: float
    memory_mb: float
    nearest_ms: float
    nearest_p95_ms: float
    filtered_ms: float
    filtered_p95_ms: float
    words_ms: float
    words_p95_ms: float
    vocabulary_s: float
    recall: float
    filtered_recall: float


@dataclass(frozen=True, slots=True)
class Changed:
    """What it takes to change it.

    Attributes:
        add_s: To store one more meeting, flush, and find it from a store that is open already.
        again_s: To store one meeting anew, and flush.
    """

    add_s: float
    again_s: float


def fill(folder: Path, size: int) -> Filled:
    """Fill a store, and keep beside it the scores that exact search gives its questions."""
    bank, asked = _read(folder)
    plan = Plan.holding(size)
    filters = committee_and_year(0, plan)
    best = [np.full((len(asked.vectors), _BEST), -1, np.float32) for _ in range(2)]
    spent = 0.0
    with closing(LocalStore.create(folder / "data", _MODEL)) as store:
        begun = time.perf_counter()
        for made in make(bank, plan):
            store.replace(made.minutes, made.digest, made.chunks)
            compared = time.perf_counter()
            scores = asked.vectors @ np.stack([chunk.vector for chunk in made.chunks]).T
            best[0] = _merge(best[0], scores)
            if _passes(filters, made):
                best[1] = _merge(best[1], scores)
            spent += time.perf_counter() - compared
        store.flush()
        seconds = time.perf_counter() - begun - spent
        chunks = store.size()
    np.savez(folder / "best.npz", *best)
    disk = sum(file.stat().st_size for file in (folder / "data").iterdir())
    return Filled(chunks, 1e3 * seconds / chunks, disk / 1e6, _memory())


def search(folder: Path, size: int) -> Searched:
    """Ask a filled store all questions, with and without filters."""
    _, asked = _read(folder)
    exact = np.load(folder / "best.npz")
    begun = time.perf_counter()
    with closing(LocalStore.open(folder / "data")) as store:
        store.nearest(asked.vectors[0], _BEST, Filters())
        opened = time.perf_counter() - begun
        figures = []
        filters = committee_and_year(0, Plan.holding(size))
        for kind, best in ((Filters(), exact["arr_0"]), (filters, exact["arr_1"])):
            times, found = [], []
            for vector, scores in zip(asked.vectors, best, strict=True):
                store.nearest(vector, _BEST, _NOTHING)  # makes the store forget what passed
                begun = time.perf_counter()
                matches = store.nearest(vector, _BEST, kind)
                times.append(1e3 * (time.perf_counter() - begun))
                passages = store.passages([match.id for match in matches])
                own = np.array([passage.embedded.vector @ vector for passage in passages])
                wanted = scores[scores > -1]
                if len(wanted):
                    found.append((own >= wanted.min() - 1e-5).sum() / len(wanted))
            figures += [*np.quantile(times, (0.5, 0.95)), np.mean(found)]
        begun = time.perf_counter()
        store.vocabulary().parts_of("cykelstiudvidelsen")
        vocabulary = time.perf_counter() - begun
        times = []
        for words in asked.words:
            begun = time.perf_counter()
            store.matching(words, _PROPOSED, Filters())
            times.append(1e3 * (time.perf_counter() - begun))
    p50, p95, recall, filtered, filtered_p95, filtered_recall = map(float, figures)
    return Searched(
        open_s=opened,
        memory_mb=_memory(),
        nearest_ms=p50,
        nearest_p95_ms=p95,
        filtered_ms=filtered,
        filtered_p95_ms=filtered_p95,
        words_ms=float(np.median(times)),
        words_p95_ms=float(np.quantile(times, 0.95)),
        vocabulary_s=vocabulary,
        recall=recall,
        filtered_recall=filtered_recall,
    )


def change(folder: Path, size: int) -> Changed:
    """Add a meeting to a filled store, while another has it open, and store it anew."""
    bank, _ = _read(folder)
    (made,) = make(bank, Plan(municipalities=1, committees=1, chunks=1), seed=size)
    minutes, chunks = replace(made.minutes, source="new.md"), made.chunks
    data = folder / "data"
    with (
        closing(LocalStore.open(data)) as reader,
        closing(LocalStore.create(data, _MODEL)) as store,
    ):
        reader.nearest(chunks[0].vector, _BEST, Filters())
        begun = time.perf_counter()
        store.replace(minutes, made.digest, chunks)
        store.flush()
        (found,) = reader.nearest(chunks[0].vector, 1, Filters())
        added = time.perf_counter() - begun
        (passage,) = reader.passages([found.id])
        assert passage.source == minutes.source
        begun = time.perf_counter()
        store.replace(minutes, made.digest, chunks)
        store.flush()
        again = time.perf_counter() - begun
    return Changed(added, again)


def _merge(best: Vectors, scores: Vectors) -> Vectors:
    both = np.concatenate([best, scores], axis=1)
    merged: Vectors = -np.partition(-both, _BEST - 1, axis=1)[:, :_BEST]
    return merged


def _passes(filters: Filters, made: Made) -> bool:
    minutes = made.minutes
    assert minutes.date
    assert filters.since
    assert filters.until
    return (
        minutes.committee in filters.committees and filters.since <= minutes.date <= filters.until
    )


def _read(folder: Path) -> tuple[Bank, Asked]:
    held: tuple[Bank, Asked] = pickle.loads((folder.parent / "bank").read_bytes())  # our own
    return held


def _memory() -> float:
    # Not resource.getrusage, which counts what the parent held when it made this process.
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmHWM"))


_STEPS = {"fill": fill, "search": search, "change": change}


def _in_a_process(step: str, folder: Path, size: int) -> dict[str, float]:
    command = [sys.executable, __file__, str(size), "--step", step, "--folder", str(folder)]
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, float] = json.loads(ran.stdout)
    return figures


def main() -> None:
    """Measure each size in processes of its own, and write a line of JSON for each."""
    parser = argparse.ArgumentParser(description="Measure the cost curve.")
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--step", choices=_STEPS, help="for its own processes")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(asdict(_STEPS[given.step](given.folder, given.sizes[0]))))
        return
    with tempfile.TemporaryDirectory() as held:
        embedder = load_embedder(Settings())
        lines = (ROOT / "corpus" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
        asking = [understand(json.loads(line)["question"], Filters(), ()) for line in lines]
        words = [query.terms for query in asking]
        asked = Asked(questions(embedder)[::4], words[::4])
        Path(held, "bank").write_bytes(pickle.dumps((read_bank(embedder), asked)))
        del embedder
        rows = []
        for size in given.sizes:
            folder = Path(held, str(size))
            folder.mkdir()
            row = {}
            for step in _STEPS:
                row |= _in_a_process(step, folder, size)
            rows.append(json.dumps({name: round(value, 4) for name, value in row.items()}))
            print(rows[-1], flush=True)
            given.out.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
