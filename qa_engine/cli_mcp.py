"""The command that hands the engine to assistants, as a server of the Model Context Protocol."""

from __future__ import annotations

from typing import Annotated

import typer

from qa_engine.options import Data, open_engine


def serve_mcp(
    data: Data = None,
    http: Annotated[
        bool, typer.Option("--http", help="Serve over streamable HTTP instead of stdin and stdout.")
    ] = False,
    host: Annotated[
        str,
        typer.Option(help="Address for --http; 0.0.0.0 is the whole network, without sign-in."),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port for --http; 0 takes a free one.")
    ] = 8765,
) -> None:
    """Serve the minutes to assistants over the Model Context Protocol (MCP)."""
    # The protocol takes a second to import, and --help shall be there at once.
    import anyio  # noqa: PLC0415

    from qa_engine.mcp_server import create_server, serve_http  # noqa: PLC0415
    from qa_engine.mcp_stdio import serve_stdio  # noqa: PLC0415

    with open_engine(data) as engine:
        server = create_server(engine)
        if http:
            engine.load()
            serve_http(server, host, port)
        else:
            anyio.run(serve_stdio, server)
