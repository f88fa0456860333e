"""Other words for what a question asks about: its parts, compounds, abbreviations, official words.

They are sought beside the question's own words and count for less, so that they can find what
says the same otherwise but never push aside what says it alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice, pairwise

from indexer.abbreviations import Abbreviation, Abbreviations
from indexer.danish import Token, stem, tokens
from indexer.vocabulary import Vocabulary

# How much another word counts beside the question's own.
_PART = 0.6
_COMPOUND = 0.4
_JOINED = 0.8
_ABBREVIATION = 0.8
_OFFICIAL = 0.3
# A word that ends more compounds than this is too general for them to tell anything.
_MOST_COMPOUNDS = 12


@dataclass(frozen=True, slots=True)
class Variant:
    """What may stand for a term of a question: all of ``terms`` together.

    Attributes:
        of: The question's term.
        terms: The others.
        weight: How much they count beside it, 0 to 1.
    """

    of: str
    terms: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Wording:
    """Other words for the terms of a question."""

    variants: tuple[Variant, ...] = ()

    def match(self, term: str, tokens: Collection[str]) -> float:
        """Tell how well a term is matched by others for it among the tokens, 0 to 1."""
        return max(
            (v.weight for v in self.variants if v.of == term and all(t in tokens for t in v.terms)),
            default=0.0,
        )

    def weights(self) -> Mapping[str, float]:
        """Map every other term to its greatest weight."""
        found: dict[str, float] = {}
        for variant in self.variants:
            for term in variant.terms:
                found[term] = max(variant.weight, found.get(term, 0.0))
        return found


NO_OTHER_WORDS = Wording()


def reword(text: str, terms: Sequence[str], vocabulary: Vocabulary) -> Wording:
    """Find other words for those of a question, as far as they are indexed.

    Args:
        text: The question.
        terms: Its terms.
        vocabulary: What is indexed.
    """
    found = dict.fromkeys(_found(text, vocabulary))
    return Wording(
        tuple(
            variant
            for variant in found
            if variant.of in terms
            and not set(variant.terms) & set(terms)
            and any(vocabulary.knows(term) for term in variant.terms)
        )
    )


def _found(text: str, vocabulary: Vocabulary) -> Iterator[Variant]:
    """List what may stand for a question's terms, indexed or not."""
    asked = list(tokens(text))
    for token in asked:
        if parts := token.more or vocabulary.parts_of(token.text):
            yield from (Variant(of, parts, _PART) for of in token.terms)
        yield from _compounds(token, vocabulary)
    for first, second in pairwise(asked):
        for joined in (stem(first.text + second.text), stem(f"{first.text}s{second.text}")):
            yield from (Variant(of, (joined,), _JOINED) for of in (*first.terms, *second.terms))
    stems = _terms(text)
    for known in (vocabulary.abbreviations, fixed_abbreviations()):
        yield from _abbreviated(asked, stems, known)
    for lay, official in lay_words():
        if lay <= set(stems):
            yield from (Variant(of, (other,), _OFFICIAL) for of in lay for other in official)


def _compounds(token: Token, vocabulary: Vocabulary) -> Iterator[Variant]:
    """List the compounds that end with a word, where they are few."""
    compounds = list(islice(vocabulary.compounds_of(token.text), _MOST_COMPOUNDS + 1))
    if len(compounds) <= _MOST_COMPOUNDS:
        yield from (Variant(of, (word,), _COMPOUND) for of in token.terms for word in compounds)


def _abbreviated(
    asked: Sequence[Token], stems: Sequence[str], known: Abbreviations
) -> Iterator[Variant]:
    """List what abbreviations in a question stand for, and abbreviations of what it writes out."""
    for token in asked:
        # A single letter is a party's only as a capital.
        if len(token.text) > 1 or token.text.isupper():
            for long in known.long_forms(token.text):
                yield from (Variant(of, long, _ABBREVIATION) for of in token.terms)
    yield from (Variant(of, (short,), _ABBREVIATION) for of, short in known.short_forms(stems))


@cache
def lay_words() -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    """Read ``lay_words.txt``: the terms that people ask with, and those that minutes hold."""
    return tuple(
        (
            frozenset(_terms(lay)),
            tuple(_terms(written)),
        )
        for asked, written in _lines("lay_words.txt")
        for lay in asked.split(",")
    )


def _terms(text: str) -> list[str]:
    return [term for token in tokens(text) for term in token.terms]


@cache
def fixed_abbreviations() -> Abbreviations:
    """Read ``abbreviations.txt``."""
    return Abbreviations(Abbreviation(*pair) for pair in _lines("abbreviations.txt"))


def _lines(name: str) -> list[tuple[str, str]]:
    """Read the lines "left: right" of a file beside this one."""
    lines = files("qa_engine").joinpath(name).read_text("utf-8").splitlines()
    pairs = (line.partition(": ") for line in lines if line and not line.startswith("#"))
    return [(left, right) for left, _, right in pairs]
