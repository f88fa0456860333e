"""An explanation tells people and programs the same."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import fields, replace

import pytest

from indexer.model import Filters
from qa_engine.confidence import Signals
from qa_engine.evidence import Features, Piece
from qa_engine.explaining import Explanation
from qa_engine.explanation_form import explanation_form, explanation_text
from qa_engine.json_form import dump
from qa_engine.model import Hit, Standing

Explain = Callable[..., Explanation]


@pytest.fixture
def hits(hits: list[Hit]) -> list[Hit]:
    first, second = hits
    standing = Standing(passage=0.9, unit=0.95, words=0.05, period=0.03, last_word=True)
    return [
        replace(first, score=standing.score, standing=standing),
        replace(second, standing=Standing(passage=0.9, unit=1.03, routine=-0.03)),
    ]


@pytest.fixture
def said(hits: list[Hit]) -> Piece:
    start = hits[0].item.text.index("Stien")
    return Piece(hits[0], start, start + 21, "Stien er 2,1 km lang.")


def test_programs_get_every_step(hits: list[Hit], said: Piece, explained: Explain) -> None:
    form = json.loads(dump(explanation_form(explained(hits, said))))
    assert form["understood"] == {
        "asked": "number",
        "terms": ["lang", "sti"],
        "municipalities": [],
        "period": None,
        "committee": None,
        "committees": [],
        "language": "Danish",
        "filters": {
            "municipalities": [],
            "committees": [],
            "since": None,
            "until": None,
            "case_number": None,
            "item_numbers": [],
            "outcome": None,
        },
    }
    assert form["words"][1] == {"term": "sti", "passages": 3, "matches": [1.0, 0.0]}
    assert form["items"][0]["item"] == "7"
    assert form["items"][0]["standing"] == {
        "passage": 0.9,
        "unit": 0.95,
        "words": 0.05,
        "period": 0.03,
        "committee": 0.0,
        "routine": 0.0,
        "last_word": True,
        "told": False,
    }
    (candidate,) = form["candidates"]
    assert (candidate["source"], candidate["item"]) == ("x.md", "7")
    assert (candidate["text"], candidate["score"]) == ("Stien er 2,1 km lang.", 4.5)
    assert set(candidate["features"]) == {field.name for field in fields(Features)}
    assert set(form["signals"]) == {field.name for field in fields(Signals)}
    assert (form["confidence"], form["threshold"], form["answered"]) == (0.9, 0.66, True)


def test_people_read_it_in_the_order_of_the_steps(
    hits: list[Hit], said: Piece, explained: Explain
) -> None:
    text = explanation_text(explained(hits, said))
    headings = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert headings == ["Understood", "Words", "Items", "Sentences weighed", "Verdict"]
    assert "  asked for: number" in text
    assert "  confined to: nothing" in text
    assert "  sti: in 3 passages; matches item 1\n" in text
    assert "  1. 1.930 = passage 0.900 + unit 0.950 + words 0.050 + period 0.030" in text
    assert "first as the latest of its case · Teknikudvalget · 14. marts 2023 · punkt 7" in text
    assert "  2. 1.900 = passage 0.900 + unit 1.030 + routine -0.030" in text
    assert "  1. 4.50 · punkt 7 · Stien er 2,1 km lang.\n    similarity 0.25" in text
    assert text.endswith("  confidence 0.900 ≥ 0.66: answered")


def test_what_a_question_names_is_told(hits: list[Hit], said: Piece, explained: Explain) -> None:
    explanation = explained(
        hits,
        said,
        municipalities=("Varde Kommune",),
        elsewhere=("Aarhus",),
        period=(dt.date(2023, 3, 1), dt.date(2023, 3, 31)),
        committees=("Teknikudvalget", "Vejudvalget"),
        english=True,
        filters=Filters(municipalities=("Varde Kommune",), since=dt.date(2020, 1, 1)),
    )
    text = explanation_text(explanation)
    for line in (
        "language: English",
        "municipalities: Varde Kommune",
        "municipalities of which nothing is indexed: Aarhus",
        "preferred period: 2023-03-01 to 2023-03-31",
        "preferred bodies: Teknikudvalget, Vejudvalget",
        "confined to: municipalities Varde Kommune; since 2020-01-01",
    ):
        assert f"  {line}\n" in text
    understood = json.loads(dump(explanation_form(explanation)))["understood"]
    assert understood["period"] == ["2023-03-01", "2023-03-31"]
    assert understood["filters"]["since"] == "2020-01-01"


def test_a_refusal_is_explained_too(hits: list[Hit], said: Piece, explained: Explain) -> None:
    refused = explanation_text(explained(hits, said, sure=0.5))
    assert refused.endswith("  confidence 0.500 < 0.66: refused")
    nothing = explained(hits)
    assert explanation_text(nothing).endswith("Verdict\n  there was nothing to say")
    assert explanation_form(nothing)["signals"] is None


def test_an_item_that_the_answer_was_found_in_is_told(hits: list[Hit], explained: Explain) -> None:
    first = replace(hits[1], standing=replace(hits[1].standing, told=True))
    text = explanation_text(explained([first, hits[0]]))
    assert "1. 1.900 = passage 0.900 + unit 1.030 + routine -0.030 · first since the ans" in text


def test_a_word_may_match_in_part(hits: list[Hit], said: Piece, explained: Explain) -> None:
    text = explanation_text(explained(hits, said, terms=("cykelstier", "bro")))
    assert "  cykelstier: stands nowhere; matches in part item 1\n" in text
    assert "  bro: stands nowhere; matches item 2\n" in text


def test_municipalities_that_take_turns_are_told_to(explained: Explain) -> None:
    names = ("Varde Kommune", "Sorø Kommune")
    text = explanation_text(
        explained([], municipalities=names, filters=Filters(municipalities=names))
    )
    assert "  municipalities: Varde Kommune, Sorø Kommune, whose items take turns\n" in text


def test_a_word_that_stands_nowhere_is_told(explained: Explain) -> None:
    text = explanation_text(explained([]))
    assert "  lang: stands nowhere; matches no item found" in text
    assert "  sti: in 3 passages; matches no item found" in text


def test_only_the_best_candidates_are_told_and_long_ones_are_cut(
    hits: list[Hit], said: Piece, explained: Explain
) -> None:
    long = replace(said, text="sti " * 200)
    explanation = explained(hits, *[long] * 7)
    form = json.loads(dump(explanation_form(explanation)))
    assert len(form["candidates"]) == 5
    lines = explanation_text(explanation).splitlines()
    assert sum("· punkt 7 · sti sti" in line for line in lines) == 5
    assert max(map(len, lines)) < 300
