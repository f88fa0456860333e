"""Connections to the SQLite file of the local store, and transactions on them."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from indexer.errors import StoreError

BUSY_SECONDS = 30.0


class Connections:
    """Connections to one file, kept for the next caller, whatever its thread.

    Streamlit answers every click in a new thread, so a connection for each thread would pile up.
    """

    def __init__(self, file: Path) -> None:
        """Name the file; it is opened when the first connection is needed."""
        self._file = file
        self._idle: list[sqlite3.Connection] = []
        self._closed = False
        self._guard = threading.Lock()
        self._writer = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that sees one state of the store until it is given back.

        Raises:
            StoreError: The file cannot be read, or the connections have been closed.
        """
        with explained(self._file), self._lent() as connection, transaction(connection, "DEFERRED"):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection whose changes are made all together, or not at all after an error.

        Raises:
            StoreError: The file cannot be written, or the connections have been closed.
        """
        with (
            self._writer,
            explained(self._file),
            self._lent() as connection,
            transaction(connection, "IMMEDIATE"),
        ):
            yield connection

    def checkpoint(self) -> None:
        """Empty SQLite's log into the file, so that what was removed is in neither."""
        with self._writer, explained(self._file), self._lent() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close them all, those that are lent as soon as they are given back."""
        with self._guard:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextmanager
    def _lent(self) -> Iterator[sqlite3.Connection]:
        with self._guard:
            if self._closed:
                raise StoreError(f"{self._file}: the index has been closed; open it again")
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = connect(self._file)
        try:
            yield connection
        finally:
            with self._guard:
                keep = not self._closed
                if keep:
                    self._idle.append(connection)
            if not keep:
                connection.close()


def connect(file: Path, *, create: bool = False) -> sqlite3.Connection:
    """Open a connection in autocommit mode; any thread may use it, but one at a time."""
    uri = f"{file.resolve().as_uri()}?mode={'rwc' if create else 'rw'}"
    connection = sqlite3.connect(
        uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        # What is removed is overwritten: a withdrawn item must not linger in free pages.
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(
    connection: sqlite3.Connection, kind: Literal["DEFERRED", "IMMEDIATE"]
) -> Iterator[None]:
    """Hold one view of the whole store while reading, or make all changes or none while writing."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


@contextmanager
def explained(file: Path) -> Iterator[None]:
    """Turn what SQLite and the disk complain about into one sentence for the user.

    Raises:
        StoreError: The file is damaged, or cannot be opened, read or written.
    """
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
        raise  # a fault of ours, not of the file
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            advice = "the index is damaged; delete the file and run 'punktvis index' again"
        elif name.startswith("SQLITE_FULL"):
            advice = "the disk is full; make room and try again"
        elif name.startswith("SQLITE_BUSY"):
            advice = "another program keeps the index busy; try again when it is done"
        else:
            advice = (
                "the index cannot be used; check that the disk works and that the file and its "
                "folder can be read and written"
            )
        raise StoreError(f"{file}: {advice} (SQLite: {error})") from error
    except OSError as error:
        raise StoreError(
            f"{error.filename or file}: cannot be read or written ({error.strerror or error}); "
            f"check the folder's rights and the room on the disk"
        ) from error
