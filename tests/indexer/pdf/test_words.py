import io
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.generic import ContentStream, DictionaryObject, NameObject
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from indexer.pdf.words import Word, read_words


def words(data: bytes, page: int = 0) -> list[Word]:
    return list(read_words(PdfReader(io.BytesIO(data)).pages[page]).words)


def content(stream: str, *, rotate: int = 0) -> bytes:
    """Write a PDF of one page from the operators on it; /F1 is Helvetica, /F2 bold."""
    held = io.BytesIO()
    canvas = Canvas(held, invariant=1)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(0, 0, "x")
    canvas.setFont("Helvetica-Bold", 12)
    canvas.drawString(0, 0, "x")
    canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=io.BytesIO(held.getvalue()))
    page = writer.pages[0]
    own = ContentStream(None, writer)
    own.set_data(stream.encode("cp1252"))
    page[NameObject("/Contents")] = writer._add_object(own)
    if rotate:
        page.rotate(rotate)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def places(found: list[Word]) -> list[tuple[str, float, float]]:
    return [(word.text, round(word.x, 1), round(word.y, 1)) for word in found]


def test_words_know_their_place_size_and_weight() -> None:
    found = words(
        content("BT /F1 10 Tf 72 700 Td (Kort referat) Tj /F2 20 Tf 0 -30 Td (Titel) Tj ET")
    )

    assert [(w.text, w.size, w.bold, w.blank) for w in found] == [
        ("Kort", 10, False, False), ("referat", 10, False, True), ("Titel", 20, True, False),
    ]  # fmt: skip
    width = pdfmetrics.stringWidth("Kort", "Helvetica", 10)
    assert (found[0].x, found[0].end) == pytest.approx((72, 72 + width), abs=0.01)
    assert found[1].x == pytest.approx(
        72 + pdfmetrics.stringWidth("Kort ", "Helvetica", 10), abs=0.01
    )
    assert places(found[2:]) == [("Titel", 72, 670)]


def test_strings_one_after_the_other_go_on_where_the_last_one_ended() -> None:
    found = words(content("BT /F1 10 Tf 72 700 Td (Mødedato:) Tj /F2 10 Tf (tirsdag) Tj ET"))

    assert found[1].x == pytest.approx(found[0].end, abs=0.01)
    assert [word.bold for word in found] == [False, True]


@pytest.mark.parametrize(
    "stream",
    [
        "BT /F1 10 Tf 72 700 Td [(Post) -4944 (Pris)] TJ ET",
        "BT /F1 10 Tf 72 700 Td (Post) Tj 69.45 0 Td (Pris) Tj ET",
        "BT /F1 10 Tf 1 0 0 1 72 700 Tm (Post) Tj 1 0 0 1 141.45 700 Tm (Pris) Tj ET",
        "BT /F1 10 Tf 72 700 Td (Post) Tj ET "
        "q 1 0 0 1 41.45 100 cm BT /F1 10 Tf 100 600 Td (Pris) Tj ET Q",
        "q 2 0 0 2 0 0 cm BT /F1 5 Tf 36 350 Td (Post) Tj ET "
        "BT /F1 5 Tf 70.725 350 Td (Pris) Tj ET Q",
        "BT /F1 1 Tf 10 0 0 10 72 700 Tm (Post) Tj 10 0 0 10 141.45 700 Tm (Pris) Tj ET",
        "BT /F1 10 Tf 20 TL 72 720 Td (Post) ' 69.45 20 Td (Pris) ' ET",
        'BT /F1 10 Tf 20 TL 72 720 Td 0 0 (Post) " 69.45 20 Td 0 0 (Pris) " ET',
    ],
    ids=["TJ", "Td", "Tm", "cm", "scaled", "unit font", "quote", "double quote"],
)
def test_every_way_of_placing_text_is_followed(stream: str) -> None:
    found = words(content(stream))

    assert [word.text for word in found] == ["Post", "Pris"]
    assert [word.x for word in found] == pytest.approx([72, 141.45], abs=0.01)
    assert [word.y for word in found] == pytest.approx([700, 700])
    assert {round(word.size, 3) for word in found} == {10}


def test_spacing_is_part_of_the_width() -> None:
    plain = words(content("BT /F1 10 Tf 72 700 Td (en to tre) Tj ET"))
    spaced = words(content("BT /F1 10 Tf 2 Tw 1 Tc 50 Tz 72 700 Td (en to tre) Tj ET"))

    # Half as wide, one more for each of six characters before "tre", two more for each blank.
    assert spaced[2].x - 72 == pytest.approx((plain[2].x - 72 + 6 * 1 + 2 * 2) / 2, abs=0.01)
    assert spaced[0].end - 72 == pytest.approx((plain[0].end - 72 + 1) / 2, abs=0.01)


def test_text_in_forms_stands_where_the_form_is_placed() -> None:
    held = io.BytesIO()
    canvas = Canvas(held, invariant=1)
    canvas.beginForm("stamp")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(10, 20, "Godkendt")
    canvas.endForm()
    for x in (100, 300):
        canvas.saveState()
        canvas.translate(x, 500)
        canvas.doForm("stamp")
        canvas.restoreState()
    canvas.drawString(72, 700, "Uden for")
    canvas.showPage()
    canvas.save()

    found = places(words(held.getvalue()))

    assert ("Godkendt", 110.0, 520.0) in found
    assert ("Godkendt", 310.0, 520.0) in found
    assert ("Uden", 72.0, 700.0) in found


def test_a_turned_page_reads_level() -> None:
    """Landscape pages are often portrait ones whose text is turned."""
    found = words(content("BT /F1 10 Tf 0 1 -1 0 200 100 Tm (Post og pris) Tj ET", rotate=90))

    assert [(word.text, word.turn) for word in found] == [("Post", 1), ("og", 1), ("pris", 1)]
    assert [round(word.y) for word in found] == [-200] * 3
    assert found[0].x < found[1].x < found[2].x


def test_letters_that_are_drawn_twice_are_bold_and_told_once() -> None:
    found = words(content("BT /F1 10 Tf 72 700 Td (Titel) Tj 0.3 0 Td (Titel) Tj ET"))

    assert [(word.text, word.bold) for word in found] == [("Titel", True)]


def test_two_narrow_letters_side_by_side_are_both_told() -> None:
    found = words(
        content(
            "BT /F1 7 Tf 72 700 Td (me) Tj 9.7 0 Td (l) Tj 1.56 0 Td (l) Tj 1.6 0 Td (em) Tj ET"
        )
    )

    assert [word.text for word in found] == ["me", "l", "l", "em"]


def test_embedded_fonts_have_their_own_widths_and_letters() -> None:
    fonts = Path(pdfmetrics.__file__).parents[1] / "fonts"
    pdfmetrics.registerFont(TTFont("VeraTest", str(fonts / "VeraBd.ttf")))
    held = io.BytesIO()
    canvas = Canvas(held, invariant=1)
    canvas.setFont("VeraTest", 10)
    canvas.drawString(72, 700, "Blåbærgrød på øen")
    canvas.save()

    found = words(held.getvalue())

    assert [word.text for word in found] == ["Blåbærgrød", "på", "øen"]
    width = pdfmetrics.stringWidth("Blåbærgrød", "VeraTest", 10)
    assert found[0].end == pytest.approx(72 + width, abs=0.1)
    assert all(word.bold for word in found)


def test_a_page_can_be_read_again() -> None:
    page = PdfReader(io.BytesIO(content("BT /F1 10 Tf 72 700 Td (Post) Tj ET"))).pages[0]
    before = page.get_contents()

    assert read_words(page) == read_words(page)
    assert before is not None
    assert page.get_contents() == before


def test_a_form_that_shows_itself_ends() -> None:
    writer = PdfWriter(
        clone_from=io.BytesIO(content("q /Me Do Q BT /F1 10 Tf 72 700 Td (Post) Tj ET"))
    )
    page = writer.pages[0]
    form = ContentStream(None, writer)
    form.set_data(b"q /Me Do Q BT /F1 10 Tf 72 600 Td (Inde) Tj ET")
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    reference = writer._add_object(form)
    resources = page["/Resources"].get_object()
    resources[NameObject("/XObject")] = DictionaryObject({NameObject("/Me"): reference})
    form[NameObject("/Resources")] = resources
    held = io.BytesIO()
    page.add_transformation(Transformation())
    writer.write(held)

    assert ("Post", 72.0, 700.0) in places(words(held.getvalue()))
