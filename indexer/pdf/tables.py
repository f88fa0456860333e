"""Tables: lines whose words stand in columns, put together row by row.

Lines with wide gaps at the same places make a table. From its columns follows which lines above
and below belong to it too, although their cells fill their columns to the brim, and where the
cells of such lines part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.pdf.lines import Line
from indexer.pdf.words import Word

# All in parts of the font size.
_TIGHT = 1.38  # distance of lines within a cell, at most, where the text has no wider one
_SLACK = 1.05
_OVERLAP = 0.8  # nearer than this two lines stand side by side
_REACH = 3.5  # distance of two rows of one table, at most
_ROW = 3.0  # distance of two rows where nothing else is known
_LONE = 1.6  # gap that makes a table of one line
_BLANK = 0.45  # gap between words of one cell, at most
_BETWEEN = 0.3  # distance of two columns, at least
# How much further than its lines the rows of a table stand apart, at least.
_LOOSER = 1.12
_ALIGNED = 2.0  # points
_FIGURE = re.compile(r"[-–+]?[\d.,]+(?:\s?(?:%|kr\.?|pct\.?|mio\.?|t?kr))?\*?")

Column = tuple[float, float]
_Cells = list[list[Word]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the lines of each of its cells, and the page it stands on."""

    cells: tuple[tuple[Line, ...], ...]
    page: int


def find_tables(lines: Sequence[Line], pitch: float) -> list[Line | Row]:
    """Put the lines of a page that make tables into rows; the others stay as they are.

    Args:
        lines: From top to bottom.
        pitch: Distance of the lines of running text, in parts of the font size.
    """
    tight = max(_TIGHT, _SLACK * pitch)
    parts = [line.cells() for line in lines]
    found: list[Line | Row] = []
    begun = 0
    while begun < len(lines):
        if len(parts[begun]) < 2:
            found.append(lines[begun])
            begun += 1
            continue
        end = _end(lines, parts, begun, tight)
        columns = _columns(parts[begun:end])
        while (
            found
            and isinstance(above := found[-1], Line)
            and _heads(above, lines[begun], columns, tight)
        ):
            found.pop()
            begun -= 1
        while (
            end < len(lines)
            and _is_tight(lines[end - 1], lines[end], tight)
            and _fits(lines[end], columns)
        ):
            end += 1
        region = lines[begun:end]
        lone = sum(len(cells) > 1 for cells in parts[begun:end]) < 2
        if len(columns) < 2 or (lone and max(gap for line in region for gap in line.gaps) < _LONE):
            found.extend(region)
        else:
            found.extend(_rows(region, columns, tight))
        begun = end
    return found


def _end(lines: Sequence[Line], parts: Sequence[Sequence[Line]], begun: int, tight: float) -> int:
    """Find where the table that begins at a line ends: one past its last line."""
    end, pitch = begun + 1, 0.0
    last_of_table = end
    while end < len(lines):
        distance = lines[end - 1].y - lines[end].y
        if not 0 < distance <= _REACH * lines[end].size:
            break
        following = end + 1 < len(lines) and _beside(lines[end], lines[end + 1])
        if len(parts[end]) > 1 or _beside(lines[end - 1], lines[end]):
            last_of_table = end + 1
        elif following and len(parts[end + 1]) > 1:
            pass  # the upper part of a cell beside others that are set in the middle
        elif not _is_in(lines[end], lines[end - 1], _columns(parts[begun:end]), pitch, tight):
            break
        elif _is_tight(lines[end - 1], lines[end], tight) and last_of_table == end:
            last_of_table = end + 1
        pitch = max(pitch, distance)
        end += 1
    return last_of_table


def _is_in(line: Line, above: Line, columns: Sequence[Column], pitch: float, tight: float) -> bool:
    """Tell whether a line without gaps is the rest of a cell, or a row with one cell only."""
    distance = above.y - line.y
    if line.end < columns[0][0] - _BETWEEN * line.size:
        return distance <= max(_ROW * line.size, 1.1 * pitch)
    if not _fits(line, columns):
        return False
    return 0 < distance <= max(tight * line.size, 1.1 * pitch)


def _heads(line: Line, below: Line, columns: Sequence[Column], tight: float) -> bool:
    """Tell whether the line above a table is the upper part of cells in its first row."""
    if _beside(line, below):
        return True
    return _is_tight(line, below, tight) and _fits(line, columns) and line.x > columns[0][1]


def _beside(above: Line, below: Line) -> bool:
    """Tell whether two lines are too near to stand below each other in running text."""
    return 0 <= above.y - below.y <= _OVERLAP * min(above.size, below.size)


def _is_tight(above: Line, below: Line, tight: float) -> bool:
    return 0 < above.y - below.y <= tight * below.size


def _columns(parts: Sequence[Sequence[Line]]) -> list[Column]:
    """Find the columns, as left and right edges: from the fullest lines, then from the others."""
    most = max(len(cells) for cells in parts)
    cells = [cell for held in parts if len(held) == most for cell in held]
    cells.sort(key=lambda cell: cell.x)
    columns: list[Column] = []
    for cell in cells:
        if columns and cell.x < columns[-1][1] + _BETWEEN * cell.size:
            columns[-1] = (columns[-1][0], max(columns[-1][1], cell.end))
        else:
            columns.append((cell.x, cell.end))
    for held in parts:
        left = columns and held[0].end < columns[0][0] - _BETWEEN * held[0].size
        if 1 < len(held) < most or left:  # a first column may have no row with other cells
            for cell in held:
                columns = _widened(columns, cell)
    return columns


def _widened(columns: list[Column], cell: Line) -> list[Column]:
    """Make room for a cell of a shorter row; one that spans columns is left out."""
    touched = [column for column in columns if cell.x < column[1] and column[0] < cell.end]
    if len(touched) > 1:
        return columns
    x = min([cell.x, *(left for left, _ in touched)])
    end = max([cell.end, *(right for _, right in touched)])
    return sorted([column for column in columns if column not in touched] + [(x, end)])


def _fits(line: Line, columns: Sequence[Column]) -> bool:
    """Tell whether a line can be cut into cells, each of them in a column and in line with it."""
    for cell, (left, right), following in zip(
        _split(line, columns), columns, [*columns[1:], None], strict=True
    ):
        if not cell:
            continue
        limit = following[0] if following else right + 0.5 * (right - left) + 40
        x, end = cell[0].x, cell[-1].end
        in_line = (
            abs(x - left) <= _ALIGNED
            or abs(end - right) <= _ALIGNED
            or abs((x + end) - (left + right)) <= 2 * _ALIGNED
        )
        if x < left - _ALIGNED or end > limit or not in_line:
            return False
    return True


def _split(line: Line, columns: Sequence[Column]) -> _Cells:
    """Put the words of a line into columns; a cell that spans columns stays whole."""
    bounds = [(left[1] + right[0]) / 2 for left, right in pairwise(columns)]
    cells: _Cells = [[] for _ in columns]
    column = 0
    for at, word in enumerate(line.words):
        wanted = sum((word.x + word.end) / 2 > bound for bound in bounds)
        apart = at == 0 or line.gaps[at - 1] >= _BLANK
        if wanted > column and (apart or abs(word.x - columns[wanted][0]) <= _ALIGNED):
            column = wanted
        cells[column].append(word)
    return cells


def _rows(lines: Sequence[Line], columns: Sequence[Column], tight: float) -> list[Row]:
    split = [_split(line, columns) for line in lines]
    gaps = [above.y - below.y for above, below in pairwise(lines)]
    rows: list[list[int]] = [[0]]
    for at in range(1, len(lines)):
        gap = gaps[at - 1]
        loose = max(gaps) >= _LOOSER * gap
        held = [[word for i in rows[-1] for word in split[i][c]] for c in range(len(columns))]
        if _beside(lines[at - 1], lines[at]) or (
            gap <= tight * lines[at].size and _continues(held, split[at], columns, loose=loose)
        ):
            rows[-1].append(at)
        else:
            rows.append([at])
    return [
        Row(
            tuple(
                tuple(Line(tuple(split[i][c]), lines[i].page) for i in row if split[i][c])
                for c in range(len(columns))
            ),
            lines[row[0]].page,
        )
        for row in rows
    ]


def _continues(held: _Cells, below: _Cells, columns: Sequence[Column], *, loose: bool) -> bool:
    """Tell whether a line is more of the row above it, where their distance does not forbid it.

    A cell goes on where its next word had no room; figures never do. Without wider gaps between
    the rows, a line that begins in the first column begins a row.
    """
    for upper, lower, (_, right) in zip(held, below, columns, strict=True):
        if upper and lower:
            if _is_figure(upper) and _is_figure(lower):
                return False
            room = right + 0.5 - upper[-1].end - 0.25 * upper[-1].size
            if lower[0].end - lower[0].x <= room and not lower[0].text[0].islower():
                return False
    if loose:
        return True
    return not below[0] and all(
        not lower or (bool(upper) and not _is_figure(lower))
        for upper, lower in zip(held, below, strict=True)
    )


def _is_figure(words: Sequence[Word]) -> bool:
    return bool(_FIGURE.fullmatch(" ".join(word.text for word in words)))
