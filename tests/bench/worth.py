"""What each part is worth: ``python tests/bench/worth.py INDEX QUESTIONS.jsonl [FOLD]``.

Every question is asked with all parts, then with each part left out in turn; nothing is fitted
anew, so the rows tell what a part does where it stands, not what a system without it could be.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from qa_engine import answering, comparing, evidence, retrieval, writing  # noqa: E402 - see above
from qa_engine.engine import Engine  # noqa: E402
from qa_engine.evaluation import evaluate  # noqa: E402
from qa_engine.questions import read_questions  # noqa: E402
from qa_engine.reading import Read  # noqa: E402
from qa_engine.wording import NO_OTHER_WORDS  # noqa: E402

Left = Callable[[], AbstractContextManager[object]]


def _both(place: int) -> Callable[..., object]:
    """Make what a passage is scored with, one of its cosines counting for both.

    So that scores stay what confidence knows.
    """
    scored = retrieval._Scored
    return lambda passage, *parts: scored(passage, parts[place], parts[place], parts[2])


def _without(owner: object, name: str, value: object) -> Left:
    return partial(patch.object, owner, name, value)


PARTS: dict[str, Left] = {
    "the passages' vectors": _without(retrieval, "_Scored", _both(1)),
    "the units' vectors": _without(retrieval, "_Scored", _both(0)),
    "words (BM25)": _without(retrieval, "_WORDS", 0.0),
    "other words for what is asked": _without(answering, "other_words", lambda *_: NO_OTHER_WORDS),
    "routine items held down": _without(retrieval, "_ROUTINE", 0.0),
    "the time that is named": _without(retrieval, "_PERIOD", 0.0),
    "the body that is named": _without(retrieval, "_COMMITTEE", 0.0),
    "a case's last word first": _without(retrieval, "_SAME_CASE", -1.0),
    "the structure (decisions, proposals, absence)": _without(writing, "_formal", lambda *_: []),
    "a decision that may be meant": _without(writing, "_leaning", lambda *_: []),
    "what is told from first": _without(answering, "told_first", lambda hits, _: list(hits)),
    "places and years told apart": _without(answering, "pair_in", lambda _: []),
    "municipalities asked each alone": _without(
        answering, "parts_of", lambda query: [comparing.Part("", query)]
    ),
    "municipalities that are not indexed": _without(answering, "is_told_of", lambda *_: True),
    "the reader": _without(answering, "read_items", lambda *_: Read({})),
    "the kind of thing asked for": _without(
        evidence, "WEIGHTS", replace(evidence.WEIGHTS, kind=0.0)
    ),
    "a sentence's context": _without(
        evidence, "WEIGHTS", replace(evidence.WEIGHTS, context=0.0, near=0.0)
    ),
}


def main() -> None:
    """Print a table: with all parts, and without each."""
    index, file, *fold = sys.argv[1:]
    questions = [
        question
        for question in read_questions(Path(file).read_bytes().splitlines(), file)
        if question.fold in fold or not fold
    ]
    print("| without | R@1 | MRR | right | false refusals | unanswerable refused |")
    print("|---|---|---|---|---|---|", flush=True)
    with closing(Engine.open(Path(index))) as engine:
        for name, left in {"nothing": nullcontext, **PARTS}.items():
            with left():
                found = evaluate(engine, questions).figures
            figures = (
                found.first,
                found.reciprocal,
                found.right,
                found.falsely_refused,
                found.refused,
            )
            told = " | ".join("–" if figure is None else f"{figure:.3f}" for figure in figures)
            print(f"| {name} | {told} |", flush=True)


if __name__ == "__main__":
    main()
