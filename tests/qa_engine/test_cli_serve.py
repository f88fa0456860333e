"""The commands that make, list and revoke tokens."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from qa_engine.cli import main
from qa_engine.rest.tokens import Scope, Tokens

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a token command on a data folder that is not there yet."""

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(["token", *arguments, "--data", str(tmp_path / "data")])
        return status, *capsys.readouterr()

    return run


def test_a_token_is_printed_once_and_never_listed(run: Run, tmp_path: Path) -> None:
    status, out, err = run("make", "Power BI", "--scope", "read", "--scope", "export")
    assert (status, err) == (0, "")
    secret = out.strip()
    found = Tokens(tmp_path / "data").find(secret)
    assert found
    assert (found.name, found.scopes) == ("Power BI", (Scope.READ, Scope.EXPORT))

    status, out, err = run("list")
    assert (status, err) == (0, "")
    assert out.startswith("Power BI · read, export · 20")
    listed = json.loads(run("list", "--json")[1])["tokens"]
    assert [(each["name"], each["scopes"]) for each in listed] == [("Power BI", ["read", "export"])]
    assert secret not in out + json.dumps(listed)
    assert found.digest not in out + json.dumps(listed)


def test_a_token_reads_unless_told_otherwise(run: Run) -> None:
    made = json.loads(run("make", "ESDH", "--json")[1])
    assert made["scopes"] == ["read"]
    assert made["token"].startswith("punktvis_")


def test_a_revoked_token_is_gone(run: Run, tmp_path: Path) -> None:
    secret = run("make", "ESDH")[1].strip()
    assert run("revoke", "ESDH")[0] == 0
    assert Tokens(tmp_path / "data").find(secret) is None
    assert run("list") == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "status", "reason"),
    [
        (("revoke", "nobody"), 1, "there is no token 'nobody'"),
        (("make", "a", "--scope", "write"), 2, "write"),
        (("make",), 2, "name"),
        (("unknown",), 2, "unknown"),
    ],
)
def test_wrong_use_says_why(run: Run, arguments: tuple[str, ...], status: int, reason: str) -> None:
    got, _, err = run(*arguments)
    assert (got, err.count("\n")) == (status, 1)
    assert reason in err


def test_a_name_that_is_taken_is_refused(run: Run) -> None:
    run("make", "ESDH")
    status, _, err = run("make", "ESDH")
    assert (status, "already" in err) == (1, True)
