"""The page: a thin shell over ``Engine``, in Danish, started by ``punktvis app``.

What is shown follows from the address alone (``?q=…&kommune=…``): a question or a filter writes
the address, and the address is what is read. So a colleague who opens a link sees the same view,
and the browser's back button works.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence

import streamlit as st

from indexer.errors import EmptyQuestion, MissingIndex, PunktvisError, UnknownFilterValue
from indexer.model import Filters, Outcome
from indexer.settings import Settings
from indexer.store import Meeting
from qa_engine.danish_errors import danish_sentence
from qa_engine.engine import Engine
from qa_engine.filtering import resolve_filters
from qa_engine.model import Answer
from qa_engine.page_answer import advice_html, answer_html, nearby_html, sources_html
from qa_engine.page_language import LANGUAGE
from qa_engine.page_question import error_html, foot_html, indexed_html, understood_html
from qa_engine.page_style import STYLE
from qa_engine.presenting import outcome_name

_LOG = logging.getLogger(__name__)

# The parts of the address, and the keys of the widgets that hold the same.
_QUESTION = "q"
_CHOICES = ("kommune", "udvalg")
_TYPED = ("fra", "til", "sag", "udfald")
_FILTERS = (*_CHOICES, *_TYPED)
_SAID_WITH_NAME = {"fra", "til", "sag"}

_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
    '<circle cx="8" cy="8" r="6" fill="#1d5c63"/></svg>'
)


def main() -> None:
    """Show the page; whatever goes wrong is told in a Danish sentence."""
    st.set_page_config(page_title=_title(), page_icon=_ICON, layout="centered")
    st.html(STYLE)
    st.html(
        f'<h1 class="pv-name"><a href="?" target="_self">Punktvis</a></h1>{LANGUAGE}',
        unsafe_allow_javascript=True,
    )
    try:
        _page()
    except PunktvisError as error:
        _show_error(error)
    except Exception as error:  # The terminal gets the trace, the reader a sentence.
        _LOG.exception("the page failed")
        _show_error(error)
    st.html(foot_html())


@st.cache_resource(show_spinner=False, on_release=Engine.close)
def _engine(settings: Settings) -> Engine:
    return Engine.open(settings.data, settings)


def _page() -> None:
    settings = Settings.from_environment()
    engine = _engine(settings)
    meetings = engine.meetings()
    if not meetings:
        raise MissingIndex(settings.data)
    address = _address()
    try:
        filters, unknown = _resolve(meetings, address), None
    except UnknownFilterValue as error:
        filters, unknown = Filters(), error
    _fill_widgets(address, filters)
    _sidebar(meetings)
    if not address:
        st.html('<p class="pv-lead">Spørg i referaterne, og se, hvor svaret står.</p>')
    asked_nothing = _question_field()
    if unknown:
        raise unknown
    if asked_nothing:
        _show_error(EmptyQuestion())
    if _QUESTION in address:
        _show_answer(engine, address[_QUESTION][0], filters)
    else:
        _first_screen(engine, meetings)


def _show_answer(engine: Engine, question: str, filters: Filters) -> None:
    with st.spinner("Leder i referaterne …"):
        answer = _ask(engine, question, filters)
    _chips(understood_html(answer.query, filters))
    st.html(
        answer_html(answer)
        + sources_html(answer.citations, engine.minutes)
        + nearby_html(answer)
        + ("" if answer.answered else advice_html(confined=filters != Filters()))
    )


def _ask(engine: Engine, question: str, filters: Filters) -> Answer:
    """Ask, or show again what was answered: an unfolded source must not cost a new search."""
    asked = (question, filters)
    kept: tuple[object, Answer] | None = st.session_state.get("answer")
    if kept and kept[0] == asked:
        return kept[1]
    answer = engine.ask(question, filters)
    st.session_state["answer"] = (asked, answer)
    return answer


def _first_screen(engine: Engine, meetings: Sequence[Meeting]) -> None:
    examples = engine.examples()
    if examples:
        with st.container(key="examples"):
            st.html('<h2 class="pv-try">Prøv for eksempel</h2>')
            for index, example in enumerate(examples):
                st.button(
                    _neutral(example),
                    key=f"example-{index}",
                    type="tertiary",
                    width="stretch",
                    on_click=_ask_example,
                    args=(example,),
                )
    st.html(indexed_html(meetings))


def _question_field() -> bool:
    """Show the question field; tell whether it was sent off empty."""
    with (
        st.form("question", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(
            "Hvad vil du vide?",
            key=_QUESTION,
            placeholder="Hvad blev besluttet om …?",
            autocomplete="off",
        )
        sent = st.form_submit_button("Spørg", type="primary", on_click=_send)
    return sent and not st.session_state[_QUESTION].strip()


def _sidebar(meetings: Sequence[Meeting]) -> None:
    municipalities = sorted({m.municipality for m in meetings if m.municipality})
    years = sorted({m.date.year for m in meetings if m.date})
    chosen = st.session_state["kommune"]
    committees = {
        m.committee for m in meetings if m.committee and (not chosen or m.municipality in chosen)
    }
    with st.sidebar:
        st.html("<h2>Afgræns</h2>")
        st.multiselect(
            "Kommune", municipalities, key="kommune", placeholder="alle", select_all=False,
            on_change=_write_address,
        )  # fmt: skip
        st.multiselect(
            "Udvalg", sorted(committees.union(st.session_state["udvalg"])), key="udvalg",
            placeholder="alle", select_all=False, on_change=_write_address,
        )  # fmt: skip
        first, last = st.columns(2)
        first.text_input(
            "Fra", key="fra", placeholder=str(years[0]) if years else "år", on_change=_write_address
        )
        last.text_input(
            "Til",
            key="til",
            placeholder=str(years[-1]) if years else "år",
            on_change=_write_address,
        )
        st.text_input("Sagsnummer", key="sag", placeholder="fx 20/11319", on_change=_write_address)
        st.selectbox(
            "Udfald", [o.value for o in Outcome if o is not Outcome.NONE], index=None, key="udfald",
            placeholder="alle", filter_mode=None, on_change=_write_address,
            format_func=lambda value: outcome_name(Outcome(value)),
        )  # fmt: skip


def _chips(understood: str) -> None:
    """Show what was understood, and the filters as buttons that take them away."""
    held = ((name, st.session_state[name]) for name in _FILTERS)
    given = [
        (name, v) for name, value in held for v in (value if name in _CHOICES else [value]) if v
    ]
    if not given and not understood:
        return
    with st.container(key="understood", horizontal=True):
        for name, value in given:
            label = outcome_name(Outcome(value)) if name == "udfald" else value
            named = f"{name} {label}" if name in _SAID_WITH_NAME else label
            st.button(
                f"{_neutral(named)} ✕",
                key=f"given-{name}-{value}",
                help="Fjern afgrænsningen",
                on_click=_drop,
                args=(name, value),
            )
        if understood:
            st.html(understood, width="content")


def _resolve(meetings: Sequence[Meeting], address: Mapping[str, Sequence[str]]) -> Filters:
    return resolve_filters(
        meetings,
        municipality=address.get("kommune"),
        committee=address.get("udvalg"),
        since=_first(address, "fra"),
        until=_first(address, "til"),
        case=_first(address, "sag"),
        outcome=_first(address, "udfald"),
    )


def _address() -> dict[str, list[str]]:
    parts = {name: st.query_params.get_all(name) for name in (_QUESTION, *_FILTERS)}
    return {
        name: [value for value in values if value.strip()]
        for name, values in parts.items()
        if any(value.strip() for value in values)
    }


def _first(address: Mapping[str, Sequence[str]], name: str) -> str | None:
    return next(iter(address.get(name, ())), None)


def _fill_widgets(address: Mapping[str, Sequence[str]], filters: Filters) -> None:
    """Let the widgets say what the address says, when it is not they who wrote it."""
    is_new = st.session_state.get("address") != address
    stored = {"kommune": filters.municipalities, "udvalg": filters.committees}
    for name in (_QUESTION, *_FILTERS):
        if is_new or name not in st.session_state:
            if name in _CHOICES:
                st.session_state[name] = list(stored[name])
            elif name == "udfald":
                st.session_state[name] = filters.outcome.value if filters.outcome else None
            else:
                st.session_state[name] = _first(address, name) or ""
    st.session_state["address"] = dict(address)


def _write_address() -> None:
    """Put what the widgets say into the address."""
    parts = {name: st.session_state.get(name) for name in (_QUESTION, *_FILTERS)}
    st.query_params.from_dict({name: value for name, value in parts.items() if value})
    st.session_state["address"] = _address()


def _send() -> None:
    st.session_state.pop("answer", None)
    _write_address()


def _ask_example(question: str) -> None:
    st.session_state[_QUESTION] = question
    _write_address()


def _drop(name: str, value: str) -> None:
    if name in _CHOICES:
        st.session_state[name] = [other for other in st.session_state[name] if other != value]
    else:
        st.session_state[name] = None if name == "udfald" else ""
    _write_address()


def _title() -> str:
    question = st.query_params.get(_QUESTION, "").strip()
    return f"{question[:80]} – Punktvis" if question else "Punktvis"


def _neutral(text: str) -> str:
    """Keep Streamlit from reading Markdown, formulas or icons into a label."""
    escaped = re.sub(r"([\\`*_{}\[\]()<>#+!|~$&^=-])", r"\\\1", text)
    return re.sub(r":(?=\w)", ":\u2060", escaped)


def _show_error(error: Exception) -> None:
    st.html(error_html(danish_sentence(error)))


if __name__ == "__main__":
    main()
