"""The FAISS index of all passages: derived from SQLite, and kept in a file for a fast start."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import faiss
import numpy as np

from indexer.errors import StoreError
from indexer.store import Match, Vectors
from indexer.store.coarse import COMPARED, Coarse, sample_size, select, train
from indexer.store.codec import json_list, vectors_from_blobs
from indexer.store.schema import generation, read_meta, write_meta
from indexer.store.selection import Ids, Mask, read_ids

FILE_NAME = "vectors.faiss"
# Comparing a question with 100,000 passages one by one takes 10 ms and 150 MB of memory; with
# more of them, the file holds them in coarse form (`make bench-scale`).
EXACT = 100_000
# New passages are compared one by one beside a file in coarse form until they are this many.
RECENT = 20_000
_BATCH = 4096  # vectors read from SQLite at a time

_NONE: Ids = np.empty(0, np.int64)


class VectorIndex:
    """Search by inner product, which follows SQLite from generation to generation.

    Few passages are compared one by one. Of many the coarse form finds twice as many as are asked
    for, which are then compared by the vectors in SQLite; what is newer than it is compared one by
    one, and what it holds of what is gone is kept out.

    The file is only believed when its digest is the one that SQLite holds; else everything is
    read from SQLite. Because ids are never reused, the difference of the ids is the difference of
    the contents, whatever state the index was in before.
    """

    def __init__(self, file: Path) -> None:
        """Name the file; nothing is read before the first search or save."""
        self._file = file
        self._beside = file.with_suffix(".tmp")
        self._lock = threading.Lock()
        self._coarse: Coarse | None = None
        self._exact: faiss.IndexIDMap2 | None = None
        self._gone = _NONE
        self._last = 0
        self._generation: int | None = None
        self._noted = ""

    def search(
        self, connection: sqlite3.Connection, vector: Vectors, k: int, allowed: Mask | None
    ) -> list[Match]:
        """Find the k nearest of the allowed ids, of all for None, to a vector of shape (d,).

        Args:
            connection: Sees the state of the store that is searched.
            vector: A unit vector.
            k: How many to find.
            allowed: Tells of each id whether it passes, shape (highest id + 1,).

        Raises:
            StoreError: The vector has another length than those in the index.
        """
        if k <= 0 or (allowed is not None and not allowed.any()):
            return []
        with self._lock:
            exact = self._follow(connection)
            if exact is None:
                return []
            if vector.shape != (exact.d,):
                raise StoreError(
                    f"{self._file.parent}: the index holds vectors of {exact.d} numbers, but it is "
                    f"searched with one of shape {vector.shape}; use the model it was built with"
                )
            row = np.ascontiguousarray(vector, np.float32).reshape(1, -1)
            # FAISS keeps only a pointer to a selector, so it needs a name as long as the search.
            selector = None if allowed is None else select(allowed)
            parameters = faiss.SearchParameters()
            parameters.sel = selector
            with _one_thread():
                scores, ids = exact.search(row, min(k, max(1, exact.ntotal)), params=parameters)
                near = self._search_coarse(row, 2 * k, allowed, selector)
        # FAISS pads with -1 where it finds fewer than k.
        found = [(float(s), int(i)) for s, i in zip(scores[0], ids[0], strict=True) if i >= 0]
        for some, vectors in _read_vectors(connection, near, len(vector)):
            found += zip((vectors @ row[0]).tolist(), some.tolist(), strict=True)
        best = sorted(found, key=lambda pair: (-pair[0], pair[1]))[:k]
        return [Match(id, score) for score, id in best]

    def _search_coarse(
        self, row: Vectors, k: int, allowed: Mask | None, selector: faiss.IDSelector | None
    ) -> Ids:
        if self._coarse is None:
            return _NONE
        held = len(self._coarse.ids) - len(self._gone)
        if allowed is not None:
            passing = int(np.count_nonzero(allowed))
            if passing <= COMPARED:
                return self._coarse.search_few(row, k, allowed)
            return self._coarse.search(row, k, selector, min(passing, held))
        if not self._gone.size:
            return self._coarse.search(row, k, None, held)
        gone = faiss.IDSelectorBatch(self._gone)
        return self._coarse.search(row, k, faiss.IDSelectorNot(gone), held)

    def save(self, connection: sqlite3.Connection) -> None:
        """Write the file beside the old one; ``put_in_place`` takes the old one's place with it.

        Its digest is noted in the transaction that the connection is in. Killed at any moment,
        there is a file whose digest is noted. A file in coarse form serves on while little has
        been added, and nothing is written.

        Raises:
            OSError: The disk is full, or the file cannot be written.
        """
        with self._lock:
            self._beside.unlink(missing_ok=True)
            dimension = int(read_meta(connection, "dimensions") or 0)
            if not dimension or self._is_saved(connection):
                return
            few = _count(connection) <= EXACT
            made = self._follow(connection) if few else self._changed(connection, dimension)
            if made is not None:
                self._write(connection, made)

    def put_in_place(self) -> None:
        """Let readers have what ``save`` wrote, if it wrote anything, once that is committed."""
        with self._lock:
            if self._beside.exists():
                self._beside.replace(self._file)

    def _is_saved(self, connection: sqlite3.Connection) -> bool:
        noted = read_meta(connection, "vectors_generation")
        return noted == str(generation(connection)) and _digest(self._file) == _noted(connection)[0]

    def _changed(self, connection: sqlite3.Connection, dimension: int) -> faiss.IndexIVF | None:
        """Make the coarse form of all there is; None where the file serves as it is."""
        self._open(connection, dimension)
        stored = _ids(connection)
        if self._coarse is None or self._coarse.outgrown(len(stored)):
            chosen = np.random.default_rng(0).choice(stored, sample_size(len(stored)), False)
            sample = [vectors for _, vectors in _read_vectors(connection, chosen, dimension)]
            everything = _read_vectors(connection, stored, dimension)
            return train(np.concatenate(sample), len(stored), everything)
        gone, added = _without(self._coarse.ids, stored), _without(stored, self._coarse.ids)
        # What is gone leaves the file at once: nothing of a withdrawn item is to stay.
        if not gone.size and len(added) <= RECENT:
            return None
        return self._coarse.changed(gone, _read_vectors(connection, added, dimension))

    def _write(self, connection: sqlite3.Connection, index: faiss.Index) -> None:
        content = faiss.serialize_index(index).data
        try:
            with self._beside.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError:
            self._beside.unlink(missing_ok=True)
            raise
        noted = f"{_hash(content).hexdigest()} {_digest(self._file)}"
        write_meta(connection, "vectors_digest", noted)
        write_meta(connection, "vectors_generation", str(generation(connection)))

    def _follow(self, connection: sqlite3.Connection) -> faiss.IndexIDMap2 | None:
        """Bring the index to the generation that the connection sees; None for no vectors yet."""
        now = generation(connection)
        if self._generation == now:
            return self._exact
        dimension = int(read_meta(connection, "dimensions") or 0)
        if not dimension:
            return None
        exact = self._open(connection, dimension)
        self._synchronise(connection, exact, now)
        return exact

    def _open(self, connection: sqlite3.Connection, dimension: int) -> faiss.IndexIDMap2:
        """Read the file the first time, and when another is of use; else keep what is there."""
        noted, many = _noted(connection), _count(connection) > EXACT
        as_before = noted[0] == self._noted if many else self._coarse is None
        if self._exact is not None and self._exact.d == dimension and as_before:
            return self._exact
        self._noted, self._generation = noted[0], None
        self._coarse, self._exact = None, faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
        if _digest(self._file) in noted:
            index = faiss.read_index(str(self._file), faiss.IO_FLAG_MMAP)
            if index.d == dimension and isinstance(index, faiss.IndexIDMap2):
                self._exact = index
            elif index.d == dimension and many:
                self._coarse = Coarse(self._file)
        return self._exact

    def _synchronise(
        self, connection: sqlite3.Connection, exact: faiss.IndexIDMap2, now: int
    ) -> None:
        """Take in what is new in SQLite, and let go of what is gone from it."""
        coarse = _NONE if self._coarse is None else self._coarse.ids
        held = len(coarse) - len(self._gone) + exact.ntotal
        stored = added = _ids(connection, after=self._last)
        # Ids are never reused, so while the counts agree nothing is gone, and the new ids are all.
        forward = self._generation is not None and self._generation < now
        if not forward or _count(connection) != held + len(added):
            stored = _ids(connection)
            recent = faiss.vector_to_array(exact.id_map)
            lost = _without(recent, stored)
            if lost.size:
                exact.remove_ids(faiss.IDSelectorBatch(lost))
            self._gone = _without(coarse, stored)
            added = _without(stored, np.concatenate([coarse, recent]))
        for ids, vectors in _read_vectors(connection, added, exact.d):
            exact.add_with_ids(vectors, ids)
        self._last = int(stored.max(initial=0 if stored is not added else self._last))
        self._generation = now


@contextmanager
def _one_thread() -> Iterator[None]:
    """Have FAISS search in the thread that asks.

    A single question is too little work to share out: FAISS's threads spin while they wait for each
    other, on a busy machine for longer than the search takes. Training and adding use all cores.
    """
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)  # of this thread alone
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


def _noted(connection: sqlite3.Connection) -> tuple[str, ...]:
    """List the digests that the file may have: of the newest, and of the one before it."""
    return tuple((read_meta(connection, "vectors_digest") or "none").split())


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, _hash).hexdigest()
    except FileNotFoundError:
        return ""


def _hash(content: memoryview | bytes = b"") -> hashlib.blake2b:
    return hashlib.blake2b(content, digest_size=16)


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM chunks").fetchone()[0])


def _ids(connection: sqlite3.Connection, after: int = 0) -> Ids:
    # With the condition SQLite walks through the passages themselves, without it through an index.
    newer = f" WHERE id > {after}" if after else ""
    return read_ids(connection, f"SELECT id FROM chunks{newer}")


def _without(ids: Ids, others: Ids) -> Ids:
    # No id stands twice in either; looking for such takes NumPy seconds for a million.
    return np.setdiff1d(ids, others, assume_unique=True)


def _read_vectors(
    connection: sqlite3.Connection, ids: Ids, dimension: int
) -> Iterator[tuple[Ids, Vectors]]:
    for first in range(0, len(ids), _BATCH):
        rows = connection.execute(
            "SELECT id, vector FROM chunks WHERE id IN (SELECT value FROM json_each(?))",
            (json_list(ids[first : first + _BATCH].tolist()),),
        ).fetchall()
        yield (
            np.array([row[0] for row in rows], np.int64),
            vectors_from_blobs([row[1] for row in rows], dimension),
        )
