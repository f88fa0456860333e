"""LangChain gets the vectors that Punktvis itself searches with."""

from __future__ import annotations

import pytest
from langchain_core.vectorstores import InMemoryVectorStore

from qa_engine.engine import Engine
from qa_engine.langchain_embeddings import PunktvisEmbeddings

TEXTS = ["Cykelstien ved skolen koster 1,2 mio. kr.", "Svømmehallen lukker i uge 30."]


def test_vectors_are_lists_of_the_engines_numbers(corpus: Engine) -> None:
    embeddings = PunktvisEmbeddings(corpus)
    documents = embeddings.embed_documents(TEXTS)
    assert documents == corpus.embed(TEXTS, "passage").tolist()
    assert embeddings.embed_query("cykelsti") == corpus.embed(["cykelsti"], "query")[0].tolist()
    assert {type(number) for vector in documents for number in vector} == {float}
    assert embeddings.embed_documents([]) == []


@pytest.mark.parametrize(
    ("question", "nearest"), [("Hvad koster cykelstien?", 0), ("Hvornår er hallen lukket?", 1)]
)
def test_a_vector_store_of_langchain_finds_with_them(
    corpus: Engine, question: str, nearest: int
) -> None:
    store = InMemoryVectorStore.from_texts(TEXTS, PunktvisEmbeddings(corpus))
    [found] = store.similarity_search(question, k=1)
    assert found.page_content == TEXTS[nearest]
