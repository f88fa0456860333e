from collections.abc import Callable, Sequence
from itertools import zip_longest

import pytest
from reportlab.pdfgen.canvas import Canvas

from indexer.pdf import PdfText

Read = Callable[..., PdfText]
Draws = Callable[..., object]
Fill = Callable[[str], str]


def test_full_lines_become_one_line_and_a_short_one_ends_the_paragraph(
    read: Read, lines: Draws, body_lines: Sequence[str]
) -> None:
    text = read(
        lines(*body_lines, "Sagen er ny.", "Udvalget holdt møde med alle parter i maj.")
    ).text

    assert text == (
        " ".join(body_lines) + "\nSagen er ny.\nUdvalget holdt møde med alle parter i maj."
    )


def test_a_gap_parts_paragraphs_even_after_a_full_line(
    read: Read, lines: Draws, body_lines: Sequence[str]
) -> None:
    text = read(lines(*body_lines[:2], "", *body_lines[2:])).text

    assert text == " ".join(body_lines[:2]) + "\n\n" + " ".join(body_lines[2:])


def test_a_sentence_runs_on_over_a_page(
    read: Read, lines: Draws, body_lines: Sequence[str]
) -> None:
    text = read(lines(*body_lines[:2]), lines(*body_lines[2:])).text

    assert text == " ".join(body_lines[:2]) + "\f" + " ".join(body_lines[2:])


def test_a_new_page_begins_a_line_where_the_sentence_has_ended(
    read: Read, lines: Draws, body_lines: Sequence[str]
) -> None:
    text = read(lines(*body_lines), lines(("Helvetica-Bold", "Økonomi"), "Ingen.")).text

    assert text == " ".join(body_lines) + "\n\f\n## Økonomi\nIngen."


def test_empty_pages_keep_the_count(read: Read, lines: Draws) -> None:
    text = read(
        lines(), lines("Den første linje."), lines(), lines("Den anden linje."), lines()
    ).text

    before, _, after = text.partition("Den anden linje.")
    assert (before.count("\f"), after.count("\f")) == (3, 1)
    assert before.index("Den første linje.") > before.index("\f")


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("blev behandlet i kommunal-", "bestyrelsen den 3. marts", "i kommunalbestyrelsen den 3."),
        ("hører under både børne-", "og ungepolitikken i år", "både børne- og ungepolitikken i"),
        ("er ændret på grund af COVID-", "19 og alle de følger", "af COVID-19 og alle"),
        ("blev taget op i forbindelse med KL-", "modellen, som er ny", "med KL-modellen, som"),
        ("svarer til årene 2021-", "2024, som er omtalt", "årene 2021-2024, som"),
        ("kan sendes til os med e-", "mail, hvis man vil det", "med e-mail, hvis"),
        ("er godt - og det er da nyt -", "men dyrt, siger den ene", "da nyt - men dyrt"),
    ],
)
def test_words_are_joined_at_the_end_of_a_line(
    read: Read, lines: Draws, body_lines: Sequence[str], full: Fill,
    above: str, below: str, joined: str,
) -> None:  # fmt: skip
    assert joined in read(lines(*body_lines, "", full(above), below)).text


def test_a_word_that_is_written_with_its_hyphen_elsewhere_keeps_it(
    read: Read, lines: Draws, body_lines: Sequence[str], full: Fill
) -> None:
    known = "Den nye jobcenter-model er kendt."
    text = read(
        lines(*body_lines, known, "", full("kan også bruge en jobcenter-"), "model her.")
    ).text

    assert "bruge en jobcenter-model her." in text


def test_a_document_that_never_cuts_words_keeps_its_hyphens(
    read: Read, lines: Draws, body_lines: Sequence[str], full: Fill
) -> None:
    pages = [lines(*body_lines[page % 3 :], *body_lines * (8 + page)) for page in range(5)]
    wrapped = lines(*body_lines, "", full("kan også bruge en jobcenter-"), "model her.")

    assert "bruge en jobcenter-model her." in read(*pages, wrapped).text


def test_a_word_cut_at_the_end_of_a_page_stands_whole_on_it(
    read: Read, lines: Draws, body_lines: Sequence[str], full: Fill
) -> None:
    cut = full("og bliver behandlet i kommunal-")

    text = read(lines(*body_lines, "", cut), lines("bestyrelsen i det næste møde.")).text

    assert "behandlet i kommunalbestyrelsen\fi det næste møde." in text


def test_a_heading_that_wraps_is_one_heading(
    read: Read, lines: Draws, both: Draws, body_lines: Sequence[str]
) -> None:
    heading = lines(
        ("Helvetica-Bold", "Punkt 4: Godkendelse af initiativer til det videre"),
        ("Helvetica-Bold", "arbejde med befolkningsudvikling i Sønderborg Kommune"),
        size=15, pitch=18, top=770,
    )  # fmt: skip
    text = read(both(heading, lines(*body_lines, top=720))).text

    assert text.startswith(
        "## Punkt 4: Godkendelse af initiativer til det videre arbejde med befolkningsudvikling "
        "i Sønderborg Kommune\n\nForvaltningen"
    )


def test_a_label_is_no_part_of_the_line_above_it(
    read: Read, lines: Draws, body_lines: Sequence[str], full: Fill
) -> None:
    text = read(lines(*body_lines, "", full("og det er så det"), "Beslutning", "Godkendt.")).text

    assert "\nBeslutning\nGodkendt." in text


def test_list_elements_stay_apart_and_their_lines_together(
    read: Read, lines: Draws, at: Draws, both: Draws, body_lines: Sequence[str]
) -> None:
    elements = [
        (78, 660, "•"),
        (92, 660, "at der gives en bevilling til projektet, og at den bliver betalt af den lille"),
        (92, 646, "pulje, der er afsat"),
        (78, 632, "•"), (92, 632, "at sagen sendes videre."),
    ]  # fmt: skip
    text = read(
        both(lines(*body_lines), at(*elements), lines("Udvalget drøftede det.", top=616))
    ).text

    assert "\n• at der gives en bevilling" in text
    assert (
        "af den lille pulje, der er afsat\n• at sagen sendes videre.\n\nUdvalget drøftede det."
        in text
    )


@pytest.mark.parametrize(
    "start", ["1. oktober 2024 og løber i to år.", "– som også er nyt – i to år."]
)
def test_a_date_or_a_dash_at_the_start_of_a_line_is_no_element(
    read: Read, lines: Draws, body_lines: Sequence[str], full: Fill, start: str
) -> None:
    text = read(lines(*body_lines, "", full("at gælde for alle, altså den"), start)).text

    assert f"altså den {start}" in text


def test_names_of_attachments_stay_lines_even_where_the_next_has_a_long_first_word(
    read: Read, lines: Draws, body_lines: Sequence[str]
) -> None:
    names = ("Brev fra ministeren om de beskæftigelsespolitiske mål", "Beskæftigelsesplan 2021")

    text = read(lines(*body_lines, "", ("Helvetica-Bold", "Bilag"), *names)).text

    assert text.endswith("## Bilag\n" + "\n".join(names))


def test_the_contents_keep_their_dots_and_pages(
    read: Read, lines: Draws, at: Draws, both: Draws, body_lines: Sequence[str]
) -> None:
    titles = ("Godkendelse af dagsorden", "Nyt plejecenter i Munkehøj", "Meddelelser")
    dots = [
        (x, 700 - 16 * row, text)
        for row, (title, page) in enumerate(zip(titles, (3, 4, 9), strict=True))
        for x, text in ((72, title), (260, "." * 60), (500, str(page)))
    ]
    text = read(both(lines("Indholdsfortegnelse", top=720), at(*dots)), lines(*body_lines)).text

    assert text.startswith(
        "Indholdsfortegnelse\n\nGodkendelse af dagsorden.....3\nNyt plejecenter i Munkehøj.....4\n"
        "Meddelelser.....9\n"
    )


def test_page_numbers_at_the_margin_make_contents_without_dots(
    read: Read, lines: Draws, at: Draws
) -> None:
    titles = ("Godkendelse af dagsorden", "Nyt plejecenter i Munkehøj", "Meddelelser")
    rows = [
        text
        for row, title in enumerate(titles)
        for text in ((72, 700 - 16 * row, title), (500, 700 - 16 * row, str(row + 2)))
    ]
    pages = [lines("Et punkt for sig.", top=700 - 90 * number) for number in range(4)]

    assert read(at(*rows), *pages).text.startswith(
        "Godkendelse af dagsorden.....2\nNyt plejecenter i Munkehøj.....3\nMeddelelser.....4\n"
    )


def test_a_title_that_wraps_in_the_contents_is_one_entry(read: Read, at: Draws) -> None:
    entries = (
        "Godkendelse af dagsorden................................................3",
        "Orientering om opfølgning på Psykiatri- og",
        "Socialudvalgets kommunerunde 2020.......................................18",
        "Meddelelser.............................................................20",
    )
    text = read(at(*((72, 700 - 14 * row, entry) for row, entry in enumerate(entries)))).text

    assert (
        "Orientering om opfølgning på Psykiatri- og Socialudvalgets kommunerunde 2020.....18"
        in text
    )


def test_a_label_in_the_margin_stands_above_its_text(
    read: Read, at: Draws, lines: Draws, both: Draws, body_lines: Sequence[str]
) -> None:
    rows = [
        (row_x, 600 - 14 * row, text)
        for row, texts in enumerate(
            zip_longest(("Beslutning",), ("Udvalget godkendte indstillingen.", "Sagen er slut."))
        )
        for row_x, text in zip((72, 170), texts, strict=True)
        if text
    ]
    text = read(both(lines(*body_lines), at(*rows))).text

    assert "Beslutning\n\nUdvalget godkendte indstillingen.\nSagen er slut." in text


def test_a_line_after_a_label_is_not_drawn_up_to_it(
    read: Read, lines: Draws, body_lines: Sequence[str]
) -> None:
    """Even where its first word had no room beside the label."""
    label = "Beslutning Udvalget for Arbejdsmarked, Integration og Beskæftigelse den 17-12-2020"

    text = read(lines(*body_lines, "", label, "Anbefalingen blev godkendt.")).text

    assert text.endswith(f"{label}\nAnbefalingen blev godkendt.")


def test_lines_of_a_list_that_are_stretched_to_the_margin_stay_lines(
    read: Read, body_lines: Sequence[str]
) -> None:
    """As word processors do with a line that ends in a manual break."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        for row, line in enumerate(body_lines * 3):
            canvas.drawString(72, 760 - 14 * row, line)
        for row, name in enumerate(("Oversigt over overførsler på drift", "Høringssvar (5)")):
            words = name.split()
            room = 451 - sum(canvas.stringWidth(word) for word in words)
            x = 72.0
            for word in words:
                canvas.drawString(x, 500 - 14 * row, word)
                x += canvas.stringWidth(word) + room / (len(words) - 1 or 1)

    assert "\nOversigt over overførsler på drift\nHøringssvar" in read(draw).text
