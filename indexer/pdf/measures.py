"""What a document's lines have in common: text size, line spacing, right margin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.pdf.lines import Line, Page

_HEADING_SIZE = 1.12  # how much larger than the text a heading is, at least
_LONG = 30  # characters of a line that may reach the margin
_USUAL_PITCH = 1.2
_USUAL_BLANK = 0.25
_STRETCHED = 0.8  # how much wider than a blank the gaps of running text are, at most
_WIDEST_PITCH = 2.2
_NEW_PARAGRAPH = 1.25  # how much wider than between lines the gap before a paragraph is, at least


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of a document, in points but where noted.

    Attributes:
        size: Font size of the running text.
        bold: Whether the running text is in bold, so that bold says nothing.
        pitches: Distance of lines by font size, in parts of that size.
        margins: Where lines end at the right, by width of page.
        blank: Width of an ordinary blank, in parts of the font size.
        pages: How many pages there are.
    """

    size: float
    bold: bool
    pitches: dict[float, float]
    margins: dict[float, float]
    blank: float
    pages: int

    @property
    def pitch(self) -> float:
        """Distance of the lines of running text, in parts of the font size."""
        return self.pitches.get(self.size, _USUAL_PITCH)

    def is_heading(self, line: Line) -> bool:
        """Tell whether a line is set off from the text by its font."""
        return line.size >= _HEADING_SIZE * self.size or (line.bold and not self.bold)

    def is_new_paragraph(self, above: Line, below: Line) -> bool:
        """Tell whether two lines of a page stand further apart than those of a paragraph."""
        size = max(above.size, below.size)
        pitch = self.pitches.get(size) or self.pitch
        distance = above.y - below.y
        return distance <= 0 or distance > _NEW_PARAGRAPH * pitch * size

    def would_fit(self, line: Line, word_width: float, page_width: float) -> bool:
        """Tell whether a word would have had room at the end of a line.

        A line that is stretched further than running text counts as wide as it was before: some
        programs stretch the lines of a list too, each to the margin.
        """
        margin = self.margins.get(page_width, page_width)
        stretch = sum(gap - self.blank for gap in line.gaps)
        if stretch <= _STRETCHED * self.blank * len(line.gaps):
            stretch = 0.0
        end = line.end - (stretch - self.blank) * line.size
        return end + word_width <= margin + 0.5


def text_size(pages: Iterable[Page]) -> float:
    """Find the font size in which most characters are set."""
    sizes = Counter[float]()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def measure(pages: Sequence[Page]) -> Measures:
    """Take the measures of a document, its headers and footers left out."""
    lines = [line for page in pages for line in page.lines]
    size = text_size(pages)
    heavy = sum(len(line.text) for line in lines if line.bold)
    return Measures(
        size=size,
        bold=heavy > 0.5 * sum(len(line.text) for line in lines),
        pitches=_pitches(pages),
        blank=_blank(lines),
        margins={width: _margin(pages, width) for width in {page.width for page in pages}},
        pages=len(pages),
    )


def _blank(lines: Sequence[Line]) -> float:
    """Find the width of a blank that is not stretched: of the narrower ones."""
    gaps = sorted(gap for line in lines if len(line.text) >= _LONG for gap in line.gaps)
    return gaps[len(gaps) // 10] if gaps else _USUAL_BLANK


def _pitches(pages: Sequence[Page]) -> dict[float, float]:
    """Find the commonest distance of lines for each size of font."""
    seen: dict[float, Counter[float]] = {}
    for page in pages:
        for above, below in pairwise(page.lines):
            pitch = (above.y - below.y) / above.size
            if above.size == below.size and 0.5 < pitch <= _WIDEST_PITCH:
                # Only a line that is long can be followed by more of its paragraph.
                weight = 1 + 9 * (len(above.text) >= _LONG)
                seen.setdefault(above.size, Counter())[round(pitch, 2)] += weight
    return {size: counts.most_common(1)[0][0] for size, counts in seen.items()}


def _margin(pages: Sequence[Page], width: float) -> float:
    """Find how far lines reach to the right: the furthest that more than a stray few do."""
    lines = [line for page in pages if page.width == width for line in page.lines]
    ends = sorted((line.end for line in lines if len(line.text) >= _LONG), reverse=True)
    need = max(2, round(0.02 * len(ends)))
    for at, end in enumerate(ends):
        if len(ends) >= at + need and end - ends[at + need - 1] <= 0.6 * lines[0].size:
            return end
    return ends[0] if ends else width
