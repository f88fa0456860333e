"""The reader: a question and passages in, where in each passage an answer would stand out.

It is the bundled embedder's own layers, trained further by ``qa_engine.reader_training`` to mark
the first and last token of an answer, and kept as an ONNX graph of 8-bit weights. Words are looked
up in the embedder's table, which is on the disk already, so the reader itself is small.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.store import Vectors

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

GRAPH = Path(__file__).with_name("reader.onnx")
# Longest question with passage in tokens, as in training; what is beyond it is not read.
WINDOW = 352
# Longest answer in tokens: a whole list, not a whole section.
_LONGEST = 160
_TABLE = "embeddings.word_embeddings.weight"


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the reader makes of one passage.

    Attributes:
        places: First character and end of every token of the passage, shape (t, 2).
        begins: How likely an answer begins at each token, shape (t,), as logits.
        ends: How likely it ends there, likewise.
        nothing: The same sum for "there is no answer here".
    """

    places: NDArray[np.int64]
    begins: Vectors
    ends: Vectors
    nothing: float

    def weigh(self, start: int, end: int) -> float:
        """Weigh the best answer within ``start:end`` of the passage against there being none.

        Returns:
            Log odds; minus infinity where no token was read there.
        """
        inside = (self.places[:, 0] < end) & (self.places[:, 1] > start)
        begins, ends = self.begins[inside], self.ends[inside]
        if not len(begins):
            return float("-inf")
        spans = begins[:, None] + ends[None, :]
        allowed = np.triu(np.ones_like(spans, dtype=bool)) & ~np.triu(
            np.ones_like(spans, dtype=bool), _LONGEST
        )
        return float(spans[allowed].max()) - self.nothing


class Reader(Protocol):
    """Reads passages with a question in mind."""

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """Read each passage; results stand in the order of the passages."""


class OnnxReader:
    """The reader that comes with Punktvis."""

    def __init__(self, graph: Path, folder: Path) -> None:
        """Name the graph, and the folder of the model whose words and tokenizer it uses."""
        self._graph = graph
        self._folder = folder

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """Read each passage; see ``Reader``."""
        return [self._read(question, passage) for passage in passages]

    def _read(self, question: str, passage: str) -> Reading:
        encoding = self._tokenizer.encode(question, passage)
        embedded = self._words[np.asarray(encoding.ids)][None]
        scores = self._session.run(None, {"embeddings": embedded})[0][0]
        of_passage = np.asarray([sequence == 1 for sequence in encoding.sequence_ids])
        return Reading(
            places=np.asarray(encoding.offsets)[of_passage],
            begins=scores[of_passage, 0],
            ends=scores[of_passage, 1],
            nothing=float(scores[0].sum()),
        )

    @cached_property
    def _session(self) -> InferenceSession:
        from onnxruntime import InferenceSession  # noqa: PLC0415 - takes half a second to import

        return InferenceSession(self._graph, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer  # noqa: PLC0415 - likewise

        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.enable_truncation(WINDOW, strategy="longest_first")
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _words(self) -> Vectors:
        return word_table(self._folder / "model.safetensors")


def word_table(file: Path) -> Vectors:
    """Map the word table of a model into memory, shape (vocabulary, hidden), without reading it.

    The format: eight bytes that tell the length of a JSON header, the header, the tensors
    (https://huggingface.co/docs/safetensors).
    """
    with file.open("rb") as stream:
        (length,) = struct.unpack("<Q", stream.read(8))
        told = json.loads(stream.read(length))[_TABLE]
    first, _ = told["data_offsets"]
    return np.memmap(file, "<f4", "r", 8 + length + first, tuple(told["shape"]))
