"""A model's table of words, which lies on the disk once for all that look words up in it."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np

from indexer.store import Vectors

_TABLE = "embeddings.word_embeddings.weight"


def word_table(file: Path) -> Vectors:
    """Map the word table of a model into memory, shape (vocabulary, hidden), without reading it.

    The format: eight bytes that tell the length of a JSON header, the header, the tensors
    (https://huggingface.co/docs/safetensors).
    """
    with file.open("rb") as stream:
        (length,) = struct.unpack("<Q", stream.read(8))
        told = json.loads(stream.read(length))[_TABLE]
    first, _ = told["data_offsets"]
    return np.memmap(file, "<f4", "r", 8 + length + first, tuple(told["shape"]))
