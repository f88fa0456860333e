"""The view Møder: browse meetings, read a whole referat, and count."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from indexer.store import Meeting
from qa_engine.engine import Engine
from qa_engine.page.address import (
    filter_sidebar,
    first,
    follow_address,
    given_chips,
    read_address,
)
from qa_engine.page.browse import meetings_html, referat_html, years_html
from qa_engine.page.picture import download, is_private
from qa_engine.page.question import note_html
from qa_engine.presenting import number
from qa_engine.yearly import Year, count_years

_REFERAT, _ITEM = "referat", "punkt"
# A longer list is cut, and says so; the filters find the rest.
_LISTED = 200


def title() -> str:
    """Name the view as the browser's tab does."""
    return "Møder – Punktvis"


def show(engine: Engine, meetings: Sequence[Meeting]) -> None:
    """Show the referat in the address, else the meetings that pass the filters."""
    address = read_address()
    source = first(address, _REFERAT)
    if source:
        _show_referat(engine, source, first(address, _ITEM))
        return
    filters, wrong = follow_address(meetings)
    filter_sidebar(meetings)
    st.html('<h1 class="pv-lead">Møder og referater</h1>')
    if wrong:
        raise wrong
    with st.container(key="understood", horizontal=True):
        given_chips()
    held = engine.meetings(filters)
    if not held:
        st.html(note_html("Ingen møder passer til afgrænsningen. Fjern en af dem."))
        return
    if len(held) > _LISTED:
        st.html(
            note_html(
                f"De nyeste {_LISTED} af {number(len(held))} møder er vist. Afgræns for at se "
                "andre."
            )
        )
    st.html(meetings_html(held[:_LISTED]))
    st.html(years_html(_years(engine, tuple(meeting.source for meeting in held))))


def _show_referat(engine: Engine, source: str, item: str | None) -> None:
    minutes = engine.minutes(source)
    file = engine.file(source) if minutes and not is_private(minutes) else None
    with st.container(key="referat", horizontal=True):
        every = '<p class="pv-links"><a href="moeder" target="_self">Alle møder</a></p>'
        st.html(every, width="content")
        if file:
            download(file, key="file")
    if minutes is None:
        st.html(
            note_html(
                f"Referatet »{source}« er ikke længere i indekset. Det kan være rettet, fjernet "
                "eller flyttet. Find mødet under Møder."
            )
        )
        return
    st.html(referat_html(minutes, item))


@st.cache_data(max_entries=8, show_spinner="Tæller punkter …")
def _years(_engine: Engine, sources: tuple[str, ...]) -> list[Year]:
    return count_years(m for m in map(_engine.minutes, sources) if m)
