"""From evidence to what is said: the extractive writer.

It says what the minutes say, in their words, shortest answer first. Its own words are few and
fixed: a body's name before its decision, "Indstillingen lød:", "Punktet var lukket".
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from qa_engine.choosing import LENGTH, choose
from qa_engine.confidence import Signals
from qa_engine.evidence import Candidate, Piece
from qa_engine.formal import title_piece
from qa_engine.matching import Rarity, coverage, tokens_of
from qa_engine.model import Asked, Hit, Query
from qa_engine.structure import (
    HELD,
    by_number,
    formally,
    is_of_meeting,
    only_by_structure,
    told_by_structure,
)

# Longer than this, an answer is cut after the last piece that fits.
_LONGEST_ANSWER = 1000

# What the words of an English question are taken to match, since they stand nowhere: the mean.
_ENGLISH_WORDS = 0.6
# Shorter ones begin too many words.
_SHORTEST_PART = 5

# Beyond these log odds the reader's word says no more.
_SURE = 8.0

# The kind of a formal answer is in it by construction.
_CERTAIN = 1.0
_EXACT = (Asked.NUMBER, Asked.AMOUNT, Asked.DATE, Asked.PERSON, Asked.PLACE)


@dataclass(frozen=True, slots=True)
class Draft:
    """What would be said, and how well it is supported."""

    pieces: tuple[Piece, ...]
    signals: Signals


def write(
    query: Query, hits: Sequence[Hit], candidates: Sequence[Candidate], rarity: Rarity
) -> Draft | None:
    """Write the answer to a question from its evidence; None where there is nothing to say.

    Args:
        query: The question.
        hits: Items, best first.
        candidates: What could answer in the best of them, best first; none where the question
            does not need evidence.
        rarity: The weight of the question's terms.
    """
    draft = _write(query, hits, candidates, rarity)
    # Half an agenda would be a wrong one.
    if draft is None or is_of_meeting(query):
        return draft
    return replace(draft, pieces=_shortened(draft.pieces))


def needs_evidence(query: Query, hits: Sequence[Hit]) -> bool:
    """Tell whether sentences must be weighed, since the structure of the minutes is no answer."""
    return bool(hits) and not only_by_structure(query) and not told_by_structure(query, hits)


def _shortened(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    kept: list[Piece] = []
    length = 0
    for piece in pieces:
        length += len(piece.text)
        if kept and length > _LONGEST_ANSWER:
            break
        kept.append(piece)
    return tuple(kept)


def _write(
    query: Query, hits: Sequence[Hit], candidates: Sequence[Candidate], rarity: Rarity
) -> Draft | None:
    if not hits:
        return None
    formal = told_by_structure(query, hits)
    best = candidates[0] if candidates else None
    # Who asks by number wants to know which case or item that is.
    title = title_piece(hits[0]) if by_number(query) else None
    opening = [title] if title else []
    if formal:
        if title and (title.start, title.end) == (formal[0].start, formal[0].end):
            opening = []
        return Draft((*opening, *formal), _signals(query, formal[0].hit, None, rarity))
    if best is None or only_by_structure(query):
        return None
    pieces = [piece for chosen in choose(candidates, query.asked) for piece in chosen.pieces]
    pieces += _leaning(query, best.hit, pieces)
    return Draft((*opening, *pieces), _signals(query, best.hit, best, rarity))


def _leaning(query: Query, hit: Hit, told: Sequence[Piece]) -> list[Piece]:
    """Tell the decision or the proposal too where the question may mean it, and it is short."""
    if query.leaning is None:
        return []
    formal = formally(query.leaning, hit)
    said = any(one.start < piece.end and piece.start < one.end for one in formal for piece in told)
    fits = sum(len(piece.text) for piece in (*told, *formal)) <= LENGTH
    return formal if fits and not said else []


def _is_of_known_meeting(query: Query) -> bool:
    """Tell whether a question is about a meeting whose municipality or date is known."""
    return is_of_meeting(query) and bool(query.municipalities or query.filters.since)


def _begins_one(term: str, held: Collection[str]) -> bool:
    """Tell whether a term is one of the tokens or the first part of one: "veteran" of an effort."""
    is_part = len(term) >= _SHORTEST_PART
    return term in held or (is_part and any(token.startswith(term) for token in held))


def _signals(query: Query, told: Hit, best: Candidate | None, rarity: Rarity) -> Signals:
    """Read how well what is told is supported.

    Args:
        query: The question.
        told: The item that answers.
        best: The candidate that is told; None where the structure answers.
        rarity: The weight of the question's terms.
    """
    minutes, item = told.minutes, told.item
    header = " ".join(filter(None, (minutes.municipality, minutes.committee)))
    of_meeting = is_of_meeting(query)
    held = tokens_of(item.text, header, str(minutes.date or ""))
    if best:
        words = 0.0
    elif of_meeting:
        words = _CERTAIN
    else:
        words = _ENGLISH_WORDS if query.english else coverage(query.terms, held, rarity)
    # A word that is only used is not explained.
    explained = query.asked is Asked.MEANING and best and best.features.kind == _CERTAIN
    by_words = (explained or query.asked is Asked.TOPIC) and all(
        _begins_one(term, held) for term in query.terms
    )
    names = () if of_meeting else query.names
    missing = sum(rarity.match(name, held) < HELD for name in names)
    read = best.features.read if best else 0.0
    return Signals(
        item=told.score,
        named=float(by_words or by_number(query) or _is_of_known_meeting(query)),
        terms=math.log1p(len(query.terms)),
        exact=float(query.asked in _EXACT),
        kind=best.features.kind if best else _CERTAIN,
        missing=float(missing),
        read=min(_SURE, read),
        words=words,
    )
