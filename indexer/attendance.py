"""Who was there, where the heading block tells it in columns: "Navn | Til stede | Afbud".

A column is known by its head. Its cells hold the names themselves, or a mark beside the name that
stands first in the row. Without such heads the word itself stands in the row: "Kim Bo | V | Afbud".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.lines import Line
from indexer.names import is_name_list, read_names

_AWAY = re.compile(
    r"(?:meldt )?(?:afbud|fravær(?:ende)?|ikke (?:mødt|til ?stede|deltaget))\W*", re.IGNORECASE
)
_PRESENT = re.compile(r"(?:mødt|til ?stede|fremmødte?|deltog|deltagere|deltager)\W*", re.IGNORECASE)
_MARK = re.compile(r"[xX✓✔+•]|ja", re.IGNORECASE)
_CELL = re.compile(r"\S+(?: \S+)*")
_OFFICE = re.compile(r"\s*\([a-zæøå][^()]*\)|,\s*[a-zæøå]+$")
_FEWEST = 2

People = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a row, with the middle of its place in it."""

    text: str
    at: float


def read_attendance(lines: Sequence[Line]) -> People | None:
    """Read who took part and who was absent; None where no such columns are found."""
    for index, line in enumerate(lines):
        head = _cells(line)
        if len(head) >= _FEWEST and any(_AWAY.fullmatch(cell.text) for cell in head):
            present, absent = _read_rows(head, lines[index + 1 :])
            if present or absent:
                return tuple(dict.fromkeys(present)), tuple(dict.fromkeys(absent))
    return _read_words(lines)


def _read_words(lines: Sequence[Line]) -> People | None:
    """Read the rows that begin with a name and hold one word of presence or absence."""
    told: dict[bool, list[str]] = {True: [], False: []}
    for line in lines:
        cells = _cells(line)
        away = [_tells_away(cell.text) for cell in cells[1:]]
        known = [word for word in away if word is not None]
        name = _OFFICE.sub("", cells[0].text) if len(known) == 1 else ""
        if name and is_name_list(name):
            told[known[0]].extend(read_names(name))
    if len(told[True]) + len(told[False]) < _FEWEST:
        return None
    return tuple(dict.fromkeys(told[False])), tuple(dict.fromkeys(told[True]))


def _tells_away(cell: str) -> bool | None:
    """Read "Afbud" as True, "Til stede" as False, anything else as None."""
    return True if _AWAY.fullmatch(cell) else False if _PRESENT.fullmatch(cell) else None


def _read_rows(head: Sequence[_Cell], lines: Sequence[Line]) -> tuple[list[str], list[str]]:
    """Read the rows below the heads, to the first line that is none."""
    columns = [cell for cell in head if _AWAY.fullmatch(cell.text) or _PRESENT.fullmatch(cell.text)]
    of_names = len(columns) == len(head)
    present: list[str] = []
    absent: list[str] = []
    for line in lines:
        cells = _cells(line)
        if of_names and not cells and (present or absent):
            break
        if not cells or re.fullmatch(r"[\s|:-]+", line.text):
            continue
        if not is_name_list(_OFFICE.sub("", cells[0].text)):
            break
        for cell in cells if of_names else cells[1:]:
            column = min(head, key=lambda other: abs(other.at - cell.at))
            if column in columns and (of_names or _MARK.fullmatch(cell.text)):
                name = _OFFICE.sub("", (cell if of_names else cells[0]).text)
                (absent if _AWAY.fullmatch(column.text) else present).extend(read_names(name))
    return present, absent


def _cells(line: Line) -> list[_Cell]:
    """Part a row at bars or tabs, else at wide gaps."""
    for bar in ("|", "\t"):
        if bar in line.raw.strip(" |"):
            parts = [part.strip() for part in line.raw.strip(" |").split(bar)]
            return [_Cell(part, place) for place, part in enumerate(parts) if part]
    found = _CELL.finditer(line.raw)
    return [_Cell(cell[0], (cell.start() + cell.end()) / 2) for cell in found]
