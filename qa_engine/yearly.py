"""How many items were dealt with, and how they ended, over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from indexer.model import Minutes, Outcome
from qa_engine.cases import own_outcome
from qa_engine.routine import is_routine


@dataclass(slots=True)
class Year:
    """One year's items, routine items left out, by how the body that met left them."""

    year: int
    meetings: int = 0
    items: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)


def count_years(meetings: Iterable[Minutes]) -> list[Year]:
    """Count meetings, items and outcomes year by year; minutes without a date are left out."""
    years: dict[int, Year] = {}
    for minutes in meetings:
        if minutes.date is None:
            continue
        year = years.setdefault(minutes.date.year, Year(minutes.date.year))
        year.meetings += 1
        for item in minutes.items:
            if not is_routine(item):
                year.items += 1
                year.outcomes[own_outcome(minutes, item)] += 1
    return [years[number] for number in sorted(years)]
