"""What is read of the best items, and what the reader's word does to their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from indexer.chunking import chunk_minutes
from indexer.model import Filters
from indexer.store import EmbeddedChunk, Passage
from qa_engine.model import Asked, Hit, Query
from qa_engine.reader import Reading
from qa_engine.reading import PASSAGES, UNREAD, FoundItem, Place, read_items

HitsOf = Callable[[str], list[Hit]]

MINUTES = """# REFERAT Teknikudvalget d. 14-03-2023

# Punkt 1: Bro over åen

## Sagsfremstilling

Broen koster 4,5 mio. kr. Den står færdig i maj.

# Punkt 2: Sti langs havnen

## Sagsfremstilling

Stien er 2,1 km lang.
"""
QUERY = Query("Hvad koster broen?", ("bro",), Asked.AMOUNT, Filters())


@dataclass
class WordReader:
    """Sees an answer in every word that the question holds too, and remembers what it read."""

    read_texts: list[str] = field(default_factory=list)

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """Read each passage."""
        self.read_texts.extend(passages)
        return [self._read(question, passage) for passage in passages]

    def _read(self, question: str, passage: str) -> Reading:
        places, weights, at = [], [], 0
        for word in passage.split():
            at = passage.index(word, at)
            places.append((at, at + len(word)))
            weights.append(3.0 if word.lower() in question.lower() else -3.0)
            at += len(word)
        scores = np.float32(weights)
        return Reading(np.array(places), scores, scores, nothing=0.0)


def items_of(hits: Sequence[Hit]) -> list[FoundItem]:
    """Give items with their passages, without vectors."""
    chunks = list(chunk_minutes(hits[0].minutes))
    nothing = np.zeros((0, 1), np.float32)
    return [
        FoundItem(
            hit,
            [
                Passage(i, "x.md", EmbeddedChunk(chunk, nothing[0:0, 0], nothing), "", None, None)
                for i, chunk in enumerate(chunks)
                if hit.minutes.items[chunk.position] is hit.item
            ],
        )
        for hit in hits
    ]


def places_of(hit: Hit, *words: str) -> list[Place]:
    """Say that an answer could stand where these words do, in their order."""
    starts = [hit.item.text.index(word) for word in words]
    return [(hit, start, start + len(word)) for start, word in zip(starts, words, strict=True)]


def test_a_passage_is_read_below_its_title_and_label(hits_of: HitsOf) -> None:
    reader = WordReader()
    hits = hits_of(MINUTES)
    read_items(reader, QUERY, items_of(hits), places_of(hits[0], "maj"))
    assert reader.read_texts == [
        "Bro over åen\nSagsfremstilling\nBroen koster 4,5 mio. kr.\nDen står færdig i maj."
    ]


def test_what_the_reader_finds_is_told_in_places_of_the_item(hits_of: HitsOf) -> None:
    hits = hits_of(MINUTES)
    read = read_items(WordReader(), QUERY, items_of(hits), places_of(hits[0], "maj"))
    text = hits[0].item.text

    def weight(sentence: str) -> float:
        start = text.index(sentence)
        return read.weigh(hits[0], start, start + len(sentence))

    assert weight("Broen koster 4,5 mio. kr.") == pytest.approx(6.0)
    assert weight("Den står færdig i maj.") < 0


def test_what_was_not_read_holds_no_answer(hits_of: HitsOf) -> None:
    hits = hits_of(MINUTES)
    read = read_items(WordReader(), QUERY, items_of(hits), places_of(hits[0], "maj"))
    assert read.weigh(hits[1], 0, len(hits[1].item.text)) == UNREAD


def test_only_the_likeliest_passages_are_read_each_once(hits_of: HitsOf) -> None:
    sections = "\n\n".join(f"## Økonomi\n\nAfsnit {i} handler om broen." for i in range(12))
    (hit,) = hits_of(f"# REFERAT Teknikudvalget d. 14-03-2023\n\n# Punkt 1: Bro\n\n{sections}\n")
    likely = places_of(hit, "Afsnit 7", "Afsnit 7 handler", *(f"Afsnit {i} " for i in range(7)))
    reader = WordReader()
    read_items(reader, QUERY, items_of([hit]), likely)
    read = [text.split()[3] for text in reader.read_texts]
    assert read == ["7", "0", "1", "2"]
    assert len(read) == PASSAGES
