"""Passages in Milvus: ranked, read and counted there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from pymilvus import MilvusClient

from indexer.errors import WrongDimension
from indexer.model import Filters
from indexer.store import Match, Passage, Vectors
from indexer.store.milvus_link import MOST, Link, Row, one_of, quoted
from indexer.store.milvus_rows import PASSAGE_FIELDS, passage_from_row
from indexer.store.milvus_schema import CHUNKS, PIECES, collections, condition, weighted
from indexer.store.milvus_state import Documents


class Search:
    """Sees the passages of the documents as they are, and none that are coming or going."""

    def __init__(self, link: Link, documents: Documents) -> None:
        """Know the connection and whom to ask which passages are current."""
        self._link = link
        self._documents = documents
        self._found_dimension: int | None = None

    def dimension(self) -> int | None:
        """Tell the length of the vectors, or None where there are no passages yet."""
        if self._found_dimension is None and CHUNKS in self._link.collections():
            self._found_dimension = int(self._link.fields(CHUNKS)["vector"]["dim"])
        return self._found_dimension

    def keep_dimension(self, dimension: int) -> None:
        """Make room for vectors of one length, where there is none yet.

        Raises:
            WrongDimension: Vectors of another length are there.
        """
        if self.dimension() is None:
            self._link.create(CHUNKS, *collections(MilvusClient, dimension)[CHUNKS])
        stored = self.dimension()
        if stored != dimension:
            raise WrongDimension(self._link.address.shown, dimension, stored or 0)

    def forget(self) -> None:
        """Drop the passages, so that vectors of another length can come in."""
        self._link.drop(CHUNKS)
        self._found_dimension = None

    def nearest(self, vector: Vectors, k: int, filters: Filters) -> list[Match]:
        """Find the k passages nearest to a unit vector.

        Raises:
            StoreError: The vector has another length than those in the index.
        """
        dimension = self.dimension()
        if dimension is None:
            return []
        if vector.shape != (dimension,):
            raise self._link.told(
                f"the index holds vectors of {dimension} numbers, but it is searched with one of "
                f"shape {vector.shape}; use the model it was built with"
            )
        return _best_first(self._rank(vector.astype(float).tolist(), "vector", k, filters))

    def matching(self, weights: Mapping[str, float], k: int, filters: Filters) -> list[Match]:
        """Rank passages by the terms that they hold and what each weighs."""
        question, scale = weighted(weights)
        if not question or self.dimension() is None:
            return []
        found = self._rank(question, "bm25", k, filters)
        # Milvus Lite gives BM25 scores as distances, below zero.
        return _best_first([Match(match.id, abs(match.score) * scale) for match in found])

    def _rank(self, what: object, field: str, k: int, filters: Filters) -> list[Match]:
        """Search, and again without what is coming or going where that is found."""
        foreign = set[int]()
        while k > 0 and self._documents.read():
            parts = condition(filters), f"version not in {sorted(foreign)}" if foreign else ""
            within = " and ".join(filter(None, parts))
            hits = self._link.search(
                CHUNKS, what, field, min(k, MOST), within, ["source", "version"]
            )
            others = {row["version"] for *_, row in hits if not self._documents.holds(row)}
            if not others:
                return [Match(id, score) for id, score, _ in hits]
            foreign |= others
        return []

    def passages(self, wanted: str) -> list[Passage]:
        """Read the passages for which a condition holds."""
        if self.dimension() is None:
            return []
        rows = self._current(wanted, PASSAGE_FIELDS)
        pieces: defaultdict[int, list[Row]] = defaultdict(list)
        if rows:
            of_these = one_of("chunk", [int(row["id"]) for row in rows])
            for piece in self._link.rows(PIECES, of_these, ["chunk", "place", "content"]):
                pieces[piece["chunk"]].append(piece)
        return [passage_from_row(row, pieces[row["id"]]) for row in rows]

    def sources(self, filters: Filters) -> set[str]:
        """Name the sources that have a passage which passes."""
        if self.dimension() is None:
            return set()
        return {row["source"] for row in self._current(condition(filters), ["source", "version"])}

    def frequency(self, term: str) -> int:
        """Count the passages that hold a term, as ``milvus_schema.token`` writes it."""
        if self.dimension() is None:
            return 0
        return self._link.count(CHUNKS, f"ARRAY_CONTAINS(terms, {quoted(term)})")

    def _current(self, wanted: str, fields: tuple[str, ...] | list[str]) -> list[Row]:
        self._documents.read()
        return [r for r in self._link.rows(CHUNKS, wanted, fields) if self._documents.holds(r)]


def _best_first(found: list[Match]) -> list[Match]:
    return sorted(found, key=lambda match: (-match.score, match.id))
