"""Punktvis asked questions whose answers are known: figures, and why what failed did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import fmean, median

from indexer.model import Minutes
from qa_engine.engine import Engine
from qa_engine.judging import Judged, judge
from qa_engine.questions import Question, item_key
from qa_engine.risk import RiskCurve, risk_curve
from qa_engine.stages import Failure, Stage, explain_failure

_LATE = 0.95


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of a group of questions; shares are from 0 to 1, None where there is no such.

    Attributes:
        questions: How many there are.
        first: R@1: those whose first item is right, of those that have right items.
        recall: recall@5: of their right items, those among the first five.
        reciprocal: MRR: one over the place of the first right item, 0 where it is not found.
        right: Answerable ones that were answered rightly.
        falsely_refused: Answerable ones that were refused.
        refused: Unanswerable ones that were refused.
        cited: Answers that cite anything.
        relevant: Of an answer's citations, those of right items.
        verbatim: Of an answer's quotes, those that stand in the minutes.
        length: Median of the answers, in characters.
        usual_seconds: Half of the questions take no longer.
        late_seconds: 95 of 100 questions take no longer.
    """

    questions: int
    first: float | None
    recall: float | None
    reciprocal: float | None
    right: float | None
    falsely_refused: float | None
    refused: float | None
    cited: float | None
    relevant: float | None
    verbatim: float | None
    length: float | None
    usual_seconds: float | None
    late_seconds: float | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that an evaluation tells.

    Attributes:
        figures: Of all questions.
        by_type: Of each type; those without an answer are a type of their own.
        by_fold: Of each fold, where the questions name any.
        curve: Risk and coverage.
        failures: In the order of the stages, then of the questions.
    """

    figures: Figures
    by_type: Mapping[str, Figures]
    by_fold: Mapping[str, Figures]
    curve: RiskCurve
    failures: tuple[Failure, ...]

    def stages(self) -> dict[Stage, int]:
        """Count the failures of each stage."""
        counts = Counter(failure.stage for failure in self.failures)
        return {stage: counts[stage] for stage in Stage}


def evaluate(engine: Engine, questions: Sequence[Question]) -> Evaluation:
    """Ask every question and judge the answers.

    Raises:
        QuestionError: A question is empty or too long.
        ModelError: The embedding model cannot be loaded.
    """
    sources = {item_key(meeting.source, "")[0]: meeting.source for meeting in engine.meetings()}

    @cache
    def minutes_of(stem: str) -> Minutes | None:
        return engine.minutes(sources[stem]) if stem in sources else None

    judged: list[Judged] = []
    failures: list[Failure] = []
    threshold = 0.0
    for question in questions:
        explanation = engine.explain(question.text)
        threshold = explanation.threshold
        judged.append(judge(question, explanation, minutes_of))
        if failure := explain_failure(judged[-1], explanation, minutes_of):
            failures.append(failure)
    order = list(Stage)
    answers = [(each.sure, each.would_be_right) for each in judged if each.sure is not None]
    return Evaluation(
        figures=figures_of(judged),
        by_type=_grouped((each.question.group, each) for each in judged),
        by_fold=_grouped((each.question.fold, each) for each in judged),
        curve=risk_curve(answers, len(judged), threshold),
        failures=tuple(sorted(failures, key=lambda failure: order.index(failure.stage))),
    )


def figures_of(judged: Sequence[Judged]) -> Figures:
    """Sum up a group of questions."""
    placed = [each for each in judged if each.question.relevant]
    answerable = [each for each in judged if each.question.answerable]
    answered = [each for each in judged if each.answered]
    seconds = sorted(each.seconds for each in judged)
    return Figures(
        questions=len(judged),
        first=_mean(each.place == 1 for each in placed),
        recall=_mean(each.recall for each in placed),
        reciprocal=_mean(1 / each.place if each.place else 0.0 for each in placed),
        right=_mean(each.right for each in answerable),
        falsely_refused=_mean(not each.answered for each in answerable),
        refused=_mean(not each.answered for each in judged if not each.question.answerable),
        cited=_mean(each.citations > 0 for each in answered),
        relevant=_mean(each.relevant for each in answered if each.question.relevant),
        verbatim=_mean(each.verbatim for each in answered),
        length=median(each.length for each in answered) if answered else None,
        usual_seconds=seconds[len(seconds) // 2] if seconds else None,
        late_seconds=seconds[int(len(seconds) * _LATE)] if seconds else None,
    )


def _mean(values: Iterable[float]) -> float | None:
    known = list(values)
    return fmean(known) if known else None


def _grouped(pairs: Iterable[tuple[str | None, Judged]]) -> dict[str, Figures]:
    groups: dict[str, list[Judged]] = {}
    for name, judged in pairs:
        if name is not None:
            groups.setdefault(name, []).append(judged)
    return {name: figures_of(groups[name]) for name in sorted(groups)}
