"""Errors as problem details (RFC 9457): what is wrong, and what would have worked."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from indexer.errors import (
    ModelError,
    PunktvisError,
    QuestionError,
    QuestionTooLong,
    StoreError,
    UnknownCursor,
    UnknownFilterValue,
)

MEDIA_TYPE = "application/problem+json"
_log = logging.getLogger(__name__)


def answer_with_problems(application: FastAPI) -> None:
    """Make an application tell every error as a problem."""
    application.add_exception_handler(HTTPException, _http)
    application.add_exception_handler(RequestValidationError, _invalid)
    application.add_exception_handler(PunktvisError, _ours)
    application.add_exception_handler(Exception, _fault)


def problem(
    status: int,
    detail: str,
    kind: str = "",
    headers: Mapping[str, str] | None = None,
    **more: object,
) -> Response:
    """Write a problem.

    Args:
        status: The HTTP status.
        detail: What is wrong this time, and what to do.
        kind: Name of our own kind of problem; without one the status says it all.
        headers: To be sent with it.
        more: Further members, for programs.
    """
    body = {
        "type": f"urn:punktvis:problem:{kind}" if kind else "about:blank",
        "title": kind.replace("-", " ").capitalize() or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }
    # In ASCII: what was sent may hold half a character, and is told back.
    return Response(json.dumps(body), status, headers, MEDIA_TYPE)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = error.detail
    if error.status_code == HTTPStatus.NOT_FOUND and detail == HTTPStatus.NOT_FOUND.phrase:
        detail = "there is no such address; /openapi.json lists those that there are"
    return problem(error.status_code, detail, headers=error.headers)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [
        {"at": ".".join(map(str, each["loc"])), "reason": str(each["msg"])}
        for each in error.errors()
    ]
    if any(each["type"] == "json_invalid" for each in error.errors()):
        return problem(400, "the body is not JSON", "malformed-body", errors=errors)
    detail = "; ".join(f"{each['at']}: {each['reason']}" for each in errors)
    return problem(422, detail, "invalid-request", errors=errors)


def _ours(request: Request, error: Exception) -> Response:
    match error:
        case UnknownFilterValue(name=name, value=value, known=known):
            return problem(
                422, str(error), "unknown-value", name=name, value=value, known=list(known)
            )
        case QuestionTooLong(length=length, limit=limit):
            return problem(422, str(error), "too-long", length=length, limit=limit)
        case QuestionError():
            return problem(422, str(error), "invalid-request")
        case UnknownCursor(cursor=cursor):
            return problem(410, str(error), "unknown-cursor", cursor=cursor)
    # What is wrong here names folders of the server, which are nobody else's business.
    _log.error("%s", error)
    match error:
        case StoreError():
            return problem(503, "the index cannot be used now; the server's log says why")
        case ModelError():
            return problem(503, "the model cannot be used now; the server's log says why")
    return problem(500, "this failed; the server's log says why")


def _fault(request: Request, error: Exception) -> Response:
    return problem(500, "this failed; the server's log says why")
