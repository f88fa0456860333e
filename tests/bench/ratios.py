"""One table of ratios against a plain pipeline and exact search: ``make bench``.

Both sides of a ratio run in this process, turn by turn, on the same files and questions, so that a
busy machine slows both. The real minutes are printed as PDFs first, where they are beside the
repository. A ratio below 1 says that Punktvis takes less.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT), str(ROOT / "corpus")]

import numpy as np  # noqa: E402 - see above
from layouts import LAYOUTS  # noqa: E402
from plain import PlainPipeline  # noqa: E402
from print import MINUTES, typeset  # noqa: E402

from indexer.build import build  # noqa: E402
from indexer.chunking import chunk_minutes, embedded_text  # noqa: E402
from indexer.embedding import BUNDLED, Embedder, Text, load_embedder  # noqa: E402
from indexer.lazy_embedding import LazyEmbedder  # noqa: E402
from indexer.model import Filters  # noqa: E402
from indexer.parsing import read_minutes  # noqa: E402
from indexer.settings import Backend, Settings  # noqa: E402
from indexer.store import Vectors  # noqa: E402
from indexer.store.local import LocalStore  # noqa: E402
from qa_engine.engine import Engine  # noqa: E402

REAL = ROOT.parent / "shared" / "minutes"
SOURCES = ROOT / "corpus" / "sources"
CHANGED = "fjordby-byraadet-2023-03-28"
# Enough of each for a ratio; all of them would take PyTorch many minutes.
_FILES, _EVERY = 6, 6


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: ours and the other, in one unit."""

    what: str
    unit: str
    ours: float
    other: float
    against: str

    def __str__(self) -> str:
        """Write it as a row of Markdown."""
        numbers = f"{self.ours:.3g} | {self.other:.3g} | {self.ours / self.other:.2f}"
        return f"| {self.what} | {self.unit} | {numbers} | {self.against} |"


def timed(run: Callable[..., T], *given: object) -> tuple[float, T]:
    """Run something; give the seconds that it took, and what it gave."""
    begun = time.perf_counter()
    result = run(*given)
    return time.perf_counter() - begun, result


def print_minutes(folder: Path) -> None:
    """Put PDFs into a folder: those of the corpus, and the real ones in its layouts."""
    shutil.copytree(MINUTES, folder)
    for number, file in enumerate(sorted(REAL.glob("*.txt"))):
        printed = typeset(file.read_text(encoding="utf-8"), LAYOUTS[number % len(LAYOUTS)])
        (folder / f"{file.stem}.pdf").write_bytes(printed.data)


def change(folder: Path, turn: int) -> None:
    """Put a corrected print in the place of one file."""
    text = (SOURCES / f"{CHANGED}.md").read_text(encoding="utf-8")
    corrected = text.replace("Godkendt.", f"Godkendt med {turn} stemmer.", 1)
    (folder / f"{CHANGED}.pdf").write_bytes(typeset(corrected, LAYOUTS[0]).data)


def index(folder: Path, data: Path, embedder: Embedder) -> int:
    """Bring our index up to date; tell how many passages it holds."""
    with closing(LocalStore.create(data, embedder.name)) as store:
        return build([folder], store, embedder).chunks


def indexing(folder: Path, data: Path, plain: PlainPipeline, embedder: Embedder) -> list[Line]:
    """Time indexing everything, nothing and one file, each beside the plain pipeline."""
    new, chunks = timed(index, folder, data, embedder)
    other, pieces = timed(plain.index, folder)
    lazy = LazyEmbedder(BUNDLED, partial(load_embedder, Settings()))
    same = statistics.median(timed(index, folder, data, lazy)[0] for _ in range(3))
    changed = []
    for turn in range(3):
        change(folder, turn)
        changed.append(timed(index, folder, data, embedder)[0])
    against = "plain pipeline, all anew"
    return [
        Line("index all: a passage", "ms", 1e3 * new / chunks, 1e3 * other / pieces, against),
        Line("index all", "s", new, other, against),
        Line("index, nothing changed", "s", same, other, against),
        Line("index, one file changed", "s", statistics.median(changed), other, against),
    ]


def embedding(plain: PlainPipeline, embedder: Embedder) -> list[Line]:
    """Time embedding alone, and compare what the vectors find, passages being the same."""
    texts, places = [], []
    for file in sorted(SOURCES.glob("*.md"))[:_FILES]:
        minutes = read_minutes(file, file.name)
        for chunk in chunk_minutes(minutes):
            item = minutes.items[chunk.position]
            texts.append(Text(*embedded_text(chunk, item)))
            places.append((file.name, item.number))
    ours, other = 0.0, 0.0
    vectors: tuple[list[Vectors], list[Vectors]] = ([], [])
    for first in range(0, len(texts), 64):
        some = texts[first : first + 64]
        mine, embedded = timed(embedder.embed_passages, some)
        theirs, plainly = timed(plain.embed, [text.text for text in some])
        ours, other = ours + mine, other + theirs
        vectors[0].extend(embedding.vector for embedding in embedded)
        vectors[1].extend(plainly)
    held = {source for source, _ in places}
    asked = [q for q in read_questions() if {r["source"] for r in q["relevant"]} & held]
    questions = [question["question"] for question in asked]
    found = first_right(asked, embedder.embed_queries(questions), np.stack(vectors[0]), places)
    others = np.concatenate([plain.embed_question(question) for question in questions])
    nearest = first_right(asked, others, np.stack(vectors[1]), places)
    return [
        Line("embed passages, and their units", "s", ours, other, "PyTorch, passages alone"),
        Line("right item first, by vectors", "share", found, nearest, "PyTorch"),
    ]


def read_questions() -> list[dict[str, Any]]:
    """Read the questions of the corpus."""
    lines = (ROOT / "corpus" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def first_right(
    asked: Sequence[dict[str, Any]],
    questions: Vectors,
    passages: Vectors,
    places: Sequence[tuple[str, str]],
) -> float:
    """Tell for what share of questions the nearest passage is of an item that answers."""
    best = (questions @ passages.T).argmax(axis=1)
    wanted = [{(r["source"], r["item"]) for r in question["relevant"]} for question in asked]
    return statistics.mean(places[b] in want for b, want in zip(best, wanted, strict=True))


def asking(data: Path, plain: PlainPipeline, embedder: Embedder) -> list[Line]:
    """Time questions, turn by turn: their vectors, a search, a whole answer."""
    asked = [question["question"] for question in read_questions()[::_EVERY]]
    with closing(Engine.open(data, Settings())) as engine:
        engine.ask(asked[0])
        calls = (
            lambda question: embedder.embed_queries([question]),
            plain.embed_question,
            engine.search,
            engine.ask,
            plain.search,
        )
        times = [[timed(call, question)[0] for call in calls] for question in asked]
    p50, p95 = 1e3 * np.quantile(times, (0.5, 0.95), axis=0)
    return [
        Line("vector of a question, p50", "ms", p50[0], p50[1], "PyTorch"),
        Line("search, p50", "ms", p50[2], p50[4], "plain pipeline's search"),
        Line("search, p95", "ms", p95[2], p95[4], "plain pipeline's search"),
        Line("answer with citations, p50", "ms", p50[3], p50[4], "plain pipeline's search"),
        Line("answer with citations, p95", "ms", p95[3], p95[4], "plain pipeline's search"),
    ]


def recall(data: Path, embedder: Embedder) -> list[Line]:
    """Compare the store's nearest passages with all passages, one by one."""
    asked = [question["question"] for question in read_questions()[::_EVERY]]
    questions = embedder.embed_queries(asked)
    with closing(LocalStore.open(data)) as store:
        ids = [match.id for match in store.nearest(questions[0], store.size(), Filters())]
        held = np.stack([passage.embedded.vector for passage in store.passages(ids)])
        found, exactly, met = 0.0, 0.0, []
        for question in questions:
            ours, near = timed(store.nearest, question, 10, Filters())
            other, order = timed(lambda q=question: np.argsort(-(held @ q))[:10])
            found, exactly = found + ours, exactly + other
            met.append(len({match.id for match in near} & {ids[place] for place in order}) / 10)
    each = 1e3 / len(questions)
    return [
        Line("ten nearest passages", "ms", each * found, each * exactly, "exact, by NumPy"),
        Line("ten nearest passages, found", "share", statistics.mean(met), 1.0, "exact, by NumPy"),
    ]


def main() -> None:
    """Print the table."""
    plain, embedder = PlainPipeline(), load_embedder(Settings(backend=Backend.ONNX))
    assert embedder.name == BUNDLED
    with tempfile.TemporaryDirectory() as held:
        folder, data = Path(held, "minutes"), Path(held, "data")
        print_minutes(folder)
        print("| what | unit | Punktvis | the other | ratio | the other is |")
        print("|---|---|---|---|---|---|")
        for lines in (
            indexing(folder, data, plain, embedder),
            embedding(plain, embedder),
            asking(data, plain, embedder),
            recall(data, embedder),
        ):
            print(*lines, sep="\n", flush=True)


if __name__ == "__main__":
    main()
