"""An answer that is sent sentence by sentence, as an owner's language model writes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
from starlette.testclient import TestClient

PRICE = "Hvad koster cykelstien mellem skolen og havnen i Nordby?"
SAID = "Cykelstien mellem skolen og havnen koster 1,2 mio. kr. [<<koster 1,2 mio>>]."
WRONG = "Cykelstien koster 9,9 mio. kr. [<<koster 1,2 mio>>]."


def events(text: str) -> list[tuple[str, Any]]:
    """Read server-sent events as their standard says: fields in lines, events parted by a blank."""
    found = []
    for event in text.split("\n\n")[:-1]:
        fields = dict(line.split(": ", 1) for line in event.splitlines())
        found.append((fields["event"], json.loads(fields["data"])))
    return found


def test_without_a_language_model_the_answer_is_the_only_event(client: TestClient) -> None:
    whole = client.post("/ask", json={"question": PRICE}).json()
    for reply in (
        client.post("/ask", json={"question": PRICE, "stream": True}),
        client.get("/ask", params={"question": PRICE, "stream": "true"}),
    ):
        assert reply.headers["content-type"].startswith("text/event-stream")
        ((name, answer),) = events(reply.text)
        assert name == "answer"
        assert answer | {"seconds": 0} == whole | {"seconds": 0}
    assert whole["answered"]


def test_what_is_wrong_is_a_problem_and_no_stream(client: TestClient) -> None:
    for body in ({"question": "", "stream": True}, {"question": PRICE, "stream": "maybe"}):
        reply = client.post("/ask", json=body)
        assert reply.status_code == 422
        assert reply.headers["content-type"] == "application/problem+json"


def test_each_proved_sentence_is_sent_before_the_next_is_written(
    small: Path, serving: Callable[..., AbstractContextManager[str]], chat_server: Any
) -> None:
    model = {"PUNKTVIS_LLM": "openai:m", "PUNKTVIS_LLM_URL": f"{chat_server.url}/v1"}
    asked = {"question": PRICE, "stream": True}
    with serving(small / "data", **model) as address, httpx.Client(base_url=address) as client:
        chat_server.says(f"{SAID} {WRONG} {SAID}")
        said = events(client.post("/ask", json=asked, timeout=60).text)
        assert [name for name, _ in said] == ["sentence", "sentence", "answer"]
        answer = said[-1][1]
        assert [sentence for _, sentence in said[:-1]] == answer["sentences"]
        assert answer["generated"]
        assert answer["language_model"]["dropped"] == 1
        assert "9,9" not in answer["answer"]

        # A model that falls silent: its sentence is out before it is given up.
        chat_server.says(SAID, after="hang")
        with client.stream("POST", "/ask", json=asked, timeout=120) as reply:
            lines = reply.iter_lines()
            assert next(lines) == "event: sentence"
            rest = [line for line in lines if line.startswith("event: ")]
        assert rest == ["event: answer"]

        # A model that fails costs nobody the answer in the words of the minutes.
        chat_server.says("", status=500)
        ((name, answer),) = events(client.post("/ask", json=asked, timeout=60).text)
        assert (name, answer["generated"], answer["answered"]) == ("answer", False, True)
