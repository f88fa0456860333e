"""Why an answer is what it is: the values that were worked out on the way to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qa_engine.citing import cite
from qa_engine.evidence import Candidate
from qa_engine.matching import Rarity, match, tokens_of
from qa_engine.model import Answer
from qa_engine.writing import Draft


@dataclass(frozen=True, slots=True)
class Word:
    """One of the question's terms, and where it stands.

    Attributes:
        term: As analysed.
        passages: How many indexed passages hold it; 0 for a word that stands nowhere.
        matches: How well each item that was found matches it, 0 to 1, in the order of the hits.
    """

    term: str
    passages: int
    matches: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer with everything that led to it.

    Attributes:
        answer: The answer, which holds the question as understood and the items as ranked.
        candidates: What could have been said, best first; none where the structure answers.
        draft: What would be said, were it sure enough; None where there was nothing to say.
        rarity: The weight of the question's terms.
        threshold: The confidence below which an answer is not given.
    """

    answer: Answer
    candidates: tuple[Candidate, ...]
    draft: Draft | None
    rarity: Rarity
    threshold: float

    def words(self) -> tuple[Word, ...]:
        """Look up each of the question's terms in the index and in the items that were found."""
        tokens = [tokens_of(hit.item.title, hit.item.text) for hit in self.answer.hits]
        return tuple(
            Word(
                term=term,
                passages=self.rarity.frequencies.get(term, 0),
                matches=tuple(match(term, held) for held in tokens),
            )
            for term in self.answer.query.terms
        )

    def unguarded(self) -> Answer:
        """Give the answer as it would be if Punktvis were always sure enough."""
        if self.answer.answered or self.draft is None:
            return self.answer
        sentences, citations = cite(self.draft.pieces)
        if not citations:
            return self.answer
        return replace(self.answer, answered=True, sentences=sentences, citations=citations)
