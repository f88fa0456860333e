"""The commands of the REST interface: serving it, and the tokens that open it."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
from typing import Annotated

import typer

from indexer.errors import PunktvisError
from qa_engine.json_form import dump
from qa_engine.options import AsJson, Data, open_engine, read_settings
from qa_engine.rest.tokens import Scope, Tokens

tokens = typer.Typer(help="Make, list and revoke the tokens that open 'punktvis serve'.")
Name = Annotated[str, typer.Argument(help="Who holds the token, in your words.")]


def serve(
    data: Data = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    host: Annotated[
        str,
        typer.Option(help="Address to listen on; 0.0.0.0 is the whole network, and needs a token."),
    ] = "127.0.0.1",
) -> None:
    """Serve the REST interface; /openapi.json describes it."""
    # What answers over HTTP takes a second to import, and --help shall be there at once.
    import uvicorn  # noqa: PLC0415

    from qa_engine.rest.access import Access, RateLimit  # noqa: PLC0415
    from qa_engine.rest.application import create_application  # noqa: PLC0415

    settings = read_settings(data)
    kept = Tokens(settings.data)
    family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    loopback = ipaddress.ip_address(address[0]).is_loopback
    if not loopback and not kept.read():
        raise PunktvisError(
            f"{host} can be reached from other machines, and there is no token; make one with "
            f"'punktvis token make NAME', or serve on 127.0.0.1"
        )
    with open_engine(settings.data) as engine:
        engine.load()
        rate = RateLimit(settings.serve_requests)
        access = Access(kept, rate, loopback=loopback)
        body = settings.serve_kilobytes * 1024
        application = create_application(engine, access, longest_body=body)
        # Addresses hold questions, which are nobody's business: there is no log of requests.
        config = uvicorn.Config(
            application,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
        )
        with socket.create_server(address[:2], family=family) as listener:
            where = f"[{address[0]}]" if family == socket.AF_INET6 else address[0]
            print(f"Punktvis answers on http://{where}:{port}", flush=True)
            uvicorn.Server(config).run(sockets=[listener])


@tokens.command("make")
def make_token(
    name: Name,
    scope: Annotated[
        list[Scope] | None, typer.Option(help="What it is for, read by default; may be repeated.")
    ] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Make a token and print it; it is not shown again."""
    scopes = list(dict.fromkeys(scope or [Scope.READ]))
    now = dt.datetime.now().astimezone()
    secret = Tokens(read_settings(data).data).make(name, scopes, now)
    print(dump({"name": name, "scopes": scopes, "token": secret}) if as_json else secret)


@tokens.command("list")
def list_tokens(data: Data = None, as_json: AsJson = False) -> None:
    """List the tokens: who holds them, what for, since when."""
    kept = Tokens(read_settings(data).data).read()
    if as_json:
        forms = [{"name": t.name, "scopes": list(t.scopes), "made": t.made} for t in kept]
        print(dump({"tokens": forms}))
    for token in () if as_json else kept:
        print(f"{token.name} · {', '.join(token.scopes)} · {token.made}")


@tokens.command("revoke")
def revoke_token(name: Name, data: Data = None, as_json: AsJson = False) -> None:
    """Take a token back; a running server turns it away at once."""
    Tokens(read_settings(data).data).revoke(name)
    print(dump({"name": name, "revoked": True}) if as_json else f"revoked {name}")
