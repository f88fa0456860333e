"""Indexing as an owner asks for it: into the data folder, with a report that stays there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from indexer.build import Progress, Report, build
from indexer.embedding import Embedder
from indexer.reports import keep_report
from indexer.settings import Settings
from indexer.store.local import LocalStore


def index(
    paths: Sequence[Path], settings: Settings, embedder: Embedder, progress: Progress | None = None
) -> Report:
    """Bring the index in the data folder up to date with files and folders; see ``build``.

    Raises:
        DocumentError: A path does not exist, or a folder holds nothing to read.
        StoreError: Another build runs, or the store cannot be written.
    """
    with LocalStore.create(settings.data, embedder.name) as store:
        report = build(
            paths, store, embedder, municipality=settings.municipality, progress=progress
        )
        keep_report(settings.data, report, paths, dt.datetime.now().astimezone())
        return report
