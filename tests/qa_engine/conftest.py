"""What the tests of the answering side share: small parsed minutes, and the corpus indexed once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer.build import build
from indexer.embedding import Embedder
from indexer.model import Minutes
from indexer.pages import Document
from indexer.parsing import parse
from indexer.settings import Settings
from indexer.store.local import LocalStore
from qa_engine.engine import Engine
from qa_engine.model import Hit

ROOT = Path(__file__).resolve().parents[2]

HitsOf = Callable[[str], list[Hit]]


@pytest.fixture(scope="session")
def parsed() -> Callable[[str], Minutes]:
    """Parse a text as the minutes of a Markdown file."""
    return lambda text: parse(Document(text, paged=False), "x.md")


@pytest.fixture(scope="session")
def hits_of(parsed: Callable[[str], Minutes]) -> HitsOf:
    """Give the items of minutes as if each had been found, in the order of the text."""

    def hits(text: str) -> list[Hit]:
        minutes = parsed(text)
        return [Hit(minutes, item, 1.9, (), place) for place, item in enumerate(minutes.items)]

    return hits


@pytest.fixture(scope="session")
def corpus_index(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Index the corpus once a session; test_app.py names the same folder and finds it done."""
    folder = tmp_path_factory.getbasetemp() / "corpus-index"
    with closing(LocalStore.create(folder, embedder.name)) as store:
        build([ROOT / "corpus" / "sources"], store, embedder)
    return folder


@pytest.fixture(scope="session")
def open_engine(embedder: Embedder) -> Callable[[Path], Engine]:
    """Open an index with the model that the session has loaded already."""

    def opened(folder: Path) -> Engine:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("qa_engine.engine.load_embedder", lambda _: embedder)
            engine = Engine.open(folder, Settings())
            engine.search("punkt", k=1)  # the model is taken at the first question
        return engine

    return opened


@pytest.fixture(scope="session")
def corpus(corpus_index: Path, open_engine: Callable[[Path], Engine]) -> Iterator[Engine]:
    """Ask the corpus."""
    with closing(open_engine(corpus_index)) as engine:
        yield engine
