"""What people read on the command line."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from indexer.build import Report
from indexer.files import Skipped
from indexer.model import Filters, Minutes, Personal, Role
from indexer.pages import Document
from indexer.parsing import parse
from indexer.store import Findings, Meeting
from qa_engine.model import Answer, Asked, Citation, FoundPassage, Hit, Query, Searched, Sentence
from qa_engine.text_form import answer_text, meetings_text, minutes_text, report_text, search_text

MINUTES = parse(
    Document(
        """# REFERAT Teknikudvalget i Nordby Kommune d. 14-03-2023

**Mødedeltagere** Anne Holm, Bo Lind (Fravær)

# Punkt 7: Cykelsti ved skolen

20/9270

## Administrativ indstilling

Forvaltningen indstiller, at Nordby Kommune anlægger cykelstien.

## Beslutning Teknikudvalget den 14-03-2023

Godkendt.

## Bilag

- Kort over stien

# Punkt 8: Lukket: Salg af grund
""",
        paged=True,
    ),
    "nordby.md",
)
ITEM = MINUTES.items[0]
START = ITEM.text.index("Godkendt.")
HIT = Hit(
    MINUTES,
    ITEM,
    1.8,
    (FoundPassage(Role.DECISION, ITEM.sections[1].heading, START, START + 9, 1.7),),
)
ANSWER = Answer(
    question="Hvad blev der besluttet om cykelstien?",
    answered=True,
    sentences=(Sentence("Cykelstien blev godkendt.", (1,)),),
    citations=(
        Citation(
            marker=1,
            source="nordby.md",
            item="7",
            title=ITEM.title,
            municipality=MINUTES.municipality,
            committee="Teknikudvalget",
            date=dt.date(2023, 3, 14),
            case_number="20/9270",
            section="Beslutning",
            role=Role.DECISION,
            page=1,
            quote="Godkendt.",
            start=START,
            end=START + 9,
            url="https://referater.example/7",
        ),
    ),
    hits=(HIT,),
    confidence=0.9,
    searched=Searched(1, ("Nordby Kommune",), dt.date(2023, 3, 14), dt.date(2023, 3, 14)),
    query=Query("", (), Asked.DECISION, Filters()),
    seconds=0.1,
)


def test_an_answer_stands_above_its_proofs() -> None:
    assert answer_text(ANSWER).splitlines() == [
        "Cykelstien blev godkendt. [1]",
        "",
        "[1] Nordby Kommune · Teknikudvalget · 14. marts 2023 · punkt 7: Cykelsti ved skolen"
        " · sag 20/9270 · Beslutning · s. 1",
        "    »Godkendt.«",
        "    https://referater.example/7",
        "",
        "Der er søgt i 1 referat fra Nordby Kommune, marts 2023.",
    ]


def test_a_refusal_stands_above_what_comes_nearest() -> None:
    refusal = replace(
        ANSWER,
        answered=False,
        sentences=(Sentence("Det fremgår ikke af referaterne.", ()),),
        citations=(),
    )
    lines = answer_text(refusal).splitlines()
    assert lines[0] == "Det fremgår ikke af referaterne."
    assert "punkt 7: Cykelsti ved skolen" in lines[-1]
    assert answer_text(replace(refusal, hits=())) == "Det fremgår ikke af referaterne."


def test_passages_stand_under_their_items() -> None:
    first, second = search_text([HIT], 3).splitlines()
    assert first.startswith("1.800  ")
    assert "punkt 7: Cykelsti ved skolen" in first
    assert second.strip() == "»Godkendt.«"
    assert search_text([], 3) == "Intet fundet."


def test_minutes_are_set_as_an_outline() -> None:
    text = minutes_text(MINUTES)
    assert "Deltagere: Anne Holm\nFraværende: Bo Lind\n" in text
    assert "punkt 7: Cykelsti ved skolen · sag 20/9270 · s. 1\n" in text
    assert "    Indstilling: Administrativ indstilling\n" in text
    assert "    → Godkendt (Teknikudvalget)\n" in text
    assert "    Bilag: Kort over stien\n" in text
    assert "punkt 8: Lukket: Salg af grund · s. 1" in text


def test_a_closed_item_says_so_once() -> None:
    closed = replace(ITEM, closed=True, title="Salg af grund")
    assert "punkt 7: Salg af grund · sag 20/9270 · lukket" in minutes_text(
        replace(MINUTES, items=(closed,))
    )


def test_minutes_that_tell_nothing_are_named_by_their_source() -> None:
    bare = Minutes("x.md", None, None, None, None, (), (), (), unknown_headings=("1: Andet",))
    assert minutes_text(bare).splitlines() == ["x.md", "", "Ukendt overskrift i punkt 1: Andet"]


def test_every_meeting_has_a_line() -> None:
    meeting = Meeting("a.md", "Sorø Kommune", "Byrådet", dt.date(2023, 9, 6), None, 11, None)
    assert meetings_text([meeting]) == (
        "Sorø Kommune · Byrådet · 6. september 2023 · 11 punkter · a.md"
    )
    assert meetings_text([]) == "Ingen møder."


def test_a_report_names_what_could_not_be_read() -> None:
    lines = report_text(Report(5, 0, 0, 0, (Skipped("x.txt", "the file is empty"),), 52, 400, 2.0))
    first, second = lines.splitlines()
    assert first.startswith("5 indexed, ")
    assert "52 items" in first
    assert second == "skipped x.txt: the file is empty"


def test_a_report_tells_what_is_to_be_looked_at() -> None:
    places = (Personal(4, "2", certain=True), Personal(None, None, certain=False))
    found = Findings("y.pdf", ("side 3 har intet tekstlag",), places, ("2: Klage", "3: Note"))
    lines = report_text(Report(0, 1, 0, 0, (), 52, 400, 2.0, (found,))).splitlines()
    assert lines[1:] == [
        "incomplete y.pdf: side 3 har intet tekstlag",
        "masked a CPR number in y.pdf, page 4, item 2",
        "masked a CPR number in y.pdf (may be another number)",
        "unknown heading in y.pdf, item 2: Klage (and 1 more)",
    ]
