"""The routes that find and show: passages, precedents, cases, meetings, items."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Response

from qa_engine.case_json import cases_form, precedents_form
from qa_engine.engine import Engine
from qa_engine.json_form import item_form, meetings_form, search_form
from qa_engine.rest import examples
from qa_engine.rest.access import needs
from qa_engine.rest.describing import AT_THE_GATE, WITH_A_BODY, problems, replies
from qa_engine.rest.forms import NOTHING_IN_THE_ADDRESS, FilterForm, SearchForm
from qa_engine.rest.replies import EngineOf, reply
from qa_engine.rest.tokens import Scope

router = APIRouter(tags=["find"], dependencies=[needs(Scope.READ)], responses=AT_THE_GATE)
_PASSAGES = replies("The nearest passages, best first.", examples.SEARCH)
_PRECEDENTS = replies("Similar earlier decisions, nearest first.", examples.PRECEDENTS)


@router.get("/search", responses=_PASSAGES)
def search_in_the_address(form: Annotated[SearchForm, Query()], engine: EngineOf) -> Response:
    """Find the passages nearest to a text."""
    return _search(form, engine)


@router.post(
    "/search", responses={**_PASSAGES, **WITH_A_BODY}, dependencies=[NOTHING_IN_THE_ADDRESS]
)
def search(form: SearchForm, engine: EngineOf) -> Response:
    """Find the passages nearest to a text."""
    return _search(form, engine)


def _search(form: SearchForm, engine: Engine) -> Response:
    hits = engine.search(form.text, form.k, form.filters(engine))
    return reply(search_form(form.text, hits, form.k))


@router.get("/precedents", responses=_PRECEDENTS)
def precedents_in_the_address(form: Annotated[SearchForm, Query()], engine: EngineOf) -> Response:
    """Find similar earlier decisions to a description."""
    return _precedents(form, engine)


@router.post(
    "/precedents", responses={**_PRECEDENTS, **WITH_A_BODY}, dependencies=[NOTHING_IN_THE_ADDRESS]
)
def precedents(form: SearchForm, engine: EngineOf) -> Response:
    """Find similar earlier decisions to a draft, which may be long."""
    return _precedents(form, engine)


def _precedents(form: SearchForm, engine: Engine) -> Response:
    found = engine.precedents(form.text, form.filters(engine), form.k)
    return reply(precedents_form(form.text, found))


@router.get(
    "/cases/{number:path}",
    responses={
        **replies("One case for each municipality that uses it.", examples.CASES),
        **problems(404),
    },
    dependencies=[NOTHING_IN_THE_ADDRESS],
)
def case(number: str, engine: EngineOf) -> Response:
    """Follow a case across meetings; its number may hold slashes."""
    cases = engine.case(number)
    if not cases:
        raise HTTPException(404, f"there is no case '{number}' in what is indexed")
    return reply(cases_form(number, cases))


@router.get("/meetings", responses=replies("What is indexed, newest first.", examples.MEETINGS))
def meetings(form: Annotated[FilterForm, Query()], engine: EngineOf) -> Response:
    """List the meetings that are indexed."""
    return reply(meetings_form(engine.meetings(form.filters(engine))))


@router.get(
    "/items/{source:path}/{number}",
    responses={**replies("The item, verbatim.", *examples.ITEMS), **problems(404)},
    dependencies=[NOTHING_IN_THE_ADDRESS],
)
def item(source: str, number: str, engine: EngineOf) -> Response:
    """Read an agenda item; its source may hold slashes, and its number one: 12/2023."""
    folder, _, year_before = source.rpartition("/")
    for place in ((source, number), (folder, f"{year_before}/{number}")):
        if found := engine.item(*place):
            return reply(item_form(*found))
    raise HTTPException(404, f"there is no item '{number}' of '{source}'; /meetings lists sources")
