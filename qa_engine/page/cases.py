"""The view Sager: one case number across meetings, as a timeline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from indexer.store import Meeting
from qa_engine.engine import Engine
from qa_engine.filtering import resolve_filters
from qa_engine.page.address import first, read_address
from qa_engine.page.question import note_html
from qa_engine.page.steps import case_html

_NUMBER = "sag"
_FIELD = "case-number"
# Meetings that are looked through for cases to suggest, and how many are suggested.
_LATEST, _SUGGESTED = 60, 12


def title() -> str:
    """Name the view as the browser's tab does."""
    number = st.query_params.get(_NUMBER, "").strip()
    return f"Sag {number[:40]} – Punktvis" if number else "Sager – Punktvis"


def show(engine: Engine, meetings: Sequence[Meeting]) -> None:
    """Show the field for a case number, and the course of the case in the address."""
    number = first(read_address(), _NUMBER)
    if st.session_state.get("case-shown") != number or _FIELD not in st.session_state:
        st.session_state[_FIELD] = number or ""
        st.session_state["case-shown"] = number
    if not number:
        st.html('<h1 class="pv-lead">Følg en sag fra møde til møde.</h1>')
    with (
        st.form("case", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input("Sagsnummer", key=_FIELD, placeholder="fx 20/11319", autocomplete="off")
        st.form_submit_button("Vis forløbet", type="primary", on_click=_send)
    if not number:
        st.html(_suggestions_html(engine, meetings))
        return
    cases = engine.case(resolve_filters(meetings, case=number).case_number or number)
    if not cases:
        st.html(
            note_html(
                f"Der er ingen sag {number} i de referater, der er indekseret. Skriv nummeret, som "
                "det står i referatet."
            )
        )
        st.html(_suggestions_html(engine, meetings))
    st.html("".join(map(case_html, cases)))


def _send() -> None:
    number = st.session_state[_FIELD].strip()
    st.query_params.from_dict({_NUMBER: number} if number else {})


def _suggestions_html(engine: Engine, meetings: Sequence[Meeting]) -> str:
    """Link to the cases that were dealt with at most of the latest meetings."""
    sources = tuple(meeting.source for meeting in meetings[:_LATEST])
    travelling = _travelling(engine, sources)[:_SUGGESTED]
    links = "".join(
        f'<li><a href="sager?{escape(urlencode({_NUMBER: number}))}" target="_self">'
        f"{escape(name)}</a> <span>sag {escape(number)} · {count} møder</span></li>"
        for number, name, count in travelling
    )
    heading = '<h2 class="pv-try">Sager, der er behandlet flere gange</h2>'
    return f'{heading}<ul class="pv-cases">{links}</ul>' if links else ""


@st.cache_data(max_entries=4, show_spinner="Leder efter sager …")
def _travelling(_engine: Engine, sources: tuple[str, ...]) -> list[tuple[str, str, int]]:
    """List case numbers with their latest title and number of meetings, most first."""
    titles: dict[str, str] = {}
    held: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    for source in sources:
        minutes = _engine.minutes(source)
        for item in minutes.items if minutes else ():
            if minutes and item.case_number and not item.closed:
                titles.setdefault(item.case_number, item.title)
                held[item.case_number].add((minutes.committee, minutes.date))
    counted = [(number, titles[number], len(held[number])) for number in titles]
    return sorted((case for case in counted if case[2] > 1), key=lambda case: (-case[2], case[1]))
