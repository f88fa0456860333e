"""The application: the routes, the gate before them, and errors as problems."""

from __future__ import annotations

from fastapi import FastAPI

from qa_engine.engine import Engine
from qa_engine.rest import asking, embedding, exporting, finding, status
from qa_engine.rest.access import Access
from qa_engine.rest.body_limit import BodyLimit
from qa_engine.rest.problems import answer_with_problems

_DESCRIPTION = """\
Answers Danish questions from municipal minutes, and proves every sentence by an agenda item.
Filters are the same everywhere; a value or a name that is not known is refused. Keys may be added,
never renamed. Punktvis is an AI system: check the quote before you rely on it.
"""


def create_application(engine: Engine, access: Access, *, longest_body: int) -> FastAPI:
    """Make the application.

    Args:
        engine: What is asked; whoever opened it closes it.
        access: Who is let in.
        longest_body: Longest body that is read, in bytes.
    """
    application = FastAPI(
        title="Punktvis",
        version="1",
        description=_DESCRIPTION,
        docs_url=None,  # these two pages would have browsers fetch scripts from elsewhere
        redoc_url=None,
    )
    application.add_middleware(BodyLimit, longest=longest_body)
    application.state.engine = engine
    application.state.access = access
    answer_with_problems(application)
    for routes in (asking, finding, embedding, exporting, status):
        application.include_router(routes.router)
    return application
