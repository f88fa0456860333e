"""A model's layers as an ONNX graph, mostly in 8 bits, written without PyTorch.

The weights of a ``BertModel``, or of what was trained from one, go straight into the fused
operators that ONNX Runtime has for such layers
(https://onnxruntime.ai/docs/reference/operators/ContribOperators.html). Words are looked up
outside, in the model's own table, so the graph is small; texts are run one by one, so there is no
padding and no mask.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper, save_model
from safetensors import safe_open

from indexer.store import Vectors

# Weights keep to 7 bits: where the processor has no VNNI, sums of 8 by 8 bits overflow (two times
# 255 by 64 do not).
_LARGEST = 64
_PLACES = "embeddings.position_embeddings.weight"
_TYPES = "embeddings.token_type_embeddings.weight"
_SCALE = ".scale"


def write_graph(folder: Path, file: Path) -> None:
    """Write the layers of the ``BertModel`` in a folder as a graph, in about a second.

    It takes ``embeddings``, the words of one text from the model's table, of shape (1, t, hidden),
    and gives ``states``, the last hidden states, of the same shape.

    Raises:
        ValueError: The folder holds a model of another architecture.
        OSError, SafetensorError: Its files cannot be read, or the graph cannot be written.
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    if config.get("architectures") != ["BertModel"]:
        raise ValueError("only a BertModel can be run in 8 bits")
    with safe_open(folder / "model.safetensors", "np") as weights:
        # What comes out of Gelu has outliers that 8 bits cannot hold: with them, one in sixty
        # questions found another item first; without, none did, at three quarters of the speed.
        graph = EncoderGraph(weights.get_tensor, config, exact_output=True)
        graph.write(file, "states", graph.encode(), config["hidden_size"])


def read_graph(file: Path) -> dict[str, Vectors]:
    """Read the weights of a written graph back, by their names, as far as 8 bits kept them.

    What the one type of text says stands in those of the places.
    """
    tensors = onnx.load(file).graph.initializer
    held: dict[str, NDArray[Any]] = {t.name: numpy_helper.to_array(t) for t in tensors}
    found = {name: weight * held.get(name + _SCALE, 1) for name, weight in held.items()}
    return found | {n: w.T for n, w in found.items() if w.ndim == 2 and n != _PLACES}


class EncoderGraph:
    """Nodes and weights, as far as they are written; a tensor is called by its name."""

    def __init__(
        self,
        read: Callable[[str], Vectors],
        config: Mapping[str, Any],
        *,
        exact_output: bool,
    ) -> None:
        """Begin an empty graph.

        Args:
            read: Gives a weight by its name in a ``BertModel``.
            config: The model's.
            exact_output: Whether each layer's last matrix is kept whole.

        Raises:
            ValueError: The model is built otherwise.
        """
        if config.get("hidden_act") != "gelu":
            raise ValueError("only a model with gelu can be run in 8 bits")
        self._read = read
        self._config = config
        self._exact_output = exact_output
        self.nodes: list[NodeProto] = []
        self.weights: list[TensorProto] = []

    def encode(self) -> str:
        """Add all layers, and give the last hidden states."""
        states = self._embed("embeddings")
        for layer in range(self._config["num_hidden_layers"]):
            states = self._layer(states, f"encoder.layer.{layer}")
        return states

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

    def multiply_exactly(self, states: str, name: str) -> str:
        """Multiply by a weight of shape (out, in), and add its bias."""
        weight, bias = self._read(f"{name}.weight"), self._read(f"{name}.bias")
        turned = self._weight(f"{name}.weight", np.ascontiguousarray(weight.T))
        product = self.node("MatMul", states, turned, domain="")
        return self.node("Add", product, self._weight(f"{name}.bias", bias), domain="")

    def write(self, file: Path, name: str, result: str, width: int) -> None:
        """Write the graph, which gives a tensor of shape (1, t, width) under a name."""
        self.node("Identity", result, domain="", names=(name,))
        put_in, put_out = (
            helper.make_tensor_value_info(tensor, TensorProto.FLOAT, (1, "tokens", size))
            for tensor, size in (("embeddings", self._config["hidden_size"]), (name, width))
        )
        graph = helper.make_graph(self.nodes, "layers", [put_in], [put_out], self.weights)
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
        # A version that every ONNX Runtime with opset 17 knows.
        save_model(helper.make_model(graph, opset_imports=opsets, ir_version=8), file)

    def _embed(self, words: str) -> str:
        """Add to words what their places and the one type of text say."""
        places = self._weight(_PLACES, self._read(_PLACES) + self._read(_TYPES)[0])
        zero = self._weight("zero", np.zeros(1, np.int64))
        tokens = self.node("Shape", words, domain="", start=1, end=2)
        placed = self.node("Slice", places, zero, tokens, zero, domain="")
        return self._normalise(words, placed, "embeddings.LayerNorm")

    def _layer(self, states: str, layer: str) -> str:
        """Add one layer of the encoder."""
        attention, output = f"{layer}.attention", f"{layer}.output"
        queries, keys, values = (
            self._multiply(states, f"{attention}.self.{name}") for name in ("query", "key", "value")
        )
        heads = self._config["num_attention_heads"]
        attended = self.node("MultiHeadAttention", queries, keys, values, num_heads=heads)
        attended = self._multiply(attended, f"{attention}.output.dense")
        states = self._normalise(attended, states, f"{attention}.output.LayerNorm")
        wide = self.node("Gelu", self._multiply(states, f"{layer}.intermediate.dense"))
        narrow = self.multiply_exactly if self._exact_output else self._multiply
        return self._normalise(narrow(wide, f"{output}.dense"), states, f"{output}.LayerNorm")

    def _multiply(self, states: str, name: str) -> str:
        """Multiply by a weight of shape (out, in), kept in 8 bits with a scale for each output."""
        weight, bias = self._read(f"{name}.weight"), self._read(f"{name}.bias")
        scale: Vectors = np.abs(weight).max(axis=1).clip(1e-12) / _LARGEST
        bits = np.rint(weight / scale[:, None]).astype(np.int8)
        return self.node(
            "DynamicQuantizeMatMul",
            states,
            self._weight(f"{name}.weight", np.ascontiguousarray(bits.T)),
            self._weight(f"{name}.weight{_SCALE}", scale),
            "",  # zero is zero
            self._weight(f"{name}.bias", bias),
        )

    def _normalise(self, states: str, before: str, name: str) -> str:
        # Not SkipLayerNormalization, which does the same in six times the time.
        added = self.node("Add", states, before, domain="")
        weight, bias = (
            self._weight(each, self._read(each)) for each in (f"{name}.weight", f"{name}.bias")
        )
        epsilon = self._config["layer_norm_eps"]
        return self.node("LayerNormalization", added, weight, bias, domain="", epsilon=epsilon)

    def _weight(self, name: str, values: NDArray[Any]) -> str:
        self.weights.append(numpy_helper.from_array(values, name))
        return name
