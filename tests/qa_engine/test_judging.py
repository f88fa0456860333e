"""An answer is right that tells what it must, is short, and cites an item that tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from indexer.model import Minutes
from qa_engine.evidence import Piece
from qa_engine.explaining import Explanation
from qa_engine.judging import LONGEST_ANSWER, cites_right, is_right, judge, missing
from qa_engine.model import Hit
from qa_engine.questions import Question

Explain = Callable[..., Explanation]

QUESTION = Question(
    id="q",
    text="Hvor lang er stien?",
    type="fact_number",
    answerable=True,
    relevant=frozenset({("x", "7")}),
    must_contain=(("2,1 KM", "2.100 m"), ("lang",)),
)
UNANSWERABLE = replace(QUESTION, answerable=False, relevant=frozenset(), must_contain=())


def piece(hit: Hit, quote: str, text: str | None = None) -> Piece:
    start = hit.item.text.index(quote)
    return Piece(hit, start, start + len(quote), text or quote)


def minutes_of(hits: list[Hit]) -> Callable[[str], Minutes | None]:
    return {"x": hits[0].minutes}.get


def test_a_right_answer_is_judged_right(hits: list[Hit], explained: Explain) -> None:
    explanation = explained(hits, piece(hits[0], "Stien er 2,1 km lang."))
    judged = judge(QUESTION, explanation, minutes_of(hits))
    assert (judged.answered, judged.right, judged.would_be_right) == (True, True, True)
    assert (judged.place, judged.recall) == (1, 1.0)
    assert (judged.citations, judged.relevant, judged.verbatim) == (1, 1.0, 1.0)
    assert judged.length == len("Stien er 2,1 km lang. [1]")
    assert (judged.sure, judged.seconds) == (0.9, 0.25)


@pytest.mark.parametrize(
    ("item", "quote", "told"),
    [
        (0, "Stien er", "Stien er lang."),
        (0, "2,1 km", "2,1 km"),
        (1, "Broen er", "Stien er 2,1 km lang."),
        (0, "Stien er 2,1 km lang.", "Stien er 2,1 km lang. " + "a" * LONGEST_ANSWER),
    ],
)
def test_an_answer_that_lacks_anything_is_wrong(
    hits: list[Hit], explained: Explain, item: int, quote: str, told: str
) -> None:
    explanation = explained(hits, piece(hits[item], quote, told))
    judged = judge(QUESTION, explanation, minutes_of(hits))
    assert (judged.right, judged.would_be_right) == (False, False)
    assert judged.relevant == (1.0 if item == 0 else 0.0)
    assert cites_right(QUESTION, explanation.answer) == (item == 0)


def test_what_is_missing_is_told_in_its_possible_wordings(
    hits: list[Hit], explained: Explain
) -> None:
    explanation = explained(hits, piece(hits[0], "lang"))
    assert missing(QUESTION, explanation.answer) == [("2,1 KM", "2.100 m")]


def test_a_refusal_is_wrong_but_what_it_held_back_may_be_right(
    hits: list[Hit], explained: Explain
) -> None:
    explanation = explained(hits, piece(hits[0], "Stien er 2,1 km lang."), sure=0.5)
    judged = judge(QUESTION, explanation, minutes_of(hits))
    assert (judged.answered, judged.right, judged.would_be_right) == (False, False, True)
    assert judged.sure == 0.5


def test_where_there_is_nothing_to_say_nothing_is_sure(hits: list[Hit], explained: Explain) -> None:
    judged = judge(QUESTION, explained(hits), minutes_of(hits))
    assert (judged.answered, judged.would_be_right, judged.sure) == (False, False, None)


def test_no_answer_is_right_where_there_is_none(hits: list[Hit], explained: Explain) -> None:
    explanation = explained(hits, piece(hits[0], "Stien er 2,1 km lang."))
    assert not is_right(UNANSWERABLE, explanation.answer)


def test_the_place_is_that_of_the_first_right_item(hits: list[Hit], explained: Explain) -> None:
    judged = judge(QUESTION, explained(hits[::-1]), minutes_of(hits))
    assert (judged.place, judged.recall) == (2, 1.0)
    assert judge(QUESTION, explained(hits[1:]), minutes_of(hits)).place is None


def test_recall_counts_no_more_items_than_there_is_room_for(
    hits: list[Hit], explained: Explain
) -> None:
    six = frozenset({("x", str(number)) for number in range(7, 13)})
    judged = judge(replace(QUESTION, relevant=six), explained(hits), minutes_of(hits))
    assert judged.recall == 2 / 5


def test_a_quote_that_stands_nowhere_is_found_out(hits: list[Hit], explained: Explain) -> None:
    explanation = explained(hits, piece(hits[0], "Stien er 2,1 km lang."))
    forged = replace(explanation.answer.citations[0], quote="Stien er 3 km lang.")
    answer = replace(explanation.answer, citations=(*explanation.answer.citations, forged))
    judged = judge(QUESTION, replace(explanation, answer=answer), minutes_of(hits))
    assert judged.verbatim == 0.5
    assert judge(QUESTION, explanation, {}.get).verbatim == 0.0
