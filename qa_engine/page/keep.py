"""What a reader does with an answer: copy it, take it along, and say whether it helped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from indexer.model import Filters
from qa_engine.engine import Engine
from qa_engine.feedback import LONGEST_COMMENT, feedback_on, keep_feedback
from qa_engine.memo import memo_docx, memo_markdown, memo_text
from qa_engine.model import Answer
from qa_engine.page.question import note_html

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_THUMBS = ("Det hjalp ikke", "Det hjalp")  # as st.feedback counts them


def answer_tools(engine: Engine, answer: Answer, filters: Filters) -> None:
    """Offer the answer as text to copy, as Word and as Markdown, and ask whether it helped."""
    today = dt.date.today()
    with st.container(key="answer-tools", horizontal=True, vertical_alignment="center"):
        with st.popover("Kopiér", type="tertiary"):
            st.code(memo_text(answer, today), language=None, wrap_lines=True)
        _download("Word", lambda: memo_docx(answer, today), "svar.docx", _WORD)
        _download(
            "Markdown", lambda: memo_markdown(answer, today).encode(), "svar.md", "text/markdown"
        )
        # Not within the popover, which may close when the page is drawn anew.
        if st.session_state.get("feedback-sent") == (answer.question, filters):
            st.html(note_html("Tak. Det er gemt på den maskine, Punktvis kører på."))
        else:
            with st.popover("Hjalp det?", type="tertiary"):
                _feedback_form(engine, answer, filters)


def _download(label: str, make: Callable[[], bytes], name: str, kind: str) -> None:
    """Offer a file that is made only when it is asked for."""
    st.download_button(
        label, make, name, kind, key=f"download-{label}", type="tertiary", on_click="ignore"
    )


def _feedback_form(engine: Engine, answer: Answer, filters: Filters) -> None:
    with st.form("feedback", border=False):
        thumb = st.radio("Hjalp svaret?", (1, 0), index=None, format_func=lambda t: _THUMBS[t])
        comment = st.text_area("Kommentar", max_chars=LONGEST_COMMENT, height=80)
        st.caption("Spørgsmål, svar og kommentar gemmes hos Punktvis og sendes ingen steder hen.")
        sent = st.form_submit_button("Send")
    if sent and thumb is not None:
        now = dt.datetime.now().astimezone()
        keep_feedback(
            engine.settings.data,
            feedback_on(answer, filters, helpful=bool(thumb), comment=comment, now=now),
        )
        st.session_state["feedback-sent"] = (answer.question, filters)
        st.rerun()
