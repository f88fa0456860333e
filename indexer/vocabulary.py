"""What the word index holds: its terms, and the abbreviations that its texts explain.

What is learned from it is used on questions only, so that what is stored of one document never
depends on the others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from indexer.abbreviations import Abbreviation, Abbreviations
from indexer.compounds import base_words, split
from indexer.stemming import fold, stem

# Parts are looked for among all terms, so shorter ones would be found in words by chance.
_SHORTEST_PART = 4


class Vocabulary:
    """The terms of one generation of the index, which find the compounds that a word is part of."""

    def __init__(self, terms: Iterable[str], abbreviations: Iterable[Abbreviation] = ()) -> None:
        """Arrange the terms by their ends."""
        self._known = frozenset(terms)
        self._backwards = sorted(term[::-1] for term in self._known)
        self.abbreviations = Abbreviations(abbreviations)

    def knows(self, term: str) -> bool:
        """Tell whether a term is indexed."""
        return term in self._known

    def parts_of(self, word: str) -> tuple[str, ...]:
        """List the indexed terms that a word is made of; none where it is no such compound."""
        return split(fold(word), self._is_part)

    def compounds_of(self, word: str) -> Iterator[str]:
        """Find the indexed compounds that end with a word, and so are a kind of what it names.

        Those of a base word are not sought: they are indexed under it already.
        """
        term = stem(word)
        if len(term) < _SHORTEST_PART or term in base_words():
            return
        backwards = term[::-1]
        place = bisect_right(self._backwards, backwards)
        while place < len(self._backwards) and self._backwards[place].startswith(backwards):
            whole = self._backwards[place][::-1]
            if self._is_part(stem(whole.removesuffix(term))):
                yield whole
            place += 1

    def _is_part(self, term: str) -> bool:
        return len(term) >= _SHORTEST_PART and term in self._known
