"""Names that a user types, resolved to names that are stored; filters never fail open."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence

from indexer.danish import find_case_numbers, fold, parse_date
from indexer.errors import UnknownFilterValue
from indexer.model import Filters, Minutes, Outcome
from indexer.store import Meeting

_YEAR_OR_MONTH = re.compile(r"([1-9][0-9]{3})(?:-(0?[1-9]|1[0-2]))?")


def resolve_filters(
    meetings: Sequence[Meeting],
    *,
    municipality: str | Sequence[str] | None = None,
    committee: str | Sequence[str] | None = None,
    since: str | dt.date | None = None,
    until: str | dt.date | None = None,
    case: str | None = None,
    outcome: str | None = None,
) -> Filters:
    """Make filters of what a user typed.

    "varde", "Varde Kommune" and "VARDE" all name the stored municipality; a committee may be
    named by a part of its name that is in one name or more. A year or a month may stand for a day:
    ``since="2021"`` is 1 January, ``until="2021-03"`` is 31 March.

    Raises:
        UnknownFilterValue: A value names nothing that is indexed, or is no date or outcome.
    """
    known_municipalities = sorted({m.municipality for m in meetings if m.municipality})
    known_committees = sorted({m.committee for m in meetings if m.committee})
    return Filters(
        municipalities=tuple(
            name
            for value in _several(municipality)
            for name in _resolve("municipality", value, known_municipalities, whole=True)
        ),
        committees=tuple(
            name
            for value in _several(committee)
            for name in _resolve("committee", value, known_committees, whole=False)
        ),
        since=_day("since", since, last=False),
        until=_day("until", until, last=True),
        case_number=_case_number(case),
        outcome=_outcome(outcome),
    )


def lets_in(filters: Filters, meeting: Meeting | Minutes) -> bool:
    """Tell whether a meeting is of the filters' municipalities, committees and time.

    Case number and outcome are of items, and keep out no meeting.
    """
    if (filters.since or filters.until) and meeting.date is None:
        return False
    held = meeting.date or dt.date.min
    return (
        (not filters.municipalities or meeting.municipality in filters.municipalities)
        and (not filters.committees or meeting.committee in filters.committees)
        and (filters.since or dt.date.min) <= held <= (filters.until or dt.date.max)
    )


def municipality_name(name: str) -> str:
    """Fold a municipality's name to what people call it: "Varde Kommune" is "varde"."""
    return fold(name).strip().removesuffix(" kommune").strip()


def name_pattern(municipality: str) -> str:
    """Write the pattern of what people call a municipality in folded text, also in the genitive."""
    return rf"\b{re.escape(municipality_name(municipality))}(?:'?s)?\b"


def _several(value: str | Sequence[str] | None) -> Sequence[str]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def _resolve(name: str, value: str, known: Sequence[str], *, whole: bool) -> list[str]:
    wanted = municipality_name(value)
    exact = [other for other in known if municipality_name(other) == wanted]
    found = exact or (
        [] if whole else [other for other in known if wanted and wanted in fold(other)]
    )
    if not found:
        raise UnknownFilterValue(name, value, known)
    return found


def _day(name: str, value: str | dt.date | None, *, last: bool) -> dt.date | None:
    if value is None or isinstance(value, dt.date):
        return value
    text = value.strip()
    if match := _YEAR_OR_MONTH.fullmatch(text):
        year, month = int(match[1]), int(match[2] or (12 if last else 1))
        return dt.date(year, month, calendar.monthrange(year, month)[1] if last else 1)
    if date := parse_date(text):
        return date
    raise UnknownFilterValue(name, value, ("2021", "2021-03", "2021-03-17", "17-03-2021"))


def _case_number(value: str | None) -> str | None:
    if value is None:
        return None
    return next(iter(find_case_numbers(value)), value.strip())


def _outcome(value: str | None) -> Outcome | None:
    if value is None:
        return None
    try:
        return Outcome(value.strip().lower())
    except ValueError:
        raise UnknownFilterValue("outcome", value, [o.value for o in Outcome]) from None
