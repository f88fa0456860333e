"""The reader as a network that can be trained, and as the ONNX graph that ships."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from transformers import BertModel

_QUANTISED = "_quantized"


class ReaderNetwork(torch.nn.Module):
    """The embedder's layers with two scores for every token: begins an answer, ends it.

    The first token's scores stand for "no answer here".
    """

    def __init__(self, folder: Path) -> None:
        """Begin with the embedder's weights, without dropout, which takes half of a CPU's time."""
        super().__init__()
        self.bert = BertModel.from_pretrained(
            folder,
            add_pooling_layer=False,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        self.words.requires_grad_(False)
        self.marks = torch.nn.Linear(self.bert.config.hidden_size, 2)

    @property
    def words(self) -> torch.nn.Module:
        """The word table, which stays the embedder's."""
        return self.bert.embeddings.word_embeddings

    def forward(self, embeddings: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        """Score tokens: (batch, tokens, hidden) and (batch, tokens) give (batch, tokens, 2)."""
        states = self.bert(inputs_embeds=embeddings, attention_mask=mask).last_hidden_state
        scores: torch.Tensor = self.marks(states)
        return scores if mask is None else scores.masked_fill(mask[..., None] == 0, -1e4)


def write_graph(network: ReaderNetwork, file: Path) -> None:
    """Write the layers, not the word table, as an ONNX graph with weights of 8 bits."""
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415 - with make only

    network.eval()
    network.bert.set_attn_implementation("eager")
    tokens = torch.export.Dim("tokens", min=4, max=512)
    with TemporaryDirectory() as folder:
        whole = Path(folder, "reader.onnx")
        torch.onnx.export(
            network,
            (torch.randn(1, 50, network.bert.config.hidden_size),),
            whole,
            input_names=["embeddings"],
            output_names=["scores"],
            dynamic_shapes={"embeddings": {1: tokens}},
            dynamo=True,
        )
        quantize_dynamic(
            whole, file, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
        )


def read_weights(network: ReaderNetwork, file: Path) -> None:
    """Read the weights of a graph back into a network, as far as 8 bits kept them.

    Raises:
        ValueError: The graph is of another network.
    """
    graph = onnx.load(file).graph
    held = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in graph.initializer}
    # The exporter keeps the names of all but the matrices, which stand in the order of the layers.
    matrices = (node.input[1] for node in graph.node if node.op_type == "MatMulInteger")
    state = network.state_dict()
    frozen = {name for name, weights in network.named_parameters() if not weights.requires_grad}
    for name, weights in state.items():
        if name in frozen:
            continue
        if name in held:
            found = held[name]
        elif name + _QUANTISED in held:
            found = _whole(held, name)
        else:
            found = _whole(held, next(matrices, "").removesuffix(_QUANTISED)).T
        if found.shape != tuple(weights.shape):
            raise ValueError(f"{file}: {name} is {found.shape}, not {tuple(weights.shape)}")
        state[name] = torch.from_numpy(found.copy())
    network.load_state_dict(state)


def _whole(held: dict[str, NDArray[np.generic]], name: str) -> NDArray[np.float32]:
    if name + _QUANTISED not in held:
        raise ValueError(f"the graph has no weights {name!r}")
    part = [held[name + end].astype(np.float32) for end in (_QUANTISED, "_zero_point", "_scale")]
    whole: NDArray[np.float32] = (part[0] - part[1]) * part[2]
    return whole
