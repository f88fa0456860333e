"""Risk and coverage: how often Punktvis is wrong, the more of the questions it dares to answer.

After El-Yaniv and Wiener, "On the Foundations of Noise-free Selective Classification" (2010):
coverage is the share of all questions that are answered, risk the share of those answered wrongly,
and an answer to a question that has none is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Point:
    """What comes of answering from this confidence on."""

    confidence: float
    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class RiskCurve:
    """Points of rising coverage, one for each confidence that occurred.

    Attributes:
        points: By falling confidence, so by rising coverage.
        area: Mean risk over the coverage that can be reached; the lower, the better confidence
            tells right from wrong. None where nothing can be answered.
        threshold: The confidence from which answers are given.
    """

    points: tuple[Point, ...]
    area: float | None
    threshold: float

    @property
    def chosen(self) -> Point | None:
        """The point of the threshold; None where nothing is as sure as that."""
        return next((p for p in reversed(self.points) if p.confidence >= self.threshold), None)


def risk_curve(
    answers: Sequence[tuple[float, bool]], questions: int, threshold: float
) -> RiskCurve:
    """Draw the curve of answers, each with its confidence and whether it is right.

    Args:
        answers: Those that could be given, in any order.
        questions: How many were asked, with those that nothing could be said to.
        threshold: The confidence from which answers are given.
    """
    points: list[Point] = []
    given = wrong = 0
    area = 0.0
    ordered = sorted(answers, key=lambda answer: -answer[0])
    for confidence, equal in groupby(ordered, key=lambda answer: answer[0]):
        rights = [right for _, right in equal]
        given += len(rights)
        wrong += rights.count(False)
        points.append(Point(confidence, given / questions, wrong / given))
        area += wrong / given * len(rights)
    return RiskCurve(tuple(points), area / given if given else None, threshold)
