"""What minutes are made of: frozen values that every other module speaks in.

Glossary (English identifier · Danish term):
    minutes · referat
    agenda item · dagsordenpunkt, punkt
    recommendation · indstilling, anbefaling
    background · sagsfremstilling
    decision · beslutning
    case number · sagsnummer, journalnummer
    committee · udvalg; council · byråd, kommunalbestyrelse
    attachment · bilag
    closed item · lukket punkt
    absence · fravær, afbud

One coordinate system holds everywhere: an agenda item keeps its text verbatim, and sections,
decisions, chunks and quotes are half-open character ranges ``(start, end)`` into it. A page break
is a form feed in that text, so the page of anything follows from its offset.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

PAGE_BREAK = "\f"


class Role(StrEnum):
    """What a section of an agenda item does in the case; a proposal is not a decision."""

    SUMMARY = "summary"
    BACKGROUND = "background"
    RECOMMENDATION = "recommendation"
    ECONOMY = "economy"
    LEGAL_BASIS = "legal basis"
    HEARING = "hearing"
    HISTORY = "history"
    DECISION = "decision"
    ABSENCE = "absence"
    ATTACHMENTS = "attachments"
    OTHER = "other"


class Outcome(StrEnum):
    """How a body left the case; ``RECOMMENDED`` passes it on to the next body and ends nothing."""

    APPROVED = "approved"
    RECOMMENDED = "recommended"
    NOTED = "noted"
    DISCUSSED = "discussed"
    POSTPONED = "postponed"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Section:
    """A labelled part of an agenda item; ``heading`` is the label as printed, without markup."""

    role: Role
    heading: str
    start: int
    end: int


class Side(StrEnum):
    """How someone voted on the proposal."""

    FOR = "for"
    AGAINST = "against"
    ABSTAINED = "abstained"


class StatementKind(StrEnum):
    """What someone had written down beside the decision."""

    RESERVATION = "reservation"
    MINORITY = "minority statement"


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote as far as it is written: of a person, of a party, or, with neither, of a whole side.

    Attributes:
        side: For, against or abstained.
        person: As printed, without party letter.
        party: Letter or name, as printed.
        count: Number of votes, where written; a person's vote is one and has no number.
    """

    side: Side
    person: str | None = None
    party: str | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A reservation or dissent of the people and parties in ``by``, at ``item.text[start:end]``."""

    kind: StatementKind
    by: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What one body decided on one date, at ``item.text[start:end]``, absence lines left out.

    Attributes:
        body: As printed.
        date: The day of the decision.
        outcome: How the body left the case.
        start: First character, in the item's text.
        end: One past the last character.
        absent: Names of those absent, with party letters where printed.
        votes: On the proposal itself, not on amendments to it, in the order of the text.
        statements: Reservations and minority statements, in the order of the text.
        disqualified: Names of those who took no part because they were disqualified (inhabil).
    """

    body: str | None
    date: dt.date | None
    outcome: Outcome
    start: int
    end: int
    absent: tuple[str, ...] = ()
    votes: tuple[Vote, ...] = ()
    statements: tuple[Statement, ...] = ()
    disqualified: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item of the agenda, with its text verbatim from its heading to the next item's heading.

    Attributes:
        number: As printed, without the label: "5", "1.a".
        title: As printed, without markup, number and type tag.
        case_number: As printed, or None where the item has none.
        closed: Whether the item was dealt with behind closed doors.
        text: Verbatim text; page breaks are form feeds.
        first_page: Page of the heading, counted from 1, or None in a format without pages.
        sections: In the order of the text; they do not overlap.
        decisions: Of every body named in the item, in the order of the text.
        absent: Names of those absent when this body dealt with the item.
        attachments: Names of the attachments.
        url: Where the item is published, or its meeting where it has no address of its own.
    """

    number: str
    title: str
    case_number: str | None
    closed: bool
    text: str
    first_page: int | None
    sections: tuple[Section, ...]
    decisions: tuple[Decision, ...]
    absent: tuple[str, ...]
    attachments: tuple[str, ...]
    url: str | None = None

    def page_at(self, offset: int) -> int | None:
        """Tell on which page a character stands, or None in a format without pages."""
        if self.first_page is None:
            return None
        return self.first_page + self.text.count(PAGE_BREAK, 0, offset)

    def section_at(self, offset: int) -> Section | None:
        """Find the section that holds a character, or None for the item's heading."""
        return next((s for s in self.sections if s.start <= offset < s.end), None)


@dataclass(frozen=True, slots=True)
class Personal:
    """Where a CPR number stood in minutes, never the number itself.

    Attributes:
        page: Its page, or None in a format without pages.
        item: Number of its agenda item, or None above the first one.
        certain: Whether more than its digits speaks for it, see ``indexer.cpr``.
    """

    page: int | None
    item: str | None
    certain: bool


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of one meeting.

    Attributes:
        source: File name relative to the folder that was indexed; the first half of an identity.
        municipality: "Varde Kommune", or None where neither text nor user tells.
        committee: The body that met, as printed in the heading.
        date: The day of the meeting.
        place: As printed.
        participants: Names as printed, without marks of absence.
        absent: Names of participants marked as absent in the heading block.
        items: In the order of the text.
        preamble: The text before the first item, verbatim: heading block and table of contents.
        unknown_headings: "item number: heading" for headings that no rule knows.
        url: Where they are published.
        notices: What could not be read of the file, in Danish.
        personal: CPR numbers that were masked in it.
    """

    source: str
    municipality: str | None
    committee: str | None
    date: dt.date | None
    place: str | None
    participants: tuple[str, ...]
    absent: tuple[str, ...]
    items: tuple[AgendaItem, ...]
    preamble: str = ""
    unknown_headings: tuple[str, ...] = ()
    url: str | None = None
    notices: tuple[str, ...] = ()
    personal: tuple[Personal, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """A retrievable passage: ``item.text[start:end]`` of one section of one agenda item.

    Attributes:
        position: The item's place in its minutes, counted from 0.
        role: Role of the section it is cut from.
        heading: Label of that section.
        header: Context that is embedded before the text, never shown or cited.
        start: First character, in the item's text.
        end: One past the last character.
        units: The sentences, list elements and table rows in it, as ranges of the item's text.
    """

    position: int
    role: Role
    heading: str
    header: str
    start: int
    end: int
    units: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is confined to; an empty field confines nothing, and filters never fail open.

    Names are the stored ones, already resolved (see ``qa_engine.filtering``). It lives here rather
    than in ``qa_engine`` because the store applies it, and ``indexer`` never imports ``qa_engine``.
    """

    municipalities: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    case_number: str | None = None
    item_numbers: tuple[str, ...] = ()
    outcome: Outcome | None = None

    @property
    def of_meetings(self) -> Filters:
        """What a whole meeting passes or not; the other fields let in some of its items."""
        return replace(self, case_number=None, item_numbers=(), outcome=None)
