"""The items that the reader is trained on, written as minutes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from indexer.parsing import read_minutes
from qa_engine.questions import read_questions
from qa_engine.reading_examples import read_items

ROOT = Path(__file__).resolve().parents[2]
ITEMS = ROOT / "corpus" / "reading"


def test_every_item_is_written_and_the_questions_kept_out_are_asked_of_it(tmp_path: Path) -> None:
    script = ROOT / "corpus" / "reading_as_minutes.py"
    subprocess.run([sys.executable, script, tmp_path], check=True, cwd=ROOT)
    items = list(read_items(ITEMS))
    written = sorted(tmp_path.glob("minutes/*/*.md"))
    assert len(written) == len(items)
    asked = [question for item, held in items if held for question in item["questions"]]
    file = tmp_path / "questions.jsonl"
    questions = read_questions(file.read_bytes().splitlines(), file.name)
    assert [question.text for question in questions] == [each["question"] for each in asked]
    held = {key for question in questions for key in question.relevant}
    assert {stem for stem, _ in held} == {
        path.stem for path, (_, out) in zip(written, items, strict=True) if out
    }
    for path, (item, _) in list(zip(written, items, strict=True))[::40]:
        minutes = read_minutes(path, path.name)
        assert [each.title for each in minutes.items] == [item["title"]]
        assert all(section["text"] in minutes.items[0].text for section in item["sections"])
