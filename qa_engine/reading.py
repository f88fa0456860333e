"""What the reader finds in the passages of the best items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.chunking import embedded_text
from indexer.model import Chunk
from indexer.store import Passage, Store
from qa_engine.model import Hit, Query
from qa_engine.reader import Reader, Reading

# How many passages are read for one question, about 18 ms each on two cores. With 8 or 12 of them
# as many answers are right, in all of four sets of questions: see docs/quality.md.
PASSAGES = 5
# From how many of the best items evidence is taken.
ITEMS = 5
# What was not read is taken to hold an answer as little as this, in log odds.
UNREAD = -12.0


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage of an item, and where its units stand in the text that was read."""

    chunk: Chunk
    spans: Sequence[tuple[int, int]]
    reading: Reading

    def weigh(self, start: int, end: int) -> float:
        """Weigh the best answer in ``item.text[start:end]``, as log odds."""
        inside = [
            span
            for unit, span in zip(self.chunk.units, self.spans, strict=True)
            if start <= unit[0] and unit[1] <= end
        ]
        if not inside:
            return UNREAD
        return max(UNREAD, self.reading.weigh(inside[0][0], inside[-1][1]))


@dataclass(frozen=True, slots=True)
class Read:
    """The passages that were read, by item."""

    passages: Mapping[tuple[str, str], Sequence[ReadPassage]]

    def weigh(self, hit: Hit, start: int, end: int) -> float:
        """Weigh the best answer in a part of an item, as log odds, not below ``UNREAD``."""
        read = self.passages.get(hit.key, ())
        return max((passage.weigh(start, end) for passage in read), default=UNREAD)


@dataclass(frozen=True, slots=True)
class FoundItem:
    """One of the best items, with all of its passages."""

    hit: Hit
    passages: Sequence[Passage]


def open_items(store: Store, hits: Sequence[Hit]) -> list[FoundItem]:
    """Load the passages of the best items."""
    return [
        FoundItem(hit, store.item_passages(hit.minutes.source, hit.position))
        for hit in hits[:ITEMS]
        if hit.position is not None
    ]


def read_items(reader: Reader, query: Query, found: Sequence[FoundItem]) -> Read:
    """Read the most promising passages of some items.

    Args:
        reader: Reads them.
        query: The question.
        found: The items.
    """
    ranked = sorted(
        ((item.hit, p.embedded.chunk) for item in found for p in item.passages),
        key=lambda pair: -_worth(*pair),
    )[:PASSAGES]
    texts = [_text(hit, chunk) for hit, chunk in ranked]
    readings = reader.read(query.text, [text for text, _ in texts])
    read: dict[tuple[str, str], list[ReadPassage]] = {}
    for (hit, chunk), (_, spans), reading in zip(ranked, texts, readings, strict=True):
        read.setdefault(hit.key, []).append(ReadPassage(chunk, spans, reading))
    return Read(read)


def _worth(hit: Hit, chunk: Chunk) -> float:
    """Tell how promising a passage is: its own score, which counts 0 where it was not found."""
    return next((p.score for p in hit.passages if p.start == chunk.start), 0.0)


def _text(hit: Hit, chunk: Chunk) -> tuple[str, Sequence[tuple[int, int]]]:
    """Write a passage as in training: title, heading, text; and where its units stand in that."""
    text, spans = embedded_text(chunk, hit.item)
    # Who met and when is above the title; a question's year would be found there.
    skipped = chunk.header.index(hit.item.title)
    return text[skipped:], [(start - skipped, end - skipped) for start, end in spans]
