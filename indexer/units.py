"""The smallest pieces that can answer: sentences, list elements, table rows.

Each is a range of the item's text, so that whatever answers can be quoted verbatim. What belongs
together (a list with its elements, a table with its rows) shares a group number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from indexer.lines import Line, split_lines
from indexer.markup import plain


class Kind(StrEnum):
    """What a unit is in the layout of the text."""

    SENTENCE = "sentence"
    ELEMENT = "element"
    ROW = "row"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Unit:
    """``text[start:end]``; ``group`` counts paragraphs, lists and tables from 0."""

    kind: Kind
    start: int
    end: int
    group: int


_MARKER = re.compile(r"(?:[-•–*◦▪·‐]|\(?\d{1,2}[.)]|\(?[a-zæøå][.)])[ \t]+(?=\S)")
_THAT = re.compile(r"at\s+\S")
_RULE = re.compile(r"[|\s:+=-]+")
_PSEUDO_HEADING = re.compile(r"[A-ZÆØÅ0-9][^.!?;]{1,70}[^.!?;:,]")
_TERMINAL = (".", "!", "?", ":", ";")

_NEVER_ENDS = frozenset(
    "ca pr jf jfr nr stk kl d vedr inkl ekskl dvs fx pkt hhv s § sml evt maks max min tlf afd dr fru hr bl f "
    "eks bl.a f.eks t.o.m f.o.m m.h.t p.g.a pga ift iht if i.f.t i.h.t o o.a art kap par sagsnr j j.nr st dok "
    "forb fhv vha v incl mht henh resp".split()
)  # fmt: skip
# These may end a sentence: they do where a new one plainly begins.
_MAY_END = frozenset("kr pct mio mia mv m.v m.m osv m.fl mm".split())
_BREAK = re.compile(r"(?<=[.!?…])[\"”»')\]]*\s+(?=[\"“„”»«'(\[]*[A-ZÆØÅ0-9])")
_LAST_WORD = re.compile(r"([\wæøå§]+(?:\.[\wæøå]+)*)\.[\"”»')\]]*$", re.IGNORECASE)


def split_units(text: str, start: int, end: int) -> list[Unit]:
    """Cut a part of an item's text into units, in order; markup and blanks fall between them."""
    units: list[Unit] = []
    group = -1
    previous: Kind | None = None
    for kind, first, last in _paragraphs(text, start, end):
        if kind is not previous or kind not in (Kind.ELEMENT, Kind.ROW):
            group += 1
        previous = kind
        if kind in (Kind.ROW, Kind.HEADING):
            units.append(Unit(kind, first, last, group))
            continue
        for number, (a, b) in enumerate(_sentences(text, first, last)):
            units.append(Unit(kind if number == 0 else Kind.SENTENCE, a, b, group))
    return units


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[Kind, int, int]]:
    """Join lines into paragraphs, list elements, rows and headings."""
    blocks: list[tuple[Kind, int, int]] = []
    open_block = False  # whether the next line may still belong to the last block
    for line in split_lines(text[start:end]):
        if not line.text:
            open_block = open_block and _is_broken(text, blocks)
            continue
        kind, skipped = _kind(line)
        first, last = start + line.offsets[skipped], start + line.offsets[-1] + 1
        if kind is None and open_block and _continues(text, blocks[-1], first):
            blocks[-1] = (blocks[-1][0], blocks[-1][1], last)
        else:
            blocks.append((kind or Kind.SENTENCE, first, last))
        open_block = blocks[-1][0] in (Kind.SENTENCE, Kind.ELEMENT) and not line.raw.endswith("  ")
    for index, (kind, first, last) in enumerate(blocks):
        follower = blocks[index + 1] if index + 1 < len(blocks) else None
        is_heading = kind is Kind.SENTENCE and follower and _is_heading(text, first, last, follower)
        yield Kind.HEADING if is_heading else kind, first, last


def _kind(line: Line) -> tuple[Kind | None, int]:
    """Tell what a line begins (None for ordinary text), and how many characters mark it as that."""
    marker = _MARKER.match(line.text)
    if ("\t" in line.raw.lstrip() or line.text.count("|") > 1) and not marker:
        return (None if _RULE.fullmatch(line.text) else Kind.ROW), 0
    if line.level:
        return Kind.HEADING, 0
    if marker:
        return Kind.ELEMENT, marker.end()
    return (Kind.ELEMENT if _THAT.match(line.text) else None), 0


def _continues(text: str, block: tuple[Kind, int, int], first: int) -> bool:
    """Tell whether a line is more of the block above it: at once, or in the middle of a sentence."""
    gap = text[block[2] : first]
    return (gap.count("\n") < 2 and "\f" not in gap) or text[first].islower()


def _is_broken(text: str, blocks: list[tuple[Kind, int, int]]) -> bool:
    """Tell whether a blank line cuts a sentence in two, as page breaks in exported text do."""
    if not blocks:
        return False
    kind, first, last = blocks[-1]
    held = text[first:last].rstrip()
    return kind in (Kind.SENTENCE, Kind.ELEMENT) and not held.endswith(_TERMINAL) and len(held) > 60


def _is_heading(text: str, first: int, last: int, follower: tuple[Kind, int, int]) -> bool:
    held = plain(text[first:last]).strip()
    after = text[follower[1] : follower[2]].rstrip()
    return (
        bool(_PSEUDO_HEADING.fullmatch(held))
        and "\n" not in held
        and (
            follower[0] in (Kind.ELEMENT, Kind.ROW)
            or (after.endswith(_TERMINAL) and len(after) > 60)
        )
    )


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a paragraph into sentences, not at abbreviations, ordinals and initials."""
    at = start
    for gap in _BREAK.finditer(text, start, end):
        word = _LAST_WORD.search(text[at : gap.end()].rstrip())
        if word and (word[1].lower() in _NEVER_ENDS or (len(word[1]) == 1 and word[1].isalpha())):
            continue
        if word and word[1].lower() in _MAY_END and not text[gap.end()].isalpha():
            continue
        if word and word[1].isdigit() and len(word[1]) < 3 and _is_ordinal(text, gap.end()):
            continue
        stop = at + len(text[at : gap.end()].rstrip())
        if stop > at:
            yield at, stop
        at = gap.end()
    if text[at:end].strip():
        yield at, at + len(text[at:end].rstrip())


def _is_ordinal(text: str, after: int) -> bool:
    """Tell "1. Økonomiske Redegørelse" from "på punkt 4. Det …": an ordinal begins its phrase."""
    return not re.match(r"(?:Det|Der|De|Den|Dette|Disse|Herudover|Derudover|For|I|På|Efter)\b", text[after:])
