"""Punktvis as a retriever for LangChain: passages as documents, with what a citation needs."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from indexer.model import Filters
from qa_engine.engine import Engine
from qa_engine.json_form import best_passages, passage_form


class PunktvisRetriever(BaseRetriever):
    """Finds passages of minutes for any LangChain chain.

    A document's text is the passage verbatim; its metadata are the keys of ``punktvis search
    --json`` but the text, so that whatever is built on it can cite the agenda item.

    Attributes:
        engine: The index that is searched.
        k: How many passages are found.
        filters: What the search is confined to.
    """

    engine: Engine
    k: int = 10
    filters: Filters = Filters()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        hits = self.engine.search(query, self.k, self.filters)
        documents = []
        for hit, passage in best_passages(hits, self.k):
            metadata = passage_form(hit, passage)
            documents.append(Document(page_content=str(metadata.pop("text")), metadata=metadata))
        return documents
