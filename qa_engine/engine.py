"""The public Python interface: open an index, ask it, search it."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from threading import Lock

from indexer.embedding import BUNDLED, Embedder, load_embedder
from indexer.errors import EmptyQuestion, QuestionTooLong, WrongModel
from indexer.model import Filters, Minutes
from indexer.settings import Settings
from indexer.store import Findings, Meeting, Store
from indexer.store.opening import open_store, place
from indexer.weights import bundled_model
from qa_engine.cases import Case, follow_case
from qa_engine.citing import cite
from qa_engine.comparing import compare, in_turns, parts_of
from qa_engine.confidence import THRESHOLD, confidence
from qa_engine.evidence import Candidate, gather
from qa_engine.examples import example_questions
from qa_engine.explaining import Explanation
from qa_engine.filtering import lets_in
from qa_engine.matching import Rarity
from qa_engine.model import Answer, Hit, Query, Searched
from qa_engine.precedents import Precedent, draft_query, find_precedents
from qa_engine.reader import GRAPH, OnnxReader, Reader
from qa_engine.reading import open_items, read_items
from qa_engine.refusing import refuse
from qa_engine.retrieval import retrieve
from qa_engine.understanding import understand
from qa_engine.understood import Guess, take_back
from qa_engine.wording import reword
from qa_engine.writing import Draft, write

LONGEST_QUESTION = 1000
LONGEST_DRAFT = 20_000
_HITS = 10
_NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class _LookedUp:
    """What was found for a question, or for one municipality's part of it."""

    hits: Sequence[Hit]
    candidates: Sequence[Candidate]
    draft: Draft | None


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

        Args:
            question: In Danish.
            filters: What it is confined to.
            wrong: What must not be read out of its words, because the asker says so.

        Raises:
            QuestionError: The question is empty or too long.
            ModelError: The embedding model cannot be loaded.
        """
        return self.explain(question, filters, wrong=wrong).answer

    def explain(
        self, question: str, filters: Filters = _NO_FILTERS, *, wrong: Collection[Guess] = ()
    ) -> Explanation:
        """Answer a question as ``ask`` does, and keep what was worked out on the way.

        Raises:
            QuestionError: The question is empty or too long.
            ModelError: The embedding model cannot be loaded.
        """
        text = _checked(question)
        embedder, reader = self.embedder, self._reader
        begun = time.perf_counter()
        meetings = self._store.meetings(filters)
        query = take_back(understand(text, filters, meetings), filters, wrong)
        parts = [self._look_up(part, embedder, reader) for part in parts_of(query)]
        hits = in_turns([part.hits for part in parts], _HITS)
        searched = self._searched(query.filters, meetings)
        draft = compare(query, [p.draft for p in parts]) if query.compares else parts[0].draft
        sure = confidence(draft.signals) if draft else 0.0
        if draft and sure >= THRESHOLD:
            sentences, citations = cite(draft.pieces)
        else:
            sentences, citations = refuse(query, hits, searched)
        answer = Answer(
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
        candidates = [candidate for part in parts for candidate in part.candidates]
        candidates.sort(key=lambda candidate: -candidate.score)
        return Explanation(answer, tuple(candidates), draft, self._rarity(query), THRESHOLD)

    def _look_up(self, query: Query, embedder: Embedder, reader: Reader) -> _LookedUp:
        vector = embedder.embed_queries([query.text])[0]
        rarity = self._rarity(query)
        hits = retrieve(self._store, query, vector, rarity, _HITS)
        found = open_items(self._store, hits)
        read = read_items(reader, query, found)
        candidates = gather(query, found, vector, rarity, read)
        return _LookedUp(hits, candidates, write(query, hits, candidates, rarity))

    def search(self, text: str, k: int = _HITS, filters: Filters = _NO_FILTERS) -> list[Hit]:
        """Find the k agenda items nearest to a text, each with its passages, best first.

        Raises:
            QuestionError: The text is empty or too long.
        """
        text = _checked(text)
        query = understand(text, filters, self._store.meetings(filters))
        vector = self.embedder.embed_queries([text])[0]
        return retrieve(self._store, query, vector, self._rarity(query), k)

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
        return find_precedents(self._store, query, vector, self._rarity(query), k)

    def case(self, number: str, filters: Filters = _NO_FILTERS) -> list[Case]:
        """Follow a case number across meetings: one case for each municipality that uses it."""
        return follow_case(self._store, number.strip(), filters)

    def meetings(self, filters: Filters = _NO_FILTERS) -> list[Meeting]:
        """List what is indexed, newest first."""
        return self._store.meetings(filters)

    def minutes(self, source: str) -> Minutes | None:
        """Read one meeting's minutes as they are stored."""
        return self._store.minutes(source)

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

    def _rarity(self, query: Query) -> Rarity:
        wording = reword(query.text, query.terms, self._store.vocabulary())
        return Rarity(self._store.frequencies(query.terms), self._store.size(), wording)

    def _searched(self, filters: Filters, listed: Sequence[Meeting]) -> Searched:
        """Tell what was searched, from the meetings that the user's filters let in.

        A case or an outcome lets in only meetings that have one, but all others were searched too.
        """
        if filters.case_number or filters.outcome:
            listed = self._store.meetings(replace(filters, case_number=None, outcome=None))
        held = [meeting for meeting in listed if lets_in(filters, meeting)]
        dates = sorted(m.date for m in held if m.date)
        return Searched(
            meetings=len(held),
            municipalities=tuple(sorted({m.municipality for m in held if m.municipality})),
            since=dates[0] if dates else None,
            until=dates[-1] if dates else None,
        )


def _checked(question: str, limit: int = LONGEST_QUESTION) -> str:
    # Half a character, from cut JSON or arguments in another encoding, would stop the tokenizer.
    text = " ".join(question.encode("utf-8", "replace").decode().split())
    if not any(character.isalnum() for character in text):
        raise EmptyQuestion
    if len(text) > limit:
        raise QuestionTooLong(len(text), limit)
    return text
