"""Chunks as rows of ``chunks`` and ``words``, back, and ranked by their words."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.danish import analyse
from indexer.errors import WrongDimension
from indexer.model import Chunk, Filters, Minutes, Role
from indexer.store import EmbeddedChunk, Match, Passage
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
from indexer.store.selection import Selection, select_items

# BM25 weights of the columns title, heading and body. Not tuned yet: a title names the case, so
# it outweighs the text; a section's label ("Beslutning") says little about it.
TITLE_WEIGHT, HEADING_WEIGHT, BODY_WEIGHT = 3.0, 0.5, 1.0

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


def insert_chunk(
    connection: sqlite3.Connection, item: int, embedded: EmbeddedChunk, words: Words
) -> None:
    """Write a chunk of the item in row ``item``, under an id that was never used before."""
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


def passing_ranges(connection: sqlite3.Connection, filters: Filters) -> NDArray[np.int64] | None:
    """Give first and last of each range of ids of passages that pass the filters, shape (n, 2).

    The passages of an item follow each other. None where the filters are empty.
    """
    chosen = select_items(filters)
    if chosen is None:
        return None
    rows = connection.execute(
        f"{_passing(chosen, 'min(id), max(id)')} GROUP BY item", chosen.values
    )
    return np.array([tuple(row) for row in rows], np.int64).reshape(-1, 2)


def _passing(chosen: Selection, what: str = "id") -> str:
    # Nested rather than joined: SQLite would scan all passages and look up the item of each.
    items = f"SELECT items.id FROM items WHERE {chosen.condition}"
    return f"SELECT {what} FROM chunks WHERE chunks.item IN ({items})"


def match_words(
    connection: sqlite3.Connection,
    terms: Sequence[str],
    k: int,
    filters: Filters,
    also: Mapping[str, float],
) -> list[Match]:
    """Rank the passages that pass and hold any of the terms; a repeated term counts once."""
    weights = {**also, **dict.fromkeys(terms, 1.0)}
    if not weights or k <= 0:
        return []
    chosen = select_items(filters)
    # Without the plus SQLite looks up each passing row in the word index: minutes for a question.
    within = "" if chosen is None else f" AND +words.rowid IN ({_passing(chosen)})"
    values = () if chosen is None else chosen.values
    # FTS5 cannot weigh words, so those of each weight are ranked apart, and the scores added up.
    # Its scores are negative, the best the lowest; here as elsewhere a higher score is better.
    ranking = (
        f"SELECT words.rowid AS id, -bm25(words, {TITLE_WEIGHT}, {HEADING_WEIGHT}, {BODY_WEIGHT})"
        f" * ? AS score FROM words WHERE words MATCH ?{within}"
    )
    levels = sorted(set(weights.values()))
    alike = [[term for term, weight in weights.items() if weight == level] for level in levels]
    bound = [
        (level, " OR ".join(_quoted(term) for term in of_level), *values)
        for level, of_level in zip(levels, alike, strict=True)
    ]
    rows = connection.execute(
        f"WITH found AS MATERIALIZED ({' UNION ALL '.join([ranking] * len(bound))})"
        " SELECT id, sum(score) AS total FROM found GROUP BY id ORDER BY total DESC, id LIMIT ?",
        (*chain.from_iterable(bound), k),
    )
    return [Match(int(row[0]), float(row[1])) for row in rows]


def _quoted(term: str) -> str:
    # A null character would end the query for SQLite, and no analysed term holds one.
    return '"' + term.replace("\0", "").replace('"', '""') + '"'


def count_terms(connection: sqlite3.Connection, terms: Sequence[str]) -> Mapping[str, int]:
    """Count, for each term, the passages that hold it."""
    rows = connection.execute(
        "SELECT term, doc FROM vocabulary WHERE term IN (SELECT value FROM json_each(?))",
        (json_list(terms),),
    )
    return dict.fromkeys(terms, 0) | {str(row[0]): int(row[1]) for row in rows}
