"""A LangChain chain gets passages that it can cite."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer.build import build
from indexer.embedding import Embedder
from indexer.model import Filters
from indexer.settings import Settings
from indexer.store.local import LocalStore
from qa_engine.engine import Engine
from qa_engine.langchain_retriever import PunktvisRetriever

MINUTES = """# REFERAT Teknikudvalget i Nordby Kommune d. 14-03-2023

# Punkt 7: Cykelsti ved skolen

20/9270

## Sagsfremstilling

Cykelstien mellem skolen og havnen koster 1,2 mio. kr.

## Beslutning Teknikudvalget den 14-03-2023

Godkendt.

# Punkt 8: Ny legeplads i parken

## Sagsfremstilling

Legepladsen i parken får gynger og et klatretårn.
"""


@pytest.fixture
def engine(tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setattr("qa_engine.engine.load_embedder", lambda _: embedder)
    folder = tmp_path / "minutes"
    folder.mkdir()
    (folder / "nordby.md").write_text(MINUTES, encoding="utf-8")
    with LocalStore.create(tmp_path / "data", embedder.name) as store:
        build([folder], store, embedder)
    with closing(Engine.open(tmp_path / "data", Settings())) as opened:
        yield opened


def test_documents_are_verbatim_and_can_be_cited(engine: Engine) -> None:
    documents = PunktvisRetriever(engine=engine, k=2).invoke("Hvad koster cykelstien?")
    assert len(documents) == 2
    first = documents[0]
    assert "1,2 mio. kr." in first.page_content
    assert "text" not in first.metadata
    assert (first.metadata["source"], first.metadata["item"]) == ("nordby.md", "7")
    minutes = engine.minutes("nordby.md")
    assert minutes is not None
    text = minutes.items[0].text
    assert text[first.metadata["start"] : first.metadata["end"]] == first.page_content


def test_filters_confine_what_is_found(engine: Engine) -> None:
    retriever = PunktvisRetriever(engine=engine, filters=Filters(case_number="20/9270"))
    found = {document.metadata["item"] for document in retriever.invoke("legeplads")}
    assert found == {"7"}
