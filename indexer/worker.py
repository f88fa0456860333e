"""Reading minutes in a process of its own, under limits of time and memory.

Files come from anywhere, and a PDF can make a reader run forever, fill the memory or crash. So
nothing but this process is at stake when a file is read: it is ended when a file takes too long
or too much, the file is reported, and the next file is read by a new process. A process is a
plain child that speaks over its pipes, not one of ``multiprocessing``: that would run the main
module of the program again, which under Streamlit or in a notebook is the user's own.
"""

from __future__ import annotations

import logging
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from indexer.errors import DocumentError
from indexer.model import Minutes
from indexer.parsing import read_minutes

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

# The largest real minutes take a few seconds and 200 MB.
SECONDS = 60.0
MEMORY = 1_500_000_000
_START_SECONDS = 120.0  # a cold disk and a virus scanner
_LENGTH = struct.Struct("<Q")
_READY = "ready"

# What a process sends: the minutes, or the reason why there are none and whether it must end.
_Reply = tuple[Minutes | None, str, bool]


class Worker:
    """Reads minutes as ``indexer.parsing.read_minutes`` does, in another process.

    The process is started for the first file, reads one after the other, and is replaced after a
    failure. Close the worker, or use it as a context.
    """

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        """Set the limits.

        Args:
            seconds: Longest time for one file.
            memory: Largest address space of the process in bytes, where the system can limit it.
        """
        self._seconds = seconds
        self._memory = memory
        self._process: _Process | None = None

    def __call__(self, path: Path, source: str, municipality: str | None = None) -> Minutes:
        """Read one file.

        Raises:
            DocumentError: It cannot be read, or not within the limits.
        """
        if self._process is None or not self._process.is_alive():
            self.close()
            self._process = _Process(self._seconds, self._memory)
        try:
            minutes, reason, ends = self._process.ask((path, source, municipality), self._seconds)
        except _Lost as lost:
            self.close()
            raise DocumentError(source, str(lost)) from None
        except BaseException:  # an interrupted question would be answered to the next one
            self.close()
            raise
        if ends:
            self.close()
        if minutes is None:
            raise DocumentError(source, reason)
        return minutes

    def __enter__(self) -> Self:
        """Use it as a context that closes it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """End the process, also while a thread waits for it; the next file starts a new one."""
        process, self._process = self._process, None
        if process is not None:
            process.end()


class _Lost(Exception):
    """A process that did not answer; the message says why, for the file's report."""


class _Process:
    """One child process and the pipes to it."""

    def __init__(self, seconds: float, memory: int) -> None:
        root = str(Path(__file__).resolve().parents[1])
        paths = [root, os.environ.get("PYTHONPATH", "")]
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-m", __name__, str(seconds), str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        )
        self._replies: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        # A thread, because Windows cannot wait for a pipe for a given time.
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._is_ready = False

    def is_alive(self) -> bool:
        """Tell whether it still runs; the system may have ended it while it had nothing to do."""
        return self._child.poll() is None

    def ask(self, question: object, seconds: float) -> _Reply:
        """Send a question and wait for its answer.

        Raises:
            _Lost: There is no answer in time, or never will be.
        """
        if not self._is_ready:
            self._wait(_START_SECONDS, "the process that reads files does not start; try again")
            self._is_ready = True
        try:
            _send(self._pipe(self._child.stdin), pickle.dumps(question))
        except OSError:
            raise _Lost(self._ending()) from None
        late = (
            f"reading it takes more than {seconds:g} seconds; "
            "print it to a new PDF, or split it by meeting"
        )
        reply: _Reply = pickle.loads(self._wait(seconds, late))  # our own process sends it
        return reply

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._child.kill()
        self._child.wait()
        self._listener.join()
        for pipe in (self._child.stdin, self._child.stdout):
            with suppress(OSError):  # what was not yet sent cannot be sent any more
                self._pipe(pipe).close()

    def _listen(self) -> None:
        pipe = self._pipe(self._child.stdout)
        while (frame := _receive(pipe)) is not None:
            self._replies.put(frame)
        self._replies.put(None)

    def _wait(self, seconds: float, late: str) -> bytes:
        try:
            frame = self._replies.get(timeout=seconds)
        except queue.Empty:
            raise _Lost(late) from None
        if frame is None:
            raise _Lost(self._ending())
        return frame

    def _ending(self) -> str:
        status = self._child.wait()
        how = f"signal {-status}" if status < 0 else f"exit status {status}"
        return f"reading it ended the process ({how}); print it to a new PDF and index that"

    @staticmethod
    def _pipe(pipe: object) -> BinaryIO:
        assert pipe is not None
        return pipe  # type: ignore[return-value]


def _send(pipe: BinaryIO, frame: bytes) -> None:
    pipe.write(_LENGTH.pack(len(frame)) + frame)
    pipe.flush()


def _receive(pipe: BinaryIO) -> bytes | None:
    """Read a frame; None where the other side has closed the pipe."""
    try:
        head = pipe.read(_LENGTH.size)
        if len(head) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack(head)
        frame = pipe.read(length)
    except (OSError, ValueError):
        return None
    return frame if len(frame) == length else None


def _serve(seconds: float, memory: int) -> None:
    """Answer questions from standard input until it ends: the child's whole life."""
    logging.disable()  # pypdf tells of every oddity
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends this process
    questions, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything prints must not run into the replies
    restart_clock = _limit(seconds, memory)
    _send(replies, _READY.encode())
    while (frame := _receive(questions)) is not None:
        restart_clock()
        path, source, municipality = pickle.loads(frame)
        reply: _Reply
        try:
            reply = read_minutes(path, source, municipality), "", False
        except DocumentError as error:
            reply = None, error.reason, False
        except MemoryError:
            reason = f"reading it takes more than {memory // 1_000_000:,} MB of memory"
            reply = None, f"{reason}; print it to a new PDF, or split it by meeting", True
        except Exception as error:  # one strange file must not end a build of thousands
            fault = f"reading it failed ({type(error).__name__}: {error}); please report this"
            reply = None, fault, True
        _send(replies, pickle.dumps(reply))


def _limit(seconds: float, memory: int) -> Callable[[], None]:
    """Limit this process where the system can; return what gives the next file its time.

    The parent keeps the time. The limit here is for a process whose parent is gone.
    """
    if resource is None:
        return lambda: None
    for kind in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        try:
            resource.setrlimit(kind, (memory, resource.getrlimit(kind)[1]))
        except (OSError, ValueError):  # macOS knows the limits but not these values
            continue

    def restart() -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime + 2 * seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))

    return restart


if __name__ == "__main__":
    _serve(float(sys.argv[1]), int(sys.argv[2]))
