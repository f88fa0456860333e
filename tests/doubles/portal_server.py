"""A portal on this machine that speaks as FirstAgenda Publication does, faults included.

Without its anonymous cookie the API answers 302, as the real one does. All that its meetings say
is invented.
"""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict, deque
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

LIST = "/api/agenda/udvalgsliste"
MEETING = "/api/agenda/dagsorden/"
NO_ID = "00000000-0000-0000-0000-000000000000"
SIGN_IN = "/Home/AnonymousAuthentication?callback="


def guid(number: int) -> str:
    """Make an id of the form that the portal gives."""
    return f"0a1b2c3d-0000-4000-8000-{number:012x}"


def danish(number: int, title: str, html: str, **more: Any) -> dict[str, Any]:
    """Write an item with Danish names of keys."""
    return {
        "Id": guid(1000 + number),
        "AgendaUid": NO_ID,
        "Punktnummer": str(number),
        "Navn": title,
        "SagsNummer": f"24/{1000 + number}",
        "IsOpen": True,
        "Felter": [{"Navn": "Dagsordenspunkt", "Html": html, "Tekst": None}],
        "Bilag": [],
        "Presentations": None,
        **more,
    }


def english(number: int, title: str, html: str, **more: Any) -> dict[str, Any]:
    """Write an item with English names of keys, the Danish ones null beside them."""
    item = danish(number, title, html)
    return {
        **item,
        "Number": item["Punktnummer"],
        "Caption": item["Navn"],
        "CaseNumber": item["SagsNummer"],
        "Punktnummer": None,
        "Navn": None,
        "SagsNummer": None,
        **more,
    }


class PortalServer:
    """The portal; use it as a context, which ends it.

    Attributes:
        asked: Path, time and headers of every request, in order.
        signs_in: Whether the anonymous cookie is given out.
    """

    def __init__(self) -> None:
        """Take a port; nothing is answered before it is entered."""
        self.asked: list[tuple[str, float, dict[str, str]]] = []
        self.signs_in = True
        self._cookie = 1
        self._groups: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._replies: dict[str, Any] = {}
        self._faults: dict[str, deque[Any]] = defaultdict(deque)
        self._always: dict[str, Any] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._server.portal = self  # type: ignore[attr-defined]
        self.ends = threading.Event()
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.ends.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def paths(self) -> list[str]:
        """What was asked of the API, in order."""
        return [path for path, _, _ in self.asked if path.startswith("/api/")]

    def publish(
        self,
        id_: str,
        committee: str,
        starts: str,
        *items: dict[str, Any],
        group: str = "Udvalg 2022-2025",
        **listed: Any,
    ) -> dict[str, Any]:
        """List a meeting, and have its items; gives the entry of the list, which may be changed."""
        entry = {
            "Id": id_,
            "Navn": "Referat",
            "Dato": starts,
            "MeetingBeginUtc": starts,
            "Sted": "Rådssalen",
            "ReleasedDate": f"{starts[:10]}T18:00:00+02:00",
            "IsSupplementaryAgenda": False,
            "Afsluttet": True,
            **listed,
        }
        self._groups[group][committee].append(entry)
        self.answer(id_, committee, starts, *items)
        return entry

    def answer(self, id_: str, committee: str, starts: str, *items: dict[str, Any]) -> None:
        """Have the items of a meeting, whether it is listed or not."""
        self._replies[MEETING + id_] = {
            "Id": id_,
            "Udvalg": {"Id": guid(9), "Navn": committee},
            "Moede": {"Id": NO_ID, "Navn": None, "Dato": starts, "Sted": "Rådssalen"},
            "TillaegsDagsorden": False,
            "Dagsordenpunkter": list(items),
        }

    def withdraw(self, id_: str) -> None:
        """List a meeting no more."""
        for committees in self._groups.values():
            for meetings in committees.values():
                meetings[:] = [entry for entry in meetings if entry["Id"] != id_]

    def reply(self, path: str, value: Any) -> None:
        """Answer a path with any JSON."""
        self._replies[path] = value

    def fail(self, path: str, *faults: Any, always: bool = False) -> None:
        """Answer a path wrongly, once for each fault, or the first of them for ever.

        A fault is a status, a name that ``_Handler`` knows, or a dict of status and headers.
        """
        if always:
            self._always[path] = faults[0]
        else:
            self._faults[path].extend(faults)

    def mend(self) -> None:
        """Answer everything as it should be."""
        self._faults.clear()
        self._always.clear()

    def expire(self) -> None:
        """Forget the cookies that were given out."""
        self._cookie += 1

    @property
    def cookie(self) -> str:
        """The cookie that the API wants."""
        return f".AspNet.Cookies=anonym-{self._cookie}"

    def fault_of(self, path: str) -> Any:
        """Give the next fault of a path, or None."""
        if self._faults[path]:
            return self._faults[path].popleft()
        return self._always.get(path)

    def json_of(self, path: str) -> Any:
        """Give what a path answers, or None."""
        if path != LIST or LIST in self._replies:
            return self._replies.get(path)
        return {
            "Udvalg": {
                group: [
                    {"Id": guid(9), "Navn": name, "Historisk": False, "Moeder": meetings}
                    for name, meetings in committees.items()
                ]
                for group, committees in self._groups.items()
            }
        }


class _Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        portal: PortalServer = self.server.portal  # type: ignore[attr-defined]
        portal.asked.append((self.path, time.monotonic(), dict(self.headers.items())))
        fault = portal.fault_of(self.path)
        if fault is not None:
            with suppress(OSError):  # whoever asked may have gone, and should have
                self._fail(portal, fault)
            return
        if self.path.startswith(SIGN_IN):
            cookie = {"Set-Cookie": f"{portal.cookie}; path=/; HttpOnly"} if portal.signs_in else {}
            self._send(302, b"", {"Location": "/", **cookie})
        elif self.path == "/":
            self._send(200, b"<!DOCTYPE html><title>Dagsordener</title>", _HTML)
        elif portal.cookie not in self.headers.get("Cookie", ""):
            self._send(302, b"", {"Location": SIGN_IN + self.path})
        elif (value := portal.json_of(self.path)) is None:
            self._send(404, b"<h1>404</h1>", _HTML)
        else:
            self._send(200, json.dumps(value).encode(), _JSON)

    def do_CONNECT(self) -> None:
        """Refuse to be a way to another host, for tests that name this server as their proxy."""
        self.server.portal.asked.append((self.path, time.monotonic(), {}))  # type: ignore[attr-defined]
        self._send(502, b"", {})

    def _fail(self, portal: PortalServer, fault: Any) -> None:
        if isinstance(fault, int):
            self._send(fault, b"<h1>Fejl</h1>", _HTML)
        elif isinstance(fault, dict):
            headers = {name: value for name, value in fault.items() if name != "status"}
            self._send(fault["status"], b"", headers)
        elif fault == "html":
            self._send(200, b"\n<!DOCTYPE html><h1>Vi opdaterer siden</h1>", _HTML)
        elif fault == "half":
            whole = json.dumps(portal.json_of(self.path)).encode()
            self._send(200, whole[: len(whole) // 2], _JSON)
        elif fault == "broken":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b'{"Udvalg": ')
            self.close_connection = True
        elif fault == "endless":
            self._stream(portal, b'{"Udvalg": {"2022": [', b'{"Navn": "Udvalg"}, ' * 5000, 0.0)
        elif fault == "drip":
            self._stream(portal, b'{"Udvalg"', b" ", 0.05)
        else:
            raise AssertionError(fault)

    def _stream(self, portal: PortalServer, first: bytes, more: bytes, pause: float) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(first)
        while not portal.ends.wait(pause):
            self.wfile.write(more)
            self.wfile.flush()

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


_JSON = {"Content-Type": "application/json; charset=utf-8"}
_HTML = {"Content-Type": "text/html; charset=utf-8"}
