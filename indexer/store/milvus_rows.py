"""Minutes and passages as rows of Milvus collections, and back."""

from __future__ import annotations

import base64
import datetime as dt
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np

from indexer.abbreviations import find_abbreviations
from indexer.model import Chunk, Filters, Minutes, Role
from indexer.store import EmbeddedChunk, Findings, Meeting, Passage
from indexer.store.codec import (
    personal_from_column,
    personal_to_column,
    unit_vectors_from_blob,
    unit_vectors_to_blob,
)
from indexer.store.milvus_link import Row
from indexer.store.milvus_schema import (
    BODY_TIMES,
    HEADING_TIMES,
    LONGEST,
    MOST_TERMS,
    TITLE_TIMES,
    optional,
    token,
)
from indexer.store.minutes_json import minutes_from_json, minutes_to_json
from indexer.store.passages import words_of

NOTHING = (0.0, 0.0)
# Passages of one version of a document have numbers that follow each other.
NUMBERS = 4096
_PIECE = 60_000


@dataclass(frozen=True, slots=True)
class Document:
    """What is known of a document without reading its text.

    Attributes:
        version: Tells its passages from those of every other version; the newer, the higher.
        digest: What it was stored with.
        root: Folder that it came from.
        passages: How many it has.
        meeting: Its line in the list of meetings.
        findings: What is to be told of it.
    """

    version: int
    digest: str
    root: str | None
    passages: int
    meeting: Meeting
    findings: Findings


def document_row(
    minutes: Minutes, version: int, digest: str, root: str | None, passages: int
) -> Row:
    """Write what is known of a document."""
    explained = {a for item in minutes.items for a in find_abbreviations(item.text)}
    about = {
        "root": root,
        "passages": passages,
        "place": minutes.place,
        "items": len(minutes.items),
        "url": minutes.url,
        "notices": minutes.notices,
        "personal": personal_to_column(minutes.personal),
        "unknown_headings": minutes.unknown_headings,
    }
    return {
        "source": minutes.source,
        "version": version,
        "digest": digest,
        "municipality": optional(minutes.municipality),
        "committee": optional(minutes.committee),
        "date": _day(minutes.date),
        "about": _json(about),
        "abbreviations": sorted(f"{a.short}\t{a.long}" for a in explained)[:MOST_TERMS],
        "nothing": NOTHING,
    }


DOCUMENT_FIELDS = ("source", "version", "digest", "municipality", "committee", "date", "about")


def document_from_row(row: Row) -> Document:
    """Read what is known of a document."""
    about = json.loads(row["about"])
    source, date = row["source"], row["date"]
    meeting = Meeting(
        source=source,
        municipality=_given(row["municipality"]),
        committee=_given(row["committee"]),
        date=dt.date.fromordinal(date) if date else None,
        place=about["place"],
        items=about["items"],
        url=about["url"],
    )
    findings = Findings(
        source,
        tuple(about["notices"]),
        personal_from_column(about["personal"]),
        tuple(about["unknown_headings"]),
    )
    return Document(
        row["version"], row["digest"], about["root"], about["passages"], meeting, findings
    )


def lets_in(filters: Filters, meeting: Meeting) -> bool:
    """Tell whether a meeting passes the filters on municipality, committee and date."""
    return (
        (not filters.municipalities or meeting.municipality in filters.municipalities)
        and (not filters.committees or meeting.committee in filters.committees)
        and (filters.since is None or (meeting.date is not None and meeting.date >= filters.since))
        and (filters.until is None or (meeting.date is not None and meeting.date <= filters.until))
    )


def piece_rows(minutes: Minutes, version: int, chunks: Sequence[EmbeddedChunk]) -> Iterator[Row]:
    """Write the text of a document and the vectors of its passages' units, in pieces."""
    texts = {0: zlib.compress(minutes_to_json(minutes).encode())}
    texts |= {
        version * NUMBERS + place: unit_vectors_to_blob(embedded.unit_vectors)
        for place, embedded in enumerate(chunks)
        if len(embedded.unit_vectors)
    }
    numbers = count()
    for chunk, content in texts.items():
        written = base64.b64encode(content).decode()
        for place, first in enumerate(range(0, len(written), _PIECE)):
            yield {
                "key": f"{version}.{next(numbers)} {minutes.source}",
                "source": minutes.source,
                "version": version,
                "chunk": chunk,
                "place": place,
                "content": written[first : first + _PIECE],
                "nothing": NOTHING,
            }


def joined(pieces: Sequence[Row]) -> bytes:
    """Put the pieces of one text together."""
    ordered = sorted(pieces, key=lambda row: int(row["place"]))
    return base64.b64decode("".join(row["content"] for row in ordered))


def minutes_from_pieces(pieces: Sequence[Row]) -> Minutes:
    """Read a document back as it was stored."""
    return minutes_from_json(zlib.decompress(joined(pieces)).decode())


def chunk_rows(minutes: Minutes, version: int, chunks: Sequence[EmbeddedChunk]) -> list[Row]:
    """Write the passages of a document."""
    return [_chunk_row(minutes, version, place, embedded) for place, embedded in enumerate(chunks)]


def _chunk_row(minutes: Minutes, version: int, place: int, embedded: EmbeddedChunk) -> Row:
    chunk, item = embedded.chunk, minutes.items[embedded.chunk.position]
    title, heading, body = (
        [token(term) for term in column.split()] for column in words_of(minutes, chunk)
    )
    words = " ".join(title * TITLE_TIMES + heading * HEADING_TIMES + body * BODY_TIMES)
    return {
        "id": version * NUMBERS + place,
        "source": minutes.source,
        "version": version,
        "item": chunk.position,
        "start": chunk.start,
        "municipality": optional(minutes.municipality),
        "committee": optional(minutes.committee),
        "date": _day(minutes.date),
        "case_number": optional(item.case_number),
        "item_number": item.number,
        "outcomes": sorted({decision.outcome.value for decision in item.decisions}),
        "title": item.title,
        "chunk": _json([chunk.role.value, chunk.heading, chunk.header, chunk.end, chunk.units]),
        "terms": sorted({*title, *heading, *body})[:MOST_TERMS],
        # Cut between words, so that no half a word is indexed.
        "words": words if len(words) < LONGEST // 2 else words[: LONGEST // 2].rpartition(" ")[0],
        "vector": embedded.vector.tolist(),
    }


PASSAGE_FIELDS = (
    "id", "source", "version", "item", "start", "committee", "date", "title", "chunk", "vector",
)  # fmt: skip


def passage_from_row(row: Row, pieces: Sequence[Row]) -> Passage:
    """Read a passage back; the pieces hold the vectors of its units."""
    role, heading, header, end, units = json.loads(row["chunk"])
    chunk = Chunk(
        position=row["item"],
        role=Role(role),
        heading=heading,
        header=header,
        start=row["start"],
        end=end,
        units=tuple((start, stop) for start, stop in units),
    )
    vector = np.array(row["vector"], np.float32)
    unit_vectors = unit_vectors_from_blob(joined(pieces), len(units), len(vector))
    return Passage(
        id=row["id"],
        source=row["source"],
        embedded=EmbeddedChunk(chunk, vector, unit_vectors),
        title=row["title"],
        committee=_given(row["committee"]),
        date=dt.date.fromordinal(row["date"]) if row["date"] else None,
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _day(date: dt.date | None) -> int:
    return date.toordinal() if date else 0


def _given(column: str) -> str | None:
    return column[1:] if column else None
