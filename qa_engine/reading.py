"""What the reader finds in the passages of the best items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from indexer.chunking import embedded_text
from indexer.model import Chunk
from indexer.store import Passage, Store
from qa_engine.model import Hit, Query
from qa_engine.reader import Reader, Reading

# How many passages are read for one question, about 18 ms each on two cores.
PASSAGES = 4
# From how many of the best items evidence is taken.
ITEMS = 5
# A part of an item: ``(hit, start, end)``, where ``start:end`` are of the item's text.
Place = tuple[Hit, int, int]
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


def read_items(
    reader: Reader, query: Query, found: Sequence[FoundItem], likely: Iterable[Place]
) -> Read:
    """Read the passages in which an answer most likely stands.

    Args:
        reader: Reads them.
        query: The question.
        found: The items.
        likely: Where an answer could stand in them, the likeliest first.
    """
    passages = {item.hit.key: [p.embedded.chunk for p in item.passages] for item in found}
    around = (
        (hit, chunk)
        for hit, start, end in likely
        for chunk in passages[hit.key]
        if chunk.start <= start and end <= chunk.end
    )
    chosen = {(hit.key, chunk.start): (hit, chunk) for hit, chunk in around}
    ranked = list(islice(chosen.values(), PASSAGES))
    texts = [_text(hit, chunk) for hit, chunk in ranked]
    readings = reader.read(query.text, [text for text, _ in texts])
    read: dict[tuple[str, str], list[ReadPassage]] = {}
    for (hit, chunk), (_, spans), reading in zip(ranked, texts, readings, strict=True):
        read.setdefault(hit.key, []).append(ReadPassage(chunk, spans, reading))
    return Read(read)


def _text(hit: Hit, chunk: Chunk) -> tuple[str, Sequence[tuple[int, int]]]:
    """Write a passage as in training: title, heading, text; and where its units stand in that."""
    text, spans = embedded_text(chunk, hit.item)
    # Who met and when is above the title; a question's year would be found there.
    skipped = chunk.header.index(hit.item.title)
    return text[skipped:], [(start - skipped, end - skipped) for start, end in spans]
