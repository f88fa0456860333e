import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject, StreamObject
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from indexer.errors import DocumentError
from indexer.pdf import PdfText, read_pdf, reading

Read = Callable[..., PdfText]
Draws = Callable[..., Callable[[Canvas], None]]
Failing = Callable[[bytes], str]


@pytest.fixture
def reason(tmp_path: Path) -> Failing:
    """Tell why a file cannot be read."""

    def fail(data: bytes) -> str:
        (tmp_path / "x.pdf").write_bytes(data)
        with pytest.raises(DocumentError) as error:
            read_pdf(tmp_path / "x.pdf", "x.pdf")
        assert error.value.source == "x.pdf"
        assert "\n" not in error.value.reason
        return error.value.reason

    return fail


def scan(canvas: Canvas) -> None:
    """Draw what a scanner makes: a picture that fills the page."""
    picture = io.BytesIO()
    Image.new("L", (60, 80), 200).save(picture, "PNG")
    picture.seek(0)
    canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)


ORDER = ("Første", "Anden", "Tredje", "Fjerde", "Femte")


def small(*, encrypt: StandardEncryption | None = None, pages: int = 1) -> bytes:
    held = io.BytesIO()
    canvas = Canvas(held, encrypt=encrypt, invariant=1)
    for number in range(pages):
        canvas.drawString(72, 700, f"{ORDER[number]} side er godkendt.")
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def test_a_scanned_page_is_told_of_by_its_number(read: Read, lines: Draws, both: Draws) -> None:
    footer = [lines(f"Side {n} af 7", top=40) for n in range(1, 8)]
    texts = {0: lines("Referat"), 1: lines("Punktet er godkendt."), 3: lines("Mødet sluttede.")}
    pages = [both(texts.get(n, scan), foot) for n, foot in enumerate(footer)]

    found = read(*pages)

    assert found.notices == ("side 3, 5-7 har intet tekstlag",)
    assert found.text.count("\f") == 6


def test_an_empty_page_and_a_logo_are_nothing_to_tell(read: Read, lines: Draws) -> None:
    def logo(canvas: Canvas) -> None:
        canvas.rect(20, 20, 50, 50, fill=1)
        lines("Byrådet")(canvas)

    assert read(lines("Først"), lines(), logo).notices == ()


def test_a_scan_alone_is_refused(reason: Failing) -> None:
    held = io.BytesIO()
    canvas = Canvas(held)
    scan(canvas)
    canvas.save()

    assert reason(held.getvalue()) == (
        "no page has a text layer (it is scanned); run text recognition (OCR) on it first"
    )


def test_a_file_of_empty_pages_is_refused(reason: Failing) -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    held = io.BytesIO()
    writer.write(held)

    assert reason(held.getvalue()) == "its pages are empty; fetch it again"


def test_a_broken_page_is_told_of_and_the_others_are_read(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(small(pages=3)))
    broken = StreamObject()
    broken.set_data(b"not what the filter makes")
    broken[NameObject("/Filter")] = NameObject("/LZWDecode")
    writer.pages[1][NameObject("/Contents")] = writer._add_object(broken)
    writer.write(tmp_path / "x.pdf")

    found = read_pdf(tmp_path / "x.pdf", "x.pdf")

    assert found.notices == ("side 2 er beskadiget og kan ikke læses",)
    assert found.text == "Første side er godkendt.\n\f\n\f\nTredje side er godkendt."


def test_text_in_a_font_without_letters_is_told_of(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(small(pages=2)))
    font = writer.pages[1]["/Resources"]["/Font"]["/F1"].get_object()  # type: ignore[index]
    private = StreamObject()
    codes = "\n".join(f"<{code:02X}> <{0xE000 + code:04X}>" for code in range(33, 133))
    private.set_data(f"100 beginbfchar\n{codes}\nendbfchar".encode())
    own = DictionaryObject(font)
    own[NameObject("/ToUnicode")] = writer._add_object(private)
    own[NameObject("/FirstChar")] = NumberObject(32)
    writer.pages[1][NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): own})}
    )
    writer.write(tmp_path / "x.pdf")

    assert read_pdf(tmp_path / "x.pdf", "x.pdf").notices == (
        "side 2 har tekst i en skrifttype, der ikke kan læses",
    )


@pytest.mark.parametrize("data", [b"", b"REFERAT\n\nPunkt 1: Budget", b"\x89PNG\r\n\x1a\n" * 99])
def test_what_is_no_pdf_is_refused(reason: Failing, data: bytes) -> None:
    assert reason(data) == (
        "it is named as a PDF but is none; give it its right suffix or fetch it again"
        if data
        else "the file is empty; fetch it again"
    )


def test_a_zip_is_refused(reason: Failing) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("referat.txt", "Punkt 1: Budget" * 99)

    assert "is named as a PDF but is none" in reason(held.getvalue())


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"cannot be opened \(No such file"):
        read_pdf(tmp_path / "none.pdf", "none.pdf")


def test_a_locked_file_is_refused_and_one_that_everybody_may_read_is_not(
    reason: Failing, tmp_path: Path
) -> None:
    locked = small(encrypt=StandardEncryption("secret", canPrint=0))
    assert reason(locked) == "it is locked with a password; save a copy without one"

    (tmp_path / "y.pdf").write_bytes(small(encrypt=StandardEncryption("", "owner", canCopy=0)))
    assert read_pdf(tmp_path / "y.pdf", "y.pdf").text == "Første side er godkendt."


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256-R5", "AES-256"])
def test_encryption_without_a_password_is_no_hindrance(algorithm: str, tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(small()))
    writer.encrypt("", "owner", algorithm=algorithm)
    writer.write(tmp_path / "x.pdf")

    assert read_pdf(tmp_path / "x.pdf", "x.pdf").text == "Første side er godkendt."


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_encryption_with_a_password_is_refused(
    algorithm: str, reason: Failing, tmp_path: Path
) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(small()))
    writer.encrypt("secret", "owner", algorithm=algorithm)
    held = io.BytesIO()
    writer.write(held)

    assert reason(held.getvalue()) == "it is locked with a password; save a copy without one"


def test_encryption_that_needs_another_library_is_refused(
    reason: Failing, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decrypt(reader: PdfReader, password: str) -> None:
        raise reading.DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr(PdfReader, "decrypt", decrypt)

    assert reason(small(encrypt=StandardEncryption("", "owner"))) == (
        "it is encrypted in a way that cannot be read; save a copy without encryption"
    )


def test_a_file_that_is_cut_off_is_refused(reason: Failing) -> None:
    told = reason(small(pages=5)[:700])

    assert told.startswith(("the PDF is damaged or cut off (", "the PDF is damaged on every page"))
    assert told.endswith("; fetch it again")


def test_too_many_pages_and_too_large_a_file_are_refused(
    reason: Failing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_PAGES", 2)
    assert reason(small(pages=3)) == "it has 3 pages, and minutes at most 2; split it by meeting"
    monkeypatch.setattr(reading, "LARGEST_FILE", 100)
    assert reason(small()) == "the file is larger than 0 MB; split it by meeting"
