"""An evaluation reads as tables for people and as one object for programs."""

from __future__ import annotations

import json

import pytest

from qa_engine.evaluation import Evaluation, Figures
from qa_engine.evaluation_form import evaluation_form, evaluation_text
from qa_engine.json_form import dump
from qa_engine.questions import Question
from qa_engine.risk import risk_curve
from qa_engine.stages import Failure, Stage

FIGURES = Figures(4, 0.5, 0.75, 0.625, 0.5, 0.0, 1.0, 1.0, 0.9, 1.0, 312, 0.1, 0.2)
UNANSWERABLE = Figures(1, None, None, None, None, None, 1.0, None, None, None, None, 0.1, 0.1)
QUESTION = Question(
    id="c-7",
    text="Hvor lang er stien?",
    type="fact_number",
    answerable=True,
    relevant=frozenset({("nordby", "7")}),
    must_contain=(("2,1 km", "2.100 m"), ("lang",)),
    fold="held",
)
NO_ANSWER = Question("c-8", "Hvor høj er broen?", "unanswerable", False, frozenset(), ())


@pytest.fixture
def evaluation() -> Evaluation:
    return Evaluation(
        figures=FIGURES,
        by_type={"fact_number": FIGURES, "unanswerable": UNANSWERABLE},
        by_fold={"held": FIGURES},
        curve=risk_curve([(0.9, True), (0.8, False), (0.5, True)], 4, 0.66),
        failures=(
            Failure(Stage.RANKED_LOW, "the right item is number 2", QUESTION, "Nej.", ()),
            Failure(Stage.SHOULD_HAVE_REFUSED, "sure", NO_ANSWER, "40 m " * 90, (("syd.md", "3"),)),
        ),
    )


def test_programs_get_every_figure(evaluation: Evaluation) -> None:
    form = json.loads(dump(evaluation_form(evaluation)))
    assert form["figures"] == {
        "questions": 4,
        "R@1": 0.5,
        "recall@5": 0.75,
        "MRR": 0.625,
        "right": 0.5,
        "false refusals": 0.0,
        "unanswerable refused": 1.0,
        "answers with a citation": 1.0,
        "cited item is relevant": 0.9,
        "quotes verbatim": 1.0,
        "median length": 312,
        "seconds p50": 0.1,
        "seconds p95": 0.2,
    }
    assert form["by_type"]["unanswerable"]["R@1"] is None
    assert form["by_fold"]["held"] == form["figures"]
    assert form["curve"]["chosen"] == {"confidence": 0.8, "coverage": 0.5, "risk": 0.5}
    assert len(form["curve"]["points"]) == 3
    assert form["stages"] == {
        "not understood": 0,
        "not retrieved": 0,
        "ranked low": 1,
        "wrong sentence": 0,
        "wrongly refused": 0,
        "should have refused": 1,
    }
    assert form["failures"][0] == {
        "id": "c-7",
        "question": "Hvor lang er stien?",
        "type": "fact_number",
        "fold": "held",
        "stage": "ranked low",
        "reason": "the right item is number 2",
        "wanted": {
            "relevant": [{"source": "nordby", "item": "7"}],
            "must_contain": [["2,1 km", "2.100 m"], ["lang"]],
        },
        "got": {"answer": "Nej.", "citations": []},
    }
    assert form["failures"][1]["got"]["citations"] == [{"source": "syd.md", "item": "3"}]


def test_people_read_figures_tables_curve_and_failures(evaluation: Evaluation) -> None:
    lines = evaluation_text(evaluation).splitlines()
    assert "R@1: 0.500" in lines
    assert "median length: 312" in lines
    rows = [line.split() for line in lines]
    assert ["unanswerable", "1", "–", "–", "–", "–", "–", "1.000"] in rows
    assert ["held", "4", "0.500", "0.750", "0.625", "0.500", "0.000", "1.000"] in rows
    assert "  at the threshold 0.66: coverage 0.500, risk 0.500" in lines
    assert "  coverage 0.750: risk 0.333, confidence 0.500" in lines
    counts = next(line for line in lines if line.startswith("failures by stage: "))
    assert "ranked low 1" in counts
    assert "not understood 0" in counts


def test_a_failure_is_one_line_with_what_was_wanted_and_got(evaluation: Evaluation) -> None:
    low, refuse = evaluation_text(evaluation).splitlines()[-2:]
    assert low == (
        "ranked low (the right item is number 2) · c-7 [fact_number] Hvor lang er stien?"
        " · wanted 2,1 km/2.100 m; lang from nordby punkt 7 · got »Nej.« from nothing"
    )
    assert " · wanted a refusal · got »40 m 40 m" in refuse
    assert refuse.endswith("…« from syd.md punkt 3")
    assert len(refuse) < 300
