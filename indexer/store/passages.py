"""Chunks as rows of ``chunks`` and ``words``, and back."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indexer.danish import analyse
from indexer.errors import WrongDimension
from indexer.model import Chunk, Minutes, Role
from indexer.store import EmbeddedChunk, Passage
from indexer.store.codec import (
    date_from_column,
    json_list,
    unit_vectors_from_blob,
    unit_vectors_to_blob,
    units_from_blob,
    units_to_blob,
    vector_to_blob,
    vectors_from_blobs,
)
from indexer.store.schema import read_meta, write_meta

_ITEMS = "documents JOIN items ON items.document = documents.id"
_TABLES = f"{_ITEMS} JOIN chunks ON chunks.item = items.id"
_OF_PASSAGE = (
    "chunks.*, items.position, items.title, documents.source, documents.committee, documents.date"
)

Words = tuple[str, str, str]


def words_of(minutes: Minutes, chunk: Chunk) -> Words:
    """Analyse a chunk's title, heading and text into the columns of the word index."""
    item = minutes.items[chunk.position]
    texts = item.title, chunk.heading, item.text[chunk.start : chunk.end]
    title, heading, body = (" ".join(analyse(text)) for text in texts)
    return title, heading, body


def check_shapes(chunks: Sequence[EmbeddedChunk]) -> int | None:
    """Give the length that all vectors have, or None for no vectors.

    Raises:
        ValueError: A vector has another shape than the rest, or than its chunk's units ask for.
    """
    shapes = {embedded.vector.shape for embedded in chunks}
    if not shapes:
        return None
    shape = shapes.pop()
    if shapes or len(shape) != 1:
        raise ValueError(f"vectors of shapes {[e.vector.shape for e in chunks]}; expected (d,)")
    for embedded in chunks:
        expected = (len(embedded.chunk.units), shape[0])
        if embedded.unit_vectors.shape != expected:
            raise ValueError(
                f"unit vectors of shape {embedded.unit_vectors.shape}; expected {expected}"
            )
    return int(shape[0])


def keep_dimensions(connection: sqlite3.Connection, dimensions: int, place: Path) -> None:
    """Remember the length of the first vectors, and let in no others.

    Raises:
        WrongDimension: The index holds vectors of another length.
    """
    stored = read_meta(connection, "dimensions")
    if stored is None:
        write_meta(connection, "dimensions", str(dimensions))
    elif int(stored) != dimensions:
        raise WrongDimension(place, dimensions, int(stored))


def insert_chunks(
    connection: sqlite3.Connection,
    items: Sequence[int],
    chunks: Sequence[EmbeddedChunk],
    words: Sequence[Words],
) -> None:
    """Write all chunks of a document, under ids that were never used before.

    Args:
        connection: In a transaction.
        items: The rows of the document's items, by position.
        chunks: In the order of their items.
        words: What ``words_of`` makes of each.
    """
    rows = [
        _insert_chunk(connection, items[embedded.chunk.position], embedded, columns)
        for embedded, columns in zip(chunks, words, strict=True)
    ]
    if rows:
        connection.execute(
            "UPDATE documents SET first_chunk = ?, last_chunk = ?"
            " WHERE id = (SELECT document FROM items WHERE id = ?)",
            (rows[0], rows[-1], items[0]),
        )


def _insert_chunk(
    connection: sqlite3.Connection, item: int, embedded: EmbeddedChunk, words: Words
) -> int:
    chunk = embedded.chunk
    row = connection.execute(
        "INSERT INTO chunks (item, role, heading, header, start_at, end_at, vector, units,"
        " unit_vectors) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            item,
            chunk.role.value,
            chunk.heading,
            chunk.header,
            chunk.start,
            chunk.end,
            vector_to_blob(embedded.vector),
            units_to_blob(chunk.units),
            unit_vectors_to_blob(embedded.unit_vectors),
        ),
    ).lastrowid
    connection.execute(
        "INSERT INTO words (rowid, title, heading, body) VALUES (?, ?, ?, ?)", (row, *words)
    )
    assert row is not None
    return row


def load_passages(connection: sqlite3.Connection, ids: Sequence[int]) -> list[Passage]:
    """Read passages in the order of their ids; an id that is gone is left out."""
    rows = connection.execute(
        f"SELECT {_OF_PASSAGE} FROM {_TABLES} WHERE chunks.id IN (SELECT value FROM json_each(?))",
        (json_list(int(id) for id in ids),),
    )
    found = {row["id"]: _passage(row) for row in rows}
    return [found[id] for id in ids if id in found]


def load_item_passages(connection: sqlite3.Connection, source: str, position: int) -> list[Passage]:
    """Read all passages of one agenda item, in the order of its text."""
    rows = connection.execute(
        f"SELECT {_OF_PASSAGE} FROM {_TABLES}"
        " WHERE documents.source = ? AND items.position = ? ORDER BY chunks.start_at",
        (source, position),
    )
    return [_passage(row) for row in rows]


def _passage(row: sqlite3.Row) -> Passage:
    units = units_from_blob(row["units"])
    dimensions = len(row["vector"]) // np.dtype(np.float32).itemsize
    chunk = Chunk(
        position=row["position"],
        role=Role(row["role"]),
        heading=row["heading"],
        header=row["header"],
        start=row["start_at"],
        end=row["end_at"],
        units=units,
    )
    embedded = EmbeddedChunk(
        chunk=chunk,
        vector=vectors_from_blobs([row["vector"]], dimensions)[0],
        unit_vectors=unit_vectors_from_blob(row["unit_vectors"], len(units), dimensions),
    )
    return Passage(
        id=row["id"],
        source=row["source"],
        embedded=embedded,
        title=row["title"],
        committee=row["committee"],
        date=date_from_column(row["date"]),
    )
