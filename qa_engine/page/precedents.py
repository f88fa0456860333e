"""The view Præcedens: a draft in, similar earlier decisions out, side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from indexer.errors import EmptyQuestion
from indexer.model import Filters
from indexer.store import Meeting
from qa_engine.amounts import amount_value
from qa_engine.danish_errors import danish_sentence
from qa_engine.engine import Engine
from qa_engine.page.address import (
    QUESTION,
    filter_sidebar,
    first,
    follow_address,
    given_chips,
    read_address,
    write_address,
)
from qa_engine.page.question import error_html, note_html
from qa_engine.page.steps import precedents_html
from qa_engine.precedents import Precedent
from qa_engine.spreadsheet import precedents_csv, precedents_xlsx

_ORDER = "orden"
_ORDERS = {"naermest": "Nærmeste først", "nyest": "Nyeste først", "beloeb": "Største beløb først"}
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def title() -> str:
    """Name the view as the browser's tab does."""
    return "Præcedens – Punktvis"


def show(engine: Engine, meetings: Sequence[Meeting]) -> None:
    """Show the field for a draft, and the decided cases that are like it."""
    filters, wrong = follow_address(meetings)
    filter_sidebar(meetings)
    address = read_address()
    if QUESTION not in address:
        st.html('<h1 class="pv-lead">Er noget lignende besluttet før?</h1>')
    asked_nothing = _draft_field()
    if wrong:
        raise wrong
    if asked_nothing:
        st.html(error_html(danish_sentence(EmptyQuestion())))
    text = first(address, QUESTION)
    if not text:
        st.html(
            note_html(
                "Du får tidligere beslutninger med indstilling, beslutning, udfald, beløb og "
                "retsgrundlag. Rutinepunkter og punkter uden beslutning er ikke med."
            )
        )
        return
    with st.container(key="understood", horizontal=True):
        given_chips()
    with st.spinner("Leder efter lignende sager …"):
        found = _find(engine, text, filters)
    if not found:
        st.html(
            note_html(
                "Der er ikke fundet nogen lignende beslutning. Beskriv sagen med de ord, et "
                "referat ville bruge, eller fjern en afgrænsning."
            )
        )
        return
    _show_found(_sorted(found, first(address, _ORDER)))


def _draft_field() -> bool:
    """Show the field for a draft; tell whether it was sent off empty."""
    with st.form("draft", border=False):
        st.text_area(
            "Udkast til indstilling, eller hvad sagen handler om",
            key=QUESTION,
            height=110,
            placeholder="Forvaltningen indstiller, at …",
        )
        sent = st.form_submit_button("Find præcedens", type="primary", on_click=write_address)
    return sent and not st.session_state[QUESTION].strip()


def _show_found(found: Sequence[Precedent]) -> None:
    today = dt.date.today().isoformat()
    with st.container(key="found-tools", horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Rækkefølge",
            list(_ORDERS),
            key=_ORDER,
            format_func=_ORDERS.__getitem__,
            on_change=_reorder,
            filter_mode=None,
            width=220,
        )
        st.download_button(
            "CSV", precedents_csv(found), f"praecedens-{today}.csv", "text/csv",
            type="tertiary", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            "Excel", precedents_xlsx(found), f"praecedens-{today}.xlsx", _EXCEL,
            type="tertiary", on_click="ignore",
        )  # fmt: skip
    st.html(precedents_html(found))


def _find(engine: Engine, text: str, filters: Filters) -> list[Precedent]:
    """Find precedents, or show again those that were found: sorting must not cost a search."""
    asked = (text, filters)
    kept: tuple[object, list[Precedent]] | None = st.session_state.get("precedents")
    if kept and kept[0] == asked:
        return kept[1]
    found = engine.precedents(text, filters)
    st.session_state["precedents"] = (asked, found)
    return found


def _sorted(found: Sequence[Precedent], order: str | None) -> list[Precedent]:
    if _ORDER not in st.session_state:
        st.session_state[_ORDER] = order if order in _ORDERS else "naermest"
    if order == "nyest":
        return sorted(found, key=lambda p: p.last.date or dt.date.min, reverse=True)
    if order == "beloeb":
        return sorted(found, key=lambda p: amount_value(p.last.amount), reverse=True)
    return list(found)


def _reorder() -> None:
    write_address(**{_ORDER: st.session_state[_ORDER]})
