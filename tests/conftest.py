"""Parts that several test files share: the real model, and a tiny one in the same format."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from portal_server import PortalServer

from indexer.embedding import Embedder, load_embedder
from indexer.settings import Settings

# As load_embedder does, but test files import torch before it is called.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

TINY_PIECES = ["<s>", "<pad>", "</s>", "<unk>", *"▁abcdefghijklmnopqrstuvwxyzæøå:.", "<mask>"]
TINY_HIDDEN, TINY_WIDE, TINY_VOCABULARY, TINY_WINDOW = 32, 64, 40, 64


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """Load the bundled model; the first run on a machine unpacks it into the user's cache."""
    return load_embedder(Settings())


@pytest.fixture
def portal() -> Iterator[PortalServer]:
    """Run a portal on this machine."""
    with PortalServer() as server:
        yield server


@pytest.fixture(scope="session")
def tiny_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a model of one layer, that knows the letters, in the format of the bundled one."""
    rng = np.random.default_rng(0)

    def four_bit(rows: int, columns: int) -> tuple[int, int, bytes]:
        count = rows * columns
        blocks = np.zeros(count // 32, [("scale", "<f2"), ("nibbles", "u1", 16)])
        blocks["scale"] = rng.uniform(0.01, 0.05, len(blocks))
        blocks["nibbles"] = rng.integers(0, 256, blocks["nibbles"].shape)
        return 1, count, blocks.tobytes()

    def plain(count: int) -> tuple[int, int, bytes]:
        return 0, count, rng.normal(1, 0.1, count).astype("<f4").tobytes()

    hidden, wide = TINY_HIDDEN, TINY_WIDE
    tensors = {
        "emb.word": four_bit(TINY_VOCABULARY, hidden),
        "emb.pos": plain(TINY_WINDOW * hidden),
        "emb.type": plain(2 * hidden),
    }
    for name in ("q", "k", "v", "ao"):
        tensors |= {f"l0.{name}.w": four_bit(hidden, hidden), f"l0.{name}.b": plain(hidden)}
    tensors |= {"l0.fi.w": four_bit(wide, hidden), "l0.fi.b": plain(wide)}
    tensors |= {"l0.fo.w": four_bit(hidden, wide), "l0.fo.b": plain(hidden)}
    for name in ("emb.ln", "l0.aln", "l0.oln"):
        tensors |= {f"{name}.w": plain(hidden), f"{name}.b": plain(hidden)}

    sizes = (hidden, 1, 2, wide, TINY_VOCABULARY, TINY_WINDOW, 2)
    head = b"E5S1" + struct.pack("<I7ifi", 1, *sizes, 1e-12, 32)
    texts = [piece.encode() for piece in TINY_PIECES]
    ends = np.cumsum([0, *map(len, texts)]).astype("<u4")
    scores = np.full(len(texts), -1, "<f4")
    head += struct.pack("<5iQ", len(texts), 0, 2, 1, 3, ends[-1])
    head += ends.tobytes() + scores.tobytes() + b"".join(texts)
    head += struct.pack("<iI", 1, 5) + b"12345"
    head += struct.pack("<i", len(tensors))
    offset = len(head) + sum(2 + len(name) + 21 for name in tensors)
    for name, (kind, count, data) in tensors.items():
        head += struct.pack("<H", len(name)) + name.encode()
        head += struct.pack("<BIQQ", kind, count, offset, len(data))
        offset += len(data)
    file = tmp_path_factory.mktemp("weights") / "tiny.bin"
    file.write_bytes(head + b"".join(data for *_, data in tensors.values()))
    return file
