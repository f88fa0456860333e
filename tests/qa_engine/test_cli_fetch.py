"""``punktvis fetch`` as people use it: from the portal to an answer that cites it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from portal_server import LIST, MEETING, PortalServer, danish, english, guid

from indexer.embedding import Embedder
from qa_engine.cli import main

BRIDGE = (
    "<h3>Resumé</h3><p>Vindebroen over kanalen i Havbro Kommune er fra 1931 og ruster.</p>"
    "<h3>Økonomi</h3><p>Renoveringen af vindebroen koster 3,2 mio. kr. i 2025.</p>"
    "<h3>Indstilling</h3><p>Forvaltningen indstiller, at vindebroen renoveres.</p>"
    "<h3>Beslutning</h3><p>Godkendt.</p>"
)
LIBRARY = (
    "<h3>Sagsfremstilling</h3><p>Biblioteket i Havbro Kommune får åbent hver søndag fra kl. 10.</p>"
    "<h3>Beslutning</h3><p>Udsat.</p>"
)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _surroundings(embedder: Embedder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Share the loaded model, and keep the developer's own settings and index out."""
    for name in [name for name in os.environ if name.startswith("PUNKTVIS_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("qa_engine.cli.load_embedder", lambda _: embedder)
    monkeypatch.setattr("qa_engine.engine.load_embedder", lambda _: embedder)


@pytest.fixture(autouse=True)
def _meetings(portal: PortalServer) -> None:
    bilag = [{"Id": "b1", "Navn": "Tilstandsrapport"}]
    portal.publish(
        guid(1),
        "Teknik- og Havneudvalget",
        "2024-05-07T17:00:00+02:00",
        danish(1, "Godkendelse af dagsorden", "<h3>Beslutning</h3><p>Godkendt.</p>"),
        danish(2, "Renovering af vindebroen", BRIDGE, Bilag=bilag),
        danish(3, "Køb af grund", "<p>Hemmelig pris</p>", IsOpen=False),
    )
    portal.publish(
        guid(2),
        "Kulturudvalget",
        "2024-06-04T17:00:00+02:00",
        english(1, "Søndagsåbent på biblioteket", LIBRARY),
        Navn=None,
    )
    portal.publish(
        guid(3),
        "Teknik- og Havneudvalget",
        "2024-08-06T17:00:00+02:00",
        danish(1, "Ny slæbebåd", "<h3>Beslutning</h3><p>Godkendt.</p>"),
        Navn="Dagsorden",
        Afsluttet=False,
    )


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in this process; gives status, stdout and stderr."""

    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        return status, *capsys.readouterr()

    return run


def _json(result: tuple[int, str, str]) -> Any:
    status, out, err = result
    assert (status, err) == (0, "")
    assert out.count("\n") == 1
    return json.loads(out)


def _fails(result: tuple[int, str, str], status: int, *words: str) -> None:
    """Check that a command ended as it should, with one line on stderr that says why."""
    got, _, err = result
    assert got == status
    assert err.startswith("punktvis: ")
    assert err.count("\n") == 1
    for word in words:
        assert word in err


def test_from_the_portal_to_a_cited_answer(portal: PortalServer, run: Run, tmp_path: Path) -> None:
    quick = ("fetch", portal.url, "--into", "havbro", "--pause", 0, "--json")
    report = _json(run(*quick))
    assert {key: report[key] for key in ("fetched", "unchanged", "replaced", "withdrawn")} == {
        "fetched": 2,
        "unchanged": 0,
        "replaced": 0,
        "withdrawn": 0,
    }
    assert (report["skipped"], report["folder"]) == ([], "havbro")
    indexed = _json(run("index", "havbro", "--json"))
    assert (indexed["indexed"], indexed["items"], indexed["skipped"]) == (2, 4, [])

    answer = _json(run("ask", "Hvad koster renoveringen af vindebroen?", "--json"))
    assert "3,2 mio. kr." in answer["answer"]
    citation = answer["citations"][0]
    assert citation["url"] == f"{portal.url}/vis?id={guid(1)}&punktid={guid(1002)}"
    assert citation["source"] == f"{guid(1)}.json"
    assert citation["municipality"] == "Havbro Kommune"
    assert citation["committee"] == "Teknik- og Havneudvalget"
    assert (citation["date"], citation["case_number"]) == ("2024-05-07", "24/1002")
    status, out, _ = run("ask", "Hvad koster renoveringen af vindebroen?")
    assert (status, citation["url"] in out) == (0, True)
    passages = _json(run("search", "vindebroen", "--json"))["passages"]
    assert passages[0]["url"] == citation["url"]
    (case,) = _json(run("case", "24/1002", "--json"))["cases"]
    assert [step["url"] for step in case["steps"]] == [citation["url"]]
    meetings = _json(run("meetings", "--json"))["meetings"]
    assert {meeting["url"] for meeting in meetings} == {
        f"{portal.url}/vis?id={guid(1)}",
        f"{portal.url}/vis?id={guid(2)}",
    }
    for text in (run("search", "grund", "--json")[1], run("ask", "Hvad kostede grunden?")[1]):
        assert "Hemmelig" not in text

    # A correction and a withdrawal reach the index.
    fixed = BRIDGE.replace("3,2 mio.", "4,7 mio.")
    portal.answer(
        guid(1), "Teknik- og Havneudvalget", "2024-05-07T17:00:00", danish(2, "Vindebroen", fixed)
    )
    portal.withdraw(guid(2))
    report = _json(run(*quick, "--again"))
    assert (report["fetched"], report["replaced"], report["withdrawn"]) == (0, 1, 1)
    assert [(change["meeting"], change["change"]) for change in report["changes"]] == [
        (guid(2), "withdrawn"),
        (guid(1), "replaced"),
    ]
    indexed = _json(run("index", "havbro", "--json"))
    assert (indexed["replaced"], indexed["removed"]) == (1, 1)
    answer = _json(run("ask", "Hvad koster renoveringen af vindebroen?", "--json"))
    assert "4,7 mio. kr." in answer["answer"]
    assert "bibliotek" not in run("search", "biblioteket søndag", "--json")[1].lower().replace(
        '"query": "biblioteket', ""
    )


def test_an_agenda_is_fetched_on_request_and_decides_nothing(
    portal: PortalServer, run: Run
) -> None:
    report = _json(run("fetch", portal.url, "--into", "a", "--pause", 0, "--agendas", "--json"))
    assert report["fetched"] == 3
    assert [change["kind"] for change in report["changes"]] == ["agenda", "minutes", "minutes"]

    indexed = _json(run("index", "a", "--json"))
    assert [notice["source"] for notice in indexed["notices"]] == [f"{guid(3)}.json"]
    told = _json(run("parse", f"a/{guid(3)}.json", "--json"))
    assert told["items"][0]["decisions"] == []
    assert told["items"][0]["url"] == f"{portal.url}/vis?id={guid(3)}&punktid={guid(1001)}"


def test_committee_and_day_confine_it(portal: PortalServer, run: Run) -> None:
    quick = ("fetch", portal.url, "--into", "a", "--pause", 0, "--json")
    report = _json(run(*quick, "--committee", "kultur"))
    assert [change["committee"] for change in report["changes"]] == ["Kulturudvalget"]
    report = _json(run(*quick, "--since", "2024-06"))
    assert (report["fetched"], report["unchanged"]) == (0, 1)


def test_without_a_folder_it_is_named_after_the_host(portal: PortalServer, run: Run) -> None:
    status, out, err = run("fetch", portal.url, "--pause", 0)

    assert (status, err) == (0, "")
    assert out.startswith("2 fetched, 0 unchanged, 0 replaced, 0 withdrawn, 0 skipped, in ")
    assert "punktvis index minutes/127.0.0.1" in out
    assert len(list(Path("minutes/127.0.0.1").glob("*.json"))) == 2


def test_what_changed_or_failed_is_told_by_name(portal: PortalServer, run: Run) -> None:
    run("fetch", portal.url, "--pause", 0)
    portal.withdraw(guid(2))
    portal.fail(MEETING + guid(1), "html", always=True)
    _, out, _ = run("fetch", portal.url, "--pause", 0, "--again")

    assert f"withdrawn Kulturudvalget, 2024-06-04 ({guid(2)})" in out
    assert f"skipped {guid(1)}: the portal answers with a web page" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--committee", "Fiskeriudvalget"), ("Fiskeriudvalget", "Kulturudvalget")),
        (("--since", "i går"), ("unknown since 'i går'", "2021-03")),
        (("--pause", "-1"), ("--pause",)),
        (("--comittee", "x"), ("--comittee",)),
    ],
)
def test_wrong_use_says_what_would_be_right(
    portal: PortalServer, run: Run, arguments: tuple[str, ...], words: tuple[str, ...]
) -> None:
    _fails(run("fetch", portal.url, *arguments), 2, *words)
    assert not Path("minutes").exists()


@pytest.mark.parametrize("url", ["", "ftp://x.dk", "file:///etc/passwd", "https://u:p@x.dk"])
def test_what_is_no_address_is_wrong_use(run: Run, url: str) -> None:
    _fails(run("fetch", url), 2, "is no address of a portal")


def test_a_file_in_place_of_the_folder_is_wrong_use(portal: PortalServer, run: Run) -> None:
    Path("taken").write_text("")
    _fails(run("fetch", portal.url, "--into", "taken"), 2, "taken")
    assert portal.asked == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (500, ("status 500",)),
        ("html", ("is it FirstAgenda Publication?",)),
        ("half", ("no whole JSON",)),
        ("broken", ("the connection fails",)),
        ({"status": 302, "Location": "/Home/Login"}, ("even with an anonymous cookie",)),
    ],
)
def test_a_portal_that_cannot_be_read_is_an_error_and_nothing_is_lost(
    portal: PortalServer, run: Run, fault: object, words: tuple[str, ...]
) -> None:
    run("fetch", portal.url, "--into", "a", "--pause", 0)
    before = {file.name: file.read_bytes() for file in Path("a").glob("*.json")}
    portal.fail(LIST, fault, always=True)
    _fails(run("fetch", portal.url, "--into", "a", "--pause", 0), 1, portal.url, *words)

    assert {file.name: file.read_bytes() for file in Path("a").glob("*.json")} == before


def test_another_host_is_an_error_and_never_asked(portal: PortalServer, run: Run) -> None:
    with PortalServer() as other:
        portal.fail(LIST, {"status": 302, "Location": other.url + LIST}, always=True)
        _fails(run("fetch", portal.url, "--pause", 0), 1, "another host", other.url)

        assert other.asked == []


def test_nothing_fetched_at_all_is_an_error(portal: PortalServer, run: Run) -> None:
    portal.fail(MEETING + guid(1), "html", always=True)
    portal.fail(MEETING + guid(2), "half", always=True)
    result = run("fetch", portal.url, "--pause", 0, "--json")

    _fails(result, 1, portal.url, guid(2), "(and 1 more)")
    assert len(json.loads(result[1])["skipped"]) == 2


def test_strict_fails_when_one_meeting_is_skipped(portal: PortalServer, run: Run) -> None:
    portal.fail(MEETING + guid(2), "html", always=True)

    assert run("fetch", portal.url, "--pause", 0)[0] == 0
    _fails(run("fetch", portal.url, "--pause", 0, "--strict"), 1, guid(2), "a web page")


def test_a_run_that_is_killed_goes_on_where_it_was(portal: PortalServer, run: Run) -> None:
    for number in range(10, 40):
        portal.publish(
            guid(number), "Byrådet", f"2023-01-{number - 9:02}", danish(1, "Sag", LIBRARY)
        )
    root = str(Path(__file__).resolve().parents[2])
    command = [sys.executable, "-m", "qa_engine.cli", "fetch", portal.url, "--into", "a"]
    child = subprocess.Popen([*command, "--pause", "0.05"], env={**os.environ, "PYTHONPATH": root})
    while len(portal.paths) < 10 and child.poll() is None:
        time.sleep(0.01)
    child.kill()
    child.wait()
    portal.asked.clear()
    report = _json(run("fetch", portal.url, "--into", "a", "--pause", 0, "--json"))

    assert report["unchanged"] >= 8
    assert report["fetched"] + report["unchanged"] == 32
    assert len(portal.paths) == 1 + report["fetched"]
    assert list(Path("a").glob(".*.half")) == []
