"""The page: a thin shell over ``Engine``, in Danish, started by ``punktvis app``.

Five views, each a module of its own (``qa_engine/page/``). What is shown follows from the
address alone (``?q=…&kommune=…``), see ``qa_engine.page.address``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from threading import Thread

import streamlit as st

from indexer.errors import BuildLocked, MissingIndex, PunktvisError
from indexer.settings import Settings
from indexer.store import Meeting
from indexer.store.lock import BuildLock
from indexer.store.opening import place
from qa_engine.danish_errors import danish_sentence
from qa_engine.engine import Engine
from qa_engine.page import about, ask, cases, meetings, precedents
from qa_engine.page.language import LANGUAGE
from qa_engine.page.question import error_html, foot_html
from qa_engine.page.style import STYLE
from qa_engine.page.style_views import VIEWS_STYLE

_LOG = logging.getLogger(__name__)

_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
    '<circle cx="8" cy="8" r="6" fill="#1d5c63"/></svg>'
)


@dataclass(frozen=True, slots=True)
class View:
    """One of the five: its place in the address, its name, and what shows it.

    ``needs_minutes`` tells whether there is nothing to show before something is indexed.
    """

    path: str
    name: str
    show: Callable[[Engine, Sequence[Meeting]], None]
    title: Callable[[], str]
    needs_minutes: bool = True


VIEWS = (
    View("", "Spørg", ask.show, ask.title),
    View("praecedens", "Præcedens", precedents.show, precedents.title),
    View("sager", "Sager", cases.show, cases.title),
    View("moeder", "Møder", meetings.show, meetings.title),
    View("om", "Om", about.show, about.title, needs_minutes=False),
)


def main() -> None:
    """Show the page; whatever goes wrong is told in a Danish sentence."""
    pages = {
        view: st.Page(
            partial(_guarded, view), title=view.name, url_path=view.path, default=not view.path
        )
        for view in VIEWS
    }
    current = st.navigation(list(pages.values()), position="hidden")
    shown = next(view for view, page in pages.items() if page == current)
    st.set_page_config(page_title=shown.title(), page_icon=_ICON, layout="centered")
    st.html(STYLE)
    st.html(VIEWS_STYLE)
    with st.container(key="top", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<p class="pv-name"><a href="./" target="_self">Punktvis</a></p>{LANGUAGE}',
            unsafe_allow_javascript=True,
            width="content",
        )
        with st.container(key="views", horizontal=True, width="content"):
            for view, page in pages.items():
                st.page_link(page, label=view.name)
    current.run()
    st.html(foot_html())
    if st.user.to_dict().get("is_logged_in"):
        st.button("Log ud", type="tertiary", on_click=st.logout)


def _guarded(view: View) -> None:
    try:
        if _signed_in():
            _show(view)
    except PunktvisError as error:
        _show_error(error)
    except Exception as error:  # The terminal gets the trace, the reader a sentence.
        _LOG.exception("the page failed")
        _show_error(error)


def _show(view: View) -> None:
    settings = Settings.from_environment()
    try:
        engine = _engine(settings)
        listed = engine.meetings()
        if view.needs_minutes and not listed:
            raise MissingIndex(place(settings))
    except MissingIndex:
        if BuildLock(settings.data).is_taken():
            raise BuildLocked(settings.data, "a first build") from None
        if view.needs_minutes:
            raise
        about.show_without_index(settings)
        return
    view.show(engine, listed)
    _warm_up(settings)


@st.cache_resource(show_spinner=False, on_release=Engine.close)
def _engine(settings: Settings) -> Engine:
    return Engine.open(settings.data, settings)


@st.cache_resource(show_spinner=False)
def _warm_up(settings: Settings) -> Thread:
    """Load the models while the first reader still writes a question, once the page is shown."""
    engine = _engine(settings)

    def load() -> None:
        # What goes wrong is told where it matters, at the first question.
        with suppress(PunktvisError):
            engine.load()

    thread = Thread(target=load, daemon=True)
    thread.start()
    return thread


def _signed_in() -> bool:
    """Ask who has not signed in to do so, where the owner has set that up."""
    is_open = not st.secrets.load_if_toml_exists() or "auth" not in st.secrets
    if is_open or st.user.to_dict().get("is_logged_in"):
        return True
    st.html('<h1 class="pv-lead">Log ind for at søge i referaterne.</h1>')
    if st.button("Log ind", type="primary"):
        st.login()
    return False


def _show_error(error: Exception) -> None:
    st.html(error_html(danish_sentence(error)))


if __name__ == "__main__":
    main()
