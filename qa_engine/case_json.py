"""The JSON of precedents and cases; like ``json_form``, keys may be added, never renamed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from indexer.markup import readable
from qa_engine.cases import Case, Step
from qa_engine.json_form import Json, citation_form, iso, statement_form
from qa_engine.model import Citation
from qa_engine.precedents import Precedent


def precedents_form(text: str, precedents: Sequence[Precedent]) -> Json:
    """Lay out similar earlier decisions, nearest first, each with its last word first."""
    return {"query": text, "precedents": [_precedent_form(p) for p in precedents]}


def cases_form(number: str, cases: Sequence[Case]) -> Json:
    """Lay out the cases of a number, one for each municipality that uses it."""
    return {"case_number": number, "cases": [_case_form(case) for case in cases]}


def running_text(citations: Sequence[Citation]) -> str | None:
    """Write quotes as running text, or None where there are none."""
    return " ".join(readable(citation.quote) for citation in citations) or None


def _precedent_form(precedent: Precedent) -> Json:
    return {
        "score": precedent.score,
        **_step_form(precedent.last),
        "final": precedent.case.final,
        "matches": [citation_form(citation) for citation in precedent.matches],
        "earlier": [_step_form(step) for step in precedent.earlier],
    }


def _case_form(case: Case) -> Json:
    return {
        "case_number": case.number,
        "municipality": case.municipality,
        "title": case.title,
        "final": case.final,
        "steps": [_step_form(step) for step in case.steps],
    }


def _step_form(step: Step) -> Json:
    return {
        "source": step.minutes.source,
        "item": step.item.number,
        "title": step.item.title,
        "case_number": step.item.case_number,
        "municipality": step.minutes.municipality,
        "body": step.body,
        "date": iso(step.date),
        "outcome": step.outcome.value,
        "own": step.own,
        "proposed": running_text(step.proposed),
        "decided": running_text(step.decided),
        "amount": step.amount,
        "legal_basis": running_text(step.legal_basis),
        "changed": list(step.changed),
        "votes": [asdict(vote) for vote in step.votes],
        "statements": [statement_form(step.item, statement) for statement in step.statements],
        "disqualified": list(step.disqualified),
        "citations": [citation_form(citation) for citation in step.citations],
        "url": step.item.url,
    }
