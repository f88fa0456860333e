"""One client of the Model Context Protocol on stdin and stdout.

The package's own transport drops in silence what is no message, and whatever is not answered yet
when stdin ends. Here neither is lost, so that a script can pipe its requests in.
"""

from __future__ import annotations

import signal

import anyio
from mcp.server.lowlevel.server import Server
from mcp.server.stdio import stdio_server
from mcp.shared.message import SessionMessage
from mcp.types import (
    INVALID_REQUEST,
    PARSE_ERROR,
    ErrorData,
    JSONRPCError,
    JSONRPCNotification,
    JSONRPCRequest,
    JSONRPCResponse,
)
from pydantic import ValidationError

_LOOK_AGAIN = 0.02  # seconds


async def serve_stdio(server: Server) -> None:
    """Serve until stdin has ended and all is answered; stray output goes to stderr."""
    # Reading stdin cannot be interrupted, so Ctrl-C must end the process itself.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    unanswered: set[object] = set()
    to_server, received = anyio.create_memory_object_stream[SessionMessage | Exception]()
    from_server, sent = anyio.create_memory_object_stream[SessionMessage]()
    async with stdio_server() as (stdin, stdout), anyio.create_task_group() as tasks:

        async def read() -> None:
            async with to_server:
                async for line in stdin:
                    if isinstance(line, Exception):
                        await stdout.send(SessionMessage(_refusal(line)))
                        continue
                    match line.message:
                        case JSONRPCRequest(id=asked):
                            unanswered.add(asked)
                        case JSONRPCNotification(
                            method="notifications/cancelled", params=dict(params)
                        ):
                            unanswered.discard(params.get("requestId"))
                    await to_server.send(line)
                while unanswered:
                    await anyio.sleep(_LOOK_AGAIN)

        async def write() -> None:
            async with stdout:
                async for reply in sent:
                    await stdout.send(reply)
                    if isinstance(reply.message, JSONRPCResponse | JSONRPCError):
                        unanswered.discard(reply.message.id)

        tasks.start_soon(read)
        tasks.start_soon(write)
        await server.run(received, from_server, server.create_initialization_options())


def _refusal(error: Exception) -> JSONRPCError:
    faults = error.errors() if isinstance(error, ValidationError) else []
    if any(fault["type"] == "json_invalid" for fault in faults):
        data = ErrorData(code=PARSE_ERROR, message="Parse error: a line is no JSON")
    else:
        data = ErrorData(code=INVALID_REQUEST, message="Invalid request: no JSON-RPC message")
    return JSONRPCError(jsonrpc="2.0", id=None, error=data)
