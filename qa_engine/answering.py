"""From a question to its answer: every step in its order."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from indexer.embedding import Embedder
from indexer.model import Filters
from indexer.store import Meeting, Store
from qa_engine.citing import cite
from qa_engine.comparing import (
    Part,
    are_apart,
    compare,
    confined_to_period,
    in_turns,
    items_in,
    pair_in,
    parts_of,
    tells_all,
)
from qa_engine.confidence import THRESHOLD, confidence, is_sure
from qa_engine.elsewhere import is_told_of
from qa_engine.evidence import Candidate, gather, reweigh
from qa_engine.explaining import Explanation
from qa_engine.filtering import lets_in
from qa_engine.matching import Rarity
from qa_engine.model import Answer, Hit, Query, Searched
from qa_engine.reader import Reader
from qa_engine.reading import open_items, read_items
from qa_engine.refusing import refuse
from qa_engine.retrieval import retrieve, told_first
from qa_engine.understanding import understand
from qa_engine.understood import Guess, take_back
from qa_engine.wording import other_words
from qa_engine.writing import Draft, needs_evidence, write

_HITS = 10


@dataclass(frozen=True, slots=True)
class _LookedUp:
    """What was found for a question, or for one municipality's part of it."""

    hits: Sequence[Hit]
    candidates: Sequence[Candidate]
    draft: Draft | None
    rarity: Rarity


@dataclass(frozen=True, slots=True)
class Answering:
    """An index with the two models that answer from it."""

    store: Store
    embedder: Embedder
    reader: Reader

    def explain(self, question: str, filters: Filters, wrong: Collection[Guess]) -> Explanation:
        """Answer in the words of the minutes, and keep what was worked out on the way.

        Args:
            question: Not empty, blanks collapsed.
            filters: What it is confined to.
            wrong: What must not be read out of its words.
        """
        begun = time.perf_counter()
        meetings = self.store.meetings(filters)

        def read(text: str) -> Query:
            return take_back(understand(text, filters, meetings), filters, wrong)

        query = read(question)
        parts = parts_of(query)
        found = [self._look_up(part.query) for part in parts]
        if query.compares:
            pass
        elif apart := self._apart(query, found[0], read):
            parts, found = apart
            query = replace(query, filters=filters)
        elif items := _item_by_item(query, found[0]):
            parts, found = items
        hits = in_turns([part.hits for part in found], _HITS)
        searched = self._searched(query.filters, meetings)
        several = len(parts) > 1
        draft = compare(parts, [part.draft for part in found]) if several else found[0].draft
        told = [piece.hit.item.text for piece in draft.pieces] if draft else []
        astray = query.elsewhere and not is_told_of(query.elsewhere, told)
        sure = confidence(draft.signals) if draft and not astray else 0.0
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
        candidates = [candidate for part in found for candidate in part.candidates]
        candidates.sort(key=lambda candidate: -candidate.score)
        rarity = rarity_of(self.store, query) if several else found[0].rarity
        return Explanation(answer, tuple(candidates), draft, rarity, THRESHOLD)

    def _apart(
        self, query: Query, whole: _LookedUp, read: Callable[[str], Query]
    ) -> tuple[list[Part], list[_LookedUp]] | None:
        """Ask of each alone, where two places or years are named and no one item tells both."""
        pair = pair_in(query.text)
        names = [name for name, _ in pair]
        if not pair or (whole.hits and tells_all(query, whole.hits[0], names)):
            return None
        parts = [Part(name, confined_to_period(read(text))) for name, text in pair]
        found = [self._look_up(part.query) for part in parts]
        return (parts, found) if are_apart(parts, [part.draft for part in found]) else None

    def _look_up(self, query: Query) -> _LookedUp:
        vector = self.embedder.embed_queries([query.text])[0]
        rarity = rarity_of(self.store, query)
        hits = retrieve(self.store, query, vector, rarity, _HITS)
        candidates: list[Candidate] = []
        if needs_evidence(query, hits):
            found = open_items(self.store, hits)
            unread = gather(query, found, vector, rarity)
            likely = (candidate.place for candidate in unread)
            candidates = reweigh(unread, read_items(self.reader, query, found, likely))
        draft = write(query, hits, candidates, rarity)
        told = {piece.hit.key for piece in draft.pieces} if draft else ()
        return _LookedUp(told_first(hits, told), candidates, draft, rarity)

    def _searched(self, filters: Filters, listed: Sequence[Meeting]) -> Searched:
        """Tell what was searched, from the meetings that the user's filters let in.

        A case or an outcome lets in only meetings that have one, but all others were searched too.
        """
        if filters != filters.of_meetings:
            listed = self.store.meetings(filters.of_meetings)
        held = [meeting for meeting in listed if lets_in(filters, meeting)]
        dates = sorted(m.date for m in held if m.date)
        return Searched(
            meetings=len(held),
            municipalities=tuple(sorted({m.municipality for m in held if m.municipality})),
            since=dates[0] if dates else None,
            until=dates[-1] if dates else None,
        )


def _item_by_item(query: Query, whole: _LookedUp) -> tuple[list[Part], list[_LookedUp]] | None:
    """Tell of each item alone, where the question sets the subjects of two side by side."""
    hits = items_in(query, whole.hits)
    parts = [Part(hit.item.title, query) for hit in hits]
    found = []
    for hit in hits:
        own = [candidate for candidate in whole.candidates if candidate.hit.key == hit.key]
        draft = write(query, [hit], own, whole.rarity)
        found.append(replace(whole, candidates=own, draft=draft))
    sure = all(part.draft and is_sure(part.draft.signals) for part in found)
    return (parts, found) if hits and sure else None


def rarity_of(store: Store, query: Query) -> Rarity:
    """Weigh a question's terms by how rare they are in what is indexed."""
    wording = other_words(query.text, query.terms, store.vocabulary())
    return Rarity(store.frequencies(query.terms), store.size(), wording)
