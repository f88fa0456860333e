"""How sure Punktvis is that what it found answers the question."""

from __future__ import annotations

import math
from dataclasses import dataclass


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


# Logistic regression on the tuning fold; see docs/quality.md for the risk-coverage curve.
_BIAS = -28.0
_WEIGHTS = Signals(
    similarity=12.0, item=10.0, words=1.5, near=2.0, kind=0.8, missing=-1.0, margin=2.0
)
# Below this an answer is not given: false refusals stay under 5 % on the tuning fold.
THRESHOLD = 0.35


def confidence(signals: Signals) -> float:
    """Estimate the probability, 0 to 1, that the answer is right."""
    total = _BIAS + sum(
        getattr(signals, name) * getattr(_WEIGHTS, name) for name in Signals.__dataclass_fields__
    )
    return 1 / (1 + math.exp(-total))
