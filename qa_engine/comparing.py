"""A question about several municipalities: asked of each alone, and told under its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from indexer.danish import fold
from qa_engine.asking import read_asked
from qa_engine.confidence import confidence
from qa_engine.filtering import municipality_name
from qa_engine.model import Asked, Hit, Query
from qa_engine.understanding import content_terms
from qa_engine.writing import Draft

# Where one question ends and the next begins: ", og hvad gjorde Sorø".
_NEXT_QUESTION = re.compile(r",?\s+(?:og|men)\s+(?=hv\w+\b)|\?\s+", re.IGNORECASE)
_BOTH = re.compile(r"\b(?:henholdsvis|både|baade|begge)\s+", re.IGNORECASE)
# What ties a name to the other one: "Varde og …", "i Varde og i …", "Varde i forhold til …".
_TIE = r"(?:,|\bog\b|\beller\b|\bmod\b|\bkontra\b|\bi forhold til\b|\bsammenlignet med\b)"
_PLACED = r"(?:\b(?:i|hos|for|fra|på|paa|af|med)\s+)?"


def parts_of(query: Query) -> list[Query]:
    """Split a comparison into one question for each municipality; any other question is itself."""
    if not query.compares:
        return [query]
    return [_part(query, name) for name in query.municipalities]


def _part(query: Query, name: str) -> Query:
    others = [other for other in query.municipalities if other != name]
    clauses = _NEXT_QUESTION.split(query.text)
    own = [clause for clause in clauses if not any(_names(clause, other) for other in others)]
    text = " ".join(own)
    if not _names(text, name):
        text = query.text
        for other in others:
            text = _without(text, other)
    asked = read_asked(text)
    return replace(
        query,
        text=text,
        terms=content_terms(text, (name,)),
        asked=query.asked if asked in (Asked.ANYTHING, Asked.TOPIC) else asked,
        filters=replace(query.filters, municipalities=(name,)),
        municipalities=(name,),
    )


def _names(text: str, municipality: str) -> bool:
    name = re.escape(municipality_name(municipality))
    return re.search(rf"\b{name}(?:'?s)?\b", fold(text)) is not None


def _without(text: str, municipality: str) -> str:
    """Leave a municipality out of a question, with the little word that ties it to another."""
    short = municipality.removesuffix(" Kommune")
    spelled = rf"(?:{re.escape(short)}|{re.escape(fold(short))})(?:'?s)?(?:\s+kommunes?)?\b"
    name = rf"{_PLACED}\b{spelled}"
    text = _BOTH.sub("", text)
    text = re.sub(rf"\s*{_TIE}\s+{name}|{name}\s*{_TIE}\s+|{name}", " ", text, flags=re.IGNORECASE)
    return " ".join(text.split()).replace(" ?", "?")


def in_turns(rankings: Sequence[Sequence[Hit]], k: int) -> list[Hit]:
    """Merge the items found for each municipality, so that the first of each stand at the top."""
    merged = [
        hit
        for place in zip_longest(*rankings)
        for hit in sorted(filter(None, place), key=lambda hit: -hit.score)
    ]
    return merged[:k]


def compare(query: Query, drafts: Sequence[Draft | None]) -> Draft | None:
    """Tell what was found for each municipality under its name; the least sure one tells how sure.

    Args:
        query: The comparison.
        drafts: For each of its municipalities, what would be said of it.
    """
    told = []
    for name, draft in zip(query.municipalities, drafts, strict=True):
        if draft:
            first, *rest = draft.pieces
            text = f"{name.removesuffix(' Kommune')}: {first.text.removeprefix('• ')}"
            told.append(Draft((replace(first, text=text), *rest), draft.signals))
    if not told:
        return None
    weakest = min(told, key=lambda draft: confidence(draft.signals))
    return Draft(tuple(piece for draft in told for piece in draft.pieces), weakest.signals)
