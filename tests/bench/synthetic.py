"""A store of any size, seeded, whose passages and vectors behave like those of real minutes.

Texts are passages of the corpus. A vector is a mixture of two of the corpus's, with noise of the
corpus's own covariance: so vectors lie in clusters as real ones do, and the nearest of a million
are about as near (cosine 0.97) as the nearest among the corpus itself (0.975).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from indexer.model import AgendaItem, Chunk, Filters, Minutes, Role, Section
from indexer.store import EmbeddedChunk, Passage, Store, Vectors, passages

ITEMS, PER_ITEM = 10, 8
PER_MEETING = ITEMS * PER_ITEM
MUNICIPALITIES, COMMITTEES = 98, 8
_NOISE = 0.5


@dataclass(frozen=True, eq=False)
class Sample:
    """What is known of real passages.

    Attributes:
        vectors: Of the passages, shape (n, d).
        noise: Maps standard normal numbers to noise as the vectors have it, shape (d, d).
        texts: Of the passages.
    """

    vectors: Vectors
    noise: Vectors
    texts: tuple[str, ...]


def sample(store: Store) -> Sample:
    """Learn from the passages of an index."""
    found = list(_all_passages(store))
    vectors = np.stack([passage.embedded.vector for passage in found])
    spread, axes = np.linalg.eigh(np.cov(vectors.T))
    noise = (np.sqrt(spread.clip(0))[:, None] * axes.T).astype(np.float32)
    return Sample(vectors, noise, tuple(_text(store, passage) for passage in found))


def _all_passages(store: Store) -> Iterator[Passage]:
    for meeting in store.meetings(Filters()):
        for position in range(meeting.items):
            yield from store.item_passages(meeting.source, position)


def _text(store: Store, passage: Passage) -> str:
    minutes = store.minutes(passage.source)
    assert minutes is not None
    chunk = passage.embedded.chunk
    return minutes.items[chunk.position].text[chunk.start : chunk.end]


def make_vectors(known: Sample, count: int, chance: np.random.Generator) -> Vectors:
    """Make unit vectors of shape (count, d)."""
    center = known.vectors.mean(0)
    one, other = (known.vectors[chance.integers(0, len(known.vectors), count)] for _ in range(2))
    share = chance.uniform(0.5, 1, (count, 1)).astype(np.float32)
    noise = chance.standard_normal((count, center.size), np.float32) @ known.noise
    vectors = center + share * (one - center) + (1 - share) * (other - center) + _NOISE * noise
    made: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return made


def make_meeting(known: Sample, number: int) -> tuple[Minutes, list[EmbeddedChunk]]:
    """Make the meeting of a number: municipality after municipality, committee, year."""
    chance = np.random.default_rng(number)
    turn, municipality = divmod(number, MUNICIPALITIES)
    years, committee = divmod(turn, COMMITTEES)
    vectors = make_vectors(known, PER_MEETING, chance)
    chosen = chance.integers(0, len(known.texts), PER_MEETING)
    items, chunks = [], []
    for position in range(ITEMS):
        text, places = "", []
        for place in range(position * PER_ITEM, (position + 1) * PER_ITEM):
            body = known.texts[chosen[place]]
            places.append((len(text), len(text) + len(body)))
            text += f"{body}\n\n"
        section = Section(Role.BACKGROUND, "Sagsfremstilling", 0, len(text))
        title = known.texts[chosen[position]][:60]
        items.append(
            AgendaItem(f"{position + 1}", title, None, False, text, 1, (section,), (), (), ())
        )
        for (start, end), vector in zip(places, vectors[position * PER_ITEM :], strict=False):
            chunk = Chunk(
                position, Role.BACKGROUND, section.heading, "", start, end, ((start, end),)
            )
            chunks.append(EmbeddedChunk(chunk, vector, vector.reshape(1, -1)))
    minutes = Minutes(
        source=f"{number:06}.md",
        municipality=f"Kommune {municipality}",
        committee=f"Udvalg {committee}",
        date=dt.date(2010 + years % 15, 1 + number % 12, 1 + number % 28),
        place=None,
        participants=(),
        absent=(),
        items=tuple(items),
    )
    return minutes, chunks


def fill(store: Store, known: Sample, count: int, first: int = 0) -> None:
    """Put meetings of ``count`` passages in all into a store, from the meeting ``first`` on."""
    # The same texts come again and again here, so their analysis is kept.
    passages.analyse = cache(passages.analyse)
    for number in range(first, first + -(-count // PER_MEETING)):
        minutes, chunks = make_meeting(known, number)
        store.replace(minutes, f"digest {number}", chunks)


def sampled(data: Path) -> Sample:
    """Learn from the passages of the index in a folder."""
    from indexer.store.local import LocalStore  # noqa: PLC0415

    with LocalStore.open(data) as store:
        return sample(store)
