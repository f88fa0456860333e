"""The public Python interface: open an index, ask it, search it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Literal

import numpy as np

from indexer.embedding import BUNDLED, Embedder, Text, load_embedder
from indexer.errors import EmptyQuestion, QuestionTooLong, WrongModel
from indexer.model import AgendaItem, Filters, Minutes
from indexer.settings import Settings
from indexer.store import Change, Findings, Meeting, Store, Vectors
from indexer.store.opening import open_store, place
from indexer.weights import bundled_model
from qa_engine.answering import Answering, rarity_of
from qa_engine.cases import Case, follow_case
from qa_engine.chat import LanguageModel
from qa_engine.examples import example_questions
from qa_engine.explaining import Explanation
from qa_engine.model import Answer, Hit, Sentence
from qa_engine.precedents import Precedent, draft_query, find_precedents
from qa_engine.reader import GRAPH, OnnxReader, Reader
from qa_engine.retrieval import retrieve
from qa_engine.rewording import last_word, reword
from qa_engine.understanding import understand
from qa_engine.understood import Guess

LONGEST_QUESTION = 1000
LONGEST_DRAFT = 20_000
_HITS = 10
_NO_FILTERS = Filters()


class Engine:
    """Answers questions from one index; safe to share between threads."""

    def __init__(self, store: Store, settings: Settings) -> None:
        """Take over an opened store; see ``open``."""
        self._store = store
        self._settings = settings
        self._loading = Lock()
        # The models use all cores for one question; many at once would only hinder each other.
        self._turns = BoundedSemaphore(os.cpu_count() or 1)

    @classmethod
    def open(cls, data: Path | None = None, settings: Settings | None = None) -> Engine:
        """Open an index; the model is loaded at the first question.

        Args:
            data: Folder of the index; None is the one in the settings. Where the settings name
                another store, that holds the index.
            settings: None reads them from the environment.

        Raises:
            StoreError: There is no usable index in the folder, or it was built with another model.
        """
        settings = settings or Settings.from_environment()
        settings = replace(settings, data=data or settings.data)
        store = open_store(settings)
        configured = settings.model or BUNDLED
        if store.model not in (None, configured):
            built_with = store.model or ""
            store.close()
            raise WrongModel(place(settings), built_with, configured)
        return cls(store, settings)

    def ask(
        self, question: str, filters: Filters = _NO_FILTERS, *, wrong: Collection[Guess] = ()
    ) -> Answer:
        """Answer a question, or say honestly that the minutes do not tell.

        Where the owner has a language model, the answer is in its words as far as they are proved;
        ``explain`` gives the one in the words of the minutes.

        Args:
            question: In Danish.
            filters: What it is confined to.
            wrong: What must not be read out of its words, because the asker says so.

        Raises:
            QuestionError: The question is empty or too long.
            ModelError: The embedding model cannot be loaded.
        """
        return last_word(self.ask_stream(question, filters, wrong=wrong))

    def ask_stream(
        self, question: str, filters: Filters = _NO_FILTERS, *, wrong: Collection[Guess] = ()
    ) -> Iterator[Sentence | Answer]:
        """Answer as ``ask`` does: each sentence of a language model once it is proved, then all.

        The answer at the end is the one that counts: a model that breaks off leaves none of its
        sentences in it. Without a language model it is all there is.

        Raises:
            QuestionError: The question is empty or too long.
            ModelError: The embedding model cannot be loaded.
        """
        return self.reword(self.explain(question, filters, wrong=wrong))

    def reword(self, explanation: Explanation) -> Iterator[Sentence | Answer]:
        """Have the language model say what was found, as ``ask_stream`` does."""
        name = self._settings.llm
        if name is None:
            return iter((explanation.answer,))
        return reword(explanation, LanguageModel(self._settings, name))

    def explain(
        self, question: str, filters: Filters = _NO_FILTERS, *, wrong: Collection[Guess] = ()
    ) -> Explanation:
        """Answer in the words of the minutes, and keep what was worked out on the way.

        Raises:
            QuestionError: The question is empty or too long.
            ModelError: The embedding model cannot be loaded.
        """
        text = _checked(question)
        answering = Answering(self._store, self.embedder, self._reader)
        with self._turns:
            return answering.explain(text, filters, wrong)

    def search(self, text: str, k: int = _HITS, filters: Filters = _NO_FILTERS) -> list[Hit]:
        """Find the k agenda items nearest to a text, each with its passages, best first.

        Raises:
            QuestionError: The text is empty or too long.
        """
        text = _checked(text)
        query = understand(text, filters, self._store.meetings(filters))
        vector = self.embedder.embed_queries([text])[0]
        return retrieve(self._store, query, vector, rarity_of(self._store, query), k)

    def precedents(
        self, text: str, filters: Filters = _NO_FILTERS, k: int = _HITS
    ) -> list[Precedent]:
        """Find the k decided cases that are nearest to a draft or a description, nearest first.

        Raises:
            QuestionError: The text is empty or too long.
            ModelError: The embedding model cannot be loaded.
        """
        text = _checked(text, LONGEST_DRAFT)
        query = draft_query(text, filters)
        vector = self.embedder.embed_queries([text])[0]
        return find_precedents(self._store, query, vector, rarity_of(self._store, query), k)

    def case(self, number: str, filters: Filters = _NO_FILTERS) -> list[Case]:
        """Follow a case number across meetings: one case for each municipality that uses it."""
        return follow_case(self._store, number.strip(), filters)

    def embed(self, texts: Sequence[str], kind: Literal["query", "passage"] = "query") -> Vectors:
        """Embed texts as unit vectors of shape (len(texts), d), with the model of the index.

        The dot product of a query's vector and a passage's is their nearness.

        Args:
            texts: What is beyond the model's window, some 350 words, is not read.
            kind: What the texts are; the model must be told.

        Raises:
            TypeError: One string is given instead of several.
            ValueError: There is no such kind.
            ModelError: The embedding model cannot be loaded.
        """
        if isinstance(texts, str):
            raise TypeError("one string is given; give a list of strings")
        whole = [_whole(text) for text in texts]
        if kind == "query":
            return self.embedder.embed_queries(whole)
        if kind == "passage":
            passages = self.embedder.embed_passages([Text(text) for text in whole])
            vectors = [passage.vector for passage in passages]
            return np.array(vectors, np.float32).reshape(-1, self.embedder.dimension)
        raise ValueError(f"unknown kind '{kind}'; known values: query, passage")

    def meetings(self, filters: Filters = _NO_FILTERS) -> list[Meeting]:
        """List what is indexed, newest first."""
        return self._store.meetings(filters)

    def minutes(self, source: str) -> Minutes | None:
        """Read one meeting's minutes as they are stored."""
        return self._store.minutes(source)

    def item(self, source: str, number: str) -> tuple[Minutes, AgendaItem] | None:
        """Read one agenda item, with the minutes it stands in."""
        minutes = self._store.minutes(source)
        items = minutes.items if minutes else ()
        found = next((item for item in items if item.number == number), None)
        return (minutes, found) if minutes and found else None

    def changes(self, since: int = 0) -> list[Change]:
        """List the last change of every source that changed after a cursor, oldest first.

        Raises:
            UnknownCursor: The cursor is of another index.
        """
        return self._store.changes(since)

    def size(self) -> int:
        """Count the passages that are indexed."""
        return self._store.size()

    def load(self) -> None:
        """Load the models now, so that the first question need not wait for them.

        Raises:
            ModelError: A model cannot be loaded.
        """
        self.embedder.embed_queries(["punkt"])
        self._reader  # noqa: B018 - loaded by being read

    def findings(self) -> list[Findings]:
        """List what could not be read, was masked or is unknown in what is indexed."""
        return self._store.findings()

    def file(self, source: str) -> Path | None:
        """Find the file that a document was read from; None where it is not there any more."""
        root = self._store.roots().get(source)
        path = Path(root, source) if root else None
        return path if path and path.is_file() else None

    def examples(self, count: int = 5) -> list[str]:
        """Suggest questions that can be answered from what is indexed."""
        return example_questions(self._store, count)

    def close(self) -> None:
        """Let go of the index."""
        self._store.close()

    @property
    def settings(self) -> Settings:
        """What the owner has set."""
        return self._settings

    @property
    def model(self) -> str | None:
        """Name of the embedding model the index is built with; None while nothing is indexed."""
        return self._store.model

    @property
    def embedder(self) -> Embedder:
        """The embedding model, loaded when it is first needed."""
        with self._loading:
            return self._loaded

    @cached_property
    def _loaded(self) -> Embedder:
        return load_embedder(self._settings)

    @property
    def _reader(self) -> Reader:
        with self._loading:
            return self._loaded_reader

    @cached_property
    def _loaded_reader(self) -> Reader:
        # The reader is the bundled model's, whichever model the index was built with.
        return OnnxReader(GRAPH, bundled_model(self._settings.cache))


def _checked(question: str, limit: int = LONGEST_QUESTION) -> str:
    text = " ".join(_whole(question).split())
    if not any(character.isalnum() for character in text):
        raise EmptyQuestion
    if len(text) > limit:
        raise QuestionTooLong(len(text), limit)
    return text


def _whole(text: str) -> str:
    # Half a character, from cut JSON or arguments in another encoding, would stop the tokenizer.
    return text.encode("utf-8", "replace").decode()
