"""The parts of one agenda item: labelled sections, decisions, absentees, attachments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.case_lines import labels_case, read_case_line
from indexer.danish import parse_date
from indexer.decisions import inline_decisions, read_decision
from indexer.heading_block import HeadingBlock
from indexer.headings import Heading
from indexer.labels import Label, tells_votes
from indexer.lines import Line, split_lines, tail
from indexer.model import AgendaItem, Decision, Outcome, Role, Section, Vote
from indexer.names import read_names
from indexer.numbering import without_number
from indexer.parts import Part, cut_parts
from indexer.running_lines import key
from indexer.titles import (
    opens_added_part,
    opens_closed_part,
    tells_closed,
    tells_continued,
    tells_status,
)

_CASE_LINE_WITHIN = 3
_NO_ATTACHMENTS = {"ingen", "ingen bilag", "der er ingen bilag"}


def read_item(
    text: str,
    heading: Heading,
    first_page: int | None,
    block: HeadingBlock,
    running: frozenset[str] = frozenset(),
) -> tuple[AgendaItem, tuple[str, ...]]:
    """Read an agenda item from its verbatim text.

    Args:
        text: From the heading to the next heading.
        heading: What was found of it.
        first_page: Page of the heading.
        block: The heading block; an unnamed decision is that of the body that met.
        running: Keys of the lines that every page repeats, which are no part of the item's body.

    Returns:
        The item, and the headings in it that no rule knows.
    """
    whole = split_lines(text)
    lines = whole[heading.last - heading.first + 1 :]
    if heading.told is not None:
        lines = [*tail(whole[heading.last - heading.first], heading.told), *lines]
    below = _below_heading([line for line in lines if not _is_between(line, running)])
    held = _above_running(text, lines, running)
    parts, unknown = cut_parts(held, heading.title, below.body, block)
    sections = tuple(part.section for part in parts)
    decisions = _decisions(text, parts, block)
    item = AgendaItem(
        number=heading.number,
        title=heading.title,
        case_number=below.case_number or heading.case_number,
        closed=heading.closed or below.closed,
        text=text,
        first_page=first_page,
        sections=sections,
        decisions=decisions,
        absent=_absent(text, sections, decisions, block.committee),
        attachments=attachments_in(text, sections),
    )
    return item, unknown


def _above_running(text: str, lines: Sequence[Line], running: frozenset[str]) -> str:
    """Leave out the header of the page on which the next item begins."""
    for line in reversed(lines):
        if line.text and not _is_between(line, running):
            break
        if line.text:
            text = text[: line.start]
    return text


def _is_between(line: Line, running: frozenset[str]) -> bool:
    """Tell a line that is no part of an item: a rule, on every page, or above a part of the agenda.

    Nor is "Punkt 12 - fortsat" on a page on which the item goes on.
    """
    opens_part = opens_added_part(line.text) or opens_closed_part(line.text) is not None
    repeats = tells_continued(line.text) and without_number(line.text) != line.text
    return opens_part or repeats or line.is_rule or key(line) in running


@dataclass(frozen=True, slots=True)
class _BelowHeading:
    """What the first lines below a heading tell, and the other lines, which are the item's body."""

    case_number: str | None
    closed: bool
    body: list[Line]


def _below_heading(lines: Sequence[Line]) -> _BelowHeading:
    """Take the case number and the mark of an open or closed item out of the lines."""
    number: str | None = None
    closed = False
    body: list[Line] = []
    near = True
    for line in lines:
        # "Sagsforløb: ØU, BY" is a field like the others; other labels begin the case.
        near = near and len(body) <= _CASE_LINE_WITHIN
        near = near and (line.label is None or _is_field(line.label))
        if near and line.text and number is None and (found := read_case_line(line.text)):
            number = found
            if body and labels_case(body[-1].text):
                body.pop()
            closed = closed or line.text.lower().startswith("lukket")
        elif near and tells_status(line.text):
            closed = closed or tells_closed(line.text)
        elif line.text and not (near and line.text.endswith(":") and labels_case(line.text)):
            body.append(line)
    return _BelowHeading(number, closed, body)


def _is_field(label: Label) -> bool:
    return label.role is Role.HISTORY and bool(label.inline)


def _decisions(text: str, parts: Sequence[Part], block: HeadingBlock) -> tuple[Decision, ...]:
    proposal = "\n".join(
        text[part.section.start : part.section.end]
        for part in parts
        if part.section.role is Role.RECOMMENDATION
    )
    told = [part for part in parts if part.section.role is Role.DECISION]
    # What is told last of an item's decisions stands below what it belongs to.
    votes_above = bool(told) and not tells_votes(told[-1].label)
    decisions: list[Decision] = []
    voted: tuple[Vote, ...] = ()
    for index, part in enumerate(parts):
        section = part.section
        if section.role not in (Role.DECISION, Role.HISTORY) or part.goes_on:
            continue
        end = _end(parts, index)
        inline = inline_decisions(text, section.start, end, block.date)
        if section.role is Role.DECISION:
            stop = _line_start(text, inline[0].start) if inline else end
            own = _own_decision(text, part, stop, block, proposal)
            if tells_votes(part.label) and votes_above:
                voted = own.votes  # what is told above the decision belongs to it
            elif tells_votes(part.label) and decisions and own.outcome is Outcome.NONE:
                # Below the names of absentees: the votes on the decision above them.
                votes = tuple(dict.fromkeys([*decisions[-1].votes, *own.votes]))
                decisions[-1] = replace(decisions[-1], votes=votes)
            elif own.end > own.start:
                own = replace(own, votes=tuple(dict.fromkeys([*voted, *own.votes])))
                decisions.append(_with_absence(text, own, parts, index + 1))
                voted = ()
        decisions.extend(inline)
    return tuple(decisions)


def _own_decision(text: str, part: Part, end: int, block: HeadingBlock, proposal: str) -> Decision:
    """Read the decision under a label; without a body's name it is that of the body that met."""
    label = part.label
    body = label.body if label else None
    date = parse_date(label.date) if label and label.date else None
    return read_decision(
        text,
        part.section.start,
        end,
        body or block.committee,
        date or (block.date if body in (None, block.committee) else None),
        proposal=proposal,
    )


def _end(parts: Sequence[Part], index: int) -> int:
    """Tell where a part ends that may go on below the names of absentees."""
    own = parts[index].section
    end = own.end
    for below in range(index + 1, len(parts)):
        part = parts[below]
        if part.goes_on and part.section.role is own.role:
            end = part.section.end
        elif part.section.role is not Role.ABSENCE:
            break
    return end


def _with_absence(text: str, decision: Decision, parts: Sequence[Part], index: int) -> Decision:
    """Add the names of absence sections that stand right below the decision."""
    names = list(decision.absent)
    for below in range(index, len(parts)):
        part = parts[below]
        if part.section.role is not Role.ABSENCE:
            break
        names.extend(read_names(text[part.section.start : part.section.end]))
    return replace(decision, absent=tuple(dict.fromkeys(names)))


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def _absent(
    text: str,
    sections: Sequence[Section],
    decisions: Sequence[Decision],
    committee: str | None,
) -> tuple[str, ...]:
    """Collect who was absent when this body dealt with the item, not at another's meeting."""
    own = [d for d in decisions if d.body is None or d.body == committee] or decisions[-1:]
    names = [name for decision in own for name in decision.absent]
    if not decisions:
        for section in sections:
            if section.role is Role.ABSENCE:
                names.extend(read_names(text[section.start : section.end]))
    return tuple(dict.fromkeys(names))


def attachments_in(text: str, sections: Sequence[Section]) -> tuple[str, ...]:
    """List the attachments that an item's sections name."""
    names = []
    for section in sections:
        if section.role is Role.ATTACHMENTS:
            for line in split_lines(text[section.start : section.end]):
                name = line.text.lstrip("-•* \t").removesuffix("|").rstrip()
                counted = name.isdigit()  # "Bilag: 3"
                if name and not counted and name.lower().rstrip(".") not in _NO_ATTACHMENTS:
                    names.append(name)
    return tuple(names)
