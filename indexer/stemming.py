"""Folding and stemming: how two spellings and two inflections of a word become one term."""

from __future__ import annotations

import re
from functools import lru_cache

import Stemmer

_FOLD = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "y", "é": "e"})
_STEMMER = Stemmer.Stemmer("danish")
# Snowball leaves the endings of words as short as these.
_SHORT_NOUN = re.compile(r"(aa|bro|by|koe|kro|oe|ski|sky|soe|sti)(?:e[nt]s?|ers?|ernes?|enes?)")
# What is left of "indsatsen" and "budgettet" still holds what Snowball cuts from "indsats" and
# "budget"; a longer ending than these is no second inflection ("oversigt" is not "over").
_NOUN_ENDING = re.compile(r"[b-df-hj-np-tv-z]?(?:e[nt]s?|ers?|ernes?|enes?)$")
_LONGEST_SECOND_ENDING = 2


def fold(text: str) -> str:
    """Lower the case and write æ, ø, å as ae, oe, aa, so that both spellings meet."""
    return text.lower().translate(_FOLD)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Fold a word and cut off its inflection."""
    folded = fold(word)
    if short := _SHORT_NOUN.fullmatch(folded):
        return short[1]
    first = str(_STEMMER.stemWord(folded))
    second = str(_STEMMER.stemWord(first))
    inflected = _NOUN_ENDING.match(folded, len(first))
    return second if inflected and len(first) - len(second) <= _LONGEST_SECOND_ENDING else first
