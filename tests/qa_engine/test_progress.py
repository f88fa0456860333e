"""A bar is for who watches a terminal; a log never sees it."""

from __future__ import annotations

import sys

import pytest

from qa_engine.progress import Bar


def _run(bar: Bar) -> None:
    with bar:
        bar.start(2)
        bar.advance("[b]ø.md")
        bar.advance("b.md")


def test_a_log_is_not_written_to(capsys: pytest.CaptureFixture[str]) -> None:
    _run(Bar())
    assert capsys.readouterr() == ("", "")


def test_a_terminal_sees_how_far_it_is_on_stderr(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    _run(Bar())
    out, err = capsys.readouterr()
    assert out == ""
    assert "2/2" in err
