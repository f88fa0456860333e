"""The distributed store: everything in Milvus collections, for many machines that read and write.

Milvus has no transactions, so the row of a document is what makes it: it names the version of its
passages, and passages of other versions are passed over wherever passages are read. A document is
replaced by writing the new passages, then its row, then deleting the old passages. While that goes
on its source is noted as pending; what is pending when a build begins is what a killed one left
behind, and is indexed anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pymilvus import MilvusClient

from indexer.errors import DocumentError, MissingIndex, WrongModel
from indexer.model import Filters, Minutes
from indexer.store import (
    NOTHING,
    Change,
    ChangeKind,
    EmbeddedChunk,
    Findings,
    Match,
    Meeting,
    Passage,
    Vectors,
)
from indexer.store.codec import content_of
from indexer.store.milvus_changes import Changes
from indexer.store.milvus_link import Address, Link, one_of, quoted
from indexer.store.milvus_notes import Notes
from indexer.store.milvus_rows import (
    chunk_rows,
    document_row,
    lets_in,
    minutes_from_pieces,
    piece_rows,
)
from indexer.store.milvus_schema import CHUNKS, DOCUMENTS, NOTES, PIECES, collections, token
from indexer.store.milvus_search import Search
from indexer.store.milvus_state import Documents
from indexer.store.passages import check_shapes
from indexer.vocabulary import Vocabulary


class MilvusStore:
    """A ``Store`` in Milvus, or in a Milvus Lite file."""

    def __init__(self, link: Link, *, writable: bool) -> None:
        """Use ``MilvusStore.open`` or ``MilvusStore.create`` instead."""
        self._link = link
        self._writable = writable
        self._notes = Notes(link)
        self._documents = Documents(link, self._notes)
        self._changes = Changes(self._notes)
        self._search = Search(link, self._documents)

    @classmethod
    def open(cls, address: Address) -> MilvusStore:
        """Open an index for reading.

        Raises:
            MissingIndex: There is none in the database.
            StoreError: Milvus cannot be reached, or refuses.
        """
        link = Link(address)
        try:
            there = set(link.collections())
            if not {DOCUMENTS, NOTES, PIECES} <= there:
                raise MissingIndex(address.shown)
            for name in there & {DOCUMENTS, NOTES, PIECES, CHUNKS}:
                link.load(name)
        except BaseException:
            link.close()
            raise
        return cls(link, writable=False)

    @classmethod
    def create(cls, address: Address, model: str) -> MilvusStore:
        """Open an index for building, and make it first where there is none.

        Raises:
            WrongModel: Documents are stored that were embedded with another model.
            StoreError: Milvus cannot be reached, or refuses.
        """
        store = cls(Link(address), writable=True)
        try:
            store._prepare(model)
        except BaseException:
            store.close()
            raise
        return store

    def _prepare(self, model: str) -> None:
        for name, (schema, indexes) in collections(MilvusClient, None).items():
            self._link.create(name, schema, indexes)
        self._changes.begin(self._changes.new_cursor())
        if (dimension := self._search.dimension()) is not None:
            self._link.create(CHUNKS, *collections(MilvusClient, dimension)[CHUNKS])
        configured = self._notes.read("meta").get("model")
        if configured == model:
            return
        built_with = self.model
        if built_with is not None:
            raise WrongModel(self._link.address.shown, built_with, model)
        if dimension is not None:
            self._search.forget()
        self._notes.write("meta", {"model": model})

    @property
    def model(self) -> str | None:
        """Name of the embedding model the index is built with; None while nothing is indexed."""
        return self._notes.read("meta").get("model") if self._documents.read() else None

    def digests(self) -> Mapping[str, str]:
        """Map every indexed source to its digest, without those that are being replaced."""
        pending = self._notes.read("pending")
        documents = self._documents.read()
        return {s: document.digest for s, document in documents.items() if s not in pending}

    def roots(self) -> Mapping[str, str | None]:
        """Map every indexed source to the folder it came from, or None where that is not known."""
        pending = {source: root or None for source, root in self._notes.read("pending").items()}
        return pending | {s: document.root for s, document in self._documents.read().items()}

    def replace(
        self,
        minutes: Minutes,
        digest: str,
        chunks: Sequence[EmbeddedChunk],
        *,
        root: str | None = None,
    ) -> None:
        """Store a document in place of what its source held before, as told at the top.

        Raises:
            DocumentError: The text holds something that cannot be stored.
            StoreError: The store was opened for reading, or Milvus refuses.
            ValueError: A chunk's vectors do not have the shapes that they should.
        """
        self._check_writable()
        dimension = check_shapes(chunks)
        source, version = minutes.source, self._changes.new_cursor()
        try:
            pieces = list(piece_rows(minutes, version, chunks))
        except UnicodeEncodeError as error:
            raise DocumentError(
                source.encode(errors="replace").decode(),
                f"its text holds {error.object[error.start]!a}, half a character; save it as UTF-8",
            ) from error
        rows = chunk_rows(minutes, version, chunks)
        if dimension is not None:
            self._search.keep_dimension(dimension)
        known = source in self._documents.read()
        self._notes.write("pending", {source: root or ""})
        self._link.insert(PIECES, pieces)
        if rows:
            self._link.insert(CHUNKS, rows)
            self._notes.write("term", {term: "" for row in rows for term in row["terms"]})
        self._link.upsert(DOCUMENTS, [document_row(minutes, version, digest, root, len(chunks))])
        self._changes.note(source, ChangeKind.REPLACED if known else ChangeKind.ADDED, version)
        self._documents.changed()
        self._sweep(source, version)

    def _sweep(self, source: str, version: int) -> None:
        """Delete all of a source but one version, and the terms that nothing else holds."""
        others = f"source == {quoted(source)} and version != {version}"
        terms: set[str] = set()
        if self._search.dimension() is not None:
            for row in self._link.rows(CHUNKS, others, ["terms"]):
                terms.update(row["terms"])
            self._link.delete(CHUNKS, others)
            self._notes.remove("term", [term for term in terms if not self._search.frequency(term)])
        self._link.delete(PIECES, others)
        self._notes.remove("pending", [source])

    def move(self, source: str, root: str) -> None:
        """Note that a document that stays as it is now comes from another folder."""
        self._check_writable()
        minutes, held = self.minutes(source), self._documents.read().get(source)
        if minutes is not None and held is not None:
            row = document_row(minutes, held.version, held.digest, root, held.passages)
            self._link.upsert(DOCUMENTS, [row])
            self._documents.changed()

    def remove(self, source: str) -> bool:
        """Take a document out of every part of the store; tell whether it was there."""
        self._check_writable()
        there = source in self._documents.read()
        if there:
            self._notes.write("pending", {source: ""})
            self._link.delete(DOCUMENTS, f"source == {quoted(source)}")
            self._changes.note(source, ChangeKind.REMOVED, self._changes.new_cursor())
            self._documents.changed()
        if there or source in self._notes.read("pending"):
            self._sweep(source, 0)
        return there

    def block(self, source: str, reason: str = "") -> bool:
        """Remove a document with its copies, keep the content out; tell whether it was there."""
        self._check_writable()
        documents = self._documents.read()
        if source not in documents:
            return False
        content = content_of(documents[source].digest)
        self._notes.write("blocked", {content: f"{source}: {reason}"})
        for copy, document in documents.items():
            if content_of(document.digest) == content:
                self.remove(copy)
        return True

    def blocked(self, digest: str) -> bool:
        """Tell whether this content is to be kept out."""
        return content_of(digest) in self._notes.read("blocked")

    def flush(self) -> None:
        """Do nothing: Milvus keeps what it has accepted, and builds its indexes by itself."""
        self._check_writable()

    def meetings(self, filters: Filters) -> list[Meeting]:
        """List the meetings that pass the filters, newest first.

        With filters of items, those that have an item which passes.
        """
        documents = self._documents.read()
        if filters != filters.of_meetings:
            holding = self._search.sources(filters)
            documents = {s: document for s, document in documents.items() if s in holding}
        found = [d.meeting for d in documents.values() if lets_in(filters, d.meeting)]
        return sorted(found, key=lambda m: (-(m.date.toordinal() if m.date else 0), m.source))

    def minutes(self, source: str) -> Minutes | None:
        """Read one document back as it was stored."""
        held = self._documents.read().get(source)
        if held is None:
            return None
        of_it = f"source == {quoted(source)} and version == {held.version} and chunk == 0"
        pieces = self._link.rows(PIECES, of_it, ["place", "content"])
        return minutes_from_pieces(pieces) if pieces else None

    def findings(self) -> list[Findings]:
        """List the documents of which something is to be told, by source."""
        found = (document.findings for document in self._documents.read().values())
        told = (f for f in found if f.notices or f.personal or f.unknown_headings)
        return sorted(told, key=lambda f: f.source)

    def changes(self, since: int) -> list[Change]:
        """List the last change of every source that changed after a cursor, oldest first."""
        return self._changes.list(since)

    def nearest(self, vector: Vectors, k: int, filters: Filters) -> list[Match]:
        """Find the k passages nearest to a unit vector of shape (d,), by cosine, best first."""
        return self._search.nearest(vector, k, filters)

    def matching(
        self, terms: Sequence[str], k: int, filters: Filters, also: Mapping[str, float] = NOTHING
    ) -> list[Match]:
        """Rank passages that hold any of the terms by BM25 over title, heading and text."""
        return self._search.matching({**also, **dict.fromkeys(terms, 1.0)}, k, filters)

    def vocabulary(self) -> Vocabulary:
        """Give the terms and abbreviations that are indexed now."""
        return self._documents.vocabulary()

    def passages(self, ids: Sequence[int]) -> list[Passage]:
        """Read passages in the order of their ids; an id that is gone is left out."""
        found = {p.id: p for p in self._search.passages(one_of("id", [int(id) for id in ids]))}
        return [found[id] for id in ids if id in found]

    def item_passages(self, source: str, position: int) -> list[Passage]:
        """Read all passages of one agenda item, in the order of its text."""
        found = self._search.passages(f"source == {quoted(source)} and item == {position}")
        return sorted(found, key=lambda passage: passage.embedded.chunk.start)

    def frequencies(self, terms: Sequence[str]) -> Mapping[str, int]:
        """Count, for each analysed term, the passages that hold it."""
        return {term: self._search.frequency(token(term)) for term in dict.fromkeys(terms)}

    def size(self) -> int:
        """Count the passages."""
        return sum(document.passages for document in self._documents.read().values())

    def close(self) -> None:
        """Let go of the connection; a second time does nothing."""
        self._link.close()

    def __enter__(self) -> MilvusStore:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _check_writable(self) -> None:
        if not self._writable:
            raise self._link.told(
                "the index was opened for reading; open it with MilvusStore.create"
            )
