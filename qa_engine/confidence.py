"""How sure Punktvis is that what it found answers the question."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Signals:
    """What the evidence says about itself.

    Attributes:
        similarity: The question's cosine with what is answered.
        item: The best item's score, a sum of two cosines and a share of words.
        words: Share of the question's weight that the best item matches anywhere.
        near: Share that the answer and its neighbours match.
        kind: Whether the kind of thing asked for is in the answer.
        missing: Weight of the rarest word of the question that stands nowhere in the best item,
            as a share of the weight of a word that stands nowhere at all.
        margin: How much better the best item is than the next.
    """

    similarity: float
    item: float
    words: float
    near: float
    kind: float
    missing: float
    margin: float


# Logistic regression on ../shared/eval and the tuning fold; see docs/quality.md.
_BIAS = -8.4
_WEIGHTS = Signals(
    similarity=0.2, item=4.45, words=0.9, near=0.5, kind=0.55, missing=0.3, margin=4.3
)
# Below this an answer is not given: false refusals stay under 5 % on those questions.
THRESHOLD = 0.61


def confidence(signals: Signals) -> float:
    """Estimate the probability, 0 to 1, that the answer is right."""
    pairs = zip(astuple(signals), astuple(_WEIGHTS), strict=True)
    total = _BIAS + sum(value * weight for value, weight in pairs)
    return 1 / (1 + math.exp(-total))
