"""What the store does not know of its builds: when the last one ended, and what was left out."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

# The page reads reports at once, and a build brings the whole parser with it.
if TYPE_CHECKING:
    from indexer.build import Report

FILE_NAME = "report.json"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document that could not be read at all.

    Attributes:
        source: Its name.
        reason: What is wrong with it and what to do.
        given: Files and folders of the build that left it out.
    """

    source: str
    reason: str
    given: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Builds:
    """What is known of the builds of an index: the end of the last, and what is left out."""

    at: dt.datetime
    left_out: tuple[LeftOut, ...]


def keep_report(data: Path, report: Report, paths: Sequence[Path], at: dt.datetime) -> None:
    """Write down what a build of some files and folders left out.

    What was left out of others stays: minutes that are handed in on the page say nothing of the
    owner's folder.
    """
    given = tuple(sorted(str(path.resolve()) for path in paths))
    known = last_builds(data)
    others = [left for left in known.left_out if not set(left.given) <= {*given}] if known else []
    now = [LeftOut(skipped.source, skipped.reason, given) for skipped in report.skipped]
    kept = {
        "at": at.isoformat(timespec="seconds"),
        "left_out": [asdict(left) for left in (*others, *now)],
    }
    data.mkdir(parents=True, exist_ok=True)  # the index may be elsewhere
    half = data / f"{FILE_NAME}.new"
    half.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    os.replace(half, data / FILE_NAME)


def last_builds(data: Path) -> Builds | None:
    """Read what was kept; None where nothing was, or it cannot be read."""
    try:
        kept = json.loads((data / FILE_NAME).read_text(encoding="utf-8"))
        return Builds(
            at=dt.datetime.fromisoformat(kept["at"]),
            left_out=tuple(
                LeftOut(left["source"], left["reason"], tuple(left["given"]))
                for left in kept["left_out"]
            ),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
