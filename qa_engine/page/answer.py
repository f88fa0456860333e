"""An answer as HTML: what is said, how sure it is, and the proof below it.

Everything that comes from minutes or from a reader passes through ``escape`` or ``page_text``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from indexer.danish import MONTHS, format_date
from indexer.model import AgendaItem, Decision, Minutes, Outcome, Role
from qa_engine.model import Answer, Citation, Hit, Sentence
from qa_engine.page.text import item_html, passage_html
from qa_engine.presenting import (
    decision_name,
    is_council,
    meeting_label,
    quotation,
    searched_line,
    section_name,
    wording_line,
)

NEARBY = 5

# The confidence is a probability; these words are what a reader would say of such odds: more than
# four out of five, more than half.
_SURE, _RATHER_SURE = 0.8, 0.5
# An answer longer than this is set smaller, so that it stays on one screen.
_LONG = 360
_TOGETHER = re.compile(rf"\d{{1,2}}\. (?:{'|'.join(MONTHS)}) \d{{4}}|sag \S+|s\. \d+")
_NUMBERED = re.compile(r"(\d{1,2})[.)]\s+")


def answer_html(answer: Answer) -> str:
    """Set what is said, with its markers, and one quiet line about how it was found."""
    long = len(answer.text) > _LONG
    shown = [
        _list(group) if kind == "list" else f"<p>{' '.join(map(_said, group))}</p>"
        for kind, group in _paragraphs(_sparing(answer.sentences), by_proof=long)
    ]
    kind = f"pv-said{'' if answer.answered else ' pv-no'}{' pv-long' if long else ''}"
    wording = answer.wording
    made = f'<p class="pv-proof">{escape(wording_line(wording))}</p>' if wording else ""
    return (
        f'<section id="svar" class="{kind}" aria-label="Svar">{"".join(shown)}</section>'
        f'{made}<p class="pv-proof">{_proof_line(answer)}</p>'
    )


def coming_html(sentences: Sequence[Sentence]) -> str:
    """Set what a language model has said so far, without the proofs that come with the answer."""
    said = " ".join(escape(sentence.text.removeprefix("• ")) for sentence in sentences)
    return (
        '<section class="pv-said pv-long" aria-label="Svaret, mens det skrives" aria-live="polite">'
        f"<p>{said}</p></section>"
    )


def by_item(citations: Sequence[Citation]) -> list[list[Citation]]:
    """Gather the proofs of each item, in the order in which the answer uses them."""
    items: dict[tuple[str, str], list[Citation]] = {}
    for citation in citations:
        items.setdefault((citation.source, citation.item), []).append(citation)
    return list(items.values())


def source_html(citations: Sequence[Citation], minutes: Minutes | None) -> str:
    """Set the proof from one item: each quote marked in its paragraph, the item to unfold.

    Args:
        citations: Of one item.
        minutes: Where it stands; None where they are gone since the answer was given.
    """
    heading = '<h2 class="pv-sources">Kilder</h2>' if citations[0].marker == 1 else ""
    return heading + _source(citations, _find(minutes, citations[0].item))


def nearby_html(answer: Answer) -> str:
    """List the items that were found but are not cited, each to unfold."""
    cited = {(citation.source, citation.item) for citation in answer.citations}
    hits = [hit for hit in answer.hits if hit.key not in cited][:NEARBY]
    if not hits:
        return ""
    heading = "Andre punkter om det samme" if answer.answered else "Det nærmeste i referaterne"
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
        f"<strong>{confidence_word(answer.confidence)}</strong>" if answer.answered else "",
        "" if told else escape(searched),
        f"{seconds} sekunder",
    ]
    return " · ".join(part for part in parts if part)


def _sparing(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Let sentences in a row that have the same proof share one marker, after the last of them."""
    following = [*(sentence.markers for sentence in sentences[1:]), None]
    return [
        Sentence(sentence.text, ()) if sentence.markers == after else sentence
        for sentence, after in zip(sentences, following, strict=True)
    ]


def _paragraphs(
    sentences: Sequence[Sentence], *, by_proof: bool
) -> Iterator[tuple[str, list[Sentence]]]:
    """Part lists from prose, and long prose where a proof ends."""
    kind, group = "", list[Sentence]()
    for sentence in sentences:
        this = "list" if sentence.text.startswith("• ") else "prose"
        ended = by_proof and this == "prose" and group and group[-1].markers
        if group and (this != kind or ended):
            yield kind, group
            group = []
        kind = this
        group.append(sentence)
    if group:
        yield kind, group


def _said(sentence: Sentence) -> str:
    # Nothing stands between the last word and its marker, so that no line begins with a marker.
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
    links = [_whole(item, marks)] if item and not item.closed else []
    if first.url and first.url.startswith(("https://", "http://")):
        links.append(
            f'<a href="{escape(first.url)}" target="_blank" rel="noopener">'
            "Se punktet på kommunens side</a>"
        )
    return (
        f'<article class="pv-source">'
        f"<h3>{escape(_heading(first.item, first.title))}</h3>"
        f'<p class="pv-where">{escape(_held(meeting_label(first) + case))}</p>'
        f"{''.join(_quote(citation, item) for citation in citations)}"
        f'<div class="pv-more">{"".join(links)}</div></article>'
    )


def _quote(citation: Citation, item: AgendaItem | None) -> str:
    if item and item.text[citation.start : citation.end] == citation.quote:
        passage = passage_html(item, citation.start, citation.end)
    else:  # The minutes were replaced since the answer was given.
        passage = f"<p><mark>{escape(quotation(citation.quote))}</mark></p>"
    kind, details = _kind(citation, item)
    name = "Lukket punkt" if item and item.closed else _name(citation, item)
    if citation.page:
        details.append(f"s. {citation.page}")
    told = _held(" · ".join(details))
    return (
        f'<div class="pv-quote" id="kilde-{citation.marker}" tabindex="-1">'
        f'<a class="pv-number" href="#svar" aria-label="Kilde {citation.marker}, til svaret">'
        f"{citation.marker}</a>"
        f'<div><p class="pv-kind"><b class="{kind}">{escape(name)}</b>'
        f"{escape(told)}</p><blockquote>{passage}</blockquote></div></div>"
    )


def _kind(citation: Citation, item: AgendaItem | None) -> tuple[str, list[str]]:
    """Tell proposal, committee's word and council's word apart: a class, and the words for it."""
    if item and item.closed:
        return "pv-tag pv-proposal", []
    if citation.role is Role.RECOMMENDATION:
        return "pv-tag pv-proposal", []
    decision = _decision(citation, item)
    if not decision and citation.role is not Role.DECISION:
        return "pv-plain", []
    body = (decision.body if decision else None) or citation.committee
    council = is_council(body)
    details = [body] if body else []
    if decision and decision.date and decision.date != citation.date:
        details.append(format_date(decision.date))
    if decision and decision.outcome is Outcome.RECOMMENDED and not council:
        details.append("anbefaling, ikke endelig")
    return f"pv-tag {'pv-council' if council else 'pv-committee'}", details


def _name(citation: Citation, item: AgendaItem | None) -> str:
    """Name the section in a word that tells whose it is."""
    decision = _decision(citation, item)
    if decision or citation.role is Role.DECISION:
        return decision_name((decision.body if decision else None) or citation.committee)
    return section_name(citation) or "Overskrift"


def _decision(citation: Citation, item: AgendaItem | None) -> Decision | None:
    decisions = item.decisions if item else ()
    return next((d for d in decisions if d.start <= citation.start < d.end), None)


def _nearby(hit: Hit) -> str:
    title = escape(_heading(hit.item.number, hit.item.title))
    return (
        f"<details><summary><strong>{title}</strong> "
        f"<span>{escape(_held(meeting_label(hit.minutes)))}</span></summary>"
        f'<div class="pv-item">{_body(hit.item, ())}</div></details>'
    )


def _whole(item: AgendaItem, marks: Sequence[tuple[int, int]]) -> str:
    return (
        '<details><summary>Hele punktet</summary><div class="pv-item">'
        f"{_body(item, marks)}</div></details>"
    )


def _body(item: AgendaItem, marks: Sequence[tuple[int, int]]) -> str:
    empty = (
        "Punktet er lukket for offentligheden."
        if item.closed
        else "Der står ikke mere i referatet."
    )
    return item_html(item, marks) or f"<p>{empty}</p>"


def _heading(number: str, title: str) -> str:
    # The heading block is cited as an item without a number.
    return ": ".join(filter(None, (number and f"Punkt {number}", title)))


def _held(text: str) -> str:
    """Keep a date, a case number and a page from being torn apart at the end of a line."""
    return _TOGETHER.sub(lambda match: match[0].replace(" ", "\u00a0"), text)
