"""Meetings as HTML: the list of them, a whole referat with its sections folded, and statistics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from urllib.parse import quote, urlencode

from indexer.danish import format_date
from indexer.markup import readable
from indexer.model import AgendaItem, Minutes, Outcome
from indexer.store import Meeting
from qa_engine.cases import item_steps
from qa_engine.page.steps import ORDER, outcome_html
from qa_engine.page.text import range_html
from qa_engine.presenting import meeting_label, number, outcome_name, role_name
from qa_engine.routine import is_routine
from qa_engine.yearly import Year

_LONGEST = 140


def meetings_html(meetings: Sequence[Meeting]) -> str:
    """List meetings under their years, newest first; two of one meeting with their files."""
    labels = Counter(map(meeting_label, meetings))
    years = groupby(meetings, key=lambda meeting: meeting.date.year if meeting.date else None)
    return "".join(
        f"<section><h2>{year or 'Uden dato'}</h2>"
        f'<ul class="pv-meetings">{"".join(_meeting(m, labels) for m in held)}</ul></section>'
        for year, held in years
    )


def referat_html(minutes: Minutes, chosen: str | None) -> str:
    """Set a whole referat: who met, what was decided, and every item with its sections folded.

    Args:
        minutes: What is shown.
        chosen: Number of an item that is shown unfolded, before everything else.
    """
    item = next((item for item in minutes.items if item.number == chosen), None)
    opened = f'<section class="pv-chosen">{_item(item, is_open=True)}</section>' if item else ""
    people = _people("Til stede", minutes.participants) + _people("Fraværende", minutes.absent)
    heading = meeting_label(minutes) or minutes.source
    place = f'<p class="pv-where">{escape(minutes.place)}</p>' if minutes.place else ""
    items = "".join(_item(item, is_open=False) for item in minutes.items)
    return (
        f'<h1 class="pv-title">{escape(heading)}</h1>{place}{opened}'
        f"{_decisions(minutes)}{people}<h2>Hele referatet</h2>{items}"
    )


def years_html(years: Sequence[Year]) -> str:
    """Set statistics as bars that are tables too, so that they can be read without being seen."""
    if not years:
        return ""
    most = max(year.items for year in years) or 1
    rows = "".join(
        f'<tr><th scope="row">{year.year}</th><td class="pv-figure">{number(year.items)}</td>'
        f"<td>{_bar(year.items / most)}</td></tr>"
        for year in years
    )
    seen = [outcome for outcome in ORDER if any(year.outcomes[outcome] for year in years)]
    heads = "".join(f'<th scope="col">{escape(outcome_name(o))}</th>' for o in seen)
    return (
        '<section><h2>Punkter pr. år</h2><div class="pv-table" tabindex="0" role="group" '
        'aria-label="Punkter pr. år"><table class="pv-chart"><thead><tr>'
        '<th scope="col">År</th><th scope="col" class="pv-figure">Punkter</th>'
        f'<th scope="col"><span class="pv-unseen">Søjle</span></th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div></section>"
        '<section><h2>Udfald pr. år</h2><div class="pv-table" tabindex="0" role="group" '
        'aria-label="Udfald pr. år"><table class="pv-chart"><thead><tr>'
        f'<th scope="col">År</th>{heads}</tr></thead>'
        f"<tbody>{''.join(_outcomes(year, seen) for year in years)}</tbody></table></div>"
        '<p class="pv-where">Rutinepunkter og lukkede punkter er ikke talt med.</p></section>'
    )


def _outcomes(year: Year, seen: Sequence[Outcome]) -> str:
    cells = "".join(
        f"<td>{number(year.outcomes[outcome])}{_bar(year.outcomes[outcome] / (year.items or 1))}"
        "</td>"
        for outcome in seen
    )
    return f'<tr><th scope="row">{year.year}</th>{cells}</tr>'


def _bar(share: float) -> str:
    return f'<span class="pv-bar" style="width: {share:.1%}"></span>'


def _meeting(meeting: Meeting, labels: Mapping[str, int]) -> str:
    date = format_date(meeting.date) if meeting.date else meeting.source
    address = escape(urlencode({"referat": meeting.source}, quote_via=quote))
    file = meeting.source if labels[meeting_label(meeting)] > 1 else None
    parts = (meeting.municipality, f"{meeting.items} punkter", file)
    who = " · ".join(part for part in parts if part)
    return (
        f'<li><a href="moeder?{address}" target="_self">{escape(meeting.committee or "Møde")}, '
        f"{escape(date)}</a> <span>{escape(who)}</span></li>"
    )


def _decisions(minutes: Minutes) -> str:
    rows = []
    for item in minutes.items:
        step = item_steps(minutes, item)[-1]
        if is_routine(item) or not step.decided:
            continue
        text = readable(step.decided[0].quote)
        short = text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"
        address = urlencode({"referat": minutes.source, "punkt": item.number}, quote_via=quote)
        settled = escape(step.amount or "") if step.settles_amount else ""
        amount = f' <b class="pv-sum">{settled}</b>' if settled else ""
        rows.append(
            f'<li><a href="moeder?{escape(address)}" target="_self">'
            f"{escape(_name(item))}</a> {outcome_html(step.outcome)}{amount}"
            f"<span>{escape(short)}</span></li>"
        )
    heading = '<h2 class="pv-decided">Beslutninger</h2>'
    return f'{heading}<ul class="pv-meetings">{"".join(rows)}</ul>' if rows else ""


def _item(item: AgendaItem, *, is_open: bool) -> str:
    page = f"s. {item.first_page}" if item.first_page else ""
    where = " · ".join(part for part in (_case_link(item), page) if part)
    sections = "".join(
        f"<details{' open' if is_open or section.role.value == 'decision' else ''}>"
        f"<summary>{escape(section.heading or role_name(section.role))}</summary>"
        f'<div class="pv-item">{range_html(item, section.start, section.end)}</div></details>'
        for section in item.sections
    )
    if not sections:
        closed = "Punktet er lukket for offentligheden."
        sections = f"<p>{closed if item.closed else 'Der står ikke mere i referatet.'}</p>"
    inside = f'<p class="pv-where">{where}</p>{sections}'
    if is_open:
        heading = f'<h2 class="pv-title">{escape(_name(item))}</h2>'
        return f'<article class="pv-whole">{heading}{inside}</article>'
    return (
        f'<details class="pv-whole"><summary><strong>{escape(_name(item))}</strong></summary>'
        f'<div class="pv-inside">{inside}</div></details>'
    )


def _case_link(item: AgendaItem) -> str:
    if not item.case_number:
        return ""
    address = escape(urlencode({"sag": item.case_number}))
    return f'<a href="sager?{address}" target="_self">sag {escape(item.case_number)}</a>'


def _people(label: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    return (
        f"<details><summary>{label} ({len(names)})</summary>"
        f'<div class="pv-item"><p>{escape(", ".join(names))}</p></div></details>'
    )


def _name(item: AgendaItem) -> str:
    return f"{item.number}. {item.title}" if item.title else f"Punkt {item.number}"
