"""Minutes handed in on the page: kept in the data folder, indexed in the background."""

from __future__ import annotations

import datetime as dt
import logging
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from indexer.build import build
from indexer.embedding import Embedder
from indexer.errors import UploadFault, UploadRefused
from indexer.pages import SUFFIXES
from indexer.reports import keep_report
from indexer.settings import Settings
from indexer.store.opening import create_store

_LOG = logging.getLogger(__name__)
FOLDER = "uploads"
_UNSAFE = re.compile(r"[^\w .()-]")


@dataclass(frozen=True, slots=True)
class Uploaded:
    """One file as it was handed in."""

    name: str
    content: bytes


class Indexing:
    """A build that runs in a thread of its own; anyone may look how far it is."""

    def __init__(self) -> None:
        """Nothing runs yet."""
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self.total = 0
        self.done = 0
        self.failed: Exception | None = None
        self.skipped: tuple[str, ...] = ()

    def start(self, total_files: int) -> None:
        """Learn how many files there are."""
        self.total = total_files

    def advance(self, source: str) -> None:
        """Learn that one more file is done."""
        self.done += 1

    @property
    def running(self) -> bool:
        """Whether a build runs now."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def finished(self) -> bool:
        """Whether a build has ended."""
        return self._thread is not None and not self._thread.is_alive()

    def wait(self, seconds: float) -> bool:
        """Wait for a build to end; tell whether it has."""
        if self._thread is not None:
            self._thread.join(seconds)
        return not self.running

    def begin(self, files: Sequence[Uploaded], settings: Settings, embedder: Embedder) -> None:
        """Keep files and index them, unless a build runs already.

        Raises:
            UploadRefused: The files are not taken.
        """
        check(files, settings)
        with self._starting:
            if self.running:
                raise UploadRefused(UploadFault.BUSY)
            folder = settings.data / FOLDER
            folder.mkdir(parents=True, exist_ok=True)
            for file in files:
                (folder / _safe_name(file.name)).write_bytes(file.content)
            self.total = self.done = 0
            self.failed, self.skipped = None, ()
            self._thread = threading.Thread(
                target=self._build, args=(folder, settings, embedder), daemon=True
            )
            self._thread.start()

    def _build(self, folder: Path, settings: Settings, embedder: Embedder) -> None:
        try:
            with create_store(settings, embedder.name) as store:
                report = build(
                    [folder],
                    store,
                    embedder,
                    municipality=settings.municipality,
                    progress=self,
                )
            keep_report(settings.data, report, dt.datetime.now().astimezone())
            self.skipped = tuple(skipped.source for skipped in report.skipped)
        except Exception as error:  # told on the page, by whoever looks next
            _LOG.exception("indexing what was handed in failed")
            self.failed = error


def check(files: Sequence[Uploaded], settings: Settings) -> None:
    """Check number, kind and size of files against what the owner allows.

    Raises:
        UploadRefused: One of them is not taken.
    """
    if not files:
        raise UploadRefused(UploadFault.NOTHING)
    if len(files) > settings.upload_files:
        raise UploadRefused(UploadFault.TOO_MANY, limit=str(settings.upload_files))
    for file in files:
        if PurePath(file.name).suffix.lower() not in SUFFIXES:
            raise UploadRefused(UploadFault.KIND, file.name, ", ".join(sorted(SUFFIXES)))
        if len(file.content) > settings.upload_megabytes * 1_000_000:
            raise UploadRefused(UploadFault.SIZE, file.name, str(settings.upload_megabytes))


def _safe_name(name: str) -> str:
    """Keep a file's name, and nothing that leads out of the folder or is hidden in it."""
    last = re.split(r"[/\\]", name)[-1]
    return _UNSAFE.sub("_", last).lstrip(".") or "referat"
