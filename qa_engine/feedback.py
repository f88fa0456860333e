"""What readers say of answers, kept in the data folder and nowhere else.

Only what a reader sends is kept, with the question it is about. It can be handed on as questions
for ``punktvis evaluate``, for someone to read through and correct.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from indexer.model import Filters
from qa_engine.json_form import Json
from qa_engine.model import Answer

FILE_NAME = "feedback.jsonl"
LONGEST_COMMENT = 2000


@dataclass(frozen=True, slots=True)
class Feedback:
    """One reader's word on one answer.

    Attributes:
        at: When it was sent, ISO, to the second.
        question: As asked.
        filters: What it was confined to, in words; empty where it was not.
        helpful: Thumb up or down.
        comment: In the reader's words.
        answered: Whether the answer told something.
        answer: What was told.
        cited: Source and item number of what proved it.
    """

    at: str
    question: str
    filters: str
    helpful: bool
    comment: str
    answered: bool
    answer: str
    cited: tuple[tuple[str, str], ...]


def feedback_on(
    answer: Answer, filters: Filters, *, helpful: bool, comment: str, now: dt.datetime
) -> Feedback:
    """Write down what a reader says of an answer."""
    cited = dict.fromkeys((citation.source, citation.item) for citation in answer.citations)
    return Feedback(
        at=now.isoformat(timespec="seconds"),
        question=answer.question,
        filters=_in_words(filters),
        helpful=helpful,
        comment=comment.strip()[:LONGEST_COMMENT],
        answered=answer.answered,
        answer=answer.text,
        cited=tuple(cited),
    )


def keep_feedback(data: Path, feedback: Feedback) -> None:
    """Add a reader's word to those that are kept; several readers may send at once."""
    line = json.dumps(asdict(feedback), ensure_ascii=False)
    with FileLock(data / f"{FILE_NAME}.lock"), (data / FILE_NAME).open("a", encoding="utf-8") as f:
        f.write(f"{line}\n")


def read_feedback(data: Path) -> list[Feedback]:
    """Read what was kept, oldest first."""
    file = data / FILE_NAME
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    kept = [json.loads(line) for line in lines if line.strip()]
    return [Feedback(**{**each, "cited": tuple(map(tuple, each["cited"]))}) for each in kept]


def as_questions(feedback: Sequence[Feedback]) -> Iterator[Json]:
    """Lay out what was kept as questions in the format of corpus/questions.jsonl.

    What a reader found helpful is relevant; of the rest only the question is known, and its
    comment is there to find the right items by.
    """
    for number, each in enumerate(feedback, 1):
        relevant = [{"source": source, "item": item} for source, item in each.cited]
        yield {
            "id": f"feedback-{number}",
            "question": each.question,
            "type": "feedback",
            "answerable": each.answered if each.helpful else None,
            "relevant": relevant if each.helpful and each.answered else [],
            "note": each.comment,
        }


def _in_words(filters: Filters) -> str:
    parts = (
        *filters.municipalities,
        *filters.committees,
        filters.since and f"fra {filters.since.isoformat()}",
        filters.until and f"til {filters.until.isoformat()}",
        filters.case_number and f"sag {filters.case_number}",
        filters.outcome and filters.outcome.value,
    )
    return " · ".join(part for part in parts if part)
