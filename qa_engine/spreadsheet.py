"""Precedents as a table for other programs: CSV and Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from indexer.markup import readable
from qa_engine.model import Citation
from qa_engine.precedents import Precedent
from qa_engine.presenting import outcome_name, source_label

HEADINGS = (
    "Kommune", "Organ", "Dato", "Sag", "Punkt", "Titel", "Udfald", "Beløb", "Indstilling",
    "Beslutning", "Retsgrundlag", "Side", "Kilde",
)  # fmt: skip
_WIDTHS = (20, 26, 12, 20, 8, 36, 16, 16, 60, 60, 40, 8, 40)
# What a spreadsheet takes for a formula where a cell begins with it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def precedents_csv(precedents: Sequence[Precedent]) -> bytes:
    """Write a table as Danish Excel opens it by itself: semicolons, UTF-8 with a mark."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([_harmless(cell) for cell in _row(p)] for p in precedents)
    return file.getvalue().encode("utf-8-sig")


def precedents_xlsx(precedents: Sequence[Precedent]) -> bytes:
    """Write a table for Excel, every cell as text."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Præcedens"
    for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True), 1):
        sheet.cell(1, column, heading).font = Font(bold=True)
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = width
    for row, precedent in enumerate(precedents, 2):
        for column, value in enumerate(_row(precedent), 1):
            cell = sheet.cell(row, column, ILLEGAL_CHARACTERS_RE.sub("", value))
            cell.data_type = "s"  # a text, even where it begins like a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _row(precedent: Precedent) -> list[str]:
    last = precedent.last
    page = last.decided[0].page
    return [
        last.minutes.municipality or "",
        last.body or "",
        last.date.isoformat() if last.date else "",
        last.item.case_number or "",
        last.item.number,
        last.item.title,
        outcome_name(last.outcome),
        last.amount or "",
        _running(last.proposed),
        _running(last.decided),
        _running(last.legal_basis),
        str(page) if page else "",
        source_label(last.decided[0]),
    ]


def _running(citations: Sequence[Citation]) -> str:
    return " ".join(readable(citation.quote) for citation in citations)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
