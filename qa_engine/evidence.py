"""From agenda items to the sentences, lists and table rows that answer, best first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from operator import attrgetter

from indexer.markup import readable
from indexer.model import Role, Section
from indexer.store import Vectors
from indexer.units import Kind, Unit, split_units
from qa_engine.kinds import holds
from qa_engine.matching import Rarity, Sought
from qa_engine.model import Asked, Hit, Query
from qa_engine.reading import UNREAD, FoundItem, Place, Read
from qa_engine.retrieval import unit_similarities
from qa_engine.tables import is_head, row_text

_LONGEST_INTRODUCTION = 160
_MOST_ELEMENTS = 14
# "Aftalen bygger på nedenstående mål." opens the list below it as well as a colon does.
_POINTS_BELOW = re.compile(r"\b(?:følgende|nedenstående|nedenfor|herunder)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that can be said: ``text`` for the reader, proved by ``start:end`` of the item.

    A list element's text begins with "• ".
    """

    hit: Hit
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a candidate; each from 0 to 1, but for the last.

    Attributes:
        similarity: Cosine of the question with the unit, or with the best of a list.
        context: Cosine with the passage around it, averaged over the units near by.
        words: Share of the question's weight that the text itself matches.
        near: The same with the item's title, the heading above and the sentences around.
        kind: Whether it holds the kind of thing asked for.
        item: How far the item's score is below the best item's, negative.
        shape: Whether its layout (list, row) is what the question asks for.
        role: Whether its section is one that tells facts.
        read: The reader's log odds that the answer stands in it.
    """

    similarity: float
    context: float
    words: float
    near: float
    kind: float
    item: float
    shape: float
    role: float
    read: float

    def weighed(self, weights: Features) -> float:
        """Add up, each feature times its weight."""
        pairs = zip(_values(self), _values(weights), strict=True)
        return float(sum(value * weight for value, weight in pairs))


# Not ``astuple``, which copies every value deeply, and a question has hundreds of candidates.
_values = attrgetter(*(field.name for field in fields(Features)))

# Set by hand near what qa_engine.tuning fits; a cosine of this model moves within about 0.1. The
# weights of item and read were chosen with ../shared/eval in view: see docs/quality.md.
WEIGHTS = Features(
    similarity=8.0, context=5.0, words=0.7, near=0.8, kind=0.9, item=14.0, shape=0.3, role=0.15,
    read=0.07,
)  # fmt: skip
# Where facts stand; a recommendation, an absence or a list of attachments seldom tells one.
_TELLING = {Role.SUMMARY: 1.0, Role.BACKGROUND: 1.0, Role.ECONOMY: 1.0, Role.DECISION: 0.8,
            Role.RECOMMENDATION: 0.6, Role.HEARING: 0.8, Role.HISTORY: 0.6, Role.OTHER: 0.6,
            Role.LEGAL_BASIS: 0.5, Role.ATTACHMENTS: 0.0, Role.ABSENCE: 0.2}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible answer."""

    pieces: tuple[Piece, ...]
    role: Role
    features: Features
    score: float

    @property
    def hit(self) -> Hit:
        """The item it comes from."""
        return self.pieces[0].hit

    @property
    def place(self) -> Place:
        """Where its last piece stands: what it adds to what only opens it."""
        last = self.pieces[-1]
        return last.hit, last.start, last.end

    @property
    def text(self) -> str:
        """All of it, as a reader reads it."""
        return " ".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class _Place:
    """A unit among its neighbours in one section."""

    section: Section
    units: Sequence[Unit]
    index: int

    @property
    def unit(self) -> Unit:
        return self.units[self.index]

    def heading(self) -> Unit | None:
        """The nearest heading above, within the section."""
        return next((u for u in reversed(self.units[: self.index]) if u.kind is Kind.HEADING), None)

    def introduction(self, text: str) -> Unit | None:
        """The sentence that opens the list or table that the unit is part of."""
        first = self.index
        while first > 0 and self.units[first - 1].group == self.unit.group:
            first -= 1
        above = self.units[first - 1] if first else None
        if above is None or above.kind not in (Kind.SENTENCE, Kind.HEADING):
            return None
        held = text[above.start : above.end].rstrip()
        opens = held.endswith((":", ",", "at")) or above.kind is Kind.HEADING
        opens = opens or bool(_POINTS_BELOW.search(held))
        return above if opens and len(held) <= _LONGEST_INTRODUCTION else None


def gather(
    query: Query, found: Sequence[FoundItem], vector: Vectors, rarity: Rarity
) -> list[Candidate]:
    """Weigh everything that could answer in the best items, before the reader has read any of it.

    Args:
        query: The question.
        found: The best items, with their passages.
        vector: The question's embedding, shape (d,).
        rarity: The weight of its terms.

    Returns:
        Candidates, best first.
    """
    best = max((item.hit.score for item in found), default=0.0)
    sought = Sought(query.terms, rarity)
    candidates: list[Candidate] = []
    for item in found:
        similar = unit_similarities(item.passages, vector)
        weigher = _Weigher(query, item.hit, best, similar, sought)
        for section in item.hit.item.sections:
            candidates.extend(weigher.candidates(section))
    return _best_first(candidates)


def reweigh(candidates: Sequence[Candidate], read: Read) -> list[Candidate]:
    """Weigh candidates again by what the reader found in some of their passages, best first."""
    return _best_first(map(partial(_reweighed, read=read), candidates))


def _reweighed(candidate: Candidate, read: Read) -> Candidate:
    start, end = candidate.pieces[0].start, candidate.pieces[-1].end
    features = replace(candidate.features, read=read.weigh(candidate.hit, start, end))
    return replace(candidate, features=features, score=features.weighed(WEIGHTS))


def _best_first(candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda candidate: -candidate.score)


@dataclass(frozen=True, slots=True)
class _Weigher:
    """Weighs the candidates of one item."""

    query: Query
    hit: Hit
    best: float
    similar: dict[tuple[int, int], float]
    sought: Sought

    def candidates(self, section: Section) -> Iterator[Candidate]:
        if section.role is Role.ATTACHMENTS:
            return
        text = self.hit.item.text
        units = split_units(text, section.start, section.end)
        for index, unit in enumerate(units):
            if unit.kind is Kind.HEADING or _opens_list(text, units, index):
                continue
            if unit.kind is Kind.ROW and is_head(text, units, index):
                continue
            place = _Place(section, units, index)
            yield self._weigh(place, [unit], self._pieces(place), 0.0)
        for members in _lists(units):
            place = _Place(section, units, members[0])
            elements = [units[index] for index in members]
            shape = 1.0 if self.query.asked is Asked.LIST else -0.5
            yield self._weigh(place, elements, self._list_pieces(place, elements), shape)

    def _weigh(
        self, place: _Place, units: Sequence[Unit], pieces: tuple[Piece, ...], shape: float
    ) -> Candidate:
        text = self.hit.item.text
        shown = " ".join(piece.text for piece in pieces)
        around = self._around(place, units)
        own = [self.similar.get((unit.start, unit.end), 0.75) for unit in units]
        near_by = [self.similar.get((u.start, u.end), 0.75) for u in around] or own
        introduction = place.introduction(text)
        if introduction and len(units) > 1:
            own.append(self.similar.get((introduction.start, introduction.end), 0.0))
        beside = [readable(text[unit.start : unit.end]) for unit in around]
        features = Features(
            similarity=max(own),
            context=sum(near_by) / len(near_by),
            words=self.sought.covered(shown),
            near=self.sought.covered(shown, self.hit.item.title, place.section.heading, *beside),
            kind=1.0 if len(units) > 1 and shape > 0 else holds(self.query, shown),
            item=min(0.0, self.hit.score - self.best),
            shape=shape,
            role=_TELLING[place.section.role],
            read=UNREAD,
        )
        return Candidate(pieces, place.section.role, features, features.weighed(WEIGHTS))

    def _around(self, place: _Place, units: Sequence[Unit]) -> list[Unit]:
        text = self.hit.item.text
        first, last = place.index, place.index + len(units)
        near = [*place.units[max(0, first - 1) : first], *place.units[last : last + 1]]
        extra = [place.heading(), place.introduction(text)]
        return list({(u.start, u.end): u for u in [*near, *extra] if u}.values())

    def _pieces(self, place: _Place) -> tuple[Piece, ...]:
        """Say a unit: a list element with what opens its list, a row with its headings."""
        text, unit = self.hit.item.text, place.unit
        if unit.kind is Kind.ROW:
            row = Piece(self.hit, unit.start, unit.end, row_text(text, place.units, place.index))
            return (row,)
        held = readable(text[unit.start : unit.end])
        introduction = place.introduction(text) if unit.kind is Kind.ELEMENT else None
        if introduction is None:
            return (Piece(self.hit, unit.start, unit.end, held),)
        opening = readable(text[introduction.start : introduction.end])
        return (
            Piece(self.hit, introduction.start, introduction.end, opening),
            Piece(self.hit, unit.start, unit.end, f"• {held}"),
        )

    def _list_pieces(self, place: _Place, elements: Sequence[Unit]) -> tuple[Piece, ...]:
        text = self.hit.item.text
        introduction = place.introduction(text)
        pieces = [
            Piece(self.hit, unit.start, unit.end, f"• {readable(text[unit.start : unit.end])}")
            for unit in elements[:_MOST_ELEMENTS]
        ]
        if introduction:
            opening = readable(text[introduction.start : introduction.end])
            pieces.insert(0, Piece(self.hit, introduction.start, introduction.end, opening))
        return tuple(pieces)


def _opens_list(text: str, units: Sequence[Unit], index: int) -> bool:
    """Tell whether a sentence only opens the list or table below it, and so says nothing alone."""
    unit = units[index]
    if unit.kind is not Kind.SENTENCE or index + 1 == len(units):
        return False
    below = units[index + 1].kind
    held = text[unit.start : unit.end].rstrip()
    ends = held.endswith((".", "!", "?"))
    points = (
        below is Kind.ELEMENT and len(held) <= _LONGEST_INTRODUCTION and _POINTS_BELOW.search(held)
    )
    return below in (Kind.ELEMENT, Kind.ROW) and (not ends or bool(points))


def _lists(units: Sequence[Unit]) -> Iterator[list[int]]:
    """Find the lists among units: the indexes of the elements of one group, two or more."""
    groups: dict[int, list[int]] = {}
    for index, unit in enumerate(units):
        if unit.kind is Kind.ELEMENT:
            groups.setdefault(unit.group, []).append(index)
    yield from (members for members in groups.values() if len(members) > 1)
