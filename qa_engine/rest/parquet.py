"""Rows of an export as a Parquet file, under the keys that they have in JSON."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from tempfile import TemporaryFile
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from qa_engine.json_form import Json
from qa_engine.rest.forms import Record

_ROWS_AT_ONCE = 1000

_TEXTS = pa.list_(pa.string())
_SECTIONS = pa.list_(pa.struct({"role": pa.string(), "heading": pa.string(), "text": pa.string()}))
_VOTES = pa.list_(
    pa.struct(
        {"side": pa.string(), "person": pa.string(), "party": pa.string(), "count": pa.int64()}
    )
)
_STATEMENTS = pa.list_(pa.struct({"kind": pa.string(), "by": _TEXTS, "text": pa.string()}))
_DECISION = {
    "body": pa.string(),
    "date": pa.string(),
    "outcome": pa.string(),
    "text": pa.string(),
    "absent": _TEXTS,
    "votes": _VOTES,
    "statements": _STATEMENTS,
    "disqualified": _TEXTS,
}
_PLACE = {
    "record": pa.string(),
    "cursor": pa.int64(),
    "source": pa.string(),
    "municipality": pa.string(),
    "committee": pa.string(),
    "url": pa.string(),
}
_TITLE = {"number": pa.string(), "title": pa.string(), "case_number": pa.string()}
SCHEMAS = {
    Record.DOCUMENT: pa.schema(
        {
            **_PLACE,
            "change": pa.string(),
            "at": pa.string(),
            "date": pa.string(),
            "place": pa.string(),
            "items": pa.int64(),
        }
    ),
    Record.ITEM: pa.schema(
        {
            **_PLACE,
            **_TITLE,
            "date": pa.string(),
            "closed": pa.bool_(),
            "first_page": pa.int64(),
            "sections": _SECTIONS,
            "decisions": pa.list_(pa.struct(_DECISION)),
            "absent": _TEXTS,
            "attachments": _TEXTS,
            "text": pa.string(),
        }
    ),
    Record.DECISION: pa.schema({**_PLACE, **_TITLE, "meeting_date": pa.string(), **_DECISION}),
}


def write_parquet(rows: Iterable[Json], record: Record) -> IO[bytes]:
    """Write rows of one kind into a file that is gone when it is closed, open at its beginning."""
    file, left, schema = TemporaryFile(), iter(rows), SCHEMAS[record]  # noqa: SIM115 - handed on
    try:
        with pq.ParquetWriter(file, schema) as writer:
            while batch := list(islice(left, _ROWS_AT_ONCE)):
                writer.write_table(pa.Table.from_pylist(batch, schema))
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file
