"""What is learned from the documents, for use on questions: their words and abbreviations."""

from __future__ import annotations

import sqlite3

from indexer.abbreviations import Abbreviation, find_abbreviations
from indexer.store.connections import Connections
from indexer.store.schema import generation
from indexer.store.terms import StoredTerms
from indexer.vocabulary import Vocabulary


def insert_abbreviations(connection: sqlite3.Connection, item: int, text: str) -> None:
    """Write down the abbreviations that the text of the item in row ``item`` explains."""
    found = {(item, found.short, found.long) for found in find_abbreviations(text)}
    connection.executemany("INSERT INTO abbreviations VALUES (?, ?, ?)", sorted(found))


class Learned:
    """The vocabulary of the index, its abbreviations read once for each generation of it."""

    def __init__(self, connections: Connections) -> None:
        """Know nothing yet; the terms are going to be looked up through these."""
        self._terms = StoredTerms(connections)
        # One value, so that threads never see the generation of one with the words of another.
        self._known = -1, Vocabulary(self._terms)

    def vocabulary(self, connection: sqlite3.Connection) -> Vocabulary:
        """Give the vocabulary of what the connection sees."""
        known, vocabulary = self._known
        now = generation(connection)
        if known != now:
            explained = connection.execute("SELECT DISTINCT short, long FROM abbreviations")
            vocabulary = Vocabulary(
                self._terms, (Abbreviation(row[0], row[1]) for row in explained)
            )
            self._known = now, vocabulary
        return vocabulary
