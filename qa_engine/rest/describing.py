"""How replies are described in OpenAPI: by examples, and by schemas that are read off them.

The examples are made by the same forms as the replies, so a key has one home here too.
"""

from __future__ import annotations

import json
from typing import Any

from qa_engine.json_form import Json, dump
from qa_engine.rest.problems import MEDIA_TYPE

_TYPES = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    dict: "object",
    list: "array",
    type(None): "null",
}
Responses = dict[int | str, dict[str, Any]]


def schema_of(*values: Any) -> Json:
    """Read a JSON schema off examples of the same thing, which together show all that can be.

    What is never there but as null is not described further.
    """
    types = {_TYPES[type(value)] for value in values}
    if types <= {"null"}:
        return {}
    schema: Json = {"type": types.pop() if len(types) == 1 else sorted(types)}
    if objects := [value for value in values if isinstance(value, dict)]:
        names = dict.fromkeys(name for each in objects for name in each)
        schema["properties"] = {
            name: schema_of(*(each[name] for each in objects if name in each)) for name in names
        }
        schema["required"] = [name for name in names if all(name in each for each in objects)]
    if lists := [value for value in values if isinstance(value, list)]:
        schema["items"] = schema_of(*(element for each in lists for element in each))
    return schema


def replies(description: str, *examples: Json) -> Responses:
    """Describe a reply in JSON; the first example is shown."""
    sent = [json.loads(dump(example)) for example in examples]
    content = {"application/json": {"schema": schema_of(*sent), "example": sent[0]}}
    return {200: {"description": description, "content": content}}


def problems(*statuses: int) -> Responses:
    """Describe the problems that a route can answer with, besides a reply."""
    described: Responses = {}
    for status in statuses:
        description, more = _PROBLEMS[status]
        example = {"type": "about:blank", "title": description, "status": status, **more}
        schema = schema_of({"type": "", "title": "", "status": 0, "detail": ""})
        content = {MEDIA_TYPE: {"schema": schema, "example": example}}
        described[status] = {"description": description, "content": content}
    return described


_PROBLEMS: dict[int, tuple[str, Json]] = {
    400: ("Malformed body", {"detail": "the body is not JSON"}),
    401: ("Unauthorized", {"detail": "the token is missing"}),
    403: ("Forbidden", {"detail": "the token is for read; this needs 'export'"}),
    404: ("Not Found", {"detail": "there is no such item"}),
    410: ("Unknown cursor", {"detail": "the cursor 7 is not of this index", "cursor": 7}),
    413: ("Content Too Large", {"detail": "the body is longer than 1048576 bytes"}),
    421: ("Misdirected Request", {"detail": "without a token only this machine is answered"}),
    422: (
        "Unknown value",
        {
            "type": "urn:punktvis:problem:unknown-value",
            "detail": "unknown municipality 'Atlantis'; known values: Fjordby Kommune",
            "name": "municipality",
            "value": "Atlantis",
            "known": ["Fjordby Kommune"],
        },
    ),
    429: ("Too Many Requests", {"detail": "too many requests; wait 12 seconds"}),
    503: ("Service Unavailable", {"detail": "the index cannot be used now"}),
}
# What every route behind the gate can answer with.
AT_THE_GATE = problems(401, 403, 421, 422, 429, 503)
WITH_A_BODY = problems(400, 413)
