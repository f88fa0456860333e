"""What the word index holds: its terms, and the abbreviations that its texts explain.

What is learned from it is used on questions only, so that what is stored of one document never
depends on the others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Protocol

from indexer.abbreviations import Abbreviation, Abbreviations
from indexer.compounds import base_words, split
from indexer.stemming import fold, stem

# Parts are looked for among all terms, so shorter ones would be found in words by chance.
_SHORTEST_PART = 4
# A longer word than this is none, and would be taken apart into too many parts to look for.
_LONGEST_WORD = 60
_PAGE = 256


class Terms(Protocol):
    """The terms of an index, wherever they are kept."""

    def among(self, terms: Collection[str]) -> set[str]:
        """Give those of the terms that are indexed."""

    def ending(self, end: str) -> Iterator[Sequence[str]]:
        """Give the terms that end with another and are longer, page by page, by their ends."""


class KnownTerms:
    """Terms in memory."""

    def __init__(self, terms: Iterable[str]) -> None:
        """Arrange the terms by their ends."""
        self._known = frozenset(terms)
        self._backwards = sorted(term[::-1] for term in self._known)

    def among(self, terms: Collection[str]) -> set[str]:
        """Give those of the terms that are indexed."""
        return set(terms) & self._known

    def ending(self, end: str) -> Iterator[Sequence[str]]:
        """Give the terms that end with another and are longer, page by page, by their ends."""
        place = bisect_right(self._backwards, end[::-1])
        while page := [
            backwards[::-1]
            for backwards in self._backwards[place : place + _PAGE]
            if backwards.startswith(end[::-1])
        ]:
            yield page
            place += _PAGE


class Vocabulary:
    """What is indexed, which finds the compounds that a word is part of."""

    def __init__(self, terms: Terms, abbreviations: Iterable[Abbreviation] = ()) -> None:
        """Learn from terms and from the abbreviations that texts explain."""
        self._terms = terms
        self.abbreviations = Abbreviations(abbreviations)

    def knows(self, term: str) -> bool:
        """Tell whether a term is indexed."""
        return bool(self._terms.among([term]))

    def parts_of(self, word: str) -> tuple[str, ...]:
        """List the indexed terms that a word is made of; none where it is no such compound."""
        folded = fold(word)
        if not folded.isalpha() or len(folded) > _LONGEST_WORD:
            return ()
        # All that could be parts are looked up at once.
        ends = range(_SHORTEST_PART, len(folded) + 1)
        parts = {stem(folded[start:end]) for end in ends for start in range(end - 2)}
        return split(folded, self._parts_among(parts).__contains__)

    def compounds_of(self, word: str) -> Iterator[str]:
        """Find the indexed compounds that end with a word, and so are a kind of what it names.

        Those of a base word are not sought: they are indexed under it already.
        """
        term = stem(word)
        if len(term) < _SHORTEST_PART or term in base_words():
            return
        for page in self._terms.ending(term):
            firsts = [stem(whole.removesuffix(term)) for whole in page]
            known = self._parts_among(firsts)
            yield from (whole for whole, first in zip(page, firsts, strict=True) if first in known)

    def _parts_among(self, terms: Iterable[str]) -> set[str]:
        return self._terms.among([term for term in terms if len(term) >= _SHORTEST_PART])
