"""From evidence to what is said: the extractive writer.

It says what the minutes say, in their words, shortest answer first. Its own words are few and
fixed: a body's name before its decision, "Indstillingen lød:", "Punktet var lukket".
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from indexer.danish import MONTHS, analyse
from qa_engine.choosing import LENGTH, choose
from qa_engine.confidence import Signals
from qa_engine.evidence import Candidate, Piece
from qa_engine.formal import (
    absence_pieces,
    closed_pieces,
    decision_pieces,
    meeting_pieces,
    participant_pieces,
    recommendation_pieces,
    title_piece,
    topic_pieces,
)
from qa_engine.matching import Rarity, coverage, match, tokens_of
from qa_engine.model import Asked, Hit, Query
from qa_engine.routine import is_routine

_MOST_CLOSED = 3
# Longer than this, an answer is cut after the last piece that fits.
_LONGEST_ANSWER = 1000

# What the words of an English question are taken to match, since they stand nowhere: the mean.
_ENGLISH_WORDS = 0.6
# A name matched this well is held: by its beginning, as "Vejle" is by "Vejles".
_HELD = 0.5

# Shorter ones begin too many words.
_SHORTEST_PART = 5

# Beyond these log odds the reader's word says no more.
_SURE = 8.0

# The kind of a formal answer is in it by construction.
_CERTAIN = 1.0
_STRUCTURE = {Asked.DECISION: decision_pieces, Asked.RECOMMENDATION: recommendation_pieces}
_CLOSING = tokens_of("lukket lukkede lukke lukker lukkes")
_OF_MEETING = (Asked.ABSENCE, Asked.PARTICIPANTS, Asked.MEETING)
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
    return draft and replace(draft, pieces=_shortened(draft.pieces))


def needs_evidence(query: Query, hits: Sequence[Hit]) -> bool:
    """Tell whether sentences must be weighed, since the structure of the minutes is no answer."""
    return bool(hits) and query.asked not in _OF_MEETING and not _formal(query, hits)


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
    formal = _formal(query, hits)
    best = candidates[0] if candidates else None
    # Who asks by number wants to know which case or item that is.
    title = title_piece(hits[0]) if _by_number(query) else None
    opening = [title] if title else []
    if formal:
        if title and (title.start, title.end) == (formal[0].start, formal[0].end):
            opening = []
        return Draft((*opening, *formal), _signals(query, formal[0].hit, None, rarity))
    # Who was there is told by the structure or not at all: no sentence answers it by likeness.
    if best is None or query.asked in _OF_MEETING:
        return None
    pieces = [piece for chosen in choose(candidates, query.asked) for piece in chosen.pieces]
    pieces += _leaning(query, best.hit, pieces)
    return Draft((*opening, *pieces), _signals(query, best.hit, best, rarity))


def _formal(query: Query, hits: Sequence[Hit]) -> list[Piece]:
    """Answer from the structure of the minutes where the question asks for that."""
    top = hits[0]
    if query.asked in _OF_MEETING:
        timely = [hit for hit in hits if _in_period(query, hit) and not _lacks_name(query, hit)]
        if query.asked is Asked.ABSENCE:
            return absence_pieces(timely, whole_meeting=_is_of_meeting(query))
        told = meeting_pieces if query.asked is Asked.MEETING else participant_pieces
        return told(timely[0]) if timely else []
    if top.item.closed and (query.asked is Asked.CLOSED or _is_meant(query, top)):
        beside = hits[:_MOST_CLOSED] if query.asked is Asked.CLOSED else hits[:1]
        near = takewhile(lambda hit: hit.item.closed and hit.minutes is top.minutes, beside)
        return [piece for hit in near for piece in closed_pieces(hit)]
    if query.asked in _STRUCTURE:
        return _STRUCTURE[query.asked](top)
    if _names_only_a_number(query) or (query.asked is Asked.TOPIC and _is_title(query, top)):
        return topic_pieces(top)
    return []


def _leaning(query: Query, hit: Hit, told: Sequence[Piece]) -> list[Piece]:
    """Tell the decision or the proposal too where the question may mean it, and it is short."""
    if query.leaning is None:
        return []
    formal = _STRUCTURE[query.leaning](hit)
    said = any(one.start < piece.end and piece.start < one.end for one in formal for piece in told)
    fits = sum(len(piece.text) for piece in (*told, *formal)) <= LENGTH
    return formal if fits and not said else []


def _is_of_meeting(query: Query) -> bool:
    """Tell whether nothing is named but the meeting: its body, its date, someone's absence."""
    meeting = tokens_of(*query.committees, " ".join(MONTHS), "afbud fravær fraværende manglede")
    return all(term in meeting or term[0].isdigit() for term in query.terms)


def _is_meant(query: Query, closed: Hit) -> bool:
    """Tell whether a question is about a closed item, and not about something that closes."""
    closing = [term for term in query.terms if term in _CLOSING]
    held = tokens_of(closed.item.title) - _CLOSING
    return not closing or any(match(term, held) for term in query.terms)


def _is_title(query: Query, hit: Hit) -> bool:
    """Tell whether an item's title holds every word of a question but those that tell a time.

    Of an item that every meeting has, one word is enough.
    """
    held = tokens_of(hit.item.title)
    if is_routine(hit.item) and any(match(term, held) for term in query.terms):
        return True
    timed = tokens_of(*MONTHS) if query.period or query.filters.since else frozenset()
    said = [term for term in query.terms if term not in timed and not (timed and term.isdigit())]
    return all(match(term, held) for term in said)


def _by_number(query: Query) -> bool:
    """Tell whether a question names a case or an item by its number."""
    return bool(query.filters.case_number or query.filters.item_numbers)


def _names_only_a_number(query: Query) -> bool:
    """Tell whether nothing is asked but what a case or an item is about."""
    case = query.filters.case_number or ""
    return _by_number(query) and set(query.terms) <= set(analyse(case))


def _lacks_name(query: Query, hit: Hit) -> bool:
    """Tell whether a question about a meeting names what neither the meeting nor the item knows."""
    minutes = hit.minutes
    header = " ".join(filter(None, (minutes.municipality, minutes.committee)))
    held = tokens_of(header, minutes.preamble, hit.item.text)
    return any(match(name, held) < _HELD for name in query.names)


def _in_period(query: Query, hit: Hit) -> bool:
    if query.period is None or hit.minutes.date is None:
        return True
    return query.period[0] <= hit.minutes.date <= query.period[1]


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
    of_meeting = query.asked in _OF_MEETING
    held = tokens_of(item.text, header, str(minutes.date or ""))
    if best:
        words = 0.0
    elif of_meeting:
        words = _CERTAIN
    else:
        words = _ENGLISH_WORDS if query.english else coverage(query.terms, held, rarity)
    by_words = query.asked in (Asked.TOPIC, Asked.MEANING) and all(
        _begins_one(term, held) for term in query.terms
    )
    names = () if of_meeting else query.names
    missing = sum(rarity.match(name, held) < _HELD for name in names)
    read = best.features.read if best else 0.0
    return Signals(
        item=told.score,
        named=float(by_words or _by_number(query)),
        terms=math.log1p(len(query.terms)),
        exact=float(query.asked in _EXACT),
        kind=best.features.kind if best else _CERTAIN,
        missing=float(missing),
        read=min(_SURE, read),
        words=words,
    )
