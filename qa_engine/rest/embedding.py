"""The route that embeds texts, in the form that OpenAI's clients speak."""

from __future__ import annotations

import base64

import numpy as np
from fastapi import APIRouter, Response

from indexer.embedding import Embedder
from indexer.errors import UnknownFilterValue
from indexer.store import Vectors
from qa_engine.json_form import Json
from qa_engine.rest.access import needs
from qa_engine.rest.describing import AT_THE_GATE, WITH_A_BODY, replies
from qa_engine.rest.forms import NOTHING_IN_THE_ADDRESS, EmbeddingsForm
from qa_engine.rest.replies import EngineOf, reply
from qa_engine.rest.tokens import Scope

router = APIRouter(tags=["embed"], dependencies=[needs(Scope.READ)], responses=AT_THE_GATE)


def embeddings_form(vectors: Vectors, model: str, tokens: int, encoding: str) -> Json:
    """Lay out vectors of shape (n, d) as OpenAI does.

    Args:
        vectors: Unit vectors.
        model: The model that made them.
        tokens: How many tokens it read.
        encoding: "float" or "base64".
    """
    return {
        "object": "list",
        "data": [
            {"object": "embedding", "index": index, "embedding": _encoded(vector, encoding)}
            for index, vector in enumerate(vectors)
        ],
        "model": model,
        "usage": {"prompt_tokens": tokens, "total_tokens": tokens},
    }


def _encoded(vector: Vectors, encoding: str) -> list[float] | str:
    if encoding == "base64":
        return base64.b64encode(vector.astype("<f4").tobytes()).decode()
    return [float(number) for number in vector]


_EXAMPLES = [
    embeddings_form(np.array([[0.6, 0.8]], np.float32), "name of the model", 12, encoding)
    for encoding in ("float", "base64")
]


@router.post(
    "/embeddings",
    responses={**replies("A vector for each text, in their order.", *_EXAMPLES), **WITH_A_BODY},
    dependencies=[NOTHING_IN_THE_ADDRESS],
)
def embeddings(form: EmbeddingsForm, engine: EngineOf) -> Response:
    """Embed texts with the model of the index; nearness is the dot product."""
    embedder = engine.embedder
    _check(form, embedder)
    texts = [form.input] if isinstance(form.input, str) else form.input
    vectors = engine.embed(texts, form.input_type)
    tokens = embedder.count_tokens(texts)
    return reply(embeddings_form(vectors, embedder.name, tokens, form.encoding_format))


def _check(form: EmbeddingsForm, embedder: Embedder) -> None:
    if form.model not in (None, embedder.name):
        raise UnknownFilterValue("model", form.model, [embedder.name])
    if form.dimensions not in (None, embedder.dimension):
        known = [str(embedder.dimension)]
        raise UnknownFilterValue("number of dimensions", str(form.dimensions), known)
