"""How sure Punktvis is that what it found answers the question."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Signals:
    """What the evidence says about itself.

    Attributes:
        item: The score of the item that tells, a sum of two cosines and a share of words.
        named: Whether the item is what was typed and no more: its case number, or words alone of
            which it holds every one.
        terms: How much was asked: the logarithm of one more than the number of terms. The more
            of them the item matches, the less chance has to do with it.
        exact: Whether one number, amount, date, person or place is asked for: what minutes are
            most often silent on.
        kind: Whether the kind of thing asked for is in the answer.
        missing: How many names the question holds that the item does not.
        read: The reader's log odds that the best candidate answers; 0 where the structure does.
        words: Where the structure answers, the share of the question's weight that the item
            matches: every item has a decision. 0 where a sentence answers: read knows more of it.
    """

    item: float
    named: float
    terms: float
    exact: float
    kind: float
    missing: float
    read: float
    words: float


# A logistic regression, rounded, of questions answered rightly against those without an answer: on
# the tuning fold, and with a tenth of the weight on questions over items of corpus/reading that the
# reader was not trained on. docs/quality.md tells what else was tried and earned nothing.
_BIAS = -21.64
_WEIGHTS = Signals(
    item=10.39, named=5.84, terms=2.38, exact=-0.75, kind=0.88, missing=-1.9, read=0.19, words=2.54
)
# Below this an answer is not given. Chosen where one in twenty of 430 answerable questions over the
# five real minutes is refused wrongly, by six writers; nothing else here was fitted on those.
THRESHOLD = 0.37


def confidence(signals: Signals) -> float:
    """Estimate the probability, 0 to 1, that the answer is right."""
    pairs = zip(astuple(signals), astuple(_WEIGHTS), strict=True)
    total = _BIAS + sum(value * weight for value, weight in pairs)
    return 1 / (1 + math.exp(-total))


def is_sure(signals: Signals) -> bool:
    """Tell whether an answer is given."""
    return confidence(signals) >= THRESHOLD
