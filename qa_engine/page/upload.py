"""Handing in minutes on the page, where the owner has turned that on."""

from __future__ import annotations

import streamlit as st

from indexer.errors import UploadRefused
from indexer.pages import SUFFIXES
from qa_engine.danish_errors import danish_sentence
from qa_engine.engine import Engine
from qa_engine.page.question import error_html, note_html
from qa_engine.uploading import Indexing, Uploaded

_WATCHED = "indexing-watched"


def upload_field(engine: Engine) -> None:
    """Show a field for files, and how far the indexing of them is."""
    settings = engine.settings
    st.html("<h2>Tilføj referater</h2>")
    with st.form("upload", border=False, clear_on_submit=True):
        files = st.file_uploader(
            f"PDF, Markdown eller tekst, højst {settings.upload_files} filer på højst "
            f"{settings.upload_megabytes} MB hver",
            type=sorted(suffix.removeprefix(".") for suffix in SUFFIXES),
            accept_multiple_files=True,
            max_upload_size=settings.upload_megabytes,
        )
        sent = st.form_submit_button("Indeksér")
    indexing = _indexing()
    if sent:
        try:
            uploaded = [Uploaded(file.name, file.getvalue()) for file in files]
            indexing.begin(uploaded, settings, engine.embedder)
        except UploadRefused as error:
            st.html(error_html(danish_sentence(error)))
    st.fragment(_progress, run_every=1.0 if indexing.running else None)()


@st.cache_resource(show_spinner=False)
def _indexing() -> Indexing:
    """Give the one build that everyone who looks at the page sees."""
    return Indexing()


def _progress() -> None:
    indexing = _indexing()
    watched = st.session_state.pop(_WATCHED, False)
    if indexing.running:
        st.session_state[_WATCHED] = True
        share = indexing.done / indexing.total if indexing.total else 0.0
        st.progress(share, f"Indekserer {indexing.done} af {indexing.total} …")
    elif watched:
        st.rerun()  # so that the page tells of what has come
    elif indexing.failed:
        st.html(error_html(danish_sentence(indexing.failed)))
    elif indexing.finished:
        left_out = ", ".join(indexing.skipped)
        st.html(note_html(f"Færdig.{f' Kunne ikke læses: {left_out}' if left_out else ''}"))
