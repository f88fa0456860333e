"""The reader's graph, on a model of one layer that knows the letters."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from indexer.weights import unpack
from qa_engine.reader import GRAPH
from qa_engine.reader_network import ReaderNetwork, read_weights, write_graph


@pytest.fixture(scope="module")
def folder(tiny_weights: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    unpacked = tmp_path_factory.mktemp("model") / "tiny"
    unpack(tiny_weights, unpacked)
    return unpacked


def test_the_written_graph_scores_as_the_network_does(folder: Path, tmp_path: Path) -> None:
    torch.manual_seed(1)
    network = ReaderNetwork(folder)
    write_graph(network, tmp_path / "reader.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "reader.onnx")
    for tokens in (7, 40):  # the graph takes any length
        embeddings = torch.randn(1, tokens, network.bert.config.hidden_size)
        with torch.inference_mode():
            expected = network(embeddings).numpy()
        (scores,) = session.run(None, {"embeddings": embeddings.numpy()})
        assert scores.shape == (1, tokens, 2)
        assert np.abs(scores - expected).max() < 0.1 * np.abs(expected).max() + 0.05


def test_weights_are_read_back_as_far_as_8_bits_kept_them(folder: Path, tmp_path: Path) -> None:
    torch.manual_seed(1)
    network, other = ReaderNetwork(folder), ReaderNetwork(folder)
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.requires_grad:
                parameter.add_(0.2 * torch.randn(parameter.shape))
    write_graph(network, tmp_path / "reader.onnx")
    read_weights(other, tmp_path / "reader.onnx")
    before, after = _by_name(network), _by_name(other)
    assert before.keys() == after.keys()
    for name, written in before.items():
        near = 0.02 * float(written.abs().max())
        assert float((written - after[name]).abs().max()) <= near, name


def _by_name(network: ReaderNetwork) -> dict[str, torch.Tensor]:
    """List the weights; what the one type of text says is written with the places."""
    state = dict(network.state_dict())
    types = state.pop("bert.embeddings.token_type_embeddings.weight")
    state["bert.embeddings.position_embeddings.weight"] += types[0]
    return state


def test_the_weights_of_another_network_are_refused(folder: Path) -> None:
    with pytest.raises(ValueError, match="not"):
        read_weights(ReaderNetwork(folder), GRAPH)
