"""Questions whose answers are known, as ``corpus/questions.jsonl`` holds them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from indexer.errors import QuestionError

# A document's name without its ending, and an item's number: minutes printed as PDF are the same.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what a right answer to it is.

    Attributes:
        id: Its name.
        text: As asked.
        type: The group it is reported in.
        answerable: Whether the minutes tell.
        relevant: The items that tell; citing any of them is right.
        must_contain: What a right answer holds: of each group one string at least.
        fold: The part of the questions it belongs to, such as "held" for what is not tuned on.
    """

    id: str
    text: str
    type: str
    answerable: bool
    relevant: frozenset[Key]
    must_contain: tuple[tuple[str, ...], ...]
    fold: str | None = None

    @property
    def group(self) -> str:
        """The type it is reported under."""
        return self.type if self.answerable else "unanswerable"


def item_key(source: str, number: str) -> Key:
    """Name an item by its document's stem and its number."""
    return PurePath(source).stem, number


def read_questions(lines: Iterable[bytes], name: str) -> list[Question]:
    """Read a file of questions, one JSON object on a line.

    A line whose ``answerable`` is null was judged by no one yet, and is passed over.

    Args:
        lines: The file's lines.
        name: What the file is called in errors.

    Raises:
        QuestionError: A line is no such question; it is named by its number.
    """
    questions = []
    for number, line in enumerate(lines, 1):
        try:
            value = json.loads(line.decode("utf-8-sig")) if line.strip() else {"answerable": None}
            if value["answerable"] is not None:
                questions.append(_question(value))
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise QuestionError(
                f"{name}, line {number}: this is no question with a known answer "
                f"({type(error).__name__}: {error}); docs/command-line.md tells its keys"
            ) from error
    return questions


def _question(value: dict[str, Any]) -> Question:
    match value:
        case {"id": str() | int() as id_, "question": str() as text, "answerable": bool() as told}:
            relevant = [item_key(str(r["source"]), str(r["item"])) for r in value["relevant"]]
            groups = [tuple(map(str, group)) for group in value.get("must_contain", ())]
            return Question(
                id=str(id_),
                text=text,
                type=str(value.get("type", "other")),
                answerable=told,
                relevant=frozenset(relevant),
                must_contain=tuple(groups),
                fold=value.get("fold"),
            )
    raise ValueError("it needs an id, a question, and whether it is answerable")
