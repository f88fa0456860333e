"""What has come, changed and gone, so that whoever copies the store can follow it.

Of each source the last change alone is kept, and it outlives the source: a copy learns what to
drop. A cursor counts up from the moment in which the index was made, in milliseconds, so a cursor
of an index that has been deleted and made anew is below all of the new one and is recognised.
"""

from __future__ import annotations

import datetime as dt
import sqlite3

from indexer.errors import UnknownCursor
from indexer.store import Change, ChangeKind

CHANGES_TABLE = """
CREATE TABLE changes (
    cursor INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    at TEXT NOT NULL
);
INSERT INTO sqlite_sequence
    VALUES ('changes', CAST((julianday('now') - julianday('1970-01-01')) * 86400000 AS INTEGER));
INSERT INTO meta SELECT 'first_cursor', seq FROM sqlite_sequence WHERE name = 'changes';
"""


def note_change(connection: sqlite3.Connection, source: str, kind: ChangeKind) -> None:
    """Write down what became of a source, in place of what was written of it before."""
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    connection.execute(
        "INSERT OR REPLACE INTO changes (source, kind, at) VALUES (?, ?, ?)", (source, kind, now)
    )


def list_changes(connection: sqlite3.Connection, since: int) -> list[Change]:
    """List the last change of every source that changed after a cursor, oldest first.

    Raises:
        UnknownCursor: The cursor is of another index.
    """
    first, last = connection.execute(
        "SELECT CAST(meta.value AS INTEGER), seq FROM meta, sqlite_sequence"
        " WHERE meta.key = 'first_cursor' AND name = 'changes'"
    ).fetchone()
    if since and not first <= since <= last:
        raise UnknownCursor(since)
    rows = connection.execute("SELECT * FROM changes WHERE cursor > ? ORDER BY cursor", (since,))
    return [
        Change(
            cursor=row["cursor"],
            source=row["source"],
            kind=ChangeKind(row["kind"]),
            at=dt.datetime.fromisoformat(row["at"]),
        )
        for row in rows
    ]
