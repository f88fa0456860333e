"""Questions with known answers are read whole, and a bad line is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.errors import QuestionError
from qa_engine.questions import Question, item_key, read_questions

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
LINE = {
    "id": "c-1",
    "question": "Hvor lang er stien?",
    "type": "fact_number",
    "answerable": True,
    "relevant": [{"source": "nordby.md", "item": "7"}],
    "must_contain": [["2,1 km", "2.100 m"]],
    "fold": "held",
}


def read(*lines: object) -> list[Question]:
    return read_questions([json.dumps(line).encode() for line in lines], "q.jsonl")


def test_a_question_is_read_with_what_is_right() -> None:
    assert read(LINE) == [
        Question(
            id="c-1",
            text="Hvor lang er stien?",
            type="fact_number",
            answerable=True,
            relevant=frozenset({("nordby", "7")}),
            must_contain=(("2,1 km", "2.100 m"),),
            fold="held",
        )
    ]


def test_all_of_the_corpus_can_be_read() -> None:
    with (CORPUS / "questions.jsonl").open("rb") as lines:
        questions = read_questions(lines, "questions.jsonl")
    assert len(questions) == len({question.id for question in questions}) >= 300
    assert {question.fold for question in questions} == {"tune", "held"}
    stems = {path.stem for path in (CORPUS / "sources").iterdir()}
    assert {stem for question in questions for stem, _ in question.relevant} <= stems


def test_a_document_is_known_by_its_stem() -> None:
    assert item_key("2023/nordby.pdf", "7") == item_key("nordby.md", "7") == ("nordby", "7")


def test_what_is_not_told_is_left_open() -> None:
    (question,) = read({k: LINE[k] for k in ("id", "question", "answerable", "relevant")})
    assert (question.type, question.must_contain, question.fold) == ("other", (), None)


def test_those_without_an_answer_are_a_group_of_their_own() -> None:
    assert [q.group for q in read(LINE, {**LINE, "answerable": False})] == [
        "fact_number",
        "unanswerable",
    ]


def test_blank_lines_and_questions_that_no_one_judged_are_passed_over() -> None:
    lines = [b"\n", json.dumps({**LINE, "answerable": None}).encode(), json.dumps(LINE).encode()]
    assert [question.id for question in read_questions(lines, "q.jsonl")] == ["c-1"]


@pytest.mark.parametrize(
    "bad",
    [
        b"{",
        b"[]",
        b"7",
        b"null",
        b"\xff\xfe",
        b"{}",
        json.dumps({**LINE, "question": None}).encode(),
        json.dumps({**LINE, "answerable": "yes"}).encode(),
        json.dumps({**LINE, "relevant": [{"source": "x.md"}]}).encode(),
        json.dumps({**LINE, "relevant": None}).encode(),
        json.dumps({**LINE, "must_contain": [7]}).encode(),
    ],
)
def test_a_bad_line_is_named_by_its_number(bad: bytes) -> None:
    with pytest.raises(QuestionError, match=r"q\.jsonl, line 2: "):
        read_questions([json.dumps(LINE).encode(), bad], "q.jsonl")
