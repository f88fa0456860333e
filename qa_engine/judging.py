"""One answer held against what is known to be right.

What counts as right is what the project's yardstick, ../shared/eval/score.py, counts; a test
compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from indexer.model import Minutes
from qa_engine.explaining import Explanation
from qa_engine.model import Answer, Citation
from qa_engine.questions import Question, item_key

LONGEST_ANSWER = 1200  # characters; a longer answer is not an answer to a question
_TOP = 5
_NO_LETTERS = re.compile(r"[\W_]+")

# Gives the minutes of a document by its stem.
MinutesOf = Callable[[str], Minutes | None]


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one question.

    Attributes:
        question: The question.
        place: The first right item's place among the hits, counted from 1, or None.
        recall: Share of the right items among the first five, of those that have room there.
        answered: Whether an answer was given.
        right: Whether it was right.
        sure: The confidence; None where there was nothing to say.
        would_be_right: Whether what there was to say was right, said or not.
        length: The answer's, in characters.
        citations: How many it has.
        relevant: Share of them that name a right item.
        verbatim: Share of them whose quote stands in the minutes they name.
        seconds: Time taken.
    """

    question: Question
    place: int | None
    recall: float
    answered: bool
    right: bool
    sure: float | None
    would_be_right: bool
    length: int
    citations: int
    relevant: float
    verbatim: float
    seconds: float


def judge(question: Question, explanation: Explanation, minutes_of: MinutesOf) -> Judged:
    """Judge an answer by what is known to be right."""
    answer, unguarded, wanted = explanation.answer, explanation.unguarded(), question.relevant
    hits = list(dict.fromkeys(item_key(*hit.key) for hit in answer.hits))
    return Judged(
        question=question,
        place=next((place for place, hit in enumerate(hits, 1) if hit in wanted), None),
        recall=len(wanted & set(hits[:_TOP])) / max(1, min(_TOP, len(wanted))),
        answered=answer.answered,
        right=is_right(question, answer),
        sure=answer.confidence if unguarded.answered else None,
        would_be_right=is_right(question, unguarded),
        length=len(answer.text),
        citations=len(answer.citations),
        relevant=_share([item_key(c.source, c.item) in wanted for c in answer.citations]),
        verbatim=_share([_stands(citation, minutes_of) for citation in answer.citations]),
        seconds=answer.seconds,
    )


def is_right(question: Question, answer: Answer) -> bool:
    """Tell whether an answer tells what it must, is no longer than one, and cites a right item."""
    return (
        question.answerable
        and answer.answered
        and not missing(question, answer)
        and len(answer.text) <= LONGEST_ANSWER
        and cites_right(question, answer)
    )


def missing(question: Question, answer: Answer) -> list[tuple[str, ...]]:
    """List what an answer must tell and does not, each in its possible wordings."""
    text = answer.text.lower()
    return [g for g in question.must_contain if not any(wording.lower() in text for wording in g)]


def cites_right(question: Question, answer: Answer) -> bool:
    """Tell whether an answer cites any of the right items."""
    return any(item_key(c.source, c.item) in question.relevant for c in answer.citations)


def _share(values: list[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def _stands(citation: Citation, minutes_of: MinutesOf) -> bool:
    """Tell whether a quote stands in its document, compared by letters and digits."""
    minutes = minutes_of(item_key(citation.source, citation.item)[0])
    if minutes is None or not citation.quote:
        return False
    text = "".join([minutes.preamble, *(item.text for item in minutes.items)])
    return _squeezed(citation.quote) in _squeezed(text)


def _squeezed(text: str) -> str:
    return _NO_LETTERS.sub("", text.lower())
