"""The shapes describe every key of the JSON, and no key that is not there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from pydantic import TypeAdapter

from qa_engine.case_json import cases_form, precedents_form
from qa_engine.engine import Engine
from qa_engine.json_form import Json, answer_form, dump, item_form, meetings_form, search_form
from qa_engine.json_shapes import (
    AnswerShape,
    CasesShape,
    ItemShape,
    MeetingsShape,
    PrecedentsShape,
    SearchShape,
)

QUESTIONS = ["Hvad blev besluttet i sag 21/08851?", "Hvor høj er Eiffeltårnet?", "svømmehal"]
DRAFTS = ["Stormflodssikring af havnen med bidrag fra ejerne", "Ny cykelsti ved skolen"]


def _forms(corpus: Engine, shape: type) -> Iterator[Json]:
    items = [
        (minutes, item)
        for meeting in corpus.meetings()
        if (minutes := corpus.minutes(meeting.source))
        for item in minutes.items
    ]
    if shape is AnswerShape:
        yield from (answer_form(corpus.ask(question), "q1") for question in QUESTIONS)
    elif shape is SearchShape:
        yield from (search_form(text, corpus.search(text, 20), 20) for text in QUESTIONS)
    elif shape is PrecedentsShape:
        yield from (precedents_form(text, corpus.precedents(text)) for text in DRAFTS)
    elif shape is CasesShape:
        numbers = {item.case_number for _, item in items if item.case_number}
        yield from (cases_form(number, corpus.case(number)) for number in numbers)
    elif shape is ItemShape:
        yield from (item_form(minutes, item) for minutes, item in items)
    else:
        yield meetings_form(corpus.meetings())


@pytest.mark.parametrize(
    "shape", [AnswerShape, SearchShape, PrecedentsShape, CasesShape, ItemShape, MeetingsShape]
)
def test_a_shape_is_that_of_its_form(corpus: Engine, shape: type) -> None:
    schema = TypeAdapter(shape).json_schema(mode="serialization")
    strict = jsonschema.Draft202012Validator(_closed(schema))
    forms = list(_forms(corpus, shape))
    assert forms
    for form in forms:
        strict.validate(json.loads(dump(form)))


def test_the_corpus_tries_what_is_rare(corpus: Engine) -> None:
    items: list[Any] = list(_forms(corpus, ItemShape))
    decisions = [decision for item in items for decision in item["decisions"]]
    assert any(decision["votes"] for decision in decisions)
    assert any(decision["statements"] for decision in decisions)


def _closed(schema: Any) -> Any:
    """Allow no key that the schema does not name, at any depth."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(part) for name, part in schema.items()}
    return {**closed, "additionalProperties": False} if "properties" in schema else closed
