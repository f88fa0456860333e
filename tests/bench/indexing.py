"""Time the indexing of real and invented minutes beside a plain pipeline: ``make bench``.

The plain pipeline is the one that tutorials show: pypdf's text, LangChain's splitter at 1,000
characters, the same model through sentence-transformers, a flat FAISS index. Both run in this
process, on the same files, one after the other; the model is loaded beforehand and not timed. The
real minutes are printed as PDFs first, where they are beside the repository.
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import faiss
from langchain_text_splitters import RecursiveCharacterTextSplitter
from pypdf import PdfReader
from sentence_transformers import SentenceTransformer

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "corpus")]

from layouts import LAYOUTS  # noqa: E402 - see above
from print import MINUTES, typeset  # noqa: E402

from indexer.build import build  # noqa: E402
from indexer.embedding import Embedder, load_embedder  # noqa: E402
from indexer.settings import Settings  # noqa: E402
from indexer.store.local import LocalStore  # noqa: E402
from indexer.weights import bundled_model  # noqa: E402

REAL = ROOT.parent / "shared" / "minutes"


@dataclass(frozen=True)
class Timed:
    """What a run took: seconds on the clock, seconds of all processors, and passages made."""

    wall: float
    cpu: float
    passages: int


def timed(run: Callable[[], int]) -> Timed:
    """Run something that makes passages."""
    begun, used = time.perf_counter(), cpu_seconds()
    passages = run()
    return Timed(time.perf_counter() - begun, cpu_seconds() - used, passages)


def cpu_seconds() -> float:
    """Tell the seconds of this process and of the readers that it has ended."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, kinds))


def print_real(folder: Path) -> int:
    """Print the real minutes into a folder, each in another layout; tell how many there are."""
    files = sorted(REAL.glob("*.txt"))
    for number, file in enumerate(files):
        printed = typeset(file.read_text(encoding="utf-8"), LAYOUTS[number % len(LAYOUTS)])
        (folder / f"{file.stem}.pdf").write_bytes(printed.data)
    return len(files)


def index_plainly(folder: Path, file: Path, model: SentenceTransformer) -> int:
    """Index a folder as tutorials do; tell how many passages were made."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=0)
    passages = [
        passage
        for path in sorted(folder.glob("*.pdf"))
        for passage in splitter.split_text(
            "\n".join(page.extract_text() for page in PdfReader(path).pages)
        )
    ]
    vectors = model.encode([f"passage: {p}" for p in passages], normalize_embeddings=True)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    faiss.write_index(index, str(file))
    return len(passages)


def index(folder: Path, data: Path, embedder: Embedder) -> int:
    """Bring our index up to date; tell how many passages it holds."""
    with closing(LocalStore.create(data, embedder.name)) as store:
        return build([folder], store, embedder).chunks


def change(folder: Path) -> None:
    """Put a corrected print in the place of one file."""
    source = ROOT / "corpus" / "sources" / "fjordby-byraadet-2023-03-28.md"
    corrected = source.read_text(encoding="utf-8").replace("Godkendt.", "Godkendt med tak.", 1)
    (folder / f"{source.stem}.pdf").write_bytes(typeset(corrected, LAYOUTS[0]).data)


def main() -> None:
    """Time every case and print one table."""
    embedder = load_embedder(Settings())
    model = SentenceTransformer(str(bundled_model()), local_files_only=True)
    with tempfile.TemporaryDirectory() as held:
        folder, data, plain = Path(held, "minutes"), Path(held, "data"), Path(held, "plain.faiss")
        shutil.copytree(MINUTES, folder)
        real = print_real(folder)
        invented = len(list(folder.glob("*.pdf"))) - real
        print(f"{real} real and {invented} invented minutes as PDFs")

        def plainly() -> Timed:
            return timed(lambda: index_plainly(folder, plain, model))

        def ours() -> Timed:
            return timed(lambda: index(folder, data, embedder))

        rows = [("all new", ours(), whole := plainly())]
        rows.append(("nothing changed", ours(), whole))
        change(folder)
        rows.append(("one file changed", ours(), whole))
    print(f"{'':18}{'Punktvis':>22}{'plain pipeline':>22}{'ratio':>16}")
    units = f"{'wall s':>8}{'CPU s':>7}{'pass.':>7}"
    print(f"{'indexing':18}{units}{units}{'wall':>8}{'CPU':>8}")
    for name, one, other in rows:
        cells = "".join(f"{t.wall:8.1f}{t.cpu:7.1f}{t.passages:7d}" for t in (one, other))
        print(f"{name:18}{cells}{one.wall / other.wall:8.2f}{one.cpu / other.cpu:8.2f}")
    print("The plain pipeline keeps no record of what it has read: a change is all new to it.")


if __name__ == "__main__":
    main()
