"""The public Python interface: open an index, ask it, search it."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import Lock

from indexer.embedding import BUNDLED, Embedder, load_embedder
from indexer.errors import EmptyQuestion, QuestionTooLong, WrongModel
from indexer.model import Filters, Minutes
from indexer.settings import Settings
from indexer.store import Meeting, Store
from indexer.store.local import LocalStore
from qa_engine.citing import cite
from qa_engine.confidence import THRESHOLD, confidence
from qa_engine.evidence import gather
from qa_engine.examples import example_questions
from qa_engine.matching import Rarity
from qa_engine.model import Answer, Hit, Query, Searched
from qa_engine.refusing import refuse
from qa_engine.retrieval import retrieve
from qa_engine.understanding import understand
from qa_engine.wording import reword
from qa_engine.writing import write

LONGEST_QUESTION = 1000
_HITS = 10
_NO_FILTERS = Filters()


class Engine:
    """Answers questions from one index; safe to share between threads."""

    def __init__(self, store: Store, settings: Settings) -> None:
        """Take over an opened store; see ``open``."""
        self._store = store
        self._settings = settings
        self._loading = Lock()

    @classmethod
    def open(cls, data: Path | None = None, settings: Settings | None = None) -> Engine:
        """Open an index; the model is loaded at the first question.

        Args:
            data: Folder of the index; None is the one in the settings.
            settings: None reads them from the environment.

        Raises:
            StoreError: There is no usable index in the folder, or it was built with another model.
        """
        settings = settings or Settings.from_environment()
        folder = data or settings.data
        store = LocalStore.open(folder)
        configured = settings.model or BUNDLED
        if store.model not in (None, configured):
            built_with = store.model or ""
            store.close()
            raise WrongModel(folder, built_with, configured)
        return cls(store, settings)

    def ask(self, question: str, filters: Filters = _NO_FILTERS) -> Answer:
        """Answer a question, or say honestly that the minutes do not tell.

        Raises:
            QuestionError: The question is empty or too long.
            ModelError: The embedding model cannot be loaded.
        """
        text = _checked(question)
        embedder = self._embedder
        begun = time.perf_counter()
        query = understand(text, filters, self._store.meetings(filters))
        vector = embedder.embed_queries([text])[0]
        rarity = self._rarity(query)
        hits = retrieve(self._store, query, vector, rarity, _HITS)
        candidates = gather(self._store, query, hits, vector, rarity)
        searched = self._searched(query.filters)
        draft = write(query, hits, candidates, rarity)
        sure = confidence(draft.signals) if draft else 0.0
        if draft and sure >= THRESHOLD:
            sentences, citations = cite(draft.pieces)
        else:
            sentences, citations = refuse(query, hits, searched)
        return Answer(
            question=question,
            answered=bool(draft and sure >= THRESHOLD and citations),
            sentences=sentences,
            citations=citations,
            hits=tuple(hits),
            confidence=sure,
            searched=searched,
            query=query,
            seconds=time.perf_counter() - begun,
        )

    def search(self, text: str, k: int = _HITS, filters: Filters = _NO_FILTERS) -> list[Hit]:
        """Find the k agenda items nearest to a text, each with its passages, best first.

        Raises:
            QuestionError: The text is empty or too long.
        """
        text = _checked(text)
        query = understand(text, filters, self._store.meetings(filters))
        vector = self._embedder.embed_queries([text])[0]
        return retrieve(self._store, query, vector, self._rarity(query), k)

    def meetings(self, filters: Filters = _NO_FILTERS) -> list[Meeting]:
        """List what is indexed, newest first."""
        return self._store.meetings(filters)

    def minutes(self, source: str) -> Minutes | None:
        """Read one meeting's minutes as they are stored."""
        return self._store.minutes(source)

    def examples(self, count: int = 5) -> list[str]:
        """Suggest questions that can be answered from what is indexed."""
        return example_questions(self._store, count)

    def close(self) -> None:
        """Let go of the index."""
        self._store.close()

    @property
    def _embedder(self) -> Embedder:
        with self._loading:
            return self._loaded

    @cached_property
    def _loaded(self) -> Embedder:
        return load_embedder(self._settings)

    def _rarity(self, query: Query) -> Rarity:
        wording = reword(query.text, query.terms, self._store.vocabulary())
        return Rarity(self._store.frequencies(query.terms), self._store.size(), wording)

    def _searched(self, filters: Filters) -> Searched:
        meetings = self._store.meetings(replace(filters, case_number=None, outcome=None))
        dates = sorted(m.date for m in meetings if m.date)
        return Searched(
            meetings=len(meetings),
            municipalities=tuple(sorted({m.municipality for m in meetings if m.municipality})),
            since=dates[0] if dates else None,
            until=dates[-1] if dates else None,
        )


def _checked(question: str) -> str:
    # Half a character, from cut JSON or arguments in another encoding, would stop the tokenizer.
    text = " ".join(question.encode("utf-8", "replace").decode().split())
    if not any(character.isalnum() for character in text):
        raise EmptyQuestion
    if len(text) > LONGEST_QUESTION:
        raise QuestionTooLong(len(text), LONGEST_QUESTION)
    return text
