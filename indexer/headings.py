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

from indexer.candidates import Candidate, find_candidates, find_unnumbered, is_sign
from indexer.case_lines import labels_case, read_case_line, split_title
from indexer.chains import heaviest_chain
from indexer.contents import Contents
from indexer.label_words import ONLY_ALONE
from indexer.lines import Line, are_spaced
from indexer.model import Role
from indexer.numbering import ADDED, LONGEST_HEADING, ROW, STYLES
from indexer.renumbering import counting_anew, with_moved
from indexer.titles import (
    has_tag,
    is_closed,
    is_mark,
    opens_closed_part,
    tells_status,
    without_tag,
)

_NEAR = 8  # lines below a number in which its title begins
_TELLING = (Role.RECOMMENDATION, Role.DECISION, Role.ABSENCE, Role.ATTACHMENTS)
# Lines below a title that goes on within which a label or case number stands; half where no blank
# line stands below each.
_REACH = 4
_KEEPS_HYPHEN = re.compile(r"(?:og|eller|samt|til)\b", re.IGNORECASE)
# Where titles without numbers weigh this many times more, what is numbered is a list in the text.
_PLAIN_LEAD = 2
# "Godkendelse af dagsorden: Godkendt.", "Kassen: Der er 14.210 kr." - a sentence behind a title
_TOLD = re.compile(r"(?<!lukket):\s+(?=[A-ZÆØÅ].*(?:[.!]$|godkendt$|udsat$))", re.IGNORECASE)
_CELL_END = re.compile(r"\s*\|\s*(?=[^\s|])")
_FEWEST_LINES = 3
# The head of a table of items, not one of tasks or figures.
_TABLE_OF_ITEMS = re.compile(r"\|.*\b(?:punkt|dagsorden|sag|referat|beslutning)", re.IGNORECASE)
_WORD_ABOVE = re.compile(r"(?:dagsordens?)?(?:punkt|pkt\.?)(?: ?nr\.?)?:?|sag(?: ?nr\.?)?:?", re.I)
# What speaks for an item: text behind its title, on the same line.
_TEXT_BESIDE = 3.0
# A line this long is running text, not the rest of a title.
_LONGEST_LINE = 90


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of an agenda item.

    ``first`` and ``last`` are indexes of its lines; ``title`` is as printed, without number, type
    tag and the case number that may stand behind it; ``told`` is where the item's text begins in
    the last line, where that holds both.
    """

    first: int
    last: int
    number: str
    title: str
    closed: bool
    case_number: str | None = None
    told: int | None = None


def find_headings(lines: Sequence[Line], contents: Contents) -> list[Heading]:
    """Find the item headings of a document, in order; empty where it has none."""
    best: list[Candidate] = []
    best_weight = 0.0
    found: list[Candidate] = []
    for style in STYLES:
        candidates = find_candidates(lines, contents, style)
        chain, weight = heaviest_chain(candidates)
        if weight > best_weight and not _is_list(chain):
            best, best_weight, found = chain, weight, candidates
    best = with_moved(counting_anew(lines, found, best), found)
    best = best and [*best, *_added(lines, contents, best[-1])]
    unnumbered = find_unnumbered(lines, contents)
    lead = sum(candidate.weight for candidate in unnumbered) > _PLAIN_LEAD * best_weight
    if lead and not _holds(best, unnumbered):
        best = unnumbered
    if not best:
        return _of_one_line(lines, contents)
    # One "(O)" behind a title is a party's letter, as in "Forslag fra Kim Holm (O)".
    tagged = sum(has_tag(candidate.title) for candidate in best) * 2 > len(best)
    taken = frozenset(candidate.index for candidate in best)
    headings = [_heading(lines, candidate, contents, taken, tagged=tagged) for candidate in best]
    headings = _with_case_above(lines, headings)
    headings = _with_closed_part(lines, contents.last, headings)
    return [replace(h, closed=h.closed or contents.closes(h.title)) for h in headings]


def _is_list(chain: Sequence[Candidate]) -> bool:
    """Tell whether a chain is a list in the text, or its last element: no item has a line alone."""
    later = chain[1:] or chain
    return all(candidate.listed and not candidate.closed for candidate in later)


def _of_one_line(lines: Sequence[Line], contents: Contents) -> list[Heading]:
    """Find items whose title and text share a line: "4. Fest: Udsat.", "| 4 | Fest | Udsat. |".

    They look like a list, so they are looked for only where nothing else is an item and no label
    stands over a decision, and most of them must tell something.
    """
    if any(_is_over_decision(line) for line in lines):
        return []
    rows = any(_TABLE_OF_ITEMS.match(line.text) for line in lines)
    for style in (ROW, *STYLES) if rows else STYLES:
        cut = _CELL_END if style is ROW else _TOLD
        found = find_candidates(lines, contents, style)
        chain, _ = heaviest_chain(
            [replace(c, weight=c.weight + _TEXT_BESIDE * bool(cut.search(c.title))) for c in found]
        )
        telling = sum(bool(cut.search(candidate.title)) for candidate in chain)
        if len(chain) >= _FEWEST_LINES and telling * 2 > len(chain):
            taken = frozenset(candidate.index for candidate in chain)
            return [_cut(lines, candidate, contents, taken, cut) for candidate in chain]
    return []


def _is_over_decision(line: Line) -> bool:
    label = line.label
    return label is not None and label.role is Role.DECISION and label.inline is None


def _cut(
    lines: Sequence[Line],
    candidate: Candidate,
    contents: Contents,
    taken: Container[int],
    cut: re.Pattern[str],
) -> Heading:
    """Read a heading whose line goes on with the item's text."""
    match = cut.search(candidate.title)
    if match is None:
        named = replace(candidate, title=candidate.title.rstrip(" |"))
        return _heading(lines, named, contents, taken, tagged=False)
    named = replace(candidate, title=candidate.title[: match.start()])
    heading = _heading(lines, named, contents, taken, tagged=False)
    told = lines[candidate.index].text.rindex(candidate.title) + match.end()
    return replace(heading, last=candidate.index, told=told)


def _holds(numbered: Sequence[Candidate], unnumbered: Sequence[Candidate]) -> bool:
    """Tell whether titles without numbers stand within numbered items that are clear themselves."""
    clear = sum(candidate.apart for candidate in numbered) * 2 > len(numbered)
    return clear and numbered[0].index < unnumbered[0].index


def _added(lines: Sequence[Line], contents: Contents, last: Candidate) -> list[Candidate]:
    """Find the items below the last one that are counted by themselves: "Tillæg 1"."""
    below = [c for c in find_candidates(lines, contents, ADDED) if c.index > last.index]
    chain, weight = heaviest_chain(below)
    return [replace(c, number=f"Tillæg {c.number}") for c in chain] if weight > 0 else []


def _heading(
    lines: Sequence[Line],
    candidate: Candidate,
    contents: Contents,
    taken: Container[int],
    *,
    tagged: bool,
) -> Heading:
    """Read title and marks, joining a title that wraps onto the next lines."""
    title, last, told = candidate.title, candidate.index, candidate.case_number
    if is_mark(title):
        below = [i for i in range(last + 1, min(last + _NEAR, len(lines))) if lines[i].text][:2]
        # A case number may stand between number and title.
        number = read_case_line(lines[below[0]].text) if len(below) > 1 and not title else None
        place = next(iter(below[1:] if number else below), None)
        if place is not None and place not in taken and _is_title(lines[place], title):
            title, last, told = lines[place].text, place, told or number
    while (more := _next_filled(lines, last)) and _goes_on(lines, more, title, contents):
        last = more
        title = _joined(title, lines[last].text)
    closed = candidate.closed or is_closed(title)
    title, case_number = split_title(without_tag(title, letters_too=tagged).strip(" .:"))
    title, case_number = title.rstrip(" .:"), told or case_number
    closed = closed or is_closed(title)
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


def _with_case_above(lines: Sequence[Line], headings: list[Heading]) -> list[Heading]:
    """Count a case number or "Punkt" right above a heading to it, where most have it there.

    Above the first one there is no item that it could belong to instead; but the first may be the
    meeting's own, where the last item ends with one as well.
    """
    end = next((line.text for line in reversed(lines) if line.text), "")
    if read_case_line(end):
        return headings
    above: list[tuple[int, str | None] | None] = []
    for heading in headings:
        at = next((i for i in range(heading.first - 1, -1, -1) if lines[i].text), None)
        number = read_case_line(lines[at].text) if at is not None else None
        told = at is not None and (number or _WORD_ABOVE.fullmatch(lines[at].text))
        above.append((at, number) if at is not None and told else None)
    if not above or above[0] is None or above.count(None) * 2 >= len(above):
        return headings
    return [
        replace(heading, first=told[0], case_number=heading.case_number or told[1])
        if told
        else heading
        for heading, told in zip(headings, above, strict=True)
    ]


def _is_title(line: Line, mark: str) -> bool:
    """Tell whether a line is the title below a number, or below a number and "(Åben)"."""
    label = line.label
    # Right below a number "Høring: Ny politik" and "Orientering" are titles.
    subject = (
        not mark
        and label is not None
        and label.role not in _TELLING
        and (label.inline or label.heading.lower() in ONLY_ALONE)
    )
    if (is_sign(line) and not subject) or (mark and tells_status(line.text)):
        return False
    return not mark or (len(line.text) < _LONGEST_LINE and not line.text.endswith("."))


def _joined(title: str, more: str) -> str:
    """Join two lines of a title; a word that is cut between them is one word."""
    cut = title[-2:-1].isalpha() and title.endswith("-") and not _KEEPS_HYPHEN.match(more)
    same = title[-2:-1].islower() == more[:1].islower()
    return title[:-1] + more if cut and same else f"{title} {more}"


def _next_filled(lines: Sequence[Line], last: int) -> int | None:
    """Find the next line with text, over one blank line at most."""
    below = range(last + 1, min(last + 3, len(lines)))
    return next((index for index in below if lines[index].text), None)


def _goes_on(lines: Sequence[Line], index: int, title: str, contents: Contents) -> bool:
    """Tell whether a line is the rest of the title above it.

    The table of contents knows; without one, a title goes on where the line stands directly below
    and is itself followed by what comes after a title.
    """
    line = lines[index]
    if is_sign(line) or tells_status(line.text) or line.is_rule or labels_case(line.text):
        return False
    if len(title) > LONGEST_HEADING or contents.holds(title):
        return False
    if contents.goes_on(f"{title} {line.text}"):
        return True
    if split_title(title)[1]:
        return False
    spaced = not lines[index - 1].text
    if spaced:
        # A blank line parts nothing where one stands below each line, but what follows may be text.
        around = lines[max(0, index - _NEAR) : index + _NEAR]
        if not are_spaced(around) or not (line.text[0].islower() or title.endswith("-")):
            return False
    reach = index + (_REACH if spaced else _REACH // 2)
    below = next((other for other in lines[index + 1 : reach + 1] if other.text), None)
    return (
        below is not None
        and len(line.text) < _LONGEST_LINE
        and not line.level
        and not line.text.endswith(".")
        and is_sign(below)
    )
