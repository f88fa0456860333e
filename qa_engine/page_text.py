"""The text of minutes as HTML that is safe to show, with quotes marked.

Only characters that a reader sees (``indexer.markup.visible``) are shown, each of them escaped, so
no markup of a document, Markdown or HTML, ever reaches the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from indexer.markup import heading_level, visible
from indexer.model import PAGE_BREAK, AgendaItem

Span = tuple[int, int]

# How much of a long paragraph is shown on either side of a quote, in characters.
_AROUND = 320
# A line shorter than this was ended by its author, a longer one by a program that wraps.
_WRAPPED = 60
_LIST = re.compile(r"\s*(?:[-–•*]|(?P<number>\d{1,2})[.)]|[a-zæøå]\))\s+(?=\S)")
_RULE = re.compile(r"\s*\|?\s*:?-{2,}[-:|\s]*")
_FIGURE = re.compile(r"[-–+]?\d[\d.,]*(?:\s*(?:%|procent|kr\.?|(?:mio|mia|t)\. kr\.?))?")
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


def passage_html(item: AgendaItem, start: int, end: int) -> str:
    """Set the paragraph that holds a quote, with the quote marked, inside quotation marks.

    A line that introduces the paragraph ("Det foreslås:") is shown with it, and a very long
    paragraph only near the quote.
    """
    page = _Page(item, [(start, end)])
    first, last = page.paragraph(start, end)
    shown_first, shown_last = page.near(first, start, end, last)
    opening = "»… " if shown_first > first else "»"
    closing = " …«" if shown_last < last else "«"
    return page.html(shown_first, shown_last, opening, closing)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    number: str = ""


@dataclass(slots=True)
class _Block:
    """Lines that are set together: ``kind`` is prose, heading, bullets, numbers or table."""

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
        breaks = [match.end() for match in _BLANK.finditer(self.text, low, start)]
        first = breaks[-1] if breaks else low
        if len(breaks) > 1 and self.text[:first].rstrip().endswith(":"):
            first = breaks[-2]
        elif breaks and self.text[:first].rstrip().endswith(":"):
            first = low
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
            if kind == "prose" and before in {"bullets", "numbers"} and not apart:
                last = blocks[-1].lines[-1]
                blocks[-1].lines[-1] = _Line(last.start, line.end, last.number)
            elif kind == before and not (apart and kind == "prose"):
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
            html = escape("".join(self.text[position] for position in positions))
            parts.append(f"<mark>{html}</mark>" if marked and html.strip() else html)
        return "".join(parts).strip()

    def _set(self, block: _Block, texts: Sequence[str]) -> str:
        match block.kind:
            case "heading":
                return "".join(f"<p><strong>{text}</strong></p>" for text in texts)
            case "bullets":
                return f"<ul>{''.join(f'<li>{text}</li>' for text in texts)}</ul>"
            case "numbers":
                numbered = zip(block.lines, texts, strict=True)
                elements = (f'<li value="{line.number}">{text}</li>' for line, text in numbered)
                return f"<ol>{''.join(elements)}</ol>"
            case "table":
                return self._table(block.lines)
            case _:
                ends = ["<br>" if line.end - line.start < _WRAPPED else " " for line in block.lines]
                pairs = zip(texts, [*ends[:-1], ""], strict=True)
                return f"<p>{''.join(text + end for text, end in pairs)}</p>"

    def _table(self, lines: Sequence[_Line]) -> str:
        rows = [line for line in lines if not _RULE.fullmatch(self.text[line.start : line.end])]
        ruled = len(lines) > 1 and len(rows) < len(lines)
        html = []
        for index, row in enumerate(rows):
            tag = "th" if ruled and index == 0 else "td"
            cells = [self._inline(*span) for span in _cells(self.text, row)]
            html.append(f"<tr>{''.join(_cell(tag, cell) for cell in cells)}</tr>")
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
        number = bullet["number"] or ""
        return "numbers" if number else "bullets", _Line(line.start + bullet.end(), line.end, number)
    return "prose", line


def _cells(text: str, row: _Line) -> list[Span]:
    """Find the cells of a row between pipes or tabs; the outer pipes hold none."""
    line = text[row.start : row.end].rstrip("\n")
    separator = "|" if line.lstrip().startswith("|") else "\t"
    ends = [index for index, letter in enumerate(line) if letter == separator]
    bounds = [-1, *ends, len(line)] if separator == "\t" else [*ends, len(line)]
    spans = [
        (row.start + first + 1, row.start + last)
        for first, last in zip(bounds, bounds[1:], strict=False)
    ]
    return spans[:-1] if separator == "|" and not text[slice(*spans[-1])].strip() else spans


def _cell(tag: str, html: str) -> str:
    words = re.sub(r"<[^>]*>", "", html).strip()
    css = ' class="pv-figure"' if _FIGURE.fullmatch(words) else ""
    return f"<{tag}{css}>{html}</{tag}>"
