"""Which of the indexed committees and councils a question means, however short it names them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from indexer.bodies import is_council
from indexer.danish import fold

# "ældreudvalget", "teknisk udvalg", "udvalget for kultur"; of the committee itself, "udvalget",
# nothing can be told.
_SHORT = re.compile(
    r"\b(?P<compound>\w{4,})udvalg(?:ets?|s)?\b"
    r"|\b(?P<before>\w{4,}) udvalg(?:ets?|s)?\b"
    r"|\budvalget for (?P<after>\w{4,})"
)
_COUNCIL = re.compile(
    r"\b(?:byraad(?:et|ets)?|kommunalbestyrelsen?s?|borgerrepraesentationen?s?)\b"
)
# The committee that knows the subject, as against the economic one and the council.
_SUBJECT = re.compile(r"\b(?:fag|staaende )udvalg(?:et|ene|ets)?\b")
_ECONOMIC = "oekonomi"
# How much of an adjective a name shares with it: "teknisk" with "Teknikudvalget".
_STEM = 5


def named_bodies(question: str, known: Collection[str]) -> tuple[str, ...]:
    """Find the bodies that a question names, in full or by a word of their name.

    A council is meant by any of the words for one, since one municipality has a Byråd where
    another has a Kommunalbestyrelse.

    Args:
        question: Folded.
        known: The bodies whose minutes are indexed.

    Returns:
        Their names as indexed; several where the question leaves it open.
    """
    names = sorted(known, key=lambda name: (-len(name), name))
    full = [n for n in names if fold(n).removesuffix("et").removesuffix("en") in question]
    councils = [n for n in names if _COUNCIL.search(question) and is_council(n)]
    if full and not is_council(full[0]):
        return (full[0],)
    short = [
        name
        for match in _SHORT.finditer(question)
        for name in names
        if not is_council(name) and _is_short_for(match, name)
    ]
    subject = _SUBJECT.search(question)
    others = (n for n in names if not is_council(n) and not fold(n).startswith(_ECONOMIC))
    return tuple(dict.fromkeys([*short, *(others if subject else ()), *councils]))


def _is_short_for(match: re.Match[str], name: str) -> bool:
    start = match["compound"] or match["after"] or match["before"][:_STEM]
    return any(word.startswith(start.removesuffix("s")) for word in _subjects(name))


def _subjects(name: str) -> Iterator[str]:
    """List the words of a committee's name that tell what it is for."""
    yield from (word for word in re.findall(r"\w+", fold(name)) if not word.startswith("udvalg"))
