"""A document as lines that know where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from indexer.labels import Label, read_label, tells_when
from indexer.markup import heading_level, plain, visible

# "B E S L U T N I N G"; more than one blank parts words.
_SPACED = re.compile(r"[^\W\d_](?: [^\W\d_]){3,}(?: {2,}[^\W\d_](?: [^\W\d_])*)* ?:?")
# "**Beslutning** Godkendt.", "- **Beslutning:** Godkendt.", "| Beslutning | Godkendt. |",
# "Beslutning          Godkendt."
_APART = re.compile(
    r"[ \t]*(?:[-•][ \t]+)?(?:\*\*|__|<(?:b|strong)>)(?P<bold>[^*_<>\n]{3,80})"
    r"(?:\*\*|__|</(?:b|strong)>):?(?:(?:\s|<br\s*/?>)+(?=[^a-zæøå\s<])|$)"
    r"|[ \t]*\|\s*+(?P<cell>[^|]{3,80}?)\s*+\|\s*+(?=[^|\s][^|]*+\|?\s*$)"
    r"|[ \t]*(?P<column>\S[^\t\n]{2,60}?)(?:\t++| {2,}+)(?=[A-ZÆØÅ](?:(?!\t| {2}).)*+\s*$)"
)
# Words that head a page or a column as well.
_OF_A_PAGE = frozenset({"referat", "protokol", "beslutningsprotokol", "beslutningsreferat"})
# A short line of "_" is for a signature.
_RULE = re.compile(r"[-=*]{3,}|_{40,}|[-*_](?: [-*_]){2,}")
_SENTENCE_END = re.compile(r"[a-zæøå)]{3}\. +(?=[A-ZÆØÅ])")
_BREAK = re.compile(r"[\n\f]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        start: Offset of its first character in the document.
        end: Offset one past its last character, the line break left out.
        text: The line without markup, outer blanks and those between spaced letters.
        level: Markdown heading level, 7 for a bold line, 0 for ordinary text.
        raw: The line as it stands.
        offsets: Where each character of ``text`` stands in the document.
    """

    start: int
    end: int
    text: str
    level: int
    raw: str
    offsets: Sequence[int]

    @property
    def is_rule(self) -> bool:
        """Whether it is a rule or underlines what stands above: "-----"."""
        return bool(_RULE.fullmatch(self.text))

    @property
    def label(self) -> Label | None:
        """The label that this line is, if it is one."""
        label = read_label(self.text, marked=self.level > 0)
        # "Indstilling    Direktøren indstiller, at" opens a proposal as a whole, too.
        return _label_apart(self) or label if label is None or label.inline == 0 else label


def split_lines(document: str) -> list[Line]:
    """Cut a document into its lines; a page break ends a line like a line break does."""
    lines: list[Line] = []
    start = 0
    for end in [*(m.start() for m in _BREAK.finditer(document)), len(document)]:
        lines.append(_read(document[start:end], start))
        start = end + 1
    return lines


def _label_apart(line: Line) -> Label | None:
    """Read a label that its type or its column tells from the text on the same line."""
    apart = _read_apart(line.raw)
    if apart is None:
        return None
    label, end = apart
    at = bisect_left(line.offsets, line.start + end)
    return replace(label, inline=at if at < len(line.text) else None)


@lru_cache(maxsize=8192)
def _read_apart(raw: str) -> tuple[Label, int] | None:
    """Read such a label, and where in the line it ends."""
    match = _APART.match(raw)
    if match is None or (not match["bold"] and tells_when(raw[match.end() :])):
        return None
    name = plain(match["bold"] or match["cell"] or match["column"]).strip(" :")
    label = None if name.lower() in _OF_A_PAGE else read_label(name, marked=False)
    return (label, match.end()) if label and label.inline is None else None


def are_spaced(lines: Sequence[Line]) -> bool:
    """Tell whether a blank line stands below each line, so that it parts nothing."""
    return not any(one.text and other.text for one, other in pairwise(lines))


def tail(line: Line, at: int) -> list[Line]:
    """Cut what stands in a line from one of its characters on into sentences, a line each."""
    ends = [at, *(at + m.end() for m in _SENTENCE_END.finditer(line.text[at:])), len(line.text)]
    return [
        replace(
            line,
            start=line.offsets[start],
            end=line.offsets[end - 1] + 1,
            text=line.text[start:end].strip(),
            level=0,
            raw=line.text[start:end],
            offsets=line.offsets[start:end],
        )
        for start, end in pairwise(ends)
        if line.text[start:end].strip(" |")
    ]


def _read(raw: str, start: int) -> Line:
    shown = plain(raw)
    text = shown.strip()
    first = len(shown) - len(shown.lstrip()) if text else 0
    seen: Sequence[int]
    if shown == raw:  # no marks in between, as in most lines
        seen = range(start + first, start + first + len(text))
    else:
        seen = [start + position for position in visible(raw)[first : first + len(text)]]
    if _SPACED.fullmatch(text) and text.isupper():
        kept = [i for i, letter in enumerate(text) if letter != " " or text[i : i + 2] == "  "]
        kept = [i for i in kept if text[i] != " " or text[i - 1] != " "]
        text, seen = "".join(text[i] for i in kept), [seen[i] for i in kept]
    return Line(
        start=start,
        end=start + len(raw),
        text=text,
        level=heading_level(raw),
        raw=raw,
        offsets=seen,
    )
