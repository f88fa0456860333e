"""Measure the search among many passages: ``make bench-scale`` (PASSAGES=1000000).

The passages are made (see ``synthetic.py``) from the index of the corpus. Exact search over all
vectors is the measure of recall. Times are of one thread: on the clock, and of the processor.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from synthetic import PER_MEETING, Sample, fill, make_meeting, make_vectors, sample  # noqa: E402

from indexer.build import build  # noqa: E402
from indexer.embedding import load_embedder  # noqa: E402
from indexer.model import Filters  # noqa: E402
from indexer.settings import Settings  # noqa: E402
from indexer.store import Vectors  # noqa: E402
from indexer.store.local import LocalStore  # noqa: E402

PASSAGES = int(os.environ.get("PASSAGES", "1000000"))
QUESTIONS, K = 200, 10
YEAR = dt.date(2014, 1, 1), dt.date(2014, 12, 31)
FILTERS = {
    "none": Filters(),
    "committee and year": Filters(committees=("Udvalg 3",), since=YEAR[0], until=YEAR[1]),
    "municipality, committee and year": Filters(
        ("Kommune 7",), ("Udvalg 3",), since=YEAR[0], until=YEAR[1]
    ),
    "year": Filters(since=YEAR[0], until=YEAR[1]),
}


def learn(folder: Path) -> Sample:
    """Index the corpus and learn how its passages are."""
    embedder = load_embedder(Settings())
    with closing(LocalStore.create(folder, embedder.name)) as store:
        build([ROOT / "corpus" / "minutes"], store, embedder)
        return sample(store)


def exact(known: Sample, questions: Vectors, count: int) -> dict[str, Vectors]:
    """Compare the questions with all passages, meeting by meeting; scores of the k best of each."""
    best = {name: np.full((QUESTIONS, K), -1, np.float32) for name in FILTERS}
    for number in range(-(-count // PER_MEETING)):
        minutes, chunks = make_meeting(known, number)
        assert minutes.date
        scores = questions @ np.stack([chunk.vector for chunk in chunks]).T
        for name, filters in FILTERS.items():
            if (
                minutes.municipality in (filters.municipalities or (minutes.municipality,))
                and minutes.committee in (filters.committees or (minutes.committee,))
                and (filters.since or minutes.date) <= minutes.date
                and minutes.date <= (filters.until or minutes.date)
            ):
                both = np.concatenate([best[name], scores], 1)
                best[name] = -np.partition(-both, K - 1, axis=1)[:, :K]
    return best


def timed_row(name: str, store: LocalStore, questions: Vectors, best: Vectors) -> str:
    """Ask all questions with one filter; tell recall and times."""
    walls, cpus, recalls = [], [], []
    for question, scores in zip(questions, best, strict=True):
        wall, cpu = time.perf_counter(), time.thread_time()
        found = store.nearest(question, K, FILTERS[name])
        walls.append(time.perf_counter() - wall)
        cpus.append(time.thread_time() - cpu)
        least = scores[scores > -1].min() - 1e-5
        recalls.append(sum(match.score >= least for match in found) / (scores > -1).sum())
    times = (np.percentile(t, p) * 1000 for t in (walls, cpus) for p in (50, 95))
    return f"{name:34}{np.mean(recalls):8.3f}" + "".join(f"{t:8.1f}" for t in times)


def memory() -> Iterator[str]:
    """Tell the resident memory of this process, now and at most, in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(("VmRSS", "VmHWM")):
            yield f"{line.split(':')[0]} {int(line.split()[1]) // 1024} MB"


def main() -> None:
    """Make the index, ask it, add a meeting, and print what that took."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("PUNKTVIS_BENCH")) as held:
        known, data = learn(Path(held, "corpus")), Path(held, "data")
        questions = make_vectors(known, QUESTIONS, np.random.default_rng(10**9))
        with closing(LocalStore.create(data, "bench")) as store:
            begun = time.perf_counter()
            fill(store, known, PASSAGES)
            filled = time.perf_counter()
            store.flush()
            print(f"stored {PASSAGES} passages in {filled - begun:.0f} s, FAISS made of them in "
                  f"{time.perf_counter() - filled:.0f} s; {', '.join(memory())}")  # fmt: skip
        best = exact(known, questions, PASSAGES)
        with closing(LocalStore.open(data)) as store:
            begun = time.perf_counter()
            store.nearest(questions[0], K, Filters())
            print(f"opened and first answer in {time.perf_counter() - begun:.1f} s")
            print(f"{'filter':34}{'recall':>8}{'wall 50':>8}{'95 ms':>8}{'CPU 50':>8}{'95 ms':>8}")
            for name in FILTERS:
                print(timed_row(name, store, questions, best[name]))
            with closing(LocalStore.create(data, "bench")) as writer:
                begun = time.perf_counter()
                fill(writer, known, PER_MEETING, first=PASSAGES // PER_MEETING + 1)
                writer.flush()
                store.nearest(questions[0], K, Filters())
                print(f"a meeting added and found in {time.perf_counter() - begun:.1f} s")
            print(", ".join(memory()))


if __name__ == "__main__":
    main()
