"""Precedents, cases, meetings and tables of them, as they are set: by words, and escaped."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest

from indexer.model import Minutes, Outcome
from indexer.store import Meeting
from qa_engine.case_text import case_text, final_sentence, precedents_text
from qa_engine.cases import Case, item_steps
from qa_engine.page.browse import meetings_html, referat_html, years_html
from qa_engine.page.steps import case_html, groups, outcome_html, precedents_html
from qa_engine.precedents import Precedent
from qa_engine.spreadsheet import HEADINGS, precedents_csv, precedents_xlsx
from qa_engine.yearly import count_years

REFERAT = """# REFERAT Byrådet i Ry Kommune d. 14-03-2023

# Punkt 1: Godkendelse af dagsorden

## Beslutning

Godkendt.

# Punkt 7: Vej til <b>havnen</b>

20/9270

## Indstilling

Forvaltningen indstiller, at der gives en bevilling på 1,2 mio. kr.

## Retsgrundlag

Vejlovens § 10.

## Beslutning

=Godkendt. Imod stemte Ida Holm (F).
"""


@pytest.fixture(scope="module")
def minutes(parsed: Callable[[str], Minutes]) -> Minutes:
    return parsed(REFERAT)


@pytest.fixture(scope="module")
def case(minutes: Minutes) -> Case:
    return Case("20/9270", minutes.municipality, tuple(item_steps(minutes, minutes.items[1])))


@pytest.fixture(scope="module")
def precedent(case: Case) -> Precedent:
    return Precedent(case, 1.8, case.steps[-1].decided)


def words(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def test_proposal_and_decision_are_named_by_words(precedent: Precedent) -> None:
    html = precedents_html([precedent])
    assert '<b class="pv-tag pv-proposal">Indstilling</b>' in html
    assert '<b class="pv-tag pv-council">Byrådets beslutning</b>' in html
    assert "<dt>Beløb</dt><dd>1,2 mio. kr.</dd>" in html
    assert "<dt>Retsgrundlag</dt><dd>Vejlovens § 10.</dd>" in html
    assert 'href="sager?sag=20%2F9270"' in html


def test_what_minutes_say_is_escaped(case: Case, precedent: Precedent, minutes: Minutes) -> None:
    hostile = "<script>alert(1)</script>"
    steps = tuple(replace(s, body=hostile, amount=hostile, changed=(hostile,)) for s in case.steps)
    wicked = replace(case, steps=steps, number=hostile, municipality=hostile)
    for html in (
        case_html(wicked),
        precedents_html([replace(precedent, case=wicked)]),
        referat_html(replace(minutes, committee=hostile, place=hostile), None),
    ):
        assert "<script>" not in html
        assert "&lt;script&gt;" in html


def test_precedents_are_grouped_by_outcome(precedent: Precedent) -> None:
    step = replace(precedent.last, outcome=Outcome.REJECTED)
    turned_down = replace(precedent, case=replace(precedent.case, steps=(step,)))
    found = groups([turned_down, precedent, precedent])
    assert [(o, len(group)) for o, group in found] == [(Outcome.APPROVED, 2), (Outcome.REJECTED, 1)]


def test_an_amount_that_was_not_decided_on_is_only_named(
    case: Case, precedent: Precedent, minutes: Minutes
) -> None:
    step = replace(case.steps[-1], amount="90.000 kr.")
    html = precedents_html([replace(precedent, case=replace(case, steps=(step,)))])
    assert "<dt>Nævnt beløb</dt><dd>90.000 kr.</dd>" in html
    assert "1,2 mio. kr.</b>" in referat_html(minutes, None)


def test_an_outcome_is_a_word() -> None:
    assert outcome_html(Outcome.REJECTED).endswith(">Afvist</b>")


def test_a_case_says_whether_it_is_at_its_end(case: Case) -> None:
    assert final_sentence(case) in case_html(case)
    assert "Sidste ord: Godkendt · Byrådet" in final_sentence(case)
    step = replace(case.steps[-1], outcome=Outcome.POSTPONED)
    assert "ikke set en endelig beslutning" in case_html(replace(case, steps=(step,)))


def test_a_timeline_tells_who_was_against(case: Case) -> None:
    assert "Imod: Ida Holm (F)" in case_html(case)
    assert "Imod: Ida Holm (F)" in case_text([case])


def test_people_read_a_precedent_on_the_command_line(precedent: Precedent) -> None:
    text = precedents_text([precedent])
    assert "Indstilling: »Forvaltningen indstiller" in text
    assert precedents_text([]) == "Intet fundet."


def test_a_referat_is_folded_and_lists_its_decisions(minutes: Minutes) -> None:
    html = referat_html(minutes, None)
    decisions = html[html.index("pv-decided") : html.index("Hele referatet")]
    assert "7. Vej til" in decisions
    assert "Godkendelse af dagsorden" not in decisions
    assert html.count("<details") >= len(minutes.items)
    assert "pv-chosen" in referat_html(minutes, "7")
    assert "pv-chosen" not in referat_html(minutes, "99")


def test_a_referat_and_its_correction_are_told_apart() -> None:
    meeting = Meeting("a.pdf", "Ry Kommune", "Byrådet", dt.date(2023, 3, 14), None, 2, None)
    assert "a.pdf" not in words(meetings_html([meeting]))
    listed = words(meetings_html([meeting, replace(meeting, source="a-rettet.pdf")]))
    assert "2 punkter · a.pdf" in listed
    assert "2 punkter · a-rettet.pdf" in listed


def test_statistics_count_what_is_no_routine(minutes: Minutes) -> None:
    (year,) = count_years([minutes, replace(minutes, date=None)])
    assert (year.year, year.meetings, year.items) == (2023, 1, 1)
    assert year.outcomes == {Outcome.APPROVED: 1}
    assert '<th scope="row">2023</th>' in years_html([year])
    assert years_html([]) == ""


def test_danish_excel_opens_the_csv_and_runs_no_formula(precedent: Precedent) -> None:
    content = precedents_csv([precedent])
    assert content.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert tuple(head) == HEADINGS
    assert row[HEADINGS.index("Beslutning")].startswith("'=Godkendt.")
    assert row[HEADINGS.index("Beløb")] == "1,2 mio. kr."


def test_excel_holds_the_same_as_text(precedent: Precedent) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(precedents_xlsx([precedent]))).active
    assert tuple(cell.value for cell in sheet[1]) == HEADINGS
    decided = sheet.cell(2, HEADINGS.index("Beslutning") + 1)
    assert decided.data_type == "s"
    assert decided.value.startswith("=Godkendt.")
