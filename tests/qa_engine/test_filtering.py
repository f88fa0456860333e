"""A filter names what is indexed, or it is an error: filters never fail open."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import UnknownFilterValue
from indexer.model import Filters, Outcome
from indexer.store import Meeting
from qa_engine.filtering import lets_in, municipality_name, resolve_filters


def _meeting(municipality: str | None, committee: str | None) -> Meeting:
    return Meeting(f"{municipality} {committee}", municipality, committee, None, None, 1, None)


MEETINGS = [
    _meeting("Varde Kommune", "Udvalget for Arbejdsmarked og Integration"),
    _meeting("Sønderborg Kommune", "Arbejdsmarkedsudvalget"),
    _meeting("Sønderborg Kommune", "Arbejdsmarkeds- og Integrationsudvalget"),
    _meeting("Aabenraa Kommune", "Teknikudvalget"),
    _meeting(None, None),
]


@pytest.mark.parametrize(
    ("filters", "let_in"),
    [
        (Filters(), True),
        (Filters(municipalities=("Varde Kommune", "Sorø Kommune")), True),
        (Filters(municipalities=("Sorø Kommune",)), False),
        (Filters(committees=("Byrådet",)), True),
        (Filters(committees=("Teknikudvalget",)), False),
        (Filters(since=dt.date(2021, 3, 1), until=dt.date(2021, 3, 1)), True),
        (Filters(since=dt.date(2021, 3, 2)), False),
        (Filters(until=dt.date(2021, 2, 28)), False),
        (Filters(case_number="1/1", outcome=Outcome.REJECTED), True),
        (Filters(municipalities=("Varde Kommune",), committees=("Teknikudvalget",)), False),
    ],
)
def test_a_meeting_is_let_in_where_no_filter_keeps_it_out(filters: Filters, let_in: bool) -> None:
    meeting = replace(_meeting("Varde Kommune", "Byrådet"), date=dt.date(2021, 3, 1))
    assert lets_in(filters, meeting) == let_in


def test_a_meeting_without_a_date_is_of_no_time() -> None:
    meeting = _meeting("Varde Kommune", "Byrådet")
    assert lets_in(Filters(), meeting)
    assert not lets_in(Filters(since=dt.date.min), meeting)
    assert not lets_in(Filters(until=dt.date.max), meeting)


def test_no_filter_confines_nothing() -> None:
    assert resolve_filters(MEETINGS) == Filters()


@pytest.mark.parametrize("typed", ["Varde Kommune", "varde", "VARDE", " varde kommune "])
def test_a_municipality_has_many_spellings(typed: str) -> None:
    assert resolve_filters(MEETINGS, municipality=typed).municipalities == ("Varde Kommune",)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Soenderborg", "Sønderborg Kommune"), ("Åbenrå", "Aabenraa Kommune")],
)
def test_both_spellings_of_danish_letters_meet(typed: str, name: str) -> None:
    assert resolve_filters(MEETINGS, municipality=typed).municipalities == (name,)


def test_several_municipalities_may_be_named() -> None:
    filters = resolve_filters(MEETINGS, municipality=["varde", "aabenraa"])
    assert filters.municipalities == ("Varde Kommune", "Aabenraa Kommune")


@pytest.mark.parametrize("typed", ["Vard", "Atlantis", "", "kommune"])
def test_an_unknown_municipality_is_an_error_that_names_the_known(typed: str) -> None:
    with pytest.raises(UnknownFilterValue) as caught:
        resolve_filters(MEETINGS, municipality=typed)
    assert caught.value.name == "municipality"
    assert caught.value.known == ("Aabenraa Kommune", "Sønderborg Kommune", "Varde Kommune")
    assert "Varde Kommune" in str(caught.value)


def test_a_part_of_a_committees_name_names_all_that_hold_it() -> None:
    found = resolve_filters(MEETINGS, committee="integration").committees
    assert set(found) == {
        "Udvalget for Arbejdsmarked og Integration",
        "Arbejdsmarkeds- og Integrationsudvalget",
    }


def test_a_committees_whole_name_names_only_that_committee() -> None:
    found = resolve_filters(MEETINGS, committee="arbejdsmarkedsudvalget").committees
    assert found == ("Arbejdsmarkedsudvalget",)


@pytest.mark.parametrize("typed", ["Byrådet", "", "  "])
def test_an_unknown_committee_is_an_error(typed: str) -> None:
    with pytest.raises(UnknownFilterValue, match="unknown committee"):
        resolve_filters(MEETINGS, committee=typed)


def test_an_empty_index_knows_no_names() -> None:
    with pytest.raises(UnknownFilterValue, match="none are indexed"):
        resolve_filters([], municipality="varde")


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("2021", dt.date(2021, 1, 1), dt.date(2021, 12, 31)),
        ("2021-03", dt.date(2021, 3, 1), dt.date(2021, 3, 31)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2021-12", dt.date(2021, 12, 1), dt.date(2021, 12, 31)),
        ("9999", dt.date(9999, 1, 1), dt.date(9999, 12, 31)),
        ("2021-03-17", dt.date(2021, 3, 17), dt.date(2021, 3, 17)),
        ("17-03-2021", dt.date(2021, 3, 17), dt.date(2021, 3, 17)),
        ("17. marts 2021", dt.date(2021, 3, 17), dt.date(2021, 3, 17)),
    ],
)
def test_a_year_or_a_month_may_stand_for_a_day(typed: str, since: dt.date, until: dt.date) -> None:
    filters = resolve_filters(MEETINGS, since=typed, until=typed)
    assert (filters.since, filters.until) == (since, until)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "i går",
        "for tre dage siden",
        "en to tre",
        "marts 17 2021",
        "2021-13",
        "2021-00",
        "0000",
        "202²",
        "31-02-2021",
        "1-1-99999999999999999999",
    ],
)
def test_a_day_that_is_none_is_an_error(typed: str) -> None:
    for name in ("since", "until"):
        with pytest.raises(UnknownFilterValue) as caught:
            resolve_filters(MEETINGS, **{name: typed})
        assert caught.value.name == name


@given(st.dates())
def test_every_iso_date_is_read_as_itself(date: dt.date) -> None:
    if date.year >= 1000:  # years below are written with zeros, which minutes never do
        assert resolve_filters([], since=date.isoformat(), until=date) == Filters(
            since=date, until=date
        )


@given(st.text() | st.text("0123456789-./ marts²", min_size=3))
def test_whatever_is_typed_for_a_day_is_read_or_refused(typed: str) -> None:
    with suppress(UnknownFilterValue):
        assert resolve_filters([], since=typed).since is not None


def test_a_case_number_is_found_in_what_is_typed() -> None:
    assert resolve_filters(MEETINGS, case="sag 20/24072").case_number == "20/24072"
    assert resolve_filters(MEETINGS, case=" A-17 ").case_number == "A-17"


def test_an_outcome_is_one_of_the_known() -> None:
    assert resolve_filters(MEETINGS, outcome="Postponed").outcome is Outcome.POSTPONED
    with pytest.raises(UnknownFilterValue, match="approved"):
        resolve_filters(MEETINGS, outcome="udsat")


def test_what_people_call_a_municipality() -> None:
    assert municipality_name("Ringkøbing-Skjern Kommune") == "ringkoebing-skjern"
