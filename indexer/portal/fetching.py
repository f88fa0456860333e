"""From a portal to a folder: meetings that are new or changed are fetched, withdrawn ones go."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from indexer.build import Progress
from indexer.errors import PortalError, PortalGone
from indexer.model import Filters
from indexer.portal.folder import Folder
from indexer.portal.shapes import (
    Kind,
    Listed,
    Listing,
    Published,
    read_listing,
    read_published,
)

_LIST = "/api/agenda/udvalgsliste"
_MEETING = "/api/agenda/dagsorden/"
# A portal that fails this often in a row is left alone.
_FAILURES = 5


class Portal(Protocol):
    """What is asked: an ``indexer.portal.client.Client``."""

    origin: str

    def read(self, path: str) -> object:
        """Read the JSON under a path, or raise ``PortalError``."""


class Change(StrEnum):
    """What became of a meeting."""

    FETCHED = "fetched"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Changed:
    """A meeting that is not in the folder as it was before."""

    meeting: Listed
    change: Change


@dataclass(frozen=True, slots=True)
class NotFetched:
    """A meeting that could not be fetched, or a part of the list that could not be read."""

    meeting: str
    reason: str


@dataclass(slots=True)
class FetchReport:
    """What a run did.

    Attributes:
        unchanged: Meetings that are as they were.
        changed: Those that are new, replaced or withdrawn, in the order in which they were met.
        skipped: Those that could not be fetched; what was kept of them before stays.
        seconds: How long it took.
    """

    unchanged: int = 0
    changed: list[Changed] = field(default_factory=list)
    skipped: list[NotFetched] = field(default_factory=list)
    seconds: float = 0.0

    def count(self, change: Change) -> int:
        """Count the meetings that changed in one way."""
        return sum(changed.change is change for changed in self.changed)


def fetch_listing(portal: Portal) -> Listing:
    """Ask for the list of all meetings.

    Raises:
        PortalError: It cannot be had, or lists nothing.
    """
    try:
        listing = read_listing(portal.read(_LIST))
    except ValueError as error:
        raise PortalError(
            portal.origin + _LIST, f"this is no list of meetings ({error})"
        ) from error
    if not listing.meetings:  # else a portal that is set up anew would empty the folder
        reason = listing.faults[0] if listing.faults else "the portal lists no meetings"
        raise PortalError(portal.origin + _LIST, reason)
    return listing


def fetch(
    portal: Portal,
    listing: Listing,
    folder: Folder,
    filters: Filters,
    *,
    agendas: bool = False,
    again: bool = False,
    progress: Progress | None = None,
) -> FetchReport:
    """Bring a folder up to date with a portal.

    Every meeting is kept as soon as it is fetched, so that a run that was stopped goes on where it
    stopped. A meeting that the portal lists no more is removed, whatever the filters; not so where
    the list could not be read in full.

    Args:
        portal: Is asked.
        listing: Its meetings.
        folder: Of this portal.
        filters: Committees and time of what is fetched.
        agendas: Whether agendas of meetings without minutes are fetched too.
        again: Whether meetings are asked for whose entry in the list is as it was.
        progress: Is told of every meeting.

    Raises:
        PortalError: The portal fails time after time, or another process is writing to the folder.
    """
    begun = time.perf_counter()
    run = _Run(portal, listing, folder, agendas, again)
    with folder.opened():
        run.remove_withdrawn()
        wanted = [m for m in listing.meetings if _lets_in(filters, m) and run.wants(m)]
        # The newest first: they are what is asked for most, should the run be stopped.
        wanted.sort(key=lambda meeting: meeting.starts or "", reverse=True)
        if progress:
            progress.start(len(wanted))
        for meeting in wanted:
            run.bring(meeting)
            if progress:
                progress.advance(meeting.committee)
        run.remove_superseded()
    run.report.seconds = time.perf_counter() - begun
    return run.report


def _lets_in(filters: Filters, meeting: Listed) -> bool:
    held = meeting.date
    return (not filters.committees or meeting.committee in filters.committees) and (
        filters.since is None or (held is not None and held >= filters.since)
    )


class _Run:
    """One run, which remembers what it did."""

    def __init__(
        self, portal: Portal, listing: Listing, folder: Folder, agendas: bool, again: bool
    ) -> None:
        self.report = FetchReport()
        self.report.skipped += [NotFetched(portal.origin, fault) for fault in listing.faults]
        self._portal = portal
        self._listing = listing
        self._folder = folder
        self._agendas = agendas
        self._again = again
        self._failures = 0
        self._with_minutes = set(_meetings_with_minutes(listing.meetings))

    def wants(self, meeting: Listed) -> bool:
        """Tell whether a meeting is of a kind that is fetched."""
        if meeting.kind is Kind.AGENDA:
            return self._agendas and _sitting(meeting) not in self._with_minutes
        return meeting.kind is Kind.MINUTES

    def remove_withdrawn(self) -> None:
        """Remove what the portal lists no more, has closed, or has made an agenda again."""
        listed = {meeting.id.lower(): meeting for meeting in self._listing.meetings}
        for id_, held in list(self._folder.held.items()):
            now = listed.get(id_)
            gone = now is None and not self._listing.faults
            closed = now is not None and now.kind is Kind.CLOSED
            retracted = now is not None and held.kind is Kind.MINUTES and now.kind is Kind.AGENDA
            if gone or closed or (retracted and not self._agendas):
                self._withdraw(held)

    def remove_superseded(self) -> None:
        """Remove agendas of meetings whose minutes are kept under an id of their own."""
        minutes = set(_meetings_with_minutes(self._folder.held.values()))
        for held in list(self._folder.held.values()):
            if held.kind is Kind.AGENDA and _sitting(held) in minutes:
                self._withdraw(held)

    def bring(self, meeting: Listed) -> None:
        """Fetch a meeting unless it is as it was.

        Raises:
            PortalError: This is the last of several failures in a row.
        """
        held = self._folder.held.get(meeting.id.lower())
        if held == meeting and not self._again:
            self.report.unchanged += 1
            return
        try:
            self._folder.file_of(meeting.id)  # refused before it is asked for
        except PortalError as error:
            self._skip(meeting, error.reason)
            return
        try:
            self._keep(self._ask(meeting), held)
        except PortalGone as error:
            if held is None:
                self._skip(meeting, error.reason)
            else:
                self._withdraw(held)
        except PortalError as error:
            self._skip(meeting, error.reason)
            self._failures += 1
            if self._failures == _FAILURES:
                reason = f"{_FAILURES} meetings in a row cannot be fetched, the last because"
                raise PortalError(error.address, f"{reason} {error.reason}") from error
        else:
            self._failures = 0

    def _keep(self, published: Published, held: Listed | None) -> None:
        if published.items:
            if not self._folder.keep(published):
                self.report.unchanged += 1
            else:
                self._note(published.listed, Change.REPLACED if held else Change.FETCHED)
        elif held:
            self._withdraw(held)
        else:
            self._skip(published.listed, "its items are closed and have no titles")

    def _ask(self, meeting: Listed) -> Published:
        path = _MEETING + meeting.id
        try:
            return read_published(self._portal.read(path), meeting)
        except ValueError as error:
            address = self._portal.origin + path
            raise PortalError(address, f"this is no meeting ({error})") from error

    def _skip(self, meeting: Listed, reason: str) -> None:
        self.report.skipped.append(NotFetched(meeting.id, reason))

    def _withdraw(self, held: Listed) -> None:
        self._folder.remove(held.id)
        self._note(held, Change.WITHDRAWN)

    def _note(self, meeting: Listed, change: Change) -> None:
        self.report.changed.append(Changed(meeting, change))


def _meetings_with_minutes(meetings: Iterable[Listed]) -> Iterator[tuple[str, str]]:
    return (_sitting(meeting) for meeting in meetings if meeting.kind is Kind.MINUTES)


def _sitting(meeting: Listed) -> tuple[str, str]:
    """Tell which meeting an agenda, a supplementary agenda and the minutes are of."""
    return meeting.committee, meeting.starts or meeting.id
