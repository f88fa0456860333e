"""What the tests of the answering side share: small parsed minutes, and the corpus indexed once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import fields, replace
from pathlib import Path
from socket import create_server
from typing import Any

import pytest
from mcp import StdioServerParameters

from indexer.build import build
from indexer.embedding import Embedder
from indexer.model import Filters, Minutes, Role
from indexer.pages import Document
from indexer.parsing import parse
from indexer.settings import Settings
from indexer.store.local import LocalStore
from qa_engine.citing import cite
from qa_engine.confidence import Signals
from qa_engine.engine import Engine
from qa_engine.evidence import Candidate, Features, Piece
from qa_engine.explaining import Explanation
from qa_engine.json_form import answer_form, dump
from qa_engine.matching import Rarity
from qa_engine.model import Answer, Asked, Hit, Query, Searched, Sentence
from qa_engine.writing import Draft

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"

THRESHOLD = 0.66

HitsOf = Callable[[str], list[Hit]]
Explain = Callable[..., Explanation]

NORDBY = """# REFERAT Teknikudvalget d. 14-03-2023

# Punkt 7: Cykelsti

20/9270

## Sagsfremstilling

Stien er 2,1 km lang. Det er en bred sti.

# Punkt 8: Bro

## Sagsfremstilling

Broen er 40 m bred.
"""


@pytest.fixture(scope="session")
def parsed() -> Callable[[str], Minutes]:
    """Parse a text as the minutes of a Markdown file."""
    return lambda text: parse(Document(text, paged=False), "x.md")


@pytest.fixture(scope="session")
def hits_of(parsed: Callable[[str], Minutes]) -> HitsOf:
    """Give the items of minutes as if each had been found, in the order of the text."""

    def hits(text: str) -> list[Hit]:
        minutes = parsed(text)
        return [Hit(minutes, item, 1.9, (), place) for place, item in enumerate(minutes.items)]

    return hits


@pytest.fixture(scope="session")
def hits(hits_of: HitsOf) -> list[Hit]:
    """Give two items: a path, whose length is told, and a bridge."""
    return hits_of(NORDBY)


@pytest.fixture(scope="session")
def explained() -> Explain:
    """Answer with what is given, as surely as is given, and explain it."""

    def explain(hits: Sequence[Hit], *said: Piece, sure: float = 0.9, **query: Any) -> Explanation:
        answered = bool(said) and sure >= THRESHOLD
        refused = ((Sentence("Det fremgår ikke af referaterne.", ()),), ())
        sentences, citations = cite(said) if answered else refused
        asked = Query("Hvor lang er stien?", ("lang", "sti"), Asked.NUMBER, Filters())
        answer = Answer(
            question=asked.text,
            answered=answered,
            sentences=sentences,
            citations=citations,
            hits=tuple(hits),
            confidence=sure if said else 0.0,
            searched=Searched(1, (), None, None),
            query=replace(asked, **query),
            seconds=0.25,
        )
        signals = Signals(*(0.5 for _ in fields(Signals)))
        draft = Draft(said, signals) if said else None
        features = Features(*(0.25 for _ in fields(Features)))
        candidates = [Candidate((piece,), Role.BACKGROUND, features, 4.5) for piece in said]
        rarity = Rarity({"sti": 3}, 10)
        return Explanation(answer, tuple(candidates), draft, rarity, THRESHOLD)

    return explain


@pytest.fixture(scope="session")
def corpus_index(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Index the corpus once a session; test_app.py names the same folder and finds it done."""
    folder = tmp_path_factory.getbasetemp() / "corpus-index"
    with closing(LocalStore.create(folder, embedder.name)) as store:
        build([ROOT / "corpus" / "sources"], store, embedder)
    return folder


@pytest.fixture(scope="session")
def open_engine(embedder: Embedder) -> Callable[[Path], Engine]:
    """Open an index with the model that the session has loaded already."""

    def opened(folder: Path) -> Engine:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("qa_engine.engine.load_embedder", lambda _: embedder)
            engine = Engine.open(folder, Settings())
            engine.search("punkt", k=1)  # the model is taken at the first question
        return engine

    return opened


@pytest.fixture(scope="session")
def corpus(corpus_index: Path, open_engine: Callable[[Path], Engine]) -> Iterator[Engine]:
    """Ask the corpus."""
    with closing(open_engine(corpus_index)) as engine:
        yield engine


@pytest.fixture(scope="session")
def score_minutes(
    embedder: Embedder,
    open_engine: Callable[[Path], Engine],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Path], dict[str, Any]]:
    """Index a folder, ask it the questions on the real minutes, and let the yardstick score."""
    questions = [
        json.loads(line)
        for file in sorted((SHARED / "eval").glob("questions_*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]

    def score(minutes: Path) -> dict[str, Any]:
        folder = tmp_path_factory.mktemp("score")
        with closing(LocalStore.create(folder / "index", embedder.name)) as store:
            report = build([minutes], store, embedder)
        assert (report.indexed, report.items, report.skipped) == (5, 52, ())
        with closing(open_engine(folder / "index")) as engine:
            lines = [
                dump(answer_form(engine.ask(asked["question"]), asked["id"])) for asked in questions
            ]
        answers = folder / "answers.jsonl"
        answers.write_text("\n".join(lines), encoding="utf-8")
        command = [sys.executable, str(SHARED / "eval" / "score.py"), str(answers), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
        figures: dict[str, Any] = json.loads(done.stdout)
        assert figures["questions"] == len(lines) >= 70
        return figures

    return score


@pytest.fixture(scope="session")
def real_score(score_minutes: Callable[[Path], dict[str, Any]]) -> dict[str, Any]:
    """Score the answers from the real minutes, as they are."""
    if not (SHARED / "minutes").exists() or not (SHARED / "eval" / "score.py").exists():
        pytest.skip(f"{SHARED}: the real minutes and their questions are not on this machine")
    return score_minutes(SHARED / "minutes")


@pytest.fixture(scope="session")
def mcp_command(corpus_index: Path) -> StdioServerParameters:
    """Say how a client starts a server of the corpus on stdin and stdout."""
    return StdioServerParameters(
        command=sys.executable,
        args=["-m", "qa_engine.cli", "mcp", "--data", str(corpus_index)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@pytest.fixture(scope="session")
def mcp_url(mcp_command: StdioServerParameters) -> Iterator[str]:
    """Serve the corpus over streamable HTTP, on a free port."""
    command = [mcp_command.command, *mcp_command.args, "--http", "--port", "0"]
    with subprocess.Popen(
        command, env=mcp_command.env, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stderr
        yield server.stderr.readline().strip()
        server.terminate()


@contextmanager
def _serving(data: Path, *options: str, **environment: str) -> Iterator[str]:
    """Serve an index in a process of its own, and give the address that it says it answers on."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PUNKTVIS_")}
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "qa_engine.cli",
            "serve",
            "--data",
            data,
            "--port",
            str(port),
            *options,
        ],
        cwd=ROOT,
        env=kept | environment,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        assert process.stdout
        line = process.stdout.readline()
        assert line.startswith("Punktvis answers on http://"), line
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=30)


@pytest.fixture(scope="session")
def serving() -> Callable[..., AbstractContextManager[str]]:
    """Serve an index in a process of its own: its folder, options, and environment."""
    return _serving
