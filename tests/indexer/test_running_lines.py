from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.lines import split_lines
from indexer.model import Minutes
from indexer.running_lines import key, names_the_meeting, running_lines

PAGE = "Lyng Kommune\nTeknisk Udvalg\t08-05-2024\n\n"


@pytest.mark.parametrize(
    "line",
    [
        "Lyng Kommune",
        "LYNG KOMMUNE",
        "Teknik- og Miljøudvalget\t11-04-2024",
        "Lyng Kommune - Kultur- og Fritidsudvalget - Referat - 8. oktober 2020",
        "Side 3 af 12",
        "REGION VESTSUND      Side 2 af 3",
        "Sønder Hauge Kommune    Social- og sundhedsudvalget",
        "Åbent referat    Mødedato: 12. august 2014",
        "Økonomiudvalget    Mandag den 16. november 1998    Side 212",
        "Referat fra ordinært møde i Byrådet den 3. maj 2021",
    ],
)
def test_a_line_may_name_the_meeting_and_no_more(line: str) -> None:
    assert names_the_meeting(line)


@pytest.mark.parametrize(
    "line", ["Godkendt.", "Peter Sand (O)", "Byrådet vedtog planen.", "Fraværende", "1. Kort", ""]
)
def test_other_lines_say_something(line: str) -> None:
    assert not names_the_meeting(line)


def test_what_stands_above_most_items_is_repeated_by_every_page() -> None:
    text = f"{PAGE}Pkt. 1 A\nGodkendt.\n{PAGE}Pkt. 2 B\nGodkendt.\n{PAGE}Pkt. 3 C"
    lines = split_lines(text)
    headings = [i for i, line in enumerate(lines) if line.text.startswith("Pkt.")]
    assert running_lines(text, lines, headings) == {"Lyng Kommune", "Teknisk Udvalg\t#-#-#"}
    assert running_lines(text, lines, headings[:2]) == frozenset()


def test_so_is_what_stands_at_the_top_of_most_pages() -> None:
    text = "\f".join(f"{PAGE}{words}" for words in ("Referat", "Pkt. 1 A", "mere", "mere endnu"))
    assert running_lines(text, split_lines(text), []) == {"Lyng Kommune", "Teknisk Udvalg\t#-#-#"}


def test_a_number_above_that_of_a_page_is_a_tables() -> None:
    text = "".join(f"Elever\n{n}2\n\nTeknisk Udvalg\nSide {n}\nMere.\n" for n in range(1, 5))
    assert running_lines(text, split_lines(text), []) == {"Teknisk Udvalg", "Side #"}


def test_the_header_of_the_next_page_is_no_part_of_an_item(
    parsed: Callable[[str], Minutes],
) -> None:
    """Nor does a name of the meeting in it become an absentee or an attachment."""
    item = "{page}Pkt. {n} Sag {n}\n\nBeslutning\nGodkendt.\n{tail}\n"
    tails = ["Fraværende\nPeter Sand (O)", "Bilag\nKort over havnen", "Fraværende\nIda Bo (A)"]
    text = "".join(item.format(page=PAGE, n=n, tail=tail) for n, tail in enumerate(tails, 1))
    minutes = parsed(text)
    assert [item.absent for item in minutes.items] == [("Peter Sand (O)",), (), ("Ida Bo (A)",)]
    assert minutes.items[1].attachments == ("Kort over havnen",)
    assert minutes.preamble + "".join(item.text for item in minutes.items) == text


@given(st.text(alphabet="Byrådet Kommune1.-/ \n", max_size=200))
def test_no_line_is_a_reason_to_fail(text: str) -> None:
    for line in split_lines(text):
        names_the_meeting(line.text)
        assert key(line) == key(split_lines(line.text)[0])
