"""A meeting of the portal as a document: its text, and what the portal tells of its structure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.cpr import mask_cpr
from indexer.danish import format_date
from indexer.errors import DocumentError
from indexer.glyphs import as_seen
from indexer.heading_block import HeadingBlock, read_heading_block
from indexer.headings import Heading
from indexer.labels import read_label
from indexer.lines import split_lines
from indexer.portal.html_text import html_text
from indexer.portal.links import attachment_link, item_link, meeting_link
from indexer.portal.shapes import Attachment, Field, Item, Kind, Published, read_published
from indexer.told import Told

NOT_DECIDED = "det er en dagsorden, ikke et referat; intet i den er besluttet"
_MARKUP_HEADING = re.compile(r"^(?:#|\*\*)", re.MULTILINE)
_BRACKETS = str.maketrans("[]\n", "() ")


def read_portal(text: str, source: str) -> tuple[str, Told]:
    """Read the JSON of one meeting, as the portal sends it or as ``punktvis fetch`` keeps it.

    Returns:
        The meeting as text, with Markdown headings, and its structure.

    Raises:
        DocumentError: It is no meeting, or holds no items.
    """
    try:
        published = read_published(json.loads(text))
    except (ValueError, RecursionError) as error:
        reason = f"this is no meeting of FirstAgenda Publication ({error}); fetch it again"
        raise DocumentError(source, reason) from error
    if not published.items:
        raise DocumentError(source, "its items are closed and have no titles; there is no text")
    return _write(published)


def _write(published: Published) -> tuple[str, Told]:
    portal, meeting = published.portal, published.listed
    preamble = _preamble(published)
    lines = preamble.split("\n")
    headings = []
    for number, item in _numbered(published.items):
        opening, case = f"# Punkt {number}: ", "Sagsnr.: "
        title = _title(item, number)
        headings.append(
            Heading(
                first=len(lines),
                last=len(lines),
                number=number,
                title=_masked(opening, title),
                closed=not item.is_open,
                case_number=_masked(case, item.case_number) if item.case_number else None,
            )
        )
        below = [f"{case}{item.case_number}"] if item.case_number else []
        lines += [opening + title, *below, "", *_body(item, portal).split("\n"), ""]
    told = Told(
        block=_block(published, preamble),
        headings=tuple(headings),
        decided=meeting.kind is not Kind.AGENDA,
        url=meeting_link(portal, meeting.id) if portal else None,
        item_urls=tuple(
            item_link(portal, meeting.id, item.id) if portal else None for item in published.items
        ),
    )
    return "\n".join(lines), told


def _preamble(published: Published) -> str:
    meeting = published.listed
    what = "DAGSORDEN" if meeting.kind is Kind.AGENDA else "REFERAT"
    parts = (
        f"# {what}: {meeting.committee}",
        f"Mødedato: {format_date(meeting.date)}" if meeting.date else None,
        f"Mødested: {meeting.place}" if meeting.place else None,
        f"Mødedeltagere: {published.participants}" if published.participants else None,
    )
    return "\n".join(" ".join(part.split()) for part in parts if part) + "\n"


def _block(published: Published, preamble: str) -> HeadingBlock:
    """Read who took part from the preamble; body and date are told."""
    meeting = published.listed
    found = read_heading_block(split_lines(_masked("", preamble)))
    return replace(found, committee=meeting.committee or found.committee, date=meeting.date)


def _masked(before: str, text: str) -> str:
    """Mask the CPR numbers of a text that is told beside the document, as they are in it."""
    return mask_cpr(before + text)[0][len(before) :]


def _title(item: Item, number: str) -> str:
    """Give an item's title without the number that some write before it."""
    title = " ".join(as_seen(item.title or "Uden titel").split())
    return re.sub(rf"^(?:punkt\s+)?{re.escape(number)}\s*[.:]\s*(?=\S)", "", title, flags=re.I)


def _numbered(items: tuple[Item, ...]) -> Iterator[tuple[str, Item]]:
    """Number the items as the portal does; an item is known by its number, so none comes twice."""
    taken: set[str] = set()
    for place, item in enumerate(items, 1):
        number = told = (item.number or "").strip(" .:\n") or str(place)
        again = 2
        while number in taken:
            number, again = f"{told} ({again})", again + 1
        taken.add(number)
        yield number, item


def _body(item: Item, portal: str | None) -> str:
    """Write what stands below heading and case number."""
    if not item.is_open:
        return "Lukket punkt"
    fields = (_field(field) for field in item.fields)
    attachments = "\n".join(_attachment(attachment, portal) for attachment in item.attachments)
    listed = f"### Bilag\n\n{attachments}" if attachments else ""
    return "\n\n".join(part for part in (*fields, listed) if part)


def _field(field: Field) -> str:
    """Write a part; its name is a label where it holds none of its own, or is a known one."""
    text = html_text(field.html) if field.html else (field.text or "")
    name = " ".join((field.name or "").split())
    labelled = name and text and not text.startswith("#")
    if labelled and (read_label(name, marked=True) or not _MARKUP_HEADING.search(text)):
        return f"### {name}\n\n{text}"
    return text


def _attachment(attachment: Attachment, portal: str | None) -> str:
    name = attachment.name.translate(_BRACKETS)
    if portal is None or attachment.id is None:
        return f"- {name}"
    return f"- [{name}]({attachment_link(portal, attachment.id)})"
