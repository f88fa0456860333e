"""What stands around an answer, as HTML: what was understood, what is indexed, what went wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from indexer.danish import MONTHS, format_date
from indexer.model import Filters
from indexer.store import Meeting
from qa_engine.model import Asked, Query
from qa_engine.presenting import number
from qa_engine.understood import Guess

_NAMED = 4

_ASKED = {
    Asked.NUMBER: "et antal",
    Asked.AMOUNT: "et beløb",
    Asked.DATE: "et tidspunkt",
    Asked.PERSON: "en person",
    Asked.PLACE: "et sted",
    Asked.LIST: "en liste",
    Asked.REASON: "en begrundelse",
    Asked.DECISION: "en beslutning",
    Asked.RECOMMENDATION: "en indstilling",
    Asked.ABSENCE: "fravær",
    Asked.PARTICIPANTS: "deltagere",
    Asked.MEETING: "mødets tid og sted",
    Asked.AGENDA: "dagsordenen",
    Asked.ATTACHMENTS: "bilag",
    Asked.MEANING: "en forklaring",
    Asked.YES_NO: "ja eller nej",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that was read out of a question, and what to take back where that is wrong."""

    label: str
    guess: Guess


def understood(query: Query, given: Filters) -> list[Chip]:
    """List in Danish what was read out of a question, beyond the filters that were given."""
    found = query.filters
    already = {*given.municipalities, *given.committees}
    municipalities = dict.fromkeys((*query.municipalities, *found.municipalities))
    chips = [Chip(name, Guess.MUNICIPALITY) for name in municipalities if name not in already]
    if bodies := [name for name in query.committees if name not in already]:
        chips.append(Chip(" eller ".join(bodies), Guess.COMMITTEE))
    period = query.period
    if not period and found.since and found.until and not (given.since or given.until):
        period = found.since, found.until
    if period:
        chips.append(Chip(_period(*period), Guess.TIME))
    if found.case_number and found.case_number != given.case_number:
        chips.append(Chip(f"sag {found.case_number}", Guess.CASE))
    if found.item_numbers:
        chips.append(Chip(f"punkt {' og '.join(found.item_numbers)}", Guess.ITEM))
    if query.asked in _ASKED:
        chips.append(Chip(_ASKED[query.asked], Guess.KIND))
    return chips


def indexed_html(meetings: Sequence[Meeting]) -> str:
    """Tell what can be asked about: how many minutes, whose, and from when."""
    towns = sorted({m.municipality.removesuffix(" Kommune") for m in meetings if m.municipality})
    count = f"{number(len(meetings))} {'referat' if len(meetings) == 1 else 'referater'}"
    if len(towns) > _NAMED:
        count += f" fra {number(len(towns))} kommuner"
    elif towns:
        count += f" fra {' og '.join(filter(None, (', '.join(towns[:-1]), towns[-1])))}"
    days = sorted(m.date for m in meetings if m.date)
    time = f", {_period(days[0], days[-1])}" if days else ""
    items = number(sum(m.items for m in meetings))
    return f'<div class="pv-about"><p>{escape(f"{count}{time} · {items} punkter")}</p></div>'


def foot_html() -> str:
    """Tell what this is, at the first meeting and every later one."""
    return (
        '<div class="pv-about pv-foot"><p>Punktvis er et AI-system. '
        "Det citerer referaterne og digter ikke.</p></div>"
    )


def note_html(sentence: str) -> str:
    """Set a quiet remark on what can or cannot be shown."""
    return f'<p class="pv-note" role="status">{escape(sentence)}</p>'


def error_html(sentence: str) -> str:
    """Set what went wrong and what to do."""
    return f'<p class="pv-wrong" role="alert">{escape(sentence)}</p>'


def _period(first: dt.date, last: dt.date) -> str:
    """Name a stretch of days by what a reader would call it: a day, a month, a year or months."""
    if first == last:
        return format_date(first)
    months = [f"{MONTHS[day.month - 1]} {day.year}" for day in (first, last)]
    if months[0] == months[1]:
        return months[0]
    whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    years = dict.fromkeys((str(first.year), str(last.year)))
    return "–".join(years) if whole_years else " – ".join(months)
