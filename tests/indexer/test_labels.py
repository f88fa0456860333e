from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.labels import read_label
from indexer.model import Role


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Sagsresumé", Role.SUMMARY),
        ("Kort resumé:", Role.SUMMARY),
        ("RESUME", Role.SUMMARY),
        ("Præsentation", Role.SUMMARY),
        ("Baggrund", Role.SUMMARY),
        ("Hvad handler sagen om?", Role.SUMMARY),
        ("Sagsfremstilling", Role.BACKGROUND),
        ("Beskrivelse af sagen", Role.BACKGROUND),
        ("Problemstilling", Role.BACKGROUND),
        ("Løsning", Role.BACKGROUND),
        ("Sagens kerne", Role.BACKGROUND),
        ("Beslutningstema", Role.BACKGROUND),
        ("Forvaltningens vurdering", Role.BACKGROUND),
        ("Indstilling", Role.RECOMMENDATION),
        ("Anbefaling", Role.RECOMMENDATION),
        ("Administrativ indstilling", Role.RECOMMENDATION),
        ("Beslutningspunkter", Role.RECOMMENDATION),
        ("Økonomi", Role.ECONOMY),
        ("Bevillingsmæssige konsekvenser", Role.ECONOMY),
        ("Økonomi og afledt drift", Role.ECONOMY),
        ("Retsgrundlag", Role.LEGAL_BASIS),
        ("Beslutningskompetence", Role.LEGAL_BASIS),
        ("Høring", Role.HEARING),
        ("Sagens gang", Role.HISTORY),
        ("Tidligere politisk behandlet", Role.HISTORY),
        ("Beslutning", Role.DECISION),
        ("PROTOKOL", Role.DECISION),
        ("Fraværende", Role.ABSENCE),
        ("Ikke til stede:", Role.ABSENCE),
        ("Bilag", Role.ATTACHMENTS),
        ("Kobling til FN's verdensmål", Role.OTHER),
        ("Kobling til FN’s verdensmål", Role.OTHER),
        ("Handicapaspekter", Role.OTHER),
    ],
)
def test_a_label_tells_the_role_of_its_part(line: str, role: Role) -> None:
    label = read_label(line, marked=False)
    assert label is not None
    assert label.role is role
    assert label.inline is None


@pytest.mark.parametrize(
    ("line", "body", "date"),
    [
        (
            "Beslutning Arbejdsmarkedsudvalget den 01-10-2024",
            "Arbejdsmarkedsudvalget",
            "01-10-2024",
        ),
        (
            "Beslutning Udvalget for Børn og Læring den 15-12-2020",
            "Udvalget for Børn og Læring",
            "15-12-2020",
        ),
        (
            "Beslutning fra Økonomiudvalget, 4. marts 2025, pkt. 7",
            "Økonomiudvalget",
            "4. marts 2025",
        ),
        ("Beslutning i Teknisk Udvalg d. 3/3-2021", "Teknisk Udvalg", "3/3-2021"),
        ("Økonomiudvalget, 18-03-2025, pkt. 44", "Økonomiudvalget", "18-03-2025"),
        ("TMU, 12. september 2023, pkt. 2:", "TMU", "12. september 2023"),
        ("Byrådets beslutning den 25.03.2025", "Byrådet", "25.03.2025"),
        ("Kommunalbestyrelsens beslutning:", None, None),
        ("Beslutning i Byrådet", "Byrådet", None),
        ("Behandlet i Teknisk Udvalg, 3. marts 2021, pkt. 4", "Teknisk Udvalg", "3. marts 2021"),
        ("Beslutning: Økonomiudvalget den 2. juni 2020", "Økonomiudvalget", "2. juni 2020"),
        ("Beslutning den 25.03.2025", None, "25.03.2025"),
        ("Miljøudvalget den 15. august 2016:", "Miljøudvalget", "15. august 2016"),
        ("BESLUTNING BYRÅDET DEN 25.03.2025", "Byrådet", "25.03.2025"),
        ("Beslutning – Socialudvalget, 03-09-2020, Punkt 92", "Socialudvalget", "03-09-2020"),
        ("Beslutning Økonomiudvalget 2018-2021 den 03-03-2021", "Økonomiudvalget", "03-03-2021"),
        ("Byrådet - 25. marts 2020 - pkt. 14", "Byrådet", "25. marts 2020"),
        ("Udvalgets beslutning den 3. marts 2021", None, "3. marts 2021"),
        ("Beslutning fra mødet den 3. marts 2021", None, "3. marts 2021"),
        ("TMU 14/4-09:", "TMU", "14/4-09"),
    ],
)
def test_the_label_of_a_decision_tells_body_and_date(
    line: str, body: str | None, date: str | None
) -> None:
    label = read_label(line, marked=False)
    assert label is not None
    assert (label.role, label.body, label.date) == (Role.DECISION, body, date)


def test_what_was_proposed_at_an_earlier_meeting_is_history() -> None:
    label = read_label("Indstilling 4. september 2017, pkt. 44:", marked=False)
    assert label is not None
    assert label.role is Role.HISTORY


def test_who_decides_is_told_on_the_line_of_its_label() -> None:
    label = read_label("Kompetence: Økonomiudvalget og Byrådet", marked=False)
    assert label is not None
    assert (label.role, label.whole) == (Role.LEGAL_BASIS, True)
    assert read_label("Kompetence: Der er brug for svejsere", marked=False) is None


def test_a_label_may_repeat_the_title_of_its_item() -> None:
    label = read_label("Beslutning for Punkt 4: Ny skole", marked=False)
    assert label is not None
    assert (label.heading, label.repeats_title) == ("Beslutning for Punkt 4", True)


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("Forvaltningen indstiller, at:", False),
        ("Fagcenter Arbejdsmarked og Borgerservice indstiller, at:", False),
        ("Kulturudvalget indstiller over for Økonomiudvalget,", False),
        ("Administrationen foreslår,", False),
        ("Center for Børn foreslår", True),
    ],
)
def test_a_line_that_opens_a_proposal_is_its_label_and_its_text(line: str, marked: bool) -> None:
    label = read_label(line, marked=marked)
    assert label is not None
    assert (label.role, label.inline) == (Role.RECOMMENDATION, 0)


@pytest.mark.parametrize(
    "line",
    [
        "Økonomiudvalgets indstilling til Byrådet",
        "Indstilling fra Teknisk Udvalg",
        "BYRÅDETS ANBEFALING:",
        "Forvaltningens anbefalinger",
    ],
)
def test_a_bodys_proposal_may_be_a_label(line: str) -> None:
    label = read_label(line, marked=False)
    assert label is not None
    assert (label.role, label.inline) == (Role.RECOMMENDATION, None)


@pytest.mark.parametrize(
    ("line", "role", "text"),
    [
        ("Fraværende ved punktet: Kim Brandt", Role.ABSENCE, "Kim Brandt"),
        ("Deltog ikke i behandlingen: Kim Brandt", Role.ABSENCE, "Kim Brandt"),
        ("Beslutning: Rådet godkendte svaret.", Role.DECISION, "Rådet godkendte svaret."),
        ("Økonomi: Ingen", Role.ECONOMY, "Ingen"),
        ("Afbud: Kim Brandt.", Role.ABSENCE, "Kim Brandt."),
        ("Afbud fra Preben Kok og Jon Buus", Role.ABSENCE, "Preben Kok og Jon Buus"),
        ("Bilag: Kort", Role.ATTACHMENTS, "Kort"),
    ],
)
def test_a_label_may_hold_text_of_its_part(line: str, role: Role, text: str) -> None:
    label = read_label(line, marked=False)
    assert label is not None
    assert label.inline is not None
    assert (label.role, line[label.inline :]) == (role, text)


@pytest.mark.parametrize(
    "line",
    [
        "Beslutningen om at gå videre skal træffes i alle tre kommuner.",
        "Økonomi er beskrevet nedenfor.",
        "økonomi",
        "Bilag 1 viser den organisation, der foreslås.",
        "Høring af Handicaprådet er sat til maj.",
        "Afbud kan meldes til sekretariatet.",
        "Deltog ikke i mødet",
        "Information: åbent hus den 3. marts",
        "Ældrerådet anbefaler,",
        "Forvaltningen foreslår følgende vision:",
        "Byrådet 26-03-2019",
        "Beslutninger af betydning for udvalget",
        "Økonomiudvalget behandlede sagen den 3. marts 2021, pkt. 4",
        "Beslutning om at udskyde sagen til den 3. marts 2021",
        "Ja",
        "Beslutning " + "x" * 200,
    ],
)
def test_a_sentence_that_begins_like_a_label_is_none(line: str) -> None:
    assert read_label(line, marked=False) is None


@given(st.text(), st.booleans())
def test_no_line_is_a_reason_to_fail(line: str, marked: bool) -> None:
    read_label(line, marked=marked)


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("Beslutning i teknik- og miljøudvalget den 3. maj 2021:", "Teknik- og miljøudvalget"),
        ("Behandling i økonomiudvalget den 3. maj 2021", "Økonomiudvalget"),
        ("Beslutning i byrådet:", "Byrådet"),
        ("BESLUTNING TMU 03-05-2021", "TMU"),
    ],
)
def test_a_body_may_be_written_small_or_as_its_letters(line: str, body: str) -> None:
    label = read_label(line, marked=False)
    assert label is not None
    assert (label.role, label.body) == (Role.DECISION, body)


def test_a_case_is_no_body() -> None:
    assert read_label("Beslutning i sagen den 3. maj 2021", marked=False) is None


@pytest.mark.parametrize(
    ("line", "role", "rest"),
    [
        ("INDSTILLING FRA TEKNISK UDVALG: At planen vedtages.", Role.RECOMMENDATION, "At planen"),
        ("Teknisk Udvalgs beslutning den 3. maj 2021: Udsat.", Role.DECISION, "Udsat."),
        ("Forfald: Kim Bo", Role.ABSENCE, "Kim Bo"),
    ],
)
def test_text_may_follow_a_label_that_names_a_body(line: str, role: Role, rest: str) -> None:
    label = read_label(line, marked=False)
    assert label is not None
    assert label.role is role
    assert label.inline == line.index(rest)


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Indledning/baggrund", Role.SUMMARY),
        ("Administrationens forslag til beslutning", Role.RECOMMENDATION),
        ("Teknik- og miljøudvalgets indstilling den 9. november 1998:", Role.HISTORY),
        ("Behandlet i: ØU, BY", Role.HISTORY),
    ],
)
def test_a_label_may_be_made_of_others(line: str, role: Role) -> None:
    label = read_label(line, marked=False)
    assert label is not None
    assert label.role is role


@pytest.mark.parametrize(
    "line",
    [
        "Beslutning i Byrådet: 28. maj 2024",
        "Beslutning: maj 2024",
        "Indstilling til Byrådet: primo 2024",
        "Planklagenævnets afgørelse: Klagen blev afvist.",
        "Afgørelse fra planklagenævnet den 3. maj 2021",
        "Ældrerådets anbefaling: At der kommer bænke.",
        "Indstilling fra Handicaprådet: Ledelinjer ved krydset.",
        "Forfald: Rækværket er løst.",
        "Indstilling/Beslutning",
        "Konklusion/vurdering",
    ],
)
def test_a_timetable_a_hearing_and_a_complaint_are_told_without_labels(line: str) -> None:
    assert read_label(line, marked=False) is None


def test_the_council_proposes_where_advisers_do_not() -> None:
    label = read_label("Byrådets indstilling: At vejen lukkes.", marked=False)
    assert label is not None
    assert label.role is Role.RECOMMENDATION
