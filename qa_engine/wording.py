"""Other words for what a question asks about: its parts, compounds, abbreviations, official words.

They are sought beside the question's own words and count for less, so that they can find what
says the same otherwise but never push aside what says it alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import islice, pairwise

from indexer.abbreviations import Abbreviation, Abbreviations
from indexer.danish import Token, analyse, stem, tokens
from indexer.vocabulary import Vocabulary

# How much another word counts beside the question's own.
_PART = 0.6
_COMPOUND = 0.4
_JOINED = 0.8
_ABBREVIATION = 0.8
_OFFICIAL = 0.3
# A word that is part of more compounds than this is too general for them to tell anything.
_MOST_COMPOUNDS = 12


@dataclass(frozen=True, slots=True)
class Wording:
    """Other terms for the terms of a question.

    Attributes:
        variants: Maps a term of the question to others that may stand for it, with weights from
            0 to 1.
    """

    variants: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def match(self, term: str, tokens: Collection[str]) -> float:
        """Tell how well a term is matched by another for it among the tokens, 0 to 1."""
        others = self.variants.get(term, {})
        return max((weight for other, weight in others.items() if other in tokens), default=0.0)

    def weights(self) -> Mapping[str, float]:
        """Map every other term to its greatest weight."""
        found: dict[str, float] = {}
        for others in self.variants.values():
            for term, weight in others.items():
                found[term] = max(weight, found.get(term, 0.0))
        return {term: weight for term, weight in found.items() if term not in self.variants}


NO_OTHER_WORDS = Wording()


def reword(text: str, terms: Sequence[str], vocabulary: Vocabulary) -> Wording:
    """Find other terms for those of a question, as far as they are indexed.

    Args:
        text: The question.
        terms: Its terms.
        vocabulary: What is indexed.
    """
    variants: dict[str, dict[str, float]] = {term: {} for term in terms}
    for of, term, weight in _found(text, vocabulary):
        if of in variants and term not in variants and vocabulary.knows(term):
            variants[of][term] = max(weight, variants[of].get(term, 0.0))
    return Wording(variants)


def _found(text: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str, float]]:
    """List what may stand for a question's terms, as (term, other, weight)."""
    asked = list(tokens(text))
    for token in asked:
        yield from ((of, other, _PART) for of in token.terms for other in token.more)
        if token.text.isalpha():
            yield from _compounds(token, vocabulary)
    for first, second in pairwise(asked):
        for joined in (stem(first.text + second.text), stem(f"{first.text}s{second.text}")):
            yield from ((of, joined, _JOINED) for of in (*first.terms, *second.terms))
    stems = [term for token in asked for term in token.terms]
    for known in (vocabulary.abbreviations, fixed_abbreviations()):
        yield from _abbreviated(asked, stems, known)
    for lay, official in lay_words():
        if lay <= set(stems):
            yield from ((of, other, _OFFICIAL) for of in lay for other in official)


def _compounds(token: Token, vocabulary: Vocabulary) -> Iterator[tuple[str, str, float]]:
    """List the parts of a word, and the compounds that it is a part of where they are few."""
    (of,) = token.terms
    yield from ((of, part, _PART) for part in vocabulary.parts_of(token.text))
    compounds = list(islice(vocabulary.compounds_of(token.text), _MOST_COMPOUNDS + 1))
    if len(compounds) <= _MOST_COMPOUNDS:
        yield from ((of, compound, _COMPOUND) for compound in compounds)


def _abbreviated(
    asked: Sequence[Token], stems: Sequence[str], known: Abbreviations
) -> Iterator[tuple[str, str, float]]:
    """List what abbreviations in a question stand for, and abbreviations of what it writes out."""
    for token in asked:
        # A single letter is a party's only as a capital.
        if len(token.text) > 1 or token.text.isupper():
            for long in known.long_forms(token.text):
                yield from ((of, other, _ABBREVIATION) for of in token.terms for other in long)
    yield from ((of, short, _ABBREVIATION) for of, short in known.short_forms(stems))


@cache
def lay_words() -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    """Read ``lay_words.txt``: the terms that people ask with, and those that minutes hold."""
    return tuple(
        (
            frozenset(analyse(lay)),
            tuple(term for word in written.split(",") for term in analyse(word)),
        )
        for asked, written in _lines("lay_words.txt")
        for lay in asked.split(",")
    )


@cache
def fixed_abbreviations() -> Abbreviations:
    """Read ``abbreviations.txt``."""
    return Abbreviations(Abbreviation(*pair) for pair in _lines("abbreviations.txt"))


def _lines(name: str) -> list[tuple[str, str]]:
    """Read the lines "left: right" of a file beside this one."""
    lines = files("qa_engine").joinpath(name).read_text("utf-8").splitlines()
    pairs = (line.partition(": ") for line in lines if line and not line.startswith("#"))
    return [(left, right) for left, _, right in pairs]
