"""The view Om: what is indexed, what could not be read, the model, and what to know."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from indexer.danish import format_date
from indexer.embedding import BUNDLED
from indexer.errors import MissingIndex
from indexer.reports import LastBuild, Unread, last_build
from indexer.settings import Settings
from indexer.store import Meeting
from indexer.store.opening import place
from qa_engine.danish_errors import danish_sentence
from qa_engine.engine import Engine
from qa_engine.page.question import error_html, indexed_html
from qa_engine.page.upload import upload_field

_LISTED = 40

_NOTES = """
<section><h2>Et AI-system svarer</h2>
<p>Punktvis finder steder i referaterne med en sprogmodel og citerer dem ordret. Det kan vælge et
forkert sted. Slå citatet efter, før du bruger det: hver kilde kan vises som den side, den står på.
Står svaret ikke i referaterne, siger Punktvis det.</p></section>
<section><h2>Privatliv</h2>
<p>Alt foregår på den maskine, Punktvis kører på. Spørgsmål gemmes ikke. Siger du, om et svar hjalp,
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
    st.html(_indexed_html(meetings, last_build(engine.settings.data)))
    model = engine.settings.model or BUNDLED
    st.html(
        f'<section><h2>Model</h2><p>Der søges med modellen <span class="pv-name-of">'
        f"{escape(model)}</span>, som kører på maskinen selv.</p></section>"
    )
    if engine.settings.upload:
        upload_field(engine)
    st.html(f'<div class="pv-notes">{_NOTES}</div>')


def show_without_index(settings: Settings) -> None:
    """Tell what this is while nothing is indexed."""
    st.html('<h1 class="pv-lead">Om Punktvis</h1>')
    st.html(error_html(danish_sentence(MissingIndex(place(settings)))))
    st.html(f'<div class="pv-notes">{_NOTES}</div>')


def _indexed_html(meetings: Sequence[Meeting], build: LastBuild | None) -> str:
    when = ""
    if build:
        when = f"<p>Sidst indekseret {format_date(build.at.date())} kl. {build.at:%H.%M}.</p>"
    unread = (_unread("Kunne ikke læses", build.skipped) if build else "") + (
        _unread("Læst med forbehold", build.notices) if build else ""
    )
    nothing = (
        "<p>Alle filer blev læst.</p>" if build and not build.skipped and not build.notices else ""
    )
    masked = (
        f"<p>{build.masked} CPR-numre er skjult i teksten.</p>" if build and build.masked else ""
    )
    return (
        f"<section><h2>Indekseret</h2>{indexed_html(meetings)}{when}{nothing}{masked}{unread}"
        "</section>"
    )


def _unread(heading: str, documents: Sequence[Unread]) -> str:
    if not documents:
        return ""
    rows = "".join(
        f"<li><strong>{escape(each.source)}</strong> "
        f'<span lang="en">{escape(each.reason)}</span></li>'
        for each in documents[:_LISTED]
    )
    more = len(documents) - _LISTED
    rest = f"<li>og {more} til</li>" if more > 0 else ""
    return (
        f"<details><summary>{heading} ({len(documents)})</summary>"
        f'<ul class="pv-unread">{rows}{rest}</ul></details>'
    )
