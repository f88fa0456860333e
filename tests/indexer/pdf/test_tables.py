from collections.abc import Callable, Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from indexer.pdf import PdfText

Read = Callable[..., PdfText]
Draws = Callable[..., Callable[[Canvas], None]]
COLUMNS = (72, 260, 360)


def table(
    *rows: Sequence[str], top: float = 600, pitch: float = 20
) -> list[tuple[float, float, str]]:
    return [
        (x, top - pitch * number, text)
        for number, row in enumerate(rows)
        for x, text in zip(COLUMNS, row, strict=False)
        if text
    ]


def test_columns_become_cells(
    read: Read, at: Draws, lines: Draws, both: Draws, body_lines: Sequence[str]
) -> None:
    rows = (("Post", "2024", "2025"), ("Belysning", "1.100", "900"), ("I alt", "14.600", "-200"))

    text = read(
        both(lines(*body_lines), at(*table(*rows)), lines("Beløb i 1.000 kr.", top=520))
    ).text

    assert text.endswith(
        "\n\nPost\t2024\t2025\nBelysning\t1.100\t900\nI alt\t14.600\t-200\n\nBeløb i 1.000 kr."
    )


def test_empty_cells_keep_their_place(read: Read, at: Draws) -> None:
    rows = (
        ("", "2024", "2025"),
        ("Drift", "12", "958"),
        ("Finansiering:", "", ""),
        ("Kassen", "", "-958"),
    )

    assert read(at(*table(*rows))).text == (
        "\t2024\t2025\nDrift\t12\t958\nFinansiering:\t\t\nKassen\t\t-958"
    )


@pytest.mark.parametrize("middle", [False, True], ids=["at the top", "in the middle"])
def test_a_cell_that_wraps_stays_one_cell(read: Read, at: Draws, middle: bool) -> None:
    other = 593.5 if middle else 600
    texts = [
        (72, 630, "Løsning"), (260, 630, "Pris"), (360, 630, "Lodsejere"),
        (72, 600, "Dobbeltrettet sti på"), (260, other, "14,6"), (360, other, "23"),
        (72, 587, "nordsiden af vejen"),
        (72, 560, "Sti i begge sider"), (260, 560, "22,9"), (360, 560, "41"),
    ]  # fmt: skip

    assert read(at(*texts)).text == (
        "Løsning\tPris\tLodsejere\nDobbeltrettet sti på nordsiden af vejen\t14,6\t23\n"
        "Sti i begge sider\t22,9\t41"
    )


def test_rows_as_close_as_lines_stay_rows(read: Read, at: Draws) -> None:
    rows = (
        ("Anders And (A)", "formand"),
        ("Bente Bech (V)", "medlem"),
        ("Carl Carlsen (F)", "medlem"),
    )

    assert read(at(*table(*rows, pitch=13))).text == (
        "Anders And (A)\tformand\nBente Bech (V)\tmedlem\nCarl Carlsen (F)\tmedlem"
    )


def test_cells_that_fill_their_column_part_where_the_others_do(read: Read, at: Draws) -> None:
    rows = (("Område", "Budget", "Forbrug"), ("Skole", "10", "11"), ("Vej og park", "5", "5"))
    brimful = [
        (72, 540, "Ældre og sundhed i kommunen i alt"),
        (260, 540, "7"),
        (360, 540, "8"),
    ]

    text = read(at(*table(*rows), *brimful)).text

    assert text.endswith("Vej og park\t5\t5\nÆldre og sundhed i kommunen i alt\t7\t8")


def test_the_head_of_a_table_is_not_repeated_with_the_page(read: Read, at: Draws) -> None:
    head = ("Post", "2024", "2025")
    first = table(head, ("Belysning", "1.100", "900"), top=120)
    second = table(head, ("Tilsyn", "3", "4"), top=760)

    assert read(at(*first), at(*second)).text == (
        "Post\t2024\t2025\nBelysning\t1.100\t900\n\f\nTilsyn\t3\t4"
    )


def test_stretched_lines_are_no_table(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        for row, words in enumerate(
            (
                "Forvaltningen indstiller til udvalget",
                "at kommunens tilskud til hallen",
                "gives igen",
            )
        ):
            x = 72.0
            for word in words.split():
                canvas.drawString(x, 700 - 14 * row, word)
                x += canvas.stringWidth(word) + (18 if row < 2 else 3)

    assert "\t" not in read(draw).text


def test_one_line_with_a_wide_gap_keeps_it(
    read: Read, at: Draws, lines: Draws, both: Draws, body_lines: Sequence[str]
) -> None:
    text = read(
        both(lines(*body_lines), at((72, 600, "Sagsnr. 20/36381"), (400, 600, "Åbent punkt")))
    ).text

    assert text.endswith("Sagsnr. 20/36381\tÅbent punkt")


def test_a_first_column_without_other_cells_in_its_rows_is_one(read: Read, at: Draws) -> None:
    texts = [
        (260, 600, "Politik"), (360, 600, "Budget"), (260, 587, "område"), (360, 587, "2021"),
        (72, 558, "Drift"),
        (72, 529, "Anlæg og"), (260, 522.5, "18"), (360, 522.5, "215"), (72, 516, "rådighedsbeløb"),
    ]  # fmt: skip

    assert read(at(*texts)).text == (
        "\tPolitik område\tBudget 2021\nDrift\t\t\nAnlæg og rådighedsbeløb\t18\t215"
    )


def test_figures_to_the_right_and_words_to_the_left_share_their_columns(read: Read) -> None:
    rows = (("Post", "Budget", "Forbrug"), ("Skole", "1.250.000", "7"), ("Vej", "9", "12.500.000"))

    def draw(canvas: Canvas) -> None:
        for row, (name, *figures) in enumerate(rows):
            canvas.drawString(72, 600 - 18 * row, name)
            for column, figure in enumerate(figures):
                canvas.drawRightString(300 + 100 * column, 600 - 18 * row, figure)

    assert read(draw).text == "\n".join("\t".join(row) for row in rows)


def test_a_stretched_line_in_a_narrow_cell_is_one_cell(read: Read, at: Draws) -> None:
    rows = [
        (72, 607, "Ældre-"), (190, 607, "og"), (260, 600, "311"), (360, 600, "148"),
        (72, 593, "Sundhedsudvalget"),
        (72, 560, "Teknisk Udvalg"), (260, 560, "402"), (360, 560, "7"),
    ]  # fmt: skip

    assert read(at(*rows)).text == ("Ældre- og Sundhedsudvalget\t311\t148\nTeknisk Udvalg\t402\t7")
