"""From what is to be said to an answer whose every sentence is proved.

The numbers [1] … [n] are issued here and nowhere else, in order of use. A quote is cut from the
item's own text, so it stands there verbatim; what cannot be cut from it is not said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.model import Role
from qa_engine.evidence import Piece
from qa_engine.model import Citation, Sentence

_NO_WORDS = re.compile(r"[\W_]*|\W*\(?\w{1,2}[.)]\W*")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence to be said, with the pieces of items that prove it."""

    text: str
    proofs: tuple[Piece, ...]


def cite(pieces: Sequence[Piece]) -> tuple[tuple[Sentence, ...], tuple[Citation, ...]]:
    """Number the proofs of what is said in the words of the minutes: each piece proves itself."""
    return cite_statements([Statement(piece.text, (piece,)) for piece in pieces])


def cite_statements(
    statements: Sequence[Statement],
) -> tuple[tuple[Sentence, ...], tuple[Citation, ...]]:
    """Number the proofs of what is said.

    Pieces that follow each other in one item with nothing but blanks and list marks between them
    share one citation, whose quote runs through them all. A statement that is added at the end
    changes no marker of those before it.
    """
    proofs: list[tuple[Piece, int, int]] = []
    sentences: list[Sentence] = []
    for statement in statements:
        markers: list[int] = []
        for piece in statement.proofs:
            if not piece.hit.item.text[piece.start : piece.end].strip():
                continue
            place = _place(proofs, piece)
            if place is None:
                proofs.append((piece, piece.start, piece.end))
                place = len(proofs) - 1
            else:
                first, start, end = proofs[place]
                proofs[place] = (first, min(start, piece.start), max(end, piece.end))
            markers.append(place + 1)
        if markers:
            sentences.append(Sentence(statement.text, tuple(dict.fromkeys(markers))))
    citations = tuple(
        _citation(number, piece, start, end) for number, (piece, start, end) in enumerate(proofs, 1)
    )
    return tuple(sentences), citations


def _place(proofs: Sequence[tuple[Piece, int, int]], piece: Piece) -> int | None:
    """Find the citation that already proves a piece, or that it carries on."""
    text = piece.hit.item.text
    for index, (other, start, end) in enumerate(proofs):
        if other.hit.key != piece.hit.key:
            continue
        within = start <= piece.start and piece.end <= end
        same_section = piece.hit.item.section_at(start) is piece.hit.item.section_at(piece.start)
        follows = end <= piece.start and _NO_WORDS.fullmatch(text[end : piece.start]) is not None
        if within or (same_section and follows):
            return index
    return None


def _citation(marker: int, piece: Piece, start: int, end: int) -> Citation:
    minutes, item = piece.hit.minutes, piece.hit.item
    section = item.section_at(start)
    return Citation(
        marker=marker,
        source=minutes.source,
        item=item.number,
        title=item.title,
        municipality=minutes.municipality,
        committee=minutes.committee,
        date=minutes.date,
        case_number=item.case_number,
        section=section.heading if section else "",
        role=section.role if section else Role.OTHER,
        page=item.page_at(start),
        quote=item.text[start:end],
        start=start,
        end=end,
        url=item.url,
    )
