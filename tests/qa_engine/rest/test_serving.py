"""``punktvis serve`` as a process of its own, asked over the network as other programs ask it."""

from __future__ import annotations

import datetime as dt
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest

from qa_engine.rest.tokens import Scope, Tokens

ROOT = Path(__file__).resolve().parents[3]
NOW = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
Serving = Callable[..., AbstractContextManager[str]]


@pytest.fixture(scope="module")
def corpus_client(serving: Serving, corpus_index: Path) -> Iterator[httpx.Client]:
    """Ask the corpus over the network."""
    with serving(corpus_index) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


def _run(*arguments: object) -> subprocess.CompletedProcess[str]:
    environment = {name: v for name, v in os.environ.items() if not name.startswith("PUNKTVIS_")}
    return subprocess.run(
        [sys.executable, "-m", "qa_engine.cli", *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("command", "path"),
    [
        (("search", "cykelsti", "-k", "5"), "/search?text=cykelsti&k=5"),
        (("precedents", "cykelsti"), "/precedents?text=cykelsti"),
        (("case", "22/10433"), "/cases/22/10433"),
        (("meetings", "--municipality", "Fjordby"), "/meetings?municipality=Fjordby"),
    ],
)
def test_what_is_found_is_what_the_command_line_prints(
    corpus_client: httpx.Client, corpus_index: Path, command: tuple[str, ...], path: str
) -> None:
    printed = _run(*command, "--data", corpus_index, "--json")
    assert _rounded(corpus_client.get(path).json()) == _rounded(json.loads(printed.stdout))


def _rounded(form: Any) -> Any:
    # Two processes add up vectors in another order, which shows in the last digits of a score.
    return json.loads(json.dumps(form), parse_float=lambda digits: round(float(digits), 4))


def test_a_body_is_turned_away_before_it_has_been_sent(corpus_client: httpx.Client) -> None:
    for megabytes in (2, 40):
        body = b'{"text": "' + b"x" * (megabytes << 20) + b'"}'
        headers = {"content-type": "application/json"}
        refused = corpus_client.post("/search", content=body, headers=headers)
        assert refused.status_code == 413
        assert refused.headers["content-type"] == "application/problem+json"
    assert corpus_client.get("/health").json() == {"status": "ok"}


def test_what_is_no_http_does_not_disturb_the_others(corpus_client: httpx.Client) -> None:
    host, port = corpus_client.base_url.host, corpus_client.base_url.port
    assert port
    with socket.create_connection((host, port), timeout=10) as connection:
        connection.sendall(b"\x16\x03\x01 no HTTP\r\n\r\n")
        assert b" 400 " in connection.recv(1000)
    assert corpus_client.get("/health").status_code == 200


def test_settings_bound_what_is_asked(own: Path, serving: Serving) -> None:
    limits = {"PUNKTVIS_SERVE_REQUESTS": "4", "PUNKTVIS_SERVE_KILOBYTES": "2"}
    with serving(own / "data", **limits) as address, httpx.Client(base_url=address) as client:
        assert client.post("/search", json={"text": "x" * 3000}).status_code == 413
        statuses = [client.get("/meetings").status_code for _ in range(6)]
        assert statuses == [200, 200, 200, 200, 429, 429]


def test_a_token_opens_the_network_and_its_revocation_closes_it(
    own: Path, serving: Serving
) -> None:
    refused = _run("serve", "--host", "0.0.0.0", "--data", own / "data")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "there is no token" in refused.stderr

    secret = Tokens(own / "data").make("Power BI", [Scope.READ], NOW)
    with (
        serving(own / "data", "--host", "0.0.0.0") as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        headers = {"Authorization": f"Bearer {secret}"}
        assert client.get("/meetings").status_code == 401
        assert client.get("/meetings", headers=headers).status_code == 200
        assert client.get("/export", headers=headers).status_code == 403
        Tokens(own / "data").revoke("Power BI")
        assert client.get("/meetings", headers=headers).status_code == 401

    refused = _run("serve", "--host", "0.0.0.0", "--data", own / "data")
    assert (refused.returncode, "there is no token" in refused.stderr) == (1, True)


def test_what_cannot_be_served_says_why(tmp_path: Path, small: Path) -> None:
    missing = _run("serve", "--data", tmp_path)
    assert missing.returncode == 1
    assert "there is no index here" in missing.stderr
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        busy = _run("serve", "--data", small / "data", "--port", port)
    assert (busy.returncode, busy.stderr.count("\n")) == (1, 1)
    assert "in use" in busy.stderr
    nowhere = _run("serve", "--data", small / "data", "--host", "no.such.host.invalid")
    assert (nowhere.returncode, nowhere.stderr.count("\n")) == (1, 1)
