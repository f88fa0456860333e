"""The text of minutes as HTML that is safe to show, with quotes marked.

Only characters that a reader sees (``indexer.markup.visible``) are shown, each of them escaped, so
no markup of a document, Markdown or HTML, ever reaches the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby, pairwise

from indexer.markup import heading_level, visible
from indexer.model import PAGE_BREAK, AgendaItem

Span = tuple[int, int]

# How much of a long paragraph is shown on either side of a quote, in characters.
_AROUND = 320
# A line shorter than this, or one that ends within a sentence, was ended by its author where the
# next begins with a capital; any other was wrapped by a program.
_WRAPPED = 60
_LIST = re.compile(r"\s*(?:[-–•*]|(?P<number>\d{1,2})[.)]|(?P<letter>[a-z])\))\s+(?=\S)")
_RULE = re.compile(r"\s*\|?\s*:?-{2,}[-:|\s]*")
_FIGURE = re.compile(r"[-–+]?\d[\d.,]*(?:\s*(?:%|procent|kr\.?|(?:mio|mia|t)\. kr\.?))?")
_FIGURE_CLASS = ' class="pv-figure"'
_BLANK = re.compile(r"\n[ \t]*\n")
_BREAK = re.compile(r"\n|(?<=[.!?])\s+(?=[A-ZÆØÅ»\"”])")


def item_html(item: AgendaItem, marks: Sequence[Span] = ()) -> str:
    """Set a whole agenda item, section by section, its title and case number left out."""
    page = _Page(item, marks)
    return "".join(
        (f"<h4>{escape(section.heading)}</h4>" if section.heading else "")
        + page.html(section.start, section.end)
        for section in item.sections
    )


def range_html(item: AgendaItem, start: int, end: int) -> str:
    """Set a part of an agenda item as it stands."""
    return _Page(item, ()).html(start, end)


def passage_html(item: AgendaItem, start: int, end: int) -> str:
    """Set the paragraph that holds a quote, with the quote marked, inside quotation marks.

    What introduces it ("Det foreslås:", or the line above a list) is shown with it, and a very
    long paragraph only near the quote.
    """
    page = _Page(item, [(start, end)])
    first, last = page.paragraph(start, end)
    shown_first, shown_last = page.near(first, start, end, last)
    opening = "»… " if shown_first > first else "»"
    closing = " …«" if shown_last < last else "«"
    return page.html(shown_first, shown_last, opening, closing)


@dataclass(frozen=True, slots=True)
class _Line:
    """What is set as one: a paragraph, a heading, a list element or a table row."""

    start: int
    end: int
    number: int = 0


@dataclass(slots=True)
class _Block:
    """Lines set together: ``kind`` is prose, heading, bullets, numbers, letters or table."""

    kind: str
    lines: list[_Line] = field(default_factory=list)


class _Page:
    """One item's text, what a reader sees of it, and what is marked in it."""

    def __init__(self, item: AgendaItem, marks: Sequence[Span]) -> None:
        self.item = item
        self.text = item.text.replace(PAGE_BREAK, "\n")
        self.seen = frozenset(visible(self.text))
        self.marks = marks

    def paragraph(self, start: int, end: int) -> Span:
        """Find the paragraph around a quote, never outside its section."""
        section = self.item.section_at(start)
        low, high = (section.start, section.end) if section else (0, len(self.text))
        high = max(high, end)
        breaks = [low, *(match.end() for match in _BLANK.finditer(self.text, low, start))]
        first = breaks[-1]
        introduced = self.text[:first].rstrip().endswith(":") or _LIST.match(self.text, first)
        if introduced and len(breaks) > 1:
            first = breaks[-2]
        after = _BLANK.search(self.text, end, high)
        return first, after.start() if after else high

    def near(self, first: int, start: int, end: int, last: int) -> Span:
        """Narrow a long stretch of prose to whole sentences or lines near the quote."""
        if "\t" in self.text[first:last] or "|" in self.text[first:last]:
            return first, last
        breaks = [match.end() for match in _BREAK.finditer(self.text, first, last)]
        early = [b for b in breaks if start - _AROUND <= b <= start]
        late = [b for b in breaks if end <= b <= end + _AROUND]
        return (
            early[0] if start - first > _AROUND and early else first,
            late[-1] if last - end > _AROUND and late else last,
        )

    def html(self, start: int, end: int, opening: str = "", closing: str = "") -> str:
        """Set a range as paragraphs, lists and tables, in quotation marks unless it is a table."""
        blocks = self._blocks(start, end)
        shown = [[self._inline(line.start, line.end) for line in block.lines] for block in blocks]
        if blocks and blocks[0].kind != "table" and blocks[-1].kind != "table":
            shown[0][0] = opening + shown[0][0]
            shown[-1][-1] += closing
        return "".join(self._set(block, texts) for block, texts in zip(blocks, shown, strict=True))

    def _blocks(self, start: int, end: int) -> list[_Block]:
        blocks: list[_Block] = []
        apart = True
        for match in re.finditer(r"[^\n]*\n?", self.text[start:end]):
            line = _Line(start + match.start(), start + match.end())
            if not match[0].strip():
                apart = True
                continue
            kind, line = _kind(match[0], line)
            before = blocks[-1].kind if blocks else ""
            if kind == "prose" and before not in {"", "heading", "table"} and not apart:
                last = blocks[-1].lines[-1]
                blocks[-1].lines[-1] = _Line(last.start, line.end, last.number)
            elif kind == before != "prose":
                blocks[-1].lines.append(line)
            else:
                blocks.append(_Block(kind, [line]))
            apart = False
        return blocks

    def _inline(self, start: int, end: int) -> str:
        runs = groupby(
            (position for position in range(start, end) if position in self.seen),
            key=lambda position: any(first <= position < last for first, last in self.marks),
        )
        parts = []
        for marked, positions in runs:
            html = "".join(self._letter(position) for position in positions)
            parts.append(f"<mark>{html}</mark>" if marked and html.strip() else html)
        return "".join(parts).strip().removesuffix("<br>")

    def _letter(self, position: int) -> str:
        letter = self.text[position]
        if letter != "\n":
            return escape(letter)
        line = self.text[self.text.rfind("\n", 0, position) + 1 : position].rstrip()
        following = self.text[position + 1 : position + 80].lstrip(' \t"”»*_([')
        author = len(line) < _WRAPPED or line[-1:].isalnum()
        return "<br>" if author and following[:1].isupper() else " "

    def _set(self, block: _Block, texts: Sequence[str]) -> str:
        match block.kind:
            case "heading":
                return "".join(f"<p><strong>{text}</strong></p>" for text in texts)
            case "bullets":
                return f"<ul>{''.join(f'<li>{text}</li>' for text in texts)}</ul>"
            case "numbers" | "letters":
                numbered = zip(block.lines, texts, strict=True)
                elements = (f'<li value="{line.number}">{text}</li>' for line, text in numbered)
                kind = ' type="a"' if block.kind == "letters" else ""
                return f"<ol{kind}>{''.join(elements)}</ol>"
            case "table":
                return self._table(block.lines)
            case _:
                return "".join(f"<p>{text}</p>" for text in texts)

    def _table(self, lines: Sequence[_Line]) -> str:
        rows = [line for line in lines if not _RULE.fullmatch(self.text[line.start : line.end])]
        ruled = len(lines) > 1 and len(rows) < len(lines)
        cells = [[self._inline(*span) for span in _cells(self.text, row)] for row in rows]
        figures = _figure_columns(cells[1:] if ruled else cells)
        html = []
        for index, row_cells in enumerate(cells):
            tag = "th" if ruled and index == 0 else "td"
            shown = (
                f"<{tag}{_FIGURE_CLASS if column in figures else ''}>{cell}</{tag}>"
                for column, cell in enumerate(row_cells)
            )
            html.append(f"<tr>{''.join(shown)}</tr>")
        # A table that is wider than the screen scrolls by itself, by keyboard too.
        return (
            '<div class="pv-table" tabindex="0" role="group" aria-label="Tabel">'
            f"<table>{''.join(html)}</table></div>"
        )


def _kind(text: str, line: _Line) -> tuple[str, _Line]:
    """Tell how a line is set; a list element begins after its bullet."""
    if heading_level(text):
        return "heading", line
    if text.lstrip().startswith("|") or "\t" in text:
        return "table", line
    if bullet := _LIST.match(text):
        start = line.start + bullet.end()
        if bullet["number"]:
            return "numbers", _Line(start, line.end, int(bullet["number"]))
        if bullet["letter"]:
            return "letters", _Line(start, line.end, 1 + ord(bullet["letter"]) - ord("a"))
        return "bullets", _Line(start, line.end)
    return "prose", line


def _cells(text: str, row: _Line) -> list[Span]:
    """Find the cells of a row between pipes or tabs; the outer pipes hold none."""
    line = text[row.start : row.end].rstrip("\n")
    separator = "|" if line.lstrip().startswith("|") else "\t"
    ends = [index for index, letter in enumerate(line) if letter == separator]
    bounds = [-1, *ends, len(line)] if separator == "\t" else [*ends, len(line)]
    spans = [(row.start + first + 1, row.start + last) for first, last in pairwise(bounds)]
    return spans[:-1] if separator == "|" and not text[slice(*spans[-1])].strip() else spans


def _figure_columns(rows: Sequence[Sequence[str]]) -> set[int]:
    """Find the columns that hold figures, which are set flush right."""
    words = [[re.sub(r"<[^>]*>", "", cell).strip() for cell in row] for row in rows]
    found: dict[int, list[bool]] = {}
    for row in words:
        for column, cell in enumerate(row):
            if cell:
                found.setdefault(column, []).append(bool(_FIGURE.fullmatch(cell)))
    return {column for column, figures in found.items() if sum(figures) * 2 >= len(figures)}
