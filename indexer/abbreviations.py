"""Abbreviations that a text explains: "kommunale ungeindsats (KUI)", "KUI (kommunal ungeindsats)".

The long form is found as by Schwartz and Hearst, A simple algorithm for identifying abbreviation
definitions in biomedical text (2003): read backwards, the letters of the short form stand in the
words before the bracket in that order, and its first letter begins a word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from indexer.stemming import fold, stem

_SHORT = r"[A-ZÆØÅ][A-ZÆØÅ-]{1,6}"
_BEFORE = re.compile(rf"(?P<long>(?:[\w-]+[ \n]+){{1,9}})\((?P<short>{_SHORT})\)")
_AFTER = re.compile(rf"\b(?P<short>{_SHORT})[ \n]+\((?P<long>[^()\d]{{6,80}})\)")


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and what it stands for, as written."""

    short: str
    long: str


def find_abbreviations(text: str) -> Iterator[Abbreviation]:
    """Find the abbreviations that a text explains, each as often as it does."""
    for pattern in (_BEFORE, _AFTER):
        for match in pattern.finditer(text):
            long = _long_form(match["short"], " ".join(match["long"].split()))
            if long and (pattern is _BEFORE or long == " ".join(match["long"].split())):
                yield Abbreviation(match["short"], long)


def _long_form(short: str, before: str) -> str | None:
    """Cut the long form of an abbreviation off the end of a text; None where it is not there."""
    letters = [letter for letter in short.lower() if letter.isalpha()]
    at = len(before)
    text = before.lower()
    for place, letter in enumerate(reversed(letters), 1):
        first = place == len(letters)
        at = text.rfind(letter, 0, at)
        while at > 0 and first and text[at - 1].isalnum():
            at = text.rfind(letter, 0, at)
        if at < 0:
            return None
    long = before[at:]
    # More than a word or two for each letter is a sentence that holds the letters by chance.
    plausible = len(long) > 2 * len(short) and len(long.split()) <= 2 * len(letters)
    return long if plausible else None


class Abbreviations:
    """Abbreviations, looked up from either side, whatever the inflection of the long form."""

    def __init__(self, known: Iterable[Abbreviation]) -> None:
        """Arrange them by the short form and by the last word of the long one."""
        self._long: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        self._short: defaultdict[str, set[tuple[frozenset[str], str]]] = defaultdict(set)
        for abbreviation in known:
            short = fold(abbreviation.short)
            # "og" and "for" tell nothing, and may be left out or changed.
            long = tuple(stem(word) for word in abbreviation.long.split() if len(word) > 3)
            if long:
                self._long[short].add(long)
                self._short[long[-1]].add((frozenset(long), short))

    def long_forms(self, short: str) -> list[tuple[str, ...]]:
        """List the terms of each long form of a word, which may be in the genitive."""
        folded = fold(short)
        found = self._long.get(folded) or self._long.get(folded.removesuffix("s")) or set()
        return sorted(found)

    def short_forms(self, terms: Collection[str]) -> Iterator[tuple[str, str]]:
        """Find the long forms that stand among terms, as (its last term, short form)."""
        for last in terms:
            for long, short in sorted(self._short.get(last, ()), key=lambda pair: pair[1]):
                if long <= set(terms):
                    yield last, short
