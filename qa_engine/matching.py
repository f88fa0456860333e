"""How much of what a question asks about stands in a text."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.danish import analyse
from qa_engine.wording import NO_OTHER_WORDS, Wording

# A Danish compound holds its parts: "praktikpladsgaranti" answers to "praktikplads".
_PART = 0.7
_BEGINNING = 0.5
_SHORTEST_PART = 5
_SHORTEST_BEGINNING = 6


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much it tells that a term occurs: BM25's inverse document frequency.

    Attributes:
        frequencies: In how many passages each term stands.
        passages: How many passages there are.
        wording: Other terms that may stand for these.
    """

    frequencies: Mapping[str, int]
    passages: int
    wording: Wording = NO_OTHER_WORDS

    def of(self, term: str) -> float:
        """Weigh one term; a term that stands nowhere weighs most."""
        n = self.frequencies.get(term, 0)
        return math.log(1 + (self.passages - n + 0.5) / (n + 0.5))

    def match(self, term: str, tokens: Collection[str]) -> float:
        """Tell how well a term, or another word for it, is matched by any of the tokens, 0 to 1."""
        return max(match(term, tokens), self.wording.match(term, tokens))

    def total(self, terms: Sequence[str]) -> float:
        """Weigh several terms together."""
        return sum(self.of(term) for term in terms)


@lru_cache(maxsize=200_000)
def _nearness(term: str, token: str) -> float:
    if term == token:
        return 1.0
    if min(len(term), len(token)) < _SHORTEST_PART or term[0].isdigit() or token[0].isdigit():
        return 0.0
    if term in token or token in term:
        return _PART
    beginning = _SHORTEST_BEGINNING
    return _BEGINNING if term[:beginning] == token[:beginning] else 0.0


def match(term: str, tokens: Collection[str]) -> float:
    """Tell how well a term is matched by any of the tokens: 1 for itself, less for a part of it."""
    if term in tokens:
        return 1.0
    return max((_nearness(term, token) for token in tokens), default=0.0)


def coverage(terms: Sequence[str], tokens: Collection[str], rarity: Rarity) -> float:
    """Tell which share of the terms' weight the tokens match, 0 to 1; 1 where nothing is asked."""
    total = rarity.total(terms)
    if not total:
        return 1.0
    return sum(rarity.of(term) * rarity.match(term, tokens) for term in terms) / total


class Sought:
    """The terms of one question, sought in many texts that share parts.

    The best match in several texts is the best of those in each, so a text is compared with the
    terms once, whatever it stands beside.
    """

    def __init__(self, terms: Sequence[str], rarity: Rarity) -> None:
        """Weigh the terms, of which none is repeated."""
        self._terms = [(term, term[:_SHORTEST_PART]) for term in terms]
        places = {term: place for place, term in enumerate(terms)}
        self._variants = [(places[v.of], v) for v in rarity.wording.variants if v.of in places]
        self._weights = [rarity.of(term) for term in terms]
        self._total = sum(self._weights)
        self._matches: dict[str, Sequence[float]] = {}
        self._near: dict[str, Sequence[tuple[int, float]]] = {}

    def covered(self, *texts: str) -> float:
        """Tell which share of the terms' weight the texts match together, as ``coverage`` does."""
        if not self._total:
            return 1.0
        best: list[float] = list(map(max, zip(*map(self._of_one, texts), strict=True)))
        if self._variants:
            held = tokens_of(*texts)
            for place, variant in self._variants:
                if variant.weight > best[place] and held.issuperset(variant.terms):
                    best[place] = variant.weight
        pairs = zip(self._weights, best, strict=True)
        return sum(weight * share for weight, share in pairs) / self._total

    def _of_one(self, text: str) -> Sequence[float]:
        found = self._matches.get(text)
        if found is None:
            found = self._matches[text] = [0.0] * len(self._terms)
            for token in _tokens_of_one(text):
                for place, nearness in self._near_to(token):
                    found[place] = max(found[place], nearness)
        return found

    def _near_to(self, token: str) -> Sequence[tuple[int, float]]:
        """List the places of the terms that a token matches, with how well; most match none."""
        near = self._near.get(token)
        if near is None:
            near = self._near[token] = [
                (place, value)
                for place, (term, beginning) in enumerate(self._terms)
                # Most tokens are nothing like any term; both tests are quick.
                if (beginning in token or token in term) and (value := _nearness(term, token))
            ]
        return near


def tokens_of(*texts: str) -> set[str]:
    """Analyse texts into one set of terms."""
    return set[str]().union(*map(_tokens_of_one, texts))


# A sentence is weighed alone, and again as the neighbour of others.
@lru_cache(maxsize=4096)
def _tokens_of_one(text: str) -> frozenset[str]:
    return frozenset(analyse(text))
