"""What holds for every route: the description is true, and nothing that is sent breaks it."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

EXAMPLES = 12
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


OPERATIONS = [
    *(("GET", path) for path in ("/ask", "/search", "/precedents", "/meetings", "/export")),
    *(("GET", path) for path in ("/cases/{number}", "/items/{source}/{number}")),
    *(("GET", path) for path in ("/health", "/status")),
    *(("POST", path) for path in ("/ask", "/search", "/precedents", "/embeddings")),
]


@pytest.fixture(scope="module")
def description(client: TestClient) -> Any:
    """Load the description of the application in this process."""
    return schemathesis.openapi.from_asgi("/openapi.json", client.app)


# Of /health there is nothing that could be wrong.
TRIED = [(*each, GenerationMode.POSITIVE) for each in OPERATIONS]
TRIED += [(*each, GenerationMode.NEGATIVE) for each in OPERATIONS if each[1] != "/health"]


@pytest.mark.parametrize(("method", "path", "mode"), TRIED)
def test_whatever_is_sent_is_answered_as_described(
    description: Any, method: str, path: str, mode: GenerationMode
) -> None:
    @given(case=description[path][method].as_strategy(generation_mode=mode))
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    def check(case: schemathesis.Case) -> None:
        case.call_and_validate("http://localhost", checks=CHECKS)

    check()


def test_every_operation_is_tried(description: Any) -> None:
    described = {(o.ok().method.upper(), o.ok().path) for o in description.get_all_operations()}
    assert set(OPERATIONS) == described


def test_every_route_is_described_with_an_example(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert set(described["paths"]) == {
        "/ask",
        "/search",
        "/precedents",
        "/cases/{number}",
        "/meetings",
        "/items/{source}/{number}",
        "/embeddings",
        "/export",
        "/health",
        "/status",
    }
    for path, operations in described["paths"].items():
        for operation in operations.values():
            contents = operation["responses"]["200"]["content"]
            assert any("example" in content for content in contents.values()), path
            assert "application/problem+json" in operation["responses"]["422"]["content"], path
    assert described["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"


def _problem(response: Any, status: int) -> Any:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == status
    assert {"type", "title", "detail"} <= set(told)
    return told


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/", 404),
        ("DELETE", "/ask", 405),
        ("GET", "/embeddings", 405),
        ("GET", "/docs", 404),
        ("GET", "/cases/99", 404),
        ("GET", "/items/a.md/1", 404),
        ("GET", "/items/" + "/" * 500, 404),
        ("GET", "/items/%2e%2e/%2e%2e/etc/passwd/1", 404),
        ("GET", "/items/%ff%00/1", 404),
    ],
)
def test_what_is_not_there_is_a_problem(
    client: TestClient, method: str, path: str, status: int
) -> None:
    _problem(client.request(method, path), status)


BROKEN = [b"{", b"", b"\xff", b'"x"', b"[]", b"null", b"{}", b"[" * 5000, b'{"question": 1}']
BROKEN += [b'{"question": "\\ud800"}', b'{"\\ud800": 1}', b'{"question": "a", "k": NaN}']


@pytest.mark.parametrize("body", BROKEN)
def test_a_broken_body_is_a_problem(client: TestClient, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    response = client.post("/ask", content=body, headers=headers)
    assert response.status_code in {400, 422}
    _problem(response, response.status_code)


def test_a_body_of_another_kind_is_a_problem(client: TestClient) -> None:
    _problem(client.post("/ask", data={"question": "cykelsti"}), 422)


UNKNOWN = [
    ("GET", "/search?text=a&foo=1", None, "k"),
    ("POST", "/search", {"text": "a", "foo": 1}, "k"),
    ("GET", "/ask?question=a&foo=1", None, "question"),
    ("GET", "/meetings?foo=1", None, "municipality"),
    ("GET", "/export?foo=1", None, "since"),
    ("POST", "/embeddings", {"input": "a", "foo": 1}, "input_type"),
]


@pytest.mark.parametrize(("method", "path", "body", "known"), UNKNOWN)
def test_an_unknown_name_is_refused_and_the_known_ones_told(
    client: TestClient, method: str, path: str, body: object, known: str
) -> None:
    told = _problem(client.request(method, path, json=body), 422)
    assert (told["name"], told["value"]) == ("parameter", "foo")
    assert known in told["known"]


@pytest.mark.parametrize("path", ["/ask", "/search", "/precedents", "/embeddings"])
def test_a_filter_beside_the_body_is_not_passed_over(client: TestClient, path: str) -> None:
    body = {"text": "a"} if path != "/ask" else {"question": "a"}
    told = _problem(client.post(f"{path}?municipality=Nordby", json=body), 422)
    assert "unknown parameter 'municipality'" in json.dumps(told)


@pytest.mark.parametrize("path", ["/health", "/status", "/cases/20/9270", "/items/a/1"])
def test_what_takes_no_parameters_says_so(client: TestClient, path: str) -> None:
    _problem(client.get(f"{path}?municipality=Nordby"), 422)


VALUES = [
    ("municipality", "Atlantis", "Nordby Kommune"),
    ("municipality", "", "Sydby Kommune"),
    ("committee", "Kulturudvalget", "Byrådet"),
    ("since", "i går", "2021-03"),
    ("until", "2021-13", "2021-03"),
    ("outcome", "vedtaget", "approved"),
]


@pytest.mark.parametrize(("name", "value", "known"), VALUES)
@pytest.mark.parametrize(
    "path", ["/ask?question=a", "/search?text=a", "/meetings?", "/precedents?text=a"]
)
def test_an_unknown_filter_value_is_refused_and_the_known_ones_told(
    client: TestClient, path: str, name: str, value: str, known: str
) -> None:
    told = _problem(client.get(f"{path}&{name}={value}"), 422)
    assert told["type"] == "urn:punktvis:problem:unknown-value"
    assert (told["name"], told["value"]) == (name, value)
    assert any(known in each for each in told["known"])
