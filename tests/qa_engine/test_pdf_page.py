"""Quotes marked on real pages: where the letters stand, the picture is tinted."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from indexer.errors import DocumentError
from indexer.worker import Worker
from qa_engine.pdf_page import Picture, Quote, page_picture

MINUTES = Path(__file__).resolve().parents[2] / "corpus" / "minutes"
WHITE = (255, 255, 255)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Print a page on which the same word is decided twice, and a quote runs over two lines."""
    path = tmp_path_factory.mktemp("pdf") / "a.pdf"
    canvas = Canvas(str(path), pagesize=(400, 400))
    lines = ("Første punkt", "Godkendt.", "Andet punkt", "Godkendt.", "Vejen udvi-", "des i 2024.")
    for number, line in enumerate(lines):
        canvas.drawString(40, 360 - 40 * number, line)
    canvas.showPage()
    canvas.save()
    return path


def tinted(picture: Picture) -> list[int]:
    """List the lines of the page, counted from 0, that have a mark."""
    image = Image.open(io.BytesIO(picture.png)).convert("RGB")
    scale = image.width / 400
    rows = {
        int((y / scale - 22) // 40)
        for y in range(0, image.height, 4)
        for x in range(int(30 * scale), int(160 * scale), 4)
        if image.getpixel((x, y)) == (205, 231, 228)
    }
    return sorted(rows)


def test_a_page_without_quotes_is_as_it_is(pdf: Path) -> None:
    picture = page_picture(pdf, 1, [])
    assert tinted(picture) == []
    assert picture.pages == 1


def test_a_quote_is_marked_across_lines_and_hyphens(pdf: Path) -> None:
    picture = page_picture(pdf, 1, [Quote("Vejen udvides i 2024.")])
    assert picture.marked
    assert tinted(picture) == [4, 5]


@pytest.mark.parametrize(("before", "line"), [("Første punkt\n", 1), ("Andet punkt\n", 3)])
def test_of_two_that_are_alike_the_one_after_the_same_text_is_marked(
    pdf: Path, before: str, line: int
) -> None:
    assert tinted(page_picture(pdf, 1, [Quote("Godkendt.", before)])) == [line]


def test_what_does_not_stand_there_is_not_marked(pdf: Path) -> None:
    picture = page_picture(pdf, 1, [Quote("Forkastet enstemmigt")])
    assert not picture.marked
    assert tinted(picture) == []


@pytest.mark.parametrize("number", [0, 2])
def test_a_page_that_is_not_there_is_an_error(pdf: Path, number: int) -> None:
    with pytest.raises(DocumentError, match=f"no page {number}"):
        page_picture(pdf, number, [])


def test_a_file_that_is_no_pdf_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-1.4 nothing more")
    with pytest.raises(DocumentError, match="cannot be drawn"):
        page_picture(file, 1, [])


def test_every_decision_of_a_printed_referat_is_found() -> None:
    file = MINUTES / "hedelund-boerne-og-skole-2024-01-31.pdf"
    with Worker() as read:
        minutes = read(file, file.name, None)
    for item in minutes.items:
        for decision in item.decisions:
            page = item.page_at(decision.start)
            assert page
            quote = item.text[decision.start : decision.end].split("\f")[0]
            before = item.text[: decision.start].split("\f")[-1]
            assert page_picture(file, page, [Quote(quote, before)]).marked, item.title
