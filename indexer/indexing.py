"""Indexing as an owner asks for it: into the data folder, with a report that stays there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from indexer.build import Progress, Report, build
from indexer.embedding import Embedder
from indexer.files import WHOLE, Shard
from indexer.reports import keep_report
from indexer.settings import Settings
from indexer.store.opening import create_store


def index(
    paths: Sequence[Path],
    settings: Settings,
    embedder: Embedder,
    progress: Progress | None = None,
    shard: Shard = WHOLE,
) -> Report:
    """Bring the index in the data folder up to date with files and folders; see ``build``.

    Raises:
        DocumentError: A path does not exist, or a folder holds nothing to read.
        StoreError: Another build runs, or the store cannot be written.
    """
    with create_store(settings, embedder.name) as store:
        report = build(
            paths,
            store,
            embedder,
            municipality=settings.municipality,
            shard=shard,
            progress=progress,
        )
        keep_report(settings.data, report, paths, dt.datetime.now().astimezone())
        return report
