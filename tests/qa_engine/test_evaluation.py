"""Figures mean what the yardstick means by them, and every failure is laid to a stage."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from qa_engine.confidence import THRESHOLD
from qa_engine.engine import Engine
from qa_engine.evaluation import Evaluation, Figures, evaluate, figures_of
from qa_engine.json_form import answer_form, dump
from qa_engine.judging import Judged
from qa_engine.questions import Question, read_questions
from qa_engine.stages import Stage

ROOT = Path(__file__).resolve().parents[2]
SCORER = ROOT.parent / "shared" / "eval" / "score.py"
# Every seventh question of the corpus: all types, both folds.
LINES = (ROOT / "corpus" / "questions.jsonl").read_bytes().splitlines()[::7]


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    return read_questions(LINES, "questions.jsonl")


@pytest.fixture(scope="module")
def remembering(corpus: Engine) -> Iterator[Engine]:
    """Give the corpus, which is asked the same questions twice and works them out once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(corpus, "explain", cache(corpus.explain))
        yield corpus


@pytest.fixture(scope="module")
def evaluation(remembering: Engine, questions: list[Question]) -> Evaluation:
    return evaluate(remembering, questions)


@pytest.fixture(scope="module")
def score(
    remembering: Engine, questions: list[Question], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """Let the yardstick score the answers to the same questions."""
    if not SCORER.exists():
        pytest.skip(f"{SCORER} is not on this machine")
    folder = tmp_path_factory.mktemp("score")
    (folder / "questions.jsonl").write_bytes(b"\n".join(LINES))
    for source in (ROOT / "corpus" / "sources").glob("*.md"):
        (folder / f"{source.stem}.txt").write_bytes(source.read_bytes())
    answers = [dump(answer_form(remembering.explain(q.text).answer, q.id)) for q in questions]
    (folder / "answers.jsonl").write_text("\n".join(answers), encoding="utf-8")
    command = [sys.executable, SCORER, folder / "answers.jsonl", "--json", "--minutes", folder]
    command += ["--questions", folder / "questions.jsonl"]
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=True, encoding="utf-8"
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def test_the_yardstick_gives_the_same_figures(
    evaluation: Evaluation, score: dict[str, Any]
) -> None:
    ours = evaluation.figures
    assert ours.questions == score["questions"]
    assert [ours.first, ours.recall, ours.reciprocal] == pytest.approx(
        [score["retrieval"][name] for name in ("R@1", "recall@5", "MRR")]
    )
    assert [ours.right, ours.falsely_refused, ours.refused] == pytest.approx(
        [score["answers"][name] for name in ("right", "false refusals", "unanswerable refused")]
    )
    assert [ours.cited, ours.relevant, ours.verbatim] == pytest.approx(
        list(score["citations"].values())
    )
    assert ours.length == score["length of an answer, median characters"]
    by_type = {
        name: figures.refused if name == "unanswerable" else figures.right
        for name, figures in evaluation.by_type.items()
    }
    shares = {name: text.split("/") for name, text in score["right by type"].items()}
    assert by_type == pytest.approx({n: int(a) / int(b) for n, (a, b) in shares.items()})


def test_the_questions_are_of_many_types_and_both_folds(
    evaluation: Evaluation, questions: list[Question]
) -> None:
    for groups, names in (
        (evaluation.by_type, [question.group for question in questions]),
        (evaluation.by_fold, [question.fold for question in questions]),
    ):
        assert {name: figures.questions for name, figures in groups.items()} == Counter(names)
    assert set(evaluation.by_fold) == {"held", "tune"}
    assert len(evaluation.by_type) > 8


def test_every_failure_is_explained_once(evaluation: Evaluation, questions: list[Question]) -> None:
    answerable = sum(question.answerable for question in questions)
    figures = evaluation.figures
    wrong = (1 - (figures.right or 0)) * answerable
    caught = (1 - (figures.refused or 0)) * (len(questions) - answerable)
    assert len(evaluation.failures) == round(wrong) + round(caught) > 0
    assert len({failure.question.id for failure in evaluation.failures}) == len(evaluation.failures)
    assert sum(evaluation.stages().values()) == len(evaluation.failures)
    assert evaluation.stages()[Stage.SHOULD_HAVE_REFUSED] == round(caught)
    order = [list(Stage).index(failure.stage) for failure in evaluation.failures]
    assert order == sorted(order)


def test_the_curve_passes_through_what_was_done(
    evaluation: Evaluation, questions: list[Question]
) -> None:
    chosen = evaluation.curve.chosen
    assert evaluation.curve.threshold == THRESHOLD
    assert chosen
    answerable = sum(question.answerable for question in questions)
    right = (evaluation.figures.right or 0) * answerable
    answered = chosen.coverage * len(questions)
    assert chosen.risk == pytest.approx(1 - right / answered)


def test_where_nothing_was_asked_there_are_no_figures() -> None:
    assert figures_of([]) == Figures(0, *[None] * 12)


def test_what_does_not_apply_is_left_out() -> None:
    question = Question("q", "?", "list", False, frozenset(), ())
    refused = Judged(question, None, 0.0, False, False, None, False, 40, 0, 0.0, 0.0, 0.5)
    figures = figures_of([refused])
    assert (figures.questions, figures.refused, figures.usual_seconds) == (1, 1.0, 0.5)
    assert figures.late_seconds == 0.5
    assert {figures.first, figures.right, figures.cited, figures.length} == {None}
