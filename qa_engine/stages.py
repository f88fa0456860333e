"""Why an answer went wrong: the first stage on the way to it that did."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from indexer.model import AgendaItem, Filters, Minutes
from qa_engine.explaining import Explanation
from qa_engine.filtering import lets_in
from qa_engine.judging import LONGEST_ANSWER, Judged, MinutesOf, cites_right, missing
from qa_engine.model import Answer, Asked, Query
from qa_engine.questions import Key, Question


class Stage(StrEnum):
    """Where an answer went wrong, in the order of the way to it."""

    NOT_UNDERSTOOD = "not understood"
    NOT_RETRIEVED = "not retrieved"
    RANKED_LOW = "ranked low"
    WRONG_SENTENCE = "wrong sentence"
    WRONGLY_REFUSED = "wrongly refused"
    SHOULD_HAVE_REFUSED = "should have refused"


# What a question of a type is to be read as; a type that leaves it open is not here.
_READ_AS = {
    "decision": {Asked.DECISION},
    "recommendation": {Asked.RECOMMENDATION},
    "list": {Asked.LIST},
    "temporal": {Asked.DATE, Asked.NUMBER},
    "fact_number": {Asked.NUMBER, Asked.AMOUNT},
    "economy": {Asked.AMOUNT, Asked.NUMBER},
    "people": {Asked.PERSON, Asked.PARTICIPANTS, Asked.ABSENCE, Asked.DECISION},
}


@dataclass(frozen=True, slots=True)
class Failure:
    """An answer that went wrong.

    Attributes:
        stage: The first stage that failed.
        reason: What failed there, in a few words.
        question: The question, with what was wanted.
        got: What a reader saw.
        cited: The items that were cited, by source and number.
    """

    stage: Stage
    reason: str
    question: Question
    got: str
    cited: tuple[Key, ...]


def explain_failure(
    judged: Judged, explanation: Explanation, minutes_of: MinutesOf
) -> Failure | None:
    """Find the first stage at which an answer went wrong; None where it did not.

    What was refused and would have been wrong counts where that went wrong: to refuse less would
    not mend it.
    """
    question, answer = judged.question, explanation.answer
    if judged.right or not (question.answerable or judged.answered):
        return None
    sure = f"confidence {answer.confidence:.3f}, threshold {explanation.threshold}"
    if not question.answerable:
        stage, reason = Stage.SHOULD_HAVE_REFUSED, sure
    elif judged.would_be_right:
        stage, reason = Stage.WRONGLY_REFUSED, sure
    else:
        stage, reason = _fault(judged, explanation.unguarded(), minutes_of)
    cited = dict.fromkeys((citation.source, citation.item) for citation in answer.citations)
    return Failure(stage, reason, question, answer.text, tuple(cited))


def _fault(judged: Judged, answer: Answer, minutes_of: MinutesOf) -> tuple[Stage, str]:
    """Find what went wrong before it came to refusing."""
    question, query = judged.question, answer.query
    wanted = [(key, minutes_of(key[0])) for key in sorted(question.relevant)]
    indexed = [(minutes, _item(minutes, number)) for (_, number), minutes in wanted if minutes]
    if not indexed:
        return Stage.NOT_RETRIEVED, "the right item is not indexed"
    if not any(item and _passes(minutes, item, query.filters) for minutes, item in indexed):
        return Stage.NOT_UNDERSTOOD, "what it was confined to keeps the right item out"
    if judged.place is None:
        return Stage.NOT_RETRIEVED, f"the right item is not among the {len(answer.hits)} found"
    if judged.place > 1 and not cites_right(question, answer):
        return Stage.RANKED_LOW, f"the right item is number {judged.place}"
    if _misread(question, query):
        return Stage.NOT_UNDERSTOOD, f"read as asking for {query.asked.value}"
    return Stage.WRONG_SENTENCE, _shortcoming(question, answer)


def _item(minutes: Minutes, number: str) -> AgendaItem | None:
    return next((item for item in minutes.items if item.number == number), None)


def _passes(minutes: Minutes, item: AgendaItem, filters: Filters) -> bool:
    """Tell whether an item is among what a search was confined to, as the store would."""
    return (
        lets_in(filters, minutes)
        and filters.case_number in (None, item.case_number)
        and (not filters.item_numbers or item.number in filters.item_numbers)
        and (filters.outcome is None or any(d.outcome is filters.outcome for d in item.decisions))
    )


def _misread(question: Question, query: Query) -> bool:
    return question.type in _READ_AS and query.asked not in _READ_AS[question.type]


def _shortcoming(question: Question, answer: Answer) -> str:
    """Say what an answer from the right item lacks."""
    if not answer.answered:
        return "there was nothing to say"
    if facts := missing(question, answer):
        return f"it lacks {', '.join(' or '.join(wordings) for wordings in facts)}"
    if len(answer.text) > LONGEST_ANSWER:
        return f"it has {len(answer.text)} characters"
    return "it does not cite the right item"
