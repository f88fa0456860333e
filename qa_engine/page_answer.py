"""An answer as HTML: what is said, how sure it is, and the proof below it.

Everything that comes from minutes or from a reader passes through ``escape`` or ``page_text``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby

from indexer.danish import MONTHS, fold, format_date
from indexer.model import AgendaItem, Decision, Filters, Minutes, Outcome, Role
from qa_engine.model import Answer, Asked, Citation, Hit, Query, Sentence
from qa_engine.page_text import item_html, passage_html
from qa_engine.presenting import meeting_label, quotation, searched_line, section_name

NEARBY = 5

# The confidence is a probability; these words are what a reader would say of such odds: more than
# four out of five, more than half.
_SURE, _RATHER_SURE = 0.8, 0.5
# An answer longer than this is set smaller, so that it stays on one screen.
_LONG = 360
_COUNCIL = re.compile(r"\b(?:byraad|kommunalbestyrelse|borgerrepraesentation)")
_NUMBERED = re.compile(r"(\d{1,2})[.)]\s+")

_ASKED = {
    Asked.NUMBER: "et antal",
    Asked.AMOUNT: "et beløb",
    Asked.DATE: "et tidspunkt",
    Asked.PERSON: "en person",
    Asked.PLACE: "et sted",
    Asked.LIST: "en liste",
    Asked.REASON: "en begrundelse",
    Asked.DECISION: "en beslutning",
    Asked.RECOMMENDATION: "en indstilling",
    Asked.ABSENCE: "fravær",
    Asked.PARTICIPANTS: "deltagere",
    Asked.YES_NO: "ja eller nej",
}


def answer_html(answer: Answer) -> str:
    """Set what is said, with its markers, and one quiet line about how it was found."""
    shown = []
    for is_list, group in groupby(answer.sentences, key=lambda s: s.text.startswith("• ")):
        sentences = list(group)
        shown.append(_list(sentences) if is_list else f"<p>{' '.join(map(_said, sentences))}</p>")
    kind = "pv-said" if answer.answered else "pv-said pv-no"
    if len(answer.text) > _LONG:
        kind += " pv-long"
    return (
        f'<section id="svar" class="{kind}" aria-label="Svar">{"".join(shown)}</section>'
        f'<p class="pv-proof">{escape(_proof_line(answer))}</p>'
    )


def understood(query: Query, given: Filters) -> list[str]:
    """List in Danish what was read out of a question, beyond the filters that were given."""
    found = query.filters
    chips = [name for name in query.municipalities if name not in given.municipalities]
    chips += [
        name
        for name in found.municipalities
        if name not in given.municipalities and name not in chips
    ]
    chips += [name for name in found.committees if name not in given.committees]
    if query.committee and query.committee not in (*given.committees, *chips):
        chips.append(query.committee)
    days = query.period
    if days is None and found.since and found.until and found.since != given.since:
        days = (found.since, found.until)
    if days:
        first, last = days
        if first == last:
            chips.append(format_date(first))
        elif (first.year, first.month) == (last.year, last.month):
            chips.append(f"{MONTHS[first.month - 1]} {first.year}")
        else:
            chips.append(
                str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
            )
    if found.case_number and found.case_number != given.case_number:
        chips.append(f"sag {found.case_number}")
    if query.asked in _ASKED:
        chips.append(_ASKED[query.asked])
    return chips


def understood_html(query: Query, given: Filters) -> str:
    """Set what was understood as chips; empty where a question was taken as it stands."""
    chips = "".join(f"<li>{escape(chip)}</li>" for chip in understood(query, given))
    return f'<div class="pv-chips"><span>Forstået</span><ul>{chips}</ul></div>' if chips else ""


def sources_html(
    citations: Sequence[Citation], read: Callable[[str], Minutes | None]
) -> str:
    """Set the proof, item by item: each quote marked in its paragraph, the whole item to unfold."""
    by_item: dict[tuple[str, str], list[Citation]] = {}
    for citation in citations:
        by_item.setdefault((citation.source, citation.item), []).append(citation)
    shown = [_source(group, _find(read(source), item)) for (source, item), group in by_item.items()]
    heading = "Kilde" if len(citations) == 1 else "Kilder"
    return f'<section><h2>{heading}</h2>{"".join(shown)}</section>' if shown else ""


def nearby_html(answer: Answer) -> str:
    """List the items that were found but are not cited, each to unfold."""
    cited = {(citation.source, citation.item) for citation in answer.citations}
    hits = [hit for hit in answer.hits if hit.key not in cited][:NEARBY]
    if not hits:
        return ""
    heading = "Andre punkter om det samme" if answer.answered else "Det nærmeste, der står"
    return (
        f'<section><h2>{heading}</h2><ul class="pv-nearby">'
        f"{''.join(f'<li>{_nearby(hit)}</li>' for hit in hits)}</ul></section>"
    )


def advice_html(confined: bool) -> str:
    """Say what to try after a refusal."""
    tips = [
        "Brug de ord, som referatet selv ville bruge: »lokalplan«, »takst«, »anlægsbevilling«.",
        "Spørg om én ting, ét sted og ét møde ad gangen.",
        "Nævn sagsnummeret, hvis du kender det.",
    ]
    if confined:
        tips.insert(0, "Fjern en eller flere af afgrænsningerne, og spørg igen.")
    return (
        '<section class="pv-advice"><h2>Prøv i stedet</h2>'
        f"<ul>{''.join(f'<li>{escape(tip)}</li>' for tip in tips)}</ul></section>"
    )


def confidence_word(confidence: float) -> str:
    """Say in a word how sure an answer is."""
    if confidence >= _SURE:
        return "Sikker"
    return "Ret sikker" if confidence >= _RATHER_SURE else "Usikker"


def _proof_line(answer: Answer) -> str:
    seconds = f"{max(answer.seconds, 0.1):.1f}".replace(".", ",")
    searched = searched_line(answer.searched).rstrip(".")
    told = searched in answer.text
    parts = [
        confidence_word(answer.confidence) if answer.answered else "",
        "" if told else searched,
        f"{seconds} sekunder",
    ]
    return " · ".join(part for part in parts if part)


def _said(sentence: Sentence) -> str:
    # Hugging the last word, so that a line never begins with a marker.
    markers = "".join(
        f'<sup><a href="#kilde-{n}" aria-label="Kilde {n}">[{n}]</a></sup>'
        for n in sentence.markers
    )
    return f"{escape(sentence.text.removeprefix('• '))}{markers}"


def _list(sentences: Sequence[Sentence]) -> str:
    elements = []
    for sentence in sentences:
        text = sentence.text.removeprefix("• ")
        match = _NUMBERED.match(text)
        value = f' value="{match[1]}"' if match else ""
        rest = Sentence(text[match.end() :] if match else text, sentence.markers)
        elements.append(f"<li{value}>{_said(rest)}</li>")
    tag = "ol" if all("value=" in element[:12] for element in elements) else "ul"
    return f"<{tag}>{''.join(elements)}</{tag}>"


def _find(minutes: Minutes | None, number: str) -> AgendaItem | None:
    items = minutes.items if minutes else ()
    return next((item for item in items if item.number == number), None)


def _source(citations: Sequence[Citation], item: AgendaItem | None) -> str:
    first = citations[0]
    case = f" · sag {first.case_number}" if first.case_number else ""
    marks = [(citation.start, citation.end) for citation in citations]
    links = [_whole(item, marks)] if item else []
    if first.url and first.url.startswith(("https://", "http://")):
        links.append(
            f'<a href="{escape(first.url)}" target="_blank" rel="noopener">'
            "Se punktet på kommunens side</a>"
        )
    return (
        f'<article class="pv-source">'
        f"<h3>{escape(_heading(first.item, first.title))}</h3>"
        f'<p class="pv-where">{escape(meeting_label(first) + case)}</p>'
        f"{''.join(_quote(citation, item) for citation in citations)}"
        f'<div class="pv-more">{"".join(links)}</div></article>'
    )


def _quote(citation: Citation, item: AgendaItem | None) -> str:
    if item and item.text[citation.start : citation.end] == citation.quote:
        passage = passage_html(item, citation.start, citation.end)
    else:  # The minutes were replaced since the answer was given.
        passage = f"<p><mark>{escape(quotation(citation.quote))}</mark></p>"
    page = f" · s. {citation.page}" if citation.page else ""
    kind, details = _kind(citation, item)
    return (
        f'<div class="pv-quote" id="kilde-{citation.marker}" tabindex="-1">'
        f'<a class="pv-number" href="#svar" aria-label="Kilde {citation.marker}, til svaret">'
        f"{citation.marker}</a>"
        f'<div><p class="pv-kind"><span class="{kind}">{escape(section_name(citation))}</span>'
        f"{escape(details + page)}</p><blockquote>{passage}</blockquote></div></div>"
    )


def _kind(citation: Citation, item: AgendaItem | None) -> tuple[str, str]:
    """Tell proposal, committee's word and council's word apart: a class, and the words for it."""
    if citation.role is Role.RECOMMENDATION:
        return "pv-tag pv-proposal", ""
    if citation.role is not Role.DECISION:
        return "pv-plain", ""
    decision = _decision(citation, item)
    body = (decision.body if decision else None) or citation.committee
    council = bool(body and _COUNCIL.search(fold(body)))
    parts = [f" · {body}" if body else ""]
    if decision and decision.date and decision.date != citation.date:
        parts.append(f" · {format_date(decision.date)}")
    if decision and decision.outcome is Outcome.RECOMMENDED and not council:
        parts.append(" · anbefaling, ikke endelig")
    return f"pv-tag {'pv-council' if council else 'pv-committee'}", "".join(parts)


def _decision(citation: Citation, item: AgendaItem | None) -> Decision | None:
    decisions = item.decisions if item else ()
    return next((d for d in decisions if d.start <= citation.start < d.end), None)


def _nearby(hit: Hit) -> str:
    title = escape(_heading(hit.item.number, hit.item.title))
    return (
        f"<details><summary><strong>{title}</strong> "
        f"<span>{escape(meeting_label(hit.minutes))}</span></summary>"
        f'<div class="pv-item">{_body(hit.item, ())}</div></details>'
    )


def _whole(item: AgendaItem, marks: Sequence[tuple[int, int]]) -> str:
    return (
        '<details><summary>Hele punktet</summary><div class="pv-item">'
        f"{_body(item, marks)}</div></details>"
    )


def _body(item: AgendaItem, marks: Sequence[tuple[int, int]]) -> str:
    empty = "Punktet er lukket for offentligheden." if item.closed else "Der står ikke mere i referatet."
    return item_html(item, marks) or f"<p>{empty}</p>"


def _heading(number: str, title: str) -> str:
    return f"Punkt {number}: {title}" if title else f"Punkt {number}"
