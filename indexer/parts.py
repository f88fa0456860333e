"""Cutting an item's body at its labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from indexer.bodies import BODY, find_body, is_council, unshouted
from indexer.danish import parse_date
from indexer.decisions import inline_decisions, states_decision
from indexer.heading_block import HeadingBlock
from indexer.labels import Label, read_bare_decision_label, states_proposal, tells_votes
from indexer.lines import Line
from indexer.lists import POINT, labels_by_place, tabled_rows
from indexer.model import Role, Section
from indexer.names import is_name_list, names_substitute
from indexer.titles import letters

# Parts that never hold sub-headings of their own: a heading in them that no rule knows begins
# something new, which is kept apart so that it is not read as a decision or a list of names.
_FLAT = {Role.DECISION, Role.ABSENCE, Role.ATTACHMENTS, Role.LEGAL_BASIS, Role.HISTORY}
_LONGEST_SUBHEADING = 160
_BODY_SPEAKS = re.compile(rf"(?:{BODY}|Udvalget|Rådet|Bestyrelsen|Det)\b")
_AT_THE_END = {Role.ABSENCE, Role.ATTACHMENTS}


@dataclass(frozen=True, slots=True)
class Part:
    """A section with the label that opened it.

    Attributes:
        section: Role, heading and range.
        label: None for text that no label opened.
        goes_on: Whether it is text below the names of absentees that belongs to the part above.
    """

    section: Section
    label: Label | None
    goes_on: bool = False


def cut_parts(
    text: str, title: str, body: Sequence[Line], block: HeadingBlock
) -> tuple[list[Part], tuple[str, ...]]:
    """Cut an item's body into its labelled parts.

    Args:
        text: The item's text.
        title: Its title, which a label may repeat.
        body: The lines below its heading, blank ones and the case number left out.
        block: The heading block: which body met, and when.

    Returns:
        The parts, in order, and the headings that no rule knows.
    """
    cutter = _Cutter(text, title)
    others = labels_by_place(body)
    tabled = tabled_rows(body)
    for line, below in zip_longest(body, body[1:]):
        label = line.label or others.get(line.start) or _bare_label(line, below, block)
        cutter.read(line, None if line.start in tabled else label)
    parts = _with_word_to_council(cutter.parts, block)
    parts = _with_stated_decision(text, parts, body)
    return _with_stated_proposal(text, parts, body), tuple(cutter.unknown)


def _with_word_to_council(parts: list[Part], block: HeadingBlock) -> list[Part]:
    """Read "Udvalgets indstilling" below another's as the decision, where there is no other."""
    told = [part for part in parts if part.section.role is Role.RECOMMENDATION]
    committee = block.committee
    if len(told) < 2 or any(part.section.role is Role.DECISION for part in parts):
        return parts
    own = told[-1]
    heading = unshouted(own.section.heading)
    if committee is None or is_council(committee):
        return parts
    if not heading.startswith("Udvalgets ") and find_body(heading) != committee:
        return parts
    decided = replace(own, section=replace(own.section, role=Role.DECISION))
    return [decided if part is own else part for part in parts]


def _with_stated_decision(text: str, parts: list[Part], body: Sequence[Line]) -> list[Part]:
    """Part the decision from the text above it, where an item has no labels but for its end.

    It begins in the last paragraph, or it is not clear that it is one.
    """
    if not parts or parts[0].label or any(p.section.role not in _AT_THE_END for p in parts[1:]):
        return parts
    paragraph = _last_paragraph(text, parts[0].section, body)
    decided = next((ln for ln in paragraph if states_decision(POINT.sub("", ln.text))), None)
    return [*_parted(parts[0], decided, Role.DECISION), *parts[1:]] if decided else parts


def _with_stated_proposal(text: str, parts: list[Part], body: Sequence[Line]) -> list[Part]:
    """Part the proposal from the text above it, where an item has no label for it.

    It is the last paragraph of what is told of the case: "Forvaltningen indstiller, at vejen …".
    """
    if any(part.section.role is Role.RECOMMENDATION for part in parts):
        return parts
    for index, part in enumerate(parts):
        paragraph = _last_paragraph(text, part.section, body) if _tells_case(part) else []
        if paragraph and states_proposal(paragraph[0].text):
            proposal = _parted(part, paragraph[0], Role.RECOMMENDATION)
            return [*parts[:index], *proposal, *parts[index + 1 :]]
    return parts


def _tells_case(part: Part) -> bool:
    role = part.section.role
    return role in (Role.SUMMARY, Role.BACKGROUND) or (role is Role.OTHER and not part.label)


def _last_paragraph(text: str, section: Section, body: Sequence[Line]) -> list[Line]:
    paragraph: list[Line] = []
    for line in reversed([line for line in body if section.start <= line.start < section.end]):
        if paragraph and text[line.end : paragraph[0].start].count("\n") > 1:
            break
        paragraph.insert(0, line)
    return paragraph


def _parted(part: Part, line: Line, role: Role) -> list[Part]:
    """Part what begins with a line from the text above it, if there is any."""
    told = part.section
    above = [replace(part, section=replace(told, end=line.start))]
    below = Part(Section(role, "", line.start, told.end), None)
    return [*above[: line.start > told.start], below]


def _bare_label(line: Line, below: Line | None, block: HeadingBlock) -> Label | None:
    """Read "Byrådet den 25-03-2025" as a label where a decision or the meeting's own text follows.

    In a timetable another such line, a label or nothing follows.
    """
    if below is None or below.label or read_bare_decision_label(below.text):
        return None
    label = read_bare_decision_label(line.text)
    if label is None or states_decision(below.text):
        return label
    met = label.body == block.committee and parse_date(label.date or "") == block.date
    return label if met else None


class _Cutter:
    """Cuts an item's body at its labels."""

    def __init__(self, text: str, title: str) -> None:
        self.parts: list[Part] = []
        self.unknown: list[str] = []
        self._text = text
        self._title = letters(title)
        # The last part that holds more than names of absentees.
        self._above: Part | None = None
        # The rest of the title, where a label has begun to repeat it.
        self._awaited = ""
        self._read_to = 0

    def read(self, line: Line, label: Label | None) -> None:
        """Read the next line, which may be a label."""
        last = self.parts[-1] if self.parts else None
        in_flat = last is not None and last.section.role in _FLAT
        if not label and self._repeats_title(line):
            self._begin_at(line.end)
        elif label and not self._goes_with(line, label, last):
            start = line.end if label.inline is None else line.offsets[label.inline]
            self._open(Section(label.role, label.heading, start, 0), label, line.start)
            if label.repeats_title:
                self._awaited = _rest_of_title(line.text, self._title)
        elif not label and (_is_subheading(line) or (not in_flat and _is_in_capitals(line))):
            self.unknown.append(line.text)
            if in_flat:
                self._open(Section(Role.OTHER, line.text, line.end, 0), None, line.start)
        elif last and last.label and last.label.whole:
            self._open(Section(Role.OTHER, "", line.start, 0), None, line.start)
        elif last and last.section.role is Role.ABSENCE and not _tells_of_absence(line.text):
            self._return_to(line)
        if not self.parts:
            self._open(Section(Role.OTHER, "", line.start, 0), None, line.start)
        self._read_to = line.end

    def _open(self, section: Section, label: Label | None, at: int, goes_on: bool = False) -> None:
        if self.parts:
            last = self.parts[-1]
            # What stands between and was not read is a header of the page.
            between = self._text[self._read_to : at].strip()
            end = max(self._read_to if between else at, last.section.start)
            self.parts[-1] = replace(last, section=replace(last.section, end=end))
        section = replace(section, end=len(self._text))
        part = Part(section, label, goes_on)
        self.parts.append(part)
        if section.role is not Role.ABSENCE:
            self._above = part
        self._awaited = ""

    def _goes_with(self, line: Line, label: Label, last: Part | None) -> bool:
        """Tell a label from a line that belongs to the part above it.

        Such are "Forvaltningen indstiller, at:" under "Indstilling", "Vedtaget:" and "Afstemning"
        under "Beslutning", and right below that "Udvalget indstiller, at:" and "Det indstilles";
        and "Beslutning fra Byrådet, 3. maj 2021, pkt. 4: Udsat." under "Tidligere behandlet".
        """
        if last is None:
            return False
        begins = not self._text[last.section.start : line.start].strip(" :*_\n")
        match last.section.role, label.role:
            case Role.DECISION, Role.DECISION:
                return states_decision(line.text) or tells_votes(label)
            case Role.DECISION, Role.RECOMMENDATION:
                speaks = label.inline == 0 or line.text.startswith("Det ")
                return begins and speaks and bool(_BODY_SPEAKS.match(line.text))
            case Role.HISTORY, Role.DECISION:
                told = inline_decisions(line.text, 0, len(line.text), None)
                return bool(label.inline and told)
            case Role.RECOMMENDATION, Role.RECOMMENDATION:
                return begins or label.inline == 0
            case _:
                return False

    def _return_to(self, line: Line) -> None:
        """Go on with the part above the names of absentees."""
        if self._above:
            section = replace(self._above.section, start=line.start)
            self._open(section, self._above.label, line.start, goes_on=True)

    def _repeats_title(self, line: Line) -> bool:
        """Tell whether a line is the rest of the title that a label has begun to repeat."""
        found = letters(line.text)
        repeats = bool(found) and self._awaited.startswith(found)
        self._awaited = self._awaited[len(found) :] if repeats else ""
        return repeats

    def _begin_at(self, start: int) -> None:
        last = self.parts[-1]
        self.parts[-1] = replace(last, section=replace(last.section, start=start))


def _is_subheading(line: Line) -> bool:
    marked = line.level > 0 and not line.text[0].isdigit()
    return marked and len(line.text) < _LONGEST_SUBHEADING


def _tells_of_absence(line: str) -> bool:
    """Tell whether a line below "Afbud" names people, or who came in someone's place."""
    return is_name_list(line) or names_substitute(line)


def _is_in_capitals(line: Line) -> bool:
    """Tell a heading in capitals from an abbreviation and from a sentence in capitals."""
    letters_in_it = sum(letter.isalpha() for letter in line.text)
    return line.text.isupper() and letters_in_it > 5 and line.text[-1].isalnum()


def _rest_of_title(label: str, title: str) -> str:
    """Give what a label that ends in the beginning of a title leaves out of it."""
    told = letters(label)
    known = (length for length in range(len(title), 0, -1) if told.endswith(title[:length]))
    return title[next(known, len(title)) :]
