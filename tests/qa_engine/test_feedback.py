"""What readers say of answers is kept on this machine, and can be asked again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from indexer.model import Filters, Outcome, Role
from qa_engine.cli import main
from qa_engine.feedback import (
    LONGEST_COMMENT,
    Feedback,
    as_questions,
    feedback_on,
    keep_feedback,
    read_feedback,
)
from qa_engine.model import Answer, Asked, Citation, Query, Searched, Sentence

DAY = dt.date(2024, 5, 7)
NOW = dt.datetime(2024, 5, 7, 20, 15, tzinfo=dt.UTC)
CITED = Citation(
    1, "a.md", "4", "Vej", "Ry Kommune", "Byrådet", DAY, "20/1", "Beslutning", Role.DECISION, 8,
    "Godkendt.", 40, 49, None,
)  # fmt: skip
ANSWER = Answer(
    question="Hvad blev besluttet?",
    answered=True,
    sentences=(Sentence("Godkendt.", (1,)),),
    citations=(CITED, CITED),
    hits=(),
    confidence=0.9,
    searched=Searched(3, ("Ry Kommune",), DAY, DAY),
    query=Query("q", (), Asked.ANYTHING, Filters()),
    seconds=0.4,
)


def said(*, helpful: bool, comment: str = "", filters: Filters = Filters()) -> Feedback:  # noqa: B008
    return feedback_on(ANSWER, filters, helpful=helpful, comment=comment, now=NOW)


def test_what_was_said_is_read_as_it_was_kept(tmp_path: Path) -> None:
    filters = Filters(municipalities=("Ry Kommune",), since=DAY, outcome=Outcome.APPROVED)
    kept = [said(helpful=True, filters=filters), said(helpful=False, comment=' "Forkert"\nmøde ')]
    for each in kept:
        keep_feedback(tmp_path, each)
    assert read_feedback(tmp_path) == kept
    assert kept[0].filters == "Ry Kommune · fra 2024-05-07 · approved"
    assert kept[1].comment == '"Forkert"\nmøde'


def test_nothing_was_said_where_nothing_was_sent(tmp_path: Path) -> None:
    assert read_feedback(tmp_path) == []


def test_a_comment_has_an_end() -> None:
    assert len(said(helpful=True, comment="x" * 9000).comment) == LONGEST_COMMENT


def test_only_what_helped_is_taken_for_relevant() -> None:
    good, bad = as_questions([said(helpful=True), said(helpful=False, comment="Det var ØU.")])
    assert good["relevant"] == [{"source": "a.md", "item": "4"}]
    assert good["answerable"] is True
    assert (bad["relevant"], bad["answerable"], bad["note"]) == ([], None, "Det var ØU.")


def test_it_is_exported_as_json_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep_feedback(tmp_path, said(helpful=True))
    assert main(["feedback", "--data", str(tmp_path)]) == 0
    assert '"question": "Hvad blev besluttet?"' in capsys.readouterr().out
