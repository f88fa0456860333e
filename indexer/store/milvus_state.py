"""The documents in Milvus as they are now, read once for each change."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from indexer.abbreviations import Abbreviation
from indexer.store.milvus_link import Link, Row
from indexer.store.milvus_notes import Notes
from indexer.store.milvus_rows import DOCUMENT_FIELDS, Document, document_from_row
from indexer.store.milvus_schema import DOCUMENTS, term_of
from indexer.vocabulary import KnownTerms, Vocabulary


class Documents:
    """What is known of every document, as long as the stamp of the last change is the same."""

    def __init__(self, link: Link, notes: Notes) -> None:
        """Know nothing yet."""
        self._link = link
        self._notes = notes
        # One value each, so that threads never see the stamp of one with the contents of another.
        self._known: tuple[str | None, Mapping[str, Document]] = None, {}
        self._learned: tuple[str | None, Vocabulary] = None, Vocabulary(KnownTerms(()))

    def read(self) -> Mapping[str, Document]:
        """Map the sources to their documents."""
        stamp, (known, documents) = self._stamp(), self._known
        if known != stamp:
            rows = self._link.rows(DOCUMENTS, "", DOCUMENT_FIELDS)
            documents = {row["source"]: document_from_row(row) for row in rows}
            self._known = stamp, documents
        return documents

    def holds(self, row: Row) -> bool:
        """Tell whether a passage belongs to its document as it was last read."""
        document = self._known[1].get(row["source"])
        return document is not None and document.version == row["version"]

    def vocabulary(self) -> Vocabulary:
        """Give the terms and abbreviations of all documents."""
        stamp, (known, vocabulary) = self._stamp(), self._learned
        if known != stamp:
            rows = self._link.rows(DOCUMENTS, "", ["abbreviations"])
            explained = {tuple(pair.split("\t")) for row in rows for pair in row["abbreviations"]}
            vocabulary = Vocabulary(
                KnownTerms(map(term_of, self._notes.read("term"))),
                (Abbreviation(short, long) for short, long in sorted(explained)),
            )
            self._learned = stamp, vocabulary
        return vocabulary

    def changed(self) -> None:
        """Tell every reader, on whatever machine, that documents have changed."""
        self._notes.write("meta", {"stamp": uuid.uuid4().hex})

    def _stamp(self) -> str:
        return self._notes.read("meta").get("stamp", "")
