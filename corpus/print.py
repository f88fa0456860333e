"""Print the minutes of the corpus: ``corpus/sources`` to ``corpus/minutes``, as PDFs.

Run ``make corpus`` after a change to a source. The same source gives the same bytes every time.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from blocks import Block, Contents, Element, Heading, Lines, Rows, read_blocks
from layouts import Layout, layout_of
from reportlab.lib.pagesizes import A4
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
_HYPHENATE = re.compile(r"\w{13,}")
_SYLLABLE = re.compile(r"(?<=[aeiouyæøå])(?=[bcdfghjklmnpqrstvwxz][aeiouyæøå])")


def typeset(source: str, layout: Layout) -> bytes:
    """Set the text of minutes in a layout.

    It is set twice: only then are the page numbers in the contents and the footers known.
    """
    blocks = read_blocks(source)
    first = _Document(blocks, layout, {}, 0)
    return _Document(blocks, layout, first.item_pages, first.pages).data


class _Contents(Flowable):  # type: ignore[misc]
    """One line of the contents: a title, dots, a page number at the right margin."""

    def __init__(self, layout: Layout, title: str, page: int) -> None:
        super().__init__()
        self.layout, self.title, self.number = layout, title, str(page)

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        layout = self.layout
        self.width = width
        self.rows = simpleSplit(self.title, layout.font, layout.size, width - 40)
        self.height = len(self.rows) * layout.size * 1.5
        return width, self.height

    def draw(self) -> None:
        layout, canvas = self.layout, self.canv
        canvas.setFont(layout.font, layout.size)
        dot = stringWidth(".", layout.font, layout.size)
        for at, row in enumerate(self.rows):
            y = self.height - (at + 1) * layout.size * 1.5 + layout.size * 0.4
            if at + 1 < len(self.rows):
                canvas.drawString(0, y, row)
                continue
            end = stringWidth(row, layout.font, layout.size)
            number = stringWidth(self.number, layout.font, layout.size)
            dots = "." * max(3, int((self.width - end - number - 4) / dot))
            if layout.contents_in_one:
                canvas.drawString(0, y, f"{row}{dots}{self.number}")
            else:
                canvas.drawString(0, y, row)
                canvas.drawString(end + 2, y, dots)
                canvas.drawRightString(self.width, y, self.number)


class _Item(Paragraph):  # type: ignore[misc]
    """An item's heading, which tells the document on which page it came."""


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """Minutes as set; ``data`` is the file."""

    def __init__(self, blocks: list[Block], layout: Layout, known: Mapping[int, int], pages: int) -> None:
        held = io.BytesIO()
        left, right, top, bottom = layout.margins
        super().__init__(held, pagesize=A4, invariant=1, pageCompression=0, title="Referat", lang="da")
        width, height = A4
        frame = Frame(left, bottom, width - left - right, height - top - bottom, 0, 0, 0, 0)
        self.addPageTemplates([PageTemplate("page", [frame], onPage=self._furnish)])
        self.layout, self.total = layout, pages
        self.running = _running_title(blocks)
        self.item_pages: dict[int, int] = {}
        self.build(list(_flow(blocks, layout, known, frame.width)))
        self.pages, self.data = self.page, held.getvalue()

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        if isinstance(flowable, _Item):
            self.item_pages[len(self.item_pages)] = self.page

    def _furnish(self, canvas: Canvas, _document: object) -> None:
        layout = self.layout
        left, right, top, bottom = layout.margins
        width, height = A4
        canvas.setFont(layout.font, layout.size * 0.8)
        for (near, far), y in ((layout.header, height - top * 0.55), (layout.footer, bottom * 0.5)):
            fill = {"page": self.page, "pages": self.total, "title": self.running}
            canvas.drawString(left, y, near.format(**fill))
            canvas.drawRightString(width - right, y, far.format(**fill))


def _running_title(blocks: list[Block]) -> str:
    first = blocks[0]
    text = first.text if isinstance(first, Heading) else first.lines[0] if isinstance(first, Lines) else ""
    return text if len(text) < 80 else text[:77] + "..."


def _flow(
    blocks: list[Block], layout: Layout, known: Mapping[int, int], width: float
) -> Iterator[Flowable]:
    items = 0
    for block in blocks:
        if isinstance(block, Heading):
            if block.kind == "item":
                items += 1
                if layout.items_on_new_page:
                    yield PageBreak()
                yield _Item(_markup(block.text, layout), layout.style("item"))
            else:
                yield Paragraph(_markup(block.text, layout), layout.style(block.kind))
        elif isinstance(block, Lines):
            text = "<br/>".join(_markup(line, layout) for line in block.lines)
            yield Paragraph(text, layout.style("text"))
        elif isinstance(block, Element):
            bullet = layout.bullet if layout.bullet and block.marker == "-" else block.marker
            yield Paragraph(_markup(block.text, layout), layout.style("element"), bulletText=bullet)
        elif isinstance(block, Rows):
            yield _table(block, layout, width)
            yield Spacer(0, layout.size)
        else:
            yield Paragraph(block.title, layout.style("label"))
            for number, title in enumerate(block.entries):
                yield _Contents(layout, title, known.get(number, 0))
            yield Spacer(0, layout.size)


def _table(block: Rows, layout: Layout, width: float) -> Table:
    """Set a table: columns as wide as they need, or sharing the page by what they hold."""
    cell, head = layout.style("cell"), layout.style("head")
    columns = list(zip(*block.rows, strict=True))
    wanted = [
        max(stringWidth(text, head.fontName, head.fontSize) for text in column) + 14 for column in columns
    ]
    if sum(wanted) > width:
        shortest = [
            max(stringWidth(w, head.fontName, head.fontSize) for t in column for w in (t.split() or [""])) + 14
            for column in columns
        ]
        spare = max(0.0, width - sum(shortest))
        more = [want - least for want, least in zip(wanted, shortest, strict=True)]
        wanted = [
            least + spare * extra / sum(more) for least, extra in zip(shortest, more, strict=True)
        ]
    rows = [
        [Paragraph(_markup(text, layout), head if number == 0 else cell) for text in row]
        for number, row in enumerate(block.rows)
    ]
    return Table(rows, wanted, style=list(layout.table), hAlign="LEFT", repeatRows=1)


def _markup(text: str, layout: Layout) -> str:
    """Write a line of Markdown in reportlab's markup."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"(?<!\w)\*([^*\s][^*]*)\*", r"<i>\1</i>", text)
    if layout.hyphenated:
        text = _HYPHENATE.sub(lambda word: _SYLLABLE.sub("\u00ad", word[0]), text)
    return text


def main() -> int:
    """Print every source anew."""
    MINUTES.mkdir(exist_ok=True)
    for old in MINUTES.glob("*.pdf"):
        old.unlink()
    for source in sorted(SOURCES.glob("*.md")):
        data = typeset(source.read_text(encoding="utf-8"), layout_of(source.stem))
        (MINUTES / f"{source.stem}.pdf").write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
