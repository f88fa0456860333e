"""The command that measures answers against questions whose answers are known."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from indexer.errors import QuestionError
from qa_engine.json_form import dump
from qa_engine.options import AsJson, Data, open_engine
from qa_engine.questions import read_questions


def evaluate_answers(
    questions: Annotated[
        Path,
        typer.Argument(
            metavar="QUESTIONS.jsonl",
            help="JSON Lines in the form of corpus/questions.jsonl.",
            exists=True,
            dir_okay=False,
        ),
    ],
    data: Data = None,
    curve: Annotated[
        Path | None,
        typer.Option(metavar="FILE.svg", help="Draw risk and coverage here.", dir_okay=False),
    ] = None,
    fold: Annotated[str | None, typer.Option(help="Only the questions of this fold.")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure what is found, answered, refused and cited, and explain every failure."""
    # What loads an index or draws takes seconds to import, and --help shall be there at once.
    from qa_engine.evaluation import evaluate  # noqa: PLC0415
    from qa_engine.evaluation_form import evaluation_form, evaluation_text  # noqa: PLC0415

    with questions.open("rb") as lines:
        known = read_questions(lines, str(questions))
    asked = [question for question in known if fold in (None, question.fold)]
    if not asked:
        folds = sorted({question.fold for question in known if question.fold})
        raise QuestionError(
            f"{questions}: there is nothing to ask"
            + (f" in the fold '{fold}'" if fold else "")
            + f"; its folds are: {', '.join(folds) or 'none'}"
        )
    with open_engine(data) as engine:
        evaluation = evaluate(engine, asked)
    if curve:
        from qa_engine.risk_picture import save_picture  # noqa: PLC0415

        save_picture(evaluation.curve, curve)
    print(dump(evaluation_form(evaluation)) if as_json else evaluation_text(evaluation))
