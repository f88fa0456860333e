"""What is fetched, kept, replaced and withdrawn, against a portal on this machine."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from portal_server import LIST, MEETING, PortalServer, danish, guid

from indexer.errors import PortalError
from indexer.model import Filters
from indexer.portal.client import Client, Manners
from indexer.portal.fetching import Change, FetchReport, fetch, fetch_listing
from indexer.portal.folder import Folder

HTML = "<h3>Beslutning</h3><p>Godkendt.</p>"
MAY, JUNE, JULY = "2024-05-07T17:00:00", "2024-06-04T17:00:00", "2024-07-02T17:00:00"

Run = Callable[..., FetchReport]


class Steps:
    """A progress that remembers."""

    def __init__(self) -> None:
        """Nothing is told yet."""
        self.told: list[object] = []

    def start(self, total_files: int) -> None:
        """Remember how many there are."""
        self.told.append(total_files)

    def advance(self, source: str) -> None:
        """Remember what is done."""
        self.told.append(source)


@pytest.fixture
def run(portal: PortalServer, tmp_path: Path) -> Run:
    """Fetch from the portal into a folder."""

    def run(filters: Filters | None = None, **options: bool) -> FetchReport:
        portal.asked.clear()
        with Client(portal.url, Manners(pause=0, back_off=0.001)) as client:
            folder = Folder(tmp_path, client.origin)
            return fetch(client, fetch_listing(client), folder, filters or Filters(), **options)

    return run


def changes(report: FetchReport) -> list[tuple[str, str]]:
    return [(changed.meeting.id, changed.change.value) for changed in report.changed]


def kept(folder: Path) -> set[str]:
    return {file.stem for file in folder.iterdir() if not file.name.startswith(".")}


def publish(
    portal: PortalServer, number: int, starts: str, committee: str = "Byrådet", **more: object
):
    item = danish(1, f"Sag {number}", HTML)
    return portal.publish(guid(number), committee, starts, item, **more)


def test_new_meetings_are_fetched_once_newest_first(
    portal: PortalServer, run: Run, tmp_path: Path
) -> None:
    for number, starts in ((1, MAY), (2, JULY), (3, JUNE)):
        publish(portal, number, starts)
    first = run()

    assert changes(first) == [(guid(n), "fetched") for n in (2, 3, 1)]
    assert kept(tmp_path) == {guid(1), guid(2), guid(3)}
    again = run()
    assert (again.unchanged, again.changed, portal.paths) == (3, [], [LIST])


def test_only_what_has_changed_is_asked_for(portal: PortalServer, run: Run, tmp_path: Path) -> None:
    publish(portal, 1, MAY)
    entry = publish(portal, 2, JUNE)
    run()
    entry["ReleasedDate"] = "2024-06-20T09:00:00+02:00"
    portal.answer(guid(2), "Byrådet", JUNE, danish(1, "Rettet sag", HTML))
    report = run()

    assert (changes(report), report.unchanged) == ([(guid(2), "replaced")], 1)
    assert portal.paths == [LIST, MEETING + guid(2)]
    assert "Rettet sag" in (tmp_path / f"{guid(2)}.json").read_text(encoding="utf-8")


def test_what_looks_unchanged_is_asked_for_on_request(portal: PortalServer, run: Run) -> None:
    publish(portal, 1, MAY)
    publish(portal, 2, JUNE)
    run()
    portal.answer(guid(2), "Byrådet", JUNE, danish(1, "Rettet sag", HTML))
    report = run(again=True)

    assert (changes(report), report.unchanged) == ([(guid(2), "replaced")], 1)


def test_a_run_that_was_stopped_goes_on(portal: PortalServer, run: Run, tmp_path: Path) -> None:
    for number in range(1, 8):
        publish(portal, number, f"2024-05-{number:02}T17:00:00")
    for number in range(1, 7):
        portal.fail(MEETING + guid(number), 500, always=True)
    with pytest.raises(PortalError, match=r"5 meetings in a row cannot be fetched.*status 500"):
        run()
    assert kept(tmp_path) == {guid(7)}
    assert len(portal.paths) == 1 + 1 + 5 * 3
    portal.mend()
    report = run()

    assert (report.count(Change.FETCHED), report.unchanged) == (6, 1)
    assert MEETING + guid(7) not in portal.paths


def test_one_meeting_that_fails_is_named_and_the_others_are_fetched(
    portal: PortalServer, run: Run, tmp_path: Path
) -> None:
    faults = {2: "html", 3: "half", 4: 500, 5: {"status": 302, "Location": "http://evil.example/"}}
    for number in range(1, 6):
        publish(portal, number, f"2024-05-{number:02}T17:00:00")
    for number, fault in faults.items():
        portal.fail(MEETING + guid(number), fault, always=True)
    report = run()

    assert kept(tmp_path) == {guid(1)}
    reasons = {skipped.meeting: skipped.reason for skipped in report.skipped}
    assert set(reasons) == {guid(number) for number in faults}
    assert "a web page" in reasons[guid(2)]
    assert "no whole JSON" in reasons[guid(3)]
    assert "status 500" in reasons[guid(4)]
    assert "another host, http://evil.example" in reasons[guid(5)]


@pytest.mark.parametrize("fault", ["html", "half", 500, 403, "broken"])
def test_what_was_kept_stays_when_its_correction_cannot_be_fetched(
    portal: PortalServer, run: Run, tmp_path: Path, fault: object
) -> None:
    entry = publish(portal, 1, MAY)
    run()
    before = (tmp_path / f"{guid(1)}.json").read_bytes()
    entry["ReleasedDate"] = "2024-06-20T09:00:00"
    portal.fail(MEETING + guid(1), fault, always=True)
    report = run()

    assert (report.changed, len(report.skipped)) == ([], 1)
    assert (tmp_path / f"{guid(1)}.json").read_bytes() == before
    portal.mend()
    assert changes(run()) == [(guid(1), "replaced")]


def test_a_meeting_that_is_listed_no_more_is_withdrawn(
    portal: PortalServer, run: Run, tmp_path: Path
) -> None:
    publish(portal, 1, MAY)
    publish(portal, 2, JUNE, "Økonomiudvalget")
    run()
    portal.withdraw(guid(2))
    report = run(Filters(committees=("Byrådet",)))

    assert changes(report) == [(guid(2), "withdrawn")]
    assert kept(tmp_path) == {guid(1)}


def test_corrected_minutes_under_a_new_id_replace_the_old(
    portal: PortalServer, run: Run, tmp_path: Path
) -> None:
    publish(portal, 1, MAY)
    run()
    portal.withdraw(guid(1))
    publish(portal, 2, MAY)

    assert changes(run()) == [(guid(1), "withdrawn"), (guid(2), "fetched")]
    assert kept(tmp_path) == {guid(2)}


@pytest.mark.parametrize(
    "change",
    [{"Navn": "Lukket referat"}, {"Navn": "Dagsorden", "Afsluttet": False}],
    ids=["closed", "an agenda again"],
)
def test_minutes_that_are_none_any_more_are_withdrawn(
    portal: PortalServer, run: Run, tmp_path: Path, change: dict[str, object]
) -> None:
    entry = publish(portal, 1, MAY)
    run()
    entry.update(change)

    assert changes(run()) == [(guid(1), "withdrawn")]
    assert kept(tmp_path) == set()


@pytest.mark.parametrize("answer", ["gone", "closed"])
def test_a_listed_meeting_without_content_is_withdrawn(
    portal: PortalServer, run: Run, tmp_path: Path, answer: str
) -> None:
    entry = publish(portal, 1, MAY)
    run()
    entry["ReleasedDate"] = "2024-06-20T09:00:00"
    if answer == "gone":
        portal.fail(MEETING + guid(1), 410, always=True)
    else:
        portal.answer(guid(1), "Byrådet", MAY, danish(1, "", HTML, IsOpen=False))

    assert changes(run()) == [(guid(1), "withdrawn")]
    assert kept(tmp_path) == set()


@pytest.mark.parametrize(
    "reply",
    [
        {"Udvalg": {}},
        {"Udvalg": {"2022": [{"Navn": "Byrådet", "Moeder": []}]}},
        {"Udvalg": None},
        {"Udvalg": {"2022": [{"Navn": "Byrådet", "Moeder": "fejl"}]}},
        [],
    ],
)
def test_a_list_of_nothing_empties_no_folder(
    portal: PortalServer, run: Run, tmp_path: Path, reply: object
) -> None:
    publish(portal, 1, MAY)
    run()
    portal.reply(LIST, reply)
    with pytest.raises(PortalError):
        run()

    assert kept(tmp_path) == {guid(1)}


def test_nothing_is_withdrawn_by_a_list_that_is_read_in_part(
    portal: PortalServer, run: Run, tmp_path: Path
) -> None:
    publish(portal, 1, MAY)
    entry = publish(portal, 2, JUNE)
    run()
    committee = {"Navn": "Byrådet", "Moeder": [entry, {"Id": None}]}
    portal.reply(LIST, {"Udvalg": {"2022": [committee]}})
    report = run()

    assert [skipped.reason for skipped in report.skipped] == ["Byrådet: a meeting has no 'Id'"]
    assert (report.changed, kept(tmp_path)) == ([], {guid(1), guid(2)})


def test_only_the_wanted_committees_and_days_are_fetched(portal: PortalServer, run: Run) -> None:
    publish(portal, 1, MAY)
    publish(portal, 2, JUNE, "Økonomiudvalget")
    publish(portal, 3, JULY)
    publish(portal, 4, JUNE, Dato=None, MeetingBeginUtc=None)

    assert changes(run(Filters(committees=("Byrådet",), since=dt.date(2024, 6, 1)))) == [
        (guid(3), "fetched")
    ]
    # What is fetched already stays, whatever is wanted now.
    assert changes(run(Filters(committees=("Økonomiudvalget",)))) == [(guid(2), "fetched")]


def test_agendas_are_fetched_on_request_until_there_are_minutes(
    portal: PortalServer, run: Run, tmp_path: Path
) -> None:
    agenda = {"Navn": "Dagsorden", "Afsluttet": False}
    publish(portal, 1, MAY)
    publish(portal, 2, MAY, **agenda)  # the agenda of the minutes above
    entry = publish(portal, 3, JUNE, **agenda)
    publish(portal, 4, JULY, **{**agenda, "Navn": None})
    assert changes(run()) == [(guid(1), "fetched")]
    assert changes(run(agendas=True)) == [(guid(4), "fetched"), (guid(3), "fetched")]
    assert run().changed == []

    entry.update({"Navn": "Referat", "Afsluttet": True})
    publish(portal, 5, JULY)
    assert changes(run()) == [
        (guid(5), "fetched"),
        (guid(3), "replaced"),
        (guid(4), "withdrawn"),
    ]
    assert kept(tmp_path) == {guid(1), guid(3), guid(5)}


def test_closed_items_never_reach_the_folder(
    portal: PortalServer, run: Run, tmp_path: Path
) -> None:
    secret = {"IsOpen": False, "SagsNummer": "24/999", "Bilag": [{"Id": "b", "Navn": "Prisliste"}]}
    portal.publish(
        guid(1),
        "Byrådet",
        MAY,
        danish(1, "Åben sag", HTML),
        danish(2, "Køb af grund", "<p>Hemmelig pris</p>", **secret),
        danish(3, "", "<p>Hemmelig person</p>", **secret),
    )
    portal.publish(guid(2), "Byrådet", JUNE, danish(1, "Hemmelig", HTML), Navn="Lukket referat")
    run()

    text = (tmp_path / f"{guid(1)}.json").read_text(encoding="utf-8")
    assert [item["Navn"] for item in json.loads(text)["Dagsordenpunkter"]] == [
        "Åben sag",
        "Køb af grund",
    ]
    for word in ("Hemmelig", "24/999", "Prisliste"):
        assert word not in text
    assert kept(tmp_path) == {guid(1)}


@pytest.mark.parametrize("id_", ["../x", "..%2Fx", "/etc/passwd", "C:\\x"])
def test_an_id_that_is_a_path_is_not_even_asked_for(
    portal: PortalServer, run: Run, tmp_path: Path, id_: str
) -> None:
    portal.publish(id_, "Byrådet", MAY, danish(1, "Sag", HTML))
    publish(portal, 1, JUNE)
    report = run()

    assert [skipped.meeting for skipped in report.skipped] == [id_]
    assert kept(tmp_path) == {guid(1)}
    assert portal.paths == [LIST, MEETING + guid(1)]
    assert {path.name for path in tmp_path.parent.glob("x*")} == set()


def test_a_reply_about_another_meeting_is_not_kept(
    portal: PortalServer, run: Run, tmp_path: Path
) -> None:
    publish(portal, 1, MAY)
    reply = {"Id": guid(2), "Dagsordenpunkter": [danish(1, "Sag", HTML)]}
    portal.reply(MEETING + guid(1), reply)
    (skipped,) = run().skipped

    assert "about another meeting" in skipped.reason
    assert kept(tmp_path) == set()


def test_progress_is_told_of_every_meeting(portal: PortalServer, tmp_path: Path) -> None:
    publish(portal, 1, MAY)
    publish(portal, 2, JUNE, "Økonomiudvalget")
    portal.fail(MEETING + guid(1), "html")
    steps = Steps()
    with Client(portal.url, Manners(pause=0)) as client:
        folder = Folder(tmp_path, client.origin)
        fetch(client, fetch_listing(client), folder, Filters(), progress=steps)

    assert steps.told == [2, "Økonomiudvalget", "Byrådet"]
