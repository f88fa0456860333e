"""Whether a question asks for what the structure of the minutes tells: a decision, who was absent.

There are too many ways to ask for those to list them ("Fik altanerne grønt lys?", "Hvem dukkede
ikke op?"). A regression over the words and parts of words of a question has learned them from
``corpus/asked`` (``qa_engine.formal_asking_training``). It needs no model of language, so it is the
same whatever model embeds the minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.danish import fold
from qa_engine.model import Asked

WEIGHTS = Path(__file__).with_name("formal_asking.npz")

_WORD = re.compile(r"\w+|\?")
_LETTERS = range(2, 5)
# Below this probability sentences are searched, which are right more often than a wrong guess.
_SURE = 0.6


@dataclass(frozen=True, slots=True)
class FormalAsking:
    """What was learned.

    Attributes:
        kinds: The kinds of things, k of them; ``Asked.ANYTHING`` is all that sentences tell.
        rows: The row of each feature.
        weights: What each feature says for each kind, shape (features, k).
        bias: What every question says, shape (k,).
    """

    kinds: Sequence[Asked]
    rows: Mapping[str, int]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def read(self, question: str) -> Asked:
        """Tell which of the kinds a question most likely asks for."""
        shares = self.shares(question)
        likeliest = max(shares, key=shares.__getitem__)
        return likeliest if shares[likeliest] > _SURE else Asked.ANYTHING

    def shares(self, question: str) -> dict[Asked, float]:
        """Give the probability of each of the kinds."""
        known = [(self.rows[f], v) for f, v in features(question).items() if f in self.rows]
        scores = self.bias.copy()
        if known:
            rows, values = zip(*known, strict=True)
            scores += np.asarray(values, np.float32) @ self.weights[list(rows)]
        odds = np.exp(scores - scores.max())
        return dict(zip(self.kinds, (odds / odds.sum()).tolist(), strict=True))

    def write(self, file: Path) -> None:
        """Write to a file, half as exact, which moves no answer."""
        np.savez_compressed(
            file,
            kinds=_packed(self.kinds),
            rows=_packed(list(self.rows)),
            weights=self.weights.astype(np.float16),
            bias=self.bias.astype(np.float16),
        )


def _packed(texts: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


def read_weights(file: Path) -> FormalAsking:
    """Read what ``FormalAsking.write`` wrote."""
    with np.load(file) as held:
        kinds, rows = (held[name].tobytes().decode().split("\n") for name in ("kinds", "rows"))
        weights, bias = (held[name].astype(np.float32) for name in ("weights", "bias"))
    return FormalAsking(
        [Asked(k) for k in kinds], {r: i for i, r in enumerate(rows)}, weights, bias
    )


def features(question: str) -> dict[str, float]:
    """List a question's words, pairs of words and parts of words, the words' marked with a bar.

    Returns:
        Features with their values; the squares of the words' add up to 1, the parts' too.
    """
    words = _WORD.findall(fold(question))
    wholes = set(_wholes(["^", *words, "$"]))
    parts = {part for word in words for part in _parts(f" {word} ")}
    return {f: len(group) ** -0.5 for group in (wholes, parts) for f in group}


def _wholes(words: Sequence[str]) -> Iterator[str]:
    yield from (f"|{word}" for word in words)
    yield from (f"|{one} {other}" for one, other in pairwise(words))


def _parts(word: str) -> Iterator[str]:
    for length in _LETTERS:
        yield from (word[i : i + length] for i in range(len(word) - length + 1))


@cache
def formal_asking() -> FormalAsking:
    """Load what ships with Punktvis, once."""
    return read_weights(WEIGHTS)
