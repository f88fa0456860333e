"""From a file to its text, with what must not be searchable masked in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.cpr import Hit, mask_cpr
from indexer.errors import DocumentError
from indexer.glyphs import as_seen
from indexer.portal.html_text import html_text
from indexer.portal.reading import NOT_DECIDED, read_portal
from indexer.told import Told

# A text file of minutes is well under a megabyte; what is larger is something else.
_LARGEST_TEXT = 20_000_000
_TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown"})
_HTML_SUFFIXES = frozenset({".html", ".htm"})
# A text that is HTML from its first character on, whatever its suffix.
_IS_HTML = re.compile(r"\s*<(?:!doctype|html|head|body|div|h[1-6]|p|table|article|section)\b", re.I)
_PDF_SUFFIX = ".pdf"
_PORTAL_SUFFIX = ".json"
SUFFIXES = _TEXT_SUFFIXES | _HTML_SUFFIXES | {_PDF_SUFFIX, _PORTAL_SUFFIX}


@dataclass(frozen=True, slots=True)
class Document:
    """A document's text.

    Attributes:
        text: Pages are parted by form feeds where the format has pages; CPR numbers are masked.
        paged: Whether the format has pages.
        notices: What could not be read of it, in Danish: "side 3 har intet tekstlag".
        personal: Where CPR numbers stood.
        told: Its structure, where the format tells that.
    """

    text: str
    paged: bool
    notices: tuple[str, ...] = ()
    personal: tuple[Hit, ...] = ()
    told: Told | None = None


def read_document(path: Path, source: str) -> Document:
    """Read a file's text, in this process; ``indexer.worker`` reads it under limits.

    Raises:
        DocumentError: The file is missing, empty, damaged, locked, of an unknown kind or not what
            its suffix says.
    """
    suffix = path.suffix.lower()
    if suffix == _PDF_SUFFIX:
        # pypdf takes a quarter of a second to load, which answering a question need not wait for.
        from indexer.pdf import read_pdf  # noqa: PLC0415

        pdf = read_pdf(path, source)
        return _masked(pdf.text, paged=True, notices=pdf.notices)
    if suffix in _TEXT_SUFFIXES | _HTML_SUFFIXES:
        text = _read_text(path, source)
        if suffix in _HTML_SUFFIXES or _IS_HTML.match(text):
            text = html_text(text, level=1)
        return _masked(text, paged="\f" in text.strip())
    if suffix == _PORTAL_SUFFIX:
        text, told = read_portal(_read_text(path, source), source)
        notices = () if told.decided else (NOT_DECIDED,)
        return replace(_masked(text, paged=False, notices=notices), told=told)
    kinds = ", ".join(sorted(SUFFIXES))
    raise DocumentError(source, f"a '{suffix}' file is not read; give one of {kinds}")


def _masked(text: str, *, paged: bool, notices: tuple[str, ...] = ()) -> Document:
    masked, hits = mask_cpr(text)
    return Document(masked, paged, notices, hits)


def _read_text(path: Path, source: str) -> str:
    try:
        if path.stat().st_size > _LARGEST_TEXT:
            raise DocumentError(source, "the file is larger than any minutes; split it by meeting")
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(source, f"the file cannot be opened ({error.strerror})") from error
    if data.startswith(b"%PDF-"):
        raise DocumentError(source, "it is a PDF, not text; give it the suffix .pdf")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(source, "the text is not UTF-8; save it as UTF-8") from error
    if "\0" in text:
        reason = "the file holds binary data, not text; give it its right suffix"
        raise DocumentError(source, reason)
    text = as_seen(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise DocumentError(source, "the file is empty; remove it or fetch it again")
    return text
