from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from indexer.build import Report
from indexer.files import Skipped
from indexer.model import Personal
from indexer.reports import FILE_NAME, LastBuild, Unread, keep_report, last_build
from indexer.store import Findings

NOW = dt.datetime(2024, 5, 7, 20, 15, tzinfo=dt.UTC)


def test_a_report_is_read_as_it_was_kept(tmp_path: Path) -> None:
    report = Report(
        indexed=1,
        unchanged=0,
        replaced=0,
        removed=0,
        skipped=(Skipped("a.pdf", "it is a scan"),),
        items=5,
        chunks=9,
        seconds=1.0,
        findings=(Findings("b.pdf", ("Side 3 kan ikke læses.",), (Personal(3, "4", True),), ()),),
    )
    keep_report(tmp_path, report, NOW)
    assert last_build(tmp_path) == LastBuild(
        NOW, (Unread("a.pdf", "it is a scan"),), (Unread("b.pdf", "Side 3 kan ikke læses."),), 1
    )


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"at": "i går"}'])
def test_no_report_is_no_error(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / FILE_NAME).write_text(content)
    assert last_build(tmp_path) is None
