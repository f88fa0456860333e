"""The only analyser of Danish text, used alike for what is indexed and for what is asked."""

from __future__ import annotations

import re
from functools import lru_cache

import Stemmer

_WORD = re.compile(r"\w+(?:[./-]\w+)*", re.UNICODE)
_FOLD = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "y", "é": "e"})
_STEMMER = Stemmer.Stemmer("danish")


def fold(text: str) -> str:
    """Lower the case and write æ, ø, å as ae, oe, aa, so that both spellings meet."""
    return text.lower().translate(_FOLD)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Fold a word and cut off its inflection."""
    return str(_STEMMER.stemWord(fold(word)))


def analyse(text: str) -> list[str]:
    """Turn text into the terms that the word index holds, in order, with repetitions."""
    return [stem(word) for word in _WORD.findall(text)]
