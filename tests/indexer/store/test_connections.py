import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer.errors import StoreError
from indexer.store import connections
from indexer.store.connections import Connections, connect, explained


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "punktvis.sqlite"
    with closing(connect(file, create=True)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE numbers (number INTEGER NOT NULL)")
    return file


@pytest.fixture
def pool(file: Path) -> Iterator[Connections]:
    pool = Connections(file)
    yield pool
    pool.close()


def numbers(connection: sqlite3.Connection) -> list[int]:
    return [row[0] for row in connection.execute("SELECT number FROM numbers ORDER BY number")]


def test_a_reader_sees_one_state_until_it_is_done(pool: Connections) -> None:
    with pool.reading() as reader:
        assert numbers(reader) == []
        with pool.writing() as writer:
            writer.execute("INSERT INTO numbers VALUES (1)")
        assert numbers(reader) == []
    with pool.reading() as reader:
        assert numbers(reader) == [1]


def test_nothing_is_changed_by_a_change_that_fails(pool: Connections) -> None:
    with pytest.raises(sqlite3.IntegrityError), pool.writing() as writer:
        writer.executemany("INSERT INTO numbers VALUES (?)", [(1,), (None,)])
    with pool.reading() as reader:
        assert numbers(reader) == []


def test_connections_are_used_again(pool: Connections) -> None:
    with pool.reading() as first, pool.reading() as second:
        assert first is not second
    with pool.reading() as third:
        assert third in (first, second)


def test_a_connection_that_is_lent_is_closed_when_it_comes_back(pool: Connections) -> None:
    with pool.reading() as reader:
        pool.close()
        assert numbers(reader) == []
    with pytest.raises(sqlite3.ProgrammingError):
        numbers(reader)


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"none\.sqlite: the index cannot be used; check that"):
        Connections(tmp_path / "none.sqlite").reading().__enter__()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "text.sqlite"
    file.write_text("no database" * 100)
    with pytest.raises(StoreError, match=r"text\.sqlite: the index is damaged; delete the file"):
        Connections(file).reading().__enter__()


def test_a_full_disk_is_named(pool: Connections) -> None:
    with pytest.raises(StoreError, match="the disk is full"), pool.writing() as writer:
        writer.executescript(
            "PRAGMA max_page_count = 3; CREATE TABLE large AS SELECT zeroblob(9999)"
        )


def test_a_busy_index_is_named(
    file: Path, pool: Connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.01)
    with closing(connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program keeps the index busy"):
            pool.writing().__enter__()


def test_a_fault_of_ours_is_not_blamed_on_the_file(file: Path, pool: Connections) -> None:
    with pytest.raises(sqlite3.IntegrityError), explained(file), pool.writing() as writer:
        writer.execute("INSERT INTO numbers VALUES (NULL)")
