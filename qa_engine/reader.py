"""The reader: a question and passages in, where in each passage an answer would stand out.

It is the bundled embedder's own layers, trained further by ``qa_engine.reader_training`` to mark
the first and last token of an answer, and kept as an ONNX graph of 8-bit weights. Words are looked
up in the embedder's table, which is on the disk already, so the reader itself is small.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.store import Vectors
from indexer.word_table import word_table

GRAPH = Path(__file__).with_name("reader.onnx")
# Longest question with passage in tokens, as in training; what is beyond it is not read.
WINDOW = 352
# Longest answer in tokens: a whole list, not a whole section.
_LONGEST = 160


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
        tokens = np.arange(len(begins))
        length = tokens[None, :] - tokens[:, None]
        allowed = (length >= 0) & (length < _LONGEST)
        return float(spans[allowed].max()) - self.nothing


class Reader(Protocol):
    """Reads passages with a question in mind."""

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """Read each passage; results stand in the order of the passages."""


class OnnxReader:
    """The reader that comes with Punktvis; safe to share between threads."""

    def __init__(self, graph: Path, folder: Path) -> None:
        """Load it, in half a second.

        Args:
            graph: Its layers.
            folder: Of the model whose words and tokenizer it uses.
        """
        # Both take a while to import, and who needs no reader shall not wait.
        from tokenizers import Tokenizer  # noqa: PLC0415

        from indexer.onnx_session import open_graph  # noqa: PLC0415

        self._session = open_graph(graph)
        self._words = word_table(folder / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(WINDOW, strategy="longest_first")
        self._tokenizer.no_padding()

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """Read each passage; see ``Reader``."""
        # The longest first, so that no core is left with it at the end.
        by_length = sorted(range(len(passages)), key=lambda i: -len(passages[i]))
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            readings = pool.map(partial(self._read, question), (passages[i] for i in by_length))
            found = dict(zip(by_length, readings, strict=True))
        return [found[i] for i in range(len(passages))]

    def _read(self, question: str, passage: str) -> Reading:
        encoding = self._tokenizer.encode(question, passage)
        embedded = self._words[np.asarray(encoding.ids)][None]
        scores = self._session.run(None, {"embeddings": embedded})[0][0]
        return make_reading(scores, encoding.sequence_ids, encoding.offsets)


def make_reading(
    scores: Vectors,
    sequences: Sequence[int | None],
    places: Sequence[tuple[int, int]],
) -> Reading:
    """Make a reading of what was scored.

    Args:
        scores: Of every token, to begin and to end an answer, shape (t, 2).
        sequences: 1 for each token that is of the passage.
        places: Where each token stands in its text.
    """
    of_passage = np.asarray([sequence == 1 for sequence in sequences])
    return Reading(
        places=np.asarray(places)[of_passage],
        begins=scores[of_passage, 0],
        ends=scores[of_passage, 1],
        nothing=float(scores[0].sum()),
    )
