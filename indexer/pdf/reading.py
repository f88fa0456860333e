"""A PDF as text, with what could not be read of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

from indexer.errors import DocumentError
from indexer.pdf.flow import Flow
from indexer.pdf.furniture import without_furniture
from indexer.pdf.hyphens import read_hyphens
from indexer.pdf.lines import Page, read_lines
from indexer.pdf.measures import measure, text_size
from indexer.pdf.words import read_words

# Minutes of a council with every attachment in one file stay well below both.
LARGEST_FILE = 200_000_000
MOST_PAGES = 2_000
_SIGNATURE = b"%PDF-"
_SIGNATURE_WITHIN = 1024  # where readers look for it (ISO 32000-1, annex H.3.4.1)
_LOCKED = (DependencyError, FileNotDecryptedError)
_ENCRYPTED = "it is encrypted in a way that cannot be read; save a copy without encryption"
# A picture that takes this part of a page is the page; smaller ones are logos and illustrations.
_WHOLE_PAGE = 0.4
_GARBLED = 0.3


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text of a PDF.

    Attributes:
        text: Its pages are parted by form feeds.
        notices: What could not be read of it, in Danish, page by page.
    """

    text: str
    notices: tuple[str, ...]


def read_pdf(path: Path, source: str) -> PdfText:
    """Read a PDF's text.

    A page that cannot be read is left out and told of; it does not take the others with it.

    Raises:
        DocumentError: It is no PDF, damaged, locked or too large, or no page of it has text.
    """
    reader = _open(path, source)
    pages, broken = [], []
    for number in range(1, _count(reader, source) + 1):
        try:
            pages.append(_read_page(reader.pages[number - 1], number))
        except MemoryError:
            raise
        except _LOCKED as error:
            raise DocumentError(source, _ENCRYPTED) from error
        except Exception:  # pypdf raises whatever a broken page makes it stumble over
            broken.append(number)
            pages.append(Page(number, (), 0.0))
    bare = without_furniture(pages, text_size(pages))
    scanned = [
        page.number for page, rest in zip(pages, bare, strict=True) if _is_scanned(page, rest)
    ]
    garbled = [page.number for page in pages if page.garbled > _GARBLED]
    if not any(page.lines for page in bare):
        raise DocumentError(source, _no_text(scanned, broken, garbled))
    flow = Flow(measure(bare), read_hyphens(bare))
    for page in bare:
        flow.add_page(page)
    notices = (
        _notice(scanned, "har intet tekstlag"),
        _notice(broken, "er beskadiget og kan ikke læses"),
        _notice(garbled, "har tekst i en skrifttype, der ikke kan læses"),
    )
    return PdfText(flow.text(), tuple(notice for notice in notices if notice))


def _open(path: Path, source: str) -> PdfReader:
    try:
        with path.open("rb") as stream:
            beginning = stream.read(_SIGNATURE_WITHIN)
        size = path.stat().st_size
    except OSError as error:
        raise DocumentError(source, f"the file cannot be opened ({error.strerror})") from error
    if not beginning:
        raise DocumentError(source, "the file is empty; fetch it again")
    if _SIGNATURE not in beginning:
        raise DocumentError(
            source, "it is named as a PDF but is none; give it its right suffix or fetch it again"
        )
    if size > LARGEST_FILE:
        limit = LARGEST_FILE // 1_000_000
        raise DocumentError(source, f"the file is larger than {limit} MB; split it by meeting")
    try:
        reader = PdfReader(path)
    except MemoryError:
        raise
    except Exception as error:
        raise _damaged(source, error) from error
    return reader


def _count(reader: PdfReader, source: str) -> int:
    """Count the pages, which is also where a locked or damaged file shows."""
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError(source, "it is locked with a password; save a copy without one")
        count = reader.get_num_pages()
    except _LOCKED as error:
        raise DocumentError(source, _ENCRYPTED) from error
    except (MemoryError, DocumentError):
        raise
    except Exception as error:
        raise _damaged(source, error) from error
    if count == 0:
        raise DocumentError(source, "it has no pages; fetch it again")
    if count > MOST_PAGES:
        reason = f"it has {count:,} pages, and minutes at most {MOST_PAGES:,}; split it by meeting"
        raise DocumentError(source, reason)
    return count


def _damaged(source: str, error: Exception) -> DocumentError:
    what = " ".join(str(error).split())[:100] or type(error).__name__
    return DocumentError(source, f"the PDF is damaged or cut off ({what}); fetch it again")


def _read_page(page: PageObject, number: int) -> Page:
    shown = read_words(page)
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    return Page(
        number,
        tuple(read_lines(shown.words, number)),
        width,
        painted=shown.painted,
        picture=shown.picture / max(1.0, width * height),
        garbled=shown.garbled,
    )


def _is_scanned(page: Page, bare: Page) -> bool:
    """Tell whether all that a page shows is a picture; a stamp or footer on it does not count."""
    return not bare.lines and (page.picture >= _WHOLE_PAGE or (page.painted and not page.lines))


def _no_text(scanned: Sequence[int], broken: Sequence[int], garbled: Sequence[int]) -> str:
    if garbled:
        return "its fonts do not tell which letters they show; print it to a new PDF with text"
    if broken and not scanned:
        return "the PDF is damaged on every page; fetch it again"
    if not scanned:
        return "its pages are empty; fetch it again"
    return "no page has a text layer (it is scanned); run text recognition (OCR) on it first"


def _notice(pages: Sequence[int], what: str) -> str:
    return f"side {', '.join(_ranges(pages))} {what}" if pages else ""


def _ranges(numbers: Sequence[int]) -> Iterator[str]:
    """Write rising numbers shortly: "3", "5-7"."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        held = [number for _, number in run]
        yield f"{held[0]}-{held[-1]}" if len(held) > 1 else f"{held[0]}"
