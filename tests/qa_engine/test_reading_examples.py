"""What the reader is trained on: every answer stands verbatim, every near miss has none."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from indexer.embedding import Embedder
from qa_engine.reading_examples import (
    Example,
    danish_examples,
    hasty,
    norwegian_examples,
    strange_examples,
)

ROOT = Path(__file__).resolve().parents[2]
ITEMS = ROOT / "corpus" / "reading"
NORQUAD = ROOT.parent / "shared" / "reading" / "norquad.jsonl"


def test_every_answer_of_the_invented_items_is_found_in_one_passage() -> None:
    wanted = [
        (question["question"], question["answer"])
        for file in sorted(ITEMS.glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
        for question in json.loads(line)["questions"]
        if question["answer"]
    ]
    examples = [example for example in danish_examples(ITEMS) if example.answer]
    found = [(e.question, e.passage[slice(*e.answer)]) for e in examples if e.answer]
    assert found == wanted


def test_a_near_miss_is_never_an_answer(tmp_path: Path) -> None:
    section = {"heading": "Sagsfremstilling", "text": "Hallen åbner i maj. Den koster 3 mio. kr."}
    questions = [
        {"type": "date", "question": "Hvornår åbner hallen?", "answer": "i maj", "section": 0},
        {"type": "person", "question": "Hvem åbner hallen?", "answer": None},
    ]
    item = {"title": "Ny hal", "sections": [section], "questions": questions}
    (tmp_path / "x.jsonl").write_text(json.dumps(item), "utf-8")
    told, near = danish_examples(tmp_path)
    assert told.passage == "Ny hal\nSagsfremstilling\nHallen åbner i maj. Den koster 3 mio. kr."
    assert told.answer
    assert told.passage[slice(*told.answer)] == "i maj"
    assert near.answer is None


def test_a_passage_of_another_item_is_the_nearest_without_the_answer(
    tmp_path: Path, embedder: Embedder
) -> None:
    texts = ("Cykelstien koster 3 mio. kr.", "Stien koster 3 mio. kr. mere.", "Stien er af grus.")
    asked = {"type": "amount", "question": "Hvad koster stien?", "answer": "3 mio. kr."}
    for number, text in enumerate((*texts, "Skolen får nyt tag.")):
        section = {"heading": "Økonomi", "text": text}
        questions = [{**asked, "section": 0}] if not number else []
        item = {"title": "Sag", "sections": [section], "questions": questions}
        (tmp_path / f"{number}.jsonl").write_text(json.dumps(item), "utf-8")
    (example,) = strange_examples(tmp_path, embedder)
    assert example == Example(asked["question"], "Sag\nØkonomi\nStien er af grus.", None, False)


def test_some_items_are_kept_out_of_training() -> None:
    examples = list(danish_examples(ITEMS))
    held = {example.passage for example in examples if example.held}
    assert 0.05 < len([e for e in examples if e.held]) / len(examples) < 0.12
    assert held.isdisjoint(example.passage for example in examples if not example.held)


def test_norwegian_answers_stand_where_they_are_said_to() -> None:
    if not NORQUAD.is_file():
        pytest.skip("needs ../shared/reading/norquad.jsonl, which is not part of the repository")
    examples = list(norwegian_examples(NORQUAD))
    answered = [example for example in examples if example.answer]
    assert len(answered) > 4500
    assert all(len(example.passage) < 4000 for example in examples)


def test_a_hasty_question_keeps_its_words() -> None:
    rng = random.Random(1)
    written = {hasty("Hvad koster Søparken?", rng) for _ in range(200)}
    assert written == {
        "Hvad koster Søparken?", "hvad koster søparken", "hvad koster soeparken"
    }  # fmt: skip
