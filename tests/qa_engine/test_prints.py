"""The real minutes answer alike whether they were read from text or from PDFs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from indexer.build import build
from indexer.embedding import Embedder
from indexer.store.local import LocalStore
from qa_engine.engine import Engine
from qa_engine.json_form import answer_form, dump

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
sys.path.append(str(ROOT / "corpus"))  # print and layouts are scripts, not a package

from layouts import LAYOUTS  # noqa: E402 - see above
from print import typeset  # noqa: E402

WITHIN = 0.02
QUALITY = {
    "retrieval": ("R@1", "recall@5", "MRR"),
    "answers": ("right", "false refusals", "unanswerable refused"),
    "citations": ("answers with a citation", "cited item is relevant", "quotes verbatim"),
}

Figures = dict[str, Any]


@pytest.fixture(scope="module")
def scored(
    embedder: Embedder,
    open_engine: Callable[[Path], Engine],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Path], Figures]:
    """Index a folder, ask it the questions on the real minutes, and score the answers."""

    def score(minutes: Path) -> Figures:
        folder = tmp_path_factory.mktemp("prints")
        with closing(LocalStore.create(folder / "index", embedder.name)) as store:
            report = build([minutes], store, embedder)
        assert (report.indexed, report.items, report.skipped) == (5, 52, ())
        answers = folder / "answers.jsonl"
        with closing(open_engine(folder / "index")) as engine:
            lines = [
                dump(answer_form(engine.ask(asked["question"]), asked["id"]))
                for asked in questions()
            ]
        answers.write_text("\n".join(lines), encoding="utf-8")
        command = [sys.executable, str(SHARED / "eval/score.py"), str(answers), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
        figures: Figures = json.loads(done.stdout)
        return figures

    return score


def questions() -> Iterator[dict[str, str]]:
    for file in sorted((SHARED / "eval").glob("questions_*.jsonl")):
        yield from map(json.loads, file.read_text(encoding="utf-8").splitlines())


@pytest.mark.skipif(
    not (SHARED / "eval/score.py").exists() or not (SHARED / "minutes").exists(),
    reason="the real minutes and their questions are not in ../shared",
)
def test_prints_of_the_real_minutes_score_as_their_texts_do(
    scored: Callable[[Path], Figures], tmp_path: Path
) -> None:
    """Each is set in another layout, with running footers and wrapped headings."""
    for number, file in enumerate(sorted((SHARED / "minutes").glob("*.txt"))):
        printed = typeset(file.read_text(encoding="utf-8"), LAYOUTS[number % len(LAYOUTS)])
        (tmp_path / f"{file.stem}.pdf").write_bytes(printed.data)

    text, prints = scored(SHARED / "minutes"), scored(tmp_path)

    for part, names in QUALITY.items():
        for name in names:
            print(f"{part} {name}: {text[part][name]:.3f} text, {prints[part][name]:.3f} prints")
    for part, names in QUALITY.items():
        for name in names:
            assert abs(prints[part][name] - text[part][name]) <= WITHIN, f"{part}: {name}"
