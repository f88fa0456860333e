"""The tables of the local store, and the facts about the index as a whole."""

from __future__ import annotations

import sqlite3
import string
from pathlib import Path

from indexer.errors import MissingIndex, StoreError
from indexer.store.changes import CHANGES_TABLE
from indexer.store.terms import TERMS_TABLE

FILE_NAME = "punktvis.sqlite"
VERSION = 7

# Analysed terms such as "20/36381" or "15.00.00-g01" stay whole: only what is no printable
# character separates them.
_PUNCTUATION = string.punctuation.replace("'", "''").replace('"', '""')

# Passages come and go with their item by the cascade; the rows of `words` are deleted by hand,
# because virtual tables have no foreign keys. A document's passages are written together, so their
# ids are all those from first_chunk to last_chunk; both are NULL where it has none. `words` keeps
# its own text: a contentless table cannot delete before SQLite 3.43.
_TABLES = f"""
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL UNIQUE,
    root TEXT,
    digest TEXT NOT NULL,
    municipality TEXT,
    committee TEXT,
    date TEXT,
    place TEXT,
    url TEXT,
    participants TEXT NOT NULL,
    absent TEXT NOT NULL,
    unknown_headings TEXT NOT NULL,
    notices TEXT NOT NULL,
    personal TEXT NOT NULL,
    first_chunk INTEGER,
    last_chunk INTEGER,
    preamble TEXT NOT NULL
);

CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    position INTEGER NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    case_number TEXT,
    closed INTEGER NOT NULL,
    first_page INTEGER,
    sections TEXT NOT NULL,
    absent TEXT NOT NULL,
    attachments TEXT NOT NULL,
    url TEXT,
    text TEXT NOT NULL,
    UNIQUE (document, position)
);
CREATE INDEX items_by_case ON items (case_number);
CREATE INDEX items_by_number ON items (number);

CREATE TABLE decisions (
    item INTEGER NOT NULL REFERENCES items ON DELETE CASCADE,
    position INTEGER NOT NULL,
    body TEXT,
    date TEXT,
    outcome TEXT NOT NULL,
    start_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL,
    absent TEXT NOT NULL,
    votes TEXT NOT NULL,
    statements TEXT NOT NULL,
    disqualified TEXT NOT NULL,
    PRIMARY KEY (item, position)
) WITHOUT ROWID;

CREATE TABLE chunks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    item INTEGER NOT NULL REFERENCES items ON DELETE CASCADE,
    role TEXT NOT NULL,
    heading TEXT NOT NULL,
    header TEXT NOT NULL,
    start_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL,
    vector BLOB NOT NULL,
    units BLOB NOT NULL,
    unit_vectors BLOB NOT NULL
);
CREATE INDEX chunks_by_item ON chunks (item);

CREATE TABLE abbreviations (
    item INTEGER NOT NULL REFERENCES items ON DELETE CASCADE,
    short TEXT NOT NULL,
    long TEXT NOT NULL,
    PRIMARY KEY (item, short, long)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5 (
    title, heading, body, tokenize = "ascii tokenchars '{_PUNCTUATION}'"
);

CREATE TABLE blocked (
    digest TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    reason TEXT NOT NULL
) WITHOUT ROWID;

INSERT INTO meta VALUES ('generation', '0');
{CHANGES_TABLE}{TERMS_TABLE}PRAGMA user_version = {VERSION};
"""


def prepare(connection: sqlite3.Connection, file: Path) -> None:
    """Create the tables where there are none, in one transaction.

    Raises:
        StoreError: Another version of Punktvis made the tables.
    """
    connection.execute("PRAGMA journal_mode = WAL")
    if _version(connection) == 0:
        connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} COMMIT;")
    check(connection, file)


def check(connection: sqlite3.Connection, file: Path) -> None:
    """Make sure that the file holds tables of this version.

    Raises:
        MissingIndex: It holds no tables.
        StoreError: Another version of Punktvis made them.
    """
    version = _version(connection)
    if version == 0:
        raise MissingIndex(file.parent)
    if version != VERSION:
        raise StoreError(
            f"{file}: the index has format {version}, and this version of Punktvis reads format "
            f"{VERSION}; delete the file and run 'punktvis index' again"
        )


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def read_meta(connection: sqlite3.Connection, key: str) -> str | None:
    """Read one fact about the index, or None where it is not written down."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def write_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Write down one fact about the index."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def generation(connection: sqlite3.Connection) -> int:
    """Count the changes that the index has seen; equal counts mean equal contents."""
    return int(read_meta(connection, "generation") or 0)
