"""The terms of the word index, each with how many passages hold it, kept ready for questions.

FTS5 could tell the same, but only by walking through every passage that holds a term, and so
through the whole index to list them all.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.store.codec import json_list
from indexer.store.connections import Connections

# Read backwards, terms with one ending stand side by side.
TERMS_TABLE = """
CREATE TABLE terms (
    term TEXT PRIMARY KEY,
    backwards TEXT NOT NULL,
    passages INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX terms_by_end ON terms (backwards);
CREATE TABLE totals (passages INTEGER NOT NULL, words INTEGER NOT NULL);
INSERT INTO totals VALUES (0, 0);
"""
_PAGE = 256  # terms read at a time
_LAST = "\U0010ffff"

Columns = Sequence[str]


@dataclass(frozen=True, slots=True)
class Totals:
    """How much the word index holds: passages, and words in them with repetitions."""

    passages: int
    words: int


def count_in(connection: sqlite3.Connection, rows: Iterable[Columns]) -> None:
    """Count passages that come into the word index, each as the texts of its columns."""
    holding, passages, words = _counted(rows)
    connection.executemany(
        "INSERT INTO terms VALUES (?, ?, ?)"
        " ON CONFLICT (term) DO UPDATE SET passages = passages + excluded.passages",
        [(term, term[::-1], count) for term, count in sorted(holding.items())],
    )
    _add(connection, passages, words)


def count_out(connection: sqlite3.Connection, rows: Iterable[Columns]) -> None:
    """Count passages that leave the word index; a term that none holds any more is forgotten."""
    holding, passages, words = _counted(rows)
    connection.executemany(
        "UPDATE terms SET passages = passages - ? WHERE term = ?",
        [(count, term) for term, count in sorted(holding.items())],
    )
    connection.executemany(
        "DELETE FROM terms WHERE term = ? AND passages = 0", [(term,) for term in sorted(holding)]
    )
    _add(connection, -passages, -words)


def words_in(column: str) -> list[str]:
    """Take a column of the word index apart as FTS5 does."""
    return column.split(" ") if column else []


def count_terms(connection: sqlite3.Connection, terms: Collection[str]) -> Mapping[str, int]:
    """Count, for each term, the passages that hold it."""
    rows = connection.execute(
        "SELECT term, passages FROM terms WHERE term IN (SELECT value FROM json_each(?))",
        (json_list(terms),),
    )
    return dict.fromkeys(terms, 0) | {str(row[0]): int(row[1]) for row in rows}


def read_totals(connection: sqlite3.Connection) -> Totals:
    """Tell how much the word index holds."""
    return Totals(*connection.execute("SELECT passages, words FROM totals").fetchone())


class StoredTerms:
    """The terms as they are when one is looked for; ``Terms`` of a vocabulary."""

    def __init__(self, connections: Connections) -> None:
        """Name the place; nothing is read yet."""
        self._connections = connections

    def among(self, terms: Collection[str]) -> set[str]:
        """Give those of the terms that are indexed."""
        with self._connections.reading() as connection:
            return {term for term, count in count_terms(connection, terms).items() if count}

    def ending(self, end: str) -> Iterator[Sequence[str]]:
        """Give the terms that end with another and are longer, page by page, by their ends."""
        last = end[::-1]
        while True:
            with self._connections.reading() as connection:
                rows = connection.execute(
                    "SELECT backwards FROM terms WHERE backwards > ? AND backwards < ?"
                    " ORDER BY backwards LIMIT ?",
                    (last, end[::-1] + _LAST, _PAGE),
                ).fetchall()
            if not rows:
                return
            yield [row[0][::-1] for row in rows]
            last = rows[-1][0]


def _counted(rows: Iterable[Columns]) -> tuple[Counter[str], int, int]:
    holding: Counter[str] = Counter()
    passages = words = 0
    for columns in rows:
        held = [word for column in columns for word in words_in(column)]
        holding.update(set(held))
        passages += 1
        words += len(held)
    return holding, passages, words


def _add(connection: sqlite3.Connection, passages: int, words: int) -> None:
    connection.execute(
        "UPDATE totals SET passages = passages + ?, words = words + ?", (passages, words)
    )
