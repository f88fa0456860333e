"""The embedding model's layers as an ONNX graph, mostly in 8 bits, written without PyTorch.

The weights of a ``BertModel`` go from its folder straight into the fused operators that ONNX
Runtime has for such layers (https://onnxruntime.ai/docs/reference/operators/ContribOperators.html).
Words are looked up outside, in the model's own table, so the graph is small; texts are run one by
one, so there is no padding and no mask.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper, save_model
from safetensors import safe_open

from indexer.store import Vectors

# Weights keep to 7 bits: where the processor has no VNNI, sums of 8 by 8 bits overflow.
_LARGEST = 63


def write_graph(folder: Path, file: Path) -> None:
    """Write the layers of the ``BertModel`` in a folder as a graph, in about a second.

    It takes ``embeddings``, the words of one text from the model's table, of shape (1, t, hidden),
    and gives ``states``, the last hidden states, of the same shape.

    Raises:
        ValueError: The folder holds a model of another architecture.
        OSError, SafetensorError: Its files cannot be read, or the graph cannot be written.
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    if config.get("architectures") != ["BertModel"] or config.get("hidden_act") != "gelu":
        raise ValueError("only a BertModel with gelu can be run in 8 bits")
    with safe_open(folder / "model.safetensors", "np") as weights:
        graph = _Graph(weights.get_tensor, config["num_attention_heads"], config["layer_norm_eps"])
        states = graph.embed("embeddings")
        for layer in range(config["num_hidden_layers"]):
            states = graph.layer(states, f"encoder.layer.{layer}")
    graph.node("Identity", states, domain="", names=("states",))
    shape = (1, "tokens", config["hidden_size"])
    put_in, put_out = (
        helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
        for name in ("embeddings", "states")
    )
    model = helper.make_model(
        helper.make_graph(graph.nodes, "layers", [put_in], [put_out], graph.weights),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)],
        ir_version=8,  # known to every ONNX Runtime that has opset 17
    )
    save_model(model, file)


class _Graph:
    """Nodes and weights, as far as they are written; a tensor is called by its name."""

    def __init__(self, read: Callable[[str], Vectors], heads: int, epsilon: float) -> None:
        self._read = read
        self._heads = heads
        self._epsilon = epsilon
        self.nodes: list[NodeProto] = []
        self.weights: list[TensorProto] = []

    def node(
        self,
        operator: str,
        *inputs: str,
        domain: str = "com.microsoft",
        names: tuple[str, ...] = (),
        **attributes: int | float,
    ) -> str:
        """Add a node, and give the name of what comes out of it, the first of ``names``."""
        names = names or (f"{operator}{len(self.nodes)}",)
        node = helper.make_node(operator, inputs, names, domain=domain)
        node.attribute.extend(helper.make_attribute(*each) for each in attributes.items())
        self.nodes.append(node)
        return names[0]

    def embed(self, words: str) -> str:
        """Add to words what their places and the one type of text say."""
        places = self._read("embeddings.position_embeddings.weight")
        places = places + self._read("embeddings.token_type_embeddings.weight")[0]
        zero = self._weight("zero", np.zeros(1, np.int64))
        tokens = self.node("Shape", words, domain="", start=1, end=2)
        placed = self.node("Slice", self._weight("places", places), zero, tokens, zero, domain="")
        embedded = self.node("Add", words, placed, domain="")
        return self.node(
            "LayerNormalization",
            embedded,
            *self._both("embeddings.LayerNorm"),
            domain="",
            epsilon=self._epsilon,
        )

    def layer(self, states: str, layer: str) -> str:
        """Add one layer of the encoder."""
        attention, output = f"{layer}.attention", f"{layer}.output"
        queries, keys, values = (
            self._multiply(states, f"{attention}.self.{name}") for name in ("query", "key", "value")
        )
        attended = self.node("MultiHeadAttention", queries, keys, values, num_heads=self._heads)
        attended = self._multiply(attended, f"{attention}.output.dense")
        states = self._normalise(attended, states, f"{attention}.output.LayerNorm")
        wide = self.node("Gelu", self._multiply(states, f"{layer}.intermediate.dense"))
        # What comes out of Gelu has outliers that 8 bits cannot hold: with them, one in sixty
        # questions found another item first; without, none did, at three quarters of the speed.
        narrow = self._multiply_exactly(wide, f"{output}.dense")
        return self._normalise(narrow, states, f"{output}.LayerNorm")

    def _multiply(self, states: str, name: str) -> str:
        """Multiply by a weight of shape (out, in), kept in 8 bits with a scale for each output."""
        weight, bias = self._read(f"{name}.weight"), self._read(f"{name}.bias")
        scale: Vectors = np.abs(weight).max(axis=1).clip(1e-12) / _LARGEST
        bits = np.rint(weight / scale[:, None]).astype(np.int8)
        return self.node(
            "DynamicQuantizeMatMul",
            states,
            self._weight(f"{name}.weight", np.ascontiguousarray(bits.T)),
            self._weight(f"{name}.scale", scale),
            "",  # zero is zero
            self._weight(f"{name}.bias", bias),
        )

    def _multiply_exactly(self, states: str, name: str) -> str:
        weight, bias = self._read(f"{name}.weight"), self._read(f"{name}.bias")
        turned = self._weight(f"{name}.weight", np.ascontiguousarray(weight.T))
        product = self.node("MatMul", states, turned, domain="")
        return self.node("Add", product, self._weight(f"{name}.bias", bias), domain="")

    def _normalise(self, states: str, before: str, name: str) -> str:
        return self.node(
            "SkipLayerNormalization", states, before, *self._both(name), epsilon=self._epsilon
        )

    def _both(self, name: str) -> tuple[str, str]:
        weight, bias = f"{name}.weight", f"{name}.bias"
        return self._weight(weight, self._read(weight)), self._weight(bias, self._read(bias))

    def _weight(self, name: str, values: NDArray[np.generic]) -> str:
        self.weights.append(numpy_helper.from_array(values, name))
        return name
