"""The client against a portal on this machine: manners, limits and faults."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from portal_server import LIST, SIGN_IN, PortalServer, danish, guid

from indexer.errors import PortalError, PortalGone
from indexer.portal.client import Client, Manners, read_origin

Open = Callable[..., Client]


@pytest.fixture
def client() -> Iterator[Open]:
    """Open clients and close them after the test."""
    with ExitStack() as clients:
        yield lambda portal, **manners: clients.enter_context(
            Client(portal.url, Manners(**{"pause": 0, "back_off": 0.01, **manners}))
        )


@pytest.fixture(autouse=True)
def _one_meeting(portal: PortalServer) -> None:
    portal.publish(guid(1), "Byrådet", "2024-05-07T17:00:00", danish(1, "Budget", "<p>Ja.</p>"))


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://dagsordener.fjordby.dk", "https://dagsordener.fjordby.dk"),
        ("dagsordener.fjordby.dk/", "https://dagsordener.fjordby.dk"),
        (" HTTPS://Dagsordener.Fjordby.dk/vis?id=1&punktid=2#x ", "https://dagsordener.fjordby.dk"),
        ("http://127.0.0.1:8080/api/agenda/udvalgsliste", "http://127.0.0.1:8080"),
        ("https://dagsordener.fjordby.dk:443", "https://dagsordener.fjordby.dk"),
    ],
)
def test_the_address_of_any_page_names_the_portal(address: str, origin: str) -> None:
    assert read_origin(address) == origin


@pytest.mark.parametrize(
    "address",
    [
        "",
        "  ",
        "ftp://fjordby.dk",
        "file:///etc/passwd",
        "https://",
        "https://a:b@fjordby.dk",
        "h://[",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="is no address of a portal; write https://"):
        read_origin(address)


def test_the_anonymous_cookie_is_fetched_first(portal: PortalServer, client: Open) -> None:
    assert "Udvalg" in client(portal).read(LIST)

    assert [path for path, _, _ in portal.asked] == [SIGN_IN + "/", LIST]


def test_a_cookie_that_has_run_out_is_fetched_again(portal: PortalServer, client: Open) -> None:
    opened = client(portal)
    opened.read(LIST)
    portal.expire()

    assert "Udvalg" in opened.read(LIST)
    assert len(portal.asked) == 5


def test_the_front_page_may_give_the_cookie_instead(portal: PortalServer, client: Open) -> None:
    portal.fail(SIGN_IN + "/", 404, always=True)
    portal.fail("/", {"status": 200, "Set-Cookie": portal.cookie}, always=True)

    assert "Udvalg" in client(portal).read(LIST)


def test_a_portal_that_never_stops_redirecting_ends_in_an_error(
    portal: PortalServer, client: Open
) -> None:
    portal.signs_in = False
    with pytest.raises(PortalError, match="even with an anonymous cookie"):
        client(portal).read(LIST)

    assert portal.paths == [LIST, LIST]


def test_every_request_says_who_asks_and_waits_its_turn(portal: PortalServer, client: Open) -> None:
    opened = client(portal, pause=0.2)
    for _ in range(3):
        opened.read(LIST)

    times = [at for _, at, _ in portal.asked]
    assert all(later - earlier >= 0.2 for earlier, later in itertools.pairwise(times))
    assert {headers["User-Agent"].split(" ")[0] for _, _, headers in portal.asked} == {
        "Punktvis/0.1.0"
    }


@pytest.mark.parametrize("fault", [500, 503, 429, "broken"])
def test_a_fault_that_passes_is_waited_for(
    portal: PortalServer, client: Open, fault: object
) -> None:
    portal.fail(LIST, fault, fault)

    assert "Udvalg" in client(portal).read(LIST)
    assert portal.paths == [LIST] * 3


@pytest.mark.parametrize(
    ("fault", "reason"),
    [(500, "status 500; what is fetched is kept"), ("broken", "the connection fails")],
)
def test_a_fault_that_stays_is_an_error(
    portal: PortalServer, client: Open, fault: object, reason: str
) -> None:
    portal.fail(LIST, fault, always=True)
    with pytest.raises(PortalError, match=reason):
        client(portal).read(LIST)

    assert portal.paths == [LIST] * 3


def test_pauses_after_failures_grow(portal: PortalServer, client: Open) -> None:
    portal.fail(LIST, 500, 500)
    client(portal, back_off=0.2).read(LIST)

    first, second, third = (at for path, at, _ in portal.asked if path == LIST)
    assert 0.2 <= second - first < 0.4 <= third - second


@pytest.mark.parametrize("status", [429, 503])
def test_a_wait_that_the_portal_asks_for_is_kept(
    portal: PortalServer, client: Open, status: int
) -> None:
    portal.fail(LIST, {"status": status, "Retry-After": "1"})
    client(portal).read(LIST)

    first, second = (at for path, at, _ in portal.asked if path == LIST)
    assert second - first >= 1


def test_a_wait_may_be_asked_for_by_date(portal: PortalServer, client: Open) -> None:
    portal.fail(LIST, {"status": 503, "Retry-After": "Wed, 21 Oct 2099 07:28:00 GMT"})
    with pytest.raises(PortalError, match=r"asks to wait \d+ seconds"):
        client(portal).read(LIST)

    assert portal.paths == [LIST]


def test_a_wait_that_is_too_long_ends_it(portal: PortalServer, client: Open) -> None:
    portal.fail(LIST, {"status": 429, "Retry-After": "3600"})
    with pytest.raises(PortalError, match="asks to wait 3600 seconds"):
        client(portal).read(LIST)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("html", "a web page, not with JSON; is it FirstAgenda Publication?"),
        ("half", "no whole JSON"),
        (403, r"refuses it \(status 403\)"),
        (204, r"status 204"),
        ({"status": 200, "Content-Encoding": "gzip"}, "no whole JSON"),
    ],
)
def test_what_is_no_json_is_an_error_at_once(
    portal: PortalServer, client: Open, fault: object, reason: str
) -> None:
    portal.fail(LIST, fault, always=True)
    with pytest.raises(PortalError, match=reason):
        client(portal).read(LIST)

    assert portal.paths == [LIST]


def test_what_is_not_there_is_told_apart(portal: PortalServer, client: Open) -> None:
    with pytest.raises(PortalGone, match=r"has nothing there \(status 404\)"):
        client(portal).read("/api/agenda/dagsorden/" + guid(404))


def test_an_endless_reply_is_given_up(portal: PortalServer, client: Open) -> None:
    portal.fail(LIST, "endless", always=True)
    with pytest.raises(PortalError, match=r"larger than 0\.3 MB"):
        client(portal, reply_bytes=300_000).read(LIST)


def test_a_reply_that_drips_is_given_up(portal: PortalServer, client: Open) -> None:
    portal.fail(LIST, "drip", always=True)
    begun = time.monotonic()
    with pytest.raises(PortalError, match=r"takes more than 0\.3 seconds"):
        client(portal, reply_seconds=0.3).read(LIST)

    assert time.monotonic() - begun < 2


def test_a_portal_that_is_silent_or_not_there_is_an_error(
    portal: PortalServer, client: Open
) -> None:
    portal.fail(LIST, "drip", always=True)
    with pytest.raises(PortalError, match=r"the connection fails \(ReadTimeout"):
        client(portal, silence=0.02).read(LIST)
    with PortalServer() as gone:
        opened = client(gone)
    with pytest.raises(PortalError, match=r"the connection fails \(ConnectError"):
        opened.read(LIST)


@pytest.mark.parametrize("path", [LIST, SIGN_IN + "/"])
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_other_host_is_ever_asked(
    portal: PortalServer, client: Open, path: str, status: int
) -> None:
    with PortalServer() as other:
        portal.fail(path, {"status": status, "Location": f"{other.url}/api"}, always=True)
        with pytest.raises(PortalError, match=f"another host, {other.url}, which was not named"):
            client(portal).read(LIST)

        assert other.asked == []


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example/x", "https://127.0.0.1.evil.example/", "http://localhost/"]
)
def test_another_name_is_another_host(portal: PortalServer, client: Open, elsewhere: str) -> None:
    portal.fail(LIST, {"status": 302, "Location": elsewhere}, always=True)
    with pytest.raises(PortalError, match="another host"):
        client(portal).read(LIST)


def test_the_same_host_may_want_https(
    portal: PortalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, portal.url)
    named = "http://dagsordener.havbro.example"
    secure = named.replace("http:", "https:") + "/"
    portal.fail(f"{named}{SIGN_IN}/", {"status": 301, "Location": secure}, always=True)
    with Client(named, Manners(pause=0, attempts=1)) as client:
        with pytest.raises(PortalError, match=f"{secure}Home.*the connection fails"):
            client.read(LIST)

        assert client.origin == secure.rstrip("/")
    assert [path for path, _, _ in portal.asked] == [
        f"{named}{SIGN_IN}/",
        "dagsordener.havbro.example:443",
    ]
