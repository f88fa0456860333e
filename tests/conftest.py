"""Parts that several test files share: the real model, and a tiny one in the same format."""

from __future__ import annotations

import json
import os
import re
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from portal_server import PortalServer

from indexer.embedding import Embedder, load_embedder
from indexer.settings import Settings
from qa_engine import engine

# As load_embedder does, but test files import torch before it is called.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

TINY_PIECES = ["<s>", "<pad>", "</s>", "<unk>", *"▁abcdefghijklmnopqrstuvwxyzæøå:.", "<mask>"]
TINY_HIDDEN, TINY_WIDE, TINY_VOCABULARY, TINY_WINDOW = 32, 64, 40, 64


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """Load the bundled model; the first run on a machine unpacks it into the user's cache."""
    return load_embedder(Settings())


@pytest.fixture(scope="session", autouse=True)
def _one_reader() -> Iterator[None]:
    """Load the reader once for all engines of this process, as ``embedder`` is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "OnnxReader", cache(engine.OnnxReader))
        yield


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


@dataclass
class ChatServer:
    """A language model that says what a test wrote for it, over OpenAI's and Ollama's protocols.

    Attributes:
        text: What it says, word by word. "<<words>>" becomes the number of the first passage of
            the request that holds these words.
        status: The HTTP status it answers with.
        after: What it does when all is said: "stop" as it should; "hang", or "drip" comments that
            are no words, each for five seconds; "cut" the connection; "length" where it was given
            no room for more; "forever" starting again. "elsewhere" redirects before all that.
        requests: What it was asked: paths and bodies.
    """

    text: str = ""
    status: int = 200
    after: str = "stop"
    requests: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    url: str = ""

    def says(self, text: str, *, after: str = "stop", status: int = 200) -> ChatServer:
        """Say this from now on, to requests not yet counted."""
        self.text, self.after, self.status = text, after, status
        self.requests.clear()
        return self

    def words(self, body: dict[str, Any]) -> list[str]:
        """Write the reply to a request, in pieces as a model gives them."""
        request = body["messages"][-1]["content"]
        passages = json.loads(request)["uddrag"] if request.startswith("{") else []

        def number(words: re.Match[str]) -> str:
            return str(next(p["nummer"] for p in passages if words[1] in p["tekst"]))

        return re.findall(r"\s*\S+", re.sub(r"<<(.+?)>>", number, self.text))


def _handler(server: ChatServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.requests.append((self.path, body))
            if server.after == "elsewhere":
                self.send_response(307)
                self.send_header("Location", f"{server.url}/elsewhere{self.path}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            if server.status != 200:
                self.send_response(server.status)
                told = json.dumps({"error": {"message": "spørgsmålet var forkert"}}).encode()
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            try:
                self._speak(body)
            except OSError:
                self.close_connection = True  # nobody listens any more

        def _speak(self, body: dict[str, Any]) -> None:
            ollama = self.path == "/api/chat"
            for word in server.words(body):
                self._send(_ollama(word) if ollama else _openai(word))
            while server.after == "forever":
                self._send(_openai(" og så videre"))
            for _ in range(100 if server.after in ("hang", "drip") else 0):
                time.sleep(0.05)
                if server.after == "drip":
                    self._send(": still here\n\n")
            if server.after == "cut":
                self.close_connection = True
                return
            reason = server.after if server.after == "length" else "stop"
            self._send(_ollama("", reason) if ollama else _openai("", reason) + "data: [DONE]\n\n")
            self.wfile.write(b"0\r\n\r\n")

        def _send(self, text: str) -> None:
            data = text.encode()
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
            self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    return Handler


def _openai(word: str, reason: str | None = None) -> str:
    choice = {"index": 0, "delta": {"content": word}, "finish_reason": reason}
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    return f"data: {json.dumps({**chunk, 'choices': [choice]})}\n\n"


def _ollama(word: str, reason: str | None = None) -> str:
    message = {"role": "assistant", "content": word}
    chunk = {"model": "m", "created_at": "2024-01-01T00:00:00Z", "message": message}
    ended = {"done": True, "done_reason": reason} if reason else {"done": False}
    return json.dumps({**chunk, **ended}) + "\n"


@pytest.fixture(scope="session")
def _chat_server() -> Iterator[ChatServer]:
    server = ChatServer()
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(server)) as http:
        http.daemon_threads = True
        server.url = f"http://127.0.0.1:{http.server_port}"
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield server
        http.shutdown()


@pytest.fixture
def chat_server(_chat_server: ChatServer, monkeypatch: pytest.MonkeyPatch) -> ChatServer:
    """Have a language model at hand, whose keys and proxies are not those of this machine."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE", "LANGSMITH_GATEWAY"):
        monkeypatch.delenv(name, raising=False)
    return _chat_server.says("")
