"""No body is read beyond a length; Starlette's own limit would not answer with a problem."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa_engine.rest.problems import problem


class BodyLimit:
    """Turns away longer bodies: at once where the length is told, else when it is reached."""

    def __init__(self, app: ASGIApp, longest: int) -> None:
        """Wrap an application; ``longest`` is in bytes."""
        self._app = app
        self._longest = longest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = Headers(scope=scope).get("content-length", "")
        if told.isdecimal() and int(told) > self._longest:
            await problem(413, self._reason)(scope, receive, send)
            return
        length = 0

        async def counted() -> Message:
            nonlocal length
            message = await receive()
            length += len(message.get("body", b""))
            if length > self._longest:
                raise HTTPException(413, self._reason)
            return message

        await self._app(scope, counted, send)

    @property
    def _reason(self) -> str:
        return f"the body is longer than {self._longest} bytes; send less at a time"
