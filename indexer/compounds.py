"""Danish compounds: the words that a word is made of.

"ungdomsuddannelse" is found by "ungdom" and "uddannelse" too. Parts are compared as stems, which
takes care of most links between them: Snowball cuts the s of "ungdoms" and the e of "børne".
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import files

from indexer.stemming import stem

_SHORTEST = 3
_MOST_PARTS = 4


@cache
def base_words() -> frozenset[str]:
    """Read the stems of the words that compounds are made of, from ``base_words.txt``."""
    lines = files("indexer").joinpath("base_words.txt").read_text("utf-8").splitlines()
    return frozenset(
        stem(word) for line in lines if not line.startswith("#") for word in line.split()
    )


@lru_cache(maxsize=65536)
def parts_of(word: str) -> tuple[str, ...]:
    """List the stems of the base words that a folded word is made of; none where it is no compound.

    A base word stays whole, and any other is taken apart only where base words make up all of it.
    """
    known = base_words()
    return () if stem(word) in known else split(word, known.__contains__)


def split(word: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """Take a folded word apart into known stems, as few as can be; none where that cannot be done.

    Args:
        word: Folded, inflected or not.
        known: Tells whether a stem is that of a word.
    """
    if len(word) < 2 * _SHORTEST or not word.isalpha():
        return ()
    # The fewest parts of every beginning of the word; of equals the one with the longest beginning,
    # since the s between two parts belongs to the first ("overgangs-ydelse").
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(_SHORTEST, len(word) + 1):
        for start in sorted(best, reverse=True):
            too_long = end - start == len(word) or len(best[start]) == _MOST_PARTS
            if end - start < _SHORTEST or too_long:
                continue
            part = stem(word[start:end])
            shorter = end not in best or len(best[start]) + 1 < len(best[end])
            if shorter and known(part):
                best[end] = (*best[start], part)
    return best.get(len(word), ())
