"""The sentences of a decision."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.markup import readable
from indexer.units import Kind, split_units

_AMENDS = re.compile(
    r"ændringsforslag|modforslag|\bforeslog\b|\bstillede (?:følgende )?forslag|\bfremsatte", re.I
)
_RETURNS = re.compile(
    r"\bindstilling|\bhovedforslag|\bherefter\b|\bderefter\b|\bsom helhed\b|\bsamlede\b"
    r"|\boprindelige\b|\bblev vedtaget\b"
    r"|^(?:godkendt|vedtaget|tiltrådt|anbefales|indstilles|udsat|taget)\b",
    re.IGNORECASE,
)
# Longer than the longest list of voters; what is longer is read by its beginning.
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a decision, at ``item.text[start:end]``.

    Attributes:
        start: First character, in the item's text.
        end: One past the last character.
        text: As running text.
        listed: Whether it is an element of a list, which answers one point of the proposal.
        paragraph: Number of its paragraph or list.
        amends: Whether it tells of an amendment, whose votes and fate are not the decision's.
    """

    start: int
    end: int
    text: str
    listed: bool
    paragraph: int
    amends: bool


def split_sentences(text: str, start: int, end: int) -> list[Sentence]:
    """Cut a decision into sentences, and tell those on amendments from those on the proposal.

    An amendment is told of from where it is put forward until the text returns to the proposal.
    """
    sentences: list[Sentence] = []
    amends = False
    for unit in split_units(text, start, end):
        shown = readable(text[unit.start : unit.end])[:_LONGEST]
        if _AMENDS.search(shown):
            amends = True
        elif _RETURNS.search(shown):
            amends = False
        listed = unit.kind is Kind.ELEMENT
        sentences.append(Sentence(unit.start, unit.end, shown, listed, unit.group, amends))
    return sentences
