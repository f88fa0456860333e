from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.case_lines import labels_case, read_case_line, split_title


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("20/36381", "20/36381"),
        ("| Sagsnr. | 24/7781 |", "24/7781"),
        ("1-30-72-15-20", "1-30-72-15-20"),
        ("00.01.00-G01-52-22", "00.01.00-G01-52-22"),
        ("EMN-2025-004412", "EMN-2025-004412"),
        ("330-2018-3619", "330-2018-3619"),
        ("2013-006244", "2013-006244"),
        ("299835", "299835"),
        ("Sagsnr.: 14/30210", "14/30210"),
        ("Sagsnummer: 22/1", "22/1"),
        ("`Sagsnr.: 22/101`", "22/101"),
        ("j.nr. 00.01.10 Ø02", "00.01.10 Ø02"),
        ("Sagsnr. 2023-014477", "2023-014477"),
        ("SAGSNR. 01.02.05P16-0137", "01.02.05P16-0137"),
        ("Sagsid.: 20/33839", "20/33839"),
        ("Sags id: 17/4231", "17/4231"),
        ("Sagsnummer: 03.02.13-Ø54-2-23", "03.02.13-Ø54-2-23"),
        ("J.nr. 00.01.00A00", "00.01.00A00"),
        ("Journalnr.: 2019-1234", "2019-1234"),
        ("Acadre sagsnr. 17/10492", "17/10492"),
        ("Sagsnr.: 301102", "301102"),
        ("Sag: 16/17231", "16/17231"),
        ("ÅBEN - 00.22.00-A00-1-22", "00.22.00-A00-1-22"),
        ("Lukket sag: 20/1234", "20/1234"),
        ("S2022-1234   Sagsbehandler: PLH", "S2022-1234"),
        ("(2023-0211111)", "2023-0211111"),
        ("17-2024-00241", "17-2024-00241"),
        ("Acadresag: 23-1001", "23-1001"),
        ("Åben sag - Sagsnr.: 20/1234 Sagsbehandler: Mette Holm", "20/1234"),
    ],
)
def test_a_line_that_holds_or_labels_a_case_number_tells_it(line: str, number: str) -> None:
    assert read_case_line(line) == number


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Sag nr. 74",
        "Sagsnr.",
        "Sagsnr. er endnu ikke tildelt",
        "Sagsfremstilling",
        "2020-2023",
        "20/36381 er den sag, som omtales",
        "Sagsbehandler: 20/1234",
        "12345",
    ],
)
def test_any_other_line_tells_none(line: str) -> None:
    assert read_case_line(line) is None


@given(st.text())
def test_no_line_is_a_reason_to_fail(line: str) -> None:
    read_case_line(line)


@pytest.mark.parametrize(
    ("title", "bare", "number"),
    [
        ("Ny skole (2020-0256472)", "Ny skole", "2020-0256472"),
        ("Ny skole (Sagsnr. 20/1234)", "Ny skole", "20/1234"),
        ("Ny skole - 20/12345", "Ny skole", "20/12345"),
        ("NY SKOLE (SAG 23/5518)", "NY SKOLE", "23/5518"),
        ("Ny skole [EMN-2025-004412]", "Ny skole", "EMN-2025-004412"),
        ("Budget 2021-2024", "Budget 2021-2024", None),
        ("Regnskab (2024)", "Regnskab (2024)", None),
        ("Status pr. 3/4", "Status pr. 3/4", None),
        ("(20/1234)", "(20/1234)", None),
    ],
)
def test_a_case_number_may_stand_behind_the_title(
    title: str, bare: str, number: str | None
) -> None:
    assert split_title(title) == (bare, number)


@pytest.mark.parametrize(
    "line",
    [
        "Ny skole                  J.nr. 17/1",
        "Ny skole\tSagsnr. 17/1",
        "Ny skole, sagsnr. 17/1",
        "Ny skole - Sagsnr. 17/1",
        ", j.nr. 17/1: Ny skole",
        "(sagsnr. 17/1): Ny skole",
    ],
)
def test_a_labelled_case_number_may_stand_anywhere_beside_the_title(line: str) -> None:
    assert split_title(line) == ("Ny skole", "17/1")


def test_a_short_number_beside_a_title_is_none_without_its_label() -> None:
    assert split_title("Skolen i Nord, 17/1") == ("Skolen i Nord, 17/1", None)


def test_a_label_may_have_no_case_number() -> None:
    assert labels_case("Sagsnummer :")
    assert not labels_case("Sagsnr. 20/1234")
    assert not labels_case("Sagsfremstilling")
