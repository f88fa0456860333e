"""What the command line prints of precedents and cases for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.danish import format_date
from indexer.model import Side, Vote
from qa_engine.cases import Case, Step
from qa_engine.model import Citation
from qa_engine.precedents import Precedent
from qa_engine.presenting import item_label, meeting_label, outcome_name, quotation

_INDENT = "    "
_SIDES = {Side.FOR: "For", Side.AGAINST: "Imod", Side.ABSTAINED: "Undlod at stemme"}


def precedents_text(precedents: Sequence[Precedent]) -> str:
    """Set similar decisions below each other, each with its last word first."""
    return "\n\n".join("\n".join(_precedent_lines(p)) for p in precedents) or "Intet fundet."


def case_text(cases: Sequence[Case]) -> str:
    """Set each case as a list of its steps, in the order of time."""
    return "\n\n".join("\n".join(_case_lines(case)) for case in cases) or "Ingen sag fundet."


def step_label(step: Step) -> str:
    """Say who did what, and when: "Godkendt · Byrådet · 28. marts 2023"."""
    when = format_date(step.date) if step.date else None
    quoted = None if step.own else "gengivet i et andet referat"
    parts = (outcome_name(step.outcome), step.body or "ukendt organ", when, quoted)
    return " · ".join(part for part in parts if part)


def final_sentence(case: Case) -> str:
    """Say whether the case has come to an end in what is indexed, and what was the last word."""
    end = (
        "Sagen er afsluttet i de referater, der er indekseret."
        if case.final
        else "Der er ikke set en endelig beslutning i sagen."
    )
    return f"{end} Sidste ord: {step_label(case.steps[-1])}."


def vote_lines(step: Step) -> list[str]:
    """Tell who voted what, one line for each side that is told of."""
    lines = []
    for side, name in _SIDES.items():
        votes = [vote for vote in step.votes if vote.side is side]
        whole = next((str(v.count) for v in votes if v.count and not v.person and not v.party), "")
        voters = ", ".join(filter(None, map(_voter, votes)))
        said = ": ".join(part for part in (whole, voters) if part)
        if said:
            lines.append(f"{name}: {said}")
    return lines


def _voter(vote: Vote) -> str:
    detail = vote.party if vote.person else vote.count
    name = vote.person or vote.party or ""
    return f"{name} ({detail})" if name and detail else name


def _precedent_lines(precedent: Precedent) -> Iterator[str]:
    last = precedent.last
    yield f"{precedent.score:.3f}  {item_label(last.item)} · {meeting_label(last.minutes)}"
    yield from _step_lines(last)
    for step in precedent.earlier:
        yield f"{_INDENT}før: {step_label(step)}"


def _case_lines(case: Case) -> Iterator[str]:
    yield f"Sag {case.number}: {case.title} · {case.municipality or 'ukendt kommune'}"
    for step in case.steps:
        yield f"  {item_label(step.item)} · {step.minutes.source}"
        yield from _step_lines(step)
        yield from (f"{_INDENT}{line}" for line in vote_lines(step))
    yield f"  {final_sentence(case)}"


def _step_lines(step: Step) -> Iterator[str]:
    yield f"{_INDENT}→ {step_label(step)}" + (f" · {step.amount}" if step.amount else "")
    yield from _quoted("Indstilling", step.proposed)
    yield from _quoted("Beslutning", step.decided)
    yield from _quoted("Retsgrundlag", step.legal_basis)


def _quoted(name: str, citations: Sequence[Citation]) -> Iterator[str]:
    for citation in citations:
        page = f" (s. {citation.page})" if citation.page else ""
        yield f"{_INDENT}{name}{page}: {quotation(citation.quote)}"
