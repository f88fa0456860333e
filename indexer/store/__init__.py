"""Where minutes, passages, words and vectors are kept, behind one protocol.

The store is the truth: what is searched, shown and cited comes from it and from nowhere else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.model import Chunk, Filters, Minutes, Personal
from indexer.vocabulary import Vocabulary

Vectors = NDArray[np.float32]
NOTHING: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class EmbeddedChunk:
    """A chunk with its vectors: its own of shape (d,), its units' of (len(chunk.units), d)."""

    chunk: Chunk
    vector: Vectors
    unit_vectors: Vectors


@dataclass(frozen=True, slots=True)
class Match:
    """A passage found by one ranking; a higher score is a better match, whatever the ranking."""

    id: int
    score: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A stored chunk under the id by which the rankings name it.

    It carries what ranking needs to know of its item and meeting, whose texts are far longer.
    """

    id: int
    source: str
    embedded: EmbeddedChunk
    title: str
    committee: str | None
    date: dt.date | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """One line of the list of what is indexed."""

    source: str
    municipality: str | None
    committee: str | None
    date: dt.date | None
    place: str | None
    items: int
    url: str | None


@dataclass(frozen=True, slots=True)
class Findings:
    """What whoever looks after the documents should know of one of them.

    Attributes:
        source: The document.
        notices: What could not be read of it, in Danish.
        personal: Where CPR numbers were masked in it, for the secretariat.
        unknown_headings: "item number: heading" for headings that no rule knows.
    """

    source: str
    notices: tuple[str, ...]
    personal: tuple[Personal, ...]
    unknown_headings: tuple[str, ...]


class Store(Protocol):
    """What Punktvis needs of a store; every implementation passes the same contract tests.

    All reading methods see whole documents only: a document is either there with all its items,
    chunks, words and vectors, or not at all.
    """

    @property
    def model(self) -> str | None:
        """Name of the embedding model the index is built with; None while nothing is indexed."""

    def digests(self) -> Mapping[str, str]:
        """Map every indexed source to the digest it was stored with."""

    def roots(self) -> Mapping[str, str | None]:
        """Map every indexed source to the folder it came from, or None where that is not known."""

    def replace(self, minutes: Minutes, digest: str, chunks: Sequence[EmbeddedChunk]) -> None:
        """Store a document in one transaction, in place of what its source held before."""

    def remove(self, source: str) -> bool:
        """Take a document out of every part of the store; tell whether it was there."""

    def flush(self) -> None:
        """Write down what is derived from the truth, so that the next opening is fast."""

    def meetings(self, filters: Filters) -> list[Meeting]:
        """List the meetings that pass the filters, newest first."""

    def minutes(self, source: str) -> Minutes | None:
        """Read one document back as it was stored."""

    def findings(self) -> list[Findings]:
        """List the documents of which something is to be told, by source."""

    def nearest(self, vector: Vectors, k: int, filters: Filters) -> list[Match]:
        """Find the k passages nearest to a unit vector of shape (d,), by cosine, best first.

        The filters are applied inside the search, so that k passages come back where k pass.
        """

    def matching(
        self, terms: Sequence[str], k: int, filters: Filters, also: Mapping[str, float] = NOTHING
    ) -> list[Match]:
        """Rank passages that hold any of the analysed terms by BM25, best first.

        Args:
            terms: What is sought.
            k: How many passages to return at most.
            filters: What the search is confined to.
            also: Further terms, which count by their weights.
        """

    def vocabulary(self) -> Vocabulary:
        """Give the terms and abbreviations that are indexed now."""

    def passages(self, ids: Sequence[int]) -> list[Passage]:
        """Read passages in the order of their ids; an id that is gone is left out."""

    def item_passages(self, source: str, position: int) -> list[Passage]:
        """Read all passages of one agenda item, in the order of its text."""

    def frequencies(self, terms: Sequence[str]) -> Mapping[str, int]:
        """Count, for each analysed term, the passages that hold it."""

    def size(self) -> int:
        """Count the passages."""

    def close(self) -> None:
        """Let go of files and locks."""
