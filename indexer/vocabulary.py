"""What the word index holds: its terms, and the abbreviations that its texts explain.

What is learned from it is used on questions only, so that what is stored of one document never
depends on the others.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from indexer.abbreviations import Abbreviation, Abbreviations
from indexer.compounds import base_words, split
from indexer.stemming import fold, stem

# Parts are looked for among all terms, so shorter ones would be found in words by chance.
_SHORTEST_PART = 4
_LONGEST_LINK = 8


class Vocabulary:
    """The terms of one generation of the index, which find the compounds that a word is part of."""

    def __init__(self, terms: Iterable[str], abbreviations: Iterable[Abbreviation] = ()) -> None:
        """Sort the terms from either end."""
        self._terms = sorted(terms)
        self._known = frozenset(self._terms)
        self._reversed = sorted(term[::-1] for term in self._terms)
        self.abbreviations = Abbreviations(abbreviations)

    def knows(self, term: str) -> bool:
        """Tell whether a term is indexed."""
        return term in self._known

    def parts_of(self, word: str) -> tuple[str, ...]:
        """List the indexed terms that a word is made of; none where it is no such compound."""
        return split(fold(word), self._is_part)

    def compounds_of(self, word: str) -> Iterator[str]:
        """Find the indexed compounds that begin or end with a word, in any inflection of it.

        Those of a base word are not sought: they are indexed under it already.
        """
        term = stem(word)
        if len(term) < _SHORTEST_PART or term in base_words():
            return
        for whole in _beginning(self._reversed, term[::-1]):
            first = whole[::-1].removesuffix(term)
            if self._is_part(stem(first)):
                yield whole[::-1]
        for whole in _beginning(self._terms, term):
            # The word's own ending ("uddannelse") and a link stand between stem and second part.
            ends = range(len(term), min(len(term) + _LONGEST_LINK, len(whole)))
            if any(stem(whole[:end]) == term and self._is_part(whole[end:]) for end in ends):
                yield whole

    def _is_part(self, term: str) -> bool:
        return len(term) >= _SHORTEST_PART and term in self._known


def _beginning(terms: list[str], beginning: str) -> Iterator[str]:
    """List the longer terms that begin alike, from a sorted list."""
    place = bisect_left(terms, beginning)
    while place < len(terms) and terms[place].startswith(beginning):
        if terms[place] != beginning:
            yield terms[place]
        place += 1
