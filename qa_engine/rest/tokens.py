"""Bearer tokens: who may do what over HTTP, kept in the data folder as hashes only.

A token is 256 random bits, so that a plain SHA-256 of it cannot be turned back by trying; a slow
hash is for passwords that people choose.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from filelock import FileLock

from indexer.errors import PunktvisError, StoreError

FILE_NAME = "tokens.json"
_PREFIX = "punktvis_"
_RANDOM_BYTES = 32


class Scope(StrEnum):
    """What a token lets its holder do; an admin may do everything."""

    READ = "read"
    EXPORT = "export"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token.

    Attributes:
        name: Who holds it, in the owner's words.
        scopes: What it is for.
        made: When, ISO, to the second.
        digest: SHA-256 of the token, in hexadecimal.
    """

    name: str
    scopes: tuple[Scope, ...]
    made: str
    digest: str

    def allows(self, scope: Scope) -> bool:
        """Tell whether its holder may do this."""
        return scope in self.scopes or Scope.ADMIN in self.scopes


class Tokens:
    """The tokens of one data folder; others may make and revoke them at the same time."""

    def __init__(self, data: Path) -> None:
        """Name the data folder; it need not be there yet."""
        self._file = data / FILE_NAME

    def are_kept(self) -> bool:
        """Tell whether a token was ever made here, even if all of them have been revoked."""
        return self._file.exists()

    def read(self) -> list[Token]:
        """Read all tokens, in the order in which they were made.

        Raises:
            StoreError: The file is damaged; nobody is let in by a list that cannot be read.
        """
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            return [
                Token(each["name"], tuple(map(Scope, each["scopes"])), each["made"], each["digest"])
                for each in kept
            ]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(
                f"{self._file}: the tokens cannot be read ({error}); delete the file and make new "
                f"ones with 'punktvis token make'"
            ) from error

    def find(self, secret: str) -> Token | None:
        """Find a token by what its holder sends.

        Every token is compared, each in constant time, so that the time tells nothing.
        """
        digest = _digest(secret)
        same = [t for t in self.read() if hmac.compare_digest(t.digest.encode(), digest.encode())]
        return same[0] if same else None

    def make(self, name: str, scopes: Sequence[Scope], now: dt.datetime) -> str:
        """Make a token and give it; it cannot be had again.

        Raises:
            PunktvisError: The name is taken.
        """
        secret = _PREFIX + secrets.token_urlsafe(_RANDOM_BYTES)
        made = now.isoformat(timespec="seconds")
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._changing():
            tokens = self.read()
            if any(token.name == name for token in tokens):
                raise PunktvisError(
                    f"there is a token '{name}' already; revoke it, or choose another name"
                )
            self._write([*tokens, Token(name, tuple(scopes), made, _digest(secret))])
        return secret

    def revoke(self, name: str) -> None:
        """Take a token back; whoever sends it is turned away from now on.

        Raises:
            PunktvisError: There is none of this name.
        """
        with self._changing():
            tokens = self.read()
            kept = [token for token in tokens if token.name != name]
            if len(kept) == len(tokens):
                raise PunktvisError(f"there is no token '{name}'; 'punktvis token list' names them")
            self._write(kept)

    def _changing(self) -> FileLock:
        return FileLock(self._file.with_suffix(".lock"))

    def _write(self, tokens: Sequence[Token]) -> None:
        half = self._file.with_suffix(".new")
        half.unlink(missing_ok=True)
        kept = [
            {"name": t.name, "scopes": list(t.scopes), "made": t.made, "digest": t.digest}
            for t in tokens
        ]
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            json.dump(kept, file, ensure_ascii=False)
        os.replace(half, self._file)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
