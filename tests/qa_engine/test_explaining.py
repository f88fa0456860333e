"""An explanation holds what led to the answer, and tells the same answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from qa_engine.confidence import THRESHOLD
from qa_engine.engine import Engine
from qa_engine.evidence import Piece
from qa_engine.explaining import Explanation
from qa_engine.model import Hit, Standing

Explain = Callable[..., Explanation]


def said(hit: Hit) -> Piece:
    start = hit.item.text.index("Stien")
    return Piece(hit, start, start + 21, "Stien er 2,1 km lang.")


def test_words_tell_where_they_stand(hits: list[Hit], explained: Explain) -> None:
    long, path = explained(hits, said(hits[0])).words()
    assert (long.term, long.passages, long.matches) == ("lang", 0, (1.0, 0.0))
    assert (path.term, path.passages, path.matches) == ("sti", 3, (1.0, 0.0))


def test_an_answer_that_was_given_needs_no_guard(hits: list[Hit], explained: Explain) -> None:
    explanation = explained(hits, said(hits[0]))
    assert explanation.unguarded() is explanation.answer


def test_what_was_held_back_can_be_seen(hits: list[Hit], explained: Explain) -> None:
    explanation = explained(hits, said(hits[0]), sure=0.5)
    assert not explanation.answer.answered
    held_back = explanation.unguarded()
    assert held_back.answered
    assert held_back.text == "Stien er 2,1 km lang. [1]"
    assert [citation.item for citation in held_back.citations] == ["7"]


def test_where_nothing_can_be_proved_nothing_is_held_back(
    hits: list[Hit], explained: Explain
) -> None:
    assert not explained(hits).unguarded().answered
    blank = Piece(hits[0], 0, 0, "?")
    assert not explained(hits, blank, sure=0.5).unguarded().answered


@pytest.mark.parametrize(
    ("question", "weighed"),
    [
        ("Hvad koster cykelstien?", True),
        ("Hvor høj er Eiffeltårnet?", True),
        ("svømmehal", False),  # told by title and decision
        ("Hvem havde afbud i Fjordby Byråd?", False),
    ],
)
def test_to_explain_is_to_answer(corpus: Engine, question: str, weighed: bool) -> None:
    explanation, answer = corpus.explain(question), corpus.ask(question)
    assert replace(explanation.answer, seconds=0.0) == replace(answer, seconds=0.0)
    assert explanation.threshold == THRESHOLD
    assert [word.term for word in explanation.words()] == list(answer.query.terms)
    assert all(len(word.matches) == len(answer.hits) for word in explanation.words())
    assert all(hit.standing != Standing() for hit in answer.hits)
    scores = [candidate.score for candidate in explanation.candidates]
    assert scores == sorted(scores, reverse=True)
    assert bool(scores) is weighed
