"""Items that every agenda has are known by their titles, or by being closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from qa_engine.model import Hit
from qa_engine.routine import ROUTINE_TITLE, is_routine

HitsOf = Callable[[str], list[Hit]]

MINUTES = "# REFERAT Teknikudvalget d. 14-03-2023\n\n# Punkt 7: Cykelsti\n\nStien er ny.\n"


@pytest.mark.parametrize(
    "title", ["Godkendelse af dagsorden", "2. Meddelelser", "Eventuelt", "Underskriftsside"]
)
def test_routine_items_are_no_case_and_are_held_down(hits_of: HitsOf, title: str) -> None:
    assert is_routine(replace(hits_of(MINUTES)[0].item, title=title))
    assert ROUTINE_TITLE.match(title)


@pytest.mark.parametrize("title", ["Spørgetid", "Godkendelse af protokol"])
def test_what_may_be_asked_about_is_no_case_but_not_held_down(hits_of: HitsOf, title: str) -> None:
    assert is_routine(replace(hits_of(MINUTES)[0].item, title=title))
    assert not ROUTINE_TITLE.match(title)


def test_a_case_is_none_unless_it_was_closed(hits_of: HitsOf) -> None:
    item = hits_of(MINUTES)[0].item
    assert not is_routine(item)
    assert is_routine(replace(item, closed=True))
