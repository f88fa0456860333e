from __future__ import annotations

import pytest

from qa_engine.rest import examples
from qa_engine.rest.describing import schema_of


def test_a_schema_is_read_off_what_can_be() -> None:
    one = {"a": "x", "b": None, "c": [1, None], "d": None}
    other = {"a": None, "b": {"e": True}, "c": [], "d": None, "f": 1.5}
    assert schema_of(one, other) == {
        "type": "object",
        "properties": {
            "a": {"type": ["null", "string"]},
            "b": {
                "type": ["null", "object"],
                "properties": {"e": {"type": "boolean"}},
                "required": ["e"],
            },
            "c": {"type": "array", "items": {"type": ["integer", "null"]}},
            "d": {},
            "f": {"type": "number"},
        },
        "required": ["a", "b", "c", "d"],
    }


@pytest.mark.parametrize("key", ["page", "date", "case_number", "url", "committee", "municipality"])
def test_the_examples_show_what_may_be_missing(key: str) -> None:
    citations = examples.ANSWERS[0]["citations"]
    assert isinstance(citations, list)
    assert {citation[key] is None for citation in citations} == {True, False}


def test_quotes_of_the_examples_stand_in_their_item() -> None:
    citations = examples.ANSWERS[0]["citations"]
    assert isinstance(citations, list)
    text = str(examples.ITEMS[0]["text"])
    assert text[citations[0]["start"] : citations[0]["end"]] == citations[0]["quote"]
