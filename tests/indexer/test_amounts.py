"""One value is one term, in whatever notation it stands."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.amounts import Amount, find_amounts
from indexer.danish import analyse

VALUES = st.decimals(1, 10**10, places=2)
THOUSANDS = st.sampled_from([".", "", "\u00a0", "\u202f"])


def values(text: str) -> list[str]:
    return [value for amount in find_amounts(text) for value in amount.values]


def danish(value: Decimal, thousands: str) -> str:
    """Write a value with a decimal comma, its thousands parted."""
    return f"{value:,f}".replace(",", " ").replace(".", ",").replace(" ", thousands)


@given(VALUES, THOUSANDS)
def test_a_written_value_is_read_as_itself(value: Decimal, thousands: str) -> None:
    (found,) = values(danish(value, thousands))
    assert Decimal(found.replace(",", ".")) == value


@given(VALUES, THOUSANDS, THOUSANDS)
def test_all_notations_of_a_value_share_one_term(value: Decimal, one: str, other: str) -> None:
    full = value * 10**6
    written = [
        f"{danish(value, one)} mio. kr.",
        f"{danish(value, one)} millioner",
        danish(full, other),
    ]
    assert len({tuple(values(text)) for text in written}) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("11,9 mio. kr.", ["11900000"]),
        ("11.900.000 kr.", ["11900000"]),
        ("11,9 millioner kroner", ["11900000"]),
        ("11.9 mio. kr.", ["11900000"]),
        ("11.900 t.kr.", ["11900000"]),
        ("11.900 tusind kroner", ["11900000"]),
        ("0,5 mia. kr.", ["500000000"]),
        ("en halv million, en million kroner", ["1000000"]),
        ("-2,3 mio. kr.", ["2300000"]),
        ("20-30 mio. kr.", ["20000000", "30000000"]),
        ("18 %", ["18%"]),
        ("18,0 pct.", ["18%"]),
        ("18 procent", ["18%"]),
        ("4-6 %", ["4%", "6%"]),
        ("syv", ["7"]),
        ("To af enogtyve", ["2", "21"]),
        ("fem millioner", ["5000000"]),
        ("50,-", ["50"]),
        ("3.150 biler", ["3150"]),
        ("007", ["007"]),
        ("2,50 og 0,00", ["2,5", "0"]),
        ("et hus, en vej", []),
    ],
)  # fmt: skip
def test_a_value_is_found_in_its_notation(text: str, found: list[str]) -> None:
    assert values(text) == found


@pytest.mark.parametrize(
    "text",
    ["20/36381", "15.00.00-G01-23-23", "2013-006244", "2020-2023", "kl. 16.30", "1.a", "B52",
     "punkt 2.5", "to-sporet", "1.2.3"],
)  # fmt: skip
def test_what_only_holds_figures_is_no_value(text: str) -> None:
    assert values(text) == []


def test_an_amount_is_also_found_by_its_figures_and_what_it_counts() -> None:
    assert list(find_amounts("11,9 mio. kr.")) == [Amount(("11900000",), ("11,9", "mio", "kr"))]
    assert list(find_amounts("18 %")) == [Amount(("18%",), ("18", "procent"))]


@given(VALUES, st.sampled_from(["", " kr.", " mio. kr.", " %", " mia.", " t.kr."]))
def test_the_terms_of_an_amount_analyse_to_themselves(value: Decimal, unit: str) -> None:
    terms = analyse(danish(value, ".") + unit)
    assert {again for term in terms for again in analyse(term)} == set(terms)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_amounts(text: str) -> None:
    assert all(amount.values for amount in find_amounts(text))
