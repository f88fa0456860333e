"""What the portal sends, as values: the list of meetings, and a meeting with its items.

Danish and English names of keys both occur, and one of them may be null beside the other. What is
missing is not told; what has the wrong type is an error, because half a meeting must not take the
place of a whole one. A closed item comes out of here as its title alone, if the portal shows it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from indexer.titles import is_closed

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_Object = Mapping[str, object]


class Kind(Enum):
    """What of a meeting is published."""

    MINUTES = "minutes"
    AGENDA = "agenda"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Listed:
    """A meeting as the list of meetings tells it.

    Attributes:
        id: The portal's own.
        committee: Name of the body that meets.
        name: "Referat", "Dagsorden", "Tillægsdagsorden", "Lukket referat" or None.
        starts: Day and time, in ISO form as sent.
        place: Where it meets.
        released: When it was published last, as sent.
        finished: Whether these are minutes, where that is told.
        supplementary: Whether it adds to another agenda.
    """

    id: str
    committee: str
    name: str | None = None
    starts: str | None = None
    place: str | None = None
    released: str | None = None
    finished: bool | None = None
    supplementary: bool = False

    @property
    def kind(self) -> Kind:
        """Tell agenda and minutes apart; only where that is not told does the name decide."""
        name = (self.name or "").casefold()
        if name.startswith("lukket"):
            return Kind.CLOSED
        finished = name.startswith("referat") if self.finished is None else self.finished
        return Kind.MINUTES if finished else Kind.AGENDA

    @property
    def date(self) -> dt.date | None:
        """The day of the meeting."""
        try:
            return dt.date.fromisoformat((self.starts or "")[:10])
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Listing:
    """All meetings of a portal, and what of its list could not be read."""

    meetings: tuple[Listed, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A part of an item; ``html`` and ``text`` say the same, and either may be missing."""

    name: str | None
    html: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that belongs to an item."""

    id: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item; a closed one has a title and no more."""

    id: str | None
    number: str | None
    title: str | None
    case_number: str | None = None
    is_open: bool = True
    fields: tuple[Field, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """A meeting with its items.

    Attributes:
        portal: "https://host", or None where that is not told.
        listed: The meeting.
        items: In the order of the agenda.
        participants: Their names, parted by commas, where told.
    """

    portal: str | None
    listed: Listed
    items: tuple[Item, ...]
    participants: str | None = None


def read_listing(reply: object) -> Listing:
    """Read the list of meetings; a meeting that is listed twice is taken once.

    Raises:
        ValueError: It is no such list.
    """
    groups = _first(_object(reply, "the list"), "Udvalg", "Committees")
    faults: list[str] = []
    meetings: dict[str, Listed] = {}
    for group in _object(groups, "'Udvalg'").values():
        for committee in _list(group, "a group of committees"):
            for listed in _meetings_of(committee, faults):
                meetings.setdefault(listed.id.casefold(), listed)
    return Listing(tuple(meetings.values()), tuple(faults))


def read_published(reply: object, listed: Listed | None = None) -> Published:
    """Read a meeting with its items, as sent or as kept in a folder.

    Args:
        reply: The portal's reply.
        listed: What the list tells of it, which outweighs the reply.

    Raises:
        ValueError: It is no meeting, or another one than the list tells.
    """
    sent = _object(reply, "the meeting")
    id_ = _text(_first(sent, "Id"))
    if id_ is None:
        raise ValueError("the meeting has no 'Id'")
    if listed is not None and listed.id.casefold() != id_.casefold():
        raise ValueError(f"the reply is about another meeting, {id_}")
    body = _object(_first(sent, "Udvalg", "Committee") or {}, "'Udvalg'")
    meeting = _object(_first(sent, "Moede", "Meeting") or {}, "'Moede'")
    told = listed or _listed(meeting, id_, _text(_first(body, "Navn", "Name")) or "")
    items = _list(_first(sent, "Dagsordenpunkter", "AgendaItems", "Items"), "'Dagsordenpunkter'")
    if not items:
        raise ValueError("the meeting has no items")
    read = (_item(item, told.kind is Kind.CLOSED) for item in items)
    portal = _text(_first(sent, "Portal"))
    return Published(
        portal if portal and re.fullmatch(r"https?://[^\s/?#]+", portal) else None,
        told,
        tuple(item for item in read if item.is_open or item.title),
        _names(_first(meeting, "Moededeltagere", "Participants")),
    )


def _meetings_of(committee: object, faults: list[str]) -> Iterator[Listed]:
    """Read a committee's meetings, noting those that cannot be read."""
    name = "a committee"
    try:
        told = _object(committee, name)
        name = _text(_first(told, "Navn", "Name")) or name
        sent = _list(_first(told, "Moeder", "Meetings") or [], "'Moeder'")
    except ValueError as error:
        faults.append(f"{name}: {error}")
        return
    for meeting in sent:
        try:
            entry = _object(meeting, "a meeting")
            id_ = _text(_first(entry, "Id"))
            if id_ is None:
                raise ValueError("a meeting has no 'Id'")
            yield _listed(entry, id_, name)
        except ValueError as error:
            faults.append(f"{name}: {error}")


def _listed(meeting: _Object, id_: str, committee: str) -> Listed:
    finished = _first(meeting, "Afsluttet", "IsFinished")
    return Listed(
        id=id_,
        committee=committee,
        name=_text(_first(meeting, "Navn", "Name")),
        starts=_text(_first(meeting, "Dato", "MeetingBeginUtc", "Date")),
        place=_text(_first(meeting, "Sted", "Place", "Location")),
        released=_text(_first(meeting, "ReleasedDate")),
        finished=finished if isinstance(finished, bool) else None,
        supplementary=_first(meeting, "IsSupplementaryAgenda") is True,
    )


def _item(value: object, in_closed_meeting: bool) -> Item:
    item = _object(value, "an item")
    id_ = _text(_first(item, "Id"))
    number = _text(_first(item, "Punktnummer", "Number"))
    title = _text(_first(item, "Navn", "Caption"))
    if in_closed_meeting or not _is_open(item) or is_closed(title or ""):
        return Item(id_, number, title, is_open=False)
    fields = _list(_first(item, "Felter", "Fields") or [], "'Felter'")
    attachments = _list(_first(item, "Bilag", "Attachments") or [], "'Bilag'")
    sent = (_object(attachment, "an attachment") for attachment in attachments)
    return Item(
        id=id_,
        number=number,
        title=title,
        case_number=_text(_first(item, "SagsNummer", "CaseNumber")),
        fields=tuple(_field(_object(field, "a field")) for field in fields),
        attachments=tuple(
            Attachment(
                _text(_first(a, "Id")), _text(_first(a, "Navn", "Name", "Caption")) or "Bilag"
            )
            for a in sent
            if _is_open(a)
        ),
    )


def _field(field: _Object) -> Field:
    return Field(
        name=_text(_first(field, "Navn", "Name")),
        html=_text(_first(field, "Html")),
        text=_text(_first(field, "Tekst", "Text")),
    )


def _is_open(value: _Object) -> bool:
    """Tell whether something is open to everybody; whatever is not plainly open is closed."""
    told = [held for key, held in value.items() if key.casefold() == "isopen"]
    return all(held is True for held in told)


def _names(value: object) -> str | None:
    """Read names that are sent as one text, as a list of texts or as a list of objects."""
    if not isinstance(value, list):
        return _text(value)
    names = (_first(n, "Navn", "Name") if isinstance(n, dict) else n for n in value)
    return ", ".join(filter(None, map(_text, names))) or None


def _first(value: _Object, *names: str) -> object:
    """Give what the first of the names holds that holds anything, however it is capitalised."""
    held = {key.casefold(): each for key, each in value.items() if each not in (None, "")}
    return next((held[n.casefold()] for n in names if n.casefold() in held), None)


def _object(value: object, what: str) -> _Object:
    if not isinstance(value, dict):
        raise ValueError(f"{what} is no object")
    return value


def _list(value: object, what: str) -> Sequence[object]:
    if not isinstance(value, list):
        raise ValueError(f"{what} is no list")
    return value


def _text(value: object) -> str | None:
    """Read text or a number as text that can be written down; anything else is not told."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        return None
    whole = value.encode(errors="replace").decode().replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub(" ", whole).strip() or None
