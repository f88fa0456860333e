from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.numbering import STYLES, order_of, without_number


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("Punkt 5: Titel", "5", "Titel"),
        ("Punkt 127 Titel", "127", "Titel"),
        ("Dagsordenpunkt 9: Titel", "9", "Titel"),
        ("Dagsordenspunkt 9 - Titel", "9", "Titel"),
        ("PUNKT NR. 3: TITEL", "3", "TITEL"),
        ("Pkt. 44", "44", ""),
        ("Pkt.44 Titel", "44", "Titel"),
        ("Nr.178 - Titel", "178", "Titel"),
        ("Sag nr. 74", "74", ""),
        ("Sag 74: Titel", "74", "Titel"),
        ("2. Titel", "2", "Titel"),
        ("1.Titel (B)", "1", "Titel (B)"),
        ("3) Titel", "3", "Titel"),
        ("[3] Titel", "3", "Titel"),
        ("Punkt 3 af 12 · Titel", "3", "Titel"),
        ("Til punkt 3: Titel", "3", "Titel"),
        ("Ad 3.", "3", ""),
        ("Sag nr . 612", "612", ""),
        ("3/24: Titel", "3/24", "Titel"),
        ("C. Titel", "C", "Titel"),
        ("3: Titel", "3", "Titel"),
        ("35 Titel", "35", "Titel"),
        ("01 Titel", "01", "Titel"),
        ("1. TITEL", "1", "TITEL"),
        ("1.a Titel", "1.a", "Titel"),
        ("1.a. Titel", "1.a", "Titel"),
        ("64. (Lukket) Titel", "64", "(Lukket) Titel"),
        ("Lukket punkt 8: Titel", "8", "Titel"),
        ("Punkt 4. - Titel", "4", "Titel"),
        ("Sag 12/2023: Titel", "12/2023", "Titel"),
        ("§ 5", "5", ""),
        ("2.1 Titel", "2.1", "Titel"),
        ("IV. Titel", "IV", "Titel"),
        ("Dagsordenspunkt 6 — Titel", "6", "Titel"),
        ("§ 31. Titel", "31", "Titel"),
        ("Ad 2) Titel", "2", "Titel"),
        ("24/00019 - 1. Titel", "1", "Titel"),
        ("Lukket punkt: Sag 3 – Titel", "3", "Titel"),
        ("Punkt nr.: 5 Titel", "5", "Titel"),
        ("Punkt 5) Titel", "5", "Titel"),
        ("Dagsordenspkt. 5: Titel", "5", "Titel"),
        ("Sag 7/23: Titel", "7/23", "Titel"),
        ("2. punkt: Titel", "2", "Titel"),
        ("12", "12", ""),
    ],
)
def test_every_way_of_numbering_is_known(line: str, number: str, title: str) -> None:
    match = next(match for style in STYLES if (match := style.pattern.fullmatch(line)))
    assert (match["number"], match["title"] or "") == (number, title)
    assert without_number(line) == title


@pytest.mark.parametrize(
    "line",
    ["Titel", "Punkt til drøftelse", "12. 3", "1,4 mio. kr.", "§ 5, stk. 2", "1. T" + "e" * 300],
)
def test_other_lines_have_no_number(line: str) -> None:
    assert without_number(line) == line


@given(st.text())
def test_only_the_beginning_is_taken_off(line: str) -> None:
    assert line.endswith(without_number(line))


def test_numbers_rise_as_a_reader_counts() -> None:
    for rising in (["1", "1.a", "1.b", "2"], ["2", "2.1", "2.2", "2.10", "3"]):
        assert sorted(rising, key=order_of) == rising
    assert [order_of(number)[0] for number in ("I", "IV", "IX", "XIV", "XXI")] == [1, 4, 9, 14, 21]
