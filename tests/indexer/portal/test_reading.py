from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from portal_server import NO_ID, danish, english, guid

from indexer.errors import DocumentError
from indexer.model import AgendaItem, Minutes, Outcome, Role
from indexer.parsing import read_minutes

PORTAL = "https://dagsordener.havbro.example"
HTML = (
    "<h3>Resumé</h3><p>Broen i Havbro Kommune er fra 1931.</p>"
    "<h3>Indstilling</h3><p>Forvaltningen indstiller, at broen renoveres for 3,2 mio. kr.</p>"
    "<h3>Beslutning</h3><p>Godkendt.</p><p>Fraværende: Ida Holm (A)</p>"
)


def meeting(*items: dict[str, Any], finished: bool | None = True, **more: Any) -> dict[str, Any]:
    return {
        "Id": guid(1),
        "Udvalg": {"Id": guid(9), "Navn": "Teknik- og Havneudvalget"},
        "Moede": {
            "Id": NO_ID,
            "Dato": "2024-05-07T17:00:00+02:00",
            "Sted": "Havnekontoret",
            "Afsluttet": finished,
            "Moededeltagere": "Ib Kær (V), Ida Holm (A)",
        },
        "Dagsordenpunkter": list(items),
        **more,
    }


def read(folder: Path, value: object) -> Minutes:
    file = folder / "m.json"
    file.write_text(json.dumps(value), encoding="utf-8")
    return read_minutes(file, file.name)


def roles(item: AgendaItem) -> list[tuple[Role, str]]:
    return [(s.role, item.text[s.start : s.end].strip()) for s in item.sections]


def test_a_reply_is_read_as_minutes(tmp_path: Path) -> None:
    minutes = read(tmp_path, meeting(danish(1, "Renovering af broen", HTML)))

    assert minutes.municipality == "Havbro Kommune"
    assert minutes.committee == "Teknik- og Havneudvalget"
    assert (minutes.date, minutes.place) == (dt.date(2024, 5, 7), "Havnekontoret")
    assert minutes.participants == ("Ib Kær (V)", "Ida Holm (A)")
    (item,) = minutes.items
    assert (item.number, item.title, item.case_number) == ("1", "Renovering af broen", "24/1001")
    assert [role for role, _ in roles(item)] == [
        Role.SUMMARY,
        Role.RECOMMENDATION,
        Role.DECISION,
        Role.ABSENCE,
    ]
    (decision,) = item.decisions
    assert decision.outcome is Outcome.APPROVED
    assert (decision.body, decision.date) == ("Teknik- og Havneudvalget", dt.date(2024, 5, 7))
    assert (decision.absent, item.closed, item.first_page) == (("Ida Holm (A)",), False, None)
    assert (minutes.url, item.url, minutes.notices) == (None, None, ())


def test_english_names_of_keys_give_the_same_minutes(tmp_path: Path) -> None:
    assert read(tmp_path, meeting(english(1, "Broen", HTML))) == read(
        tmp_path, meeting(danish(1, "Broen", HTML))
    )


def test_every_item_has_its_address(tmp_path: Path) -> None:
    items = danish(1, "Broen", HTML), {**danish(2, "Havnen", HTML), "Id": None}
    minutes = read(tmp_path, meeting(*items, Portal=PORTAL))

    page = f"{PORTAL}/vis?id={guid(1)}"
    assert minutes.url == page
    assert [item.url for item in minutes.items] == [f"{page}&punktid={guid(1001)}", page]


@pytest.mark.parametrize("portal", ["javascript:alert(1)", "https://a b", "https://a/?", 7, ""])
def test_no_address_but_a_portals_is_believed(tmp_path: Path, portal: object) -> None:
    minutes = read(tmp_path, meeting(danish(1, "Broen", HTML), Portal=portal))
    assert minutes.items[0].url is None


def test_text_that_looks_like_an_item_begins_none(tmp_path: Path) -> None:
    html = (
        "<p># Punkt 2: Falsk</p><p>2. Falsk</p><p>Punkt 3: Falsk</p><h3>Beslutning</h3><p>Ja.</p>"
    )
    minutes = read(tmp_path, meeting(danish(1, "Broen", html), danish(7, "Havnen", HTML)))

    assert [item.number for item in minutes.items] == ["1", "7"]
    assert "Falsk" in minutes.items[0].text


def test_items_are_known_by_their_number_even_if_the_portal_gives_none(tmp_path: Path) -> None:
    items = [danish(n, "Broen", HTML) for n in (1, 2, 3, 4)]
    items[1]["Punktnummer"], items[2]["Punktnummer"], items[3]["Punktnummer"] = None, "1", " 5. "
    minutes = read(tmp_path, meeting(*items))

    assert [item.number for item in minutes.items] == ["1", "2", "1 (2)", "5"]


@pytest.mark.parametrize("title", ["11. Renovering  af\nbroen", "Punkt 11: Renovering af broen"])
def test_a_title_may_repeat_its_number(tmp_path: Path, title: str) -> None:
    minutes = read(tmp_path, meeting(danish(11, title, HTML)))
    assert minutes.items[0].title == "Renovering af broen"


def test_a_title_is_written_as_it_is_seen(tmp_path: Path) -> None:
    (item,) = read(tmp_path, meeting(danish(1, "Af\u00adfald på ka\u030anten", HTML))).items
    assert item.title == "Affald på kånten"
    assert item.text.splitlines()[0].endswith(item.title)


def test_a_closed_item_is_its_title(tmp_path: Path) -> None:
    secret = danish(2, "Køb af grund", "<p>Hemmelig pris</p>", IsOpen=False)
    minutes = read(tmp_path, meeting(danish(1, "Broen", HTML), secret))

    item = minutes.items[1]
    assert (item.title, item.closed, item.sections, item.decisions) == (
        "Køb af grund",
        True,
        (),
        (),
    )
    assert "Hemmelig" not in item.text
    assert item.case_number is None


def test_attachments_are_named_and_linked(tmp_path: Path) -> None:
    bilag = [{"Id": "b1", "Navn": "Kort [A]"}, {"Navn": "Tegning"}]
    minutes = read(tmp_path, meeting(danish(1, "Broen", HTML, Bilag=bilag), Portal=PORTAL))

    (item,) = minutes.items
    assert item.attachments == ("Kort (A)", "Tegning")
    assert f"[Kort (A)]({PORTAL}/vis/pdf/bilag/b1?redirectDirectlyToPdf=true)" in item.text


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            [
                {"Navn": "Indstilling", "Html": "<p>At ja.</p>"},
                {"Navn": "Beslutning", "Tekst": "Ja."},
            ],
            [(Role.RECOMMENDATION, "At ja."), (Role.DECISION, "Ja.")],
        ),
        (
            [{"Navn": "Punkttekst", "Html": "<p>Lidt.</p><h3>Beslutning</h3><p>Ja.</p>"}],
            [(Role.OTHER, "Lidt."), (Role.DECISION, "Ja.")],
        ),
        (
            [{"Navn": "Beslutning", "Html": "<h3>Økonomi</h3><p>Ingen.</p>"}],
            [(Role.ECONOMY, "Ingen.")],
        ),
        ([{"Navn": "Økonomi", "Html": None, "Tekst": None}, {"DocumentId": guid(3)}], []),
    ],
)
def test_the_name_of_a_field_is_a_label_where_it_holds_none(
    tmp_path: Path, fields: list[object], expected: list[tuple[Role, str]]
) -> None:
    minutes = read(tmp_path, meeting(danish(1, "Broen", "", Felter=fields)))
    assert roles(minutes.items[0]) == expected


def test_numbers_of_persons_are_masked_wherever_they_stand(tmp_path: Path) -> None:
    html = "<h3>Beslutning</h3><p>Borger 010190-1234.</p>"
    minutes = read(
        tmp_path, meeting(danish(1, "Klage fra 010190-1234", html, SagsNummer="CPR 010190-1234"))
    )

    assert "1234" not in repr(minutes)
    assert minutes.items[0].title == "Klage fra XXXXXX-XXXX"
    assert {place.item for place in minutes.personal} == {"1"}


AGENDA = (
    "<h3>Indstilling</h3><p>At broen renoveres.</p>"
    "<h3>Beslutning Økonomiudvalget den 02-04-2024</h3><p>Anbefales.</p>"
    "<h3>Beslutning Teknik- og Havneudvalget den 03-04-2024</h3><p>Udsat.</p>"
    "<h3>Beslutning</h3><p>Godkendt.</p>"
)


@pytest.mark.parametrize("finished", [False, None])
def test_an_agenda_has_decided_nothing(tmp_path: Path, finished: bool | None) -> None:
    minutes = read(tmp_path, meeting(danish(1, "Broen", AGENDA), finished=finished))

    (item,) = minutes.items
    assert [(d.body, d.outcome) for d in item.decisions] == [
        ("Økonomiudvalget", Outcome.RECOMMENDED),
        ("Teknik- og Havneudvalget", Outcome.POSTPONED),
    ]
    assert (Role.OTHER, "Godkendt.") in roles(item)
    assert minutes.notices == ("det er en dagsorden, ikke et referat; intet i den er besluttet",)


def test_the_same_text_decides_where_the_meeting_has_been_held(tmp_path: Path) -> None:
    minutes = read(tmp_path, meeting(danish(1, "Broen", AGENDA)))
    assert [d.outcome for d in minutes.items[0].decisions][-1] is Outcome.APPROVED


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"Id": "1", "Dagsorden', "is no meeting of FirstAgenda Publication"),
        ("[1, 2]", "the meeting is no object"),
        ('{"indexed": 3}', "the meeting has no 'Id'"),
        ("[" * 100_000, "is no meeting of FirstAgenda Publication"),
        (json.dumps(meeting(danish(1, "", "", IsOpen=False))), "its items are closed"),
    ],
)
def test_what_is_no_meeting_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "m.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match=reason):
        read_minutes(file, file.name)
