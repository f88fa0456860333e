"""Fitting the weights of evidence and confidence to questions whose answers are known.

    python -m qa_engine.tuning DATA QUESTIONS.jsonl [QUESTIONS.jsonl ...] [DATA QUESTIONS.jsonl ...]

DATA is an index; the questions after it are of the form of ``corpus/questions.jsonl``. Those marked
``"fold": "held"`` are never fitted on, only reported, and those of the fold "kept out", which
``corpus/reading_as_minutes.py`` writes, are twins and count little. The weights that are printed
are written by hand into ``evidence.WEIGHTS`` and ``confidence``, after a look at what they do.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

import torch

from qa_engine.confidence import Signals
from qa_engine.engine import Engine
from qa_engine.evidence import WEIGHTS, Candidate, Features
from qa_engine.judging import is_right
from qa_engine.questions import Question, item_key, read_questions
from qa_engine.writing import Draft

# How strongly weights are drawn to the present ones (evidence) or to nothing (confidence).
_EVIDENCE_PULL = 0.1
_CONFIDENCE_PULL = 0.05
_FALSE_REFUSALS = 0.05
_COUNTS = {"held": 0.0, "kept out": 0.1}


@dataclass(frozen=True, slots=True)
class _Case:
    """A question with what was found for it.

    Attributes:
        question: As in the file.
        draft: What would be said.
        features: One row for each candidate, shape (n, features).
        good: Which candidates hold what an answer must contain, shape (n,).
        right: Whether what would be said is right.
    """

    question: Question
    draft: Draft | None
    features: torch.Tensor
    good: torch.Tensor
    right: bool

    @property
    def counts(self) -> float:
        return _COUNTS.get(self.question.fold or "", 1.0)


def main(arguments: Sequence[str]) -> None:
    """Fit on the questions and print weights and figures."""
    cases: list[_Case] = []
    with ExitStack() as opened:
        for argument in map(Path, arguments):
            if argument.is_dir():
                engine = opened.enter_context(closing(Engine.open(argument)))
                continue
            questions = read_questions(argument.read_bytes().splitlines(), str(argument))
            cases.extend(_case(engine, question) for question in questions)
    _report_evidence([case for case in cases if case.good.any()])
    _report_confidence([case for case in cases if case.draft])


def _case(engine: Engine, question: Question) -> _Case:
    found = engine.explain(question.text)
    return _Case(
        question,
        found.draft,
        torch.tensor([astuple(c.features) for c in found.candidates], dtype=torch.float64),
        torch.tensor([_is_good(question, c) for c in found.candidates], dtype=torch.bool),
        is_right(question, found.unguarded()),
    )


def _is_good(question: Question, candidate: Candidate) -> bool:
    text = candidate.text.lower()
    holds = all(any(s.lower() in text for s in group) for group in question.must_contain)
    return holds and item_key(*candidate.hit.key) in question.relevant


def _report_evidence(cases: Sequence[_Case]) -> None:
    """Fit the candidates' weights by a softmax over each question's candidates."""
    start = torch.tensor(astuple(WEIGHTS), dtype=torch.float64)
    weights = start.clone().requires_grad_()
    fitted_on = [case for case in cases if case.counts]
    counts = torch.tensor([case.counts for case in fitted_on], dtype=torch.float64)

    def loss() -> torch.Tensor:
        likelihood = torch.stack(
            [
                torch.logsumexp(scores[case.good], 0) - torch.logsumexp(scores, 0)
                for case in fitted_on
                for scores in [case.features @ weights]
            ]
        )
        pull = (((weights - start) / start.abs().clamp(min=1)) ** 2).sum()
        return -(counts * likelihood).sum() / counts.sum() + _EVIDENCE_PULL * pull

    _minimise(loss, [weights])
    found = weights.detach()
    names = [field.name for field in fields(Features)]
    print("evidence:", ", ".join(f"{n}={w:.2f}" for n, w in zip(names, found, strict=True)))
    for name, group in _folds(cases):
        before, after = (_first(group, w) for w in (start, found))
        print(f"  {name}: best candidate right {before:.3f} -> {after:.3f} of {len(group)}")


def _first(cases: Sequence[_Case], weights: torch.Tensor) -> float:
    right = [bool(case.good[(case.features @ weights).argmax()]) for case in cases]
    return sum(right) / max(1, len(right))


def _report_confidence(cases: Sequence[_Case]) -> None:
    """Fit a logistic regression of questions answered rightly against those without an answer."""
    signals = torch.tensor(
        [astuple(c.draft.signals) for c in cases if c.draft], dtype=torch.float64
    )
    answerable = torch.tensor([c.question.answerable for c in cases], dtype=torch.float64)
    counts = torch.tensor([case.counts for case in cases], dtype=torch.float64)
    # The right item with the wrong sentence is neither; it must not teach that items prove little.
    telling = torch.tensor([case.right or not case.question.answerable for case in cases])
    fitted = telling & (counts > 0)
    mean, scale = signals.mean(0), signals.std(0).clamp(min=1e-9)
    standard = (signals - mean) / scale
    weights = torch.zeros(signals.shape[1], dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(1, dtype=torch.float64, requires_grad=True)

    def loss() -> torch.Tensor:
        scores = standard[fitted] @ weights + bias
        entropy = torch.nn.functional.binary_cross_entropy_with_logits(
            scores, answerable[fitted], counts[fitted] / counts[fitted].mean()
        )
        return entropy + _CONFIDENCE_PULL * (weights**2).sum()

    _minimise(loss, [weights, bias])
    sure = torch.sigmoid(standard @ weights + bias).detach()
    whole = counts == 1
    threshold = sure[whole & (answerable == 1)].quantile(_FALSE_REFUSALS).item()
    names = [field.name for field in fields(Signals)]
    found = (weights / scale).detach()
    print("confidence:", ", ".join(f"{n}={w:.2f}" for n, w in zip(names, found, strict=True)))
    print(f"  bias={bias.item() - float(found @ mean):.2f} threshold={threshold:.3f}")
    for name, mask in (("fitted", whole), ("held", counts == 0)):
        refused = sure[mask] < threshold
        wrongly = refused[answerable[mask] == 1].double().mean()
        rightly = refused[answerable[mask] == 0].double().mean()
        print(f"  {name}: false refusals {wrongly:.3f}, unanswerable refused {rightly:.3f}")


def _minimise(loss: Any, parameters: list[torch.Tensor]) -> None:
    # With a line search, for features of different scales: without it, steps run away.
    optimiser = torch.optim.LBFGS(parameters, max_iter=200, line_search_fn="strong_wolfe")

    def step() -> torch.Tensor:
        optimiser.zero_grad()
        value: torch.Tensor = loss()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(step)  # type: ignore[no-untyped-call]


def _folds(cases: Sequence[_Case]) -> Iterator[tuple[str, list[_Case]]]:
    yield "fitted", [case for case in cases if case.counts]
    yield "held", [case for case in cases if not case.counts]


if __name__ == "__main__":
    main(sys.argv[1:])
