"""Dates, case numbers and terms mean the same in minutes and in questions."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.danish import (
    MONTHS,
    analyse,
    find_case_numbers,
    find_dates,
    fold,
    format_date,
    parse_date,
    stem,
    tokens,
    words,
)

DAYS = st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31))
NOTATIONS = [
    "{d}. {month} {y}",
    "{d}. {short} {y}",
    "{d}. {short}. {y}",
    "{d}.{month} {y}",
    "{d} {month} {y}",
    "{y}-{m:02}-{d:02}",
    "{d:02}-{m:02}-{y}",
    "{d:02}.{m:02}.{y}",
    "{d}/{m}-{y}",
    "{d}/{m} {y}",
    "{d}. {m}. {y}",
]


def _written(day: dt.date, notation: str) -> str:
    month = MONTHS[day.month - 1]
    return notation.format(d=day.day, m=day.month, y=day.year, month=month, short=month[:3])


@given(DAYS)
def test_a_written_date_is_read_as_the_same_day(day: dt.date) -> None:
    assert parse_date(format_date(day)) == day


@given(DAYS, st.sampled_from(NOTATIONS))
def test_every_notation_is_found_in_running_text(day: dt.date, notation: str) -> None:
    text = f"mødet den {_written(day, notation)}, kl. 16"
    assert [date for _, _, date in find_dates(text)] == [day]


@given(DAYS, st.sampled_from(NOTATIONS))
def test_a_found_date_is_where_it_is_said_to_be(day: dt.date, notation: str) -> None:
    written = _written(day, notation)
    ((start, end, _),) = find_dates(f"Den {written}.")
    assert f"Den {written}."[start:end] == written


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    parse_date(text)
    parse_date(text, by=dt.date(2024, 1, 1))
    list(find_dates(text))


@pytest.mark.parametrize(
    "text",
    [
        "31. april 2020",
        "3 juniorer 2021",
        "12 decimaler 2020",
        "3 marts april",
        "1. 1. 99999",
        "20/36381",
    ],
)
def test_what_is_no_day_of_the_calendar_is_no_date(text: str) -> None:
    assert parse_date(text) is None
    assert list(find_dates(text)) == []


def test_a_year_of_two_digits_is_of_this_century() -> None:
    assert parse_date("1.2.21") == dt.date(2021, 2, 1)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("10. sept.", dt.date(2018, 9, 10)),
        ("24/9", dt.date(2018, 9, 24)),
        ("24. dec", dt.date(2017, 12, 24)),
        ("1. oktober", dt.date(2018, 10, 1)),
        ("29. feb.", None),
    ],
)
def test_a_date_without_its_year_is_the_last_such_day(text: str, date: dt.date | None) -> None:
    assert parse_date(text, by=dt.date(2018, 10, 1)) == date
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "number",
    [
        "20/36381",
        "15.00.00-G01-23-23",
        "00.01.00-G01-52-22",
        "82.06.00-G01-12-2017",
        "04.04.00-Ø54-2-23",
        "01.02.05P16-0137",
        "EMN-2025-010561",
        "330-2018-3619",
        "2013-006244",
    ],
)
def test_every_form_of_case_number_is_found_whole(number: str) -> None:
    assert find_case_numbers(f"Se sag {number}, som er lukket.") == [number]


@pytest.mark.parametrize("text", ["2020-2023", "den 12/11-2020", "3/4", "tlf. 12 34 56 78", "7-9"])
def test_periods_dates_and_fractions_are_no_case_numbers(text: str) -> None:
    assert find_case_numbers(text) == []


@given(st.text(alphabet="abdeghiknorstæøå ", max_size=60))
def test_terms_are_folded_words(text: str) -> None:
    """Nothing in a term would be cut or folded again, except that a stem may be stemmed on."""
    terms = analyse(text)
    assert [fold(term) for term in terms] == terms
    assert [words(term) for term in terms if term] == [[term] for term in terms if term]


@given(st.lists(st.sampled_from(["20/36381", "2013-006244", "2024", "12"])))
def test_numbers_analyse_to_themselves(numbers: list[str]) -> None:
    terms = analyse(" ".join(numbers))
    assert set(numbers) <= set(terms)
    assert set(analyse(" ".join(terms))) == set(terms)


@given(DAYS, st.sampled_from(NOTATIONS))
def test_a_date_has_the_same_terms_in_every_notation(day: dt.date, notation: str) -> None:
    terms = analyse(_written(day, notation))
    assert terms == analyse(format_date(day))
    assert {again for term in terms for again in analyse(term)} == set(terms)


@given(DAYS)
def test_a_day_is_found_with_and_without_its_year(day: dt.date) -> None:
    month = MONTHS[day.month - 1]
    short = analyse(f"den {day.day}. {month[:3]}.")
    assert set(short) <= {"den", *analyse(format_date(day))}
    assert analyse(f"{day.day}/{day.month}")[0] == f"{day.day}.{month}"


def test_what_is_no_date_is_words() -> None:
    assert analyse("31. april 2020") == ["31", "april", "2020"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("11,9 mio. kr.", "11.900.000 kr."),
        ("18 %", "18 procent"),
        ("3 stk. for 5 kroner", "3 stk for 5 kr."),
        ("nr. 7", "nummer syv"),
        ("mindreforbrug", "mindre forbrug"),
    ],
)
def test_two_ways_of_writing_share_terms(one: str, other: str) -> None:
    assert {*analyse(one)} & {*analyse(other)} - {"kr"}


def test_a_hyphenated_word_gives_itself_and_its_parts() -> None:
    assert analyse("it-udgifter") == [stem("it-udgifter"), "it", stem("udgifter")]


def test_a_compound_gives_itself_and_its_parts() -> None:
    whole, *parts = analyse("ungdomsuddannelserne")
    assert (whole, parts) == (stem("ungdomsuddannelse"), [stem("ungdom"), stem("uddannelse")])


def test_a_token_is_as_written() -> None:
    text = "Sag 20/36381 af 3. marts 2021 om 11,9 mio. kr. til it-udgifter"
    written = [
        "Sag",
        "20/36381",
        "af",
        "3. marts 2021",
        "om",
        "11,9 mio. kr.",
        "til",
        "it-udgifter",
    ]
    assert [token.text for token in tokens(text)] == written


@given(st.text(max_size=60))
def test_tokens_stand_in_the_text_and_have_terms(text: str) -> None:
    for token in tokens(text):
        assert token.text in text
        assert all((*token.terms, *token.more))


def test_a_year_of_two_digits_is_no_later_than_2069() -> None:
    assert parse_date("9/4-91") == dt.date(1991, 4, 9)
    assert parse_date("9/4-69") == dt.date(2069, 4, 9)
