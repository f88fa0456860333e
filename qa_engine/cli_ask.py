"""The command that answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Annotated

import typer

from indexer.errors import QuestionError
from qa_engine.explaining import Explanation
from qa_engine.explanation_form import explanation_form, explanation_text
from qa_engine.json_form import Json, answer_form, dump, read_question
from qa_engine.options import (
    AsJson,
    Case,
    Committee,
    Data,
    Municipality,
    Outcome,
    Since,
    Until,
    open_engine,
    read_filters,
)
from qa_engine.rewording import last_word
from qa_engine.text_form import answer_text


def ask(
    question: Annotated[str | None, typer.Argument(help="A question in Danish.")] = None,
    batch: Annotated[
        typer.FileBinaryRead | None,
        typer.Option(metavar="FILE", help='JSON Lines of {"id": …, "question": …}; "-" is stdin.'),
    ] = None,
    data: Data = None,
    municipality: Municipality = None,
    committee: Committee = None,
    since: Since = None,
    until: Until = None,
    case: Case = None,
    outcome: Outcome = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Tell how the answer came about.")
    ] = False,
    extractive: Annotated[
        bool, typer.Option("--extractive", help="Only the minutes' own words; no language model.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Answer a question from what is indexed, or say that the minutes do not tell."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("give either a QUESTION or --batch FILE")
    if batch and not as_json:
        raise typer.BadParameter("--batch prints JSON Lines; add --json")
    with open_engine(data) as engine:
        filters = read_filters(engine, municipality, committee, since, until, case, outcome)
        if question is not None:
            explanation = engine.explain(question, filters)
            if not extractive:
                answer = last_word(engine.reword(explanation))
                explanation = replace(explanation, answer=answer)
            print(dump(_form(explanation, explain)) if as_json else _text(explanation, explain))
        for number, line in enumerate(batch or (), 1):
            if not line.strip():
                continue
            with _naming(f"{getattr(batch, 'name', '-')}, line {number}"):
                asked = read_question(line)
                explanation = engine.explain(asked.question, filters)
            # Flushed, so that a reader of JSON Lines has each answer when it is there.
            print(dump(_form(explanation, explain, asked.id)), flush=True)


def _form(explanation: Explanation, explain: bool, question_id: object = None) -> Json:
    form = answer_form(explanation.answer, question_id)
    return {**form, "explanation": explanation_form(explanation)} if explain else form


def _text(explanation: Explanation, explain: bool) -> str:
    text = answer_text(explanation.answer)
    return f"{text}\n\n{explanation_text(explanation)}" if explain else text


@contextmanager
def _naming(place: str) -> Iterator[None]:
    try:
        yield
    except QuestionError as error:
        raise QuestionError(f"{place}: {error}") from error
