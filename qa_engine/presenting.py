"""How what is found is named to a Danish reader, alike in page, command line and tools."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

from indexer.danish import MONTHS, fold, format_date
from indexer.errors import ChatFault
from indexer.markup import readable
from indexer.model import AgendaItem, Minutes, Outcome, Role
from indexer.store import Meeting
from qa_engine.model import Citation, Fault, Hit, Searched, Wording

_ROLES = {
    Role.SUMMARY: "Resumé",
    Role.BACKGROUND: "Sagsfremstilling",
    Role.RECOMMENDATION: "Indstilling",
    Role.ECONOMY: "Økonomi",
    Role.LEGAL_BASIS: "Retsgrundlag",
    Role.HEARING: "Høring",
    Role.HISTORY: "Sagens gang",
    Role.DECISION: "Beslutning",
    Role.ABSENCE: "Fravær",
    Role.ATTACHMENTS: "Bilag",
    Role.OTHER: "Øvrigt",
}

_OUTCOMES = {
    Outcome.APPROVED: "Godkendt",
    Outcome.RECOMMENDED: "Anbefalet",
    Outcome.NOTED: "Taget til efterretning",
    Outcome.DISCUSSED: "Drøftet",
    Outcome.POSTPONED: "Udsat",
    Outcome.RETURNED: "Sendt tilbage",
    Outcome.REJECTED: "Afvist",
    Outcome.WITHDRAWN: "Udgået",
    Outcome.NONE: "Intet udfald",
}

_FAULTS = {
    Fault.UNCITED: "uden kilde",
    Fault.UNKNOWN_SOURCE: "med en kilde, der ikke findes",
    Fault.FIGURE: "med tal, der ikke står i kilden",
    Fault.DATE: "med en dato, der ikke står i kilden",
    Fault.NAME: "med et navn, der ikke står i kilden",
    Fault.UNSUPPORTED: "om noget andet end kilden",
    Fault.CONTRADICTED: "imod kildens ord",
}
_FAILURES = {
    ChatFault.UNLOADED: "kunne ikke indlæses",
    ChatFault.FAILED: "kunne ikke spørges",
    ChatFault.SLOW: "svarede ikke i tide",
    ChatFault.SILENT: "svarede ikke",
    ChatFault.ENDLESS: "blev ikke færdig med sit svar",
    ChatFault.BROKEN: "blev afbrudt i sit svar",
}

_COUNCIL = re.compile(r"\b(byraad|kommunalbestyrelse|borgerrepraesentation)")
_COUNCILS = {
    "byraad": "Byrådets",
    "kommunalbestyrelse": "Kommunalbestyrelsens",
    "borgerrepraesentation": "Borgerrepræsentationens",
}


def role_name(role: Role) -> str:
    """Name what a section does in the case, whatever its own label says."""
    return _ROLES[role]


def outcome_name(outcome: Outcome) -> str:
    """Name how a body left the case; "Anbefalet" is a word to the next body, not a final yes."""
    return _OUTCOMES[outcome]


def is_council(body: str | None) -> bool:
    """Tell whether a body is the one that all others prepare cases for."""
    return bool(body and _COUNCIL.search(fold(body)))


def decision_name(body: str | None) -> str:
    """Say whose decision it is: a committee's word and the council's are told apart by a word."""
    match = _COUNCIL.search(fold(body or ""))
    return f"{_COUNCILS[match[1]]} beslutning" if match else "Udvalgets beslutning"


def source_label(citation: Citation) -> str:
    """Name the place a quote comes from, from the municipality down to the page.

    "Varde Kommune · Udvalget for Arbejdsmarked og Integration · 17. december 2020 · punkt 240:
    Titel · sag 20/9270 · Beslutning · s. 8"; what the minutes do not tell is left out.
    """
    return _join(
        meeting_label(citation),
        _item(citation.item, citation.title),
        _case(citation.case_number),
        section_name(citation),
        f"s. {citation.page}" if citation.page else None,
    )


def section_name(citation: Citation) -> str:
    """Name the section a quote comes from; one without a role keeps its printed label."""
    return citation.section if citation.role is Role.OTHER else role_name(citation.role)


def hit_label(hit: Hit) -> str:
    """Name an agenda item and its meeting, without a place in it."""
    return _join(meeting_label(hit.minutes), item_label(hit.item))


def item_label(item: AgendaItem) -> str:
    """Name an agenda item within its meeting."""
    return _join(_item(item.number, item.title), _case(item.case_number))


def meeting_label(meeting: Minutes | Meeting | Citation) -> str:
    """Name a meeting; empty where the minutes tell nothing about it."""
    date = format_date(meeting.date) if meeting.date else None
    return _join(meeting.municipality, meeting.committee, date)


def quotation(text: str) -> str:
    """Set a quote as running text in Danish quotation marks."""
    return f"»{readable(text)}«"


def searched_line(searched: Searched) -> str:
    """Tell what was searched: "Der er søgt i 5 referater fra 4 kommuner, maj 2020 – juni 2024."."""
    if not searched.meetings:
        return "Der er ingen referater at søge i."
    count = "1 referat" if searched.meetings == 1 else f"{number(searched.meetings)} referater"
    towns = searched.municipalities
    origin = (
        f" fra {towns[0] if len(towns) == 1 else f'{number(len(towns))} kommuner'}" if towns else ""
    )
    time = _period(searched.since, searched.until)
    return f"Der er søgt i {count}{origin}{f', {time}' if time else ''}."


def wording_line(wording: Wording) -> str:
    """Tell what a language model had to do with an answer, and what of its words is left out.

    Generated text is marked as generated (AI Act, art. 50).
    """
    left_out = _left_out(wording.dropped)
    if wording.used:
        return (
            f"Teksten er skrevet af en sprogmodel ({wording.model}) ud fra kilderne."
            f"{f' {left_out}' if left_out else ''}"
        )
    failed = _FAILURES[wording.failure] if wording.failure else "skrev intet, der kan efterprøves"
    return (
        f"Sprogmodellen ({wording.model}) {failed}. Svaret er med referaternes egne ord."
        f"{f' {left_out}' if left_out else ''}"
    )


def _left_out(dropped: tuple[Fault, ...]) -> str:
    """Count what is left out: "2 af dens sætninger er udeladt: 1 uden kilde, 1 med tal, …"."""
    if not dropped:
        return ""
    reasons = ", ".join(f"{n} {_FAULTS[fault]}" for fault, n in Counter(dropped).items())
    count = "1 af dens sætninger" if len(dropped) == 1 else f"{len(dropped)} af dens sætninger"
    return f"{count} er udeladt: {reasons}."


def number(value: int) -> str:
    """Write a whole number as Danish readers expect it: "1.250.000"."""
    return f"{value:,}".replace(",", ".")


def _item(item: str, title: str) -> str:
    # The heading block is cited as an item without a number.
    return ": ".join(filter(None, (item and f"punkt {item}", title)))


def _case(case_number: str | None) -> str | None:
    return f"sag {case_number}" if case_number else None


def _period(since: dt.date | None, until: dt.date | None) -> str:
    months = [f"{MONTHS[day.month - 1]} {day.year}" for day in (since, until) if day]
    return " – ".join(dict.fromkeys(months))


def _join(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
