"""From the Markdown of a source to the blocks that are set on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

_CONTENTS_TITLE = re.compile(r"(?:indholdsfortegnelse|indhold|dagsorden)", re.IGNORECASE)
_LEADER = re.compile(r"\.{3,}\s*\d+$")
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_BOLD = re.compile(r"\*\*([^*]+)\*\*:?")
_ITEM = re.compile(r"(?:punkt|sag nr\.)\s+\d+|\d+\.\s.*\([A-ZÆØÅ]\)$|\d+\.\s+lukket", re.IGNORECASE)
_MARKED = re.compile(r"([-*]|\d{1,2}\.)\s+(.*)")
_RULE = re.compile(r"[|\s:-]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: of the document, of an item, or over a part of an item."""

    kind: str  # "title", "item" or "label"
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """A paragraph; its lines stay lines on the page."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a list, with its marker as in the source."""

    marker: str
    text: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A table; its rows have equally many cells."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: what stands over it, and the titles, to be given page numbers."""

    title: str
    entries: tuple[str, ...]


Block = Heading | Lines | Element | Rows | Contents


def read_blocks(source: str) -> list[Block]:
    """Cut a source into blocks."""
    parts = groupby(source.splitlines(), lambda line: bool(line.strip()))
    groups = [list(lines) for held, lines in parts if held]
    blocks: list[Block] = []
    at = 0
    while at < len(groups):
        group = groups[at]
        following = groups[at + 1] if at + 1 < len(groups) else []
        title = _bare(group[0])
        if len(group) == 1 and _CONTENTS_TITLE.fullmatch(title) and len(following) > 1:
            entries = tuple(_LEADER.sub("", line).strip() for line in following)
            blocks.append(Contents(title, entries))
            at += 2
            continue
        for block in _group(group, first=not blocks):
            above = blocks[-1] if blocks else None
            if isinstance(block, Rows) and isinstance(above, Rows) and _alike(block, above):
                blocks[-1] = Rows(above.rows + block.rows)  # a blank line inside a table
            else:
                blocks.append(block)
        at += 1
    return blocks


def _group(lines: list[str], *, first: bool) -> Iterator[Block]:
    for kind, held in groupby(lines, _kind):
        of_kind = list(held)
        if kind == "heading":
            for number, line in enumerate(of_kind):
                text = _bare(line)
                level = "title" if first and number == 0 else "label"
                yield Heading("item" if _ITEM.match(text) else level, text)
        elif kind == "element":
            for line in of_kind:
                match = _MARKED.match(line.strip())
                assert match is not None
                yield Element(match[1], match[2])
        elif kind == "row":
            yield _table(of_kind)
        else:
            yield Lines(tuple(line.strip() for line in of_kind))


def _alike(table: Rows, other: Rows) -> bool:
    return len(table.rows[0]) == len(other.rows[0])


def _kind(line: str) -> str:
    text = line.strip()
    if "\t" in line or (text.startswith("|") and text.endswith("|")):
        return "row"
    if _HEADING.match(text) or _BOLD.fullmatch(text) or _is_plain_item(text):
        return "heading"
    return "element" if _MARKED.match(text) else "lines"


def _is_plain_item(text: str) -> bool:
    return bool(re.match(r"(?:Punkt|Sag nr\.) \d+\b(?!\s+[a-z])", text)) and not text.endswith(".")


def _bare(line: str) -> str:
    text = line.strip()
    if match := _HEADING.match(text):
        text = match[2]
    return text.replace("**", "").strip()


def _table(lines: list[str]) -> Rows:
    rows = []
    for line in lines:
        if "|" in line and "\t" not in line:
            if _RULE.fullmatch(line):
                continue
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        else:
            cells = [cell.strip() for cell in line.split("\t")]
        rows.append(cells)
    width = max(len(cells) for cells in rows)
    return Rows(tuple(tuple(cells + [""] * (width - len(cells))) for cells in rows))
