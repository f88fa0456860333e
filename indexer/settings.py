"""Settings, read from the environment in this one place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from indexer.errors import PunktvisError


class Backend(StrEnum):
    """What runs the embedding model; AUTO takes the faster of those that can."""

    AUTO = "auto"
    ONNX = "onnx"
    TORCH = "torch"


@dataclass(frozen=True)
class Settings:
    """What an owner can set; each field is read from ``PUNKTVIS_<FIELD>``.

    Attributes:
        data: Folder that holds the index.
        model: Folder or hub name of a sentence-transformers model; None is the bundled one.
        backend: What runs the embedding model.
        cache: Folder for the unpacked bundled model; None is the user's cache folder.
        municipality: Municipality of minutes that do not name their own.
        store: A folder for the index instead of ``data``, or a Milvus: an address
            ("http://host:19530", also with "user:password@" and "/database") or a file ".db".
        store_token: "user:password" or a key for Milvus.
        store_database: The database in Milvus.
        upload: Whether minutes can be handed in on the page.
        upload_megabytes: Largest file that is taken there.
        upload_files: Most files that are taken at once.
        llm: A language model that words answers, as LangChain names it ("ollama:llama3.1"); None is
            none, and then nothing is ever sent anywhere.
        llm_url: Where it is reached; None is the provider's own place.
        llm_seconds: How long its whole reply may take.
        serve_requests: Most requests a minute over HTTP, of each token or address.
        serve_kilobytes: Longest body that is read there.
    """

    data: Path = Path("data")
    model: str | None = None
    backend: Backend = Backend.AUTO
    cache: Path | None = None
    municipality: str | None = None
    store: str | None = None
    store_token: str | None = field(default=None, repr=False)
    store_database: str | None = None
    upload: bool = False
    upload_megabytes: int = 25
    upload_files: int = 20
    llm: str | None = None
    llm_url: str | None = None
    llm_seconds: int = 30
    serve_requests: int = 12_000
    serve_kilobytes: int = 1024

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings; an empty variable counts as unset.

        Raises:
            PunktvisError: A variable that counts something holds no whole number, or one that
                chooses holds none of its choices.
        """

        def read(name: str) -> str | None:
            return environment.get(f"PUNKTVIS_{name}") or None

        def count(name: str, default: int) -> int:
            value = read(name) or str(default)
            if not value.isdecimal():
                raise PunktvisError(f"PUNKTVIS_{name}: '{value}' is no whole number; write 25")
            return int(value)

        backend = read("BACKEND") or cls.backend.value
        if backend not in set(Backend):
            choices = ", ".join(Backend)
            raise PunktvisError(f"PUNKTVIS_BACKEND: '{backend}' is unknown; write one of {choices}")
        data, cache = read("DATA"), read("CACHE")
        return cls(
            data=Path(data) if data else cls.data,
            model=read("MODEL"),
            backend=Backend(backend),
            cache=Path(cache) if cache else None,
            municipality=read("MUNICIPALITY"),
            store=read("STORE"),
            store_token=read("STORE_TOKEN"),
            store_database=read("STORE_DATABASE"),
            upload=read("UPLOAD") in {"1", "true", "yes", "ja"},
            upload_megabytes=count("UPLOAD_MEGABYTES", cls.upload_megabytes),
            upload_files=count("UPLOAD_FILES", cls.upload_files),
            llm=read("LLM"),
            llm_url=read("LLM_URL"),
            llm_seconds=count("LLM_SECONDS", cls.llm_seconds),
            serve_requests=count("SERVE_REQUESTS", cls.serve_requests),
            serve_kilobytes=count("SERVE_KILOBYTES", cls.serve_kilobytes),
        )
