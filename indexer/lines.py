"""A document as lines that know where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.labels import Label, read_label
from indexer.markup import heading_level, plain

_BREAK = re.compile(r"[\n\f]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        start: Offset of its first character in the document.
        end: Offset one past its last character, the line break left out.
        text: The line without markup and outer blanks.
        level: Markdown heading level, 7 for a bold line, 0 for ordinary text.
    """

    start: int
    end: int
    text: str
    level: int

    @property
    def label(self) -> Label | None:
        """The label that this line is, if it is one."""
        return read_label(self.text, marked=self.level > 0)


def split_lines(document: str) -> list[Line]:
    """Cut a document into its lines; a page break ends a line like a line break does."""
    lines: list[Line] = []
    start = 0
    for end in [*(m.start() for m in _BREAK.finditer(document)), len(document)]:
        raw = document[start:end]
        lines.append(Line(start, end, plain(raw).strip(), heading_level(raw)))
        start = end + 1
    return lines
