from __future__ import annotations

import datetime as dt

import pytest

from indexer.model import Filters
from indexer.store import Meeting
from qa_engine.model import Asked, Query
from qa_engine.page.question import Chip, error_html, indexed_html, note_html, understood
from qa_engine.understood import Guess


def query(asked: Asked = Asked.ANYTHING, filters: Filters = Filters(), **rest: object) -> Query:  # noqa: B008
    return Query("q", (), asked, filters, **rest)  # type: ignore[arg-type]


def meeting(municipality: str | None, date: dt.date | None) -> Meeting:
    return Meeting("a.md", municipality, "Byrådet", date, None, 10, None)


def test_what_was_understood_is_said_in_danish() -> None:
    found = query(
        Asked.DECISION,
        Filters(municipalities=("Ry Kommune",), case_number="20/1", item_numbers=("7", "8")),
        municipalities=("Ry Kommune",),
        committees=("Byrådet",),
    )
    assert understood(found, Filters()) == [
        Chip("Ry Kommune", Guess.MUNICIPALITY),
        Chip("Byrådet", Guess.COMMITTEE),
        Chip("sag 20/1", Guess.CASE),
        Chip("punkt 7 og 8", Guess.ITEM),
        Chip("en beslutning", Guess.KIND),
    ]


def test_what_was_given_is_not_understood_again() -> None:
    given = Filters(municipalities=("Ry Kommune",), since=dt.date(2021, 1, 1))
    assert understood(query(filters=given), given) == []
    assert understood(query(), Filters()) == []


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ((2021, 3, 3), (2021, 3, 3), "3. marts 2021"),
        ((2021, 3, 1), (2021, 3, 31), "marts 2021"),
        ((2021, 1, 1), (2021, 12, 31), "2021"),
        ((2021, 1, 1), (2022, 12, 31), "2021–2022"),
        ((2021, 3, 1), (2022, 4, 30), "marts 2021 – april 2022"),
    ],
)
def test_a_period_is_named_as_people_do(
    first: tuple[int, int, int], last: tuple[int, int, int], name: str
) -> None:
    found = understood(query(period=(dt.date(*first), dt.date(*last))), Filters())
    assert found == [Chip(name, Guess.TIME)]


def test_notes_and_errors_are_escaped() -> None:
    assert "&lt;b&gt;" in note_html("<b>")
    assert "&lt;b&gt;" in error_html("<b>")


@pytest.mark.parametrize(
    ("municipalities", "line"),
    [
        (["Ry Kommune"], "1 referat fra Ry, 3. marts 2021 · 10 punkter"),
        (["Ry Kommune", "Sorø Kommune", None], "3 referater fra Ry og Sorø, 3. marts 2021"),
        ([f"{letter} Kommune" for letter in "ABCDE"], "5 referater fra 5 kommuner, "),
    ],
)
def test_what_is_indexed_is_told_in_a_line(municipalities: list[str | None], line: str) -> None:
    day = dt.date(2021, 3, 3)
    assert line in indexed_html([meeting(name, day) for name in municipalities])


def test_minutes_without_dates_have_no_period() -> None:
    assert "1 referat · 10 punkter" in indexed_html([meeting(None, None)])
