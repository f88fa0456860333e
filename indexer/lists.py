"""Labels in lists and tables, which are told from other elements by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.candidates import is_sign
from indexer.labels import Label, read_label
from indexer.lines import Line
from indexer.model import Role

POINT = re.compile(r"[-–•*→]\s+")
_COUNTED = re.compile(r"(\d{1,2})[.)]\s+(?=\D)")
_POINTED = {Role.RECOMMENDATION, Role.DECISION, Role.ABSENCE}
_OF_EVERY_ITEM = {Role.RECOMMENDATION, Role.DECISION}
_TABLE_RULE = re.compile(r"\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-+:?\s*)?")


def labels_by_place(body: Sequence[Line]) -> dict[int, Label]:
    """Read the labels of an item that its lines alone do not tell, by where they start."""
    return _counted_labels(body) | _pointed_labels(body)


def _counted_labels(body: Sequence[Line]) -> dict[int, Label]:
    """Read "1. Resume" and "3. Baggrund" as labels, by where they start.

    They are where the first line below the heading is one; elsewhere they count what stands below
    a label.
    """
    found: dict[int, Label] = {}
    last = 0
    for line in body:
        number = _COUNTED.match(line.text)
        label = number and read_label(line.text[number.end() :], marked=line.level > 0)
        if number and label and label.inline is None and int(number[1]) > last:
            last = int(number[1])
            found[line.start] = label
        elif not found:
            break
    return found


def _pointed_labels(body: Sequence[Line]) -> dict[int, Label]:
    """Read "- Beslutning: Godkendt." as a label, by where it starts.

    It is one where nothing else is told as decided; elsewhere it may be a step of a plan.
    """
    found: dict[int, Label] = {}
    points = [(line, point) for line in body if (point := POINT.match(line.text))]
    if not points or any(line.label and line.label.role is Role.DECISION for line in body):
        return found
    for line, point in points:
        label = read_label(line.text[point.end() :], marked=False)
        if label and label.inline and label.role in _POINTED:
            found[line.start] = replace(label, inline=label.inline + point.end())
    return found


def tabled_rows(body: Sequence[Line]) -> set[int]:
    """Find the rows below the head of a Markdown table, by where they start.

    Where an item has labels outside its tables, those tell of areas and figures, and "Økonomi" in
    a first column labels no part; but not where a table alone tells what is proposed or decided.
    """
    found: set[int] = set()
    labelled = [(line.text.startswith("|"), line.label.role) for line in body if line.label]
    inside = {role for is_row, role in labelled if is_row}
    outside = {role for is_row, role in labelled if not is_row}
    if not inside or not outside or _OF_EVERY_ITEM & (inside - outside):
        return found
    in_table = False
    for line, below in pairwise([*body, None]):
        if line is None or not line.text.startswith("|"):
            in_table = False
            continue
        if below is not None and _TABLE_RULE.fullmatch(below.text):
            is_head = any(letter.isalpha() for letter in line.text)
            in_table = is_head and not is_sign(line)
        if in_table:
            found.add(line.start)
    return found
