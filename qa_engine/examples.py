"""Example questions that what is indexed can answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.model import AgendaItem, Filters, Minutes, Outcome
from indexer.store import Store

_READ = 12
_OPENING = re.compile(
    r"^(?:\d+\.\s*)?(?:Endelig |Anden )?"
    r"(?:Godkendelse|Orientering|Drøftelse|Status|Opfølgning|Beslutning|Anmodning|Udpegning|Forslag)"
    r"(?:\s+(?:af|om|på|vedrørende|vedr\.|til))+\s+",
)
_SPECIFIC = {
    Outcome.APPROVED,
    Outcome.RECOMMENDED,
    Outcome.REJECTED,
    Outcome.POSTPONED,
    Outcome.RETURNED,
}


def example_questions(store: Store, count: int) -> list[str]:
    """Write questions about what the newest meetings decided, from different meetings.

    Each asks for the decision of an item that has one, by the item's own subject, so it can be
    answered.
    """
    found: list[list[str]] = []
    for meeting in store.meetings(Filters())[:_READ]:
        minutes = store.minutes(meeting.source)
        if minutes:
            found.append(list(_questions(minutes)))
    rounds = (
        questions[place] for place in range(count) for questions in found if place < len(questions)
    )
    return list(dict.fromkeys(rounds))[:count]


def _questions(minutes: Minutes) -> Iterator[str]:
    where = (minutes.municipality or "").removesuffix(" Kommune")
    for item in minutes.items:
        if subject := _subject(item):
            place = f" i {where}" if where and where not in subject else ""
            yield f"Hvad blev besluttet om {subject}{place}?"


def _subject(item: AgendaItem) -> str | None:
    """Give what an item is about in a few words, or None for a routine item."""
    if item.closed or not any(d.outcome in _SPECIFIC for d in item.decisions):
        return None
    subject = _OPENING.sub("", item.title).split(" - ")[0].strip()
    if not 8 <= len(subject) <= 70 or subject.lower().startswith(("dagsorden", "referat")):
        return None
    first = subject.split()[0]
    known_form = first[1:].islower() and _OPENING.match(item.title) is None
    return subject[0].lower() + subject[1:] if known_form else subject
