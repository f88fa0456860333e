from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.build import Report
from indexer.files import Skipped
from indexer.reports import FILE_NAME, Builds, LeftOut, keep_report, last_builds

NOW = dt.datetime(2024, 5, 7, 20, 15, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)
SCAN = Skipped("a.pdf", "it is a scan")
REPORT = Report(
    indexed=1, unchanged=0, replaced=0, removed=0, skipped=(SCAN,), items=5, chunks=9, seconds=1.0
)
FINE = replace(REPORT, skipped=())


def left_out(*given: Path) -> LeftOut:
    return LeftOut(SCAN.source, SCAN.reason, tuple(sorted(map(str, given))))


def test_a_report_is_read_as_it_was_kept(tmp_path: Path) -> None:
    keep_report(tmp_path, REPORT, [tmp_path], NOW)
    assert last_builds(tmp_path) == Builds(NOW, (left_out(tmp_path),))


def test_a_build_of_one_folder_says_nothing_of_another(tmp_path: Path) -> None:
    minutes, uploads = tmp_path / "minutes", tmp_path / "uploads"
    keep_report(tmp_path, REPORT, [minutes], NOW)
    keep_report(tmp_path, FINE, [uploads], LATER)
    assert last_builds(tmp_path) == Builds(LATER, (left_out(minutes),))
    keep_report(tmp_path, REPORT, [uploads], LATER)
    assert last_builds(tmp_path) == Builds(LATER, (left_out(minutes), left_out(uploads)))
    keep_report(tmp_path, FINE, [uploads, minutes], LATER)
    assert last_builds(tmp_path) == Builds(LATER, ())


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"at": "i går"}'])
def test_no_report_is_no_error(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / FILE_NAME).write_text(content)
    assert last_builds(tmp_path) is None
    keep_report(tmp_path, FINE, [tmp_path], NOW)
    assert last_builds(tmp_path) == Builds(NOW, ())
