"""An evaluation for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from qa_engine.evaluation import Evaluation, Figures
from qa_engine.json_form import Json
from qa_engine.risk import RiskCurve
from qa_engine.stages import Failure

# How the figures are called, here and in the JSON, and where that differs from their attribute.
_NAMES = {
    "questions": "questions",
    "R@1": "first",
    "recall@5": "recall",
    "MRR": "reciprocal",
    "right": "right",
    "false refusals": "falsely_refused",
    "unanswerable refused": "refused",
    "answers with a citation": "cited",
    "cited item is relevant": "relevant",
    "quotes verbatim": "verbatim",
    "median length": "length",
    "seconds p50": "usual_seconds",
    "seconds p95": "late_seconds",
}
_SHORT = ("questions", "R@1", "recall@5", "MRR", "right", "false refusals", "unanswerable refused")
_CELL = len("0.000")
_STEPS = 10
_INDENT = "  "
_LONGEST = 100


def evaluation_form(evaluation: Evaluation) -> Json:
    """Lay out an evaluation; a figure that there is nothing to take from is null."""
    curve = evaluation.curve
    return {
        "figures": _figures_form(evaluation.figures),
        "by_type": {name: _figures_form(f) for name, f in evaluation.by_type.items()},
        "by_fold": {name: _figures_form(f) for name, f in evaluation.by_fold.items()},
        "curve": {
            "threshold": curve.threshold,
            "chosen": asdict(curve.chosen) if curve.chosen else None,
            "area": curve.area,
            "points": [asdict(point) for point in curve.points],
        },
        "stages": {stage.value: count for stage, count in evaluation.stages().items()},
        "failures": [_failure_form(failure) for failure in evaluation.failures],
    }


def evaluation_text(evaluation: Evaluation) -> str:
    """Set an evaluation as tables, the failures one on a line under their stage."""
    lines = [
        *(f"{name}: {_number(value)}" for name, value in _figures_form(evaluation.figures).items()),
        "",
        *_table("type", evaluation.by_type),
        *_table("fold", evaluation.by_fold),
        *_curve(evaluation.curve),
        "",
        "failures by stage: "
        + ", ".join(f"{stage.value} {count}" for stage, count in evaluation.stages().items()),
        *map(_failure, evaluation.failures),
    ]
    return "\n".join(lines)


def _figures_form(figures: Figures) -> Json:
    return {name: getattr(figures, attribute) for name, attribute in _NAMES.items()}


def _failure_form(failure: Failure) -> Json:
    question = failure.question
    return {
        "id": question.id,
        "question": question.text,
        "type": question.type,
        "fold": question.fold,
        "stage": failure.stage.value,
        "reason": failure.reason,
        "wanted": {
            "relevant": [
                {"source": stem, "item": item} for stem, item in sorted(question.relevant)
            ],
            "must_contain": [list(group) for group in question.must_contain],
        },
        "got": {
            "answer": failure.got,
            "citations": [{"source": source, "item": item} for source, item in failure.cited],
        },
    }


def _table(heading: str, groups: Mapping[str, Figures]) -> Iterator[str]:
    if not groups:
        return
    width = max(map(len, (heading, *groups)))
    yield "  ".join([heading.ljust(width), *(column.rjust(_CELL) for column in _SHORT)])
    for name, figures in groups.items():
        form = _figures_form(figures)
        cells = (_number(form[column]).rjust(max(_CELL, len(column))) for column in _SHORT)
        yield "  ".join([name.ljust(width), *cells])
    yield ""


def _curve(curve: RiskCurve) -> Iterator[str]:
    yield f"risk and coverage: area {_number(curve.area)}"
    if curve.chosen:
        at = curve.chosen
        yield (
            f"{_INDENT}at the threshold {curve.threshold}: "
            f"coverage {at.coverage:.3f}, risk {at.risk:.3f}"
        )
    for step in range(1, _STEPS + 1):
        # The first point that reaches the step stands for it.
        point = next((p for p in curve.points if p.coverage >= step / _STEPS), None)
        if point:
            yield (
                f"{_INDENT}coverage {point.coverage:.3f}: "
                f"risk {point.risk:.3f}, confidence {point.confidence:.3f}"
            )


def _failure(failure: Failure) -> str:
    question = failure.question
    items = ", ".join(f"{stem} punkt {item}" for stem, item in sorted(question.relevant))
    facts = "; ".join("/".join(group) for group in question.must_contain)
    wanted = (
        f"{_shortened(facts) or 'an answer'} from {_shortened(items)}" if items else "a refusal"
    )
    cited = ", ".join(f"{source} punkt {item}" for source, item in failure.cited) or "nothing"
    parts = (
        f"{failure.stage.value} ({failure.reason})",
        f"{question.id} [{question.type}] {question.text}",
        f"wanted {wanted}",
        f"got »{_shortened(failure.got)}« from {cited}",
    )
    return " · ".join(parts)


def _number(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
