"""The routes that ask and find give what the engine gives, in the form of the command line."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from qa_engine.engine import Engine
from qa_engine.json_form import dump, meetings_form

NORDBY_SOURCE, SYDBY_SOURCE = "teknik æøå/2023 møde.md", "byråd/sydby.md"


def test_asking_in_the_address_and_in_the_body_is_the_same(client: TestClient) -> None:
    asked = {"question": "Hvad koster cykelstien ved skolen?", "municipality": "Nordby"}
    got, posted = client.get("/ask", params=asked), client.post("/ask", json=asked)
    assert got.status_code == posted.status_code == 200
    one, other = got.json(), posted.json()
    one.pop("seconds"), other.pop("seconds")
    assert one == other
    assert one["answered"]
    assert "1,2 mio. kr." in one["answer"]
    (citation,) = one["citations"]
    assert (citation["source"], citation["item"]) == (NORDBY_SOURCE, "7")


def test_not_answering_is_no_error(client: TestClient) -> None:
    answer = client.post("/ask", json={"question": "Hvem vandt valget i Argentina?"})
    assert answer.status_code == 200
    assert answer.json()["answered"] is False


@pytest.mark.parametrize(("question", "kind"), [("", "invalid-request"), ("a" * 1001, "too-long")])
def test_what_is_no_question_is_a_problem(client: TestClient, question: str, kind: str) -> None:
    told = client.post("/ask", json={"question": question})
    assert told.status_code == 422
    assert told.json()["type"].endswith(kind)


def test_filters_confine_and_several_values_widen(client: TestClient) -> None:
    def found(**filters: object) -> set[str]:
        passages = client.get("/search", params={"text": "sti park", "k": 9, **filters}).json()
        posted = client.post("/search", json={"text": "sti park", "k": 9, **filters}).json()
        assert posted == passages
        return {passage["source"] for passage in passages["passages"]}

    assert found() == {NORDBY_SOURCE, SYDBY_SOURCE}
    assert found(municipality="sydby") == {SYDBY_SOURCE}
    assert found(municipality=["sydby", "Nordby Kommune"]) == {NORDBY_SOURCE, SYDBY_SOURCE}
    assert found(since="2024") == {SYDBY_SOURCE}
    assert found(outcome="postponed") == {SYDBY_SOURCE}
    assert found(case="20/9270", until="2023-03") == {NORDBY_SOURCE}
    assert found(case="20/9270", since="2024") == set()


@pytest.mark.parametrize("k", [0, -1, 101, "x", 1.5])
def test_a_number_out_of_bounds_is_refused(client: TestClient, k: object) -> None:
    assert client.get("/search", params={"text": "sti", "k": k}).status_code == 422
    assert client.post("/precedents", json={"text": "sti", "k": k}).status_code == 422


def test_precedents_take_a_draft_that_is_long(client: TestClient) -> None:
    draft = "Anlæg af cykelsti ved skolen. " * 100
    (first, *_) = client.post("/precedents", json={"text": draft}).json()["precedents"]
    assert (first["source"], first["outcome"], first["final"]) == (NORDBY_SOURCE, "approved", True)


@pytest.mark.parametrize("number", ["20/9270", "20%2F9270"])
def test_a_case_is_named_with_its_slash(client: TestClient, number: str) -> None:
    told = client.get(f"/cases/{number}").json()
    assert told["case_number"] == "20/9270"
    ((step,),) = (case["steps"] for case in told["cases"])
    assert step["decided"] == "Godkendt."
    assert step["citations"][-1]["quote"] == "Godkendt."


def test_meetings_are_those_of_the_engine(client: TestClient) -> None:
    engine: Engine = client.app.state.engine  # type: ignore[attr-defined]
    assert client.get("/meetings").text == dump(meetings_form(engine.meetings()))
    (only,) = client.get("/meetings?committee=tekn").json()["meetings"]
    assert only["source"] == NORDBY_SOURCE


@pytest.mark.parametrize("safe", ["/", ""])
@pytest.mark.parametrize("number", ["7", "8/2023"])
def test_an_item_is_named_with_its_slashes_blanks_and_letters(
    client: TestClient, number: str, safe: str
) -> None:
    address = f"/items/{quote(NORDBY_SOURCE, safe)}/{quote(number, safe)}"
    item = client.get(address).json()
    assert (item["source"], item["number"]) == (NORDBY_SOURCE, number)
    assert item["closed"] is (number != "7")


def test_offsets_of_a_citation_count_in_the_text_of_its_item(client: TestClient) -> None:
    asked = {"question": "Hvad koster cykelstien ved skolen?"}
    for citation in client.get("/ask", params=asked).json()["citations"]:
        item = client.get(f"/items/{citation['source']}/{citation['item']}").json()
        assert item["text"][citation["start"] : citation["end"]] == citation["quote"]
