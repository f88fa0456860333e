"""The shapes of the JSON that ``json_form`` and ``case_json`` lay out, to describe it by a schema.

Only descriptions: nothing is made of these classes. Where a form is a value's own fields, the value
itself is named, so that its fields and their meaning are written once.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from indexer.errors import ChatFault
from indexer.model import Outcome, Role, StatementKind, Vote
from indexer.store import Meeting
from qa_engine.model import Citation, Fault, Searched, Sentence


@dataclass(frozen=True, slots=True)
class HitShape:
    """An agenda item that was found; a higher score is nearer to the question."""

    source: str
    item: str
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class LanguageModelShape:
    """The language model that words answers: how many of its sentences were left out, and why."""

    name: str
    dropped: int
    reasons: list[Fault]
    failure: ChatFault | None


@dataclass(frozen=True, slots=True)
class AnswerShape:
    """An answer, or an honest no where ``answered`` is false; markers point to citations."""

    id: str | int | None
    question: str
    answered: bool
    answer: str
    sentences: list[Sentence]
    citations: list[Citation]
    hits: list[HitShape]
    confidence: float
    searched: Searched
    seconds: float
    generated: bool
    language_model: LanguageModelShape | None


@dataclass(frozen=True, slots=True)
class PassageShape:
    """A passage, verbatim, with all that a citation of it needs."""

    source: str
    item: str
    title: str
    municipality: str | None
    committee: str | None
    date: dt.date | None
    case_number: str | None
    section: str
    role: Role
    page: int | None
    text: str
    start: int
    end: int
    score: float
    url: str | None


@dataclass(frozen=True, slots=True)
class SearchShape:
    """Passages, best first."""

    query: str
    passages: list[PassageShape]


@dataclass(frozen=True, slots=True)
class StatementShape:
    """A reservation or minority statement, verbatim."""

    kind: StatementKind
    by: list[str]
    text: str


@dataclass(frozen=True, slots=True)
class StepShape:
    """What one body did with a case at one meeting; ``citations`` prove what is told of it."""

    source: str
    item: str
    title: str
    case_number: str | None
    municipality: str | None
    body: str | None
    date: dt.date | None
    outcome: Outcome
    own: bool
    proposed: str | None
    decided: str | None
    amount: str | None
    legal_basis: str | None
    changed: list[str]
    votes: list[Vote]
    statements: list[StatementShape]
    disqualified: list[str]
    citations: list[Citation]
    url: str | None


@dataclass(frozen=True, slots=True)
class PrecedentShape(StepShape):
    """A case that was decided before: its last word, the passages that match, and earlier steps."""

    score: float
    final: bool
    matches: list[Citation]
    earlier: list[StepShape]


@dataclass(frozen=True, slots=True)
class PrecedentsShape:
    """Similar earlier decisions, nearest first."""

    query: str
    precedents: list[PrecedentShape]


@dataclass(frozen=True, slots=True)
class CaseShape:
    """A case number of one municipality, step by step; ``final`` when the last word ends it."""

    case_number: str
    municipality: str | None
    title: str
    final: bool
    steps: list[StepShape]


@dataclass(frozen=True, slots=True)
class CasesShape:
    """One case for each municipality that uses the number; none where nobody does."""

    case_number: str
    cases: list[CaseShape]


@dataclass(frozen=True, slots=True)
class SectionShape:
    """A labelled part of an agenda item, verbatim."""

    role: Role
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class DecisionShape:
    """What one body decided on one date, verbatim."""

    body: str | None
    date: dt.date | None
    outcome: Outcome
    text: str
    absent: list[str]
    votes: list[Vote]
    statements: list[StatementShape]
    disqualified: list[str]


@dataclass(frozen=True, slots=True)
class ItemShape:
    """One agenda item with its meeting; ``text`` is what offsets of citations count in."""

    source: str
    municipality: str | None
    committee: str | None
    date: dt.date | None
    number: str
    title: str
    case_number: str | None
    closed: bool
    first_page: int | None
    sections: list[SectionShape]
    decisions: list[DecisionShape]
    absent: list[str]
    attachments: list[str]
    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class MeetingsShape:
    """Meetings, newest first."""

    meetings: list[Meeting]
