"""The parts of one agenda item: labelled sections, decisions, absentees, attachments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.case_lines import read_case_line
from indexer.danish import parse_date
from indexer.decisions import inline_decisions, read_decision, read_names
from indexer.labels import Label
from indexer.lines import Line, split_lines
from indexer.model import AgendaItem, Decision, Role, Section

# Parts that never hold sub-headings of their own: a heading in them that no rule knows begins
# something new, which is kept apart so that it is not read as a decision or a list of names.
_FLAT = {Role.DECISION, Role.ABSENCE, Role.ATTACHMENTS, Role.LEGAL_BASIS, Role.HISTORY}
_CASE_LINE_WITHIN = 3


@dataclass(frozen=True, slots=True)
class _Part:
    """A section with the label that opened it."""

    section: Section
    label: Label | None


def read_item(
    text: str,
    *,
    heading_lines: int,
    number: str,
    title: str,
    closed: bool,
    first_page: int | None,
    committee: str | None,
    date: dt.date | None,
) -> tuple[AgendaItem, tuple[str, ...]]:
    """Read an agenda item from its verbatim text.

    Args:
        text: From the heading to the next heading.
        heading_lines: How many lines the heading takes.
        number: As printed.
        title: As printed.
        closed: Whether the heading says so.
        first_page: Page of the heading.
        committee: The body that met, to whom an unnamed decision belongs.
        date: Its meeting's date.

    Returns:
        The item, and the headings in it that no rule knows.
    """
    lines = split_lines(text)
    case_number, body_from = _case_number(lines, heading_lines)
    parts, unknown = _parts(lines[body_from:], len(text))
    sections = tuple(part.section for part in parts)
    decisions = _decisions(text, parts, committee, date)
    item = AgendaItem(
        number=number,
        title=title,
        case_number=case_number,
        closed=closed,
        text=text,
        first_page=first_page,
        sections=sections,
        decisions=decisions,
        absent=_absent(text, sections, decisions, committee),
        attachments=_attachments(text, sections),
    )
    return item, unknown


def _case_number(lines: Sequence[Line], heading_lines: int) -> tuple[str | None, int]:
    """Find the case number just below the heading; tell where the item's body begins."""
    seen = 0
    for index in range(heading_lines, len(lines)):
        if not lines[index].text:
            continue
        if number := read_case_line(lines[index].text):
            return number, index + 1
        seen += 1
        if seen > _CASE_LINE_WITHIN or lines[index].label:
            break
    return None, heading_lines


def _parts(lines: Sequence[Line], end: int) -> tuple[list[_Part], tuple[str, ...]]:
    """Cut an item's body at its labels."""
    parts: list[_Part] = []
    unknown: list[str] = []

    def open_part(role: Role, heading: str, start: int, label: Label | None, at: int) -> None:
        close(at)
        parts.append(_Part(Section(role, heading, start, end), label))

    def close(at: int) -> None:
        if parts:
            last = parts[-1]
            parts[-1] = replace(
                last, section=replace(last.section, end=max(at, last.section.start))
            )

    for line in lines:
        if not line.text:
            continue
        label = line.label
        if label and not _is_proposals_opening(label, parts):
            open_part(label.role, label.heading, _text_from(line, label), label, line.start)
        elif line.level and not line.text[:1].isdigit() and len(line.text) < 160:
            unknown.append(line.text)
            if parts and parts[-1].section.role in _FLAT:
                open_part(Role.OTHER, line.text, line.end, None, line.start)
            elif not parts:
                open_part(Role.OTHER, "", line.start, None, line.start)
        elif not parts:
            open_part(Role.OTHER, "", line.start, None, line.start)
    return parts, tuple(unknown)


def _text_from(line: Line, label: Label) -> int:
    """Tell where the text under a label begins, which may be on the label's own line."""
    if label.inline is None:
        return line.end
    return line.offsets[label.inline]


def _is_proposals_opening(label: Label, parts: list[_Part]) -> bool:
    """Tell "Forvaltningen indstiller, at:" under "Indstilling" from the same line as a label."""
    return label.inline == 0 and bool(parts) and parts[-1].section.role is label.role


def _decisions(
    text: str, parts: Sequence[_Part], committee: str | None, date: dt.date | None
) -> tuple[Decision, ...]:
    decisions: list[Decision] = []
    for index, part in enumerate(parts):
        section, label = part.section, part.label
        if section.role not in (Role.DECISION, Role.HISTORY):
            continue
        inline = inline_decisions(text, section.start, section.end, date)
        if section.role is Role.DECISION:
            body = label.body if label else None
            on = parse_date(label.date) if label and label.date else None
            end = _line_start(text, inline[0].start) if inline else section.end
            own = read_decision(
                text, section.start, end, body or committee, on or (None if body else date)
            )
            if own.end > own.start:
                decisions.append(_with_absence(text, own, parts[index + 1 :]))
        decisions.extend(inline)
    return tuple(decisions)


def _with_absence(text: str, decision: Decision, after: Sequence[_Part]) -> Decision:
    """Add the names of an absence section that stands right below the decision."""
    names = list(decision.absent)
    for part in after:
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
    """Collect who was absent when this body dealt with the item, not who was at another's meeting."""
    own = [d for d in decisions if d.body is None or d.body == committee] or decisions[-1:]
    names = [name for decision in own for name in decision.absent]
    if not decisions:
        for section in sections:
            if section.role is Role.ABSENCE:
                names.extend(read_names(text[section.start : section.end]))
    return tuple(dict.fromkeys(names))


def _attachments(text: str, sections: Sequence[Section]) -> tuple[str, ...]:
    names = []
    for section in sections:
        if section.role is Role.ATTACHMENTS:
            for line in split_lines(text[section.start : section.end]):
                name = line.text.lstrip("-•* \t")
                if name and name.lower().rstrip(".") not in {"ingen", "ingen bilag"}:
                    names.append(name)
    return tuple(names)
