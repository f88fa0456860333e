"""Answers that the structure of the minutes gives: decisions, proposals, absence, closed items.

What a body decided is not the sentence that looks most like the question; it is what stands under
the decision's label. So these are read from the parsed item, never ranked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from indexer.danish import find_dates, format_date
from indexer.markup import readable, visible
from indexer.model import AgendaItem, Decision, Outcome, Role
from indexer.outcomes import read_outcome
from indexer.sentences import Sentence, split_sentences
from indexer.units import Kind, split_units
from qa_engine.evidence import Piece
from qa_engine.model import Hit
from qa_engine.routine import is_routine

# A decision or proposal longer than this is told by its opening and the elements of its lists.
_LONGEST = 600
_POINTS_AT_PROPOSAL = re.compile(
    r"\b(?:indstilling(?:en|erne)?|anbefaling(?:en|erne)?|forslag(?:et)?|som indstillet)\b",
    re.IGNORECASE,
)
_LONGEST_POINTER = 90
_HOUR = re.compile(r"\bkl\.?\s*\d", re.IGNORECASE)
_CONTENTS = (Role.SUMMARY, Role.BACKGROUND, Role.OTHER)


def decision_pieces(hit: Hit) -> list[Piece]:
    """Tell what each body decided, and what was proposed where a decision only points at it.

    Where that would be long, only the body that met tells, since the others' decisions led to it.
    """
    item = hit.item
    decisions = [d for d in item.decisions if item.text[d.start : d.end].strip(" .-–\n")]
    told = [(decision, _decided(hit, decision)) for decision in decisions]
    if sum(len(piece.text) for _, pieces in told for piece in pieces) > _LONGEST:
        own = [pair for pair in told if pair[0].body == hit.minutes.committee]
        told = own or told[-1:]
    pieces = [piece for _, decided in told for piece in decided]
    if pieces and any(_is_pointer(item, decision) for decision, _ in told):
        pieces.extend(_proposal(hit))
    return pieces


def _decided(hit: Hit, decision: Decision) -> list[Piece]:
    pieces = _told(hit, decision.start, decision.end)
    return [_with_body(pieces[0], decision), *pieces[1:]] if pieces else []


def title_piece(hit: Hit) -> Piece | None:
    """Say what an item is called."""
    place = _find(hit.item.text, hit.item.title)
    return place and Piece(hit, *place, f"{hit.item.title}.")


def _find(text: str, phrase: str) -> tuple[int, int] | None:
    """Find a phrase in a text that may break lines or hold marks inside it."""
    if not phrase:
        return None
    seen = visible(text)
    shown = "".join(text[position] for position in seen)
    match = re.search(r"\s+".join(map(re.escape, phrase.split())), shown)
    return (seen[match.start()], seen[match.end() - 1] + 1) if match else None


def recommendation_pieces(hit: Hit) -> list[Piece]:
    """Tell what was proposed, and by whom where the label says so."""
    return [
        piece
        for section in hit.item.sections
        if section.role is Role.RECOMMENDATION
        for piece in _told(hit, section.start, section.end)
    ]


def attachment_pieces(hit: Hit) -> list[Piece]:
    """List what is attached to an item."""
    item = hit.item
    placed = ((name, _find(item.text, name)) for name in item.attachments)
    return [Piece(hit, *place, f"• {name}") for name, place in placed if place]


def agenda_pieces(hit: Hit) -> list[Piece]:
    """List the items of a meeting, each proved by its own title."""
    titled = ((item, _find(item.text, item.title)) for item in hit.minutes.items)
    return [
        Piece(Hit(hit.minutes, item, hit.score, ()), *place, f"• Punkt {item.number}: {item.title}")
        for item, place in titled
        if place
    ]


def meeting_decision_pieces(hit: Hit) -> list[Piece]:
    """Tell what was decided on each item of a meeting: the sentence that settles it."""
    minutes = hit.minutes
    pieces: list[Piece] = []
    for item in minutes.items:
        own = [d for d in item.decisions if d.body in (None, minutes.committee)]
        for decision in (own or item.decisions)[-1:]:
            sentences = split_sentences(item.text, decision.start, decision.end)
            said = [s for s in sentences if any(map(str.isalnum, s.text))]
            settles = (s for s in said if not s.amends and _tells(s, decision.outcome))
            if told := next(settles, said[0] if said else None):
                text = f"• Punkt {item.number}, {item.title}: {told.text}"
                pieces.append(Piece(Hit(minutes, item, hit.score, ()), told.start, told.end, text))
    return pieces


def _tells(sentence: Sentence, outcome: Outcome) -> bool:
    return outcome in {read_outcome([sentence], council=council) for council in (False, True)}


def absence_pieces(hits: Sequence[Hit], *, whole_meeting: bool) -> list[Piece]:
    """Name those absent, from the first of the items that tells.

    Args:
        hits: Items, best first.
        whole_meeting: Whether the question is about the meeting, not one of its items. Then those
            absent at most of its items are named: someone disqualified leaves for one item only.
    """
    if whole_meeting and hits:
        minutes = hits[0].minutes
        told = [item for item in minutes.items if item.absent]
        usual = Counter(item.absent for item in told).most_common(1)
        first = [Hit(minutes, i, hits[0].score, ()) for i in told if i.absent == usual[0][0]][:1]
        hits = [*first, *hits]
    for hit in hits:
        if place := _absence_place(hit.item):
            return [Piece(hit, *place, ", ".join(hit.item.absent) + ".")]
    return participant_pieces(hits[0], absent_only=True) if hits else []


def _absence_place(item: AgendaItem) -> tuple[int, int] | None:
    """Find where an item names its absentees: under their label, else where it was decided."""
    for roles in ({Role.ABSENCE}, {Role.DECISION}, set(Role)):
        for section in reversed(item.sections):
            part = item.text[section.start : section.end]
            places = [(part.find(name), name) for name in item.absent if name in part]
            if section.role in roles and places:
                first = min(start for start, _ in places)
                last = max(start + len(name) for start, name in places)
                return section.start + first, section.start + last
    return None


def topic_pieces(hit: Hit) -> list[Piece]:
    """Tell of an item what it is called and what was decided.

    Of one that every meeting has, such as "Meddelelser", what stands in it is told, not decided.
    """
    title = title_piece(hit)
    told = decision_pieces(hit)
    if not told or is_routine(hit.item):
        told = [*_contents(hit), *told]
    return [title, *told] if title and told else told


def _contents(hit: Hit) -> list[Piece]:
    return [
        piece
        for section in hit.item.sections
        if section.role in _CONTENTS
        for piece in _told(hit, section.start, section.end)
        if any(map(str.isalnum, piece.text))
    ]


def participant_pieces(hit: Hit, *, absent_only: bool = False) -> list[Piece]:
    """Name those who met, from the heading block, cited as the item without a number."""
    minutes = hit.minutes
    names = [*(() if absent_only else minutes.participants), *minutes.absent]
    places = [(minutes.preamble.find(name), name) for name in names]
    found = [(start, name) for start, name in places if start >= 0]
    if not found:
        return []
    present = "" if absent_only else ", ".join(minutes.participants) + "."
    absent = f"Fraværende: {', '.join(minutes.absent)}." if minutes.absent else ""
    first = min(start for start, _ in found)
    last = max(start + len(name) for start, name in found)
    told = " ".join(part for part in (present, absent) if part)
    return [Piece(_heading_block(hit), first, last, told)]


def meeting_pieces(hit: Hit) -> list[Piece]:
    """Tell where and when a meeting was held: the lines of the heading block that say so."""
    minutes = hit.minutes
    lines = list(re.finditer(r"[^\n]*\w[^\n]*", minutes.preamble))
    timed = [line for line in lines if minutes.date in [day for _, _, day in find_dates(line[0])]]
    at_hour = [line for line in timed if _HOUR.search(line[0])]
    placed = [line for line in lines if minutes.place and minutes.place in line[0]]
    told = dict.fromkeys((*(at_hour or timed)[:1], *placed[:1]))
    block = _heading_block(hit)
    return [Piece(block, line.start(), line.end(), f"• {readable(line[0])}") for line in told]


def _heading_block(hit: Hit) -> Hit:
    """Give the heading block as an item without a number, which can be cited."""
    page = hit.item.first_page and 1
    text = hit.minutes.preamble
    block = AgendaItem("", "Mødedeltagere", None, False, text, page, (), (), (), ())
    return Hit(hit.minutes, block, hit.score, ())


def closed_pieces(hit: Hit) -> list[Piece]:
    """Say that an item was closed; its title is all that is public."""
    title = title_piece(hit)
    if title is None:
        return []
    text = f"Punktet var lukket: »{hit.item.title}«. Indholdet er ikke offentligt."
    return [Piece(hit, title.start, title.end, text)]


def _told(hit: Hit, start: int, end: int) -> list[Piece]:
    """Tell a part of the item: all of it where short, else its opening and list elements."""
    text = hit.item.text
    units = split_units(text, start, end)
    if end - start > _LONGEST:
        short = [u for u in units if u.kind is Kind.ELEMENT]
        first_element = short[0].start if short else end
        opening = [u for u in units if u.kind is not Kind.ELEMENT and u.start < first_element]
        units = sorted([*opening[:3], *short], key=lambda u: u.start)
    pieces: list[Piece] = []
    length = 0
    for unit in units:
        held = readable(text[unit.start : unit.end])
        length += len(held)
        if pieces and length > _LONGEST + 200:
            break
        bullet = "• " if unit.kind is Kind.ELEMENT else ""
        pieces.append(Piece(hit, unit.start, unit.end, bullet + held))
    return pieces


def _with_body(piece: Piece, decision: Decision) -> Piece:
    """Say whose decision it is: a committee's word is not the council's."""
    who = decision.body or ""
    when = format_date(decision.date) if decision.date else ""
    label = " ".join(part for part in (who, f"({when})" if when and who else when) if part)
    text = piece.text.removeprefix("• ")
    return Piece(piece.hit, piece.start, piece.end, f"{label}: {text}" if label else text)


def _is_pointer(item: AgendaItem, decision: Decision) -> bool:
    """Tell whether a decision says no more than that the proposal was followed."""
    text = item.text[decision.start : decision.end]
    return decision.outcome in (Outcome.APPROVED, Outcome.RECOMMENDED) and (
        bool(_POINTS_AT_PROPOSAL.search(text[:_LONGEST_POINTER])) or len(text) < 40
    )


def _proposal(hit: Hit) -> list[Piece]:
    pieces = recommendation_pieces(hit)
    if not pieces:
        return []
    first = pieces[0]
    opening = Piece(
        hit, first.start, first.end, f"Indstillingen lød: {first.text.removeprefix('• ')}"
    )
    return [opening, *pieces[1:]]
