"""From a file to its text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from indexer.errors import DocumentError

# A text file of minutes is well under a megabyte; what is larger is something else.
_LARGEST_TEXT = 20_000_000
_TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown"})
SUFFIXES = _TEXT_SUFFIXES


@dataclass(frozen=True, slots=True)
class Document:
    """A document's text; pages are parted by form feeds where the format has pages."""

    text: str
    paged: bool


def read_document(path: Path, source: str) -> Document:
    """Read a file's text.

    Raises:
        DocumentError: The file is missing, empty, of an unknown kind, or not UTF-8.
    """
    suffix = path.suffix.lower()
    if suffix in _TEXT_SUFFIXES:
        return _read_text(path, source)
    kinds = ", ".join(sorted(SUFFIXES))
    raise DocumentError(source, f"a '{suffix}' file is not read; give one of {kinds}")


def _read_text(path: Path, source: str) -> Document:
    try:
        if path.stat().st_size > _LARGEST_TEXT:
            raise DocumentError(source, "the file is larger than any minutes; split it by meeting")
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(source, f"the file cannot be opened ({error.strerror})") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(source, "the text is not UTF-8; save it as UTF-8") from error
    if "\0" in text:
        raise DocumentError(source, "the file holds binary data, not text; give it its right suffix")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise DocumentError(source, "the file is empty; remove it or fetch it again")
    return Document(text, paged="\f" in text.strip())
