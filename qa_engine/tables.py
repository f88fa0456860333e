"""Table rows written so that each can be read alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.markup import plain, readable
from indexer.units import Unit

_NUMERIC = re.compile(r"[-–+]?[\d.,\s]+(?:%|kr\.?|mio\.?(?: kr\.?)?|pct\.?)?")


def _cells(row: str) -> list[str]:
    cells = row.strip().strip("|").split("|") if row.count("|") > 1 else row.split("\t")
    return [readable(cell) for cell in cells]


def row_text(text: str, units: Sequence[Unit], index: int) -> str:
    """Write a table row for reading: "Hjemmepleje: Budget 12,0, Forbrug 11,2 (mio. kr.)".

    The headings are the table's first row, where that holds no figures. A unit of measure in its
    first cell is put behind.
    """
    unit = units[index]
    row = _cells(text[unit.start : unit.end])
    first = _first_row(units, index)
    if first == index or not is_head(text, units, first):
        return " · ".join(cell for cell in row if cell)
    head = _cells(text[units[first].start : units[first].end])
    # A row that is short of cells lost its empty ones: its values belong to the last columns.
    labelled = not _NUMERIC.fullmatch(row[0])
    names = head[-len(row) :] if len(row) < len(head) else head
    pairs = list(zip(names, row, strict=False))
    values = ", ".join(f"{name} {value}".strip() for name, value in pairs[labelled:] if value)
    if not labelled:
        return values
    unit_of_measure = f" ({head[0]})" if re.search(r"\b(?:kr|mio|pct|%)", head[0]) else ""
    return f"{row[0]}: {values}{unit_of_measure}" if values else row[0]


def _first_row(units: Sequence[Unit], index: int) -> int:
    """Find the first row of the table that a row is in."""
    while index > 0 and units[index - 1].group == units[index].group:
        index -= 1
    return index


def is_head(text: str, units: Sequence[Unit], index: int) -> bool:
    """Tell whether a row is its table's first and holds headings, not figures."""
    cells = _cells(text[units[index].start : units[index].end])
    figures = any(_NUMERIC.fullmatch(cell) for cell in cells if cell and not _year(cell))
    alone = index + 1 == len(units) or units[index + 1].group != units[index].group
    return _first_row(units, index) == index and not figures and not alone


def _year(cell: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d{2}", plain(cell).strip()))
