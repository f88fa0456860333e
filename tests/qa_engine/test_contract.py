"""One question gets the same citations in whichever way it is asked.

A further way is a function that asks the questions of an index, and a line in ``WAYS``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import anyio
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

Citations = list[list[dict[str, Any]]]
Way = Callable[[pytest.FixtureRequest], Citations]


@pytest.fixture(scope="module")
def expected(corpus: Engine) -> Citations:
    """Ask the engine itself."""
    meetings = corpus.meetings()
    return [
        json.loads(dump(answer_form(corpus.ask(text, resolve_filters(meetings, **filters)))))[
            "citations"
        ]
        for text, filters in QUESTIONS
    ]


def _command_line(request: pytest.FixtureRequest) -> Citations:
    data: Path = request.getfixturevalue("corpus_index")
    embedder: Embedder = request.getfixturevalue("embedder")
    patch: pytest.MonkeyPatch = request.getfixturevalue("monkeypatch")
    capture: pytest.CaptureFixture[str] = request.getfixturevalue("capsys")
    patch.setattr("qa_engine.engine.load_embedder", lambda _: embedder)
    found = []
    for text, filters in QUESTIONS:
        options = [part for name, value in filters.items() for part in (f"--{name}", value)]
        assert main(["ask", text, *options, "--data", str(data), "--json"]) == 0
        found.append(json.loads(capture.readouterr().out)["citations"])
    return found


def _mcp_over_stdio(request: pytest.FixtureRequest) -> Citations:
    command: StdioServerParameters = request.getfixturevalue("mcp_command")
    return anyio.run(_ask_mcp, stdio_client(command))


def _mcp_over_http(request: pytest.FixtureRequest) -> Citations:
    return anyio.run(_ask_mcp, request.getfixturevalue("mcp_url"))


async def _ask_mcp(server: Any) -> Citations:
    found = []
    async with Client(server) as client:
        for text, filters in QUESTIONS:
            result = await client.call_tool("ask_minutes", {"question": text, **filters})
            assert result.structured_content
            found.append(result.structured_content["citations"])
    return found


WAYS: Sequence[Way] = (_command_line, _mcp_over_stdio, _mcp_over_http)


def test_the_questions_have_citations_to_compare(expected: Citations) -> None:
    assert [bool(citations) for citations in expected[:-1]] == [True, True]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__.strip("_"))
def test_citations_are_identical(
    way: Way, expected: Citations, request: pytest.FixtureRequest
) -> None:
    assert way(request) == expected
