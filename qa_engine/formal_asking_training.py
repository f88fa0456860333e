"""Learning to tell questions that the structure of the minutes answers from all others.

    python -m qa_engine.formal_asking_training [--out FILE]

learns from the questions of ``corpus/asked``, one JSON object a line with ``question`` and
``asked``, a file for each author, and from questions of ``corpus/reading``, which sentences answer.
First it tells how often the questions of one author are read rightly when only the others' were
learned from; then all are learned from, and the weights written.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from qa_engine.formal_asking import WEIGHTS, FormalAsking, features
from qa_engine.model import Asked
from qa_engine.reading_examples import read_items

_CORPUS = Path(__file__).resolve().parents[1] / "corpus"
_FORMAL = {Asked.DECISION, Asked.RECOMMENDATION, Asked.ABSENCE, Asked.PARTICIPANTS, Asked.CLOSED}
# So many questions of corpus/reading are learned from: with more, "fact" is said too often.
_FACTS = 3000
# A feature of one question is chance, and would be half of the file.
_FEW = 2
# Inverse strength of the pull towards 0; from 5 to 60 the accuracy across authors is the same.
_LOOSENESS = 20.0
_SEED = 1


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question, and what of the structure it asks for; ``Asked.ANYTHING`` for all else."""

    question: str
    asked: Asked


def read_labelled(file: Path) -> list[Labelled]:
    """Read one author's questions."""
    rows = map(json.loads, file.read_text("utf-8").splitlines())
    kinds = ((row["question"], Asked(row["asked"])) for row in rows)
    return [Labelled(text, kind if kind in _FORMAL else Asked.ANYTHING) for text, kind in kinds]


def facts(folder: Path) -> list[Labelled]:
    """Draw questions about invented items, which sentences answer."""
    asked = [q["question"] for item, _ in read_items(folder) for q in item["questions"]]
    drawn = random.Random(_SEED).sample(asked, min(len(asked), _FACTS))
    return [Labelled(question, Asked.ANYTHING) for question in drawn]


def learn(labelled: Sequence[Labelled]) -> FormalAsking:
    """Fit a regression of what is asked for, three kinds or more, on the questions' features."""
    found = [features(one.question) for one in labelled]
    counts = Counter(feature for held in found for feature in held)
    kept = [{f: v for f, v in held.items() if counts[f] >= _FEW} for held in found]
    vectorizer = DictVectorizer(dtype=np.float32)
    regression = LogisticRegression(C=_LOOSENESS, max_iter=3000)
    regression.fit(vectorizer.fit_transform(kept), [one.asked.value for one in labelled])
    return FormalAsking(
        kinds=[Asked(kind) for kind in regression.classes_],
        rows={name: row for row, name in enumerate(vectorizer.feature_names_)},
        weights=regression.coef_.T.astype(np.float32),
        bias=regression.intercept_.astype(np.float32),
    )


def accuracy(weights: FormalAsking, labelled: Sequence[Labelled]) -> float:
    """Tell which share of the questions is read rightly."""
    return sum(weights.read(one.question) is one.asked for one in labelled) / len(labelled)


def main() -> None:
    """Tell what is learned across authors, then learn from all and write the weights."""
    parser = argparse.ArgumentParser(description="Learn what questions ask for.")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="the weights to write")
    out = parser.parse_args().out
    authors = {f.stem: read_labelled(f) for f in sorted((_CORPUS / "asked").glob("*.jsonl"))}
    others = facts(_CORPUS / "reading")
    for name, own in authors.items():
        rest = [one for other, held in authors.items() if other != name for one in held]
        print(f"{name}: {accuracy(learn([*rest, *others]), own):.3f} of {len(own)} read rightly")
    learn([*(one for held in authors.values() for one in held), *others]).write(out)


if __name__ == "__main__":
    main()
