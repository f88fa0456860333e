"""Similar earlier decisions: a draft or a description in, decided cases out, nearest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from indexer.markup import readable
from indexer.model import Filters, Outcome
from indexer.store import Store, Vectors
from qa_engine.cases import Case, Step, follow_case, item_steps
from qa_engine.citing import cite
from qa_engine.evidence import Piece
from qa_engine.matching import Rarity
from qa_engine.model import Asked, Citation, Hit, Query
from qa_engine.retrieval import retrieve
from qa_engine.routine import is_routine
from qa_engine.understanding import content_terms

# Items that are looked at for each precedent that is wanted: several belong to one case, and
# routine items fall away.
_ITEMS_PER_PRECEDENT = 6
# Scores have no zero: items about something else score near the middle of all that were looked at.
# What is not this far on the way from there to the nearest is left out. Set by hand on the drafts
# of tests/qa_engine/test_precedents.py.
_NEAR = 0.3
_MATCHES = 2


@dataclass(frozen=True, slots=True)
class Precedent:
    """A case that was decided before, the last word first.

    Attributes:
        case: The whole case; one item alone where it has no case number.
        score: How near its nearest item is.
        matches: The passages that match, verbatim.
    """

    case: Case
    score: float
    matches: tuple[Citation, ...]

    @property
    def last(self) -> Step:
        """The last word that was spoken, recommendations to another body included."""
        return next(step for step in reversed(self.case.steps) if _is_decided(step))

    @property
    def earlier(self) -> tuple[Step, ...]:
        """All other steps, latest first."""
        return tuple(step for step in reversed(self.case.steps) if step is not self.last)


def draft_query(text: str, filters: Filters) -> Query:
    """Read a draft: unlike a question, the places and cases it names confine nothing."""
    return Query(text, content_terms(text), Asked.ANYTHING, filters)


def find_precedents(
    store: Store, query: Query, vector: Vectors, rarity: Rarity, k: int
) -> list[Precedent]:
    """Find the k decided cases that are nearest to a draft.

    Routine items and items without a decision are none, and an outcome among the filters is that
    of the last word.

    Args:
        store: What is searched.
        query: The draft, see ``draft_query``.
        vector: Its embedding, shape (d,).
        rarity: The weight of its terms.
        k: How many to return at most.
    """
    hits = retrieve(store, query, vector, rarity, k * _ITEMS_PER_PRECEDENT)
    found: dict[tuple[str | None, ...], Precedent] = {}
    for hit in _near(hits):
        if is_routine(hit.item):
            continue
        place = _place(hit)
        if place not in found and (precedent := _precedent(store, hit, query.filters)):
            found[place] = precedent
    return list(found.values())[:k]


def _near(hits: Sequence[Hit]) -> list[Hit]:
    if not hits:
        return []
    middle = median(hit.score for hit in hits)
    least = middle + _NEAR * (hits[0].score - middle)
    return [hit for hit in hits if hit.score >= least]


def _place(hit: Hit) -> tuple[str | None, ...]:
    """Name the case that an item belongs to, or the item where it belongs to none."""
    case = hit.item.case_number
    return (hit.minutes.municipality, case) if case else hit.key


def _precedent(store: Store, hit: Hit, filters: Filters) -> Precedent | None:
    case = _case(store, hit, filters)
    if not any(_is_decided(step) for step in case.steps):
        return None
    precedent = Precedent(case, hit.score, _matches(hit))
    fits = filters.outcome in (None, precedent.last.outcome)
    return precedent if fits else None


def _case(store: Store, hit: Hit, filters: Filters) -> Case:
    number, municipality = hit.item.case_number, hit.minutes.municipality
    cases = follow_case(store, number, filters) if number else []
    alone = Case(number or "", municipality, tuple(item_steps(hit.minutes, hit.item)))
    return next((case for case in cases if case.municipality == municipality), alone)


def _is_decided(step: Step) -> bool:
    return step.outcome is not Outcome.NONE and bool(step.decided)


def _matches(hit: Hit) -> tuple[Citation, ...]:
    text = hit.item.text
    spans: Sequence[tuple[int, int]] = [(p.start, p.end) for p in hit.passages[:_MATCHES]]
    return cite([Piece(hit, start, end, readable(text[start:end])) for start, end in spans])[1]
