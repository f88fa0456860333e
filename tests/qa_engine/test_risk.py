"""The more is answered, the more is wrong: the curve, its area and the point of the threshold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_engine.risk import Point, risk_curve

answers = st.lists(st.tuples(st.sampled_from([0.1, 0.4, 0.7, 0.9]), st.booleans()), max_size=30)


def test_the_surest_are_answered_first() -> None:
    curve = risk_curve([(0.5, False), (0.9, True), (0.7, True), (0.8, False)], 5, 0.6)
    assert curve.points == (
        Point(0.9, 0.2, 0.0),
        Point(0.8, 0.4, 0.5),
        Point(0.7, 0.6, pytest.approx(1 / 3)),
        Point(0.5, 0.8, 0.5),
    )
    assert curve.area == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)
    assert curve.chosen == curve.points[2]


def test_equally_sure_answers_come_together() -> None:
    curve = risk_curve([(0.9, True), (0.9, False)], 2, 0.9)
    assert curve.points == (Point(0.9, 1.0, 0.5),)
    assert curve.chosen == curve.points[0]


def test_where_nothing_can_be_said_there_is_no_curve() -> None:
    curve = risk_curve([], 3, 0.5)
    assert (curve.points, curve.area, curve.chosen) == ((), None, None)


def test_where_nothing_is_sure_enough_no_point_is_chosen() -> None:
    assert risk_curve([(0.4, True)], 1, 0.5).chosen is None


@given(answers, st.integers(0, 5))
def test_coverage_rises_and_shares_are_shares(given: list[tuple[float, bool]], more: int) -> None:
    curve = risk_curve(given, len(given) + more, 0.5)
    coverage = [point.coverage for point in curve.points]
    assert coverage == sorted(set(coverage))
    assert all(0 < point.coverage <= 1 and 0 <= point.risk <= 1 for point in curve.points)
    if given:
        assert curve.points[-1].coverage == len(given) / (len(given) + more)
        assert curve.points[-1].risk == pytest.approx(sum(not r for _, r in given) / len(given))
        assert 0 <= (curve.area or 0) <= 1


@given(answers)
def test_the_best_order_has_the_least_area(given: list[tuple[float, bool]]) -> None:
    best = [
        (1 - place / 100, right) for place, right in enumerate(sorted(r for _, r in given)[::-1])
    ]
    ordered = risk_curve(best, max(1, len(given)), 0.5).area
    actual = risk_curve(given, max(1, len(given)), 0.5).area
    assert (ordered or 0) <= (actual or 0) + 1e-9
