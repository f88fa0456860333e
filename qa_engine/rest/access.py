"""Who is let in, to what, and how often: the gate before every route but those on health."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from qa_engine.rest.tokens import Scope, Token, Tokens

_MINUTE = 60.0
_THIS_MACHINE = re.compile(r"(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?", re.IGNORECASE)
_NOBODY = Token("", tuple(Scope), "", "")

_bearer = HTTPBearer(auto_error=False, description="Made with `punktvis token make`.")


class RateLimit:
    """Counts requests by asker, anew every minute; used from the event loop alone."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Say how many each asker may make; ``clock`` tells seconds."""
        self._per_minute = per_minute
        self._clock = clock
        self._begun = clock()
        self._made = Counter[str]()

    def count(self, asker: str) -> float:
        """Count a request; give the seconds to wait where it is one too many, else 0."""
        now = self._clock()
        if now - self._begun >= _MINUTE:
            self._begun = now
            self._made.clear()
        self._made[asker] += 1
        return self._begun + _MINUTE - now if self._made[asker] > self._per_minute else 0.0


class Access:
    """Decides on requests: by their token, or, while no token was ever made, by where we listen."""

    def __init__(self, tokens: Tokens, rate: RateLimit, *, loopback: bool) -> None:
        """Say which tokens there are, how often each may ask, and whether only this machine can."""
        self._tokens = tokens
        self._rate = rate
        self._loopback = loopback

    def admit(self, secret: str | None, scope: Scope, *, client: str, host: str) -> Token:
        """Let a request in, and tell by which token.

        Args:
            secret: What was sent as a bearer token.
            scope: What the request needs.
            client: The address that it comes from.
            host: The name under which it was sent to us.

        Raises:
            HTTPException: 401, 403, 421 or 429.
        """
        token = self._tokens.find(secret) if secret else None
        wait = self._rate.count(f"token {token.name}" if token else f"address {client}")
        if wait:
            seconds = str(int(wait) + 1)
            raise HTTPException(
                429, f"too many requests; wait {seconds} seconds", {"Retry-After": seconds}
            )
        if self._loopback and not self._tokens.are_kept():
            # A page in the owner's browser can be led here under a name of its own.
            if not _THIS_MACHINE.fullmatch(host):
                raise HTTPException(421, "without a token only this machine is answered")
            return _NOBODY
        if token is None:
            wrong = ', error="invalid_token"' if secret else ""
            raise HTTPException(
                401,
                f"the token is {'unknown or revoked' if secret else 'missing'}; send one that "
                f"'punktvis token make' made, as 'Authorization: Bearer …'",
                {"WWW-Authenticate": f'Bearer realm="punktvis"{wrong}'},
            )
        if not token.allows(scope):
            raise HTTPException(
                403,
                f"the token is for {', '.join(token.scopes)}; this needs '{scope}'",
                {"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'},
            )
        return token


def needs(scope: Scope) -> Any:
    """Make the dependency that lets only those in whose token is for this; it gives the token."""

    async def admit(
        request: Request,
        sent: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    ) -> Token:
        access: Access = request.app.state.access
        return access.admit(
            sent.credentials if sent else None,
            scope,
            client=request.client.host if request.client else "",
            host=request.headers.get("host", ""),
        )

    return Depends(admit)
