"""Write the items of ``corpus/reading`` as minutes, and the questions over those kept out.

    python corpus/reading_as_minutes.py FOLDER

makes ``FOLDER/minutes``, one referat of one item each, and ``FOLDER/questions.jsonl`` over those
that no training saw, of the fold "kept out": what confidence is fitted on beside the corpus with
``python -m qa_engine.tuning``.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.danish import format_date
from indexer.municipality import BESIDE
from qa_engine.reading_examples import read_items

ITEMS = Path(__file__).resolve().parent / "reading"


def main(folder: Path) -> None:
    """Write the minutes and the questions."""
    questions: list[dict[str, Any]] = []
    for number, (item, held) in enumerate(read_items(ITEMS)):
        name = f"item-{number:04}"
        place = folder / "minutes" / name  # a folder each, since each names its municipality
        place.mkdir(parents=True, exist_ok=True)
        (place / BESIDE).write_text(item["municipality"], "utf-8")
        (place / f"{name}.md").write_text(_referat(item), "utf-8")
        if held:
            questions.extend(_questions(item, name))
    lines = (json.dumps(question, ensure_ascii=False) + "\n" for question in questions)
    (folder / "questions.jsonl").write_text("".join(lines), "utf-8")


def _referat(item: dict[str, Any]) -> str:
    met = dt.date.fromisoformat(item["date"])
    parts = [
        f"# REFERAT {item['committee']} d. {met:%d-%m-%Y}",
        item["municipality"],
        f"**Mødedato** {format_date(met)}",
        f"# Punkt 1: {item['title']}",
    ]
    for section in item["sections"]:
        parts += [f"## {section['heading']}", section["text"]]
    return "\n\n".join(parts) + "\n"


def _questions(item: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    for number, asked in enumerate(item["questions"], 1):
        answer = asked["answer"]
        yield {
            "id": f"{name}-{number}",
            "question": asked["question"],
            "type": asked["type"] if answer else "unanswerable",
            "answerable": answer is not None,
            "relevant": [{"source": f"{name}.md", "item": "1"}] if answer else [],
            "must_contain": [[answer]] if answer else [],
            "fold": "kept out",
        }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
