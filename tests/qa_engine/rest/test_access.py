from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from fastapi import HTTPException

from qa_engine.rest.access import Access, RateLimit
from qa_engine.rest.tokens import Scope, Tokens

NOW = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    return Tokens(tmp_path)


def admit(
    access: Access, secret: str | None = None, scope: Scope = Scope.READ, host: str = "localhost"
) -> str:
    return access.admit(secret, scope, client="10.0.0.7", host=host).name


def refused(status: int, access: Access, *given: object) -> HTTPException:
    with pytest.raises(HTTPException) as caught:
        admit(access, *given)  # type: ignore[arg-type]
    assert caught.value.status_code == status
    return caught.value


def test_the_scope_of_the_token_decides(tokens: Tokens) -> None:
    access = Access(tokens, RateLimit(99), loopback=False)
    read = tokens.make("reader", [Scope.READ], NOW)
    admin = tokens.make("boss", [Scope.ADMIN], NOW)
    assert admit(access, read) == "reader"
    assert admit(access, admin, Scope.EXPORT) == "boss"
    error = refused(403, access, read, Scope.EXPORT)
    assert error.detail == "the token is for read; this needs 'export'"
    assert 'scope="export"' in (error.headers or {})["WWW-Authenticate"]


def test_without_a_good_token_nothing_is_open(tokens: Tokens) -> None:
    access = Access(tokens, RateLimit(99), loopback=False)
    secret = tokens.make("reader", [Scope.READ], NOW)
    assert (refused(401, access).headers or {})["WWW-Authenticate"] == 'Bearer realm="punktvis"'
    assert "invalid_token" in (refused(401, access, "wrong").headers or {})["WWW-Authenticate"]
    tokens.revoke("reader")
    refused(401, access, secret)


def test_this_machine_needs_no_token_until_one_is_made(tokens: Tokens) -> None:
    access = Access(tokens, RateLimit(99), loopback=True)
    assert admit(access, None, Scope.ADMIN) == ""
    tokens.make("reader", [Scope.READ], NOW)
    refused(401, access)
    tokens.revoke("reader")
    refused(401, access)


@pytest.mark.parametrize(
    ("host", "answered"),
    [
        *((host, True) for host in ("localhost", "LOCALHOST:80", "127.0.0.1:8000", "[::1]:8000")),
        *((host, False) for host in ("", "evil.example", "127.0.0.1.evil.example", "[::1", "::1")),
    ],
)
def test_without_a_token_only_names_of_this_machine_are_answered(
    tokens: Tokens, host: str, answered: bool
) -> None:
    """Else a page in the owner's browser could read along, under a name that leads here."""
    access = Access(tokens, RateLimit(99), loopback=True)
    if answered:
        assert admit(access, host=host) == ""
    else:
        refused(421, access, None, Scope.READ, host)


def test_each_asker_has_a_number_of_requests_a_minute(tokens: Tokens) -> None:
    now = [0.0]
    access = Access(tokens, RateLimit(2, clock=lambda: now[0]), loopback=False)
    one, other = (tokens.make(name, [Scope.READ], NOW) for name in ("one", "other"))
    assert [admit(access, one), admit(access, one)] == ["one", "one"]
    now[0] = 18.5
    error = refused(429, access, one)
    assert error.headers == {"Retry-After": "42"}
    assert admit(access, other) == "other"
    now[0] = 60.0
    assert admit(access, one) == "one"


def test_guesses_are_counted_by_address(tokens: Tokens) -> None:
    access = Access(tokens, RateLimit(2), loopback=False)
    secret = tokens.make("one", [Scope.READ], NOW)
    for guess in ("a", "b"):
        refused(401, access, guess)
    refused(429, access, "c")
    assert admit(access, secret) == "one"
