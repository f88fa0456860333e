"""The embedded store: one SQLite file that is the truth, and one FAISS file derived from it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType

from indexer.errors import DocumentError, MissingIndex, StoreError, WrongModel
from indexer.model import Filters, Minutes
from indexer.store import NOTHING, Change, EmbeddedChunk, Findings, Match, Meeting, Passage, Vectors
from indexer.store.changes import list_changes
from indexer.store.connections import Connections, connect, explained
from indexer.store.documents import (
    block_document,
    insert_minutes,
    is_blocked,
    list_findings,
    list_meetings,
    load_minutes,
    make_room,
    remove_document,
)
from indexer.store.learned import Learned
from indexer.store.lock import BuildLock
from indexer.store.passages import (
    check_shapes,
    insert_chunks,
    keep_dimensions,
    load_item_passages,
    load_passages,
    words_of,
)
from indexer.store.ranking import match_words
from indexer.store.schema import FILE_NAME, check, generation, prepare, read_meta, write_meta
from indexer.store.selection import Passing
from indexer.store.terms import count_in, count_terms, read_totals
from indexer.store.vectors import FILE_NAME as VECTORS_FILE_NAME
from indexer.store.vectors import VectorIndex
from indexer.vocabulary import Vocabulary


class LocalStore:
    """A ``Store`` in a folder, for any number of reading processes and threads and one writer.

    Every reading method sees one state of the store, and a store that stays open sees what another
    process builds.
    """

    def __init__(self, data: Path, *, lock: BuildLock | None = None) -> None:
        """Use ``LocalStore.open`` or ``LocalStore.create`` instead."""
        self._data = data
        self._lock = lock
        self._connections = Connections(data / FILE_NAME)
        self._vectors = VectorIndex(data / VECTORS_FILE_NAME)
        self._learned = Learned(self._connections)
        self._passing = Passing()

    @classmethod
    def open(cls, data: Path) -> LocalStore:
        """Open an index for reading.

        Raises:
            MissingIndex: There is none in the folder.
            StoreError: It is damaged, or of another version.
        """
        if not (data / FILE_NAME).is_file():
            raise MissingIndex(data)
        store = cls(data)
        try:
            with store._connections.reading() as connection:
                check(connection, data / FILE_NAME)
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def create(cls, data: Path, model: str) -> LocalStore:
        """Open an index for building, and make it first where there is none.

        Args:
            data: Folder of the index; it is made where it is missing.
            model: Name of the embedding model whose vectors are going to be stored.

        Raises:
            BuildLocked: Another build holds the folder.
            WrongModel: Documents are stored that were embedded with another model.
            StoreError: The index is damaged, of another version, or cannot be written.
        """
        with explained(data):
            data.mkdir(parents=True, exist_ok=True)
            lock = BuildLock(data)
            lock.acquire()
        store = cls(data, lock=lock)
        try:
            store._prepare(model)
        except BaseException:
            store.close()
            raise
        return store

    def _prepare(self, model: str) -> None:
        file = self._data / FILE_NAME
        with explained(file), closing(connect(file, create=True)) as connection:
            prepare(connection, file)
            configured = read_meta(connection, "model")
        if configured == model:
            return
        built_with = self.model
        if built_with is not None:
            raise WrongModel(self._data, built_with, model)
        with self._changing() as connection:
            write_meta(connection, "model", model)
            connection.execute("DELETE FROM meta WHERE key = 'dimensions'")

    @property
    def model(self) -> str | None:
        """Name of the embedding model the index is built with; None while nothing is indexed."""
        with self._connections.reading() as connection:
            empty = connection.execute("SELECT 1 FROM documents LIMIT 1").fetchone() is None
            return None if empty else read_meta(connection, "model")

    def digests(self) -> Mapping[str, str]:
        """Map every indexed source to the digest it was stored with."""
        with self._connections.reading() as connection:
            return dict(map(tuple, connection.execute("SELECT source, digest FROM documents")))

    def roots(self) -> Mapping[str, str | None]:
        """Map every indexed source to the folder it came from, or None where that is not known."""
        with self._connections.reading() as connection:
            return dict(map(tuple, connection.execute("SELECT source, root FROM documents")))

    def replace(
        self,
        minutes: Minutes,
        digest: str,
        chunks: Sequence[EmbeddedChunk],
        *,
        root: str | None = None,
    ) -> None:
        """Store a document in one transaction, in place of what its source held before.

        Args:
            minutes: The document.
            digest: Tells its version: "<content>", or "<content>-<how it was read>".
            chunks: Its passages, with vectors of one length throughout the store.
            root: Folder that the document came from.

        Raises:
            DocumentError: The text holds something that cannot be stored.
            StoreError: The store was opened for reading, or cannot be written.
            ValueError: A chunk's vectors do not have the shapes that they should.
        """
        dimensions = check_shapes(chunks)
        chunks = sorted(chunks, key=lambda embedded: embedded.chunk.position)
        words = [words_of(minutes, embedded.chunk) for embedded in chunks]
        try:
            with self._changing() as connection:
                if dimensions is not None:
                    keep_dimensions(connection, dimensions, self._data)
                make_room(connection, minutes.source)
                items = insert_minutes(connection, minutes, digest, root)
                insert_chunks(connection, items, chunks, words)
                count_in(connection, words)
        except UnicodeEncodeError as error:
            raise DocumentError(
                minutes.source.encode(errors="replace").decode(),
                f"its text holds {error.object[error.start]!a}, half a character; save it as UTF-8",
            ) from error

    def move(self, source: str, root: str) -> None:
        """Note that a document that stays as it is now comes from another folder."""
        with self._changing() as connection:
            connection.execute("UPDATE documents SET root = ? WHERE source = ?", (root, source))

    def remove(self, source: str) -> bool:
        """Take a document out of every part of the store; tell whether it was there."""
        with self._changing() as connection:
            return remove_document(connection, source)

    def block(self, source: str, reason: str = "") -> bool:
        """Remove a document and keep the same content out; tell whether it was there.

        What is blocked is the content, under whatever name and however it is read: its copies go
        with it, and a corrected file of the same name can be indexed.
        """
        with self._changing() as connection:
            return block_document(connection, source, reason)

    def blocked(self, digest: str) -> bool:
        """Tell whether this content is to be kept out."""
        with self._connections.reading() as connection:
            return is_blocked(connection, digest)

    def flush(self) -> None:
        """Write the FAISS file, so that the next opening need not read all vectors from SQLite."""
        self._check_writable()
        with self._connections.writing() as connection:
            self._vectors.save(connection)
        with explained(self._data):
            self._vectors.put_in_place()
        self._connections.checkpoint()

    def meetings(self, filters: Filters) -> list[Meeting]:
        """List the meetings that pass the filters, newest first.

        With filters of items, those that have an item which passes.
        """
        with self._connections.reading() as connection:
            return list_meetings(connection, filters)

    def minutes(self, source: str) -> Minutes | None:
        """Read one document back as it was stored."""
        with self._connections.reading() as connection:
            return load_minutes(connection, source)

    def findings(self) -> list[Findings]:
        """List the documents of which something is to be told, by source."""
        with self._connections.reading() as connection:
            return list_findings(connection)

    def changes(self, since: int) -> list[Change]:
        """List the last change of every source that changed after a cursor, oldest first."""
        with self._connections.reading() as connection:
            return list_changes(connection, since)

    def nearest(self, vector: Vectors, k: int, filters: Filters) -> list[Match]:
        """Find the k passages nearest to a unit vector of shape (d,), by cosine, best first."""
        with self._connections.reading() as connection:
            allowed = self._passing.mask(connection, filters)
            return self._vectors.search(connection, vector, k, allowed)

    def matching(
        self, terms: Sequence[str], k: int, filters: Filters, also: Mapping[str, float] = NOTHING
    ) -> list[Match]:
        """Rank passages that hold any of the terms by BM25 over title, heading and text."""
        with self._connections.reading() as connection:
            return match_words(connection, terms, k, self._passing.mask(connection, filters), also)

    def vocabulary(self) -> Vocabulary:
        """Give the terms and abbreviations that are indexed now."""
        with self._connections.reading() as connection:
            return self._learned.vocabulary(connection)

    def passages(self, ids: Sequence[int]) -> list[Passage]:
        """Read passages in the order of their ids; an id that is gone is left out."""
        with self._connections.reading() as connection:
            return load_passages(connection, ids)

    def item_passages(self, source: str, position: int) -> list[Passage]:
        """Read all passages of one agenda item, in the order of its text."""
        with self._connections.reading() as connection:
            return load_item_passages(connection, source, position)

    def frequencies(self, terms: Sequence[str]) -> Mapping[str, int]:
        """Count, for each analysed term, the passages that hold it."""
        with self._connections.reading() as connection:
            return count_terms(connection, terms)

    def size(self) -> int:
        """Count the passages."""
        with self._connections.reading() as connection:
            return read_totals(connection).passages

    def close(self) -> None:
        """Let go of files and locks; a second time does nothing."""
        self._connections.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> LocalStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection for one change of the contents, which makes a new generation."""
        self._check_writable()
        with self._connections.writing() as connection:
            yield connection
            write_meta(connection, "generation", str(generation(connection) + 1))

    def _check_writable(self) -> None:
        if self._lock is None:
            raise StoreError(
                f"{self._data}: the index was opened for reading; open it with LocalStore.create"
            )
