"""An embedder that is not loaded before something is embedded."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import cached_property

from indexer.embedding import Embedder, Embedding, Text
from indexer.store import Vectors


class LazyEmbedder:
    """A model that is loaded when something is first embedded.

    Whoever finds nothing to embed does not wait for it.
    """

    def __init__(self, name: str, load: Callable[[], Embedder]) -> None:
        """Load nothing yet.

        Args:
            name: What the index remembers of the model.
            load: Loads it.
        """
        self._load = load
        self._loading = threading.Lock()
        self.name = name

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return self._model.dimension

    def embed_queries(self, questions: Sequence[str]) -> Vectors:
        """Embed questions; see ``Embedder``."""
        return self._model.embed_queries(questions)

    def embed_passages(
        self, passages: Sequence[Text], advance: Callable[[int], None] | None = None
    ) -> list[Embedding]:
        """Embed passages and their spans; see ``Embedder``."""
        return self._model.embed_passages(passages, advance)

    def count_tokens(self, texts: Sequence[str]) -> int:
        """Count the tokens of texts; see ``Embedder``."""
        return self._model.count_tokens(texts)

    @property
    def _model(self) -> Embedder:
        with self._loading:
            return self._loaded

    @cached_property
    def _loaded(self) -> Embedder:
        return self._load()
