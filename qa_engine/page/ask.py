"""The view Spørg: a question, its answer, and the proof of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import streamlit as st

from indexer.errors import EmptyQuestion
from indexer.model import Filters
from indexer.store import Meeting
from qa_engine.danish_errors import danish_sentence
from qa_engine.engine import Engine
from qa_engine.model import Answer, Sentence
from qa_engine.page.address import (
    QUESTION,
    filter_sidebar,
    first,
    follow_address,
    given_chips,
    neutral,
    read_address,
    write_address,
)
from qa_engine.page.answer import (
    advice_html,
    answer_html,
    by_item,
    coming_html,
    nearby_html,
    source_html,
)
from qa_engine.page.keep import answer_tools
from qa_engine.page.picture import source_tools
from qa_engine.page.question import Chip, error_html, indexed_html, understood
from qa_engine.rewording import last_word
from qa_engine.understood import Guess

WRONG = "uden"


def title() -> str:
    """Name the view as the browser's tab does."""
    question = st.query_params.get(QUESTION, "").strip()
    return f"{question[:80]} – Punktvis" if question else "Punktvis"


def show(engine: Engine, meetings: Sequence[Meeting]) -> None:
    """Show the question field, and the answer to what the address asks."""
    filters, wrong = follow_address(meetings)
    filter_sidebar(meetings)
    address = read_address()
    if not address:
        st.html('<h1 class="pv-lead">Spørg i referaterne, og se, hvor svaret står.</h1>')
    asked_nothing = _question_field()
    if wrong:
        raise wrong
    if asked_nothing:
        st.html(error_html(danish_sentence(EmptyQuestion())))
    question = first(address, QUESTION)
    if question:
        _show_answer(engine, question, filters, _taken_back(address.get(WRONG, ())))
    else:
        _first_screen(engine, meetings)


def _question_field() -> bool:
    """Show the question field; tell whether it was sent off empty."""
    with (
        st.form("question", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(
            "Hvad vil du vide?",
            key=QUESTION,
            placeholder="Hvad blev besluttet om …?",
            autocomplete="off",
        )
        sent = st.form_submit_button("Spørg", type="primary", on_click=_send)
    return sent and not st.session_state[QUESTION].strip()


def _show_answer(engine: Engine, question: str, filters: Filters, wrong: frozenset[Guess]) -> None:
    with st.spinner("Leder i referaterne …"):
        answer = _ask(engine, question, filters, wrong)
    _chips(understood(answer.query, filters), wrong)
    st.html(answer_html(answer))
    answer_tools(engine, answer, filters)
    for citations in by_item(answer.citations):
        minutes = engine.minutes(citations[0].source)
        st.html(source_html(citations, minutes))
        source_tools(engine, citations, minutes)
    advice = "" if answer.answered else advice_html(confined=filters != Filters())
    if below := nearby_html(answer) + advice:  # Streamlit takes nothing for a mistake
        st.html(below)


def _ask(engine: Engine, question: str, filters: Filters, wrong: frozenset[Guess]) -> Answer:
    """Ask, or show again what was answered: an unfolded source must not cost a new search."""
    asked = (question, filters, wrong, len(engine.meetings()))
    kept: tuple[object, Answer] | None = st.session_state.get("answer")
    if kept and kept[0] == asked:
        return kept[1]
    answer = last_word(_as_it_comes(engine.ask_stream(question, filters, wrong=wrong)))
    st.session_state["answer"] = (asked, answer)
    return answer


def _as_it_comes(events: Iterable[Sentence | Answer]) -> Iterator[Sentence | Answer]:
    """Show the sentences of a language model while it writes; they go when the answer is there."""
    said: list[Sentence] = []
    place = st.empty()
    for event in events:
        if isinstance(event, Sentence):
            said.append(event)
            place.html(coming_html(said))
        else:
            place.empty()
        yield event


def _taken_back(values: Sequence[str]) -> frozenset[Guess]:
    return frozenset(guess for guess in Guess if guess.value in values)


def _chips(chips: Sequence[Chip], wrong: frozenset[Guess]) -> None:
    """Show filters and what was understood, each as a button that takes it away."""
    with st.container(key="understood", horizontal=True):
        given_chips()
        if chips:
            st.html('<p class="pv-chips">Forstået</p>', width="content")
        for chip in chips:
            st.button(
                f"{neutral(chip.label)} ✕",
                key=f"understood-{chip.label}",
                help="Det var ikke det, jeg mente",
                on_click=write_address,
                kwargs={WRONG: sorted(wrong | {chip.guess})},
            )


def _first_screen(engine: Engine, meetings: Sequence[Meeting]) -> None:
    examples = engine.examples()
    if examples:
        with st.container(key="examples"):
            st.html('<h2 class="pv-try">Prøv for eksempel</h2>')
            for index, example in enumerate(examples):
                st.button(
                    neutral(example),
                    key=f"example-{index}",
                    type="tertiary",
                    width="stretch",
                    on_click=_ask_example,
                    args=(example,),
                )
    st.html(indexed_html(meetings))


def _send() -> None:
    st.session_state.pop("answer", None)
    write_address()


def _ask_example(question: str) -> None:
    st.session_state[QUESTION] = question
    write_address()
