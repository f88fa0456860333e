from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_engine.formal_asking import FormalAsking, features, formal_asking, read_weights
from qa_engine.formal_asking_training import Labelled, accuracy, facts, learn, read_labelled
from qa_engine.model import Asked

ROOT = Path(__file__).resolve().parents[2]
DECIDED = ["Blev broen vedtaget?", "Blev hallen vedtaget?", "Blev vejen vedtaget?"]
AWAY = ["Hvem manglede i maj?", "Hvem manglede i juni?", "Hvem manglede i juli?"]
TOLD = ["Hvor lang er broen?", "Hvor lang er hallen?", "Hvor lang er vejen?"]


@pytest.fixture(scope="module")
def learned() -> FormalAsking:
    asked = [(Asked.DECISION, DECIDED), (Asked.ABSENCE, AWAY), (Asked.ANYTHING, TOLD)]
    return learn([Labelled(question, kind) for kind, each in asked for question in each])


def test_what_is_learned_holds_for_other_subjects(learned: FormalAsking) -> None:
    assert learned.read("Blev stien vedtaget?") is Asked.DECISION
    assert learned.read("Hvem manglede i august?") is Asked.ABSENCE
    assert learned.read("Hvor lang er stien?") is Asked.ANYTHING
    other = [Labelled("Blev søen vedtaget?", Asked.DECISION), Labelled("Hvor?", Asked.DECISION)]
    assert accuracy(learned, other) == 0.5


def test_a_question_of_unknown_words_asks_for_nothing_formal(learned: FormalAsking) -> None:
    assert learned.read("xyzzy") is Asked.ANYTHING
    assert learned.read("") is Asked.ANYTHING


def test_weights_are_read_as_they_were_written(learned: FormalAsking, tmp_path: Path) -> None:
    file = tmp_path / "weights.npz"
    learned.write(file)
    again = read_weights(file)
    assert list(again.kinds) == list(learned.kinds)
    assert again.rows == learned.rows
    np.testing.assert_allclose(again.weights, learned.weights, atol=1e-2)
    np.testing.assert_allclose(again.bias, learned.bias, atol=1e-2)


@given(st.text(max_size=60))
def test_words_and_parts_weigh_the_same_in_every_question(question: str) -> None:
    found = features(question)
    words = sum(value**2 for name, value in found.items() if name.startswith("|"))
    parts = sum(value**2 for name, value in found.items() if not name.startswith("|"))
    assert words == pytest.approx(1)
    assert parts == pytest.approx(1) or parts == 0


def test_case_and_spelling_of_letters_make_no_difference() -> None:
    assert features("Mødte ALLE op på Ågade?") == features("moedte alle op paa aagade?")


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        (Asked.DECISION, "Fik tennisklubben grønt lys til sin nye hal?"),
        (Asked.DECISION, "blev det til noget med parkeringshuset"),
        (Asked.RECOMMENDATION, "Hvad lagde forvaltningen op til om takster i svømmehallen?"),
        (Asked.ABSENCE, "Hvem dukkede ikke op til mødet i august?"),
        (Asked.CLOSED, "Hvad blev der sagt bag lukkede døre i april?"),
        (Asked.ANYTHING, "Hvor mange penge besluttede byrådet at sætte af til stier?"),
        (Asked.ANYTHING, "Hvorfor blev forslaget om en ny hal afvist?"),
        (Asked.ANYTHING, "Hvor mange lærere manglede der på skolen?"),
    ],
)
def test_what_ships_knows_questions_that_it_did_not_learn_from(asked: Asked, question: str) -> None:
    learned_from = {one.question for file in (ROOT / "corpus/asked").glob("*.jsonl")
                    for one in read_labelled(file)}  # fmt: skip
    assert question not in learned_from
    assert formal_asking().read(question) is asked


def test_the_labelled_questions_are_many_and_none_is_said_twice() -> None:
    authors = [read_labelled(file) for file in (ROOT / "corpus/asked").glob("*.jsonl")]
    questions = [one.question.lower() for own in authors for one in own]
    assert len(authors) == 4
    assert len(questions) > 5500
    assert len(set(questions)) == len(questions)


def test_questions_about_items_are_facts() -> None:
    found = facts(ROOT / "corpus" / "reading")
    assert len(found) == 3000
    assert {one.asked for one in found} == {Asked.ANYTHING}


def test_the_shares_of_the_kinds_are_probabilities() -> None:
    shares = formal_asking().shares("Hvad gjorde udvalget ved ministerens mål for 2024?")
    assert sum(shares.values()) == pytest.approx(1.0)
    assert 0.3 < shares[Asked.DECISION] < shares[Asked.ANYTHING]
