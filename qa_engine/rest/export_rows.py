"""What is indexed as rows: documents with what became of them, their items, their decisions.

A document's row comes before those of its items and decisions, and stands in place of all that was
told of its source before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from indexer.model import AgendaItem, Minutes
from indexer.store import Change
from qa_engine.json_form import Json, decision_form, iso, item_form
from qa_engine.rest.forms import Record


def rows_of(change: Change, minutes: Minutes | None, records: Collection[Record]) -> Iterator[Json]:
    """Lay out one document.

    Args:
        change: What became of it.
        minutes: What it holds; None where it was removed.
        records: What is to be told of it.
    """
    if Record.DOCUMENT in records:
        yield _row(Record.DOCUMENT, change, _document_form(change, minutes))
    for item in minutes.items if minutes else ():
        assert minutes
        if Record.ITEM in records:
            yield _row(Record.ITEM, change, item_form(minutes, item))
        if Record.DECISION in records:
            for form in _decision_forms(minutes, item):
                yield _row(Record.DECISION, change, form)


def _row(record: Record, change: Change, form: Json) -> Json:
    return {"record": record.value, "cursor": change.cursor, **form}


def _document_form(change: Change, minutes: Minutes | None) -> Json:
    return {
        "source": change.source,
        "change": change.kind.value,
        "at": change.at.isoformat(),
        "municipality": minutes and minutes.municipality,
        "committee": minutes and minutes.committee,
        "date": minutes and iso(minutes.date),
        "place": minutes and minutes.place,
        "items": len(minutes.items) if minutes else 0,
        "url": minutes and minutes.url,
    }


def _decision_forms(minutes: Minutes, item: AgendaItem) -> Iterator[Json]:
    for decision in item.decisions:
        yield {
            "source": minutes.source,
            "municipality": minutes.municipality,
            "committee": minutes.committee,
            "meeting_date": iso(minutes.date),
            "number": item.number,
            "title": item.title,
            "case_number": item.case_number,
            **decision_form(item, decision),
            "url": minutes.url,
        }
