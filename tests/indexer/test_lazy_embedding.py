"""A model is loaded once, and only when something is embedded."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from indexer.embedding import Embedder, Text
from indexer.errors import ModelError
from indexer.lazy_embedding import LazyEmbedder
from indexer.onnx_embedding import OnnxEmbedder
from indexer.weights import unpack


def test_it_knows_its_name_before_it_is_loaded() -> None:
    def fail() -> Embedder:
        raise ModelError("there is no such model")

    lazy = LazyEmbedder("mine", fail)
    assert lazy.name == "mine"
    with pytest.raises(ModelError, match="no such model"):
        lazy.embed_queries(["vej"])


def test_threads_load_it_once(tiny_weights: Path, tmp_path: Path) -> None:
    unpack(tiny_weights, tmp_path / "tiny")
    loaded = []

    def load() -> Embedder:
        loaded.append(OnnxEmbedder(tmp_path / "tiny", "tiny"))
        return loaded[0]

    lazy = LazyEmbedder("tiny", load)
    assert loaded == []
    with ThreadPoolExecutor(4) as pool:
        vectors = list(pool.map(lambda _: lazy.embed_queries(["vej"]), range(4)))
    assert len(loaded) == 1
    np.testing.assert_array_equal(vectors, [loaded[0].embed_queries(["vej"])] * 4)
    assert lazy.embed_passages([Text("vej")])[0].vector.shape == (lazy.dimension,) == (32,)
