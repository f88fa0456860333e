"""Finding where each agenda item begins.

Municipalities write item headings in many ways, and every way also occurs in running text: a
decision says "Punkt 1 taget til efterretning", a list counts "1. 2. 3.". So no line is judged
alone. Each way of writing is tried on the whole document; its candidates are weighed by what
stands around them (the table of contents, a case number or label below, markup, rising numbers),
the heaviest rising chain is found, and the way whose chain weighs most wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.case_lines import read_case_line
from indexer.lines import Line

_NUMBER = r"(?P<number>\d{1,4}(?:\.?[a-z](?![a-zæøå]))?)"
_STYLES: dict[str, tuple[re.Pattern[str], float]] = {
    name: (re.compile(pattern, re.IGNORECASE), weight)
    for name, pattern, weight in (
        ("Punkt 5: ", rf"(?:dagsordens)?punkt\s+(?:nr\.?\s*)?{_NUMBER}\s*[:–-]\s*(?P<title>.*)", 2.0),
        ("Punkt 5 ", rf"(?:dagsordens)?punkt\s+(?:nr\.?\s*)?{_NUMBER}\.?(?:\s+(?P<title>.*))?", 1.0),
        ("Pkt. 5 ", rf"pkt\.?\s*(?:nr\.?\s*)?{_NUMBER}\.?\s*[:–-]?\s*(?P<title>.*)", 1.0),
        ("Nr. 5 ", rf"nr\.?\s*{_NUMBER}\.?\s*[:–-]?\s*(?P<title>.*)", 1.0),
        ("Sag nr. 5 ", rf"sag\s+(?:nr\.?\s*)?{_NUMBER}\.?\s*[:–-]?\s*(?P<title>.*)", 1.0),
        ("5. ", rf"{_NUMBER}[.)]\s*(?P<title>[^\W\d].*)", -1.0),
        ("5 ", rf"{_NUMBER}\s+[:–-]?\s*(?P<title>[^\W\d].*)", -1.0),
    )
}  # fmt: skip
# What speaks for a candidate. Set by hand on the five real minutes and the layouts in
# tests/data; the order of magnitude matters, not the figure: a bare number needs one strong sign.
_IN_CONTENTS = 3.0
_SIGN_BELOW = 3.0
_TYPE_TAG = 2.0
_CLOSED = 2.0
_MARKED = 1.0
_CAPITALS = 1.0
_STEP = 1.0
_GAP = -1.5
_LOOK_BELOW = 4
_LONGEST_TITLE = 250

_CONTENTS_TITLE = re.compile(
    r"indholdsfortegnelse|indhold|dagsorden|punkter(?: på dagsordenen)?|sagsoversigt|oversigt", re.I
)
_CONTENTS_LINE = re.compile(r"(?P<title>\S.*?)\s*(?:\.\s?){3,}\s*(?:side\s*)?(?P<page>\d{1,4})?")
_TAG = re.compile(r"\s*\((?P<tag>[A-ZÆØÅ]|beslutning|orientering|drøftelse)\)\s*$", re.I)
_CLOSED_MARK = re.compile(
    r"^\s*\(?lukket(?:\s+(?:punkt|sag|dagsorden))?\)?\s*(?:[:–-]\s*|$)|\s*[(\[]lukket(?:\s+(?:punkt|sag))?[)\]]\s*$"
    r"|\s+[–-]\s*lukket(?:\s+(?:punkt|sag))?\s*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of an agenda item.

    ``first`` and ``last`` are indexes of its lines; ``title`` is as printed, without number and
    type tag.
    """

    first: int
    last: int
    number: str
    title: str
    closed: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    index: int
    number: str
    title: str
    weight: float

    @property
    def order(self) -> tuple[int, str]:
        digits = re.match(r"\d+", self.number)
        assert digits is not None
        return int(digits[0]), self.number[digits.end() :].strip(".")


def find_contents(lines: Sequence[Line]) -> tuple[int, int, list[str]]:
    """Find the table of contents.

    Returns:
        First and one past the last line index, and the titles in it; ``(0, 0, [])`` without one.
    """
    titles: list[str] = []
    first = last = 0
    misses = 0
    for index, line in enumerate(lines):
        if not line.text:
            continue
        if match := _CONTENTS_LINE.fullmatch(line.text):
            if not titles:
                above = next((i for i in range(index - 1, -1, -1) if lines[i].text), index)
                first = above if _CONTENTS_TITLE.fullmatch(lines[above].text) else index
            titles.append(match["title"])
            last, misses = index + 1, 0
        elif titles:
            misses += 1
            if misses > 2:
                break
    return (first, last, titles) if len(titles) > 1 else (0, 0, [])


def find_headings(lines: Sequence[Line]) -> list[Heading]:
    """Find the item headings of a document, in order; empty where it has none."""
    _, after_contents, titles = find_contents(lines)
    known = [_letters(title) for title in titles]
    best: list[_Candidate] = []
    best_weight = 0.0
    for pattern, base in _STYLES.values():
        chain, weight = _heaviest_chain(_candidates(lines, after_contents, pattern, base, known))
        if weight > best_weight:
            best, best_weight = chain, weight
    return [_heading(lines, candidate, known) for candidate in best]


def _candidates(
    lines: Sequence[Line], start: int, pattern: re.Pattern[str], base: float, known: list[str]
) -> list[_Candidate]:
    found = []
    for index in range(start, len(lines)):
        match = pattern.fullmatch(lines[index].text)
        if match is None or len(lines[index].text) > _LONGEST_TITLE:
            continue
        title = match["title"] or ""
        weight = base + _evidence(lines, index, title, known)
        found.append(_Candidate(index, match["number"], title, weight))
    return found


def _evidence(lines: Sequence[Line], index: int, title: str, known: list[str]) -> float:
    letters = _letters(title)
    below = [line for line in lines[index + 1 : index + 12] if line.text][:_LOOK_BELOW]
    return (
        _IN_CONTENTS * any(_same_title(letters, other) for other in known)
        + _SIGN_BELOW * any(line.label or read_case_line(line.text) for line in below)
        + _TYPE_TAG * bool(_TAG.search(title))
        + _CLOSED * bool(_CLOSED_MARK.search(title))
        + _MARKED * bool(lines[index].level)
        + _CAPITALS * (title.isupper() and len(title) > 3)
        # A sentence that goes on, or one that ends, is running text.
        - 2.0 * bool(title[:1].islower() or title.rstrip().endswith((",", ";")))
        - 1.0 * bool(re.search(r"[a-zæøå)]\.$", title))
    )


def _heaviest_chain(candidates: list[_Candidate]) -> tuple[list[_Candidate], float]:
    """Find the chain of rising numbers with the greatest weight, by dynamic programming."""
    best: list[tuple[float, int]] = []
    for i, here in enumerate(candidates):
        weight, before = here.weight, -1
        for j in range(i):
            there = candidates[j]
            if there.order >= here.order:
                continue
            step = _STEP if here.order[0] - there.order[0] <= 1 else _GAP
            if best[j][0] + here.weight + step > weight:
                weight, before = best[j][0] + here.weight + step, j
        best.append((weight, before))
    if not best:
        return [], 0.0
    at = max(range(len(best)), key=lambda i: best[i][0])
    total, chain = best[at][0], []
    while at >= 0:
        chain.append(candidates[at])
        at = best[at][1]
    return chain[::-1], total


def _heading(lines: Sequence[Line], candidate: _Candidate, known: list[str]) -> Heading:
    """Read title and marks, joining a title that wraps onto the next lines."""
    title, last = candidate.title, candidate.index
    if not title:
        following = next((i for i in range(last + 1, len(lines)) if lines[i].text), None)
        if following is not None and _may_continue(lines[following]):
            title, last = lines[following].text, following
    while last + 1 < len(lines) and _goes_on(lines, last + 1, title, known):
        last += 1
        title = f"{title} {lines[last].text}"
    title = _TAG.sub("", title).strip(" .:")
    return Heading(candidate.index, last, candidate.number, title, bool(_CLOSED_MARK.search(title)))


def _may_continue(line: Line) -> bool:
    return bool(line.text) and line.label is None and read_case_line(line.text) is None


def _goes_on(lines: Sequence[Line], index: int, title: str, known: list[str]) -> bool:
    """Tell whether a line is the rest of the title above it.

    The table of contents knows; without one, a title goes on where the line stands directly below
    and is itself followed by what comes after a title.
    """
    line = lines[index]
    if not _may_continue(line) or len(title) > _LONGEST_TITLE:
        return False
    so_far, longer = _letters(title), _letters(f"{title} {line.text}")
    if any(other == so_far for other in known):
        return False
    if any(other.startswith(longer) for other in known):
        return True
    below = next((other for other in lines[index + 1 : index + 3] if other.text), None)
    return (
        below is not None
        and len(line.text) < 90
        and not line.level
        and not line.text.endswith(".")
        and bool(below.label or read_case_line(below.text))
    )


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", _CLOSED_MARK.sub("", _TAG.sub("", text)).lower())


def _same_title(letters: str, other: str) -> bool:
    """Compare a title with a line of the contents, either of which may be cut short."""
    if not letters or not other:
        return False
    shorter, longer = sorted((letters, other), key=len)
    return longer.startswith(shorter) and (len(shorter) > 15 or len(shorter) == len(longer))
