"""Precedents and the course of a case as HTML: proposal and decision side by side."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote, urlencode

from indexer.danish import format_date
from indexer.markup import readable
from indexer.model import Outcome, StatementKind
from qa_engine.case_text import final_sentence, vote_lines
from qa_engine.cases import Case, Step
from qa_engine.model import Citation
from qa_engine.page.text import range_html
from qa_engine.precedents import Precedent
from qa_engine.presenting import (
    decision_name,
    is_council,
    meeting_label,
    outcome_name,
    quotation,
)

# What a reader looks for first: what was agreed to, then what was turned down, then the rest.
ORDER = (
    Outcome.APPROVED, Outcome.REJECTED, Outcome.RECOMMENDED, Outcome.NOTED, Outcome.DISCUSSED,
    Outcome.POSTPONED, Outcome.RETURNED, Outcome.WITHDRAWN, Outcome.NONE,
)  # fmt: skip
_FIRM = {Outcome.APPROVED, Outcome.NOTED}
_AGAINST = {Outcome.REJECTED, Outcome.WITHDRAWN, Outcome.RETURNED}
_STATEMENTS = {
    StatementKind.RESERVATION: "Forbehold",
    StatementKind.MINORITY: "Mindretalsudtalelse",
}


def outcome_html(outcome: Outcome) -> str:
    """Set an outcome as a word, which its frame underlines but does not replace."""
    kind = "firm" if outcome in _FIRM else "against" if outcome in _AGAINST else "open"
    return f'<b class="pv-outcome pv-{kind}">{escape(outcome_name(outcome))}</b>'


def groups(precedents: Sequence[Precedent]) -> list[tuple[Outcome, list[Precedent]]]:
    """Group precedents by how they ended, keeping their order within each group."""
    by_outcome = {
        outcome: [precedent for precedent in precedents if precedent.last.outcome is outcome]
        for outcome in ORDER
    }
    return [(outcome, group) for outcome, group in by_outcome.items() if group]


def precedents_html(precedents: Sequence[Precedent]) -> str:
    """Set precedents group by group."""
    return "".join(
        f'<section class="pv-group" aria-label="{escape(outcome_name(outcome))}">'
        f"<h2>{escape(outcome_name(outcome))} <span>{len(group)}</span></h2>"
        f"{''.join(map(_precedent, group))}</section>"
        for outcome, group in groups(precedents)
    )


def case_html(case: Case) -> str:
    """Set a case as a timeline, and say whether it has come to an end."""
    steps = "".join(f"<li>{_timed(step)}</li>" for step in case.steps)
    kind = "pv-final" if case.final else "pv-pending"
    where = " · ".join(part for part in (case.municipality, f"sag {case.number}") if part)
    return (
        f'<section class="pv-case"><h2 class="pv-title">{escape(case.title)}</h2>'
        f'<p class="pv-where">{escape(where)}</p>'
        f'<p class="{kind}">{escape(final_sentence(case))}</p>'
        f'<ol class="pv-timeline">{steps}</ol></section>'
    )


def _precedent(precedent: Precedent) -> str:
    last = precedent.last
    earlier = "".join(f"<li>{_line(step)}</li>" for step in precedent.earlier)
    count = len(precedent.earlier)
    before = (
        f"<details><summary>Tidligere i sagen ({count})</summary>"
        f'<ul class="pv-earlier">{earlier}</ul></details>'
        if count
        else ""
    )
    matches = "".join(
        f"<blockquote><p>{escape(quotation(match.quote))}</p></blockquote>"
        for match in precedent.matches
    )
    return (
        f'<article class="pv-precedent"><h3>{escape(last.item.title)}</h3>'
        f'<p class="pv-where">{escape(_where(last))}</p>{_facts(last)}{_sides(last)}'
        f'<div class="pv-more">{before}'
        f'<details><summary>Stedet, der ligner</summary><div class="pv-item">{matches}</div>'
        f"</details>{_links(last)}</div></article>"
    )


def _timed(step: Step) -> str:
    when = format_date(step.date) if step.date else "Uden dato"
    statements = "".join(
        f'<p class="pv-vote"><b>{_STATEMENTS[s.kind]}:</b> {escape(", ".join(s.by))}</p>'
        for s in step.statements
    )
    votes = "".join(f'<p class="pv-vote">{escape(line)}</p>' for line in vote_lines(step))
    absent = ", ".join(step.disqualified)
    disqualified = f'<p class="pv-vote"><b>Inhabil:</b> {escape(absent)}</p>' if absent else ""
    other = f"Gengivet i referatet fra {meeting_label(step.minutes)}"
    quoted = "" if step.own else f'<p class="pv-vote">{escape(other)}</p>'
    changed = "".join(f"<li>{escape(unit)}</li>" for unit in step.changed)
    new = (
        f'<details class="pv-new"><summary>Nyt i indstillingen ({len(step.changed)})</summary>'
        f"<ul>{changed}</ul></details>"
        if changed
        else ""
    )
    return (
        f'<p class="pv-when">{escape(when)}</p><h3>{escape(step.body or "Ukendt organ")} '
        f"{outcome_html(step.outcome)}</h3>{quoted}{_facts(step)}{_sides(step)}"
        f"{votes}{statements}{disqualified}"
        f'<div class="pv-more">{new}{_links(step, case=False)}</div>'
    )


def _where(step: Step) -> str:
    when = format_date(step.date) if step.date else None
    case = f"sag {step.item.case_number}" if step.item.case_number else None
    parts = (step.minutes.municipality, step.body, when, f"punkt {step.item.number}", case)
    return " · ".join(part for part in parts if part)


def _facts(step: Step) -> str:
    facts = []
    if step.amount:
        name = "Beløb" if step.settles_amount else "Nævnt beløb"
        facts.append((name, escape(step.amount)))
    if step.legal_basis:
        law = " ".join(readable(citation.quote) for citation in step.legal_basis)
        facts.append(("Retsgrundlag", escape(law)))
    rows = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    return f'<dl class="pv-facts">{rows}</dl>' if rows else ""


def _sides(step: Step) -> str:
    """Set proposal and decision beside each other, each under a word that says which it is."""
    council = "pv-council" if is_council(step.body) else "pv-committee"
    sides = []
    if step.proposed:
        sides.append(_side("pv-proposal", "Indstilling", step, step.proposed))
    if step.decided:
        sides.append(_side(council, decision_name(step.body), step, step.decided))
    return f'<div class="pv-sides">{"".join(sides)}</div>' if sides else ""


def _side(kind: str, name: str, step: Step, citations: Sequence[Citation]) -> str:
    text = "".join(range_html(step.item, c.start, c.end) for c in citations)
    page = f" s. {citations[0].page}" if citations[0].page else ""
    return (
        f'<div class="pv-side"><p class="pv-kind"><b class="pv-tag {kind}">{escape(name)}</b>'
        f"{page}</p>{text}</div>"
    )


def _line(step: Step) -> str:
    when = format_date(step.date) if step.date else ""
    return f"{escape(when)} · {escape(step.body or '')} {outcome_html(step.outcome)}"


def _links(step: Step, *, case: bool = True) -> str:
    item = urlencode({"referat": step.minutes.source, "punkt": step.item.number}, quote_via=quote)
    links = [f'<a href="moeder?{escape(item)}" target="_self">Punktet i referatet</a>']
    if case and step.item.case_number:
        number = urlencode({"sag": step.item.case_number})
        links.insert(0, f'<a href="sager?{escape(number)}" target="_self">Sagens forløb</a>')
    url = step.item.url
    if url and url.startswith(("https://", "http://")):
        links.append(f'<a href="{escape(url)}" target="_blank" rel="noopener">Kommunens side</a>')
    return f'<p class="pv-links">{"".join(links)}</p>'
