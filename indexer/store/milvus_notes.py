"""Facts about the index in Milvus: named values of some kinds, one row each.

"meta": the model, and a stamp of the last change. "pending": sources that are being replaced, and
their folders. "blocked": contents that are kept out. "term": the analysed terms that are indexed.
"change": the last change of each source.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Literal

from indexer.store.milvus_link import Link, one_of
from indexer.store.milvus_rows import NOTHING
from indexer.store.milvus_schema import NOTES

Kind = Literal["meta", "pending", "blocked", "term", "change"]
_KEYS_AT_A_TIME = 500


class Notes:
    """Reads and writes them."""

    def __init__(self, link: Link) -> None:
        """Know the connection."""
        self._link = link

    def read(self, kind: Kind) -> dict[str, str]:
        """Map the names of a kind to their values."""
        rows = self._link.rows(NOTES, f'kind == "{kind}"', ["name", "value"])
        return {row["name"]: row["value"] for row in rows}

    def write(self, kind: Kind, named: Mapping[str, str]) -> None:
        """Write values, in place of those that the names had."""
        rows = [
            {
                "key": _key(kind, name),
                "kind": kind,
                "name": name,
                "value": value,
                "nothing": NOTHING,
            }
            for name, value in named.items()
        ]
        self._link.upsert(NOTES, rows)

    def remove(self, kind: Kind, names: Iterable[str]) -> None:
        """Remove names of a kind."""
        keys = [_key(kind, name) for name in names]
        for first in range(0, len(keys), _KEYS_AT_A_TIME):
            self._link.delete(NOTES, one_of("key", keys[first : first + _KEYS_AT_A_TIME]))


def _key(kind: Kind, name: str) -> str:
    return f"{kind} {hashlib.blake2b(name.encode(), digest_size=16).hexdigest()}"
