"""What the command line prints for people; ``json_form`` is its twin for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from indexer.build import Report
from indexer.model import AgendaItem, Minutes, Personal, Role
from indexer.store import Findings, Meeting
from qa_engine.json_form import best_passages
from qa_engine.model import Answer, Hit
from qa_engine.presenting import (
    hit_label,
    item_label,
    meeting_label,
    outcome_name,
    quotation,
    role_name,
    searched_line,
    source_label,
    wording_line,
)

_NEAREST = 3
_INDENT = "    "
_LISTED = {Role.ABSENCE, Role.ATTACHMENTS}  # shown as what was read from them


def answer_text(answer: Answer) -> str:
    """Set an answer above its numbered proofs, or a refusal above the items that come nearest.

    A refusal says itself what was searched.
    """
    lines = [answer.text]
    for citation in answer.citations:
        lines += ["", f"[{citation.marker}] {source_label(citation)}"]
        lines.append(_INDENT + quotation(citation.quote))
        if citation.url:
            lines.append(_INDENT + citation.url)
    if answer.wording:
        lines += ["", wording_line(answer.wording)]
    if answer.answered:
        lines += ["", searched_line(answer.searched)]
    elif answer.hits:
        nearest = (f"  – {hit_label(hit)}" for hit in answer.hits[:_NEAREST])
        lines += ["", "Nærmeste punkter:", *nearest]
    return "\n".join(lines)


def search_text(hits: Sequence[Hit], k: int) -> str:
    """List passages, best first, each under its item."""
    passages = [
        f"{passage.score:.3f}  {hit_label(hit)} · {passage.heading or role_name(passage.role)}\n"
        f"{_INDENT}{quotation(hit.item.text[passage.start : passage.end])}"
        for hit, passage in best_passages(hits, k)
    ]
    return "\n\n".join(passages) or "Intet fundet."


def meetings_text(meetings: Iterable[Meeting]) -> str:
    """List meetings, one on a line."""
    lines = [
        f"{meeting_label(meeting) or '?'} · {meeting.items} punkter · {meeting.source}"
        for meeting in meetings
    ]
    return "\n".join(lines) or "Ingen møder."


def minutes_text(minutes: Minutes) -> str:
    """Set minutes as an outline: items, their sections, and how each body left the case."""
    people = [f"Deltagere: {', '.join(minutes.participants)}"] if minutes.participants else []
    absent = [f"Fraværende: {', '.join(minutes.absent)}"] if minutes.absent else []
    place = [f"Sted: {minutes.place}"] if minutes.place else []
    heading = meeting_label(minutes) or minutes.source
    unknown = [f"Ukendt overskrift i punkt {line}" for line in minutes.unknown_headings]
    items = [line for item in minutes.items for line in _item_lines(item)]
    return "\n".join([heading, *place, *people, *absent, "", *items, *unknown])


def report_text(report: Report) -> str:
    """Tell in a line what a build did, and in a line each what is to be told of documents."""
    lines = [
        f"{report.indexed} indexed, {report.unchanged} unchanged, {report.replaced} replaced, "
        f"{report.removed} removed, {len(report.skipped)} skipped in {report.seconds:.1f} s; "
        f"the index holds {report.items} items in {report.chunks} passages",
        *(f"skipped {skipped.source}: {skipped.reason}" for skipped in report.skipped),
        *(line for found in report.findings for line in _finding_lines(found)),
    ]
    return "\n".join(lines)


def _finding_lines(found: Findings) -> Iterator[str]:
    yield from (f"incomplete {found.source}: {notice}" for notice in found.notices)
    yield from (_masked_text(found.source, place) for place in found.personal)
    if found.unknown_headings:
        first, others = found.unknown_headings[0], len(found.unknown_headings) - 1
        more = f" (and {others} more)" if others else ""
        yield f"unknown heading in {found.source}, item {first}{more}"


def _masked_text(source: str, place: Personal) -> str:
    """Tell where a CPR number was masked, for the secretariat to look."""
    page = f", page {place.page}" if place.page else ""
    item = f", item {place.item}" if place.item else ""
    likely = "" if place.certain else " (may be another number)"
    return f"masked a CPR number in {source}{page}{item}{likely}"


def _item_lines(item: AgendaItem) -> Iterator[str]:
    page = f" · s. {item.first_page}" if item.first_page else ""
    closed = " · lukket" if item.closed and "lukket" not in item.title.lower() else ""
    yield f"{item_label(item)}{closed}{page}"
    for section in item.sections:
        role, heading = role_name(section.role), section.heading
        if section.role in _LISTED:
            continue
        yield _INDENT + (
            heading if heading.lower().startswith(role.lower()) else f"{role}: {heading}"
        )
    for decision in item.decisions:
        yield f"{_INDENT}→ {outcome_name(decision.outcome)} ({decision.body or 'ukendt organ'})"
    if item.absent:
        yield f"{_INDENT}Fraværende: {', '.join(item.absent)}"
    if item.attachments:
        yield f"{_INDENT}Bilag: {', '.join(item.attachments)}"
