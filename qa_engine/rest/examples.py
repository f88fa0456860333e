"""Invented minutes, and what the engine would make of them: the examples of the description."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from indexer.model import Filters, Role
from indexer.pages import Document
from indexer.parsing import parse
from indexer.reports import Builds, LeftOut
from indexer.store import Change, ChangeKind, Meeting
from qa_engine.case_json import cases_form, precedents_form
from qa_engine.cases import Case, item_steps
from qa_engine.citing import cite
from qa_engine.evidence import Piece
from qa_engine.json_form import answer_form, item_form, meetings_form, search_form
from qa_engine.model import Answer, Asked, FoundPassage, Hit, Query, Searched
from qa_engine.precedents import Precedent

_TEXT = """# REFERAT Teknikudvalget i Fjordby Kommune d. 14-03-2023

**Mødedato** Tirsdag d. 14. marts 2023

**Mødested** Rådhuset

**Mødedeltagere** Anna Holm (A), Bo Lind (V)

# Punkt 7: Cykelsti ved skolen

20/9270

## Indstilling

Forvaltningen indstiller, at cykelstien anlægges.

## Økonomi

Cykelstien koster 1,2 mio. kr.

## Beslutning Teknikudvalget den 14-03-2023

Godkendt.

For stemte: Anna Holm (A). Imod stemte: 2 medlemmer af Venstre.

Bo Lind (V) tog forbehold.
"""
_CASE = "20/9270"
_QUESTION = "Hvad koster cykelstien ved skolen?"

_READ = parse(Document(_TEXT, paged=True), "teknik/2023-03-14.pdf")
_PAGED = replace(_READ, items=(replace(_READ.items[0], url="https://example.org/7"),))
_BARE = parse(
    Document("# Punkt 1: Orientering\n\n## Beslutning\n\nTaget til efterretning.\n", paged=False),
    "nyt.md",
)
_ITEM = _PAGED.items[0]
_START = _ITEM.text.index("Cykelstien koster")
_END = _ITEM.text.index("\n", _START)
_HITS = [
    Hit(minutes, item, 1.5, (FoundPassage(Role.ECONOMY, "Økonomi", start, end, 0.9),), 0)
    for minutes, item, start, end in (
        (_PAGED, _ITEM, _START, _END),
        (_BARE, _BARE.items[0], 0, len("# Punkt 1")),
    )
]
_SENTENCES, _CITATIONS = cite(
    [
        Piece(hit, passage.start, passage.end, hit.item.text[passage.start : passage.end])
        for hit in _HITS
        for passage in hit.passages
    ]
)
_ALONE = _BARE.items[0]
_STEPS = (*item_steps(_BARE, _ALONE), *item_steps(_PAGED, _ITEM))
_DATE = _PAGED.date
_ANSWER = Answer(
    question=_QUESTION,
    answered=True,
    sentences=_SENTENCES,
    citations=_CITATIONS,
    hits=tuple(_HITS),
    confidence=0.93,
    searched=Searched(16, ("Fjordby Kommune",), _DATE, _DATE),
    query=Query(_QUESTION, (), Asked.AMOUNT, Filters()),
    seconds=0.05,
)

ANSWERS = [
    answer_form(answer)
    for answer in (_ANSWER, replace(_ANSWER, searched=Searched(0, (), None, None)))
]
SAID = (_SENTENCES[0], _ANSWER)
SEARCH = search_form("cykelsti ved skolen", _HITS, 2)
CASES = cases_form(
    _CASE, [Case(_CASE, m, _STEPS) for m in (_PAGED.municipality, _BARE.municipality)]
)
PRECEDENTS = precedents_form(
    "Anlæg af cykelsti",
    [
        Precedent(Case(_CASE, _PAGED.municipality, _STEPS), 1.5, _CITATIONS),
        Precedent(Case("", _BARE.municipality, _STEPS[:1]), 1.2, _CITATIONS),
    ],
)
LISTED = [
    Meeting(m.source, m.municipality, m.committee, m.date, m.place, len(m.items), m.url)
    for m in (_PAGED, _BARE)
]
MEETINGS = meetings_form(LISTED)
ITEMS = [item_form(_PAGED, _ITEM), item_form(_BARE, _ALONE)]
MINUTES = _PAGED
_AT = dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC)
CHANGES = [
    Change(1_709_200_000_001, _PAGED.source, ChangeKind.REPLACED, _AT),
    Change(1_709_200_000_002, "teknik/2023-04-11.pdf", ChangeKind.REMOVED, _AT),
]
BUILD = Builds(
    _AT, (LeftOut("teknik/2023-05-09.pdf", "the file is empty; remove it", ("minutes",)),)
)
