"""What is written beside a decision: reservations, minority statements, who was disqualified."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.model import Statement, StatementKind
from indexer.names import VOTERS, Voter, read_voters
from indexer.sentences import Sentence

# In this order: what is taken to the minutes is often a reservation.
_KINDS = (
    (
        StatementKind.MINORITY,
        re.compile(
            r"mindretalsudtalelse|særudtalelse|\b(?:kan|kunne|vil|ville) ikke (?:tiltræde|anbefale"
            r"|støtte|godkende|tilslutte|medvirke|stemme for)",
            re.IGNORECASE,
        ),
    ),
    (StatementKind.RESERVATION, re.compile(r"\bforbehold\b", re.IGNORECASE)),
    (
        StatementKind.MINORITY,
        re.compile(
            r"protokol(?:bemærkning|tilførsel|len|lat)?\b|\bnoteret\b|\bbemærker\b"
            r"|\b(?:til|ind)ført (?:i |til )?referatet|\bført til referat",
            re.IGNORECASE,
        ),
    ),
)
_DISQUALIFIED = re.compile(r"(?<!ikke )\binhabil(?:e|itet)?\b", re.IGNORECASE)
_VERB = (
    r"(?:tage[rt]|tog|har|ønske[rd]e?|afgiver|afgav|erklære[rd]e?|er|var|blev|kan|kunne|vil|ville"
    r"|bemærker|finder|inhabile?)"
)
_QUOTE = re.compile('["“”„»«]')
_NAMED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<who>{VOTERS})(?! og [a-z]\b)",
        rf".*?\b(?P<who>{VOTERS}) {_VERB}\b",
        rf".*?\b(?:fra|af|{_VERB}) (?P<who>{VOTERS})",
        rf"(?i:inhabil\w*):?\s*(?P<who>{VOTERS})",
    )
)


def read_statements(sentences: Sequence[Sentence]) -> tuple[Statement, ...]:
    """Read the reservations and minority statements of members and parties.

    A body's own "med forbehold for …" is part of its decision, and is not one of them.
    """
    found: list[Statement] = []
    for index, sentence in enumerate(sentences):
        if found and sentence.start < found[-1].end:
            continue
        kind = _kind(sentence.text)
        by = _named(sentence.text) if kind else ()
        if kind and by:
            names = tuple(voter.name for voter in by)
            found.append(Statement(kind, names, sentence.start, _end(sentences[index:])))
    return tuple(found)


def read_disqualified(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """Name those who were disqualified and took no part (kommunestyrelsesloven § 14)."""
    names = [
        voter.name
        for sentence in sentences
        if _DISQUALIFIED.search(sentence.text)
        for voter in _named(sentence.text)
        if voter.person
    ]
    return tuple(dict.fromkeys(names))


def tells_disqualified(text: str) -> bool:
    """Tell whether someone named as taking no part was disqualified rather than absent."""
    return bool(_DISQUALIFIED.search(text))


def _kind(text: str) -> StatementKind | None:
    return next((kind for kind, words in _KINDS if words.search(text)), None)


def _named(text: str) -> tuple[Voter, ...]:
    """Find the people and parties that a sentence is about."""
    match = next((match for pattern in _NAMED if (match := pattern.match(text))), None)
    return read_voters(match["who"]) if match else ()


def _end(sentences: Sequence[Sentence]) -> int:
    """Tell where a statement ends: what follows a colon is in it, to the end of the paragraph."""
    first = sentences[0]
    if ":" not in first.text:
        return first.end
    follows = first.text.endswith(":") and len(sentences) > 1
    paragraph = sentences[1].paragraph if follows else first.paragraph
    end = first.end
    quoted = len(_QUOTE.findall(first.text)) % 2
    for sentence in sentences[1:]:
        if sentence.paragraph != paragraph and not quoted:
            break
        quoted = (quoted + len(_QUOTE.findall(sentence.text))) % 2
        end = sentence.end
    return end
