"""The page's address, which says all that is shown, and the filters that write it.

A question or a filter writes the address, and the address is what is read. So a colleague who
opens a link sees the same view, and the browser's back button works.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import streamlit as st

from indexer.errors import UnknownFilterValue
from indexer.model import Filters, Outcome
from indexer.store import Meeting
from qa_engine.filtering import resolve_filters
from qa_engine.presenting import outcome_name

QUESTION = "q"
CHOICES = ("kommune", "udvalg")
TYPED = ("fra", "til", "sag", "udfald")
FILTERS = (*CHOICES, *TYPED)
_SAID_WITH_NAME = {"fra", "til", "sag"}

Address = Mapping[str, Sequence[str]]


def read_address() -> dict[str, list[str]]:
    """Read what the address says, blank parts left out."""
    kept = {
        name: [value for value in st.query_params.get_all(name) if value.strip()]
        for name in st.query_params
    }
    return {name: values for name, values in kept.items() if values}


def first(address: Address, name: str) -> str | None:
    """Read a part of the address that has one value."""
    return next(iter(address.get(name, ())), None)


def follow_address(meetings: Sequence[Meeting]) -> tuple[Filters, UnknownFilterValue | None]:
    """Let the widgets say what the address says, and give its filters.

    A filter that names nothing comes back as the error that it is, so that the page can show the
    widgets first; nothing may be searched then.
    """
    address = read_address()
    wrong = None
    try:
        filters = _resolve(meetings, address)
    except UnknownFilterValue as error:
        filters, wrong = Filters(), error
    _fill_widgets(address, filters)
    return filters, wrong


def write_address(**parts: str | Sequence[str] | None) -> None:
    """Put what the widgets say into the address, with the parts that are the view's own.

    Everything else in it belonged to what was shown before.
    """
    held = {name: st.session_state.get(name) for name in (QUESTION, *FILTERS)} | parts
    st.query_params.from_dict({name: value for name, value in held.items() if value})
    st.session_state["address"] = _of_widgets(read_address())


def filter_sidebar(meetings: Sequence[Meeting]) -> None:
    """Show the filters, the same in every view that finds something."""
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
            on_change=write_address,
        )  # fmt: skip
        st.multiselect(
            "Udvalg", sorted(committees.union(st.session_state["udvalg"])), key="udvalg",
            placeholder="alle", select_all=False, on_change=write_address,
        )  # fmt: skip
        since, until = st.columns(2)
        earliest, latest = (str(years[0]), str(years[-1])) if years else ("år", "år")
        since.text_input("Fra", key="fra", placeholder=earliest, on_change=write_address)
        until.text_input("Til", key="til", placeholder=latest, on_change=write_address)
        st.text_input("Sagsnummer", key="sag", placeholder="fx 20/11319", on_change=write_address)
        st.selectbox(
            "Udfald", [o.value for o in Outcome if o is not Outcome.NONE], index=None, key="udfald",
            placeholder="alle", filter_mode=None, on_change=write_address,
            format_func=lambda value: outcome_name(Outcome(value)),
        )  # fmt: skip


def given_chips() -> bool:
    """Show the filters as buttons that take them away; tell whether there are any."""
    held = ((name, st.session_state[name]) for name in FILTERS)
    given = [
        (name, v) for name, value in held for v in (value if name in CHOICES else [value]) if v
    ]
    for name, value in given:
        label = outcome_name(Outcome(value)) if name == "udfald" else value
        named = f"{name} {label}" if name in _SAID_WITH_NAME else label
        st.button(
            f"{neutral(named)} ✕",
            key=f"given-{name}-{value}",
            help="Fjern afgrænsningen",
            on_click=_drop,
            args=(name, value),
        )
    return bool(given)


def neutral(text: str) -> str:
    """Keep Streamlit from reading Markdown, formulas or icons into a label."""
    escaped = re.sub(r"([\\`*_{}\[\]()<>#+!|~$&^=-])", r"\\\1", text)
    return re.sub(r":(?=\w)", ":\u2060", escaped)


def _resolve(meetings: Sequence[Meeting], address: Address) -> Filters:
    return resolve_filters(
        meetings,
        municipality=address.get("kommune"),
        committee=address.get("udvalg"),
        since=first(address, "fra"),
        until=first(address, "til"),
        case=first(address, "sag"),
        outcome=first(address, "udfald"),
    )


def _of_widgets(address: Address) -> dict[str, list[str]]:
    return {name: list(address[name]) for name in (QUESTION, *FILTERS) if name in address}


def _fill_widgets(address: Address, filters: Filters) -> None:
    """Let the widgets say what the address says, when it is not they who wrote it."""
    said = _of_widgets(address)
    is_new = st.session_state.get("address") != said
    stored = {"kommune": filters.municipalities, "udvalg": filters.committees}
    for name in (QUESTION, *FILTERS):
        if is_new or name not in st.session_state:
            if name in CHOICES:
                st.session_state[name] = list(stored[name])
            elif name == "udfald":
                st.session_state[name] = filters.outcome.value if filters.outcome else None
            else:
                st.session_state[name] = first(address, name) or ""
    st.session_state["address"] = said


def _drop(name: str, value: str) -> None:
    if name in CHOICES:
        st.session_state[name] = [other for other in st.session_state[name] if other != value]
    else:
        st.session_state[name] = None if name == "udfald" else ""
    write_address()
