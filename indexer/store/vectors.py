"""The FAISS index of all passages: derived from SQLite, and kept in a file for a fast start."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.errors import StoreError
from indexer.store import Match, Vectors
from indexer.store.codec import json_list, vectors_from_blobs
from indexer.store.schema import generation, read_meta, write_meta

FILE_NAME = "vectors.faiss"
_BATCH = 4096  # vectors read from SQLite at a time


class VectorIndex:
    """Exact search by inner product, which follows SQLite from generation to generation.

    The file is only believed when its digest is the one that SQLite holds; else everything is
    read from SQLite. Because ids are never reused, the difference of the ids is the difference of
    the contents, whatever state the index was in before.
    """

    def __init__(self, file: Path) -> None:
        """Name the file; nothing is read before the first search or save."""
        self._file = file
        self._lock = threading.Lock()
        self._index: faiss.IndexIDMap2 | None = None
        self._generation: int | None = None
        self._saved: int | None = None

    def search(
        self,
        connection: sqlite3.Connection,
        vector: Vectors,
        k: int,
        allowed: NDArray[np.int64] | None,
    ) -> list[Match]:
        """Find the k nearest of the allowed ids, of all for None, to a vector of shape (d,).

        Raises:
            StoreError: The vector has another length than those in the index.
        """
        if k <= 0 or (allowed is not None and not allowed.size):
            return []
        with self._lock:
            index = self._follow(connection)
            if index is None or not index.ntotal:
                return []
            if vector.shape != (index.d,):
                raise StoreError(
                    f"{self._file.parent}: the index holds vectors of {index.d} numbers, but it is "
                    f"searched with one of shape {vector.shape}; use the model it was built with"
                )
            # FAISS keeps only a pointer to the selector, so it needs a name as long as the search.
            selector = None if allowed is None else faiss.IDSelectorBatch(allowed)
            parameters = faiss.SearchParameters()
            parameters.sel = selector
            row = np.ascontiguousarray(vector, np.float32).reshape(1, -1)
            scores, ids = index.search(row, min(k, index.ntotal), params=parameters)
        # FAISS pads with -1 where it finds fewer than k.
        return [Match(int(i), float(s)) for s, i in zip(scores[0], ids[0], strict=True) if i >= 0]

    def save(self, connection: sqlite3.Connection) -> None:
        """Write the file, and note its digest in the transaction that the connection is in.

        When the process is killed between the two, the digests differ, and the next opening
        reads SQLite instead.
        """
        with self._lock:
            index = self._follow(connection)
            if index is None or (self._saved == self._generation and self._file.exists()):
                return
            content = faiss.serialize_index(index).tobytes()
            _replace_file(self._file, content)
            write_meta(connection, "vectors_digest", _digest(content))
            write_meta(connection, "vectors_generation", str(self._generation))
            self._saved = self._generation

    def _follow(self, connection: sqlite3.Connection) -> faiss.IndexIDMap2 | None:
        """Bring the index to the generation that the connection sees; None for no vectors yet."""
        now = generation(connection)
        if self._generation == now:
            return self._index
        dimensions = int(read_meta(connection, "dimensions") or 0)
        if not dimensions:
            return None
        if self._index is None:
            self._index = self._load(connection)
        if self._index is None or self._index.d != dimensions:
            self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimensions))
        _synchronise(self._index, connection)
        self._generation = now
        return self._index

    def _load(self, connection: sqlite3.Connection) -> faiss.IndexIDMap2 | None:
        try:
            content = self._file.read_bytes()
        except OSError:
            return None
        if _digest(content) != read_meta(connection, "vectors_digest"):
            return None
        self._saved = int(read_meta(connection, "vectors_generation") or 0)
        index = faiss.deserialize_index(np.frombuffer(content, np.uint8))
        return index if isinstance(index, faiss.IndexIDMap2) else None


def _synchronise(index: faiss.IndexIDMap2, connection: sqlite3.Connection) -> None:
    stored = np.fromiter((r[0] for r in connection.execute("SELECT id FROM chunks")), np.int64)
    held = faiss.vector_to_array(index.id_map)
    gone = np.setdiff1d(held, stored)
    if gone.size:
        index.remove_ids(faiss.IDSelectorBatch(gone))
    for ids, vectors in _read_vectors(connection, np.setdiff1d(stored, held), index.d):
        index.add_with_ids(vectors, ids)


def _read_vectors(
    connection: sqlite3.Connection, ids: NDArray[np.int64], dimensions: int
) -> Iterator[tuple[NDArray[np.int64], Vectors]]:
    for first in range(0, len(ids), _BATCH):
        rows = connection.execute(
            "SELECT id, vector FROM chunks WHERE id IN (SELECT value FROM json_each(?))",
            (json_list(ids[first : first + _BATCH].tolist()),),
        ).fetchall()
        yield (
            np.array([row[0] for row in rows], np.int64),
            vectors_from_blobs([row[1] for row in rows], dimensions),
        )


def _replace_file(file: Path, content: bytes) -> None:
    """Put the content in the file's place, so that a reader sees the old one or the new one."""
    temporary = file.with_suffix(".tmp")
    with temporary.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(file)


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
