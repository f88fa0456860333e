"""Every failure is laid to the first stage that failed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from indexer.model import Filters, Outcome
from qa_engine.evidence import Piece
from qa_engine.explaining import Explanation
from qa_engine.judging import LONGEST_ANSWER, judge
from qa_engine.model import Asked, Hit
from qa_engine.questions import Question
from qa_engine.stages import Failure, Stage, explain_failure

Explain = Callable[..., Explanation]

QUESTION = Question(
    id="q",
    text="Hvor lang er stien?",
    type="fact_number",
    answerable=True,
    relevant=frozenset({("x", "7")}),
    must_contain=(("2,1 km", "2.100 m"),),
)
RIGHT, WRONG, OTHER = "Stien er 2,1 km lang.", "Det er en bred sti.", "Broen er 40 m bred."


@pytest.fixture
def fault(hits: list[Hit], explained: Explain) -> Callable[..., Failure | None]:
    """Answer with a text of the minutes, and explain what went wrong."""

    def explain(
        said: str | None, found: list[Hit] = hits, question: Question = QUESTION, **how: Any
    ) -> Failure | None:
        pieces = [
            Piece(hit, start, start + len(said or ""), said or "")
            for hit in hits
            if said and (start := hit.item.text.find(said)) >= 0
        ]
        explanation = explained(found, *pieces, **how)
        minutes_of = {"x": hits[0].minutes}.get
        return explain_failure(judge(question, explanation, minutes_of), explanation, minutes_of)

    return explain


Fault = Callable[..., Failure | None]


def test_what_is_right_is_no_failure(fault: Fault) -> None:
    assert fault(RIGHT) is None


def test_to_refuse_what_has_no_answer_is_no_failure(fault: Fault) -> None:
    none = replace(QUESTION, answerable=False, relevant=frozenset(), must_contain=())
    assert fault(RIGHT, question=none, sure=0.5) is None
    assert fault(None, question=none) is None


def test_to_answer_what_has_no_answer_should_have_been_refused(fault: Fault) -> None:
    none = replace(QUESTION, answerable=False, relevant=frozenset(), must_contain=())
    failure = fault(RIGHT, question=none)
    assert failure
    assert failure.stage is Stage.SHOULD_HAVE_REFUSED
    assert failure.reason == "confidence 0.900, threshold 0.66"
    assert failure.got == f"{RIGHT} [1]"
    assert failure.cited == (("x.md", "7"),)


def test_to_hold_back_what_is_right_is_to_refuse_wrongly(fault: Fault) -> None:
    failure = fault(RIGHT, sure=0.5)
    assert failure
    assert (failure.stage, failure.cited) == (Stage.WRONGLY_REFUSED, ())


@pytest.mark.parametrize("sure", [0.9, 0.5])
def test_another_sentence_of_the_right_item_is_the_wrong_one(fault: Fault, sure: float) -> None:
    failure = fault(WRONG, sure=sure)
    assert failure
    assert failure.stage is Stage.WRONG_SENTENCE
    assert failure.reason == "it lacks 2,1 km or 2.100 m"


def test_the_right_item_further_down_was_ranked_low(fault: Fault, hits: list[Hit]) -> None:
    failure = fault(OTHER, found=hits[::-1])
    assert failure
    assert (failure.stage, failure.reason) == (Stage.RANKED_LOW, "the right item is number 2")


def test_an_item_that_is_cited_all_the_same_was_not_ranked_too_low(
    fault: Fault, hits: list[Hit]
) -> None:
    failure = fault(WRONG, found=hits[::-1])
    assert failure
    assert failure.stage is Stage.WRONG_SENTENCE


def test_the_right_item_that_is_not_found_was_not_retrieved(fault: Fault, hits: list[Hit]) -> None:
    failure = fault(OTHER, found=hits[1:])
    assert failure
    assert failure.stage is Stage.NOT_RETRIEVED
    assert failure.reason == "the right item is not among the 1 found"


def test_what_is_not_indexed_cannot_be_retrieved(fault: Fault) -> None:
    failure = fault(OTHER, question=replace(QUESTION, relevant=frozenset({("y", "1")})))
    assert failure
    assert failure.reason == "the right item is not indexed"


@pytest.mark.parametrize(
    "filters",
    [
        Filters(municipalities=("Varde Kommune",)),
        Filters(case_number="20/9271"),
        Filters(outcome=Outcome.REJECTED),
    ],
)
def test_a_filter_that_keeps_the_right_item_out_was_not_understood(
    fault: Fault, hits: list[Hit], filters: Filters
) -> None:
    failure = fault(OTHER, found=hits[1:], filters=filters)
    assert failure
    assert failure.stage is Stage.NOT_UNDERSTOOD
    assert failure.reason == "what it was confined to keeps the right item out"


def test_a_filter_that_lets_the_right_item_in_is_not_to_blame(
    fault: Fault, hits: list[Hit]
) -> None:
    failure = fault(OTHER, found=hits[1:], filters=Filters(case_number="20/9270"))
    assert failure
    assert failure.stage is Stage.NOT_RETRIEVED


def test_the_wrong_sentence_of_a_misread_question_was_not_understood(fault: Fault) -> None:
    failure = fault(WRONG, asked=Asked.DECISION)
    assert failure
    assert failure.stage is Stage.NOT_UNDERSTOOD
    assert failure.reason == "read as asking for decision"


def test_a_type_that_leaves_the_kind_open_is_never_misread(fault: Fault) -> None:
    failure = fault(WRONG, asked=Asked.DECISION, question=replace(QUESTION, type="colloquial"))
    assert failure
    assert failure.stage is Stage.WRONG_SENTENCE


def test_where_there_is_nothing_to_say_no_sentence_was_found(fault: Fault) -> None:
    failure = fault(None)
    assert failure
    assert (failure.stage, failure.reason) == (Stage.WRONG_SENTENCE, "there was nothing to say")


def test_too_long_an_answer_is_told_by_its_length(hits: list[Hit], explained: Explain) -> None:
    long = f"{RIGHT} {'a' * LONGEST_ANSWER}"
    explanation = explained(hits, Piece(hits[0], 0, 5, long))
    minutes_of = {"x": hits[0].minutes}.get
    failure = explain_failure(judge(QUESTION, explanation, minutes_of), explanation, minutes_of)
    assert failure
    assert failure.reason == f"it has {len(long) + 4} characters"


def test_the_right_words_from_another_item_do_not_cite_the_right_one(
    hits: list[Hit], explained: Explain
) -> None:
    explanation = explained(hits, Piece(hits[1], 0, 5, RIGHT))
    minutes_of = {"x": hits[0].minutes}.get
    failure = explain_failure(judge(QUESTION, explanation, minutes_of), explanation, minutes_of)
    assert failure
    assert failure.reason == "it does not cite the right item"
