"""From a question to agenda items, best first."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.danish import analyse
from indexer.model import Filters, Minutes
from indexer.store import Passage, Store, Vectors
from qa_engine.matching import Rarity
from qa_engine.model import Asked, FoundPassage, Hit, Query

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
_COMMITTEE = 0.02
_ROUTINE = -0.03

_ROUTINE_TITLE = re.compile(
    r"(?:\d+\.\s*)?(?:godkendelse af (?:dagsorden|referat)|meddelelser|siden sidst|efterretninger"
    r"|orientering(?:er)? (?:fra|til|ved) (?:formand|borgmester)|eventuelt|under?skrift|lukket"
    r"|gensidig orientering|generel orientering|fremlæggelser|næste møde)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Found:
    """What was found of one item so far."""

    passages: list[tuple[float, Passage]]
    dense: float = -1.0
    unit: float = -1.0
    words: float = 0.0


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
        ranked = _rank(store, query, vector, rarity, query.filters, k)
        return _last_word_first(query, ranked) if query.asked is Asked.DECISION else ranked
    rankings = [
        _rank(store, query, vector, rarity, replace(query.filters, municipalities=(name,)), k)
        for name in several
    ]
    merged = [
        hit
        for place in range(k)
        for hit in sorted(
            (ranking[place] for ranking in rankings if place < len(ranking)),
            key=lambda hit: -hit.score,
        )
    ]
    return merged[:k]


def _last_word_first(query: Query, hits: list[Hit]) -> list[Hit]:
    """Put the case's latest meeting first, unless the question names a body or a time."""
    if not hits or query.committee or query.period or query.filters.since:
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
    return [last, *(hit for hit in hits if hit is not last)]


def _rank(
    store: Store, query: Query, vector: Vectors, rarity: Rarity, filters: Filters, k: int
) -> list[Hit]:
    wanted = max(_CANDIDATES, _CANDIDATES_PER_ITEM * k)
    nearest = store.nearest(vector, wanted, filters)
    also = rarity.wording.weights()
    worded = {m.id: m.score for m in store.matching(query.terms, wanted, filters, also)}
    ids = list(dict.fromkeys([*(match.id for match in nearest), *worded]))
    # The most that BM25 can give: every term, often, in a short passage (k1 + 1 = 2.2).
    most = 2.2 * rarity.total(query.terms) or 1.0
    items: dict[tuple[str, int], _Found] = defaultdict(lambda: _Found([]))
    for passage in store.passages(ids):
        found = items[passage.source, passage.embedded.chunk.position]
        dense = float(passage.embedded.vector @ vector)
        units = passage.embedded.unit_vectors @ vector
        unit = float(units.max()) if len(units) else dense
        words = min(1.0, worded.get(passage.id, 0.0) / most)
        found.dense, found.unit = max(found.dense, dense), max(found.unit, unit)
        found.words = max(found.words, words)
        found.passages.append((dense + unit + _WORDS * words, passage))
    minutes = {source: store.minutes(source) for source, _ in items}
    hits = [
        _hit(known, position, found, query)
        for (source, position), found in items.items()
        if (known := minutes[source]) is not None
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.key))[:k]


def _hit(minutes: Minutes, position: int, found: _Found, query: Query) -> Hit:
    item = minutes.items[position]
    score = found.dense + found.unit + _WORDS * found.words
    if query.period and minutes.date and query.period[0] <= minutes.date <= query.period[1]:
        score += _PERIOD
    if query.committee and minutes.committee == query.committee:
        score += _COMMITTEE
    if _ROUTINE_TITLE.match(item.title) and not set(analyse(item.title)) & set(query.terms):
        score += _ROUTINE
    passages = sorted(found.passages, key=lambda pair: -pair[0])
    return Hit(
        minutes=minutes,
        item=item,
        score=score,
        passages=tuple(
            FoundPassage(
                passage.embedded.chunk.role,
                passage.embedded.chunk.heading,
                passage.embedded.chunk.start,
                passage.embedded.chunk.end,
                passage_score,
            )
            for passage_score, passage in passages
        ),
    )


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
