"""One case across meetings: who proposed what, who decided what, and whether that was the end.

A case is a case number within a municipality, since two municipalities can use the same one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.danish import fold
from indexer.markup import readable
from indexer.model import (
    AgendaItem,
    Decision,
    Filters,
    Minutes,
    Outcome,
    Role,
    Section,
    Statement,
    Vote,
)
from indexer.store import Store
from indexer.units import split_units
from qa_engine.amounts import find_amount
from qa_engine.citing import cite
from qa_engine.evidence import Piece
from qa_engine.model import Citation, Hit

# What ends a case; anything else is a word to the next body, or leaves it for another day.
_FINAL = {Outcome.APPROVED, Outcome.NOTED, Outcome.REJECTED, Outcome.WITHDRAWN}
_LEAD_IN = re.compile(r"\b(?:indstill|anbefal|foresl)\w*\b[^.]{0,120}$", re.IGNORECASE)
_LIST_MARK = re.compile(r"\W*(?:\d{1,2}[.)]\s+|[a-z]\)\s+)?(?:at\s+)?")
_LAW = re.compile(r"§|\b\w*lovens?\b|\bbekendtgørelse", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\n\s*\n")
_CORRECTED = re.compile(r"\b(?:rettet|berigtiget|korrigeret)\b", re.IGNORECASE)
_LONGEST_ABBREVIATION = 5


@dataclass(frozen=True, slots=True)
class Step:
    """What one body did with a case at one meeting.

    Attributes:
        minutes: Where it is told.
        item: The agenda item that tells it.
        own: Whether these are the body's own minutes; else another body's minutes quote it.
        body: The committee or council, or None where it is not told.
        date: The day of the decision.
        outcome: How the body left the case.
        proposed: What was proposed to it, verbatim; empty where the decision is only quoted.
        decided: What it decided, verbatim.
        legal_basis: On what legal basis, verbatim, where written.
        amount: The amount decided on, else proposed, else named under the economy, as printed.
        changed: What the proposal says that the proposal before it did not.
        votes: On the proposal.
        statements: Reservations and minority statements, in ``item.text``.
        disqualified: Names of those who took no part.
    """

    minutes: Minutes
    item: AgendaItem
    own: bool
    body: str | None
    date: dt.date | None
    outcome: Outcome
    proposed: tuple[Citation, ...]
    decided: tuple[Citation, ...]
    legal_basis: tuple[Citation, ...]
    amount: str | None
    votes: tuple[Vote, ...]
    statements: tuple[Statement, ...]
    disqualified: tuple[str, ...]
    changed: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """The item's identity: source and item number."""
        return self.minutes.source, self.item.number

    @property
    def settles_amount(self) -> bool:
        """Whether the amount stands in decision or proposal, not only under the economy."""
        said = [readable(proof.quote) for proof in (*self.decided, *self.proposed)]
        return self.amount is not None and any(self.amount in text for text in said)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every proof of the step, numbered anew in the order of their use."""
        proofs = (*self.proposed, *self.decided, *self.legal_basis)
        return tuple(replace(proof, marker=number) for number, proof in enumerate(proofs, 1))


@dataclass(frozen=True, slots=True)
class Case:
    """A case number of one municipality, with its steps in the order of time."""

    number: str
    municipality: str | None
    steps: tuple[Step, ...]

    @property
    def title(self) -> str:
        """What the case was called when it was last dealt with."""
        return self.steps[-1].item.title

    @property
    def final(self) -> bool:
        """Whether the last word that was seen ends the case."""
        return self.steps[-1].outcome in _FINAL


def follow_case(store: Store, number: str, filters: Filters) -> list[Case]:
    """Follow a case number through all meetings that pass the filters.

    Returns:
        One case for each municipality that uses the number; none where nobody does.
    """
    by_municipality: dict[str | None, list[Step]] = {}
    for meeting in store.meetings(replace(filters, case_number=number, outcome=None)):
        minutes = store.minutes(meeting.source)
        for item in minutes.items if minutes else ():
            if minutes and item.case_number == number:
                steps = by_municipality.setdefault(minutes.municipality, [])
                steps.extend(item_steps(minutes, item))
    return [
        Case(number, municipality, _compared(_in_order(_without_repetitions(steps))))
        for municipality, steps in sorted(by_municipality.items(), key=lambda pair: pair[0] or "")
    ]


def item_steps(minutes: Minutes, item: AgendaItem) -> list[Step]:
    """Read the steps that one item tells: its own body's, and those of others that it quotes."""
    own = _own(minutes, item)
    quoted = [_step(minutes, item, [d], own=False) for d in item.decisions if d not in own]
    return [*quoted, _step(minutes, item, own, own=True)]


def own_outcome(minutes: Minutes, item: AgendaItem) -> Outcome:
    """Tell how the body that met left an item."""
    return _outcome(_own(minutes, item))


def _own(minutes: Minutes, item: AgendaItem) -> list[Decision]:
    """Choose the decisions of the body that met, by its name and the day, else by the day alone.

    A body's own decision of an earlier year may be quoted, so the name is not enough.
    """
    met = fold(minutes.committee or "")
    that_day = [d for d in item.decisions if minutes.date is None or d.date == minutes.date]
    named = [d for d in that_day if not d.body or fold(d.body) == met]
    undated = [d for d in item.decisions[-1:] if d.date is None]
    return named or that_day or undated


def _step(minutes: Minutes, item: AgendaItem, decisions: Sequence[Decision], *, own: bool) -> Step:
    hit = Hit(minutes, item, 0.0, ())
    sections = item.sections if own else ()
    proposed = _pieces(hit, _spans(sections, Role.RECOMMENDATION))
    decided = _pieces(hit, [(d.start, d.end) for d in decisions])
    legal_basis = _pieces(hit, _legal_spans(item)) if own else []
    first = decisions[0] if decisions else None
    return Step(
        minutes=minutes,
        item=item,
        own=own,
        body=(first.body if first else None) or (minutes.committee if own else None),
        date=(first.date if first else None) or minutes.date,
        outcome=_outcome(decisions),
        proposed=cite(proposed)[1],
        decided=cite(decided)[1],
        legal_basis=cite(legal_basis)[1],
        amount=find_amount(
            _text(decided), _text(proposed), _text(_pieces(hit, _spans(sections, Role.ECONOMY)))
        ),
        votes=tuple(vote for d in decisions for vote in d.votes),
        statements=tuple(statement for d in decisions for statement in d.statements),
        disqualified=tuple(name for d in decisions for name in d.disqualified),
    )


def _outcome(decisions: Sequence[Decision]) -> Outcome:
    ends = [d.outcome for d in decisions if d.outcome is not Outcome.NONE]
    return ends[-1] if ends else Outcome.NONE


def _pieces(hit: Hit, spans: Iterable[tuple[int, int]]) -> list[Piece]:
    """Cut spans out of an item, blanks at their ends left out."""
    pieces = []
    for start, end in spans:
        quote = hit.item.text[start:end]
        first = start + len(quote) - len(quote.lstrip())
        last = start + len(quote.rstrip())
        if first < last:
            pieces.append(Piece(hit, first, last, readable(hit.item.text[first:last])))
    return pieces


def _legal_spans(item: AgendaItem) -> list[tuple[int, int]]:
    """Find where the legal basis stands: under its label, else the first sentence naming a law."""
    labelled = _spans(item.sections, Role.LEGAL_BASIS)
    if labelled:
        return labelled
    for section in item.sections:
        if section.role in {Role.BACKGROUND, Role.SUMMARY}:
            for unit in split_units(item.text, section.start, section.end):
                if _LAW.search(item.text[unit.start : unit.end]):
                    return [(unit.start, unit.end)]
    return []


def _spans(sections: Iterable[Section], role: Role) -> list[tuple[int, int]]:
    return [(section.start, section.end) for section in sections if section.role is role]


def _text(pieces: Sequence[Piece]) -> str:
    """Read pieces as a line for each paragraph."""
    texts = (piece.hit.item.text[piece.start : piece.end] for piece in pieces)
    return "\n".join(readable(part) for text in texts for part in _PARAGRAPH.split(text))


def _without_repetitions(steps: Sequence[Step]) -> list[Step]:
    """Leave out what another body's minutes quote where the body's own are there.

    Of a referat and its correction only the correction counts, and of two quotations the first.
    """
    own: dict[tuple[str, dt.date | None, str], Step] = {}
    for step in (step for step in steps if step.own):
        place = (fold(step.body or ""), step.date, step.item.number)
        if place not in own or _CORRECTED.search(step.minutes.preamble):
            own[place] = step
    kept = list(own.values())
    for step in (step for step in steps if not step.own):
        if not any(_same_decision(step, other) for other in kept):
            kept.append(step)
    return kept


def _same_decision(quoted: Step, other: Step) -> bool:
    """Tell whether both are one body's word of one day; "TMU" is the Teknik- og Miljøudvalg."""
    if quoted.date != other.date:
        return False
    one, two = sorted((fold(quoted.body or ""), fold(other.body or "")), key=len)
    letters = iter(two)
    return one == two or (
        0 < len(one) <= _LONGEST_ABBREVIATION and all(letter in letters for letter in one)
    )


def _in_order(steps: Sequence[Step]) -> list[Step]:
    return sorted(steps, key=lambda step: (step.date or dt.date.min, step.own, step.item.number))


def _compared(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Note at each proposal what the proposal before it did not say."""
    before: set[str] | None = None
    compared = []
    for step in steps:
        said = {_bare(unit): unit for unit in _proposals(step)}
        new = [unit for bare, unit in said.items() if before is not None and bare not in before]
        compared.append(replace(step, changed=tuple(new)))
        before = set(said) or before
    return tuple(compared)


def _proposals(step: Step) -> list[str]:
    """List what is proposed, without the line that only says who proposes it."""
    text = step.item.text
    units = [
        readable(text[unit.start : unit.end])
        for citation in step.proposed
        for unit in split_units(text, citation.start, citation.end)
    ]
    return [unit for unit in units if not _LEAD_IN.search(unit)] if len(units) > 1 else units


def _bare(unit: str) -> str:
    return fold(_LIST_MARK.sub("", unit, count=1)).strip(" .,;")
