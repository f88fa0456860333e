"""HTML as the text that the parser reads: headings and bold lines marked, lists, table rows.

The portal's HTML comes from word processors: labels stand in ``<h3>`` or in bold, tables may serve
as layout, tags are left open. Nothing of it is trusted to be well formed.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from indexer.glyphs import as_seen

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD = frozenset({"b", "strong"})
_BLOCKS = frozenset({
    "p", "div", "section", "article", "header", "blockquote", "address", "center", "pre",
    "ul", "ol", "dl", "dt", "dd", "hr", "figure", "figcaption", "form", "main",
})  # fmt: skip
# What is no text of the page.
_HIDDEN = frozenset({"script", "style", "title", "nav", "footer"})
_LEVEL = 3
_LONGEST_BOLD_LINE = 150
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
# What would be read as a heading though it is text.
_HASH = re.compile(r"^#", re.MULTILINE)


def html_text(html: str, *, level: int = _LEVEL) -> str:
    """Write HTML as text with Markdown headings, bold lines, list elements and table rows.

    Args:
        html: A page, or what the portal has of an item.
        level: The highest level of its headings; an item's own heading is "# …".
    """
    writer = _Writer(level)
    writer.feed(html)
    writer.close()
    writer.end()
    return as_seen(writer.text())


class _Writer(HTMLParser):
    """Collects blocks of text; one that goes on with a list or a table follows without a blank."""

    def __init__(self, level: int) -> None:
        super().__init__(convert_charrefs=True)
        self._level = level
        self._blocks: list[tuple[str, str]] = []  # what it is, and its text
        self._lines: list[list[tuple[str, bool]]] = [[]]  # of the open block: pieces, and if bold
        self._hidden = 0
        self._bold = 0
        self._heading = ""  # its marks, where one is open
        self._marker = ""  # of the list element that has begun
        self._lists: list[int | None] = []  # the last number of each open list, None for dots
        self._row: list[list[str]] | None = None  # the cells of the open row, each as lines
        self._in_cell = False

    def text(self) -> str:
        """Give all blocks."""
        parts: list[str] = []
        before = ""
        for kind, text in self._blocks:
            parts += [("\n" if kind == before and kind else "\n\n") if parts else "", text]
            before = kind
        return "".join(parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what the tag begins."""
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _BOLD:
            self._bold += 1
        elif tag == "br":
            self._lines.append([])
        elif tag in _HEADINGS:
            self.end_block()
            self._bold = 0  # left open above
            self._heading = "#" * max(self._level, int(tag[1])) + " "
        elif tag == "li":
            self._begin_element()
        elif tag == "tr":
            self._end_row()
            self.end_block()
            self._row = []
        elif tag in {"td", "th"}:
            self._end_cell()
            self._in_cell = self._row is not None
        elif tag in _BLOCKS:
            self._break()
            if tag in {"ul", "ol"}:
                self._lists.append(0 if tag == "ol" else None)

    def handle_endtag(self, tag: str) -> None:
        """End what the tag ends."""
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BOLD:
            self._bold = max(0, self._bold - 1)
        elif tag in {"td", "th"}:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self._end_row()
        elif tag in _HEADINGS:
            self.end_block()
        elif tag == "li" or tag in _BLOCKS:
            self._break()
            if tag in {"ul", "ol"} and self._lists:
                self._lists.pop()

    def handle_data(self, data: str) -> None:
        """Take text."""
        if not self._hidden:
            self._lines[-1].append((_INVISIBLE.sub("", data), self._bold > 0))

    def end(self) -> None:
        """End what no tag has ended."""
        self._end_row()
        self.end_block()

    def end_block(self) -> None:
        """End the paragraph, heading or list element that is open."""
        heading, marker = self._heading, self._marker
        lines = [line for pieces in self._lines if (line := _line(pieces, plain=bool(heading)))]
        self._lines = [[]]
        self._heading = ""
        if not lines:
            return
        self._marker = ""
        if heading:
            self._blocks.append(("", heading + " ".join(lines)))
        else:
            text = marker + _HASH.sub(r"\\#", "\n".join(lines))
            self._blocks.append(("element" if marker else "", text))

    def _break(self) -> None:
        """End a block, or within a table's cell only a line."""
        if self._in_cell:
            self._lines.append([])
        else:
            self.end_block()

    def _begin_element(self) -> None:
        self._break()
        number = self._lists[-1] if self._lists else None
        if number is not None:
            self._lists[-1] = number + 1
        if not self._in_cell:
            self._marker = "- " if number is None else f"{number + 1}. "

    def _end_cell(self) -> None:
        if self._row is not None and self._in_cell:
            self._row.append([line for pieces in self._lines if (line := _line(pieces))])
            self._lines = [[]]
            self._in_cell = False

    def _end_row(self) -> None:
        """End a row; where a single cell holds text the table is layout, and that a paragraph."""
        self._end_cell()
        row, self._row = self._row or [], None
        filled = [cell for cell in row if cell]
        if len(filled) > 1:
            cells = (" ".join(cell).replace("|", "/").replace("**", "") for cell in row)
            self._blocks.append(("row", f"| {' | '.join(cells)} |"))
        elif filled:
            self._blocks.append(("", _HASH.sub(r"\\#", "\n".join(filled[0]))))


def _line(pieces: list[tuple[str, bool]], *, plain: bool = False) -> str:
    """Join the pieces of a line; one that is all bold is marked, since it may be a label."""
    line = " ".join("".join(text for text, _ in pieces).split())
    bold = all(bold for text, bold in pieces if text.strip())
    if plain or not bold or not line or len(line) > _LONGEST_BOLD_LINE or "*" in line:
        return line
    return f"**{line}**"
