from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from portal_server import NO_ID, danish, english, guid

from indexer.portal.shapes import Attachment, Field, Kind, Listed, read_listing, read_published

ENTRY = {"Id": guid(1), "Navn": "Referat", "Dato": "2024-05-07T17:00:00+02:00", "Afsluttet": True}


def listed(**entry: Any) -> Listed:
    group = [{"Navn": "Byrådet", "Moeder": [{**ENTRY, **entry}]}]
    (meeting,) = read_listing({"Udvalg": {"2022-2025": group}}).meetings
    return meeting


def reply(*items: Any, **more: Any) -> dict[str, Any]:
    return {
        "Id": guid(1),
        "Udvalg": {"Navn": "Byrådet"},
        "Moede": {"Id": NO_ID, "Dato": ENTRY["Dato"], "Afsluttet": True},
        "Dagsordenpunkter": list(items),
        **more,
    }


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ({"Navn": "Referat", "Afsluttet": True}, Kind.MINUTES),
        ({"Navn": "Referat 1. behandling budget", "Afsluttet": True}, Kind.MINUTES),
        ({"Navn": None, "Afsluttet": True}, Kind.MINUTES),
        ({"Navn": "Dagsorden", "Afsluttet": True}, Kind.MINUTES),
        ({"Navn": "Dagsorden", "Afsluttet": False}, Kind.AGENDA),
        ({"Navn": "Tillægsdagsorden", "Afsluttet": False}, Kind.AGENDA),
        ({"Navn": None, "Afsluttet": False}, Kind.AGENDA),
        ({"Navn": "Referat", "Afsluttet": False}, Kind.AGENDA),
        ({"Navn": "Referat", "Afsluttet": None}, Kind.MINUTES),
        ({"Navn": "Dagsorden", "Afsluttet": "ja"}, Kind.AGENDA),
        ({"Navn": None, "Afsluttet": None}, Kind.AGENDA),
        ({"Navn": "Lukket referat", "Afsluttet": True}, Kind.CLOSED),
    ],
)
def test_agenda_and_minutes_are_told_apart(entry: dict[str, Any], kind: Kind) -> None:
    assert listed(**entry).kind is kind


def test_a_meeting_is_listed_with_its_committee() -> None:
    assert listed(Sted="Salen", ReleasedDate="2024-05-08", IsSupplementaryAgenda=True) == Listed(
        id=guid(1),
        committee="Byrådet",
        name="Referat",
        starts="2024-05-07T17:00:00+02:00",
        place="Salen",
        released="2024-05-08",
        finished=True,
        supplementary=True,
    )
    assert listed().date == dt.date(2024, 5, 7)
    assert listed(Dato="i morgen").date is None


def test_a_meeting_that_is_listed_twice_is_taken_once() -> None:
    committee = {"Navn": "Byrådet", "Moeder": [ENTRY, {**ENTRY, "Id": guid(1).upper()}]}
    assert len(read_listing({"Udvalg": {"a": [committee], "b": [committee]}}).meetings) == 1


@pytest.mark.parametrize(
    "reply",
    [
        None,
        [],
        "x",
        {},
        {"Udvalg": None},
        {"Udvalg": []},
        {"Udvalg": {"2022": {}}},
        {"Message": "An error has occurred."},
    ],
)
def test_what_is_no_list_is_refused(reply: object) -> None:
    with pytest.raises(ValueError, match=r"is no object|is no list"):
        read_listing(reply)


@pytest.mark.parametrize(
    "committee",
    [
        7,
        {"Navn": "Byrådet", "Moeder": "x"},
        {"Navn": "Byrådet", "Moeder": [None]},
        {"Navn": "Byrådet", "Moeder": [{"Navn": "Referat"}]},
        {"Navn": "Byrådet", "Moeder": [{"Id": {"a": 1}}]},
    ],
)
def test_what_cannot_be_read_of_a_list_is_named(committee: object) -> None:
    good = {"Navn": "Byrådet", "Moeder": [ENTRY]}
    listing = read_listing(
        {"Udvalg": {"2022": [committee, good], "2018": [{"Navn": "Nyt udvalg"}]}}
    )

    assert [meeting.id for meeting in listing.meetings] == [guid(1)]
    assert len(listing.faults) == 1


def test_danish_and_english_names_say_the_same() -> None:
    more = {"Bilag": [{"Id": "b", "Navn": "Kort"}]}
    one = read_published(reply(danish(3, "Havn", "<p>Ja</p>", **more)))
    other = read_published(reply(english(3, "Havn", "<p>Ja</p>", **more)))

    assert one.items == other.items
    (item,) = one.items
    assert (item.number, item.title, item.case_number) == ("3", "Havn", "24/1003")
    assert item.fields == (Field("Dagsordenspunkt", "<p>Ja</p>", None),)
    assert item.attachments == (Attachment("b", "Kort"),)


def test_the_outer_id_and_the_list_tell_which_meeting_it_is() -> None:
    published = read_published(reply(danish(1, "Havn", "")))
    assert (published.listed.id, published.listed.committee) == (guid(1), "Byrådet")
    assert published.listed.kind is Kind.MINUTES
    told = Listed(guid(1).upper(), "Økonomiudvalget", finished=True)
    assert read_published(reply(danish(1, "Havn", "")), told).listed is told
    with pytest.raises(ValueError, match="about another meeting"):
        read_published(reply(danish(1, "Havn", "")), Listed(guid(2), "Byrådet"))


@pytest.mark.parametrize("told", [False, None, "false", "true", 0, 1])
def test_only_what_is_plainly_open_is_open(told: object) -> None:
    secret = danish(1, "Køb af grund", "<p>Hemmeligt</p>", IsOpen=told, Bilag=[{"Navn": "Pris"}])
    (item,) = read_published(reply(secret)).items

    assert (item.is_open, item.title, item.number) == (False, "Køb af grund", "1")
    assert (item.fields, item.attachments, item.case_number) == ((), (), None)


def test_a_closed_item_without_a_title_is_left_out() -> None:
    closed = danish(1, "", "<p>Hemmeligt</p>", IsOpen=False)
    assert len(read_published(reply(closed, danish(2, "Havn", ""))).items) == 1


def test_a_title_or_a_meeting_may_say_that_an_item_is_closed() -> None:
    (item,) = read_published(reply(danish(1, "Lukket: Køb af grund", "<p>Hemmeligt</p>"))).items
    assert (item.is_open, item.fields) == (False, ())
    closed = reply(danish(1, "Køb", "<p>Hemmeligt</p>"), Moede={"Navn": "Lukket referat"})
    assert [item.is_open for item in read_published(closed).items] == [False]


def test_a_closed_attachment_is_left_out() -> None:
    bilag = [{"Id": "a", "Navn": "Pris", "IsOpen": False}, {"Id": "b"}]
    (item,) = read_published(reply(danish(1, "Køb", "", Bilag=bilag))).items
    assert item.attachments == (Attachment("b", "Bilag"),)


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        {"Dagsordenpunkter": [danish(1, "Havn", "")]},
        {**reply(), "Dagsordenpunkter": None},
        {**reply(), "Dagsordenpunkter": "x"},
        reply(),
        reply("x"),
        reply(danish(1, "Havn", "", Felter="x")),
        reply(danish(1, "Havn", "", Felter=["x"])),
        reply(danish(1, "Havn", "", Bilag=[7])),
        reply(danish(1, "Havn", ""), Moede=7),
    ],
)
def test_half_a_meeting_is_refused(broken: object) -> None:
    with pytest.raises(ValueError, match=r"is no|has no"):
        read_published(broken)


def test_missing_keys_are_not_told() -> None:
    published = read_published({"Id": 7, "Dagsordenpunkter": [{"Caption": "Havn", "Number": 3}]})
    assert published.listed == Listed("7", "")
    (item,) = published.items
    assert (item.number, item.title, item.id, item.fields) == ("3", "Havn", None, ())


def test_what_cannot_be_written_down_is_taken_out_of_texts() -> None:
    (item,) = read_published(reply(danish(1, "Ha\ud800vn\x00\f\r\nto", ""))).items
    assert item.title == "Ha?vn  \nto"
