"""PDFs for the tests: drawn line by line, or set as the corpus is."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from indexer.pdf import PdfText, read_pdf

ROOT = Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "corpus"))  # print, layouts and blocks are scripts, not a package

Draw = Callable[[Canvas], None]
LEFT, TOP = 72.0, 760.0


def write_pdf(*pages: Draw, size: tuple[float, float] = A4) -> bytes:
    """Write a PDF of pages that are drawn by hand."""
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=size, invariant=1)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., PdfText]:
    """Read a PDF of pages that are drawn by hand."""

    def read_pages(*pages: Draw, size: tuple[float, float] = A4) -> PdfText:
        path = tmp_path / "drawn.pdf"
        path.write_bytes(write_pdf(*pages, size=size))
        return read_pdf(path, "drawn.pdf")

    return read_pages


@pytest.fixture
def lines() -> Callable[..., Draw]:
    """Draw lines below each other; "" leaves one out, a pair is a font and a text."""

    def draw_lines(
        *texts: str | tuple[str, str],
        x: float = LEFT,
        top: float = TOP,
        pitch: float = 14.0,
        size: float = 11.0,
    ) -> Draw:
        def draw(canvas: Canvas) -> None:
            for number, text in enumerate(texts):
                font, words = text if isinstance(text, tuple) else ("Helvetica", text)
                canvas.setFont(font, size)
                canvas.drawString(x, top - number * pitch, words)

        return draw

    return draw_lines


@pytest.fixture
def at() -> Callable[..., Draw]:
    """Draw texts at places: (x, y, text)."""

    def draw_texts(*texts: tuple[float, float, str], size: float = 11.0) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", size)
            for x, y, text in texts:
                canvas.drawString(x, y, text)

        return draw

    return draw_texts


@pytest.fixture
def both() -> Callable[..., Draw]:
    """Draw one thing and then another on one page."""

    def draw_all(*draws: Draw) -> Draw:
        def draw(canvas: Canvas) -> None:
            for each in draws:
                each(canvas)

        return draw

    return draw_all


FONT, SIZE, WIDTH = "Helvetica", 11.0, 451.0
_BODY = (
    "Forvaltningen har gennemgået udgifterne og foreslår, at der afsættes midler til vedligehold "
    "af veje og stier i hele kommunen, og at udvalget i efteråret får en redegørelse, som viser, "
    "hvordan pengene er brugt, og hvad der mangler at blive lavet på de strækninger, der er "
    "omtalt i rapporten."
)
_FILL = [
    "det",
    "er",
    "i",
    "øvrigt",
    "sådan",
    "at",
    "man",
    "i",
    "de",
    "år",
    "der",
    "er",
    "gået",
    "har",
    "set",
    "at",
    "der",
    "er",
    "tale",
    "om",
    "ting",
    "som",
]


@pytest.fixture
def body_lines() -> Sequence[str]:
    """Give the lines of a paragraph as wide as the page; the last one is short."""
    return simpleSplit(_BODY, FONT, SIZE, WIDTH)


@pytest.fixture
def full() -> Callable[[str], str]:
    """Put words before a text until its line is full."""

    def fill(text: str) -> str:
        words = iter(_FILL * 3)
        while stringWidth(longer := f"{next(words)} {text}", FONT, SIZE) <= WIDTH:
            text = longer
        return text

    return fill
