"""The last build's report, kept beside the index for whoever asks what could not be read."""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from indexer.build import Report

FILE_NAME = "report.json"


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that was left out, or of which something could not be read."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What is known of the last build.

    Attributes:
        at: When it ended.
        skipped: Documents that could not be read at all.
        notices: Documents that were read in part.
        masked: How many CPR numbers were masked.
    """

    at: dt.datetime
    skipped: tuple[Unread, ...]
    notices: tuple[Unread, ...]
    masked: int


def keep_report(data: Path, report: Report, at: dt.datetime) -> None:
    """Write down a build's report in place of the one before."""
    kept = {
        "at": at.isoformat(timespec="seconds"),
        "skipped": [asdict(Unread(s.source, s.reason)) for s in report.skipped],
        "notices": [
            asdict(Unread(found.source, notice))
            for found in report.findings
            for notice in found.notices
        ],
        "masked": sum(len(found.personal) for found in report.findings),
    }
    data.mkdir(parents=True, exist_ok=True)  # the index may be elsewhere
    half = data / f"{FILE_NAME}.new"
    half.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    os.replace(half, data / FILE_NAME)


def last_build(data: Path) -> LastBuild | None:
    """Read the last build's report; None where none was kept or it cannot be read."""
    try:
        kept = json.loads((data / FILE_NAME).read_text(encoding="utf-8"))
        return LastBuild(
            at=dt.datetime.fromisoformat(kept["at"]),
            skipped=tuple(Unread(**each) for each in kept["skipped"]),
            notices=tuple(Unread(**each) for each in kept["notices"]),
            masked=int(kept["masked"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
