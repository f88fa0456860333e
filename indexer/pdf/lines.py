"""From the words of a page to its lines, as a reader sees them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from indexer.glyphs import LIKE
from indexer.pdf.words import Word

# In parts of the font size. Letters of a word may stand a little apart; a blank is a quarter or
# more; what stands further apart than any stretched line would have it are columns.
_LETTER_GAP = 0.15
COLUMN_GAP = 1.0
_ORDINARY_GAP = 0.6
_WIDE_GAP = 1.6
_SAME_LINE = 0.45
_EQUAL = 1.03  # how much gaps that are stretched alike may differ
_UNLIKE = 1.15  # how much words differ that are not figures in columns, at least

_LEADER = re.compile(r"\s*(?:\.\s?|…\s?){4,}\s*(?:side\s*)?(?P<page>\d{1,4})?\s*$", re.IGNORECASE)
_LONGEST_LEADER = 400
_AND = re.compile("og|eller|samt")
BULLETS = frozenset("•‣⁃∙◦▪▫■□●○➢➤►▶*·‐-–—")
_DRAWN = str.maketrans(
    {
        **LIKE,
        "\t": " ", "\f": " ", "\n": " ", "\r": " ",
        # Codes that WinAnsiEncoding leaves unused show a bullet (ISO 32000-1, annex D.2).
        "\x7f": "•", "\x81": "•", "\x8d": "•", "\x8f": "•", "\x90": "•", "\x9d": "•",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """Words on one line of a page, from left to right."""

    words: tuple[Word, ...]
    page: int

    @property
    def x(self) -> float:
        """Left edge of the first word."""
        return self.words[0].x

    @property
    def end(self) -> float:
        """Right edge of the last word."""
        return self.words[-1].end

    @cached_property
    def y(self) -> float:
        """Height of most of its characters."""
        return _most((word.y, len(word.text)) for word in self.words)

    @cached_property
    def size(self) -> float:
        """Font size of most of its characters."""
        return _most((round(word.size, 1), len(word.text)) for word in self.words) or 1.0

    @cached_property
    def bold(self) -> bool:
        """Whether all but a stray character is in bold."""
        heavy = sum(len(word.text) for word in self.words if word.bold)
        return heavy >= 0.9 * sum(len(word.text) for word in self.words)

    @cached_property
    def text(self) -> str:
        """Its words with single blanks between them."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def gaps(self) -> tuple[float, ...]:
        """Blank between neighbouring words, in parts of the font size."""
        return tuple((right.x - left.end) / self.size for left, right in pairwise(self.words))

    def cells(self) -> list[Line]:
        """Cut it where columns stand apart; running text stays whole, also within a cell.

        The gap behind a bullet or a number makes no column, and neither does one of a stretched
        line, whose gaps are all alike, nor what stands beside the dots of the contents.
        """
        gaps = self.gaps
        marked = len(gaps) > 1 and is_marker(self.words[0].text)
        judged = gaps[1:] if marked else gaps
        evenly = judged and min(judged) > _ORDINARY_GAP and max(judged) < _WIDE_GAP
        if not judged or evenly or leader(self.text):
            return [self]
        stretched = self._stretched()
        cuts = [
            at + 1
            for at, gap in enumerate(gaps)
            if gap >= COLUMN_GAP and at not in stretched and not (marked and at == 0)
        ]
        bounds = [0, *cuts, len(self.words)]
        return [Line(self.words[a:b], self.page) for a, b in pairwise(bounds)]

    def _stretched(self) -> set[int]:
        """Find gaps that are as wide as their neighbour while the words are not.

        And those within "Ældre-  og", which no column parts.
        """
        found = {
            at
            for at, (word, following) in enumerate(pairwise(self.words))
            if word.text.endswith("-") and _AND.fullmatch(following.text) and len(word.text) > 1
        }
        for at, (gap, following) in enumerate(pairwise(self.gaps)):
            widths = [word.end - word.x for word in self.words[at : at + 3]]
            alike = max(gap, following) <= _EQUAL * min(gap, following)
            if alike and max(widths) > _UNLIKE * min(widths):
                found |= {at, at + 1}
        return found


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes:
        number: Counted from 1.
        lines: From top to bottom.
        width: In points.
        painted: Whether it shows anything but text.
        picture: Part of the page that its largest picture takes.
        garbled: Part of its characters that stand for no letter.
    """

    number: int
    lines: tuple[Line, ...]
    width: float
    painted: bool = False
    picture: float = 0.0
    garbled: float = 0.0


def leader(text: str) -> re.Match[str] | None:
    """Find the dots, and the page number if there is one, at the end of a line of the contents."""
    return _LEADER.search(text, max(0, len(text) - _LONGEST_LEADER))


def is_marker(text: str) -> bool:
    """Tell whether a word is what stands before an element of a list."""
    if len(text) == 1:
        return text in BULLETS or unicodedata.category(text) == "Co"
    bare = text.strip("()")
    return (
        len(text) <= 4
        and text[-1] in ".)"
        and (bare.rstrip(".").isdigit() or (len(bare.rstrip(".")) == 1 and bare[0].isalpha()))
    )


def read_lines(words: Sequence[Word], page: int) -> list[Line]:
    """Put words into lines, from top to bottom; text set in another direction comes last."""
    counts = Counter[int]()
    for word in words:
        counts[word.turn] += len(word.text)
    lines: list[Line] = []
    for turn, _ in counts.most_common():
        turned = [_readable(word) for word in words if word.turn == turn]
        for row in _rows([word for word in turned if word.text]):
            merged = tuple(_merged(sorted(row, key=lambda word: word.x)))
            lines.append(Line(merged, page))
    return lines


def _readable(word: Word) -> Word:
    """Write a word in ordinary characters: å as one, no ligatures, no half characters."""
    text = unicodedata.normalize("NFC", word.text.translate(_DRAWN))
    text = "".join(
        "•" if unicodedata.category(c) == "Co" else c
        for c in text
        if unicodedata.category(c) not in ("Cc", "Cs", "Cn")
    )
    return replace(word, text=text.strip())


def _rows(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Group words by the height they stand at; a raised figure belongs to its line."""
    row: list[Word] = []
    tallest: Word | None = None
    for word in sorted(words, key=lambda word: (-word.y, word.x)):
        if tallest and tallest.y - word.y > _SAME_LINE * max(tallest.size, word.size):
            yield row
            row, tallest = [], None
        row.append(word)
        if tallest is None or word.size > tallest.size:
            tallest = word
    if row:
        yield row


def _merged(words: Sequence[Word]) -> Iterator[Word]:
    """Join the pieces of a word that was drawn in several strings."""
    held: Word | None = None
    for word in words:
        if held is not None and not word.blank and _touch(held, word):
            held = replace(
                held,
                text=held.text + word.text,
                end=max(held.end, word.end),
                bold=held.bold and word.bold,
                size=max(held.size, word.size),
            )
            continue
        if held is not None:
            yield held
        held = word
    if held is not None:
        yield held


def _touch(left: Word, right: Word) -> bool:
    gap = right.x - left.end
    return -0.6 * left.size < gap < _LETTER_GAP * max(left.size, right.size)


def _most(weighted: Iterator[tuple[float, int]]) -> float:
    """Find the value that weighs most."""
    totals: dict[float, int] = {}
    for value, weight in weighted:
        totals[value] = totals.get(value, 0) + weight
    return max(totals, key=lambda value: totals[value])
