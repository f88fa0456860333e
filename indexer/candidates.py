"""Lines that may be the heading of an agenda item, weighed by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from indexer.case_lines import read_case_line, split_title
from indexer.chains import Order
from indexer.contents import Contents
from indexer.lines import Line
from indexer.model import Role
from indexer.numbering import Style, may_be_numbered, order_of
from indexer.running_lines import names_the_meeting
from indexer.titles import has_tag, is_closed, is_mark, is_routine, tells_continued

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
# Evidence that is enough for a number out of turn: that of a sign right below the heading.
_CLEAR = 3.0
_POINT = re.compile(r"\d+\.\d+")
# Two lines marked up alike may be headings that no number tells.
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may be a heading.

    Attributes:
        index: Of the line.
        number: As printed.
        title: As printed; that of the line below where the number stands alone.
        closed: Whether it says that the item is closed.
        weight: What speaks for it.
        listed: Whether the line right above is a candidate with the number before: then the two
            are elements of one list, or headings without anything between them.
        apart: Whether enough speaks for it even where its number is out of turn.
        case_number: Where it stands before the number.
    """

    index: int
    number: str
    title: str
    closed: bool
    weight: float
    listed: bool
    apart: bool
    case_number: str | None = None

    @property
    def order(self) -> Order:
        """What numbers rise by: 1, 1.a, 1.b, 2."""
        return order_of(self.number)


def find_candidates(lines: Sequence[Line], contents: Contents, style: Style) -> list[Candidate]:
    """List the lines below the contents that are numbered in one way."""
    filled = [i for i in range(contents.last, len(lines)) if lines[i].text]
    matches = {
        place: match
        for place, index in enumerate(filled)
        if may_be_numbered(lines[index].text)
        and (match := style.pattern.fullmatch(lines[index].text))
    }
    found = []
    seen: set[str] = set()
    for place, match in matches.items():
        index = filled[place]
        below = _below(lines, filled, place, matches)
        told = match["title"] or ""
        title = below[0].text if below and is_mark(told) else told
        if not told and names_the_meeting(title) and title.lower() != "dagsorden":
            continue
        # A page on which an item goes on repeats its number.
        if tells_continued(told) and match["number"] in seen:
            continue
        seen.add(match["number"])
        closed = bool(match["closed"]) or is_closed(told) or is_closed(title)
        evidence = _evidence(lines[index], title, closed, below, contents)
        number = match["number"]
        # A text counts its own parts like this: "2.1 Formål"; hardly so with a word before it.
        if _POINT.fullmatch(number) and evidence < (_CLEAR if style.weight < 1 else _SIGN_BELOW):
            continue
        weight = style.weight + evidence
        if not below and _stands_apart(lines, index):
            weight += _NOTHING_BELOW
        above = matches.get(place - 1) if filled[place - 1] == index - 1 else None
        listed = above is not None and order_of(number)[0] - order_of(above["number"])[0] == 1
        case_number = match.groupdict().get("case")
        weight += _CASE_NUMBER * bool(case_number)
        found.append(
            Candidate(index, number, told, closed, weight, listed, evidence >= _CLEAR, case_number)
        )
    return found


def find_unnumbered(lines: Sequence[Line], contents: Contents) -> list[Candidate]:
    """List the headings of minutes that number none, by place on the agenda.

    They are titles of the contents, or lines marked up alike, with labels or case numbers below
    most of them; and something has been decided below one.
    """
    filled = [i for i in range(contents.last, len(lines)) if lines[i].text]
    decisions = [ln.label for ln in lines if ln.label and ln.label.role is Role.DECISION]
    places = [
        p
        for p, i in enumerate(filled)
        if not is_sign(lines[i]) and not _heads_a_page(lines, filled, p)
    ]
    listed = [p for p in places if contents.holds(lines[filled[p]].text)]
    cases = [p for p in places if _has_case_below(lines, filled, p)]
    if len(cases) < sum(label.body is None for label in decisions):
        cases = []  # an item without a case would be lost in the one above it
    levels = [[p for p in places if lines[filled[p]].level == level] for level in range(1, 8)]
    for found in (listed, *levels, cases) if decisions else ():
        candidates = []
        for number, place in enumerate(found, start=1):
            line = lines[filled[place]]
            below = _below(lines, filled, place, found)
            closed = is_closed(line.text)
            evidence = _evidence(line, line.text, closed, below, Contents())
            candidates.append(
                Candidate(filled[place], str(number), line.text, closed, evidence, False, False)
            )
        clear = sum(candidate.weight >= _CLEAR for candidate in candidates)
        if clear >= max(_FEWEST, len(candidates) / 2):
            return candidates
    return []


def _heads_a_page(lines: Sequence[Line], filled: Sequence[int], place: int) -> bool:
    """Tell "## Byrådet 12. marts 2024" from an item about the council, with its label below."""
    line = lines[filled[place]]
    below = lines[filled[place + 1]] if place + 1 < len(filled) else None
    return bool(line.level) and names_the_meeting(line.text) and not (below and is_sign(below))


def _has_case_below(lines: Sequence[Line], filled: Sequence[int], place: int) -> bool:
    """Tell a title that nothing but the line below it tells: a case number, or any for routine."""
    index = filled[place]
    text = lines[index].text
    if place + 1 == len(filled) or not text[0].isupper() or text.endswith((".", ":", ",")):
        return False
    above = lines[filled[place - 1]].label if place else None
    if (index and lines[index - 1].text) or (above and above.inline is None):
        return False  # one of a list, or the text below a label
    below = lines[filled[place + 1]]
    return bool(read_case_line(below.text)) or (is_routine(text) and is_sign(below))


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
    signs = [is_sign(other) for other in below]
    marked = bool(line.level)
    if signs[:1] == [False] and title == below[0].text:
        # A number alone has its title below, and a label below that.
        signs, marked = signs[1:], marked or bool(below[0].level)
    return (
        listed * bool(contents.titles)
        + (_SIGN_RIGHT_BELOW if signs[:1] == [True] else _SIGN_BELOW * any(signs))
        + _ROUTINE_TITLE * is_routine(title)
        + _CASE_NUMBER * (split_title(title)[1] is not None)
        + _TYPE_TAG * has_tag(title)
        + _CLOSED * closed
        + _MARKED * marked
        + _CAPITALS * (title.isupper() and len(title) > 3)
        + _MID_SENTENCE * bool(title[:1].islower() or title.rstrip().endswith((",", ";")))
        + _SENTENCE * bool(re.search(r"[a-zæøå)]\.$", title))
    )


def _stands_apart(lines: Sequence[Line], index: int) -> bool:
    """Tell whether there is a blank line, or nothing, on either side of a line."""
    return all(not lines[i].text for i in (index - 1, index + 1) if 0 <= i < len(lines))


def is_sign(line: Line) -> bool:
    """Tell whether a line is what stands below a heading: a label or a case number."""
    return line.label is not None or read_case_line(line.text) is not None
