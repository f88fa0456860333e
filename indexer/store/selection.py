"""Filters as SQL conditions, which are applied inside every search and never fail open."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.model import Filters
from indexer.store.codec import date_to_column, json_list


@dataclass(frozen=True, slots=True)
class Selection:
    """An SQL condition over ``documents``, or over ``items``, with its values."""

    condition: str
    values: tuple[str, ...]


def select_items(filters: Filters) -> Selection | None:
    """Confine ``items`` to those that pass; None where nothing is confined."""
    documents, items = _of_documents(filters), _of_items(filters)
    if not documents:
        return _joined(items) if items else None
    # Nested rather than joined: SQLite would scan all items and look up the document of each.
    outer, inner = _joined(items), _joined(documents)
    of_these = f"items.document IN (SELECT id FROM documents WHERE {inner.condition})"
    return Selection(f"{of_these} AND {outer.condition}", inner.values + outer.values)


def select_documents(filters: Filters) -> Selection:
    """Confine ``documents`` to those that pass and hold an item that does, if items matter."""
    documents, items = _joined(_of_documents(filters)), _of_items(filters)
    if not items:
        return documents
    inner = _joined(items)
    holds = f"EXISTS (SELECT 1 FROM items WHERE document = documents.id AND {inner.condition})"
    return Selection(f"{documents.condition} AND {holds}", documents.values + inner.values)


def passing(chosen: Selection, what: str = "id") -> str:
    """Write a query for the passages of the items that pass."""
    # Nested rather than joined: SQLite would scan all passages and look up the item of each.
    items = f"SELECT items.id FROM items WHERE {chosen.condition}"
    return f"SELECT {what} FROM chunks WHERE chunks.item IN ({items})"


def passing_ranges(connection: sqlite3.Connection, filters: Filters) -> NDArray[np.int64] | None:
    """Give first and last of each range of ids of passages that pass the filters, shape (n, 2).

    The passages of an item follow each other. None where the filters are empty.
    """
    chosen = select_items(filters)
    if chosen is None:
        return None
    rows = connection.execute(f"{passing(chosen, 'min(id), max(id)')} GROUP BY item", chosen.values)
    return np.array([tuple(row) for row in rows], np.int64).reshape(-1, 2)


def _of_documents(filters: Filters) -> list[tuple[str, str]]:
    one_of = "IN (SELECT value FROM json_each(?))"
    return _given(
        (f"documents.municipality {one_of}", _names(filters.municipalities)),
        (f"documents.committee {one_of}", _names(filters.committees)),
        ("documents.date >= ?", date_to_column(filters.since)),
        ("documents.date <= ?", date_to_column(filters.until)),
    )


def _of_items(filters: Filters) -> list[tuple[str, str]]:
    decided = "SELECT 1 FROM decisions WHERE decisions.item = items.id AND decisions.outcome = ?"
    return _given(
        ("items.case_number = ?", filters.case_number),
        (f"EXISTS ({decided})", None if filters.outcome is None else filters.outcome.value),
    )


def _names(names: tuple[str, ...]) -> str | None:
    return json_list(names) if names else None


def _given(*pairs: tuple[str, str | None]) -> list[tuple[str, str]]:
    return [(condition, value) for condition, value in pairs if value is not None]


def _joined(pairs: list[tuple[str, str]]) -> Selection:
    condition = " AND ".join(condition for condition, _ in pairs) or "TRUE"
    return Selection(condition, tuple(value for _, value in pairs))
