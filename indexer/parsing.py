"""From the text of a document to the minutes of a meeting."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from indexer.contents import Contents, find_contents
from indexer.errors import DocumentError
from indexer.heading_block import HeadingBlock, read_heading_block
from indexer.headings import Heading, find_headings
from indexer.lines import Line, split_lines
from indexer.model import PAGE_BREAK, AgendaItem, Minutes, Personal
from indexer.municipality import find_municipality, full_name, told_beside
from indexer.pages import Document, read_document
from indexer.running_lines import running_lines
from indexer.sections import read_item
from indexer.shared_attachments import with_shared_attachments
from indexer.told import with_told


def read_minutes(path: Path, source: str, municipality: str | None = None) -> Minutes:
    """Read one file as minutes.

    Args:
        path: The file.
        source: The name under which it is indexed.
        municipality: The municipality as the user gives it, which outweighs ``municipality.txt``
            beside the file, which outweighs the text.

    Raises:
        DocumentError: The file cannot be read, or holds no agenda items.
    """
    document = read_document(path, source)
    minutes = parse(document, source, municipality or told_beside(path))
    return replace(minutes, notices=document.notices, personal=_personal(document, minutes))


def _personal(document: Document, minutes: Minutes) -> tuple[Personal, ...]:
    """Tell page and item of each CPR number that was masked; the items follow the preamble."""
    ends = [*accumulate((len(item.text) for item in minutes.items), initial=len(minutes.preamble))]
    found = []
    for hit in document.personal:
        at = bisect_right(ends, hit.start)
        page = 1 + document.text.count(PAGE_BREAK, 0, hit.start) if document.paged else None
        item = minutes.items[min(at, len(minutes.items)) - 1].number if at else None
        found.append(Personal(page, item, hit.certain))
    return tuple(found)


def parse(document: Document, source: str, municipality: str | None = None) -> Minutes:
    """Read the text of a document as minutes.

    The text of the items together is the document from its first item heading to its end.

    Raises:
        DocumentError: There are no agenda items in it.
    """
    text = document.text
    lines = split_lines(text)
    told = document.told
    contents, headings = (Contents(), told.headings) if told else _find_items(lines)
    if not headings:
        raise DocumentError(
            source,
            "no agenda items were found in it; if these are minutes, their item headings have a "
            "form that is not known yet (see docs/minutes.md)",
        )
    above = _above_items(lines, contents, headings)
    block = told.block if told else read_heading_block(above)
    items, unknown = _items(text, lines, headings, document.paged, block)
    items = with_shared_attachments(items)
    minutes = Minutes(
        source=source,
        municipality=full_name(municipality)
        if municipality
        else find_municipality("\n".join(line.text for line in above), text),
        committee=block.committee,
        date=block.date,
        place=block.place,
        participants=block.participants,
        absent=block.absent,
        items=items,
        preamble=text[: lines[headings[0].first].start],
        unknown_headings=unknown,
    )
    return with_told(minutes, told) if told else minutes


def _find_items(lines: Sequence[Line]) -> tuple[Contents, Sequence[Heading]]:
    """Find the headings below the contents; where there are none, those were no contents."""
    contents = find_contents(lines)
    headings = find_headings(lines, contents)
    if headings or not contents.titles:
        return contents, headings
    return Contents(), find_headings(lines, Contents())


def _above_items(
    lines: Sequence[Line], contents: Contents, headings: Sequence[Heading]
) -> list[Line]:
    """Choose the lines above the first item, the table of contents left out."""
    above = range(headings[0].first)
    return [lines[i] for i in above if not contents.first <= i < contents.last]


def _items(
    text: str,
    lines: Sequence[Line],
    headings: Sequence[Heading],
    paged: bool,
    block: HeadingBlock,
) -> tuple[tuple[AgendaItem, ...], tuple[str, ...]]:
    """Read each item, from its heading to the next one's or the end of the document."""
    starts = [lines[heading.first].start for heading in headings]
    running = running_lines(text, lines, [heading.first for heading in headings])
    items: list[AgendaItem] = []
    unknown: list[str] = []
    for heading, start, end in zip(headings, starts, [*starts[1:], len(text)], strict=True):
        first_page = 1 + text.count(PAGE_BREAK, 0, start) if paged else None
        item, headings_unknown = read_item(text[start:end], heading, first_page, block, running)
        items.append(item)
        unknown.extend(f"{heading.number}: {line}" for line in headings_unknown)
    return tuple(items), tuple(unknown)
