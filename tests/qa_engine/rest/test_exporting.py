"""Whoever copies what is indexed gets all of it, and then what has changed."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from indexer.build import build
from indexer.embedding import Embedder
from indexer.store.local import LocalStore
from qa_engine.rest.exporting import CURSOR_HEADER
from qa_engine.rest.forms import Record
from qa_engine.rest.parquet import SCHEMAS

Open = Callable[..., TestClient]
NORDBY_SOURCE, SYDBY_SOURCE = "teknik æøå/2023 møde.md", "byråd/sydby.md"


def lines(client: TestClient, **asked: object) -> list[Any]:
    reply = client.get("/export", params=asked)
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/jsonl"
    told = [json.loads(line) for line in reply.text.splitlines()]
    assert told[-1] == {"record": "end", "cursor": int(reply.headers[CURSOR_HEADER])}
    return told


def test_all_that_is_indexed_is_exported(client: TestClient) -> None:
    told = lines(client)
    rows = [(row["record"], row.get("source"), row.get("number")) for row in told]
    assert sorted(rows[:-1]) == sorted(
        [
            ("document", NORDBY_SOURCE, None),
            ("item", NORDBY_SOURCE, "7"),
            ("decision", NORDBY_SOURCE, "7"),
            ("item", NORDBY_SOURCE, "8/2023"),
            ("document", SYDBY_SOURCE, None),
            ("item", SYDBY_SOURCE, "3"),
            ("decision", SYDBY_SOURCE, "3"),
        ]
    )
    for row in told:
        if row["record"] == "item":
            shown = client.get(f"/items/{row['source']}/{row['number']}").json()
            assert {key: value for key, value in row.items() if key in shown} == shown
        if row["record"] == "decision":
            assert row["outcome"] in {"approved", "postponed"}
            assert row["text"] in {"Godkendt.", "Udsat."}


def test_records_can_be_chosen(client: TestClient) -> None:
    told = lines(client, record=["decision", "document"])
    assert {row["record"] for row in told} == {"decision", "document", "end"}


@pytest.mark.parametrize("record", list(Record))
def test_parquet_holds_what_json_lines_hold(client: TestClient, record: Record) -> None:
    reply = client.get("/export", params={"format": "parquet", "record": record.value})
    assert reply.status_code == 200
    table = pq.read_table(io.BytesIO(reply.content))
    assert table.schema.names == SCHEMAS[record].names
    told = lines(client, record=record.value)
    assert table.to_pylist() == told[:-1]
    assert reply.headers[CURSOR_HEADER] == str(told[-1]["cursor"])


def test_parquet_has_rows_of_one_kind(client: TestClient) -> None:
    assert pq.read_table(io.BytesIO(client.get("/export?format=parquet").content)).num_rows == 3
    refused = client.get("/export?format=parquet&record=item&record=decision")
    assert refused.status_code == 422
    assert "one record at a time" in refused.json()["detail"]


def _index(own: Path, embedder: Embedder) -> None:
    with closing(LocalStore.create(own / "data", embedder.name)) as store:
        build([own / "minutes"], store, embedder)


def test_corrections_and_removals_follow_a_cursor(
    own: Path, client_of: Open, embedder: Embedder
) -> None:
    client = client_of(own / "data")
    _index(own, embedder)  # the copy of the folder is another place, and no change
    cursor = lines(client)[-1]["cursor"]
    assert lines(client, since=cursor) == [{"record": "end", "cursor": cursor}]

    nordby = own / "minutes" / NORDBY_SOURCE
    text = nordby.read_text(encoding="utf-8")
    nordby.write_text(text.replace("1,2 mio.", "1,4 mio."), encoding="utf-8")
    (own / "minutes" / "ny.md").write_text(text, encoding="utf-8")
    (own / "minutes" / SYDBY_SOURCE).unlink()
    _index(own, embedder)

    told = lines(client, since=cursor)
    documents = {row["source"]: row for row in told if row["record"] == "document"}
    assert {source: row["change"] for source, row in documents.items()} == {
        NORDBY_SOURCE: "replaced",
        SYDBY_SOURCE: "removed",
        "ny.md": "added",
    }
    assert documents[SYDBY_SOURCE]["items"] == 0
    items = [row for row in told if row["record"] == "item"]
    assert {row["source"] for row in items} == {NORDBY_SOURCE, "ny.md"}
    assert any("1,4 mio." in row["text"] for row in items)
    assert not any(
        row["record"] != "document" and row["source"] == SYDBY_SOURCE for row in told[:-1]
    )
    cursors = [row["cursor"] for row in told]
    assert cursors == sorted(cursors)
    assert cursors[0] > cursor

    table = client.get(f"/export?format=parquet&record=document&since={cursor}").content
    assert pq.read_table(io.BytesIO(table)).to_pylist() == list(documents.values())
    # Who begins afterwards has nothing to drop, and does not learn what was withdrawn.
    assert SYDBY_SOURCE not in {row.get("source") for row in lines(client)}


@pytest.mark.parametrize("since", ["-1", "x", "1.5"])
def test_what_is_no_cursor_is_refused(client: TestClient, since: str) -> None:
    assert client.get("/export", params={"since": since}).status_code == 422


@pytest.mark.parametrize("since", [1, 10**13, 10**30])
def test_a_cursor_of_another_index_is_gone(client: TestClient, since: int) -> None:
    told = client.get("/export", params={"since": since})
    assert told.status_code == 410
    assert told.json()["cursor"] == since
    assert "begin again from 0" in told.json()["detail"]
