"""Ask ``punktvis serve`` as many at once do, with locust on loopback: part of ``make bench``.

Prints requests a second, the 50th and 95th percentile of their time, errors, and the memory of the
server before and after. Without ``--data`` the corpus is indexed first. An error ends it with 1.
"""

from __future__ import annotations

import argparse
import json
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
USERS, SECONDS = 16, 30
_MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Load:
    """What a run showed: requests and errors, seconds, and milliseconds by number of requests."""

    requests: int
    errors: int
    seconds: float
    times: dict[int, int]

    def percentile(self, share: float) -> int:
        """Tell within how many milliseconds this share of the requests was answered."""
        left = share * self.requests
        for milliseconds, count in sorted(self.times.items()):
            left -= count
            if left <= 0:
                return milliseconds
        return max(self.times, default=0)


@contextmanager
def serving(data: Path) -> Iterator[tuple[str, psutil.Process]]:
    """Serve an index in a process of its own; gives its address and the process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "qa_engine.cli", "serve", "--data", data, "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        if not process.stdout.readline():
            raise SystemExit("the server did not start")
        yield f"http://127.0.0.1:{port}", psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def run(address: str, users: int, seconds: int, what: str) -> Load:
    """Have as many users ask for as long, each one thing after the other."""
    command = [sys.executable, "-m", "locust", "-f", str(ROOT / "tests" / "bench" / "askers.py")]
    command += ["--headless", "--host", address, "--users", str(users), "--spawn-rate", str(users)]
    command += ["--run-time", f"{seconds}s", "--stop-timeout", "30", "--json", what]
    printed = subprocess.run(command, check=False, capture_output=True, text=True)
    if not printed.stdout:
        raise SystemExit(printed.stderr)  # else it tells of every second
    (told,) = json.loads(printed.stdout)
    return Load(
        requests=told["num_requests"],
        errors=told["num_failures"],
        seconds=told["last_request_timestamp"] - told["start_time"],
        times={int(float(time)): count for time, count in told["response_times"].items()},
    )


def index_corpus(data: Path) -> None:
    """Index the invented minutes."""
    command = [sys.executable, "-m", "qa_engine.cli", "index", "corpus/sources", "--data", data]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def measure(data: Path, users: int, seconds: int, what: str) -> int:
    """Run once to warm up, once to measure, and print a line; gives the number of errors."""
    with serving(data) as (address, server):
        run(address, users, 3, what)
        before = server.memory_info().rss / _MEGABYTE
        load = run(address, users, seconds, what)
        after = server.memory_info().rss / _MEGABYTE
    print(
        f"{what.lower()}, {users} at once for {load.seconds:.0f} s: "
        f"{load.requests / load.seconds:.1f} requests/s, p50 {load.percentile(0.5)} ms, "
        f"p95 {load.percentile(0.95)} ms, {load.errors} errors; "
        f"memory {before:.0f} MB before, {after:.0f} MB after"
    )
    return load.errors


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for; gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="an index; else the corpus is indexed")
    parser.add_argument("--users", type=int, default=USERS)
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--what", choices=["Searcher", "Asker"], default="Searcher")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as held:
        data = chosen.data or Path(held)
        if not chosen.data:
            index_corpus(data)
        return 1 if measure(data, chosen.users, chosen.seconds, chosen.what) else 0


if __name__ == "__main__":
    sys.exit(main())
