from __future__ import annotations

import datetime as dt
from dataclasses import replace

from indexer.model import Filters
from qa_engine.model import Asked, Query
from qa_engine.understood import Guess, take_back

DAY = dt.date(2021, 3, 1)
GIVEN = Filters(committees=("Byrådet",))
READ = Query(
    text="Hvad besluttede Ry om stier?",
    terms=("sti",),
    asked=Asked.DECISION,
    filters=replace(
        GIVEN,
        municipalities=("Ry Kommune",),
        since=DAY,
        until=DAY,
        case_number="20/1",
        item_numbers=("7",),
    ),
    municipalities=("Ry Kommune",),
    period=(DAY, DAY),
    committees=("Vejudvalget",),
)


def test_nothing_wrong_leaves_a_question_as_it_was_read() -> None:
    assert take_back(READ, GIVEN, ()) == READ


def test_a_municipality_that_is_none_is_a_word_like_any_other() -> None:
    query = take_back(READ, GIVEN, {Guess.MUNICIPALITY})
    assert query.filters.municipalities == ()
    assert query.municipalities == ()
    assert "ry" in query.terms


def test_all_guesses_taken_back_leave_what_was_given() -> None:
    query = take_back(READ, GIVEN, set(Guess))
    assert query.filters == GIVEN
    assert query.period is None
    assert query.committees == ()
    assert query.asked is Asked.ANYTHING
