"""Builds that are killed at random moments lose nothing, and builds do not get in each other's way.

Real processes, SQLite and FAISS over a tiny model of the bundled one's kind. ``make test`` kills a
handful, ``make kill`` 50 (``PUNKTVIS_KILLS``). A build that loses something is named by its seed.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
import pytest

from indexer.errors import MissingIndex
from indexer.model import Filters
from indexer.settings import Settings
from indexer.store.local import LocalStore
from indexer.store.vectors import FILE_NAME as VECTORS
from indexer.weights import unpack
from qa_engine.cli import main
from qa_engine.engine import Engine

KILLS = int(os.environ.get("PUNKTVIS_KILLS", "4"))
ROOT = Path(__file__).resolve().parents[1]
LONGEST = 600.0  # a machine may be busy with something else
NOTHING: frozenset[tuple[str, str]] = frozenset()

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL and SIGSTOP")


@dataclass(frozen=True)
class Contents:
    """All that an index holds, without the numbers that its rows happen to have.

    Attributes:
        documents: Source and digest of each.
        passages: Where each stands, with its text in the word index.
        vectors: Of the passages, in the same order.
    """

    documents: frozenset[tuple[str, str]]
    passages: tuple[tuple[object, ...], ...]
    vectors: np.ndarray

    def assert_same(self, other: Contents) -> None:
        """Compare with what another build made of the same files."""
        assert self.documents == other.documents
        assert self.passages == other.passages
        np.testing.assert_allclose(self.vectors, other.vectors, atol=1e-5)


def contents(data: Path) -> Contents:
    """Read an index table by table, and check that the FAISS file holds the same vectors."""
    with closing(sqlite3.connect(data / "punktvis.sqlite")) as connection:
        documents = connection.execute("SELECT source, digest FROM documents").fetchall()
        rows = connection.execute(
            "SELECT chunks.id, chunks.vector, source, items.position, items.text, start_at, end_at,"
            " chunks.role, units, words.title, words.heading, words.body FROM chunks"
            " JOIN items ON items.id = chunks.item JOIN documents ON documents.id = items.document"
            " JOIN words ON words.rowid = chunks.id ORDER BY source, items.position, start_at"
        ).fetchall()
        counts = [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("chunks", "words")
        ]
    assert counts == [len(rows), len(rows)]
    vectors = np.array([np.frombuffer(row[1], "<f4") for row in rows])
    index = faiss.read_index(str(data / VECTORS))
    assert sorted(faiss.vector_to_array(index.id_map)) == sorted(row[0] for row in rows)
    held = np.array([index.reconstruct(row[0]) for row in rows])
    np.testing.assert_array_equal(held, vectors)
    return Contents(frozenset(documents), tuple(row[2:] for row in rows), vectors)


def write(file: Path, subject: str, sum_: int) -> None:
    """Write minutes of six items about a subject."""
    items = "\n".join(
        f"# Punkt {number}: {subject} {number}\n\n20/{1000 + number}\n\n## Sagsfremstilling\n\n"
        f"{subject} {number} i Nordby koster {sum_ + number} mio. kr. og bliver vedligeholdt.\n\n"
        f"## Beslutning Byrådet den 14-03-2023\n\nGodkendt.\n"
        for number in range(1, 7)
    )
    head = "# REFERAT Byrådet i Nordby Kommune d. 14-03-2023\n\n"
    file.write_text(head + items, encoding="utf-8")


@dataclass(frozen=True)
class Site:
    """Folders with the minutes of two days, and what an undisturbed build makes of them.

    Attributes:
        model: Folder of the tiny model.
        minutes: The folder that is indexed; it holds what ``newer`` holds.
        older: An index of the minutes as they were.
        before: What ``older`` holds.
        after: What an index of the minutes as they are holds.
        seconds: How long a build holds the lock.
    """

    model: Path
    minutes: Path
    older: Path
    before: Contents
    after: Contents
    seconds: float


@pytest.fixture(scope="module")
def site(tiny_weights: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Index minutes, then change, add and remove some, and index them undisturbed elsewhere."""
    folder = tmp_path_factory.mktemp("site")
    model, minutes, older, newer = (folder / name for name in ("model", "minutes", "older", "new"))
    unpack(tiny_weights, model)
    minutes.mkdir()
    for number, subject in enumerate(("Cykelstien", "Havnen", "Skolen", "Broen")):
        write(minutes / f"{number}.md", subject, 10)
    finish(build(model, minutes, older))
    write(minutes / "1.md", "Havnen", 20)
    (minutes / "2.md").unlink()
    for number, subject in enumerate(("Hallen", "Parken", "Torvet", "Diget", "Vejen"), 4):
        write(minutes / f"{number}.md", subject, 30)
    shutil.copytree(older, newer)
    with started(build(model, minutes, newer), newer) as process:
        begun = time.perf_counter()
        finish(process)
    seconds = time.perf_counter() - begun
    return Site(model, minutes, older, contents(older), contents(newer), seconds)


def build(model: Path, minutes: Path, data: Path) -> subprocess.Popen[str]:
    """Start a build in a process group of its own."""
    command = [sys.executable, "-m", "qa_engine.cli", "index", minutes, "--data", data, "--json"]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PUNKTVIS_MODEL": str(model)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(process: subprocess.Popen[str]) -> dict[str, object]:
    """Wait for a build and read its report."""
    out, err = process.communicate(timeout=LONGEST)
    assert process.returncode == 0, err
    report: dict[str, object] = json.loads(out)
    return report


def kill(process: subprocess.Popen[str]) -> None:
    """End a build and the process in which it reads files, as a power cut does."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=LONGEST)


@contextmanager
def started(process: subprocess.Popen[str], data: Path) -> Iterator[subprocess.Popen[str]]:
    """Wait until a build holds the lock; it does not outlive the context."""
    with process:
        try:
            wait_for(data / "build.holder", process)
            yield process
        finally:
            if process.poll() is None:
                kill(process)


def wait_for(file: Path, process: subprocess.Popen[str]) -> None:
    """Wait until a build has begun to write a file, or ends."""
    until = time.monotonic() + LONGEST
    while not has_begun(file) and process.poll() is None:
        assert time.monotonic() < until, f"{file} is not made"
        time.sleep(0.0002)


def has_begun(file: Path) -> bool:
    """Tell whether something stands in a file, which may go at any moment."""
    try:
        return file.stat().st_size > 0
    except FileNotFoundError:
        return False


def assert_readable(data: Path, *known: frozenset[tuple[str, str]]) -> int:
    """Ask an index as any reader would; every document in it is one of those known, and whole.

    Returns:
        The number of documents.
    """
    with LocalStore.open(data) as store:
        held = frozenset(store.digests().items())
        assert held <= frozenset().union(*known)
        for source, _ in held:
            minutes = store.minutes(source)
            assert minutes is not None
            assert len(minutes.items) == 6
            assert all(store.item_passages(source, position) for position in range(6))
        model = store.model
    if model is None:
        return 0
    with closing(Engine.open(data, Settings(model=model))) as engine:
        hits = engine.search("Cykelstien 3 i Nordby koster", k=10)
        assert hits, "something is found in whatever was there"
        if any(source == "0.md" for source, _ in held):
            assert any(hit.key == ("0.md", "3") for hit in hits)
            assert engine.ask("Hvad koster Cykelstien 3 i Nordby?").hits
        # A build that still runs may have stored more since.
        now = {meeting.source for meeting in engine.meetings()}
        assert {hit.minutes.source for hit in hits} <= now | {source for source, _ in held}
    return len(held)


def test_a_killed_build_loses_nothing_and_the_next_one_goes_on(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Some begin with no index at all, and a third are killed while the FAISS file is written."""
    monkeypatch.setenv("PUNKTVIS_MODEL", str(site.model))
    seen = Counter[str]()
    for seed in range(3 * KILLS):
        if seen["killed"] == KILLS:
            break
        print(f"seed {seed}")
        chance = random.Random(seed)
        data = tmp_path / str(seed)
        fresh = seed % 5 == 3
        if not fresh:
            shutil.copytree(site.older, data)
        with started(build(site.model, site.minutes, data), data) as process:
            if seed % 3 == 2:
                wait_for(data / "vectors.tmp", process)
                time.sleep(chance.choice((0, 0.0005, 0.005)))
            else:
                # The model is loaded first: most kills are to fall while documents are stored.
                time.sleep(site.seconds * max(chance.random(), chance.random()))
            seen["killed"] += process.poll() is None
        seen["while FAISS was written"] += (data / "vectors.tmp").exists()

        before = NOTHING if fresh else site.before.documents
        try:
            count = assert_readable(data, before, site.after.documents)
            seen["part of the new"] += 0 < count < len(site.after.documents)
        except MissingIndex:
            assert fresh
        capsys.readouterr()
        assert main(["index", str(site.minutes), "--data", str(data), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["skipped"] == []
        contents(data).assert_same(site.after)
        assert_readable(data, site.after.documents)
        shutil.rmtree(data)
    print(dict(seen))
    assert seen["killed"] == KILLS, "kills that come too late test nothing"


def test_the_second_of_two_builds_says_who_holds_the_lock(site: Site, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with started(build(site.model, site.minutes, data), data) as first:
        os.killpg(first.pid, signal.SIGSTOP)
        second = build(site.model, site.minutes, data)
        out, err = second.communicate(timeout=LONGEST)
        os.killpg(first.pid, signal.SIGCONT)
        report = finish(first)

    assert (second.returncode, out) == (1, "")
    assert f"another build is running here (process {first.pid} on" in err
    assert (report["indexed"], report["skipped"]) == (len(site.after.documents), [])
    contents(data).assert_same(site.after)


def test_readers_go_on_while_a_build_runs(site: Site, tmp_path: Path) -> None:
    """One that was open before, and one that is opened anew each time."""
    data = tmp_path / "data"
    shutil.copytree(site.older, data)
    states = set()
    question = "Hvad koster Cykelstien 3 i Nordby?"
    with closing(Engine.open(data, Settings(model=str(site.model)))) as engine:
        assert engine.ask(question).hits  # loads the models, which takes longer than the build
        with started(build(site.model, site.minutes, data), data) as process:
            while process.poll() is None:
                states.add(assert_readable(data, site.before.documents, site.after.documents))
                assert engine.ask(question).hits
            finish(process)
        assert len(engine.meetings(Filters())) == len(site.after.documents)
    assert len(states) > 1, "readers see documents come while the build runs"
