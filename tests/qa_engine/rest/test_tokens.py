from __future__ import annotations

import datetime as dt
import hmac
import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.errors import PunktvisError, StoreError
from qa_engine.rest.tokens import FILE_NAME, Scope, Tokens

NOW = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    return Tokens(tmp_path / "data")


def test_a_token_is_found_by_its_secret_alone(tokens: Tokens) -> None:
    secret = tokens.make("Power BI", [Scope.READ, Scope.EXPORT], NOW)
    other = tokens.make("ESDH", [Scope.ADMIN], NOW)
    found = tokens.find(secret)
    assert found
    assert (found.name, found.scopes) == ("Power BI", (Scope.READ, Scope.EXPORT))
    assert found.made == "2024-05-01T12:00:00+00:00"
    assert [token.name for token in tokens.read()] == ["Power BI", "ESDH"]
    assert secret != other
    for wrong in ("", secret[:-1], secret + "x", secret.upper(), found.digest, "Power BI"):
        assert tokens.find(wrong) is None


def test_only_hashes_are_kept_and_only_for_the_owner(tokens: Tokens, tmp_path: Path) -> None:
    secret = tokens.make("Power BI", [Scope.READ], NOW)
    for file in (tmp_path / "data").iterdir():
        assert secret.removeprefix("punktvis_") not in file.read_text(encoding="utf-8")
    kept = tmp_path / "data" / FILE_NAME
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_every_token_is_compared_in_constant_time(
    tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = [tokens.make(name, [Scope.READ], NOW) for name in "abc"]
    compared: list[bytes] = []

    in_constant_time = hmac.compare_digest

    def compare(one: bytes, other: bytes) -> bool:
        compared.append(one)
        return in_constant_time(one, other)

    monkeypatch.setattr(hmac, "compare_digest", compare)
    tokens.find(secrets[0])
    tokens.find("wrong")
    assert len(compared) == 6


def test_what_is_revoked_is_no_longer_found(tokens: Tokens) -> None:
    secret = tokens.make("Power BI", [Scope.READ], NOW)
    tokens.revoke("Power BI")
    assert tokens.find(secret) is None
    assert tokens.read() == []
    assert tokens.are_kept()  # so that nothing is open that was not
    with pytest.raises(PunktvisError, match="there is no token 'Power BI'"):
        tokens.revoke("Power BI")


def test_a_name_is_given_once(tokens: Tokens) -> None:
    tokens.make("Power BI", [Scope.READ], NOW)
    with pytest.raises(PunktvisError, match="there is a token 'Power BI' already"):
        tokens.make("Power BI", [Scope.ADMIN], NOW)
    assert len(tokens.read()) == 1


def test_tokens_that_are_made_at_once_are_all_kept(tokens: Tokens) -> None:
    names = [f"tool {number}" for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda name: tokens.make(name, [Scope.READ], NOW), names))
    assert sorted(token.name for token in tokens.read()) == sorted(names)


@pytest.mark.parametrize("held", ["", "{", "{}", "[1]", '[{"name": "a"}]', '"x"', "null"])
def test_a_damaged_file_lets_nobody_in(tokens: Tokens, tmp_path: Path, held: str) -> None:
    secret = tokens.make("Power BI", [Scope.READ], NOW)
    (tmp_path / "data" / FILE_NAME).write_text(held, encoding="utf-8")
    if held == "{}":  # reads as no tokens at all
        assert tokens.find(secret) is None
        return
    with pytest.raises(StoreError, match="the tokens cannot be read"):
        tokens.find(secret)


@pytest.mark.parametrize("scope", list(Scope))
def test_an_admin_may_do_everything_and_others_what_they_are_for(
    tokens: Tokens, scope: Scope
) -> None:
    tokens.make("admin", [Scope.ADMIN], NOW)
    tokens.make("one", [scope], NOW)
    admin, one = tokens.read()
    assert admin.allows(scope)
    assert [other for other in Scope if one.allows(other)] == (
        list(Scope) if scope is Scope.ADMIN else [scope]
    )
    assert json.dumps(one.scopes) == json.dumps([scope.value])
