"""The view Om: what is indexed, what could not be read, the model, and what to know."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from indexer.danish import format_date
from indexer.embedding import BUNDLED
from indexer.errors import MissingIndex
from indexer.reports import Builds, last_builds
from indexer.settings import Settings
from indexer.store import Findings, Meeting
from indexer.store.opening import place
from qa_engine.danish_errors import danish_sentence
from qa_engine.engine import Engine
from qa_engine.page.question import error_html, indexed_html

_LISTED = 40

_NOTES = """
<section><h2>Et AI-system svarer</h2>
<p>Punktvis finder steder i referaterne med en sprogmodel og citerer dem ordret. Det kan vælge et
forkert sted. Slå citatet efter, før du bruger det: hver kilde kan vises som den side, den står på.
Står svaret ikke i referaterne, siger Punktvis det.</p>
<p>Ved hvert svar står, hvor sikkert det er. »Sikker« betyder, at mere end fire ud af fem af den
slags svar er rigtige, »Ret sikker«, at mere end halvdelen er det.</p></section>
<section><h2>Privatliv</h2>
<p>{where} Spørgsmål gemmes ikke. Siger du, om et svar hjalp,
gemmes det, du sender, i Punktvis’ egen mappe. CPR-numre skjules i teksten, før den kan søges i, og
filer, som de står i, vises ikke.</p></section>
<section><h2>Tilgængelighed</h2>
<p>Siden kan bruges med tastatur alene, ved 200 procents forstørrelse, på en smal skærm og i lyst og
mørkt. Udfald og afsendere er sagt med ord, ikke kun med farve. Det markerede på et sidebillede står
også som tekst. Adressen i browseren fører altid til det samme, så den kan sendes til en
kollega.</p></section>
"""


def title() -> str:
    """Name the view as the browser's tab does."""
    return "Om – Punktvis"


def show(engine: Engine, meetings: Sequence[Meeting]) -> None:
    """Tell what this is and what it knows."""
    st.html('<h1 class="pv-lead">Om Punktvis</h1>')
    st.html(_indexed_html(meetings, last_builds(engine.settings.data), engine.findings()))
    model = engine.settings.model or BUNDLED
    st.html(
        f'<section><h2>Model</h2><p>Der søges med modellen <span class="pv-name-of">'
        f"{escape(model)}</span>, som kører på maskinen selv.</p></section>"
        + _language_model_html(engine.settings)
    )
    if engine.settings.upload:
        from qa_engine.page.upload import upload_field  # noqa: PLC0415 - brings the whole parser

        upload_field(engine)
    st.html(_notes_html(engine.settings))


def show_without_index(settings: Settings) -> None:
    """Tell what this is while nothing is indexed."""
    st.html('<h1 class="pv-lead">Om Punktvis</h1>')
    st.html(error_html(danish_sentence(MissingIndex(place(settings)))))
    st.html(_notes_html(settings))


def _language_model_html(settings: Settings) -> str:
    """Name the model that words answers, and what is sent to it; nothing where there is none."""
    if settings.llm is None:
        return ""
    place = f" på {escape(settings.llm_url)}" if settings.llm_url else ""
    return (
        '<section><h2>Sprogmodel</h2><p>Svar skrives af sprogmodellen <span class="pv-name-of">'
        f"{escape(settings.llm)}</span>{place}. Den får spørgsmålet og de uddrag af referaterne, "
        "som svaret står i, og intet andet. En sætning vises kun, når dens tal, datoer og navne "
        "står i den kilde, den nævner; ellers udelades den og tælles under svaret.</p></section>"
    )


def _notes_html(settings: Settings) -> str:
    machine = "på den maskine, Punktvis kører på"
    where = f"Alt foregår {machine}."
    if settings.llm:
        where = f"Spørgsmål og uddrag sendes til sprogmodellen; alt andet foregår {machine}."
    return f'<div class="pv-notes">{_NOTES.format(where=where)}</div>'


def _indexed_html(
    meetings: Sequence[Meeting], builds: Builds | None, findings: Sequence[Findings]
) -> str:
    unread = [
        f'<strong>{escape(left.source)}</strong> <span lang="en">{escape(left.reason)}</span>'
        for left in (builds.left_out if builds else ())
    ]
    in_part = [
        f"<strong>{escape(found.source)}</strong> {escape(notice)}"
        for found in findings
        for notice in found.notices
    ]
    masked = sum(len(found.personal) for found in findings)
    told = []
    if builds:
        told.append(f"Sidst indekseret {format_date(builds.at.date())} kl. {builds.at:%H.%M}.")
    if builds and not unread and not in_part:
        told.append("Alle filer blev læst.")
    if masked:
        told.append(f"{masked} CPR-numre er skjult i teksten.")
    return (
        f"<section><h2>Indekseret</h2>{indexed_html(meetings)}"
        f"{''.join(f'<p>{line}</p>' for line in told)}"
        f"{_listed('Kunne ikke læses', unread)}{_listed('Læst med forbehold', in_part)}</section>"
    )


def _listed(heading: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    rows = "".join(f"<li>{line}</li>" for line in lines[:_LISTED])
    more = len(lines) - _LISTED
    rest = f"<li>og {more} til</li>" if more > 0 else ""
    return (
        f"<details><summary>{heading} ({len(lines)})</summary>"
        f'<ul class="pv-unread">{rows}{rest}</ul></details>'
    )
