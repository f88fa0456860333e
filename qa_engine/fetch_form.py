"""What a fetch did, for people and programs; keys may be added, never renamed."""

from __future__ import annotations

from pathlib import Path

from indexer.portal.fetching import Change, Changed, FetchReport
from qa_engine.json_form import Json, iso


def fetch_form(report: FetchReport, folder: Path) -> Json:
    """Lay out what a fetch did, and which meetings are not as they were before."""
    return {
        "fetched": report.count(Change.FETCHED),
        "unchanged": report.unchanged,
        "replaced": report.count(Change.REPLACED),
        "withdrawn": report.count(Change.WITHDRAWN),
        "skipped": [{"meeting": s.meeting, "reason": s.reason} for s in report.skipped],
        "seconds": report.seconds,
        "folder": str(folder),
        "changes": [
            {
                "meeting": changed.meeting.id,
                "committee": changed.meeting.committee,
                "date": iso(changed.meeting.date),
                "kind": changed.meeting.kind.value,
                "change": changed.change.value,
            }
            for changed in report.changed
        ],
    }


def fetch_text(report: FetchReport, folder: Path) -> str:
    """Write what a fetch did, with a line for each meeting that was not simply fetched."""
    changes = [change for change in report.changed if change.change is not Change.FETCHED]
    return "\n".join([
        f"{report.count(Change.FETCHED)} fetched, {report.unchanged} unchanged, "
        f"{report.count(Change.REPLACED)} replaced, {report.count(Change.WITHDRAWN)} withdrawn, "
        f"{len(report.skipped)} skipped, in {report.seconds:.1f} s",
        *(_line(change) for change in changes),
        *(f"skipped {skipped.meeting}: {skipped.reason}" for skipped in report.skipped),
        f"Now 'punktvis index {folder}' brings the index up to date.",
    ])  # fmt: skip


def _line(changed: Changed) -> str:
    meeting = changed.meeting
    when = iso(meeting.date) or "no date"
    return f"{changed.change} {meeting.committee}, {when} ({meeting.id})"
