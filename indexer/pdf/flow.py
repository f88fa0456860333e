"""From the lines of all pages to running text.

What a printed line break means is told by room, not by words alone: where the next word would
have fitted, the break was meant; where it would not, the line is full and the paragraph goes on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from indexer.labels import read_label
from indexer.model import Role
from indexer.pdf.hyphens import Hyphens
from indexer.pdf.lines import Line, Page, is_marker, leader
from indexer.pdf.measures import Measures
from indexer.pdf.tables import Row, find_tables

_CONTENTS_TITLE = re.compile(r"indholdsfortegnelse|indhold|dagsorden|sagsoversigt|punkter", re.I)
_TERMINAL = (".", ":", ";", "!", "?", ".)", "…")
_ALIGNED = 3.0
_SPARE = 0.1  # part of a line that the name of an attachment may leave free where it wraps
_LONGEST_HEADING = 250
_FEWEST_ENTRIES = 3
_ONE_CELL = 60  # characters of a row with one cell only, at most


class _Joint(Enum):
    """What lies between two lines."""

    RUN = " "
    LINE = "\n"
    PARAGRAPH = "\n\n"


@dataclass(slots=True)
class _Part:
    """A paragraph, heading, element or row in the making; ``lines`` is empty for a row."""

    joint: _Joint
    pages: int  # page breaks before it
    text: str
    lines: list[Line]
    heading: bool = False
    leader: bool = False
    text_x: float = 0.0
    marked: bool = False

    def written(self) -> str:
        """Write it, marked as Markdown marks it where its font says that it is a heading."""
        marked = self.heading and not self.text.endswith((".", ",", ";"))
        return f"## {self.text}" if marked and len(self.text) <= _LONGEST_HEADING else self.text


class Flow:
    """Writes the lines of a document as text, page by page."""

    def __init__(self, measures: Measures, hyphens: Hyphens) -> None:
        """Take what the document tells of its lines and of its hyphens."""
        self._measures = measures
        self._hyphens = hyphens
        self._parts: list[_Part] = []
        self._breaks = 0
        self._width = 0.0
        self._table_head = ""
        self._in_attachments = False

    def add_page(self, page: Page) -> None:
        """Add the lines of the next page."""
        if page.number > 1:
            self._breaks += 1
        self._width = page.width
        blocks = find_tables(_hanging(page.lines), self._measures.pitch)
        for block in _contents(blocks, self._measures):
            if isinstance(block, Row):
                self._add_row(block)
            elif isinstance(block, str):
                self._open(_Part(_Joint.LINE, self._breaks, block, [], leader=True))
            else:
                self._add_line(block)

    def text(self) -> str:
        """Write all of it; pages are parted by form feeds, paragraphs by blank lines."""
        written = ""
        for part in self._parts:
            before = part.joint.value if written else ""
            # A line of its own for each page break, so that a heading below begins a line.
            written += before.replace("\n\n", "\n") + "\f\n" * part.pages if part.pages else before
            written += part.written()
        return written.replace("\u00ad", "") + "\f" * self._breaks

    def _open(self, part: _Part) -> None:
        self._parts.append(part)
        self._breaks = 0

    def _add_row(self, row: Row) -> None:
        text = "\t".join(self._joined([line.text for line in cell]) for cell in row.cells)
        if self._breaks and text == self._table_head and self._in_table():
            return  # a head is repeated on each page
        above = self._parts[-1] if self._parts else None
        begins = above is None or bool(above.lines) or above.leader
        if begins and not self._in_table():
            self._table_head = text
        self._open(_Part(_Joint.PARAGRAPH if begins else _Joint.LINE, self._breaks, text, []))

    def _in_table(self) -> bool:
        """Tell whether only short lines, such as rows with one cell, stand below the last row."""
        for part in reversed(self._parts):
            if not part.lines and not part.leader:
                return True
            if len(part.text) > _ONE_CELL or part.text.endswith(".") or part.leader:
                return False
        return False

    def _add_line(self, line: Line) -> None:
        heading = self._measures.is_heading(line)
        dots = leader(line.text)
        above = self._parts[-1] if self._parts else None
        joint = self._joint(above, line, heading) if above else _Joint.PARAGRAPH
        if above and dots and self._is_rest_of_entry(above, line):
            joint = _Joint.RUN
        text = line.text
        if dots:
            text = f"{text[: dots.start()].rstrip(' .')}.....{dots['page'] or ''}"
        if joint is _Joint.RUN and above:
            above.text = self._run(above.text, text)
            above.lines.append(line)
            above.leader = above.leader or bool(dots)
            return
        marked = len(line.words) > 1 and is_marker(line.words[0].text)
        text_x = line.words[1].x if marked else line.x
        if above and above.marked and not marked and joint is _Joint.LINE:
            joint = _Joint.PARAGRAPH  # else it would be read as more of the element
        is_heading = heading and not dots
        label = read_label(text, marked=heading)
        if label or heading:
            self._in_attachments = label is not None and label.role is Role.ATTACHMENTS
        self._open(_Part(joint, self._breaks, text, [line], is_heading, bool(dots), text_x, marked))

    def _joint(self, above: _Part, line: Line, heading: bool) -> _Joint:
        """Decide what lies between a part and the line below it."""
        if not above.lines:
            return _Joint.LINE if above.leader else _Joint.PARAGRAPH
        last = above.lines[-1]
        turned = last.words[0].turn != line.words[0].turn
        new_page = self._breaks > 0 or last.page != line.page
        apart = not new_page and self._measures.is_new_paragraph(last, line)
        broken = _Joint.PARAGRAPH if apart or new_page or turned else _Joint.LINE
        alike = self._measures.is_heading(last) == heading and (
            not heading or abs(last.size - line.size) <= 0.05 * line.size
        )
        if apart or turned or not alike or above.leader:
            return broken
        full = not self._measures.would_fit(last, line.words[0].end - line.words[0].x, self._width)
        ended = above.text.endswith(_TERMINAL)
        lower = line.text[0].islower() and not line.text.startswith("at ")
        if new_page and ended and not (full and lower):
            return broken
        if is_marker(line.words[0].text) and not self._is_no_marker(
            above, line, full and not ended
        ):
            return broken
        if self._in_attachments and not (heading or lower) and self._slack(last) > _SPARE:
            return broken
        if _is_whole_label(above.text, heading=heading):
            return broken
        label = read_label(line.text, marked=heading)
        # "Integrationsudvalget den 3. marts 2021" may be the rest of a title.
        goes_on = (
            full and (lower or (heading and not ended and label.body is not None))
            if label
            else True
        )
        if label is not None and label.inline != 0 and not goes_on:
            return broken
        if not _aligned(above, last, line) and (ended or not (lower or full)):
            return broken
        return _Joint.RUN if full or (lower and not ended) else broken

    def _is_no_marker(self, above: _Part, line: Line, goes_on: bool) -> bool:
        """Tell "… den" / "1. oktober" and a dash at the start of a line from an element."""
        close = len(line.words) > 1 and line.gaps[0] < max([0.5, *line.gaps[1:]])
        return goes_on and close and abs(line.x - above.text_x) < _ALIGNED

    def _slack(self, line: Line) -> float:
        """Tell how much of its width a line leaves free at the right margin."""
        margin = self._measures.margins.get(self._width, self._width)
        return (margin - line.end) / max(1.0, margin - line.x)

    def _is_rest_of_entry(self, above: _Part, line: Line) -> bool:
        """Tell whether a line of the contents goes on from the line above it."""
        before = self._parts[-2] if len(self._parts) > 1 else None
        return (
            bool(above.lines)
            and not above.leader
            and before is not None
            and before.leader
            and above.pages == 0
            and not _CONTENTS_TITLE.fullmatch(above.text)
            and not self._measures.is_new_paragraph(above.lines[-1], line)
        )

    def _joined(self, texts: Sequence[str]) -> str:
        joined = ""
        for text in texts:
            joined = self._run(joined, text, breaks=0) if joined else text
        return joined

    def _run(self, above: str, below: str, breaks: int | None = None) -> str:
        """Join two lines of one paragraph, and the halves of a word between them."""
        breaks = self._breaks if breaks is None else breaks
        self._breaks -= breaks
        gap = "\f" * breaks or " "
        word = self._hyphens.join(above, below)
        if word is None:
            return above + gap + below
        whole, rest = word
        # A word that runs over a page stands on the page where it begins.
        return f"{whole}{gap}{rest}" if rest else whole + gap.strip(" ")


def _is_whole_label(text: str, *, heading: bool) -> bool:
    """Tell a label that nothing can follow on its line: no body in it still waits for its date."""
    label = read_label(text, marked=heading)
    return label is not None and label.inline is None and (not label.body or bool(label.date))


def _hanging(lines: Sequence[Line]) -> list[Line]:
    """Part a label in the margin from the text beside it, so that both are read as lines."""
    parted: list[Line] = []
    for line in lines:
        cells = line.cells()
        label = read_label(cells[0].text, marked=True) if len(cells) == 2 else None
        if label is not None and label.inline is None and len(cells[0].words) <= 4:
            parted.extend(cells)
        else:
            parted.append(line)
    return parted


def _contents(blocks: Sequence[Line | Row], measures: Measures) -> list[Line | Row | str]:
    """Write rows of titles with rising page numbers as lines of a table of contents."""
    written: list[Line | Row | str] = []
    for block in blocks:
        written.append(block)
    at = 0
    while at < len(written):
        stop, last = at, 0
        while stop < len(written) and (page := _entry_page(written[stop], last, measures)):
            stop, last = stop + 1, page
        if stop - at >= _FEWEST_ENTRIES:
            for index in range(at, stop):
                row = written[index]
                assert isinstance(row, Row)
                title = " ".join(line.text for cell in row.cells[:-1] for line in cell)
                written[index] = f"{title}.....{row.cells[-1][0].text}"
        at = max(stop, at + 1)
    return written


def _entry_page(block: Line | Row | str, after: int, measures: Measures) -> int | None:
    if (
        not isinstance(block, Row)
        or len(block.cells) < 2
        or not block.cells[-1]
        or not block.cells[0]
    ):
        return None
    number = block.cells[-1][0].text
    is_page = number.isdigit() and max(1, after) <= int(number) <= measures.pages
    return int(number) if is_page and block.page <= 1 + measures.pages // 4 else None


def _aligned(above: _Part, last: Line, line: Line) -> bool:
    """Tell whether a line begins where the lines of a paragraph begin, or is centred like them."""
    centred = abs((last.x + last.end) - (line.x + line.end)) / 2 < _ALIGNED
    first = len(above.lines) == 1 and line.x < last.x + _ALIGNED
    return (
        abs(line.x - above.text_x) < _ALIGNED or abs(line.x - last.x) < _ALIGNED or centred or first
    )
