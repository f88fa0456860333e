"""Asking a portal politely: one request at a time, with a pause, and no host but the one named."""

from __future__ import annotations

import email.utils
import json
import time
from dataclasses import dataclass
from importlib.metadata import version
from types import TracebackType
from typing import Self

import httpx2

from indexer.errors import PortalError, PortalGone

_AGENT = f"Punktvis/{version('punktvis')} (reads published minutes; one request at a time)"
_SIGN_IN = ("/Home/AnonymousAuthentication?callback=/", "/")
_GONE = frozenset({404, 410})
_TOO_MANY = 429
_SERVER_FAULT = 500


@dataclass(frozen=True, slots=True)
class Manners:
    """How a portal is asked; times are in seconds.

    Attributes:
        pause: Between the end of a reply and the next request.
        attempts: How often something is asked for that the server fails to give.
        back_off: Pause after the first failure, twice that after the second, and so on.
        longest_wait: Longest wait that the server may ask for.
        silence: Longest wait for a connection, and for anything to come over it.
        reply_seconds: Longest time for the body of a reply.
        reply_bytes: Largest body; the list of a large municipality is a few megabytes.
    """

    pause: float = 1.0
    attempts: int = 3
    back_off: float = 1.0
    longest_wait: float = 120.0
    silence: float = 20.0
    reply_seconds: float = 30.0
    reply_bytes: int = 50_000_000


@dataclass(frozen=True, slots=True)
class _Reply:
    """``target`` is where a redirect leads; ``wait`` is what the server asks for, in seconds."""

    status: int
    target: httpx2.URL | None
    wait: float | None
    body: bytes


def read_origin(address: str) -> str:
    """Read the address of a portal, or of a page on it, as "https://host".

    Raises:
        ValueError: It is no address of a web page.
    """
    text = address.strip()
    try:
        url = httpx2.URL(text if "://" in text else f"https://{text}")
    except httpx2.InvalidURL:
        url = httpx2.URL()
    if url.scheme not in {"https", "http"} or not url.host or url.userinfo:
        raise ValueError(
            f"'{address}' is no address of a portal; write https://dagsordener.fjordby.dk"
        )
    return f"{url.scheme}://{url.netloc.decode()}"


class Client:
    """Reads JSON from one portal; use it as a context, which closes it."""

    def __init__(self, origin: str, manners: Manners = Manners()) -> None:
        """Name the portal as ``read_origin`` gives it; nothing is asked yet."""
        self.origin = origin
        self._manners = manners
        self._client = httpx2.Client(
            headers={"User-Agent": _AGENT, "Accept": "application/json, text/html;q=0.5"},
            timeout=manners.silence,
            follow_redirects=False,
        )
        self._signed_in = False
        self._free_at = 0.0

    def __enter__(self) -> Self:
        """Use it as a context that closes it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close it."""
        self._client.close()

    def read(self, path: str) -> object:
        """Read what the portal has under a path.

        Raises:
            PortalGone: It has nothing there.
            PortalError: It gives no JSON, not within the limits, or sends to another host.
        """
        if not self._signed_in:
            self._sign_in()
        reply = self._ask(path)
        if reply.target is not None:  # the cookie has run out
            self._sign_in()
            reply = self._ask(path)
        address = self.origin + path
        if reply.target is not None:
            raise PortalError(
                address,
                f"it sends to {reply.target} even with an anonymous cookie; the portal may want a "
                "real sign-in, or be no FirstAgenda Publication",
            )
        if reply.status in _GONE:
            raise PortalGone(address, f"the portal has nothing there (status {reply.status})")
        if reply.status != httpx2.codes.OK:
            raise PortalError(address, f"the portal refuses it (status {reply.status})")
        return _decode(address, reply.body)

    def _sign_in(self) -> None:
        """Get the anonymous cookie, without which the portal answers 302."""
        self._signed_in = True
        for path in _SIGN_IN:
            self._ask(path)
            if self._client.cookies:
                return

    def _ask(self, path: str) -> _Reply:
        """Ask, again where the server fails, and over https where the server wants that."""
        reply = self._ask_patiently(path)
        if reply.target is None or not self._is_upgrade(reply.target):
            return reply
        self.origin = f"https://{reply.target.netloc.decode()}"
        return self._ask_patiently(path)

    def _is_upgrade(self, target: httpx2.URL) -> bool:
        return target.scheme == "https" and self.origin.startswith("http:")

    def _ask_patiently(self, path: str) -> _Reply:
        manners = self._manners
        address, fault, wait = self.origin + path, "", 0.0
        for attempt in range(manners.attempts):
            self._pause(wait)
            wait = manners.back_off * 2**attempt
            try:
                reply = self._ask_once(address)
            except httpx2.TransportError as error:
                fault = f"the connection fails ({type(error).__name__}: {error})"
                continue
            except (httpx2.DecodingError, httpx2.InvalidURL) as error:
                raise PortalError(address, f"the reply is damaged ({error})") from error
            finally:
                self._free_at = time.monotonic() + manners.pause
            if reply.status < _SERVER_FAULT and reply.status != _TOO_MANY:
                return reply
            fault = f"the portal answers with status {reply.status}"
            wait = max(wait, reply.wait or 0.0)
            if wait > manners.longest_wait:
                fault += f" and asks to wait {wait:.0f} seconds"
                break
        raise PortalError(address, f"{fault}; what is fetched is kept, try again later")

    def _pause(self, wait: float) -> None:
        time.sleep(max(wait, self._free_at - time.monotonic(), 0.0))

    def _ask_once(self, address: str) -> _Reply:
        with self._client.stream("GET", address) as response:
            target = None
            if response.has_redirect_location:
                target = response.url.join(response.headers["Location"])
                self._check_host(address, target)
            wait = _read_wait(response.headers.get("Retry-After", ""))
            body = b"" if target else self._read_body(address, response)
            return _Reply(response.status_code, target, wait, body)

    def _check_host(self, address: str, target: httpx2.URL) -> None:
        """Refuse another host, which was not named, and the way back from https to http."""
        named = httpx2.URL(self.origin)
        same = (target.scheme, target.host, target.port) == (named.scheme, named.host, named.port)
        upgraded = self._is_upgrade(target) and target.host == named.host and target.port is None
        if not same and not (upgraded and named.port is None):
            where = f"{target.scheme}://{target.netloc.decode()}"
            raise PortalError(
                address, f"it sends to another host, {where}, which was not named and not asked"
            )

    def _read_body(self, address: str, response: httpx2.Response) -> bytes:
        """Read a body within the limits of time and size."""
        ends = time.monotonic() + self._manners.reply_seconds
        body = bytearray()
        for part in response.iter_bytes():
            body += part
            if len(body) > self._manners.reply_bytes:
                size = self._manners.reply_bytes / 1_000_000
                raise PortalError(address, f"the reply is larger than {size:g} MB; it is not read")
            if time.monotonic() > ends:
                most = f"{self._manners.reply_seconds:g} seconds"
                raise PortalError(address, f"the reply takes more than {most}; try again later")
        return bytes(body)


def _read_wait(header: str) -> float | None:
    """Read "Retry-After": seconds, or a date (RFC 9110, 10.2.3)."""
    if header.strip().isdecimal():
        return float(header)
    try:
        return email.utils.parsedate_to_datetime(header).timestamp() - time.time()
    except (ValueError, OverflowError):
        return None


def _decode(address: str, body: bytes) -> object:
    if body.lstrip()[:1] == b"<":
        reason = "the portal answers with a web page, not with JSON"
        raise PortalError(address, f"{reason}; is it FirstAgenda Publication?")
    try:
        decoded: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise PortalError(address, f"the reply is no whole JSON ({error})") from error
    return decoded
