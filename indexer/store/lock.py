"""The build lock: one process writes to a data folder, and others can say which."""

from __future__ import annotations

import datetime as dt
import os
import socket
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.errors import BuildLocked


class BuildLock:
    """A lock that the operating system lets go of when its holder dies.

    Who holds it stands in a file beside it, because Windows does not let others read a locked one.
    """

    def __init__(self, data: Path) -> None:
        """Name the data folder; nothing is locked yet."""
        self._data = data
        self._lock = FileLock(data / "build.lock", timeout=0, thread_local=False)
        self._note = data / "build.holder"

    def acquire(self) -> None:
        """Take the lock at once or not at all.

        Raises:
            BuildLocked: Another build has it.
        """
        try:
            self._lock.acquire()
        except Timeout:
            raise BuildLocked(self._data, self._holder()) from None
        started = dt.datetime.now().astimezone().isoformat(" ", "seconds")
        self._note.write_text(
            f"process {os.getpid()} on {socket.gethostname()}, since {started}", encoding="utf-8"
        )

    def release(self) -> None:
        """Let go of the lock; a second time does nothing."""
        if self._lock.is_locked:
            self._note.unlink(missing_ok=True)
            self._lock.release()

    def is_taken(self) -> bool:
        """Tell whether a build has it now; what a killed one left behind does not count."""
        if not self._note.exists():
            return False
        try:
            self.acquire()
        except BuildLocked:
            return True
        self.release()
        return False

    def _holder(self) -> str:
        try:
            return self._note.read_text(encoding="utf-8") or "a process that has just started"
        except OSError:
            return "a process that has just started"
