"""The files that a build is given, and the source under which each is known."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer.errors import DocumentError
from indexer.municipality import BESIDE
from indexer.pages import SUFFIXES

_KINDS = ", ".join(sorted(SUFFIXES))
# A folder that holds a file of this name is passed over, such as the sources of printed minutes.
PASS_OVER = ".noindex"
# Texts of these names tell about a folder and are no minutes.
_ABOUT = frozenset({"readme", "sources", "license", "licence"})


@dataclass(frozen=True, slots=True)
class File:
    """A file to index.

    Attributes:
        path: Where it is.
        source: Its path relative to the folder that was given, with "/" on every system.
        root: That folder, absolute and without links; for a single file the folder it is in.
    """

    path: Path
    source: str
    root: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that was not indexed, and why, in words that say what to do."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Shard:
    """One of several parts of the files, chosen by their names: the same files on every machine.

    Attributes:
        number: Which part, counted from 1.
        of: How many parts there are.
    """

    number: int
    of: int

    def holds(self, source: str) -> bool:
        """Tell whether a source is of this part."""
        # No checksum: of "0.txt" to "9.txt", half of the parts of CRC-32 would have none.
        hashed = hashlib.blake2b(source.encode(errors="replace"), digest_size=8).digest()
        return int.from_bytes(hashed) % self.of == self.number - 1


WHOLE = Shard(1, 1)


@dataclass(slots=True)
class Found:
    """What is in the files and folders that were given.

    Attributes:
        files: To be indexed, each once and under a source of its own.
        skipped: Not to be indexed.
        folders: The roots that were searched in full.
        present: Root and source of every file seen, skipped ones included.
        unlisted: Root and path, with a "/" at the end, of folders in them that cannot be read.
    """

    files: list[File] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    folders: set[str] = field(default_factory=set)
    present: set[tuple[str, str]] = field(default_factory=set)
    unlisted: list[tuple[str, str]] = field(default_factory=list)

    def lacks(self, root: str | None, source: str) -> bool:
        """Tell whether a source is gone for certain from a folder that was searched."""
        if root not in self.folders or (root, source) in self.present:
            return False
        return not any(root == r and source.startswith(folder) for r, folder in self.unlisted)


def find_files(paths: Sequence[Path]) -> Found:
    """Collect the files to index from files and folders, those of a folder in their order.

    Hidden files and folders are passed over, and so are, in a folder, files of other kinds, files
    that tell about it (README.md) and folders that hold a file named ``.noindex``. A file that is
    reached twice is taken once; of two files with one source the first is taken.

    Raises:
        DocumentError: No path is given, a path does not exist, or a folder holds nothing to read.
    """
    if not paths:
        raise DocumentError("no path", "nothing to index; name files or folders with minutes")
    found, taken, seen = Found(), dict[str, File](), set[Path]()
    for path in paths:
        for file in _files_at(path, found):
            found.present.add((file.root, file.source))
            reason = _refuse(file)
            if reason is None and _real(file.path) in seen:
                continue
            if reason is None and file.source in taken:
                reason = (
                    f"the name is taken by {taken[file.source].path}; rename one of them, or index "
                    "the folder that holds both"
                )
            if reason is not None:
                found.skipped.append(Skipped(_printable(file.source), reason))
                continue
            seen.add(_real(file.path))
            taken[file.source] = file
    found.files = list(taken.values())
    return found


def _files_at(path: Path, found: Found) -> Iterable[File]:
    if path.is_dir():
        root = _real(path)
        found.folders.add(str(root))
        files = _walk(root, found)
        if not files and not any(unlisted == str(root) for unlisted, _ in found.unlisted):
            raise DocumentError(
                str(path),
                f"the folder holds nothing to read; put {_KINDS} files in it",
            )
        return files
    if path.exists():
        return [File(path, path.name, str(_real(path).parent))]
    raise DocumentError(str(path), "there is no such file or folder; check the path")


def _walk(root: Path, found: Found) -> list[File]:
    def note(error: OSError) -> None:
        folder = Path(error.filename).relative_to(root).as_posix()
        found.unlisted.append((str(root), "" if folder == "." else f"{folder}/"))
        reason = f"the folder cannot be listed ({error.strerror}); check its rights"
        found.skipped.append(Skipped(_printable(folder), reason))

    files = []
    for directory, folders, names in os.walk(root, onerror=note):
        if PASS_OVER in names and Path(directory) != root:
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(directory, name)
            if _is_minutes(path):
                files.append(File(path, path.relative_to(root).as_posix(), str(root)))
    return sorted(files, key=lambda file: file.source)


def _is_minutes(path: Path) -> bool:
    """Tell from its name whether a file in a folder may be minutes."""
    suffix = path.suffix.lower()
    about = path.name == BESIDE or (path.stem.lower() in _ABOUT and suffix != ".pdf")
    return suffix in SUFFIXES and not about and not path.name.startswith(".")


def _refuse(file: File) -> str | None:
    """Say why a file cannot be indexed under its source, or None where it can."""
    if file.path.suffix.lower() not in SUFFIXES:
        return f"this kind of file is not read; convert it to one of {_KINDS}"
    if _printable(file.source) != file.source:
        return "its name is not valid Unicode; rename it"
    if not _real(file.path).is_relative_to(file.root):
        return "it is a link out of the folder; index the file it points to"
    if not file.path.is_file():
        return "it is not a file, or a link that leads nowhere; put the file in its place"
    return None


def _real(path: Path) -> Path:
    # Path.resolve raises RuntimeError for a link that leads to itself.
    return Path(os.path.realpath(path))


def _printable(source: str) -> str:
    return source.encode(errors="replace").decode()
