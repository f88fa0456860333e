"""From a question to agenda items, best first."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, zip_longest

import numpy as np

from indexer.danish import analyse
from indexer.model import Filters
from indexer.store import Passage, Store, Vectors
from qa_engine.matching import Rarity
from qa_engine.model import Asked, FoundPassage, Hit, Query, Standing
from qa_engine.routine import ROUTINE_TITLE

# How many passages each ranking proposes; an item needs only one of its passages among them.
_CANDIDATES = 100
_CANDIDATES_PER_ITEM = 10
# An item's score is its best passage's cosine, plus its best unit's cosine, plus these. The
# weight of words was picked from a sweep on ../shared/eval, the others were set by hand; no
# command repeats that yet. docs/quality.md has the worth of each part.
_WORDS = 0.12
_PERIOD = 0.03
# A decision is asked for, and the case went on to another body: the last word is the answer, where
# its item scores at most this much less. Set by hand; with it R@1 on all of
# corpus/questions.jsonl is 0.876, without it 0.873.
_SAME_CASE = 0.08
# Of a question about what was said behind closed doors, a closed item scores at most this much less
# than the best item. Set by hand.
_CLOSED = 0.15
_COMMITTEE = 0.02
_ROUTINE = -0.03
# One whose title the whole question is about, as in "Hvad stod der under meddelelser?".
_ROUTINE_ASKED_FOR = 0.1


@dataclass(frozen=True, slots=True)
class _Scored:
    """A passage with what speaks for it."""

    passage: Passage
    dense: float
    unit: float
    words: float

    def found(self) -> FoundPassage:
        """Give it as it is shown."""
        chunk, score = self.passage.embedded.chunk, self.dense + self.unit + self.words
        return FoundPassage(chunk.role, chunk.heading, chunk.start, chunk.end, score)


@dataclass(frozen=True, slots=True)
class _Found:
    """An item that was found, its minutes not read yet."""

    source: str
    position: int
    passages: tuple[FoundPassage, ...]
    standing: Standing


def retrieve(store: Store, query: Query, vector: Vectors, rarity: Rarity, k: int = 10) -> list[Hit]:
    """Find the agenda items that a question is about.

    A question that names several municipalities gets its best items from each in turn, so that
    the first of each stand at the top.

    Args:
        store: What is searched.
        query: The question.
        vector: The question's embedding, shape (d,).
        rarity: The weight of its terms.
        k: How many items to return at most.
    """
    several = query.filters.municipalities
    if len(several) < 2:
        hits = _read(store, _rank(store, query, vector, rarity, query.filters, k), k)
        return _closed_first(hits) if query.asked is Asked.CLOSED else _last_word_first(query, hits)
    rankings = [
        _rank(store, query, vector, rarity, replace(query.filters, municipalities=(name,)), k)
        for name in several
    ]
    merged = [
        found
        for place in zip_longest(*rankings)
        for found in sorted(filter(None, place), key=lambda found: -found.standing.score)
    ]
    return _read(store, merged, k)


def told_first(hits: Sequence[Hit], told: Collection[tuple[str, str]]) -> list[Hit]:
    """Put the items first that an answer is told from.

    A sentence that answers, found by the reader in the second item, says more of what a question
    is about than the likeness of whole items.

    Args:
        hits: Items, best first.
        told: The keys of those that are told from.
    """
    first = [hit for hit in hits if hit.key in told]
    moved = [
        hit if hit is above else replace(hit, standing=replace(hit.standing, told=True))
        for hit, above in zip(first, hits, strict=False)
    ]
    return [*moved, *(hit for hit in hits if hit.key not in told)]


def _closed_first(hits: list[Hit]) -> list[Hit]:
    """Put the closed items of the best one's meeting first, the near ones or else all.

    Little of a closed item is public that could match: of many no more than "Orientering".
    """
    if not hits or hits[0].item.closed:
        return hits
    top = hits[0]
    first = [h for h in hits if h.item.closed and top.score - h.score <= _CLOSED]
    if not first:
        listed = enumerate(top.minutes.items)
        first = [Hit(top.minutes, item, top.score, (), i) for i, item in listed if item.closed]
    keys = {hit.key for hit in first}
    return [*first, *(hit for hit in hits if hit.key not in keys)][: len(hits)]


def _last_word_first(query: Query, hits: list[Hit]) -> list[Hit]:
    """Put a decision's latest meeting first, unless the question names a body or a time."""
    if (
        query.asked is not Asked.DECISION
        or not hits
        or query.committees
        or query.period
        or query.filters.since
    ):
        return hits
    top = hits[0]
    same_case = [
        hit
        for hit in hits
        if hit.item.case_number
        and hit.item.case_number == top.item.case_number
        and hit.minutes.municipality == top.minutes.municipality
        and hit.minutes.date
        and hit.item.decisions
        and top.score - hit.score <= _SAME_CASE
    ]
    if len(same_case) < 2:
        return hits
    last = max(same_case, key=lambda hit: (hit.minutes.date or dt.date.min, hit.score))
    if last is top:
        return hits
    first = replace(last, standing=replace(last.standing, last_word=True))
    return [first, *(hit for hit in hits if hit is not last)]


def _rank(
    store: Store, query: Query, vector: Vectors, rarity: Rarity, filters: Filters, k: int
) -> list[_Found]:
    wanted = max(_CANDIDATES, _CANDIDATES_PER_ITEM * k)
    nearest = store.nearest(vector, wanted, filters)
    also = rarity.wording.weights()
    worded = {m.id: m.score for m in store.matching(query.terms, wanted, filters, also)}
    ids = list(dict.fromkeys([*(match.id for match in nearest), *worded]))
    # The most that BM25 can give: every term, often, in a short passage (k1 + 1 = 2.2).
    most = 2.2 * rarity.total(query.terms) or 1.0
    items: dict[tuple[str, int], list[_Scored]] = defaultdict(list)
    for passage in store.passages(ids):
        dense = float(passage.embedded.vector @ vector)
        units = passage.embedded.unit_vectors @ vector
        unit = float(units.max()) if len(units) else dense
        words = _WORDS * min(1.0, worded.get(passage.id, 0.0) / most)
        key = passage.source, passage.embedded.chunk.position
        items[key].append(_Scored(passage, dense, unit, words))
    found = [
        _Found(source, position, _best_first(scored), _standing(scored, query))
        for (source, position), scored in items.items()
    ]
    return sorted(found, key=lambda item: (-item.standing.score, item.source, item.position))


def _best_first(scored: Sequence[_Scored]) -> tuple[FoundPassage, ...]:
    found = (passage.found() for passage in scored)
    return tuple(sorted(found, key=lambda passage: -passage.score))


def _standing(scored: Sequence[_Scored], query: Query) -> Standing:
    about = scored[0].passage
    timely = query.period and about.date and query.period[0] <= about.date <= query.period[1]
    of_body = about.committee in query.committees
    routine = ROUTINE_TITLE.match(about.title)
    asked_for = routine and set(analyse(about.title)) & set(query.terms)
    return Standing(
        passage=max(passage.dense for passage in scored),
        unit=max(passage.unit for passage in scored),
        words=max(passage.words for passage in scored),
        period=_PERIOD if timely else 0.0,
        committee=_COMMITTEE if of_body else 0.0,
        routine=_routine(query, bool(asked_for)) if routine else 0.0,
    )


def _routine(query: Query, asked_for: bool) -> float:
    if not asked_for:
        return _ROUTINE
    return _ROUTINE_ASKED_FOR if query.asked is Asked.TOPIC else 0.0


def _read(store: Store, ranked: Sequence[_Found], k: int) -> list[Hit]:
    """Read the minutes of the k best items; one that has just left the index is passed over."""
    minutes_of = cache(store.minutes)
    there = ((found, minutes) for found in ranked if (minutes := minutes_of(found.source)))
    return [
        Hit(
            minutes=minutes,
            item=minutes.items[found.position],
            score=found.standing.score,
            passages=found.passages,
            position=found.position,
            standing=found.standing,
        )
        for found, minutes in islice(there, k)
    ]


def unit_similarities(passages: Sequence[Passage], vector: Vectors) -> dict[tuple[int, int], float]:
    """Map the units of passages of one item to their cosine with a question."""
    return {
        span: float(similarity)
        for passage in passages
        for span, similarity in zip(
            passage.embedded.chunk.units,
            np.atleast_1d(passage.embedded.unit_vectors @ vector),
            strict=True,
        )
    }
