"""The command that fetches minutes from a municipality's portal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from indexer.errors import PortalError
from indexer.portal.client import Client, Manners, read_origin
from indexer.portal.fetching import FetchReport, fetch, fetch_listing
from indexer.portal.folder import Folder
from indexer.portal.shapes import Listed
from indexer.store import Meeting
from qa_engine.fetch_form import fetch_form, fetch_text
from qa_engine.filtering import resolve_filters
from qa_engine.json_form import dump
from qa_engine.options import AsJson, Committee, Since
from qa_engine.progress import Bar


def fetch_minutes(
    url: Annotated[
        str, typer.Argument(metavar="URL", help="A portal, such as https://dagsordener.fjordby.dk")
    ],
    committee: Committee = None,
    since: Since = None,
    into: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Else minutes/HOST in this folder.", file_okay=False),
    ] = None,
    agendas: Annotated[
        bool, typer.Option("--agendas", help="Also agendas of meetings that have no minutes yet.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Ask for every meeting, even if it looks unchanged.")
    ] = False,
    pause: Annotated[float, typer.Option(min=0, help="Seconds between two requests.")] = 1.0,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail when a meeting cannot be fetched.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Fetch minutes from a portal (FirstAgenda Publication): what is new, changed or withdrawn."""
    try:
        origin = read_origin(url)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    first_day = resolve_filters((), since=since).since  # before anything is asked
    with Bar("asking for the list of meetings") as bar, Client(origin, Manners(pause)) as client:
        listing = fetch_listing(client)
        known = [_meeting(listed) for listed in listing.meetings]
        filters = resolve_filters(known, committee=committee, since=first_day)
        path = into or Path("minutes", str(urlsplit(client.origin).hostname))
        report = fetch(
            client,
            listing,
            Folder(path, client.origin),
            filters,
            agendas=agendas,
            again=again,
            progress=bar,
        )
    print(dump(fetch_form(report, path)) if as_json else fetch_text(report, path))
    _check(report, origin, strict=strict)


def _meeting(listed: Listed) -> Meeting:
    return Meeting(listed.id, None, listed.committee, listed.date, listed.place, 0, None)


def _check(report: FetchReport, origin: str, *, strict: bool) -> None:
    """Fail where nothing could be fetched, or not everything and that is asked for."""
    if report.skipped and (strict or not (report.unchanged or report.changed)):
        others = len(report.skipped) - 1
        more = f" (and {others} more)" if others else ""
        first = report.skipped[0]
        raise PortalError(origin, f"meeting {first.meeting}: {first.reason}{more}")
