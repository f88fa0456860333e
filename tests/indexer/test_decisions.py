from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.decisions import inline_decisions, read_decision
from indexer.model import Decision, Outcome, Side

MEETING = dt.date(2018, 10, 1)


def decision(text: str, body: str = "Økonomiudvalget", proposal: str = "") -> Decision:
    return read_decision(text, 0, len(text), body, MEETING, proposal=proposal)


def test_a_decision_is_its_text_without_outer_blanks_and_absence() -> None:
    text = "\n\n**Godkendt.**\n\nUdvalget takker.\n\nLis Tang (A) deltog ikke i mødet.\n\n"
    read = decision(text)
    assert text[read.start : read.end] == "**Godkendt.**\n\nUdvalget takker."
    assert read.absent == ("Lis Tang (A)",)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Godkendt.\nKim Holm (V) var fraværende.", ("Kim Holm (V)",)),
        ("Godkendt. Kim Holm og Bo Bro deltog ikke.", ("Kim Holm", "Bo Bro")),
        ("Godkendt. Lis Tang (V) mødte som stedfortræder for Kim Holm (V).", ("Kim Holm (V)",)),
        ("Godkendt.\nAfbud: Kim Holm.\n", ("Kim Holm",)),
        ("Godkendt. Fraværende: Kim Holm og Bo Bro.", ("Kim Holm", "Bo Bro")),
        ("Godkendt.\nLis Tang (V) deltog i stedet for Kim Holm (V).", ("Kim Holm (V)",)),
        ("Godkendt.\nKim Holm var forhindret i at deltage.", ("Kim Holm",)),
        ("Godkendt. Kim Holm (V) forlod mødet inden behandlingen.", ("Kim Holm (V)",)),
        ("Fulgt. Fraværende var Kim Holm og Bo Bro.", ("Kim Holm", "Bo Bro")),
        ("Godkendt.\nFraværende:\nKim Holm\nBo Bro\n", ("Kim Holm", "Bo Bro")),
        ("Vedtaget. Rune Ager (V) er lodsejer og deltog ikke i behandlingen.", ("Rune Ager (V)",)),
        ("Godkendt. Kim Holm (V) erklærede sig inhabil og deltog ikke.", ()),
    ],
)
def test_absence_is_read_inside_the_decision(text: str, absent: tuple[str, ...]) -> None:
    assert decision(text).absent == absent


def test_a_long_paragraph_is_part_of_the_decision_whoever_was_absent() -> None:
    text = (
        "Kim Holm (V) deltog ikke i mødet, og udvalget " + "ønsker en status og " * 20 + "takker."
    )
    read = decision(text)
    assert (read.end, read.absent) == (len(text), ("Kim Holm (V)",))


def test_votes_statements_and_disqualification_are_told() -> None:
    read = decision("Godkendt. Kim Holm (V) stemte imod. A tager forbehold. Bo Bro (F) er inhabil.")
    assert [(v.side, v.person, v.party) for v in read.votes] == [(Side.AGAINST, "Kim Holm", "V")]
    assert [s.by for s in read.statements] == [("A",)]
    assert read.disqualified == ("Bo Bro (F)",)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("For stemte 12: A. Imod stemte 9: V.", Outcome.APPROVED),
        ("For: Kim Holm (V). Imod: Lis Tang (A) og Bo Bro (F).", Outcome.REJECTED),
        ("For: Kim Holm (V). Imod: Lis Tang (A).", Outcome.NONE),
    ],
)
def test_votes_alone_tell_the_outcome(text: str, outcome: Outcome) -> None:
    assert decision(text, "Byrådet").outcome is outcome


PROPOSALS_TO_THE_COUNCIL = [
    "Forvaltningen anbefaler, at det indstilles til Byrådet, at der gives en bevilling.",
    "Forvaltningen indstiller til Arbejdsmarkedsudvalget, at Byrådet godkender visionen.",
    "Administrationen indstiller over for Kommunalbestyrelsen, at planen vedtages.",
    "Direktionen indstiller, at regnskabet sendes til Byrådet med anbefaling.",
]


@pytest.mark.parametrize("proposal", PROPOSALS_TO_THE_COUNCIL)
def test_a_committees_yes_to_what_the_council_decides_is_a_recommendation(proposal: str) -> None:
    assert decision("Godkendt.", proposal=proposal).outcome is Outcome.RECOMMENDED
    assert decision("Udsat.", proposal=proposal).outcome is Outcome.POSTPONED
    assert decision("Godkendt.", "Byrådet", proposal).outcome is Outcome.APPROVED


@pytest.mark.parametrize(
    "proposal",
    [
        "Forvaltningen indstiller, at udvalget godkender planen.",
        "Forvaltningen indstiller, at status sendes til Byrådet til orientering.",
        "Byrådet besluttede i 2019 at bygge. Forvaltningen indstiller, at planen godkendes.",
    ],
)
def test_a_committees_yes_to_its_own_case_is_an_approval(proposal: str) -> None:
    assert decision("Godkendt.", proposal=proposal).outcome is Outcome.APPROVED


def test_decisions_told_inside_a_part_are_read_with_body_and_date() -> None:
    text = (
        "TMU, 10. sept., pkt. 65: Anbefales.\nØU, 24. sept., pkt. 112: Udsat.\nBo Bro (A) imod.\n"
        "Beslutning fra Byrådet, 26. juni 2018: Godkendt.\n"
        "Beslutning fra Teknisk Udvalg, 4. september 2018, pkt. 221: Drøftet.\n"
        "Miljøudvalget den 24/12, pkt. 3: Udgår."
    )
    read = inline_decisions(text, 0, len(text), MEETING)
    assert [(d.body, d.date, d.outcome, text[d.start : d.end]) for d in read] == [
        ("TMU", dt.date(2018, 9, 10), Outcome.RECOMMENDED, "Anbefales."),
        ("ØU", dt.date(2018, 9, 24), Outcome.POSTPONED, "Udsat.\nBo Bro (A) imod."),
        ("Byrådet", dt.date(2018, 6, 26), Outcome.APPROVED, "Godkendt."),
        ("Teknisk Udvalg", dt.date(2018, 9, 4), Outcome.DISCUSSED, "Drøftet."),
        ("Miljøudvalget", dt.date(2017, 12, 24), Outcome.WITHDRAWN, "Udgår."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Økonomiudvalget den 3. marts 2018",
        "Mødet den 3. marts 2018: Borgerne var glade.",
        "Forvaltningen svarede den 3. marts, at sagen er afsluttet.",
        "Økonomiudvalget 18-03-2018, pkt. 4",
    ],
)
def test_a_timetable_or_sentence_is_no_decision(text: str) -> None:
    assert inline_decisions(text, 0, len(text), MEETING) == []


@given(
    st.lists(
        st.sampled_from(["Godkendt.", "Afbud:", "TMU, 10. sept., pkt. 65:", "A", "\n", "\f", " "])
    )
)
def test_a_decision_stays_in_its_part(parts: list[str]) -> None:
    text = "".join(parts)
    for read in [decision(text), *inline_decisions(text, 0, len(text), MEETING)]:
        assert 0 <= read.start <= read.end <= len(text)
        assert text[read.start : read.end] == text[read.start : read.end].strip()


@pytest.mark.parametrize(
    "text",
    [
        "Godkendt. Fraværende under dette punkt: Bo Rask (V)",
        "Godkendt.\nForfald: Bo Rask (V)",
        "Godkendt.\nAfbud: Bo Rask (V). For Bo Rask mødte Ib Sø.",
    ],
)
def test_who_was_away_for_one_item_is_absent(text: str) -> None:
    assert decision(text).absent == ("Bo Rask (V)",)


def test_a_quoted_decision_begins_with_its_words() -> None:
    text = ">\n> Godkendt."
    assert text[decision(text).start :] == "Godkendt."


def test_a_list_of_meetings_decides_nothing() -> None:
    text = "PMU 02-05-2017 pkt. 40, ØU 16-05-2017 pkt. 71"
    assert inline_decisions(text, 0, len(text), MEETING) == []
