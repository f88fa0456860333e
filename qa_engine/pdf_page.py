"""One page of a PDF as a picture, with quotes marked on it.

A quote is found on the page by its letters and digits alone, because line ends, hyphens and list
marks are read differently by different programs.
"""

from __future__ import annotations

import ctypes
import io
import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from threading import Lock

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageDraw
from pypdfium2 import raw

from indexer.errors import DocumentError

# PDFium must not be called by two threads at once, whatever documents they read.
_ONE_AT_A_TIME = Lock()
_WIDTH = 1400  # pixels; sharp on a screen that shows the page at half of that
_HIGHEST = 2400
# A part of a quote shorter than this could stand anywhere on a page.
_SHORTEST = 4
_PAPER_MARK, _LINE = (205, 231, 228), (29, 92, 99)

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote to mark, and the text right before it, which tells it from others that are alike."""

    text: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as PNG; ``marked`` tells whether every quote was found on it."""

    png: bytes
    pages: int
    marked: bool


def page_picture(path: Path, number: int, quotes: Sequence[Quote]) -> Picture:
    """Draw a page and mark quotes on it.

    Args:
        path: A PDF.
        number: Of the page, counted from 1.
        quotes: What to mark, each on this page.

    Raises:
        DocumentError: The file is no PDF that can be drawn, or has no such page.
    """
    with _ONE_AT_A_TIME:
        try:
            with closing(pdfium.PdfDocument(os.fspath(path))) as document:
                if not 1 <= number <= len(document):
                    raise DocumentError(path.name, f"it has no page {number}")
                with closing(document[number - 1]) as page:
                    image, boxes = _draw(page), [_boxes(page, quote) for quote in quotes]
                pages = len(document)
        except (pdfium.PdfiumError, OSError) as error:
            raise DocumentError(path.name, f"it cannot be drawn ({error})") from error
    for box in (box for found in boxes for box in found):
        _mark(image, box)
    file = io.BytesIO()
    image.save(file, "PNG")
    return Picture(file.getvalue(), pages, all(boxes))


def _scale(page: pdfium.PdfPage) -> float:
    width, height = page.get_size()
    return float(min(_WIDTH / max(width, 1), _HIGHEST / max(height, 1)))


def _draw(page: pdfium.PdfPage) -> Image.Image:
    drawn: Image.Image = page.render(scale=_scale(page)).to_pil()
    return drawn.convert("RGB")


def _boxes(page: pdfium.PdfPage, quote: Quote) -> list[Box]:
    """Find the lines of a quote: as a whole, else part by part, as in a table."""
    with closing(page.get_textpage()) as text:
        letters, places = _letters(
            chr(raw.FPDFText_GetUnicode(text, index)) for index in range(text.count_chars())
        )
        wanted = _letters(quote.text)[0]
        spans = _spans(letters, wanted, _letters(quote.before)[0])
        if not spans:
            parts = (_letters(part)[0] for part in quote.text.replace("\t", "\n").split("\n"))
            spans = [s for part in parts if len(part) >= _SHORTEST for s in _spans(letters, part)]
        return [box for first, last in spans for box in _lines(page, text, places, first, last)]


def _letters(text: Iterator[str] | str) -> tuple[str, list[int]]:
    """Keep letters and digits, and where each of them stood."""
    kept = [(letter.lower(), place) for place, letter in enumerate(text) if letter.isalnum()]
    kept = [(letter, place) for letter, place in kept if len(letter) == 1]
    return "".join(letter for letter, _ in kept), [place for _, place in kept]


def _spans(letters: str, wanted: str, before: str = "") -> list[tuple[int, int]]:
    """Find what is wanted; of several places the one that most of the same text goes before."""
    starts = []
    start = letters.find(wanted) if wanted else -1
    while start >= 0:
        starts.append(start)
        start = letters.find(wanted, start + 1)
    if not starts:
        return []
    best = max(starts, key=lambda place: _alike(letters[:place], before))
    return [(best, best + len(wanted))]


def _alike(one: str, two: str) -> int:
    """Count the letters with which both end alike."""
    pairs = zip(reversed(one), reversed(two), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _lines(
    page: pdfium.PdfPage, text: pdfium.PdfTextPage, places: Sequence[int], first: int, last: int
) -> Iterator[Box]:
    """Give the box of every line of a stretch of letters, in pixels of the picture."""
    start, end = places[first], places[last - 1] + 1
    scale = _scale(page)
    size = [round(length * scale) for length in page.get_size()]
    for index in range(text.count_rects(start, end - start)):
        left, bottom, right, top = text.get_rect(index)
        corners = [_pixel(page, size, x, y) for x, y in ((left, top), (right, bottom))]
        (x0, y0), (x1, y1) = corners
        yield min(x0, x1) - 2, min(y0, y1) - 3, max(x0, x1) + 2, max(y0, y1) + 3


def _pixel(page: pdfium.PdfPage, size: Sequence[int], x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(
        page, 0, 0, size[0], size[1], 0, x, y, ctypes.byref(across), ctypes.byref(down)
    )
    return across.value, down.value


def _mark(image: Image.Image, box: Box) -> None:
    """Tint a line like a marker pen does, and underline it: not by colour alone."""
    region = image.crop(box)
    image.paste(ImageChops.multiply(region, Image.new("RGB", region.size, _PAPER_MARK)), box[:2])
    ImageDraw.Draw(image).line((box[0], box[3], box[2], box[3]), fill=_LINE, width=3)
