"""The honest no: what was searched, and what comes nearest."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.danish import format_date
from qa_engine.citing import cite
from qa_engine.elsewhere import is_told_of
from qa_engine.evidence import Piece
from qa_engine.formal import title_piece
from qa_engine.model import Asked, Citation, Hit, Query, Searched, Sentence
from qa_engine.presenting import searched_line

NOT_TOLD = "Det fremgår ikke af referaterne."
# An item below this score is about something else: naming it would be a consolation prize.
# Set by hand from scores that were seen; not fitted.
NEAR_MISS = 1.76

# What a near miss does not tell, by what was asked for.
_UNTOLD = {
    Asked.NUMBER: "hvor mange eller hvor meget",
    Asked.AMOUNT: "hvilket beløb",
    Asked.DATE: "hvornår",
    Asked.PERSON: "hvem",
    Asked.PLACE: "hvor",
    Asked.REASON: "hvorfor",
    Asked.DECISION: "hvad der blev besluttet",
    Asked.RECOMMENDATION: "hvad der blev indstillet",
    Asked.ABSENCE: "hvem der manglede",
    Asked.PARTICIPANTS: "hvem der deltog",
    Asked.MEETING: "hvor og hvornår mødet blev holdt",
    Asked.AGENDA: "hvad der var på dagsordenen",
    Asked.ATTACHMENTS: "hvilke bilag der er",
    Asked.MEANING: "hvad det betyder",
}


def refuse(
    query: Query, hits: Sequence[Hit], searched: Searched
) -> tuple[tuple[Sentence, ...], tuple[Citation, ...]]:
    """Say that the minutes do not tell, naming the nearest item where one is about the subject."""
    sentences = [Sentence(NOT_TOLD, ())]
    citations: tuple[Citation, ...] = ()
    if query.filters.case_number and not hits:
        text = f"Der er ingen sag {query.filters.case_number} i de referater, der er søgt i."
        sentences.append(Sentence(text, ()))
    elif query.filters.item_numbers and not hits:
        numbers = " eller ".join(query.filters.item_numbers)
        text = f"Der er intet punkt {numbers} i de referater, der er søgt i."
        sentences.append(Sentence(text, ()))
    elif query.elsewhere and not is_told_of(query.elsewhere, [hit.item.text for hit in hits[:1]]):
        named = " eller ".join(query.elsewhere)
        sentences.append(Sentence(f"Ingen af referaterne er fra {named}.", ()))
    elif hits and hits[0].score >= NEAR_MISS and (piece := _nearest(hits[0], query.asked)):
        told, citations = cite([piece])
        sentences.extend(told)
    sentences.append(Sentence(searched_line(searched), ()))
    return tuple(sentences), citations


def _nearest(hit: Hit, asked: Asked) -> Piece | None:
    """Name an item that is about the subject without telling what was asked."""
    title = title_piece(hit)
    if title is None:
        return None
    where = ", ".join(
        part
        for part in (
            (hit.minutes.municipality or "").removesuffix(" Kommune"),
            format_date(hit.minutes.date) if hit.minutes.date else "",
        )
        if part
    )
    named = f"punkt {hit.item.number}: »{hit.item.title}«" + (f" ({where})" if where else "")
    untold = _UNTOLD.get(asked, "det, der spørges om")
    return Piece(
        hit, title.start, title.end, f"Nærmest er {named}, men det fortæller ikke {untold}."
    )
