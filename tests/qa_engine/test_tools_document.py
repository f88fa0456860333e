"""The examples of docs/tools.md run as they stand, over the corpus."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from indexer.embedding import Embedder

ROOT = Path(__file__).resolve().parents[2]

PRINTED = "http://127.0.0.1:8000"  # where `punktvis serve` says that it answers

Run = Callable[[str], tuple[dict[str, Any], str]]


def _examples(heading: str) -> list[str]:
    """Read the Python examples below a heading."""
    text = (ROOT / "docs" / "tools.md").read_text(encoding="utf-8")
    section = text.split(f"\n## {heading}\n")[1].partition("\n## ")[0]
    return re.findall(r"```python\n(.*?)```", section, re.DOTALL)


@pytest.fixture
def run(
    corpus_index: Path,
    embedder: Embedder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Run:
    """Run an example where ./data is the corpus; gives its names and what it printed."""
    (tmp_path / "data").symlink_to(corpus_index)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PUNKTVIS_DATA", raising=False)
    monkeypatch.setattr("qa_engine.engine.load_embedder", lambda _: embedder)

    def run(example: str) -> tuple[dict[str, Any], str]:
        names: dict[str, Any] = {"__name__": "example"}
        exec(compile(example, "docs/tools.md", "exec"), names)
        return names, capfd.readouterr().out

    return run


def test_the_python_example_runs(run: Run) -> None:
    [example] = _examples("Python")
    names, printed = run(example)
    assert "1,78 m" in names["answer"].text
    assert names["answer"].text in printed
    assert names["precedent"].case.title in printed
    assert names["case"].number == "21/08851"
    first, second = names["passages"] @ names["query"]
    assert first > second


def test_the_rag_example_is_ten_lines_and_runs(
    run: Run,
) -> None:
    example, _ = _examples("LangChain")
    assert len([line for line in example.splitlines() if line]) == 10
    names, printed = run(example)
    assert printed == "Vandet nåede 1,78 m over daglig vande [1].\n"
    assert "1,78 m" in names["passages"]
    asked = names["prompt"].invoke({"passages": "[1] {ikke et felt}", "question": "?"})
    assert "[1] {ikke et felt}" in asked.to_string()


def test_the_example_of_embeddings_runs(run: Run) -> None:
    _, example = _examples("LangChain")
    _, printed = run(example)
    assert printed == "Cykelstien koster 1,2 mio. kr.\n"


def test_the_rest_example_runs(
    run: Run, serving: Callable[..., AbstractContextManager[str]], corpus_index: Path
) -> None:
    [example] = _examples("REST")
    assert example.count(PRINTED) == 1
    with serving(corpus_index) as address:
        _, printed = run(example.replace(PRINTED, address))
    assert printed.count("\nfjordby-") == 2  # and one in the first line: a passage may be long
    assert "cykelsti" in printed.lower()


def test_the_mcp_example_runs(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    command = tmp_path / "punktvis"
    command.write_text(
        f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m qa_engine.cli "$@"\n'
    )
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    [example] = _examples("MCP")
    _, printed = run(example)
    assert printed.startswith("1 fjordby-")
