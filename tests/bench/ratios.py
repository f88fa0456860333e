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


def seconds(run: Callable[[], object]) -> float:
    """Tell how long something takes."""
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


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
    counts: list[int] = []
    new = seconds(lambda: counts.append(index(folder, data, embedder)))
    other = seconds(lambda: counts.append(plain.index(folder)))
    lazy = LazyEmbedder(BUNDLED, partial(load_embedder, Settings()))
    same = statistics.median(seconds(lambda: index(folder, data, lazy)) for _ in range(3))
    changed = []
    for turn in range(3):
        change(folder, turn)
        changed.append(seconds(lambda: index(folder, data, embedder)))
    against = "plain pipeline, all anew"
    return [
        Line("index all: a passage", "ms", 1e3 * new / counts[0], 1e3 * other / counts[1], against),
        Line("index all", "s", new, other, against),
        Line("index, nothing changed", "s", same, other, against),
        Line("index, one file changed", "s", statistics.median(changed), other, against),
    ]


def embedding(plain: PlainPipeline, embedder: Embedder) -> list[Line]:
    """Time embedding alone, and compare what the vectors find, passages being the same."""
    texts, places = [], []
    for file in sorted(SOURCES.glob("*.md")):
        minutes = read_minutes(file, file.name)
        for chunk in chunk_minutes(minutes):
            item = minutes.items[chunk.position]
            texts.append(Text(*embedded_text(chunk, item)))
            places.append((file.name, item.number))
    ours, other, vectors = 0.0, 0.0, ([], [])
    for first in range(0, len(texts), 64):
        some = texts[first : first + 64]
        ours += seconds(lambda some=some: vectors[0].extend(embedder.embed_passages(some)))
        some_texts = [text.text for text in some]
        other += seconds(lambda some=some_texts: vectors[1].extend(plain.embed(some)))
    asked = [json.loads(line) for line in (ROOT / "corpus" / "questions.jsonl").open()]
    asked = [question for question in asked if question["relevant"]]
    mine = embedder.embed_queries([question["question"] for question in asked])
    theirs = np.concatenate([plain.embed_question(q["question"]) for q in asked])
    held = np.stack([embedding.vector for embedding in vectors[0]])
    found = first_right(asked, mine, held, places)
    others = first_right(asked, theirs, np.stack(vectors[1]), places)
    return [
        Line("embed passages, and their units", "s", ours, other, "PyTorch, passages alone"),
        Line("right item first, by vectors", "share", found, others, "PyTorch"),
    ]


def first_right(
    asked: Sequence[dict[str, list[dict[str, str]]]],
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
    asked = [json.loads(line)["question"] for line in (ROOT / "corpus" / "questions.jsonl").open()]
    with closing(Engine.open(data, Settings())) as engine:
        engine.ask(asked[0])
        times = np.array(
            [
                (
                    seconds(lambda q=q: embedder.embed_queries([q])),
                    seconds(lambda q=q: plain.embed_question(q)),
                    seconds(lambda q=q: engine.search(q)),
                    seconds(lambda q=q: engine.ask(q)),
                    seconds(lambda q=q: plain.search(q)),
                )
                for q in asked[::4]
            ]
        )
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
    asked = [json.loads(line)["question"] for line in (ROOT / "corpus" / "questions.jsonl").open()]
    questions = embedder.embed_queries(asked[::4])
    with closing(LocalStore.open(data)) as store:
        ids = [match.id for match in store.nearest(questions[0], store.size(), Filters())]
        held = np.stack([passage.embedded.vector for passage in store.passages(ids)])
        found, exactly, met = 0.0, 0.0, []
        for question in questions:
            near: list[int] = []
            true: list[int] = []
            found += seconds(
                lambda q=question, n=near: n.extend(m.id for m in store.nearest(q, 10, Filters()))
            )
            exactly += seconds(lambda q=question, t=true: t.extend(np.argsort(-(held @ q))[:10]))
            met.append(len(set(near) & {ids[place] for place in true}) / 10)
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
