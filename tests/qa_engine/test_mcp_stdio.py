"""A client is served on stdin and stdout by a process of its own; stdout holds nothing else."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Sequence
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters, stdio_client
from mcp.types import INVALID_PARAMS, INVALID_REQUEST, METHOD_NOT_FOUND, PARSE_ERROR

HELLO = (
    '{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": '
    '"2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}',
    '{"jsonrpc": "2.0", "method": "notifications/initialized"}',
)


def _request(number: int, method: str, **params: Any) -> str:
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params})


def _pipe(server: StdioServerParameters, lines: Sequence[str]) -> list[dict[str, Any]]:
    """Write lines to a server and end stdin at once; read every line that it writes as JSON."""
    done = subprocess.run(
        [server.command, *server.args],
        env=server.env,
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_official_client_is_served(mcp_command: StdioServerParameters, mode: str) -> None:
    async def talk() -> None:
        async with Client(stdio_client(mcp_command), mode=mode) as client:
            case = await client.call_tool("get_case", {"number": "21/08851"})
            assert case.structured_content
            step = case.structured_content["cases"][0]["steps"][0]
            place = {"source": step["source"], "number": step["item"]}
            item = (await client.call_tool("get_item", place)).structured_content
            assert item
            for citation in step["citations"]:
                assert item["text"][citation["start"] : citation["end"]] == citation["quote"]
            unknown = await client.call_tool("drop_minutes", {})
            assert unknown.is_error

    anyio.run(talk)


def test_broken_lines_are_refused_and_the_next_are_answered(
    mcp_command: StdioServerParameters,
) -> None:
    broken = ["this is no JSON", '{"jsonrpc": "2.0", "id":', "", '{"no": "message"}', "[1, 2]"]
    replies = _pipe(mcp_command, [*broken, *HELLO, "\x00{", _request(2, "tools/list")])
    refused = [reply["error"]["code"] for reply in replies if reply["id"] is None]
    assert refused == [PARSE_ERROR] * 3 + [INVALID_REQUEST] * 2 + [PARSE_ERROR]
    [tools] = [reply["result"]["tools"] for reply in replies if reply["id"] == 2]
    assert len(tools) == 6


def test_what_is_piped_in_is_answered_before_the_end(mcp_command: StdioServerParameters) -> None:
    asked = _request(2, "tools/call", name="get_case", arguments={"number": "21/08851"})
    bad = [
        _request(3, "tools/call", name=5),
        _request(4, "drop/minutes"),
        _request(5, "tools/call", name="ask_minutes", arguments="svømmehal"),
    ]
    replies = {reply["id"]: reply for reply in _pipe(mcp_command, [*HELLO, asked, *bad])}
    assert replies[2]["result"]["structuredContent"]["cases"]
    codes = [replies[number]["error"]["code"] for number in (3, 4, 5)]
    assert codes == [INVALID_PARAMS, METHOD_NOT_FOUND, INVALID_PARAMS]


def test_a_cancelled_request_holds_nothing_up(mcp_command: StdioServerParameters) -> None:
    asked = _request(2, "tools/call", name="ask_minutes", arguments={"question": "svømmehal"})
    cancel = '{"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 2}}'
    replies = _pipe(mcp_command, [*HELLO, asked, cancel, _request(3, "tools/list")])
    assert 3 in {reply["id"] for reply in replies}


def test_an_interrupt_ends_it_while_stdin_is_open(mcp_command: StdioServerParameters) -> None:
    with subprocess.Popen(
        [mcp_command.command, *mcp_command.args],
        env=mcp_command.env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdin
        assert server.stdout
        server.stdin.write(f"{HELLO[0]}\n")
        server.stdin.flush()
        assert json.loads(server.stdout.readline())["id"] == 1
        server.send_signal(signal.SIGINT)
        assert server.wait(120) == -signal.SIGINT
