"""What the reader is trained on: questions with passages, and where in them the answer stands."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from indexer.danish import fold
from indexer.embedding import Embedder, Text
from indexer.units import split_units

# Longest passage in characters, as Punktvis cuts minutes; see indexer.chunking.
_PASSAGE = 900
# Every so many items are kept out of training, to see what was learned.
_HELD_EVERY = 12
# Share of the questions that are written as in a hurry.
_HASTY = 0.12
_SEED = 20


@dataclass(frozen=True, slots=True)
class Example:
    """A question and a passage.

    Attributes:
        question: As a reader asks.
        passage: The text.
        answer: Where in the passage the answer stands; None where there is none.
        held: Whether it is kept out of training.
    """

    question: str
    passage: str
    answer: tuple[int, int] | None
    held: bool


def danish_examples(folder: Path) -> Iterator[Example]:
    """Read the invented agenda items: each question with the section that answers, and others.

    The other sections of the same item are the hardest to tell from it. One of them is taken for
    a question that has an answer, two for a near miss; one that holds the answer's words as well
    proves nothing and is left out.
    """
    rng = random.Random(_SEED)
    for item, held in read_items(folder):
        for question in item["questions"]:
            examples = list(_of_item(item, question, held))
            empty = [example for example in examples if not example.answer]
            yield from (example for example in examples if example.answer)
            yield from rng.sample(empty, min(len(empty), 1 if question["answer"] else 2))


def _of_item(item: dict[str, Any], question: dict[str, Any], held: bool) -> Iterator[Example]:
    for index, section in enumerate(item["sections"]):
        answer, text = question["answer"], section["text"]
        found = text.find(answer) if answer else -1
        if found >= 0 and index != question["section"]:
            continue
        place = (found, found + len(answer)) if found >= 0 else None
        header = f"{item['title']}\n{section['heading']}\n"
        for cut in _cut(Example(question["question"], text, place, held)):
            moved = cut.answer and (cut.answer[0] + len(header), cut.answer[1] + len(header))
            yield replace(cut, passage=header + cut.passage, answer=moved)


def strange_examples(folder: Path, embedder: Embedder) -> Iterator[Example]:
    """Read each question with the nearest passage of another item, as a search might find it.

    One that holds the answer's words proves nothing; then the next nearest is taken. What is kept
    out of training is kept apart here too.
    """
    items = list(read_items(folder))
    owned = [
        (index, example.passage)
        for index, (item, held) in enumerate(items)
        for example in _of_item(item, {"question": "", "answer": None}, held)
    ]
    owners = np.asarray([index for index, _ in owned])
    passages = [passage for _, passage in owned]
    vectors = np.stack([e.vector for e in embedder.embed_passages([Text(p) for p in passages])])
    apart = np.asarray([items[owner][1] for owner in owners])
    for index, (item, held) in enumerate(items):
        others = np.flatnonzero((owners != index) & (apart == held))
        asked = embedder.embed_queries([question["question"] for question in item["questions"]])
        for question, near in zip(item["questions"], asked @ vectors[others].T, strict=True):
            nearest = (passages[others[place]] for place in np.argsort(-near))
            answer = question["answer"]
            found = (p for p in nearest if not answer or answer.lower() not in p.lower())
            if passage := next(found, None):
                yield Example(question["question"], passage, None, held)


def read_items(folder: Path) -> Iterator[tuple[dict[str, Any], bool]]:
    """Read the invented items, and whether each is kept out of training."""
    for file in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(file.read_text("utf-8").splitlines()):
            yield json.loads(line), number % _HELD_EVERY == _HELD_EVERY - 1


def norwegian_examples(file: Path) -> Iterator[Example]:
    """Read NorQuAD: each question with the passage that answers, and every second with another."""
    rng = random.Random(_SEED)
    for number, line in enumerate(file.read_text("utf-8").splitlines()):
        article = json.loads(line)
        for question in article["questions"]:
            answer, start = question["answer"], question["start"]
            held = number % _HELD_EVERY == _HELD_EVERY - 1
            place = (start, start + len(answer))
            cut = list(_cut(Example(question["question"], article["context"], place, held)))
            yield from (example for example in cut if example.answer)
            empty = [e for e in cut if not e.answer and answer not in e.passage]
            if empty and rng.random() < 0.5:
                yield rng.choice(empty)


def _cut(example: Example) -> Iterator[Example]:
    """Cut a long text at the ends of units, but not within the answer."""
    text, answer = example.passage, example.answer
    starts = [0]
    for unit in split_units(text, 0, len(text)):
        inside = answer is not None and answer[0] < unit.start < answer[1]
        if unit.end - starts[-1] > _PASSAGE and unit.start > starts[-1] and not inside:
            starts.append(unit.start)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        within = answer is not None and start <= answer[0] and answer[1] <= end
        place = (answer[0] - start, answer[1] - start) if answer and within else None
        yield replace(example, passage=text[start:end], answer=place)


def hasty(question: str, rng: random.Random) -> str:
    """Write some questions as typed in a hurry: small letters, no mark, often without æ, ø, å."""
    if rng.random() >= _HASTY:
        return question
    plain = question.rstrip("?").lower()
    return fold(plain) if rng.random() < 0.6 else plain
