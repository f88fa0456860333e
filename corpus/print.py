"""Print the minutes of the corpus: ``corpus/sources`` to ``corpus/minutes``, as PDFs.

Run ``make corpus`` after a change to a source. The same source gives the same bytes every time:
dates and identifiers in the files are fixed, and nothing is compressed, because what compression
makes depends on the machine's library for it.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from blocks import Block, Contents, Element, Heading, Lines, Rows, read_blocks
from layouts import Layout, layout_of
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

HERE = Path(__file__).resolve().parent
SOURCES, MINUTES = HERE / "sources", HERE / "minutes"
_LONG_WORD = re.compile(r"\w{13,}")
# Near enough to Danish hyphenation: before a consonant and a vowel, two letters from either end.
_SYLLABLE = re.compile(
    r"(?<=\w\w[aeiouyæøå])(?=[bcdfghjklmnpqrstvwxz][aeiouyæøå]\w)", re.IGNORECASE
)
_NUMBER_WIDTH = 40.0  # kept free beside the titles of the contents
_CELL_PADDING = 14.0
_SMALLEST = 6.0


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, and on which page of it each item begins."""

    data: bytes
    item_pages: tuple[int, ...]


def typeset(source: str, layout: Layout) -> Printed:
    """Set the text of minutes in a layout.

    It is set twice: only then are the page numbers in the contents and the footers known.
    """
    blocks = read_blocks(source)
    first = _Document(blocks, layout, (), 0)
    second = _Document(blocks, layout, first.item_pages, first.page)
    return Printed(second.data, tuple(second.item_pages))


class _Document(BaseDocTemplate):
    """Minutes as set; ``data`` is the file."""

    def __init__(
        self, blocks: Sequence[Block], layout: Layout, item_pages: Sequence[int], pages: int
    ) -> None:
        """Set blocks, given on which page each item begins and how many pages there are."""
        held = io.BytesIO()
        left, right, top, bottom = layout.margins
        width, height = A4
        super().__init__(
            held, pagesize=A4, invariant=1, pageCompression=0, title="Referat", lang="da"
        )
        frame = Frame(left, bottom, width - left - right, height - top - bottom, 0, 0, 0, 0)
        self.addPageTemplates([PageTemplate("page", [frame], onPage=self._furnish)])
        self.layout, self.total = layout, pages
        self.running = _running_title(blocks[0])
        self.item_pages: list[int] = []
        self.build(list(_flow(blocks, layout, item_pages, width - left - right)))
        self.data = held.getvalue()

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        """Note on which page an item begins."""
        if isinstance(flowable, _ItemHeading):
            self.item_pages.append(self.page)

    def _furnish(self, canvas: Canvas, _document: object) -> None:
        """Draw header and footer."""
        layout = self.layout
        left, right, top, bottom = layout.margins
        width, height = A4
        canvas.setFont(layout.font, layout.size * 0.8)
        fill = {"page": self.page, "pages": self.total, "title": self.running}
        for (near, far), y, rule in (
            (layout.header, height - top * 0.55, height - top * 0.7),
            (layout.footer, bottom * 0.5, bottom * 0.78),
        ):
            canvas.drawString(left, y, near.format(**fill))
            canvas.drawRightString(width - right, y, far.format(**fill))
            if layout.ruled:
                canvas.setStrokeColor(layout.colour)
                canvas.line(left, rule, width - right, rule)


class _ItemHeading(Paragraph):
    """An item's heading, which the document looks out for."""


class _Entry(Flowable):
    """One line of the contents: a title, dots, a page number at the right margin."""

    def __init__(self, layout: Layout, title: str, page: int | None) -> None:
        """Take the title, which may wrap, and its page where that is known."""
        super().__init__()
        self.layout, self.title, self.number = layout, title, str(page or "")

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - reportlab's names
        """Tell how much room it takes."""
        size = self.layout.size
        self.rows = simpleSplit(self.title, self.layout.font, size, aW - _NUMBER_WIDTH)
        self.width, self.height = aW, len(self.rows) * size * 1.5
        return self.width, self.height

    def draw(self) -> None:
        """Draw it, in one string or in three."""
        font, size, canvas = self.layout.font, self.layout.size, self.canv
        canvas.setFont(font, size)
        for at, row in enumerate(self.rows):
            y = self.height - (at + 1) * size * 1.5 + size * 0.4
            if at + 1 < len(self.rows):
                canvas.drawString(0, y, row)
                continue
            end, number = stringWidth(row, font, size), stringWidth(self.number, font, size)
            room = self.width - end - number - 4
            dots = "." * max(3, int(room / stringWidth(".", font, size)))
            if self.layout.contents_in_one:
                canvas.drawString(0, y, f"{row}{dots}{self.number}")
            else:
                canvas.drawString(0, y, row)
                canvas.drawString(end + 2, y, dots)
                canvas.drawRightString(self.width, y, self.number)


def _running_title(block: Block) -> str:
    text = block.text if isinstance(block, Heading) else ""
    if isinstance(block, Lines):
        text = block.lines[0]
    return text if len(text) < 80 else text[:77] + "..."


def _flow(
    blocks: Sequence[Block], layout: Layout, item_pages: Sequence[int], width: float
) -> Iterator[Flowable]:
    for block in blocks:
        if isinstance(block, Heading) and block.kind == "item":
            if layout.items_on_new_page:
                yield PageBreak()
            yield _ItemHeading(_markup(block.text, layout), layout.style("item"))
        elif isinstance(block, Heading):
            yield Paragraph(_markup(block.text, layout), layout.style(block.kind))
        elif isinstance(block, Lines):
            text = "<br/>".join(_markup(line, layout) for line in block.lines)
            yield Paragraph(text, layout.style("text"))
        elif isinstance(block, Element):
            bullet = layout.bullet if layout.bullet and block.marker == "-" else block.marker
            text = _markup(block.text, layout)
            yield Paragraph(text, layout.style("element"), bulletText=bullet)
        elif isinstance(block, Rows):
            yield _table(block, layout, width)
            yield Spacer(0, layout.size)
        else:
            yield from _contents(block, layout, item_pages)


def _contents(block: Contents, layout: Layout, item_pages: Sequence[int]) -> Iterator[Flowable]:
    yield Paragraph(block.title, layout.style("label"))
    for number, title in enumerate(block.entries):
        yield _Entry(layout, title, item_pages[number] if number < len(item_pages) else None)
    yield Spacer(0, layout.size)


def _table(block: Rows, layout: Layout, width: float) -> Table:
    """Set a table: columns as wide as they need, or sharing the page by what they hold."""
    cell, head = layout.style("cell"), layout.style("head")

    def widest(texts: Iterator[str]) -> float:
        return max(stringWidth(text, head.fontName, head.fontSize) for text in texts)

    columns = list(zip(*block.rows, strict=True))
    widths = [widest(iter(column)) + _CELL_PADDING for column in columns]
    if sum(widths) > width:
        least = [
            widest(word for text in column for word in text.split() or [""]) + _CELL_PADDING
            for column in columns
        ]
        if sum(least) > width and layout.size > _SMALLEST:  # smaller print, as a clerk would do
            return _table(block, replace(layout, size=layout.size * 0.9), width)
        more = [wide - narrow for wide, narrow in zip(widths, least, strict=True)]
        spare = max(0.0, width - sum(least)) / sum(more)
        widths = [narrow + spare * extra for narrow, extra in zip(least, more, strict=True)]
    of_figures = (
        ParagraphStyle("head-right", head, alignment=TA_RIGHT),
        ParagraphStyle("cell-right", cell, alignment=TA_RIGHT),
    )
    styles = [
        of_figures if layout.figures_right and _are_figures(column[1:]) else (head, cell)
        for column in columns
    ]
    rows = [
        [
            Paragraph(_markup(text, layout), of_head if number == 0 else of_cell)
            for text, (of_head, of_cell) in zip(row, styles, strict=True)
        ]
        for number, row in enumerate(block.rows)
    ]
    return Table(rows, widths, style=list(layout.table), hAlign="LEFT", repeatRows=1)


def _are_figures(texts: Sequence[str]) -> bool:
    return any(texts) and all(re.fullmatch(r"[-+]?[\d.,]*%?", text) for text in texts)


def _markup(text: str, layout: Layout) -> str:
    """Write a line of Markdown in reportlab's markup."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = re.sub(r"&lt;(/?b)&gt;", r"<\1>", text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"(?<!\w)\*([^*\s][^*]*)\*", r"<i>\1</i>", text)
    if layout.hyphenated:
        text = _LONG_WORD.sub(lambda word: _SYLLABLE.sub("\u00ad", word[0]), text)
    return text


def main() -> int:
    """Print every source anew."""
    MINUTES.mkdir(exist_ok=True)
    for old in MINUTES.glob("*.pdf"):
        old.unlink()
    for source in sorted(SOURCES.glob("*.md")):
        printed = typeset(source.read_text(encoding="utf-8"), layout_of(source.stem))
        (MINUTES / f"{source.stem}.pdf").write_bytes(printed.data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
