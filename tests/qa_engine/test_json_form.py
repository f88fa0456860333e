"""The keys of the JSON are a promise to other people's scripts."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.build import Report
from indexer.errors import ChatFault, QuestionError
from indexer.files import Skipped
from indexer.model import Filters, Minutes, Outcome, Personal, Role
from indexer.pages import Document
from indexer.parsing import parse
from indexer.store import Findings, Meeting
from qa_engine.json_form import (
    answer_form,
    best_passages,
    dump,
    filters_form,
    meetings_form,
    minutes_form,
    passage_form,
    read_question,
    removal_form,
    report_form,
    search_form,
)
from qa_engine.model import (
    Answer,
    Asked,
    Citation,
    Fault,
    FoundPassage,
    Hit,
    Query,
    Searched,
    Sentence,
    Wording,
)

TEXT = """# REFERAT Teknikudvalget d. 14-03-2023

**Mødedato** Tirsdag d. 14. marts 2023

**Mødested** Rådhuset

**Mødedeltagere** Anne Holm, Bo Lind

# Punkt 7: Cykelsti ved skolen

20/9270

## Indstilling

Forvaltningen indstiller, at Nordby Kommune anlægger cykelstien.

## Beslutning Teknikudvalget den 14-03-2023

Godkendt.

# Punkt 8: Lukket: Salg af grund
"""


@pytest.fixture
def minutes() -> Minutes:
    return parse(Document(TEXT, paged=True), "nordby.txt")


@pytest.fixture
def hits(minutes: Minutes) -> tuple[Hit, ...]:
    first, second = minutes.items
    return (
        Hit(
            minutes,
            first,
            1.8,
            (
                FoundPassage(Role.DECISION, "Beslutning", 120, 129, 1.7),
                FoundPassage(Role.RECOMMENDATION, "Indstilling", 40, 100, 1.2),
            ),
        ),
        Hit(minutes, second, 1.5, (FoundPassage(Role.OTHER, "", 0, 10, 1.9),)),
    )


@pytest.fixture
def answer(hits: tuple[Hit, ...]) -> Answer:
    citation = Citation(
        marker=1,
        source="nordby.txt",
        item="7",
        title="Cykelsti ved skolen",
        municipality="Nordby Kommune",
        committee="Teknikudvalget",
        date=dt.date(2023, 3, 14),
        case_number="20/9270",
        section="Beslutning Teknikudvalget den 14-03-2023",
        role=Role.DECISION,
        page=1,
        quote="Godkendt.",
        start=120,
        end=129,
        url=None,
    )
    return Answer(
        question="Hvad blev der besluttet?",
        answered=True,
        sentences=(Sentence("Cykelstien blev godkendt.", (1,)),),
        citations=(citation,),
        hits=hits * 6,
        confidence=0.9,
        searched=Searched(1, ("Nordby Kommune",), dt.date(2023, 3, 14), None),
        query=Query("Hvad blev der besluttet?", ("cykelsti",), Asked.DECISION, Filters()),
        seconds=0.1,
    )


def test_minutes_keep_their_keys(minutes: Minutes) -> None:
    form = json.loads(dump(minutes_form(minutes)))
    keys = {"source", "municipality", "committee", "date", "place", "participants", "items"}
    assert set(form) >= keys
    assert form["municipality"] == "Nordby Kommune"
    assert form["date"] == "2023-03-14"
    assert form["participants"] == ["Anne Holm", "Bo Lind"]
    item, closed = form["items"]
    assert set(item) >= {
        "number",
        "title",
        "case_number",
        "closed",
        "first_page",
        "sections",
        "decisions",
        "absent",
        "attachments",
    }
    assert (item["number"], item["case_number"], item["closed"]) == ("7", "20/9270", False)
    assert (closed["number"], closed["case_number"], closed["closed"]) == ("8", None, True)
    assert [section["role"] for section in item["sections"]] == ["recommendation", "decision"]
    assert set(item["sections"][0]) >= {"role", "heading", "text"}
    assert "anlægger cykelstien" in item["sections"][0]["text"]
    (decision,) = item["decisions"]
    assert (
        decision.items()
        >= {
            "body": "Teknikudvalget",
            "date": "2023-03-14",
            "outcome": "approved",
            "text": "Godkendt.",
            "absent": [],
        }.items()
    )


def test_an_answer_keeps_its_keys(answer: Answer) -> None:
    form = json.loads(dump(answer_form(answer, "a-1")))
    assert set(form) >= {
        "id",
        "question",
        "answered",
        "answer",
        "sentences",
        "citations",
        "hits",
        "confidence",
        "seconds",
    }
    assert form["id"] == "a-1"
    assert form["answer"] == "Cykelstien blev godkendt. [1]"
    assert form["sentences"] == [{"text": "Cykelstien blev godkendt.", "markers": [1]}]
    (citation,) = form["citations"]
    assert citation == {
        "marker": 1,
        "source": "nordby.txt",
        "item": "7",
        "title": "Cykelsti ved skolen",
        "municipality": "Nordby Kommune",
        "committee": "Teknikudvalget",
        "date": "2023-03-14",
        "case_number": "20/9270",
        "section": "Beslutning Teknikudvalget den 14-03-2023",
        "role": "decision",
        "page": 1,
        "quote": "Godkendt.",
        "start": 120,
        "end": 129,
        "url": None,
    }
    assert form["searched"] == {
        "meetings": 1,
        "municipalities": ["Nordby Kommune"],
        "since": "2023-03-14",
        "until": None,
    }


def test_an_answer_tells_what_a_language_model_did(answer: Answer) -> None:
    form = json.loads(dump(answer_form(answer)))
    assert (form["generated"], form["language_model"]) == (False, None)
    worded = replace(answer, wording=Wording("m", used=True, dropped=(Fault.UNCITED,)))
    form = json.loads(dump(answer_form(worded)))
    assert form["generated"] is True
    assert form["language_model"] == {
        "name": "m",
        "dropped": 1,
        "reasons": ["it names no source"],
        "failure": None,
    }
    failed = replace(answer, wording=Wording("m", used=False, failure=ChatFault.SLOW))
    form = json.loads(dump(answer_form(failed)))
    assert form["generated"] is False
    assert form["language_model"]["failure"] == "its reply was not there in time"


def test_an_answer_shows_ten_hits(answer: Answer) -> None:
    form = json.loads(dump(answer_form(answer)))
    assert form["id"] is None
    assert len(form["hits"]) == 10
    assert form["hits"][0] == {
        "source": "nordby.txt",
        "item": "7",
        "title": "Cykelsti ved skolen",
        "score": 1.8,
    }


def test_a_passage_is_verbatim_and_tells_where_it_stands(hits: tuple[Hit, ...]) -> None:
    form = json.loads(dump(search_form("cykelsti", hits, 2)))
    assert form["query"] == "cykelsti"
    first, second = form["passages"]
    assert set(first) >= {
        "source",
        "item",
        "title",
        "municipality",
        "committee",
        "date",
        "section",
        "page",
        "text",
        "start",
        "end",
        "score",
        "url",
    }
    assert first["text"] == hits[0].item.text[first["start"] : first["end"]]
    assert (first["item"], second["item"]) == ("7", "8")


def test_the_best_item_has_the_first_passage(hits: tuple[Hit, ...]) -> None:
    """A passage of a lower item may score higher by itself; the item's place decides."""
    scores = [(hit.item.number, passage.score) for hit, passage in best_passages(hits, 10)]
    assert scores == [("7", 1.8), ("8", 1.5), ("7", pytest.approx(1.3))]
    assert best_passages(hits, 1)[0][0] is hits[0]
    assert passage_form(*best_passages(hits, 1)[0])["score"] == 1.8


def test_a_report_keeps_its_keys() -> None:
    report = Report(
        1, 2, 3, 4, (Skipped("x.txt", "the file is empty"),), 52, 400, 1.5,
        findings=(
            Findings(
                "y.pdf", ("side 3 har intet tekstlag",), (Personal(4, "2", certain=True),),
                ("2: Klage",),
            ),
        ),
    )  # fmt: skip
    assert report_form(report) == {
        "indexed": 1,
        "unchanged": 2,
        "replaced": 3,
        "removed": 4,
        "skipped": [{"source": "x.txt", "reason": "the file is empty"}],
        "items": 52,
        "chunks": 400,
        "seconds": 1.5,
        "notices": [{"source": "y.pdf", "reason": "side 3 har intet tekstlag"}],
        "personal": [{"source": "y.pdf", "page": 4, "item": "2", "certain": True}],
        "unknown_headings": [{"source": "y.pdf", "heading": "2: Klage"}],
    }


def test_a_removal_keeps_its_keys() -> None:
    assert removal_form("x.txt", blocked=True) == {
        "source": "x.txt",
        "removed": True,
        "blocked": True,
    }


def test_meetings_keep_their_keys() -> None:
    meeting = Meeting("a.txt", "Nordby Kommune", None, dt.date(2023, 3, 14), None, 8, None)
    assert json.loads(dump(meetings_form([meeting]))) == {
        "meetings": [
            {
                "source": "a.txt",
                "municipality": "Nordby Kommune",
                "committee": None,
                "date": "2023-03-14",
                "place": None,
                "items": 8,
                "url": None,
            }
        ]
    }


def test_filters_keep_their_keys() -> None:
    filters = Filters(("Varde Kommune",), ("Byrådet",), dt.date(2023, 3, 14), None, "20/1")
    assert json.loads(dump(filters_form(replace(filters, outcome=Outcome.POSTPONED)))) == {
        "municipalities": ["Varde Kommune"],
        "committees": ["Byrådet"],
        "since": "2023-03-14",
        "until": None,
        "case_number": "20/1",
        "item_numbers": [],
        "outcome": "postponed",
    }


def test_danish_letters_are_written_as_they_are() -> None:
    assert dump({"æ": "ø"}) == '{"æ": "ø"}'


@given(st.text() | st.integers(), st.text())
def test_a_question_is_read_as_it_was_written(question_id: str | int, question: str) -> None:
    read = read_question(json.dumps({"id": question_id, "question": question}).encode())
    assert (read.id, read.question) == (question_id, question)


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b'"text"',
        b'{"id": "1"}',
        b'{"question": "Hvad?"}',
        b'{"id": null, "question": "Hvad?"}',
        b'{"id": 1, "question": ["Hvad?"]}',
        '{"id": 1, "question": "Hvornår?"}'.encode("latin-1"),
        b"[" * 100_000,
    ],
)
def test_a_broken_question_is_a_question_error(line: bytes) -> None:
    with pytest.raises(QuestionError, match=r"^this is not"):
        read_question(line)


def test_a_byte_order_mark_is_passed_over() -> None:
    line = b"\xef\xbb\xbf" + b'{"id": 1, "question": "Hvad?"}'
    assert read_question(line).question == "Hvad?"
