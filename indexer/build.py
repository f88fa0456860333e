"""From files and folders to the store: what is new or changed is read, cut, embedded and stored."""

from __future__ import annotations

import hashlib
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from indexer.chunking import chunk_minutes, embedded_text
from indexer.embedding import Embedder, Text
from indexer.errors import DocumentError, PunktvisError
from indexer.files import WHOLE, File, Found, Shard, Skipped, find_files
from indexer.model import Chunk, Filters, Minutes
from indexer.municipality import told_beside
from indexer.store import EmbeddedChunk, Findings, Store
from indexer.worker import Worker

# Raise this when the parser, the chunker or the analyser make something else of the same file:
# every file is then read and embedded again.
READING = 5


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did, and what the index holds after it.

    Attributes:
        indexed: Files that are new.
        unchanged: Files that were indexed before, as they are.
        replaced: Files that have changed, or are read in another way than before.
        removed: Documents whose files are gone.
        skipped: Files that could not be read; what was indexed of them before is kept.
        items: Agenda items in the index, of this build and of earlier ones.
        chunks: Passages in the index, likewise.
        seconds: How long it took.
        findings: What is to be told of documents in the index, likewise.
    """

    indexed: int
    unchanged: int
    replaced: int
    removed: int
    skipped: tuple[Skipped, ...]
    items: int
    chunks: int
    seconds: float
    findings: tuple[Findings, ...] = ()


class Read(Protocol):
    """How a file becomes minutes: a ``Worker``, or in tests what stands in for it."""

    def __call__(self, path: Path, source: str, municipality: str | None) -> Minutes:
        """Read one file, or raise ``DocumentError``."""


class Progress(Protocol):
    """Who wants to know how far a build is."""

    def start(self, total_files: int) -> None:
        """Learn how many files there are."""

    def advance(self, source: str) -> None:
        """Learn that one more file is done, whatever became of it."""


class BuildStore(Store, Protocol):
    """A store that also remembers where documents come from, and which are to be kept out."""

    def replace(
        self,
        minutes: Minutes,
        digest: str,
        chunks: Sequence[EmbeddedChunk],
        *,
        root: str | None = None,
    ) -> None:
        """Store a document that comes from the folder ``root``."""

    def move(self, source: str, root: str) -> None:
        """Note that a document that stays as it is now comes from another folder."""

    def blocked(self, digest: str) -> bool:
        """Tell whether this content is to be kept out."""


def build(
    paths: Sequence[Path],
    store: BuildStore,
    embedder: Embedder,
    *,
    read: Read | None = None,
    municipality: str | None = None,
    shard: Shard = WHOLE,
    progress: Progress | None = None,
) -> Report:
    """Bring the store up to date with files and folders.

    Every document is stored in a transaction of its own, so that a build that was killed goes on
    where it stopped. A document is removed when its file has gone from a folder that is given; a
    file that cannot be read now keeps what was indexed of it before.

    Args:
        paths: Files and folders.
        store: Opened for building, with the embedder's name as its model.
        embedder: Embeds the passages of what is new or changed.
        read: Reads a file as minutes; None is a worker that lives as long as the build.
        municipality: Municipality of all these minutes, or None to find it in their text.
        shard: Which part of the files to bring up to date; documents of other parts are left alone.
        progress: Is told of every file.

    Raises:
        DocumentError: A path does not exist, or a folder holds nothing to read.
        StoreError: The store cannot be written.
    """
    if read is None:
        with Worker() as worker:
            return build(
                paths,
                store,
                embedder,
                read=worker,
                municipality=municipality,
                shard=shard,
                progress=progress,
            )
    begun = time.perf_counter()
    found = find_files(paths)
    builder = _Builder(store, embedder, read, municipality, store.digests(), store.roots())
    done, skipped = Counter[str](), [s for s in found.skipped if shard.holds(s.source)]
    files = [file for file in found.files if shard.holds(file.source)]
    if progress:
        progress.start(len(files))
    with closing(_ahead(builder.prepare, files)) as prepared:
        for file, version in prepared:
            try:
                done[builder.index(file, version.result())] += 1
            except DocumentError as error:
                skipped.append(Skipped(file.source, error.reason))
            if progress:
                progress.advance(file.source)
    removed = _remove_vanished(store, found, shard)
    store.flush()
    return Report(
        indexed=done["indexed"],
        unchanged=done["unchanged"],
        replaced=done["replaced"],
        removed=removed,
        skipped=tuple(skipped),
        items=sum(meeting.items for meeting in store.meetings(Filters())),
        chunks=store.size(),
        seconds=time.perf_counter() - begun,
        findings=tuple(store.findings()),
    )


def _remove_vanished(store: BuildStore, found: Found, shard: Shard) -> int:
    # Asked anew, because a source may have moved to another folder during this build.
    gone = [
        source
        for source, root in store.roots().items()
        if shard.holds(source) and found.lacks(root, source)
    ]
    return sum(store.remove(source) for source in gone)


@dataclass(frozen=True, slots=True)
class _Version:
    """What a file holds now, where that is not what is indexed of it."""

    digest: str
    minutes: Minutes
    chunks: Sequence[Chunk]
    texts: Sequence[Text]


def _ahead(
    prepare: Callable[[File], _Version | None], files: Sequence[File]
) -> Generator[tuple[File, Future[_Version | None]]]:
    """Prepare files in their order, each while the one before it is embedded."""
    pool = ThreadPoolExecutor(1)
    try:
        pending = deque[tuple[File, Future[_Version | None]]]()
        for file in files:
            pending.append((file, pool.submit(prepare, file)))
            if len(pending) > 1:
                yield pending.popleft()
        yield from pending
    finally:  # not waiting, as a file may take long: whoever closes the reader ends that
        pool.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Builder:
    """Indexes one file after the other; ``digests`` and ``roots`` tell what was there before."""

    store: BuildStore
    embedder: Embedder
    read: Read
    municipality: str | None
    digests: Mapping[str, str]
    roots: Mapping[str, str | None]

    def prepare(self, file: File) -> _Version | None:
        """Read and cut a file, unless it is as it was.

        Raises:
            DocumentError: It cannot be read, or is kept out.
        """
        digest = _digest(file, self.municipality)
        if digest == self.digests.get(file.source):
            return None
        if self.store.blocked(digest):
            raise DocumentError(file.source, "it was removed for good; index a corrected version")
        try:
            minutes = self.read(file.path, file.source, self.municipality)
            chunks = list(chunk_minutes(minutes))
            texts = [Text(*embedded_text(c, minutes.items[c.position])) for c in chunks]
            for text in texts:
                text.text.encode()  # half a character, as from a broken PDF, would stop the model
        except PunktvisError:
            raise
        except Exception as error:  # one strange file must not end a build of thousands
            fault = f"reading it failed ({type(error).__name__}: {error}); please report this"
            raise DocumentError(file.source, fault) from error
        return _Version(digest, minutes, chunks, texts)

    def index(
        self, file: File, version: _Version | None
    ) -> Literal["indexed", "unchanged", "replaced"]:
        """Store what was prepared of a file.

        Raises:
            DocumentError: It cannot be indexed.
        """
        if version is None:
            if not self._is_elsewhere(file) and self.roots.get(file.source) != file.root:
                self.store.move(file.source, file.root)
            return "unchanged"
        self._check_taken(file, version.minutes)
        embeddings = self.embedder.embed_passages(version.texts)
        embedded = [
            EmbeddedChunk(chunk, embedding.vector, embedding.spans)
            for chunk, embedding in zip(version.chunks, embeddings, strict=True)
        ]
        self.store.replace(version.minutes, version.digest, embedded, root=file.root)
        return "replaced" if file.source in self.digests else "indexed"

    def _is_elsewhere(self, file: File) -> bool:
        """Tell whether the source is indexed from another folder, where it still is."""
        root = self.roots.get(file.source)
        return root is not None and root != file.root and Path(root, file.source).exists()

    def _check_taken(self, file: File, minutes: Minutes) -> None:
        """Keep files of the same name in two folders from replacing each other time after time.

        A corrected version may come from any folder, so only another meeting is turned away.
        """
        held = self.store.minutes(file.source) if self._is_elsewhere(file) else None
        if held is not None and _meeting(held) != _meeting(minutes):
            raise DocumentError(
                file.source,
                f"the name is taken by another meeting, indexed from {self.roots[file.source]}; "
                f"rename it, or index the folder that holds both",
            )


def _meeting(minutes: Minutes) -> tuple[object, ...]:
    return minutes.municipality, minutes.committee, minutes.date


def _digest(file: File, municipality: str | None) -> str:
    """Tell one version of a file, and one way of reading it, from every other.

    Returns:
        "<content>-<way of reading>", so that a store can block the content alone.
    """
    try:
        with file.path.open("rb") as stream:
            content = hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=16))
    except OSError as error:
        reason = f"the file cannot be read ({error.strerror}); check its rights"
        raise DocumentError(file.source, reason) from error
    told = municipality or told_beside(file.path)
    reading = hashlib.blake2b(f"{READING} {told}".encode(), digest_size=8)
    return f"{content.hexdigest()}-{reading.hexdigest()}"
