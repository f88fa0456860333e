"""Settings, read from the environment in this one place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from indexer.errors import PunktvisError


@dataclass(frozen=True)
class Settings:
    """What an owner can set; each field is read from ``PUNKTVIS_<FIELD>``.

    Attributes:
        data: Folder that holds the index.
        model: Folder or hub name of a sentence-transformers model; None is the bundled one.
        cache: Folder for the unpacked bundled model; None is the user's cache folder.
        municipality: Municipality of minutes that do not name their own.
        store: A folder for the index instead of ``data``, or a Milvus: an address
            ("http://host:19530", also with "user:password@" and "/database") or a file ".db".
        store_token: "user:password" or a key for Milvus.
        store_database: The database in Milvus.
        upload: Whether minutes can be handed in on the page.
        upload_megabytes: Largest file that is taken there.
        upload_files: Most files that are taken at once.
    """

    data: Path = Path("data")
    model: str | None = None
    cache: Path | None = None
    municipality: str | None = None
    store: str | None = None
    store_token: str | None = field(default=None, repr=False)
    store_database: str | None = None
    upload: bool = False
    upload_megabytes: int = 25
    upload_files: int = 20

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings; an empty variable counts as unset.

        Raises:
            PunktvisError: A variable that counts something holds no whole number.
        """

        def read(name: str) -> str | None:
            return environment.get(f"PUNKTVIS_{name}") or None

        def count(name: str, default: int) -> int:
            value = read(name) or str(default)
            if not value.isdecimal():
                raise PunktvisError(f"PUNKTVIS_{name}: '{value}' is no whole number; write 25")
            return int(value)

        data, cache = read("DATA"), read("CACHE")
        return cls(
            data=Path(data) if data else cls.data,
            model=read("MODEL"),
            cache=Path(cache) if cache else None,
            municipality=read("MUNICIPALITY"),
            store=read("STORE"),
            store_token=read("STORE_TOKEN"),
            store_database=read("STORE_DATABASE"),
            upload=read("UPLOAD") in {"1", "true", "yes", "ja"},
            upload_megabytes=count("UPLOAD_MEGABYTES", cls.upload_megabytes),
            upload_files=count("UPLOAD_FILES", cls.upload_files),
        )
