"""The connection to Milvus: what it is asked, and what its complaints mean for the user."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # else it writes to stderr, beside our one line

import grpc
from pymilvus import MilvusClient
from pymilvus.exceptions import MilvusException

from indexer.errors import StoreError

Row = Mapping[str, Any]

# Seconds until a request is given up; pymilvus would go on trying for many minutes.
_PATIENCE = 30.0
# Seconds until what another machine has begun to make is given up, and our own failure told.
_OTHERS_PATIENCE = 5.0
_CONNECTING = 10.0
# Milliseconds between signs of life; a server that gets them more often hangs up.
_KEEPALIVE = 300_000
MOST = 16_384  # results that Milvus gives at once
_ROWS_AT_A_TIME = 1000
# A request may hold 64 MB: a passage with the vectors of its units is well below 100 kB.
_WRITTEN_AT_A_TIME = 200

# What is said of it in one of these words, in small letters → what to do.
_ADVICE = (
    (("unauthenticated", "auth check", "token", "password"),
     "the token is not accepted; set PUNKTVIS_STORE_TOKEN to 'user:password' or to a key"),
    (("permission", "privilege", "denied"),
     "the user may not do this; ask for read and write rights to the database"),
    (("quota", "exhausted", "disk full", "no space", "rate limit", "too large", "out of memory"),
     "Milvus is full or over its limits; make room or raise its quotas and try again, what is "
     "indexed stays"),
    (("database not found", "database"),
     "the database is not there; create it or set PUNKTVIS_STORE_DATABASE"),
    (("fail connecting", "unavailable", "connection", "deadline", "timeout", "timed out"),
     "it cannot be reached; check that Milvus runs and that PUNKTVIS_STORE names its address"),
    (("open local milvus failed",),
     "the file cannot be opened; check its folder's rights, and that no other process uses it "
     "(Milvus Lite serves one at a time; several need a Milvus server)"),
)  # fmt: skip
_OTHERWISE = "Milvus refused the request; look in its log, and check its version"

# They would print traces and warnings beside our one line.
for _name in ("milvus_lite", "pymilvus"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a Milvus is.

    Attributes:
        uri: "http://host:19530", also "https://user:password@host:19530/database", or the path of
            a Milvus Lite file, which ends in ".db".
        token: "user:password" or a key; it outweighs what the address holds.
        database: Likewise.
    """

    uri: str
    token: str | None = None
    database: str | None = None

    @property
    def shown(self) -> str:
        """The address without what is secret in it."""
        scheme, mark, rest = self.uri.partition("://")
        return f"{scheme}{mark}{rest.rpartition('@')[2]}" if mark else self.uri


class Link:
    """A connection; every complaint of Milvus comes out of it as a ``StoreError``."""

    def __init__(self, address: Address) -> None:
        """Connect.

        Raises:
            StoreError: Milvus cannot be reached, or does not let us in.
        """
        self.address = address
        with self._explained():
            self._client = MilvusClient(
                address.uri,
                token=address.token or "",
                db_name=address.database or "",
                timeout=_CONNECTING,
                grpc_options={"grpc.keepalive_time_ms": _KEEPALIVE},
            )

    def collections(self) -> list[str]:
        """List the collections of the database."""
        with self._explained():
            return list(self._client.list_collections(timeout=_PATIENCE))

    def create(self, name: str, schema: Any, indexes: Any) -> None:
        """Create a collection as far as it is not there, and load it.

        Another machine may create it at the same time, and one may have been killed halfway.
        """
        client, within = self._client, _PATIENCE
        with self._explained():
            _unless_there(
                partial(client.has_collection, name, within),
                partial(
                    client.create_collection,
                    name,
                    schema=schema,
                    consistency_level="Strong",
                    timeout=within,
                ),
            )
            for index in indexes:
                # Loading waits for the indexes, so that waiting for each would be for nothing.
                _unless_there(
                    partial(client.list_indexes, name, index.field_name),
                    partial(client.create_index, name, type(indexes)([index]), within, sync=False),
                )
            client.load_collection(name, timeout=within)

    def load(self, name: str) -> None:
        """Make a collection ready to be searched, which it may not be after a restart."""
        with self._explained():
            self._client.load_collection(name, timeout=_PATIENCE)

    def drop(self, name: str) -> None:
        """Drop a collection."""
        with self._explained():
            self._client.drop_collection(name, timeout=_PATIENCE)

    def fields(self, name: str) -> Mapping[str, Mapping[str, Any]]:
        """Map the fields of a collection to their parameters."""
        with self._explained():
            told = self._client.describe_collection(name, timeout=_PATIENCE)
        return {field["name"]: field.get("params", {}) for field in told["fields"]}

    def insert(self, name: str, rows: Sequence[Row]) -> None:
        """Write rows whose keys are new."""
        self._write(self._client.insert, name, rows)

    def upsert(self, name: str, rows: Sequence[Row]) -> None:
        """Write rows in place of those that have their keys."""
        self._write(self._client.upsert, name, rows)

    def _write(self, write: Any, name: str, rows: Sequence[Row]) -> None:
        with self._explained():
            for first in range(0, len(rows), _WRITTEN_AT_A_TIME):
                part = [dict(row) for row in rows[first : first + _WRITTEN_AT_A_TIME]]
                write(name, part, timeout=_PATIENCE)

    def delete(self, name: str, condition: str) -> None:
        """Delete the rows for which a condition holds."""
        with self._explained():
            self._client.delete(name, filter=condition, timeout=_PATIENCE)

    def rows(self, name: str, condition: str, fields: Sequence[str]) -> list[Row]:
        """Read some fields of all rows for which a condition holds."""
        with self._explained():
            found: list[Row] = self._client.query(
                name,
                filter=condition,
                output_fields=list(fields),
                limit=MOST,
                timeout=_PATIENCE,
            )
            if len(found) < MOST:
                return found
            found = []
            pages = self._client.query_iterator(
                name,
                batch_size=_ROWS_AT_A_TIME,
                filter=condition,
                output_fields=list(fields),
                timeout=_PATIENCE,
            )
            while page := pages.next():
                found += page
            pages.close()
        return found

    def count(self, name: str, condition: str) -> int:
        """Count the rows for which a condition holds."""
        with self._explained():
            (row,) = self._client.query(
                name, filter=condition, output_fields=["count(*)"], timeout=_PATIENCE
            )
        return int(row["count(*)"])

    def search(
        self, name: str, what: object, field: str, k: int, condition: str, fields: Sequence[str]
    ) -> list[tuple[int, float, Row]]:
        """Rank the rows for which a condition holds: key, score and some fields of the k best."""
        with self._explained():
            (hits,) = self._client.search(
                name,
                data=[what],
                anns_field=field,
                limit=k,
                filter=condition,
                output_fields=list(fields),
                timeout=_PATIENCE,
            )
        return [(int(hit["id"]), float(hit["distance"]), hit["entity"]) for hit in hits]

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def told(self, what: str) -> StoreError:
        """Make an error that names this Milvus."""
        return StoreError(f"{self.address.shown}: {what}")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (MilvusException, grpc.RpcError, ValueError, OSError) as error:
            reason = " ".join(str(getattr(error, "message", "") or error).split())
            # Why a connection failed only stands in what pymilvus made its error of.
            said = " ".join(map(repr, (reason, error.__cause__, error.__context__))).lower()
            advice = next(
                (advice for words, advice in _ADVICE if any(word in said for word in words)),
                _OTHERWISE,
            )
            raise self.told(f"{advice} (Milvus: {reason[:200]})") from error


def _unless_there(there: Callable[[], object], make: Callable[[], object]) -> None:
    """Make something that another machine may be making just now."""
    if there():
        return
    try:
        make()
    except MilvusException:
        # The other one may have begun, which makes ours fail, and not be done yet.
        until = time.monotonic() + _OTHERS_PATIENCE
        while not there():
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def quoted(value: str) -> str:
    """Write a string as a literal of Milvus' conditions."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(character, character) for character in value) + '"'


def one_of(field: str, values: Sequence[str] | Sequence[int]) -> str:
    """Write the condition that a field holds one of some values."""
    listed = (quoted(value) if isinstance(value, str) else str(value) for value in values)
    return f"{field} in [{', '.join(listed)}]"
