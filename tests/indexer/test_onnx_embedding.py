"""The layers in 8 bits: written once, beside the model, and what goes wrong there.

What must hold of vectors is in test_embedding.py, for every embedder.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from indexer.embedding import SentenceTransformerEmbedder, load_embedder
from indexer.errors import ModelError
from indexer.onnx_embedding import OnnxEmbedder
from indexer.settings import Backend, Settings
from indexer.weights import unpack


@pytest.fixture
def folder(tiny_weights: Path, tmp_path: Path) -> Path:
    """A tiny model of the bundled one's kind."""
    unpack(tiny_weights, tmp_path / "tiny")
    return tmp_path / "tiny"


def graph_of(folder: Path) -> Path:
    (file,) = folder.parent.glob("tiny-int8-*.onnx")
    return file


def test_layers_are_written_once_beside_the_model(folder: Path) -> None:
    OnnxEmbedder(folder, "tiny")
    written = graph_of(folder).stat().st_mtime_ns
    OnnxEmbedder(folder, "tiny")
    assert graph_of(folder).stat().st_mtime_ns == written
    assert not list(folder.parent.glob("*.unfinished"))


def test_several_may_load_a_model_that_is_not_written_yet(folder: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        embedders = list(pool.map(lambda _: OnnxEmbedder(folder, "tiny"), range(4)))
    vectors = [embedder.embed_queries(["vej"]) for embedder in embedders]
    np.testing.assert_array_equal(vectors, [vectors[0]] * 4)


def test_a_killed_writing_is_done_again(folder: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; import indexer.onnx_embedding as module;"
        "module.write_graph = lambda folder, file: (file.write_bytes(b'half'), os._exit(9));"
        "module.OnnxEmbedder(Path(sys.argv[1]), 'tiny')"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(folder)], check=False)
    assert killed.returncode == 9
    assert OnnxEmbedder(folder, "tiny").embed_queries(["vej"]).shape == (1, 32)


def test_a_damaged_graph_is_told_with_what_to_do(folder: Path) -> None:
    OnnxEmbedder(folder, "tiny")
    graph_of(folder).write_bytes(graph_of(folder).read_bytes()[:2000])
    with pytest.raises(ModelError, match="delete that file, and it is made again"):
        OnnxEmbedder(folder, "tiny")


def test_another_architecture_is_told(folder: Path) -> None:
    config = folder / "config.json"
    config.write_text(config.read_text().replace("BertModel", "RobertaModel"))
    with pytest.raises(ModelError, match=r"only a BertModel.*PUNKTVIS_BACKEND to torch"):
        OnnxEmbedder(folder, "tiny")


def test_torch_remains_where_the_graph_cannot_be_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """With a warning, unless the owner insists."""
    config = folder / "config.json"
    config.write_text(config.read_text().replace("gelu", "gelu_new"))
    monkeypatch.setattr("indexer.embedding.bundled_model", lambda _: folder)
    monkeypatch.setattr("indexer.embedding._has_gpu", lambda: False)
    with caplog.at_level(logging.WARNING):
        embedder = load_embedder(Settings())
    assert isinstance(embedder, SentenceTransformerEmbedder)
    assert "several times slower" in caplog.text
    with pytest.raises(ModelError, match="cannot be written in 8 bits"):
        load_embedder(Settings(backend=Backend.ONNX))


def test_a_gpu_is_left_to_torch(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.embedding.bundled_model", lambda _: folder)
    for gpu, expected in ((True, SentenceTransformerEmbedder), (False, OnnxEmbedder)):
        monkeypatch.setattr("indexer.embedding._has_gpu", lambda gpu=gpu: gpu)
        assert isinstance(load_embedder(Settings()), expected)


def test_a_model_of_ones_own_runs_on_torch(folder: Path) -> None:
    settings = Settings(model=str(folder))
    assert isinstance(load_embedder(settings), SentenceTransformerEmbedder)
    with pytest.raises(ModelError, match="unset PUNKTVIS_BACKEND, or PUNKTVIS_MODEL"):
        load_embedder(Settings(model=str(folder), backend=Backend.ONNX))
