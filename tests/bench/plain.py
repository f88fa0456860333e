"""The plain pipeline that tutorials show, to measure beside ours.

pypdf's text, LangChain's splitter at 1,000 characters, the same model through sentence-transformers
on PyTorch, a flat FAISS index. It keeps no record of what it has read: a change is all new to it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

# As we do: threads that spin while they wait would cost it half its speed on a busy machine.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import faiss
from langchain_text_splitters import RecursiveCharacterTextSplitter
from pypdf import PdfReader
from sentence_transformers import SentenceTransformer

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from indexer.store import Vectors
from indexer.weights import bundled_model


class PlainPipeline:
    """Reads, cuts, embeds, and searches."""

    def __init__(self) -> None:
        """Load the model."""
        self._model = SentenceTransformer(str(bundled_model()), local_files_only=True, device="cpu")
        self._passages: list[str] = []
        self._index = faiss.IndexFlatIP(1)

    def index(self, folder: Path) -> int:
        """Index the PDFs of a folder; tell how many passages there are."""
        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=0)
        self._passages = [
            passage
            for path in sorted(folder.glob("*.pdf"))
            for passage in splitter.split_text(
                "\n".join(page.extract_text() for page in PdfReader(path).pages)
            )
        ]
        vectors = self.embed(self._passages)
        self._index = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(vectors)
        return len(self._passages)

    def embed(self, passages: list[str]) -> Vectors:
        """Embed passages as unit vectors, shape (n, d)."""
        vectors: Vectors = self._model.encode(
            passages, prompt_name="passage", normalize_embeddings=True, show_progress_bar=False
        )
        return vectors

    def embed_question(self, question: str) -> Vectors:
        """Embed a question as a unit vector, shape (1, d)."""
        vectors: Vectors = self._model.encode(
            [question], prompt_name="query", normalize_embeddings=True, show_progress_bar=False
        )
        return vectors

    def search(self, question: str, k: int = 10) -> list[str]:
        """Find the passages nearest to a question."""
        _, places = self._index.search(self.embed_question(question), k)
        return [self._passages[place] for place in places[0] if place >= 0]
