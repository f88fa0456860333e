"""The route that exports what is indexed, whole or what has changed since."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import IO, Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse

from indexer.errors import QuestionError
from indexer.store import Change, ChangeKind
from qa_engine.engine import Engine
from qa_engine.json_form import Json, dump
from qa_engine.rest import examples
from qa_engine.rest.access import needs
from qa_engine.rest.describing import AT_THE_GATE, Responses, problems, schema_of
from qa_engine.rest.export_rows import rows_of
from qa_engine.rest.forms import ExportForm, Record
from qa_engine.rest.parquet import write_parquet
from qa_engine.rest.replies import EngineOf
from qa_engine.rest.tokens import Scope

router = APIRouter(tags=["export"], dependencies=[needs(Scope.EXPORT)], responses=AT_THE_GATE)
CURSOR_HEADER = "Punktvis-Cursor"
_JSON_LINES, _PARQUET = "application/jsonl", "application/vnd.apache.parquet"
_PIECE = 1 << 16


def _end(cursor: int) -> Json:
    return {"record": "end", "cursor": cursor}


def _described() -> Responses:
    rows = [
        row
        for change, minutes in zip(examples.CHANGES, (examples.MINUTES, None), strict=True)
        for row in rows_of(change, minutes, list(Record))
    ]
    rows.append(_end(examples.CHANGES[-1].cursor))
    lines = "".join(f"{dump(row)}\n" for row in rows)
    cursor = {"description": "To be sent as `since` the next time.", "schema": schema_of(1)}
    content = {
        _JSON_LINES: {"schema": schema_of(lines), "example": lines},
        _PARQUET: {"schema": {"type": "string", "format": "binary"}},
    }
    description = "Rows in the order of change; the last line of JSON Lines says that it is whole."
    reply = {"description": description, "content": content, "headers": {CURSOR_HEADER: cursor}}
    return {200: reply, **problems(410)}


@router.get("/export", responses=_described())
def export(form: Annotated[ExportForm, Query()], engine: EngineOf) -> Response:
    """Export documents, items and decisions: all, or of what changed after a cursor.

    A document's row says what became of it: `added`, `replaced` (drop what was told of its source
    before) or `removed` (likewise; nothing follows). Telling a document twice does no harm.
    """
    changes = engine.changes(form.since)
    cursor = changes[-1].cursor if changes else form.since
    if not form.since:  # who begins has nothing to drop, and need not learn what is gone
        changes = [change for change in changes if change.kind is not ChangeKind.REMOVED]
    headers = {CURSOR_HEADER: str(cursor)}
    if form.format == "jsonl":
        lines = _lines(engine, changes, form.record or list(Record), cursor)
        return StreamingResponse(lines, headers=headers, media_type=_JSON_LINES)
    if len(set(form.record)) > 1:
        raise QuestionError("a Parquet file has rows of one kind; ask for one record at a time")
    record = form.record[0] if form.record else Record.ITEM
    rows = (row for each in changes for row in _rows(engine, each, {record}))
    file = write_parquet(rows, record)
    headers["Content-Disposition"] = f'attachment; filename="{record.value}.parquet"'
    return StreamingResponse(_pieces(file), headers=headers, media_type=_PARQUET)


def _lines(
    engine: Engine, changes: Sequence[Change], records: Collection[Record], cursor: int
) -> Iterator[str]:
    for change in changes:
        yield "".join(f"{dump(row)}\n" for row in _rows(engine, change, records))
    yield f"{dump(_end(cursor))}\n"


def _rows(engine: Engine, change: Change, records: Collection[Record]) -> Iterator[Json]:
    """Lay out a document as it is now, or nothing where a later change has removed it."""
    minutes = engine.minutes(change.source)
    if minutes or change.kind is ChangeKind.REMOVED:
        yield from rows_of(change, minutes, records)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
