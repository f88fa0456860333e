"""What every route needs: the engine it asks, and a form as a reply."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request, Response

from qa_engine.engine import Engine
from qa_engine.json_form import Json, dump


def _engine(request: Request) -> Engine:
    engine: Engine = request.app.state.engine
    return engine


EngineOf = Annotated[Engine, Depends(_engine)]


def reply(form: Json) -> Response:
    """Send a form as the command line prints it."""
    return Response(dump(form).encode("utf-8", "replace"), media_type="application/json")
