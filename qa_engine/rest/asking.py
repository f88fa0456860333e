"""The route that answers questions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from qa_engine.engine import Engine
from qa_engine.json_form import answer_form
from qa_engine.rest import examples
from qa_engine.rest.access import needs
from qa_engine.rest.describing import AT_THE_GATE, WITH_A_BODY, replies
from qa_engine.rest.forms import NOTHING_IN_THE_ADDRESS, AskForm
from qa_engine.rest.replies import EngineOf, reply
from qa_engine.rest.tokens import Scope

router = APIRouter(tags=["ask"], dependencies=[needs(Scope.READ)], responses=AT_THE_GATE)
_ANSWER = replies("An answer, or an honest no: `answered` tells which.", *examples.ANSWERS)


@router.get("/ask", responses=_ANSWER)
def ask_in_the_address(form: Annotated[AskForm, Query()], engine: EngineOf) -> Response:
    """Answer a question; addresses are easily kept, so POST is better for what is personal."""
    return _answer(form, engine)


@router.post("/ask", responses={**_ANSWER, **WITH_A_BODY}, dependencies=[NOTHING_IN_THE_ADDRESS])
def ask(form: AskForm, engine: EngineOf) -> Response:
    """Answer a question, or say that the minutes do not tell."""
    return _answer(form, engine)


def _answer(form: AskForm, engine: Engine) -> Response:
    return reply(answer_form(engine.ask(form.question, form.filters(engine))))
