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
_NUMBERED = re.compile(r"\(?(\d{1,2})[.)][ \t]+(?=\S)")
_THAT = re.compile(r"at\s+\S")
# A line of a table's frame, or one to sign on.
_RULE = re.compile(r"[|\s:+=_-]{3,}")
_PSEUDO_HEADING = re.compile(r"[A-ZÆØÅ0-9][^.!?;]{1,70}[^.!?;:,]")
_TERMINAL = (".", "!", "?", ":", ";")

_NEVER_ENDS = frozenset({
    "ca", "pr", "jf", "jfr", "nr", "stk", "kl", "d", "vedr", "inkl", "ekskl", "dvs", "fx", "pkt",
    "hhv", "s", "§", "sml", "evt", "maks", "max", "min", "tlf", "afd", "dr", "fru", "hr", "bl", "f",
    "eks", "bl.a", "f.eks", "t.o.m", "f.o.m", "m.h.t", "p.g.a", "pga", "ift", "iht", "if", "i.f.t",
    "i.h.t", "o", "o.a", "art", "kap", "par", "sagsnr", "j", "j.nr", "st", "dok", "forb", "fhv",
    "vha", "v", "incl", "mht", "henh", "resp",
})  # fmt: skip
# These may end a sentence: they do where a new one plainly begins.
_MAY_END = frozenset({"kr", "pct", "mio", "mia", "mv", "m.v", "m.m", "osv", "m.fl", "mm"})
_BREAK = re.compile(
    r"(?<=[.!?…])(?P<closing>[\"”»')\]]*)[*_]*\s+[*_]*(?=[\"“„”»«'(\[]*[A-ZÆØÅ0-9])"
)
_BEGINS_A_SENTENCE = re.compile(
    r"(?:Det|Der|De|Den|Dette|Disse|Herudover|Derudover|For|I|På|Efter|Imod|Undlod|Herefter"
    r"|Forslaget|Indstillingen|Ændringsforslaget|Hverken|Fraværende|Afbud|Ikke til stede)\b"
)
# "1. Økonomiske Redegørelse", but "på punkt 4. Det …"; years end sentences.
_LONGEST_ORDINAL = 3
# Words that no sentence ends with, so that a name below a page break goes on with it.
_NEVER_LAST = re.compile(
    r"\b(?:i|på|af|til|fra|for|med|ved|om|at|som|der|den|det|de|en|et|under|efter|mellem|hos|mod"
    r"|over|gennem|omkring|uden|inden|langs|både|enten|samt|hvor)$"
)
# How many characters before a full stop tell what it ends.
_LOOK_BACK = 60
_LETTER_LIST = re.compile(r"(?:\b[A-ZÆØÅ]|\))(?:,| og| samt)(?: og| samt)? [A-ZÆØÅ]\.$")
_LAST_WORD = re.compile(r"([\w§]+(?:\.\w+)*)\.[\"”»')\]]*$")


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
    counted = 0
    for line in split_lines(text[start:end]):
        if not line.text:
            open_block = open_block and _is_broken(text, blocks[-1])
            continue
        if _RULE.fullmatch(line.text):
            open_block = False
            continue
        kind, skipped = _kind(line)
        number = _NUMBERED.match(line.text)
        # Exported text marks some elements of a list as headings; they go on counting.
        goes_on = bool(blocks) and blocks[-1][0] is Kind.ELEMENT
        if kind is Kind.HEADING and goes_on and number and int(number[1]) == counted + 1:
            kind, skipped = Kind.ELEMENT, number.end()
        counted = int(number[1]) if number else counted
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
        return Kind.ROW, 0
    if line.level:
        return Kind.HEADING, 0
    if marker:
        return Kind.ELEMENT, marker.end()
    return (Kind.ELEMENT if _THAT.match(line.text) else None), 0


def _continues(text: str, block: tuple[Kind, int, int], first: int) -> bool:
    """Tell whether a line is more of the block above it: at once, or in mid-sentence."""
    gap = text[block[2] : first]
    if (gap.count("\n") < 2 and "\f" not in gap) or text[first].islower():
        return True
    return _is_broken(text, block) and bool(_NEVER_LAST.search(text, block[1], block[2]))


def _is_broken(text: str, block: tuple[Kind, int, int]) -> bool:
    """Tell whether a blank line cuts a sentence in two, as page breaks in exported text do."""
    kind, first, last = block
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
        if not _ends_here(text, at, gap.end("closing"), gap.end()):
            continue
        yield at, gap.end("closing")
        at = gap.end()
    yield at, end


def _ends_here(text: str, start: int, stop: int, after: int) -> bool:
    """Tell a full stop from that of an abbreviation, an ordinal or an initial.

    Args:
        text: The item's text.
        start: First character of the sentence.
        stop: One past its full stop.
        after: First character of what follows.
    """
    held = text[max(start, stop - _LOOK_BACK) : stop]
    last = _LAST_WORD.search(held)
    if last is None:
        return True
    word = last[1].lower()
    if len(word) == 1 and word.isalpha():
        return bool(_LETTER_LIST.search(held) or _BEGINS_A_SENTENCE.match(text, after))
    if word.isdigit() and len(word) < _LONGEST_ORDINAL:
        return bool(_BEGINS_A_SENTENCE.match(text, after))
    return word not in _NEVER_ENDS and (word not in _MAY_END or text[after].isalpha())
