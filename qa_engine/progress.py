"""How far a build or a fetch is, shown to whoever watches it."""

from __future__ import annotations

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


class Bar:
    """An ``indexer.build.Progress`` on stderr; silent where that is no terminal."""

    def __init__(self, waiting: str = "loading the model") -> None:
        """Make a bar that moves to and fro, waiting for the number of files."""
        self._progress = Progress(
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.description}", markup=False),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._task = self._progress.add_task(waiting, total=None)

    def start(self, total_files: int) -> None:
        """Learn how many files there are."""
        self._progress.update(self._task, total=total_files, description="")

    def advance(self, source: str) -> None:
        """Learn that one more file is done."""
        self._progress.update(self._task, advance=1, description=source)

    def __enter__(self) -> Bar:
        """Begin to show the bar."""
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar away."""
        self._progress.stop()
