"""What holds for the distributed store beyond the contract in ``test_local.py``.

Milvus Lite is a real server that speaks Milvus' own protocol. What it cannot do (refuse a token,
be full) is said by a server of our own in the words of Milvus.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent import futures
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("milvus_lite", reason="needs the extra punktvis[milvus]")

import grpc
from milvus_lite.server_manager import server_manager_instance
from pymilvus.grpc_gen import common_pb2, milvus_pb2, milvus_pb2_grpc

from indexer.errors import MissingIndex, StoreError, WrongDimension, WrongModel
from indexer.model import AgendaItem, Chunk, Filters, Minutes, Role
from indexer.settings import Settings
from indexer.store import EmbeddedChunk, Vectors
from indexer.store.local import LocalStore
from indexer.store.milvus import MilvusStore
from indexer.store.milvus_link import Address
from indexer.store.milvus_schema import CHUNKS, DOCUMENTS, NOTES, PIECES, term_of, token
from indexer.store.opening import create_store, open_store
from indexer.weights import unpack

ROOT = Path(__file__).resolve().parents[3]
LONGEST = 120.0
FILES = 16  # enough for a build to be killed in the middle
EVERYTHING = Filters()


def a_meeting(source: str, *texts: str) -> Minutes:
    items = tuple(AgendaItem("1", "Sag", None, False, text, None, (), (), (), ()) for text in texts)
    return Minutes(source, None, None, None, None, (), (), items)


def embedded(minutes: Minutes, dimension: int = 2) -> list[EmbeddedChunk]:
    vector: Vectors = np.eye(1, dimension, dtype=np.float32)[0]
    return [
        EmbeddedChunk(
            Chunk(position, Role.OTHER, "", "", 0, len(item.text), ((0, 1),)),
            vector,
            vector.reshape(1, -1),
        )
        for position, item in enumerate(minutes.items)
    ]


def put(store: MilvusStore, source: str, *texts: str, digest: str = "content-reading") -> None:
    minutes = a_meeting(source, *texts)
    store.replace(minutes, digest, embedded(minutes))


@pytest.fixture
def address(tmp_path: Path) -> Iterator[Address]:
    file = str(tmp_path / "punktvis.db")
    yield Address(file)
    server_manager_instance.release_server(file)


def test_the_settings_name_the_store(tmp_path: Path, address: Address) -> None:
    in_milvus = Settings(data=tmp_path / "data", store=address.uri)
    with create_store(in_milvus, "angles") as store:
        assert isinstance(store, MilvusStore)
        put(store, "a.pdf", "vej")
    with open_store(in_milvus) as store:
        assert store.digests() == {"a.pdf": "content-reading"}
    for settings in (Settings(data=tmp_path / "f"), Settings(store=str(tmp_path / "f"))):
        with create_store(settings, "angles") as store:
            assert isinstance(store, LocalStore)


def test_an_index_is_searched_after_a_restart_of_milvus(address: Address) -> None:
    vector = np.array([1, 0], np.float32)
    with MilvusStore.create(address, "angles") as store:
        put(store, "a.pdf", "vej")
    server_manager_instance.release_server(address.uri)
    with MilvusStore.open(address) as store:
        assert len(store.nearest(vector, 5, EVERYTHING)) == 1
        assert len(store.matching(["vej"], 5, EVERYTHING)) == 1
    server_manager_instance.release_server(address.uri)
    with MilvusStore.create(address, "angles") as store:
        put(store, "b.pdf", "vej")
        assert len(store.matching(["vej"], 5, EVERYTHING)) == 2


def test_opening_needs_an_index(address: Address) -> None:
    with pytest.raises(MissingIndex, match=r"\.db: there is no index here; run 'punktvis index"):
        MilvusStore.open(address)


def test_an_index_of_another_model_or_dimension_is_refused(address: Address) -> None:
    with MilvusStore.create(address, "angles") as store:
        put(store, "a.pdf", "vej")
        minutes = a_meeting("b.pdf", "bro")
        with pytest.raises(WrongDimension, match="vectors of 3 numbers in an index of 2; use the"):
            store.replace(minutes, "digest", embedded(minutes, 3))
        with pytest.raises(WrongModel, match="built with the model 'angles', but 'other' is"):
            MilvusStore.create(address, "other")
        assert store.digests().keys() == {"a.pdf"}
        assert len(store.nearest(np.array([1, 0], np.float32), 5, EVERYTHING)) == 1

        store.remove("a.pdf")
    with MilvusStore.create(address, "other") as store:
        store.replace(minutes, "digest", embedded(minutes, 3))
        assert store.model == "other"


def test_a_store_opened_for_reading_cannot_be_changed(address: Address) -> None:
    MilvusStore.create(address, "angles").close()
    with MilvusStore.open(address) as store:
        for change in (lambda: store.remove("a"), store.flush, lambda: put(store, "a", "x")):
            with pytest.raises(StoreError, match="opened for reading"):
                change()


def test_folders_and_blocked_contents_are_remembered(address: Address) -> None:
    with MilvusStore.create(address, "angles") as store:
        store.replace(a_meeting("a.pdf", "vej"), "one-1", [], root="/minutes")
        store.replace(a_meeting("copy.pdf", "vej"), "one-2", [])
        store.replace(a_meeting("b.pdf", "bro"), "two-1", [])
        store.move("b.pdf", "/other")
        assert store.roots() == {"a.pdf": "/minutes", "copy.pdf": None, "b.pdf": "/other"}

        assert store.block("a.pdf", "withdrawn")
        assert not store.block("a.pdf")
        assert store.blocked("one-3")
        assert not store.blocked("two-3")
        assert store.digests().keys() == {"b.pdf"}


def test_writing_the_same_again_leaves_as_many_rows(address: Address) -> None:
    def rows(store: MilvusStore) -> list[int]:
        names = (DOCUMENTS, CHUNKS, PIECES, NOTES)
        return [store._link.count(name, "") for name in names]

    with MilvusStore.create(address, "angles") as store:
        put(store, "a.pdf", "vej", "bro")
        before = rows(store)
        put(store, "a.pdf", "vej", "bro")
        assert rows(store) == before
        put(store, "a.pdf", "vej")
        assert rows(store)[:2] == [1, 1]
        store.remove("a.pdf")
        # The model, the stamp of the last change, where changes begin, and that one is removed.
        assert rows(store) == [0, 0, 0, 4]


def test_a_document_that_is_coming_is_not_seen(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that dies between the passages and the row of their document leaves the old ones."""

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    vector = np.array([1, 0], np.float32)
    with MilvusStore.create(address, "angles") as store:
        put(store, "a.pdf", *["gammel"] * 3)
        monkeypatch.setattr("indexer.store.milvus.document_row", die)
        with pytest.raises(KeyboardInterrupt):
            put(store, "a.pdf", *["ny"] * 5)
        monkeypatch.undo()
        for found in (
            store.nearest(vector, 3, EVERYTHING),
            store.matching(["gammel", "ny"], 3, EVERYTHING),
        ):
            assert len(found) == 3
            minutes = store.minutes(store.passages([found[0].id])[0].source)
            assert minutes == a_meeting("a.pdf", *["gammel"] * 3)
        assert store.size() == 3
        assert store.digests() == {}, "the next build does it again"

        put(store, "a.pdf", *["ny"] * 5)
        assert store.frequencies(["gammel", "ny"]) == {"gammel": 0, "ny": 5}


@pytest.mark.parametrize("term", ["20/36381", "15.00.00-g01", "q", "æøå", "", "\0 \n", "Q2FQ"])
def test_tokens_are_read_back(term: str) -> None:
    assert term_of(token(term)) == term
    assert token(term).isalnum() or not term


# What goes wrong


class Refusing(milvus_pb2_grpc.MilvusServiceServicer):
    """Lets everybody in who has the token, and then refuses with one reason."""

    def __init__(self, token: str, reason: str) -> None:
        """Know both."""
        self._token, self._reason = token, reason

    def Connect(  # noqa: D102, N802 - as the protocol names it
        self, request: milvus_pb2.ConnectRequest, context: grpc.ServicerContext
    ) -> milvus_pb2.ConnectResponse:
        import base64  # noqa: PLC0415

        given = dict(context.invocation_metadata()).get("authorization", "")
        if base64.b64decode(given).decode() != self._token:
            reason = "auth check failure, please check api key is correct"
            context.abort(grpc.StatusCode.UNAUTHENTICATED, reason)
        return milvus_pb2.ConnectResponse(status=common_pb2.Status(), identifier=1)

    def ShowCollections(  # noqa: D102, N802 - likewise
        self, request: milvus_pb2.ShowCollectionsRequest, context: grpc.ServicerContext
    ) -> milvus_pb2.ShowCollectionsResponse:
        status = common_pb2.Status(code=9, error_code=1, reason=self._reason)
        return milvus_pb2.ShowCollectionsResponse(status=status)


@contextmanager
def refusing(token: str, reason: str = "") -> Iterator[str]:
    server = grpc.server(futures.ThreadPoolExecutor(2))
    milvus_pb2_grpc.add_MilvusServiceServicer_to_server(Refusing(token, reason), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.stop(None).wait()


def test_a_wrong_token_is_named_and_not_shown() -> None:
    with refusing("root:right") as uri:
        with pytest.raises(StoreError, match="set PUNKTVIS_STORE_TOKEN") as raised:
            MilvusStore.open(Address(uri, "root:wrong"))
        assert "root:wrong" not in str(raised.value)


def test_a_full_milvus_says_so() -> None:
    reason = "quota exceeded[reason=disk quota exceeded, please allocate more resources]"
    with (
        refusing("root:right", reason) as uri,
        pytest.raises(StoreError, match="Milvus is full or over its limits; make room"),
    ):
        MilvusStore.open(Address(uri, "root:right"))


def test_an_unreachable_milvus_is_named_without_its_password() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        with pytest.raises(
            StoreError, match="check that Milvus runs and that PUNKTVIS_STO"
        ) as raised:
            MilvusStore.open(Address(f"http://root:secret@127.0.0.1:{port}/minutes"))
    assert "secret" not in str(raised.value)


# Several machines


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Run Milvus Lite as a server of its own, for several processes."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    command = ["-m", "milvus_lite", "server", "--data-dir", str(folder), "--host", "127.0.0.1"]
    process = subprocess.Popen(
        [sys.executable, *command, "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + LONGEST
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(LONGEST)


def contents(uri: str) -> tuple[dict[str, str], list[tuple[object, ...]], set[str]]:
    """Give all that an index holds, without the numbers of versions."""
    with MilvusStore.open(Address(uri)) as store:
        digests = dict(store.digests())
        found = [
            (source, position, p.embedded.chunk, p.embedded.vector.round(4).tobytes())
            for source in sorted(digests)
            for position in range(len(store.minutes(source).items))
            for p in store.item_passages(source, position)
        ]
        assert store._link.count(CHUNKS, "") == len(found) == store.size()
        assert store._link.count(DOCUMENTS, "") == len(digests)
        return digests, found, set(store._notes.read("term"))


def test_several_machines_may_make_the_collections_at_once(tmp_path: Path) -> None:
    def make(uri: str) -> None:
        MilvusStore.create(Address(uri), "angles").close()

    with serving(tmp_path / "served") as uri, futures.ThreadPoolExecutor(4) as machines:
        for made in [machines.submit(make, uri) for _ in range(4)]:
            made.result()


def test_a_sharded_build_that_is_killed_goes_on_where_it_stopped(
    tiny_weights: Path, tmp_path: Path
) -> None:
    model, minutes = tmp_path / "model", tmp_path / "minutes"
    unpack(tiny_weights, model)
    minutes.mkdir()
    for number in range(FILES):
        items = "\n".join(
            f"# Punkt {i}: Vej {number}\n\n## Sagsfremstilling\n\nVejen {number} i Nordby koster "
            f"{i} mio. kr.\n\n## Beslutning\n\nGodkendt.\n"
            for i in range(1, 5)
        )
        head = "# REFERAT Byrådet i Nordby Kommune d. 14-03-2023\n\n"
        (minutes / f"{number}.md").write_text(head + items, encoding="utf-8")

    def start(uri: str, shard: int) -> subprocess.Popen[str]:
        arguments = ["index", str(minutes), "--shard", f"{shard}/2", "--data", str(tmp_path / "d")]
        return subprocess.Popen(
            [sys.executable, "-m", "qa_engine.cli", *arguments],
            cwd=ROOT,
            env={**os.environ, "PUNKTVIS_MODEL": str(model), "PUNKTVIS_STORE": uri},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def finish(process: subprocess.Popen[str]) -> None:
        _, err = process.communicate(timeout=LONGEST)
        assert process.returncode == 0, err

    with serving(tmp_path / "undisturbed") as uri:
        for shard in (1, 2):
            finish(start(uri, shard))
        expected = contents(uri)
    assert len(expected[0]) == FILES

    with serving(tmp_path / "killed") as uri:
        both = [start(uri, 1), start(uri, 2)]
        until = time.monotonic() + LONGEST
        ended: list[tuple[str, str]] = []
        while time.monotonic() < until and not _some_are_in(uri):
            ended = [process.communicate() for process in both if process.poll() is not None]
            if ended:
                break
            time.sleep(0.02)
        for process in both:
            with process, suppress(ProcessLookupError):  # it ended
                os.killpg(process.pid, signal.SIGKILL)
        assert not ended, f"killed too late: {ended}"
        both = [start(uri, 1), start(uri, 2)]
        for process in both:
            finish(process)
        assert contents(uri) == expected


def _some_are_in(uri: str) -> bool:
    try:
        with MilvusStore.open(Address(uri)) as store:
            return 2 <= len(store.digests()) < FILES
    except StoreError:  # the collections are not all there yet
        return False
