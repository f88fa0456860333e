"""Values to columns and back: JSON for lists, little-endian bytes for vectors."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.model import Personal, Role, Section, Side, Statement, StatementKind, Vote
from indexer.store import Vectors

# The full vector decides the ranking; the units' vectors only pick sentences within a passage,
# for which half the precision is plenty, at half the room.
_VECTOR = np.dtype("<f4")
_UNIT_VECTOR = np.dtype("<f2")
_OFFSET = np.dtype("<i4")


def content_of(digest: str) -> str:
    """Give the part of a document's digest that tells its content, however that is read."""
    return digest.partition("-")[0]


def json_list(values: Iterable[object]) -> str:
    """Write a list as JSON, for a column or for ``json_each(?)``."""
    return json.dumps(list(values), ensure_ascii=False)


def strings(column: str) -> tuple[str, ...]:
    """Read what ``json_list`` wrote of strings."""
    return tuple(json.loads(column))


def sections_to_column(sections: Iterable[Section]) -> str:
    """Write sections as JSON lists of role, heading, start and end."""
    return json_list([s.role.value, s.heading, s.start, s.end] for s in sections)


def sections_from_column(column: str) -> tuple[Section, ...]:
    """Read sections back."""
    return tuple(
        Section(Role(role), heading, start, end) for role, heading, start, end in json.loads(column)
    )


def votes_to_column(votes: Iterable[Vote]) -> str:
    """Write votes as JSON lists of side, person, party and count."""
    return json_list([v.side.value, v.person, v.party, v.count] for v in votes)


def votes_from_column(column: str) -> tuple[Vote, ...]:
    """Read votes back."""
    return tuple(
        Vote(Side(side), person, party, count) for side, person, party, count in json.loads(column)
    )


def statements_to_column(statements: Iterable[Statement]) -> str:
    """Write statements as JSON lists of kind, names, start and end."""
    return json_list([s.kind.value, s.by, s.start, s.end] for s in statements)


def statements_from_column(column: str) -> tuple[Statement, ...]:
    """Read statements back."""
    return tuple(
        Statement(StatementKind(kind), tuple(by), start, end)
        for kind, by, start, end in json.loads(column)
    )


def personal_to_column(places: Iterable[Personal]) -> str:
    """Write where CPR numbers stood as JSON lists of page, item and certainty."""
    return json_list([p.page, p.item, p.certain] for p in places)


def personal_from_column(column: str) -> tuple[Personal, ...]:
    """Read the places back."""
    return tuple(Personal(page, item, certain) for page, item, certain in json.loads(column))


def date_to_column(date: dt.date | None) -> str | None:
    """Write a date in ISO form, which sorts as it should."""
    return None if date is None else date.isoformat()


def date_from_column(column: str | None) -> dt.date | None:
    """Read a date back."""
    return None if column is None else dt.date.fromisoformat(column)


def vector_to_blob(vector: Vectors) -> bytes:
    """Write a vector of shape (d,) as float32."""
    return vector.astype(_VECTOR).tobytes()


def vectors_from_blobs(blobs: Iterable[bytes], dimensions: int) -> Vectors:
    """Read vectors of ``dimensions`` numbers back as one array of shape (n, d)."""
    return np.frombuffer(b"".join(blobs), _VECTOR).reshape(-1, dimensions).astype(np.float32)


def unit_vectors_to_blob(vectors: Vectors) -> bytes:
    """Write the vectors of a passage's units, shape (units, d), as float16."""
    return vectors.astype(_UNIT_VECTOR).tobytes()


def unit_vectors_from_blob(blob: bytes, units: int, dimensions: int) -> Vectors:
    """Read the vectors of a passage's units back, exact to about three digits."""
    vectors: NDArray[np.float16] = np.frombuffer(blob, _UNIT_VECTOR)
    return vectors.reshape(units, dimensions).astype(np.float32)


def units_to_blob(units: Sequence[tuple[int, int]]) -> bytes:
    """Write ranges as pairs of 32-bit offsets."""
    return np.array(units, _OFFSET).tobytes()


def units_from_blob(blob: bytes) -> tuple[tuple[int, int], ...]:
    """Read ranges back."""
    pairs: list[list[int]] = np.frombuffer(blob, _OFFSET).reshape(-1, 2).tolist()
    return tuple((start, end) for start, end in pairs)
