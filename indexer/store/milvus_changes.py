"""What has come, changed and gone in Milvus; see ``changes``, which does the same in SQLite.

A cursor is the version that the change made, so it counts up on whatever machine.
"""

from __future__ import annotations

import datetime as dt
import time

from indexer.errors import UnknownCursor
from indexer.store import Change, ChangeKind
from indexer.store.milvus_notes import Notes

_FIRST = "first_cursor"


class Changes:
    """Reads and writes the last change of every source."""

    def __init__(self, notes: Notes) -> None:
        """Know where facts are noted."""
        self._notes = notes
        self._last = 0

    def new_cursor(self) -> int:
        """Make a cursor that is higher than every one before, on whatever machine."""
        self._last = max(self._last + 1, time.time_ns() // 1000)
        return self._last

    def begin(self, cursor: int) -> None:
        """Note from where on changes are known, where that is not noted yet."""
        if _FIRST not in self._notes.read("meta"):
            self._notes.write("meta", {_FIRST: str(cursor)})

    def note(self, source: str, kind: ChangeKind, cursor: int) -> None:
        """Write down what became of a source, in place of what was written of it before."""
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        self._notes.write("change", {source: f"{cursor} {kind} {now}"})

    def list(self, since: int) -> list[Change]:
        """List the last change of every source that changed after a cursor, oldest first.

        Raises:
            UnknownCursor: The cursor is of another index.
        """
        noted = self._notes.read("change")
        known = sorted(
            (_read(source, value) for source, value in noted.items()), key=lambda c: c.cursor
        )
        first = int(self._notes.read("meta").get(_FIRST, 0))
        last = known[-1].cursor if known else first
        if since and not first <= since <= last:
            raise UnknownCursor(since)
        return [change for change in known if change.cursor > since]


def _read(source: str, value: str) -> Change:
    cursor, kind, at = value.split(" ")
    return Change(int(cursor), source, ChangeKind(kind), dt.datetime.fromisoformat(at))
