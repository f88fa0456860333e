"""Finding where each agenda item begins.

Municipalities write item headings in many ways, and every way also occurs in running text: a
decision says "Punkt 1 taget til efterretning", a list counts "1. 2. 3.". So no line is judged
alone. Each way of writing is tried on the whole document; its candidates are weighed by what
stands around them (the table of contents, a case number or label below, markup, rising numbers),
the heaviest rising chain is found, and the way whose chain weighs most wins.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from indexer.case_lines import read_case_line, split_title
from indexer.chains import Order, heaviest_chain
from indexer.contents import Contents
from indexer.lines import Line
from indexer.numbering import LONGEST_HEADING, STYLES, Style
from indexer.titles import (
    has_tag,
    is_closed,
    is_routine,
    opens_closed_part,
    tells_status,
    without_tag,
)

# What speaks for a candidate. Set by hand on the five real minutes and the layouts in
# tests/data; the order of magnitude matters, not the figure: a bare number needs one strong sign.
_IN_CONTENTS = 3.0
_NOT_IN_CONTENTS = -2.0
_SIGN_RIGHT_BELOW = 3.0
_SIGN_BELOW = 1.5
_ROUTINE_TITLE = 2.0
_CASE_NUMBER = 3.0
_NOTHING_BELOW = 0.5
_TYPE_TAG = 2.0
_CLOSED = 2.0
_MARKED = 1.0
_CAPITALS = 1.0
_MID_SENTENCE = -2.0
_SENTENCE = -1.0
# How many lines with text below a heading its label or case number may stand.
_LOOK_BELOW = 4
# A line this long is running text, not the rest of a title.
_LONGEST_LINE = 90


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of an agenda item.

    ``first`` and ``last`` are indexes of its lines; ``title`` is as printed, without number, type
    tag and the case number that may stand behind it.
    """

    first: int
    last: int
    number: str
    title: str
    closed: bool
    case_number: str | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line that may be a heading.

    Attributes:
        index: Of the line.
        number: As printed.
        title: As printed; that of the line below where the number stands alone.
        closed: Whether it says that the item is closed.
        weight: What speaks for it.
        listed: Whether the line right above is a candidate with the number before: then the two
            are elements of one list, or headings without anything between them.
        case_number: Where it stands before the number.
    """

    index: int
    number: str
    title: str
    closed: bool
    weight: float
    listed: bool
    case_number: str | None = None

    @property
    def order(self) -> Order:
        """What numbers rise by: 1, 1.a, 1.b, 2."""
        return _order(self.number)


def find_headings(lines: Sequence[Line], contents: Contents) -> list[Heading]:
    """Find the item headings of a document, in order; empty where it has none."""
    best: list[_Candidate] = []
    best_weight = 0.0
    for style in STYLES:
        chain, weight = heaviest_chain(_candidates(lines, contents, style))
        if weight > best_weight:
            best, best_weight = chain, weight
    # One "(O)" behind a title is a party's letter, as in "Forslag fra Kim Holm (O)".
    tagged = sum(has_tag(candidate.title) for candidate in best) * 2 > len(best)
    headings = [_heading(lines, candidate, contents, tagged=tagged) for candidate in best]
    return _with_closed_part(lines, contents.last, headings)


def _candidates(lines: Sequence[Line], contents: Contents, style: Style) -> list[_Candidate]:
    filled = [i for i in range(contents.last, len(lines)) if lines[i].text]
    matches = {
        place: match
        for place, index in enumerate(filled)
        if len(lines[index].text) <= LONGEST_HEADING
        and (match := style.pattern.fullmatch(lines[index].text))
    }
    found = []
    for place, match in matches.items():
        index = filled[place]
        below = _below(lines, filled, place, matches)
        title = match["title"] or (below[0].text if below else "")
        closed = bool(match["closed"]) or is_closed(title)
        weight = style.weight + _evidence(lines[index], title, closed, below, contents)
        if not below and _stands_apart(lines, index):
            weight += _NOTHING_BELOW
        number = match["number"]
        above = matches.get(place - 1) if filled[place - 1] == index - 1 else None
        listed = above is not None and _order(number)[0] - _order(above["number"])[0] == 1
        case_number = match.groupdict().get("case")
        weight += _CASE_NUMBER * bool(case_number)
        found.append(
            _Candidate(index, number, match["title"] or "", closed, weight, listed, case_number)
        )
    return found


def _below(
    lines: Sequence[Line], filled: Sequence[int], place: int, matches: Container[int]
) -> list[Line]:
    """List the first lines with text below a candidate, up to the next candidate."""
    below = []
    for other in range(place + 1, min(place + 1 + _LOOK_BELOW, len(filled))):
        if other in matches:
            break
        below.append(lines[filled[other]])
    return below


def _evidence(
    line: Line, title: str, closed: bool, below: Sequence[Line], contents: Contents
) -> float:
    listed = _IN_CONTENTS if contents.names(title) else _NOT_IN_CONTENTS
    signs = [_is_sign(other) for other in below]
    return (
        listed * bool(contents.titles)
        + (_SIGN_RIGHT_BELOW if signs[:1] == [True] else _SIGN_BELOW * any(signs))
        + _ROUTINE_TITLE * is_routine(title)
        + _CASE_NUMBER * (split_title(title)[1] is not None)
        + _TYPE_TAG * has_tag(title)
        + _CLOSED * closed
        + _MARKED * bool(line.level)
        + _CAPITALS * (title.isupper() and len(title) > 3)
        + _MID_SENTENCE * bool(title[:1].islower() or title.rstrip().endswith((",", ";")))
        + _SENTENCE * bool(re.search(r"[a-zæøå)]\.$", title))
    )


def _stands_apart(lines: Sequence[Line], index: int) -> bool:
    """Tell whether there is a blank line, or nothing, on either side of a line."""
    return all(not lines[i].text for i in (index - 1, index + 1) if 0 <= i < len(lines))


def _order(number: str) -> Order:
    digits = re.match(r"\d+", number)
    assert digits is not None
    return int(digits[0]), number[digits.end() :].strip("./").lower()


def _heading(
    lines: Sequence[Line], candidate: _Candidate, contents: Contents, *, tagged: bool
) -> Heading:
    """Read title and marks, joining a title that wraps onto the next lines."""
    title, last = candidate.title, candidate.index
    if not title:
        below = next((i for i in range(last + 1, len(lines)) if lines[i].text), None)
        if below is not None and not _is_sign(lines[below]):
            title, last = lines[below].text, below
    while last + 1 < len(lines) and _goes_on(lines, last + 1, title, contents):
        last += 1
        title = f"{title} {lines[last].text}"
    closed = candidate.closed or is_closed(title)
    title, case_number = split_title(without_tag(title, letters_too=tagged).strip(" .:"))
    case_number = candidate.case_number or case_number
    return Heading(candidate.index, last, candidate.number, title, closed, case_number)


def _with_closed_part(
    lines: Sequence[Line], start: int, headings: Sequence[Heading]
) -> list[Heading]:
    """Mark the items below "Lukkede punkter" as closed, up to "Åbne punkter"."""
    found: list[Heading] = []
    closed_part = False
    for heading in headings:
        for line in lines[start : heading.first]:
            part = opens_closed_part(line.text)
            closed_part = closed_part if part is None else part
        start = heading.last + 1
        found.append(replace(heading, closed=heading.closed or closed_part))
    return found


def _is_sign(line: Line) -> bool:
    """Tell whether a line is what stands below a heading: a label or a case number."""
    return line.label is not None or read_case_line(line.text) is not None


def _goes_on(lines: Sequence[Line], index: int, title: str, contents: Contents) -> bool:
    """Tell whether a line is the rest of the title above it.

    The table of contents knows; without one, a title goes on where the line stands directly below
    and is itself followed by what comes after a title.
    """
    line = lines[index]
    if not line.text or _is_sign(line) or tells_status(line.text):
        return False
    if len(title) > LONGEST_HEADING or contents.holds(title):
        return False
    if contents.goes_on(f"{title} {line.text}"):
        return True
    below = next((other for other in lines[index + 1 : index + 3] if other.text), None)
    return (
        below is not None
        and len(line.text) < _LONGEST_LINE
        and not line.level
        and not line.text.endswith(".")
        and _is_sign(below)
    )
