"""The route that answers questions: at once, or sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse

from qa_engine.engine import Engine
from qa_engine.json_form import answer_form, dump, sentence_form
from qa_engine.model import Answer, Sentence
from qa_engine.rest import examples
from qa_engine.rest.access import needs
from qa_engine.rest.describing import AT_THE_GATE, WITH_A_BODY, replies
from qa_engine.rest.forms import NOTHING_IN_THE_ADDRESS, AskForm
from qa_engine.rest.replies import EngineOf, reply
from qa_engine.rest.tokens import Scope
from qa_engine.rewording import last_word

_EVENTS = "text/event-stream"


def _event(said: Sentence | Answer) -> str:
    if isinstance(said, Answer):
        return f"event: answer\ndata: {dump(answer_form(said))}\n\n"
    return f"event: sentence\ndata: {dump(sentence_form(said))}\n\n"


def _events(said: Iterable[Sentence | Answer]) -> Iterator[bytes]:
    """Write each sentence, and then the answer, as server-sent events.

    Source: https://html.spec.whatwg.org/multipage/server-sent-events.html; JSON holds no line end.
    """
    for one in said:
        yield _event(one).encode("utf-8", "replace")


router = APIRouter(tags=["ask"], dependencies=[needs(Scope.READ)], responses=AT_THE_GATE)
_ANSWER = replies("An answer, or an honest no: `answered` tells which.", *examples.ANSWERS)
_ANSWER[200]["content"][_EVENTS] = {
    # Of each event, since OpenAPI 3.1 has no word for a stream of them.
    "schema": {
        "type": "object",
        "properties": {
            "event": {"enum": ["sentence", "answer"]},
            "data": {"type": "string", "contentMediaType": "application/json"},
        },
        "required": ["event", "data"],
    },
    "example": b"".join(_events(examples.SAID)).decode(),
}


@router.get("/ask", responses=_ANSWER)
def ask_in_the_address(form: Annotated[AskForm, Query()], engine: EngineOf) -> Response:
    """Answer a question; addresses are easily kept, so POST is better for what is personal."""
    return _answer(form, engine)


@router.post("/ask", responses={**_ANSWER, **WITH_A_BODY}, dependencies=[NOTHING_IN_THE_ADDRESS])
def ask(form: AskForm, engine: EngineOf) -> Response:
    """Answer a question, or say that the minutes do not tell."""
    return _answer(form, engine)


def _answer(form: AskForm, engine: Engine) -> Response:
    said = engine.ask_stream(form.question, form.filters(engine))
    if form.stream:
        return StreamingResponse(
            _events(said), media_type=_EVENTS, headers={"Cache-Control": "no-store"}
        )
    return reply(answer_form(last_word(said)))
