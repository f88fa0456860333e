from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from indexer.embedding import Embedder
from indexer.errors import StoreError
from indexer.reports import Builds, LeftOut
from indexer.store import Change, ChangeKind, Meeting
from qa_engine.rest.status import status_form
from qa_engine.rest.tokens import Scope, Tokens

Open = Callable[..., TestClient]

DAY = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


def _meeting(source: str, municipality: str | None, date: dt.date | None) -> Meeting:
    return Meeting(source, municipality, "Byrådet", date, None, 3, None)


def test_freshness_is_told_for_each_municipality() -> None:
    meetings = [
        _meeting("a", "Varde Kommune", dt.date(2024, 3, 1)),
        _meeting("b", "Varde Kommune", dt.date(2021, 1, 1)),
        _meeting("c", None, None),
    ]
    changes = [
        Change(1, "a", ChangeKind.REPLACED, DAY),
        Change(2, "b", ChangeKind.ADDED, DAY - dt.timedelta(1)),
        Change(3, "gone", ChangeKind.REMOVED, DAY + dt.timedelta(1)),
    ]
    form = status_form(meetings, changes, model="m", passages=7, build=None, all_told=True)
    varde = {
        "meetings": 2,
        "items": 6,
        "first_meeting": "2021-01-01",
        "last_meeting": "2024-03-01",
        "changed": DAY.isoformat(),
    }
    assert form["municipalities"][0] == {"municipality": "Varde Kommune", **varde}
    assert form["municipalities"][1]["last_meeting"] is None
    assert (form["meetings"], form["items"], form["cursor"]) == (3, 9, 3)
    assert form["last_build"] is None


def test_what_could_not_be_read_is_for_an_admin() -> None:
    build = Builds(DAY, (LeftOut("a.pdf", "krypteret", ("minutes",)),))

    def told(all_told: bool) -> object:
        return status_form([], [], model=None, passages=0, build=build, all_told=all_told)[
            "last_build"
        ]

    counted = {"at": DAY.isoformat(), "skipped": 1}
    unread = [{"source": "a.pdf", "reason": "krypteret"}]
    assert told(True) == {**counted, "unread": unread}
    assert told(False) == {**counted, "unread": None}


def test_status_tells_of_the_index(own: Path, client_of: Open, embedder: Embedder) -> None:
    told = client_of(own / "data").get("/status").json()
    assert told["model"] == embedder.name
    assert [(m["municipality"], m["last_meeting"]) for m in told["municipalities"]] == [
        ("Nordby Kommune", "2023-03-14"),
        ("Sydby Kommune", "2024-05-28"),
    ]


def test_every_route_but_health_needs_its_scope(own: Path, client_of: Open) -> None:
    client = client_of(own / "data", loopback=False)
    tokens = Tokens(own / "data")
    by_scope = {scope: tokens.make(scope, [scope], DAY) for scope in Scope}

    def status(path: str, token: str) -> int:
        return client.get(path, headers={"Authorization": f"Bearer {token}"}).status_code

    assert client.get("/health").status_code == 200
    reading = ["/ask?question=sti", "/search?text=sti", "/precedents?text=sti", "/meetings"]
    reading += ["/cases/20/9270", "/status"]
    for path in [*reading, "/export", "/items/byråd/sydby.md/3"]:
        unknown = client.get(path)
        assert unknown.status_code == 401, path
        assert unknown.headers["www-authenticate"].startswith("Bearer")
        assert unknown.headers["content-type"] == "application/problem+json"
        assert status(path, "wrong") == 401
        assert status(path, by_scope[Scope.ADMIN]) == 200
    for path in reading:
        assert status(path, by_scope[Scope.READ]) == 200
        assert status(path, by_scope[Scope.EXPORT]) == 403
    assert status("/export", by_scope[Scope.EXPORT]) == 200
    assert status("/export", by_scope[Scope.READ]) == 403
    tokens.revoke(Scope.READ)
    assert status("/meetings", by_scope[Scope.READ]) == 401
    for header in ("Basic eDp5", "Bearer", "Bearer ", "x", by_scope[Scope.ADMIN]):
        refused = client.get("/meetings", headers={"Authorization": header})
        assert refused.status_code == 401, header
    assert client.post("/embeddings", json={"input": "a"}).status_code == 401


def test_a_broken_index_is_no_fault_of_the_asker(own: Path, client_of: Open) -> None:
    """Where it is broken is for the log: it names folders of the server."""
    client = client_of(own / "data")
    client.app.state.engine.close()  # type: ignore[attr-defined]
    for path in ("/health", "/status", "/search?text=sti", "/export", "/items/a/1"):
        told = client.get(path)
        assert told.status_code == 503, path
        assert told.headers["content-type"] == "application/problem+json"
        assert str(own) not in told.text


def test_tokens_that_cannot_be_read_let_nobody_in(own: Path, client_of: Open) -> None:
    client = client_of(own / "data")
    (own / "data" / "tokens.json").write_text("{", encoding="utf-8")
    for headers in ({}, {"Authorization": "Bearer x"}):
        assert client.get("/meetings", headers=headers).status_code in {401, 503}
    assert client.get("/health").status_code == 200


def test_a_fault_of_ours_shows_nothing_of_the_inside(own: Path, client_of: Open) -> None:
    client = client_of(own / "data")

    class Broken:
        def meetings(self) -> None:
            raise RuntimeError("secret")

        def size(self) -> None:
            raise StoreError("/secret/folder: broken")

    client.app.state.engine = Broken()  # type: ignore[attr-defined]
    told = client.get("/meetings")
    assert (told.status_code, "secret" in told.text) == (500, False)
    told = client.get("/health")
    assert (told.status_code, "secret" in told.text) == (503, False)


def test_too_many_requests_are_told_when_to_come_again(own: Path, client_of: Open) -> None:
    client = client_of(own / "data", requests=3)
    assert [client.get("/meetings").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = client.get("/meetings")
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert refused.headers["content-type"] == "application/problem+json"
    assert client.get("/health").status_code == 200


def test_long_bodies_are_not_read(own: Path, client_of: Open) -> None:
    client = client_of(own / "data", longest_body=1000)
    assert client.post("/search", json={"text": "sti"}).status_code == 200
    told = client.post("/search", json={"text": "s" * 2000})
    assert told.status_code == 413
    assert told.headers["content-type"] == "application/problem+json"
    pieces = (b"x" * 100 for _ in range(20))  # their length is not told beforehand
    told = client.post("/search", content=pieces, headers={"content-type": "application/json"})
    assert told.status_code == 413
    assert client.post("/nothing", content=b"x" * 2000).status_code == 413
