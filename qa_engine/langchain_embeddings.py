"""The index's embedding model for LangChain: vectors for stores and chains of other tools."""

from __future__ import annotations

from dataclasses import dataclass

from langchain_core.embeddings import Embeddings

from qa_engine.engine import Engine


@dataclass(frozen=True)
class PunktvisEmbeddings(Embeddings):
    """Embeds with the model, the prefixes and the unit length that Punktvis itself searches with.

    Attributes:
        engine: The index whose model it is.
    """

    engine: Engine

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages."""
        vectors: list[list[float]] = self.engine.embed(texts, "passage").tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Embed a question or a search text."""
        [vector] = self.engine.embed([text], "query").tolist()
        return list(vector)
