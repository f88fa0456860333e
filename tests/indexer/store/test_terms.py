"""The terms that are kept ready are those of the word index, whatever came and went."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.store.connections import Connections
from indexer.store.schema import prepare
from indexer.store.terms import StoredTerms, Totals, count_in, count_out, count_terms, read_totals
from indexer.vocabulary import KnownTerms

COLUMN = st.lists(st.sampled_from(["bro", "20/9270", "18%", "tagbro", "å"])).map(" ".join)
PASSAGES = st.lists(st.tuples(COLUMN, COLUMN, COLUMN), max_size=6)


def an_index(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Make the tables of an index, and FTS5's own count of what its words are."""
    prepare(connection, Path("index"))
    connection.execute("CREATE VIRTUAL TABLE temp.counted USING fts5vocab (main, words, row)")
    return connection


@given(before=PASSAGES, gone=st.sets(st.integers(0, 5)))
def test_terms_are_counted_as_fts5_counts_them(
    before: list[tuple[str, str, str]], gone: set[int]
) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        an_index(connection)
        for id, columns in enumerate(before):
            connection.execute("INSERT INTO words (rowid, title, heading, body)"
                               " VALUES (?, ?, ?, ?)", (id, *columns))  # fmt: skip
        count_in(connection, before)
        left = [columns for id, columns in enumerate(before) if id not in gone]
        for id in gone:
            connection.execute("DELETE FROM words WHERE rowid = ?", (id,))
        count_out(connection, [columns for id, columns in enumerate(before) if id in gone])

        counted = connection.execute("SELECT term, doc FROM counted").fetchall()
        assert connection.execute("SELECT term, passages FROM terms").fetchall() == counted
        assert count_terms(connection, [*dict(counted), "ukendt"]) == {**dict(counted), "ukendt": 0}
        words = " ".join(chain.from_iterable(left)).split()
        assert read_totals(connection) == Totals(len(left), len(words))


@pytest.fixture
def connections(tmp_path: Path) -> Iterator[Connections]:
    file = tmp_path / "index"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        prepare(connection, file)
    connections = Connections(file)
    yield connections
    connections.close()


def test_terms_are_looked_up_alike_on_disk_and_in_memory(connections: Connections) -> None:
    held = ["bro", "tagbro", "åbro", "\U0001f600bro", "brovej", *(f"{n}bro" for n in range(300))]
    with connections.writing() as connection:
        count_in(connection, [(term, "", "") for term in held])
    stored, known = StoredTerms(connections), KnownTerms(held)
    for end in ("bro", "vej", "9bro", "ukendt"):
        pages = [list(chain.from_iterable(terms.ending(end))) for terms in (stored, known)]
        assert pages[0] == pages[1]
    assert len(pages[0]) == 0
    assert len(list(chain.from_iterable(stored.ending("bro")))) == len(held) - 2
    for asked in ([], ["bro", "ukendt"], ["brovej", "åbro"]):
        assert stored.among(asked) == known.among(asked)
