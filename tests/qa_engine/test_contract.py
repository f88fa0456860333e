"""One question gets the same answer and citations in whichever way it is asked.

A further way is a function that asks the questions of an index, and a line in ``WAYS``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import Client, StdioServerParameters, stdio_client

from indexer.embedding import Embedder
from qa_engine.cli import main
from qa_engine.engine import Engine
from qa_engine.filtering import resolve_filters
from qa_engine.json_form import answer_form, dump

# Each question with its filters; the last is refused.
QUESTIONS: tuple[tuple[str, dict[str, str]], ...] = (
    ("Hvor højt stod vandet i havnen i Strandholt, da det gik galt i 2017?", {}),
    (
        "Hvad blev besluttet om svømmehallen?",
        {"municipality": "hedelund", "since": "2022", "until": "2024"},
    ),
    ("Hvor høj er Eiffeltårnet?", {}),
)

Told = list[dict[str, Any]]
Way = Callable[[pytest.FixtureRequest], Told]


def _told(form: dict[str, Any]) -> dict[str, Any]:
    # Two processes add up vectors in another order, which shows in the last digits of a score.
    return {key: form[key] for key in form if key not in ("seconds", "confidence", "hits")}


@pytest.fixture(scope="module")
def expected(corpus: Engine) -> Told:
    """Ask the engine itself."""
    meetings = corpus.meetings()
    return [
        _told(json.loads(dump(answer_form(corpus.ask(text, resolve_filters(meetings, **filters))))))
        for text, filters in QUESTIONS
    ]


def _command_line(request: pytest.FixtureRequest) -> Told:
    data: Path = request.getfixturevalue("corpus_index")
    embedder: Embedder = request.getfixturevalue("embedder")
    patch: pytest.MonkeyPatch = request.getfixturevalue("monkeypatch")
    capture: pytest.CaptureFixture[str] = request.getfixturevalue("capsys")
    patch.setattr("qa_engine.engine.load_embedder", lambda _: embedder)
    found = []
    for text, filters in QUESTIONS:
        options = [part for name, value in filters.items() for part in (f"--{name}", value)]
        assert main(["ask", text, *options, "--data", str(data), "--json"]) == 0
        found.append(_told(json.loads(capture.readouterr().out)))
    return found


def _mcp_over_stdio(request: pytest.FixtureRequest) -> Told:
    command: StdioServerParameters = request.getfixturevalue("mcp_command")
    return anyio.run(_ask_mcp, stdio_client(command))


def _mcp_over_http(request: pytest.FixtureRequest) -> Told:
    return anyio.run(_ask_mcp, request.getfixturevalue("mcp_url"))


async def _ask_mcp(server: Any) -> Told:
    found = []
    async with Client(server) as client:
        for text, filters in QUESTIONS:
            result = await client.call_tool("ask_minutes", {"question": text, **filters})
            assert result.structured_content
            found.append(_told(result.structured_content))
    return found


def _rest(request: pytest.FixtureRequest) -> Told:
    serving = request.getfixturevalue("serving")
    found = []
    with serving(request.getfixturevalue("corpus_index")) as address:
        for text, filters in QUESTIONS:
            reply = httpx.post(f"{address}/ask", json={"question": text, **filters}, timeout=60)
            found.append(_told(reply.json()))
    return found


WAYS: Sequence[Way] = (_command_line, _rest, _mcp_over_stdio, _mcp_over_http)


def test_the_questions_have_citations_to_compare(expected: Told) -> None:
    assert [told["answered"] for told in expected] == [True, True, False]
    assert [bool(told["citations"]) for told in expected[:-1]] == [True, True]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__.strip("_"))
def test_answers_are_identical(way: Way, expected: Told, request: pytest.FixtureRequest) -> None:
    assert way(request) == expected
