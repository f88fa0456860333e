from collections.abc import Callable, Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from indexer.pdf import PdfText

Read = Callable[..., PdfText]
Draws = Callable[..., Callable[[Canvas], None]]


@pytest.fixture
def page(lines: Draws, at: Draws, both: Draws) -> Callable[..., Callable[[Canvas], None]]:
    """Draw a page of text with whatever stands at its edges."""

    def draw(
        *edges: tuple[float, float, str], size: float = 11, body: Sequence[str]
    ) -> Callable[[Canvas], None]:
        return both(lines(*body, top=740), at(*edges, size=size))

    return draw


def bodies(count: int) -> list[list[str]]:
    return [
        [
            f"Side {chr(97 + n)} begynder her, og den har sit eget indhold.",
            f"Den slutter med {chr(97 + n)}.",
        ]
        * (n % 3 + 1)
        for n in range(count)
    ]


def test_headers_footers_and_page_numbers_are_taken_off(read: Read, page: Draws) -> None:
    pages = [
        page(
            (72, 800, "Referat - Byrådet"),
            (450, 800, "4. marts 2025"),
            (72, 40, f"Side {n + 1} af 4"),
            body=body,
        )
        for n, body in enumerate(bodies(4))
    ]
    text = read(*pages).text

    assert "Referat" not in text.partition("\f")[2]
    assert "af 4" not in text
    assert text.count("begynder her") == sum(len(body) // 2 for body in bodies(4))


def test_left_and_right_pages_may_differ(read: Read, page: Draws) -> None:
    feet = [
        (72, 40, f"{n + 1} Hedelund Kommune") if n % 2 else (400, 40, f"Byrådet {n + 1}")
        for n in range(6)
    ]
    pages = [page(foot, body=body) for foot, body in zip(feet, bodies(6), strict=True)]
    text = read(*pages).text

    assert "Hedelund" not in text
    assert "Byrådet" not in text


def test_a_small_header_that_names_the_current_item_is_taken_off(
    read: Read, page: Draws, lines: Draws, both: Draws
) -> None:
    titles = (
        "Godkendelse af dagsorden",
        "Nyt plejecenter",
        "Meddelelser fra formanden",
        "Eventuelt",
    )
    pages = [
        both(page((72, 800, title), size=7, body=bodies(4)[n])) for n, title in enumerate(titles)
    ]

    text = read(*pages).text

    assert not any(title in text for title in titles)


def test_what_stands_on_most_pages_in_the_text_stays(read: Read, lines: Draws) -> None:
    # "Beslutning" happens to begin three of five pages; text of its own stands there on the others.
    tops = ("Beslutning", "Sagen blev drøftet.", "Beslutning", "Punktet udgår.", "Beslutning")
    text = read(*(lines(top, *body) for top, body in zip(tops, bodies(5), strict=True))).text

    assert text.count("Beslutning") == 3


def test_items_that_all_have_one_title_stay(read: Read, lines: Draws) -> None:
    pages = [
        lines(("Helvetica-Bold", f"Punkt {n}: Lukket punkt"), *body)
        for n, body in enumerate(bodies(6), 1)
    ]
    text = read(*pages).text

    assert [f"## Punkt {n}: Lukket punkt" in text for n in range(1, 7)] == [True] * 6


def test_the_case_number_below_every_title_stays(read: Read, lines: Draws) -> None:
    titles = ("Budget", "Skoler", "Veje", "Vand")
    pages = [
        lines(("Helvetica-Bold", titles[n]), f"20/3638{n}", *body)
        for n, body in enumerate(bodies(4))
    ]
    text = read(*pages).text

    assert [f"20/3638{n}" in text for n in range(4)] == [True] * 4


def test_a_document_of_one_page_keeps_all_its_lines(read: Read, page: Draws) -> None:
    text = read(page((72, 40, "Side 1 af 1"), body=["Kun én side."])).text

    assert text == "Kun én side.\n\nSide 1 af 1"


def test_a_stamp_in_the_margin_of_every_page_is_taken_off(
    read: Read, page: Draws, both: Draws
) -> None:
    def stamp(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(30, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Dokumentnr. 4711")
        canvas.restoreState()

    text = read(*(both(page(body=body), stamp) for body in bodies(3))).text

    assert "4711" not in text
    assert text.count("\f") == 2


@pytest.mark.parametrize(("body", "count"), [("Byrådet mødtes.", 0), ("Indhold", 1)])
def test_a_header_stays_where_it_alone_tells_who_met(
    read: Read, page: Draws, body: str, count: int
) -> None:
    header = (72, 800, "Byrådet, den 4. marts 2025")
    first, *others = bodies(4)
    pages = [page(header, body=text) for text in ([*first, body], *others)]

    assert read(*pages).text.count("den 4. marts 2025") == count


def test_numbers_of_items_on_top_of_their_pages_stay(read: Read, page: Draws) -> None:
    pages = [
        page((72, 800, f"Punkt {n + 1} (Offentlig)"), body=body) for n, body in enumerate(bodies(4))
    ]

    assert read(*pages).text.count("(Offentlig)") == 4
