"""When the structure of the minutes answers a question, and with which of its parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import takewhile

from indexer.danish import MONTHS, analyse
from qa_engine.evidence import Piece
from qa_engine.formal import (
    absence_pieces,
    agenda_pieces,
    attachment_pieces,
    closed_pieces,
    decision_pieces,
    meeting_decision_pieces,
    meeting_pieces,
    participant_pieces,
    recommendation_pieces,
    topic_pieces,
)
from qa_engine.matching import match, tokens_of
from qa_engine.model import Asked, Hit, Query
from qa_engine.routine import is_routine

_MOST_CLOSED = 3
# A name matched this well is held: by its beginning, as "Vejle" is by "Vejles".
HELD = 0.5

_OF_ITEM = {
    Asked.DECISION: decision_pieces,
    Asked.RECOMMENDATION: recommendation_pieces,
    Asked.ATTACHMENTS: attachment_pieces,
}
_OF_MEETING = {Asked.PARTICIPANTS: participant_pieces, Asked.MEETING: meeting_pieces}
# "What was on the agenda in Varde?" means the last one.
_OF_LAST_MEETING = {Asked.AGENDA: agenda_pieces, Asked.DECISION: meeting_decision_pieces}
_MEETING_WORDS = tokens_of(
    *MONTHS,
    "afbud fravær fraværende manglede dagsorden punkt sag emne møde udvalgsmøde byrådsmøde",
    "behandlet taget op beslutning beslutninger besluttet truffet traf vedtaget",
)
_CLOSING = tokens_of("lukket lukkede lukke lukker lukkes")


def told_by_structure(query: Query, hits: Sequence[Hit]) -> list[Piece]:
    """Answer from the structure of the minutes where the question asks for that.

    Args:
        query: The question.
        hits: Items, best first, at least one.
    """
    top = hits[0]
    if is_of_meeting(query):
        timely = [hit for hit in hits if _in_period(query, hit) and not _lacks_name(query, hit)]
        return _told_of_meeting(query, timely) if timely else []
    if top.item.closed and (query.asked is Asked.CLOSED or _is_meant(query, top)):
        beside = hits[:_MOST_CLOSED] if query.asked is Asked.CLOSED else hits[:1]
        near = takewhile(lambda hit: hit.item.closed and hit.minutes is top.minutes, beside)
        return [piece for hit in near for piece in closed_pieces(hit)]
    if query.asked in _OF_ITEM:
        return _OF_ITEM[query.asked](top)
    if _names_only_a_number(query) or (query.asked is Asked.TOPIC and _is_title(query, top)):
        return topic_pieces(top)
    return []


def only_by_structure(query: Query) -> bool:
    """Tell whether no sentence answers by likeness: who was there, which attachments there are."""
    return is_of_meeting(query) or query.asked is Asked.ATTACHMENTS


def is_of_meeting(query: Query) -> bool:
    """Tell whether a question asks for what is known of a meeting, not of one of its items."""
    if query.asked is Asked.DECISION:
        named = query.municipalities or query.committees or query.period or query.filters.since
        return bool(named) and not by_number(query) and _names_only_a_meeting(query)
    if query.asked is Asked.AGENDA:
        return _names_only_a_meeting(query)
    return query.asked is Asked.ABSENCE or query.asked in _OF_MEETING


def by_number(query: Query) -> bool:
    """Tell whether a question names a case or an item by its number."""
    return bool(query.filters.case_number or query.filters.item_numbers)


def formally(asked: Asked, hit: Hit) -> list[Piece]:
    """Tell the decision of an item, or what was proposed."""
    return _OF_ITEM[asked](hit)


def _told_of_meeting(query: Query, timely: Sequence[Hit]) -> list[Piece]:
    if query.asked is Asked.ABSENCE:
        return absence_pieces(timely, whole_meeting=_names_only_a_meeting(query))
    if query.asked in _OF_LAST_MEETING:
        last = max(timely, key=lambda hit: hit.minutes.date or dt.date.min)
        return _OF_LAST_MEETING[query.asked](last)
    return _OF_MEETING[query.asked](timely[0])


def _names_only_a_meeting(query: Query) -> bool:
    """Tell whether nothing is named but the meeting: its body, its date, someone's absence."""
    meeting = tokens_of(*query.committees) | _MEETING_WORDS | {"", *MONTHS}
    # "6.september" and "2023" tell a date, "4-partsplan" does not.
    return all(term in meeting or term.strip("0123456789./-") in meeting for term in query.terms)


def _lacks_name(query: Query, hit: Hit) -> bool:
    """Tell whether a question about a meeting names what neither the meeting nor the item knows."""
    minutes = hit.minutes
    header = " ".join(filter(None, (minutes.municipality, minutes.committee)))
    held = tokens_of(header, minutes.preamble, hit.item.text)
    return any(match(name, held) < HELD for name in query.names)


def _in_period(query: Query, hit: Hit) -> bool:
    if query.period is None or hit.minutes.date is None:
        return True
    return query.period[0] <= hit.minutes.date <= query.period[1]


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


def _names_only_a_number(query: Query) -> bool:
    """Tell whether nothing is asked but what a case or an item is about."""
    case = query.filters.case_number or ""
    return by_number(query) and set(query.terms) <= set(analyse(case))
