"""Minutes as rows of ``documents``, ``items`` and ``decisions``, and back."""

from __future__ import annotations

import sqlite3
from itertools import groupby

from indexer.model import AgendaItem, Decision, Filters, Minutes, Outcome
from indexer.store import ChangeKind, Findings, Meeting
from indexer.store.changes import note_change
from indexer.store.codec import (
    content_of,
    date_from_column,
    date_to_column,
    json_list,
    personal_from_column,
    personal_to_column,
    sections_from_column,
    sections_to_column,
    statements_from_column,
    statements_to_column,
    strings,
    votes_from_column,
    votes_to_column,
)
from indexer.store.learned import insert_abbreviations
from indexer.store.selection import select_documents
from indexer.store.terms import count_out


def insert_minutes(
    connection: sqlite3.Connection, minutes: Minutes, digest: str, root: str | None
) -> tuple[int, ...]:
    """Write a document that is not there, and give the row ids of its items in their order."""
    document = connection.execute(
        "INSERT INTO documents (source, root, digest, municipality, committee, date, place, url,"
        " participants, absent, unknown_headings, notices, personal, preamble)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            minutes.source,
            root,
            digest,
            minutes.municipality,
            minutes.committee,
            date_to_column(minutes.date),
            minutes.place,
            minutes.url,
            json_list(minutes.participants),
            json_list(minutes.absent),
            json_list(minutes.unknown_headings),
            json_list(minutes.notices),
            personal_to_column(minutes.personal),
            minutes.preamble,
        ),
    ).lastrowid
    assert document is not None
    return tuple(
        _insert_item(connection, document, position, item)
        for position, item in enumerate(minutes.items)
    )


def _insert_item(
    connection: sqlite3.Connection, document: int, position: int, item: AgendaItem
) -> int:
    row = connection.execute(
        "INSERT INTO items (document, position, number, title, case_number, closed, first_page,"
        " sections, absent, attachments, url, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document,
            position,
            item.number,
            item.title,
            item.case_number,
            item.closed,
            item.first_page,
            sections_to_column(item.sections),
            json_list(item.absent),
            json_list(item.attachments),
            item.url,
            item.text,
        ),
    ).lastrowid
    assert row is not None
    connection.executemany(
        "INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(row, place, *_decision_columns(d)) for place, d in enumerate(item.decisions)],
    )
    insert_abbreviations(connection, row, item.text)
    return row


def _decision_columns(decision: Decision) -> tuple[str | int | None, ...]:
    return (
        decision.body,
        date_to_column(decision.date),
        decision.outcome.value,
        decision.start,
        decision.end,
        json_list(decision.absent),
        votes_to_column(decision.votes),
        statements_to_column(decision.statements),
        json_list(decision.disqualified),
    )


def delete_document(connection: sqlite3.Connection, source: str) -> bool:
    """Delete a document with all that belongs to it; tell whether it was there."""
    of_source = (
        "FROM words WHERE rowid IN (SELECT chunks.id FROM chunks"
        " JOIN items ON items.id = chunks.item JOIN documents ON documents.id = items.document"
        " WHERE documents.source = ?)"
    )
    held = connection.execute(f"SELECT title, heading, body {of_source}", (source,)).fetchall()
    count_out(connection, held)
    connection.execute(f"DELETE {of_source}", (source,))
    return connection.execute("DELETE FROM documents WHERE source = ?", (source,)).rowcount > 0


def make_room(connection: sqlite3.Connection, source: str) -> None:
    """Delete what a source held, before it is written; note that it is replaced, or else added."""
    held = delete_document(connection, source)
    note_change(connection, source, ChangeKind.REPLACED if held else ChangeKind.ADDED)


def remove_document(connection: sqlite3.Connection, source: str) -> bool:
    """Delete a document and note that it is gone; tell whether it was there."""
    held = delete_document(connection, source)
    if held:
        note_change(connection, source, ChangeKind.REMOVED)
    return held


def block_document(connection: sqlite3.Connection, source: str, reason: str) -> bool:
    """Delete a document and its copies, and keep their content out; tell whether it was there."""
    digests = dict(map(tuple, connection.execute("SELECT source, digest FROM documents")))
    if source not in digests:
        return False
    content = content_of(digests[source])
    connection.execute("INSERT OR REPLACE INTO blocked VALUES (?, ?, ?)", (content, source, reason))
    for copy, digest in digests.items():
        if content_of(digest) == content:
            remove_document(connection, copy)
    # Else the words of what was deleted stay readable in the file until a later merge.
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")
    return True


def is_blocked(connection: sqlite3.Connection, digest: str) -> bool:
    """Tell whether the content of a document of this digest is to be kept out."""
    found = connection.execute("SELECT 1 FROM blocked WHERE digest = ?", (content_of(digest),))
    return found.fetchone() is not None


def load_minutes(connection: sqlite3.Connection, source: str) -> Minutes | None:
    """Read one document back as it was stored."""
    row = connection.execute("SELECT * FROM documents WHERE source = ?", (source,)).fetchone()
    if row is None:
        return None
    return Minutes(
        source=row["source"],
        municipality=row["municipality"],
        committee=row["committee"],
        date=date_from_column(row["date"]),
        place=row["place"],
        participants=strings(row["participants"]),
        absent=strings(row["absent"]),
        items=_load_items(connection, row["id"]),
        preamble=row["preamble"],
        unknown_headings=strings(row["unknown_headings"]),
        url=row["url"],
        notices=strings(row["notices"]),
        personal=personal_from_column(row["personal"]),
    )


def _load_items(connection: sqlite3.Connection, document: int) -> tuple[AgendaItem, ...]:
    decisions = connection.execute(
        "SELECT decisions.* FROM decisions JOIN items ON items.id = decisions.item"
        " WHERE items.document = ? ORDER BY decisions.item, decisions.position",
        (document,),
    )
    decided = {
        item: tuple(_decision(row) for row in rows)
        for item, rows in groupby(decisions, lambda row: row["item"])
    }
    rows = connection.execute(
        "SELECT * FROM items WHERE document = ? ORDER BY position", (document,)
    )
    return tuple(_item(row, decided.get(row["id"], ())) for row in rows)


def _item(row: sqlite3.Row, decisions: tuple[Decision, ...]) -> AgendaItem:
    return AgendaItem(
        number=row["number"],
        title=row["title"],
        case_number=row["case_number"],
        closed=bool(row["closed"]),
        text=row["text"],
        first_page=row["first_page"],
        sections=sections_from_column(row["sections"]),
        decisions=decisions,
        absent=strings(row["absent"]),
        attachments=strings(row["attachments"]),
        url=row["url"],
    )


def _decision(row: sqlite3.Row) -> Decision:
    return Decision(
        body=row["body"],
        date=date_from_column(row["date"]),
        outcome=Outcome(row["outcome"]),
        start=row["start_at"],
        end=row["end_at"],
        absent=strings(row["absent"]),
        votes=votes_from_column(row["votes"]),
        statements=statements_from_column(row["statements"]),
        disqualified=strings(row["disqualified"]),
    )


def list_meetings(connection: sqlite3.Connection, filters: Filters) -> list[Meeting]:
    """List the meetings that pass the filters, newest first, those without a date last."""
    chosen = select_documents(filters)
    rows = connection.execute(
        "SELECT *, (SELECT count(*) FROM items WHERE document = documents.id) AS items"
        f" FROM documents WHERE {chosen.condition} ORDER BY date DESC, source",
        chosen.values,
    )
    return [
        Meeting(
            source=row["source"],
            municipality=row["municipality"],
            committee=row["committee"],
            date=date_from_column(row["date"]),
            place=row["place"],
            items=row["items"],
            url=row["url"],
        )
        for row in rows
    ]


def list_findings(connection: sqlite3.Connection) -> list[Findings]:
    """List the documents of which something could not be read, masked or recognised, by source."""
    rows = connection.execute(
        "SELECT source, notices, personal, unknown_headings FROM documents"
        " WHERE notices <> '[]' OR personal <> '[]' OR unknown_headings <> '[]' ORDER BY source"
    )
    return [
        Findings(
            row["source"],
            strings(row["notices"]),
            personal_from_column(row["personal"]),
            strings(row["unknown_headings"]),
        )
        for row in rows
    ]
