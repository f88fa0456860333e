"""The routes that tell how the server and what is indexed are: health and freshness."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Response

from indexer.reports import Builds, last_builds
from indexer.store import Change, ChangeKind, Meeting
from qa_engine.json_form import Json, iso
from qa_engine.rest import examples
from qa_engine.rest.access import needs
from qa_engine.rest.describing import AT_THE_GATE, problems, replies
from qa_engine.rest.forms import NOTHING_IN_THE_ADDRESS
from qa_engine.rest.replies import EngineOf, reply
from qa_engine.rest.tokens import Scope, Token

router = APIRouter(tags=["status"])
_HEALTHY: Json = {"status": "ok"}


def status_form(
    meetings: Sequence[Meeting],
    changes: Sequence[Change],
    *,
    model: str | None,
    passages: int,
    build: Builds | None,
    all_told: bool,
) -> Json:
    """Lay out how fresh what is indexed is, in all and by municipality.

    Args:
        meetings: All that are indexed.
        changes: All that are remembered, oldest first.
        model: The embedding model.
        passages: How many are indexed.
        build: The last build's report, if one was kept.
        all_told: Whether the documents that could not be read are named.
    """
    changed = {c.source: c.at for c in changes if c.kind is not ChangeKind.REMOVED}
    names = sorted({m.municipality for m in meetings}, key=lambda name: (name is None, name))
    return {
        "model": model,
        "passages": passages,
        "cursor": changes[-1].cursor if changes else 0,
        **_freshness(meetings, changed),
        "municipalities": [
            {
                "municipality": name,
                **_freshness([m for m in meetings if m.municipality == name], changed),
            }
            for name in names
        ],
        "last_build": build and _build_form(build, all_told=all_told),
    }


def _freshness(meetings: Sequence[Meeting], changed: dict[str, dt.datetime]) -> Json:
    dates = sorted(m.date for m in meetings if m.date)
    times = [changed[m.source] for m in meetings if m.source in changed]
    return {
        "meetings": len(meetings),
        "items": sum(m.items for m in meetings),
        "first_meeting": iso(dates[0]) if dates else None,
        "last_meeting": iso(dates[-1]) if dates else None,
        "changed": max(times).isoformat() if times else None,
    }


def _build_form(build: Builds, *, all_told: bool) -> Json:
    left_out = [{"source": each.source, "reason": each.reason} for each in build.left_out]
    return {
        "at": build.at.isoformat(),
        "skipped": len(left_out),
        "unread": left_out if all_told else None,
    }


def _examples() -> list[Json]:
    meetings, changes, build = examples.LISTED, examples.CHANGES, examples.BUILD
    return [
        status_form(listed, changes, model=model, passages=629, build=reported, all_told=all_told)
        for listed, model, reported, all_told in (
            (meetings, "name of the model", build, True),
            (meetings, "name of the model", build, False),
            ([], None, None, False),
        )
    ]


@router.get(
    "/health",
    responses={**replies("The index can be read.", _HEALTHY), **problems(422, 503)},
    dependencies=[NOTHING_IN_THE_ADDRESS],
)
def health(engine: EngineOf) -> Response:
    """Tell whether questions can be answered; needs no token."""
    engine.size()
    return reply(_HEALTHY)


@router.get(
    "/status",
    responses={**replies("How fresh what is indexed is.", *_examples()), **AT_THE_GATE},
    dependencies=[NOTHING_IN_THE_ADDRESS],
)
def status(engine: EngineOf, token: Annotated[Token, needs(Scope.READ)]) -> Response:
    """Tell what is indexed and how fresh it is; `unread` is for the scope admin alone."""
    form = status_form(
        engine.meetings(),
        engine.changes(),
        model=engine.model,
        passages=engine.size(),
        build=last_builds(engine.settings.data),
        all_told=token.allows(Scope.ADMIN),
    )
    return reply(form)
