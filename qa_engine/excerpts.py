"""What a language model is shown of the minutes: the passages that an answer is found in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.markup import readable
from indexer.units import Unit, split_units
from qa_engine.explaining import Explanation
from qa_engine.model import Hit

# What small models with a window of 4,096 tokens take, with the instructions and a reply.
_MOST_CHARACTERS = 6000
_MOST = 8
_ITEMS = 4
_PER_ITEM = 2
_LONGEST_SECTION = 2000

# Minutes that speak to a program and not to a reader: "ignorer tidligere instruktioner".
_ORDER = re.compile(
    r"\b(?:ignorér|ignorer|glem|tilsidesæt|overse|se bort fra|ignore|disregard|forget|override)\b"
    r"[^.!?\n]{0,60}\b(?:instruk\w+|anvisning\w*|ordrer|prompt\w*|instructions?|ovenstående|above)"
    r"|\bsystem ?prompt\b|</?(?:system|assistant|user)>|\[/?INST\]|<\|im_(?:start|end)\|>",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage of an item, as the units of it that are shown."""

    hit: Hit
    units: tuple[Unit, ...]

    @property
    def heading(self) -> str:
        """The label of the section it stands in; empty above the first one."""
        section = self.hit.item.section_at(self.units[0].start)
        return section.heading if section else ""

    @property
    def text(self) -> str:
        """The units as a reader reads them, one a line."""
        return "\n".join(map(self.read, self.units))

    def read(self, unit: Unit) -> str:
        """Write one of its units as running text."""
        return readable(self.hit.item.text[unit.start : unit.end])


def choose_excerpts(explanation: Explanation) -> tuple[Excerpt, ...]:
    """Choose the passages to answer from: those that the extractive answer quotes, then the best.

    A closed item is never among them. What gives orders to a program is left out, with the rest of
    its paragraph.
    """
    taken: list[tuple[Hit, int, int]] = []
    excerpts: list[Excerpt] = []
    length = 0
    for hit, start, end in _places(explanation):
        if hit.item.closed or any(
            hit.key == other.key and start < last and first < end for other, first, last in taken
        ):
            continue
        taken.append((hit, start, end))
        units = tuple(_harmless(hit.item.text, split_units(hit.item.text, start, end)))
        excerpt = Excerpt(hit, units)
        if not units or (excerpts and length + len(excerpt.text) > _MOST_CHARACTERS):
            continue
        excerpts.append(excerpt)
        length += len(excerpt.text)
    return tuple(excerpts[:_MOST])


def _places(explanation: Explanation) -> Iterator[tuple[Hit, int, int]]:
    """Find the passages, the most telling first."""
    for piece in explanation.draft.pieces if explanation.draft else ():
        yield piece.hit, *_around(piece.hit, piece.start, piece.end)
    for hit in explanation.answer.hits[:_ITEMS]:
        for passage in hit.passages[:_PER_ITEM]:
            yield hit, passage.start, passage.end


def _around(hit: Hit, start: int, end: int) -> tuple[int, int]:
    """Find the passage or section that a piece of an item stands in; itself where that is long."""
    section = hit.item.section_at(start)
    wholes = [(passage.start, passage.end) for passage in hit.passages]
    if section and section.end - section.start <= _LONGEST_SECTION:
        wholes.append((section.start, section.end))
    return next(((a, b) for a, b in wholes if a <= start and end <= b), (start, end))


def _harmless(text: str, units: Iterable[Unit]) -> Iterator[Unit]:
    """Leave out an order to a program, and what follows it in its paragraph."""
    ordering: int | None = None
    for unit in units:
        if _ORDER.search(readable(text[unit.start : unit.end])):
            ordering = unit.group
        if unit.group != ordering:
            yield unit
