"""A written graph, ready to run: one text at a time, on one core."""

from __future__ import annotations

from pathlib import Path

from onnxruntime import InferenceSession, SessionOptions

# ONNX Runtime would put back what onnx_graph avoids: an operator that takes six times as long.
_SLOWER = ["SkipLayerNormFusion"]


def open_graph(file: Path) -> InferenceSession:
    """Load a graph; it is safe to share between threads.

    Each of them has a core of its own and a text of its own: that takes less time than all cores
    for one text.
    """
    options = SessionOptions()
    options.intra_op_num_threads = 1
    return InferenceSession(
        file, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
    )
