from __future__ import annotations

import datetime as dt

import pytest

from qa_engine.facts import (
    is_known,
    known_dates,
    known_figures,
    known_words,
    read_dates,
    read_figures,
    read_names,
)

MET = dt.date(2023, 3, 14)


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("11,9 mio. kr.", "11.900.000 kr."),
        ("11.900.000 kroner", "11,9 millioner"),
        ("11,9 mio.", "11.900 t.kr."),
        ("syv", "7"),
        ("18 procent", "18 %"),
        ("18 pct.", "18%"),
        ("2022", "den 3. marts 2022"),
        ("20 og 25 elever", "20-25 elever"),
        ("2022", "budgetåret 2022/23"),
        ("kl. 16.30", "kl. 16:30"),
        ("sag 20/9270", "20/9270"),
        ("§ 23", "§ 23, stk. 2"),
    ],
)
def test_one_value_is_one_figure_in_every_notation(said: str, stands: str) -> None:
    figures = read_figures(said)
    assert figures
    assert figures <= known_figures([stands])


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("11,9 mia. kr.", "11,9 mio. kr."),
        ("11,9 kr.", "11,9 mio. kr."),
        ("1.190.000 kr.", "11.900.000 kr."),
        ("18", "18 %"),
        ("18 %", "18 elever"),
        ("kl. 16.45", "kl. 16.30"),
        ("20/9271", "20/9270"),
        ("COVID-20", "COVID-19"),
        ("otte", "7"),
        ("3", "13"),
    ],
)
def test_another_value_is_another_figure(said: str, stands: str) -> None:
    assert not read_figures(said) <= known_figures([stands])


@pytest.mark.parametrize("said", ["https://example.org/a", "www.example.org", "a@example.org"])
def test_an_address_must_stand_as_it_is(said: str) -> None:
    assert not read_figures(f"Se {said}.") <= known_figures(["Se kommunens side."])
    assert read_figures(f"Se {said}.") <= known_figures([f"Læs mere på {said}"])


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("den 3. marts 2021", "3/3 2021 og 03-03-2021"),
        ("03-03-2021", "den 3. marts 2021"),
        ("den 14. marts 2023", "Godkendt."),  # the day of the meeting
        ("den 1. maj", "senest 1. maj 2024"),
        ("den 1. maj 2023", "senest 1. maj"),  # of the year of the meeting
        ("i maj", "den 1. maj 2024"),
        ("i september 2022", "tællingen fra september 2022"),
    ],
)
def test_one_day_is_one_date_in_every_notation(said: str, stands: str) -> None:
    dates = read_dates(said)
    assert dates
    assert dates <= known_dates([stands], MET)


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("den 4. marts 2021", "3. marts 2021"),
        ("den 3. marts 2022", "3. marts 2021"),
        ("den 2. maj", "1. maj 2024"),
        ("den 1. maj 2025", "senest 1. maj"),
        ("i juni", "1. maj 2024"),
    ],
)
def test_another_day_is_another_date(said: str, stands: str) -> None:
    assert not read_dates(said) <= known_dates([stands], MET)


def test_names_are_what_is_written_large() -> None:
    text = "Forslaget fra Anne Holm (A) blev støttet af Venstre og Teknik- og Miljøudvalget."
    assert list(read_names(text)) == [
        ("Forslaget", True),
        ("Anne Holm", False),
        ("A", False),
        ("Venstre", False),
        ("Teknik-", False),
        ("Miljøudvalget", False),
    ]


@pytest.mark.parametrize(
    "name", ["Anne Holm", "Anne Holms", "Holm", "Aarhus", "Teknik-", "Miljøudvalgets", "KL's", "KL"]
)
def test_a_name_is_known_in_either_spelling_and_case(name: str) -> None:
    known = known_words(["Anne Holm (A), Århus", "Teknik- og Miljøudvalget", "KL’s forslag"])
    assert is_known(name, known)


@pytest.mark.parametrize("name", ["Anne Lind", "Anne Krog", "Holm Anne", "Hol", "Venstre", "A B"])
def test_words_that_do_not_stand_side_by_side_are_no_name(name: str) -> None:
    assert not is_known(name, known_words(["Anne Holm (A)", "B: Bo Lind Krogsen"]))
