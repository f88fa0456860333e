"""What stands below a source: the page as a picture, the file, and the way to the rest."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote, urlencode

import streamlit as st

from indexer.cpr import holds_masked
from indexer.errors import DocumentError
from indexer.model import PAGE_BREAK, AgendaItem, Minutes
from qa_engine.engine import Engine
from qa_engine.model import Citation
from qa_engine.page.address import read_address, write_address
from qa_engine.page.question import note_html
from qa_engine.pdf_page import Picture, Quote, page_picture
from qa_engine.presenting import quotation

OPENED = "vis"
_TYPES = {".pdf": "application/pdf", ".md": "text/markdown", ".txt": "text/plain"}


def source_tools(engine: Engine, citations: Sequence[Citation], minutes: Minutes | None) -> None:
    """Offer the page with the quotes marked, the file, the case and the meeting."""
    if minutes is None:
        st.html(note_html("Referatet er fjernet eller erstattet, siden svaret blev fundet."))
        return
    first = citations[0]
    file = engine.file(first.source)
    opened = read_address().get(OPENED, [])
    number = str(first.marker)
    is_open = number in opened
    with st.container(key=f"tools-{number}", horizontal=True):
        if first.page:
            st.button(
                "Skjul siden" if is_open else "Vis siden",
                key=f"page-{number}",
                type="tertiary",
                on_click=write_address,
                kwargs={OPENED: [n for n in opened if n != number] + ([] if is_open else [number])},
            )
        if file and not is_private(minutes):
            download(file, key=f"file-{number}")
        st.html(links_html(minutes, first), width="content")
    if first.page and is_open:
        for page, marked in _pages(citations):
            _show_page(file, minutes, page, marked)


def download(file: Path, *, key: str) -> None:
    """Offer a file as it was indexed."""
    st.download_button(
        "Hent filen",
        file.read_bytes(),
        file.name,
        _TYPES.get(file.suffix.lower(), "application/octet-stream"),
        key=key,
        type="tertiary",
        on_click="ignore",
    )


def is_private(minutes: Minutes) -> bool:
    """Tell whether a CPR number was masked in the text, which its file still shows."""
    return any(holds_masked(text) for text in (minutes.preamble, *(i.text for i in minutes.items)))


def links_html(minutes: Minutes, citation: Citation) -> str:
    """Link to the case's course and to the whole meeting."""
    links = []
    if citation.case_number:
        parts = {"sag": citation.case_number}
        links.append((f"sager?{urlencode(parts)}", "Sagens forløb"))
    item = {"referat": minutes.source, "punkt": citation.item}
    links.append((f"moeder?{urlencode(item, quote_via=quote)}", "Hele mødet"))
    shown = (f'<a href="{escape(to)}" target="_self">{name}</a>' for to, name in links)
    return f'<p class="pv-links">{"".join(shown)}</p>'


def _pages(citations: Sequence[Citation]) -> list[tuple[int, list[Citation]]]:
    """Gather the pages on which quotes begin, each with those that stand on it."""
    pages: dict[int, list[Citation]] = {}
    for citation in citations:
        for page in range(citation.page or 0, (citation.page or 0) + _breaks(citation) + 1):
            pages.setdefault(page, []).append(citation)
    return sorted(pages.items())


def _breaks(citation: Citation) -> int:
    return citation.quote.count(PAGE_BREAK)


def _show_page(
    file: Path | None, minutes: Minutes, page: int, citations: Sequence[Citation]
) -> None:
    if is_private(minutes):
        st.html(note_html("Siden vises ikke, fordi der står et CPR-nummer i filen."))
        return
    if file is None or file.suffix.lower() != ".pdf":
        st.html(
            note_html(
                "Filen ligger ikke længere der, hvor den blev indekseret. Citatet ovenfor står "
                "ordret i indekset."
            )
        )
        return
    items = {item.number: item for item in minutes.items}
    quotes = tuple(_on_page(items.get(c.item), c, page) for c in citations)
    try:
        with st.spinner("Tegner siden …"):
            picture = _picture(file, file.stat().st_mtime_ns, page, quotes)
    except DocumentError:
        st.html(note_html("Siden kan ikke tegnes. Hent filen, og slå op på siden i stedet."))
        return
    st.html(_picture_html(picture, file.name, page, quotes))


def _on_page(item: AgendaItem | None, citation: Citation, page: int) -> Quote:
    """Cut the part of a quote that stands on a page, and what goes before it there."""
    part = page - (citation.page or page)
    text = citation.quote.split(PAGE_BREAK)[part]
    before = item.text[: citation.start].split(PAGE_BREAK)[-1] if item and not part else ""
    return Quote(text, before)


@st.cache_data(max_entries=40, show_spinner=False)
def _picture(file: Path, changed: int, page: int, quotes: tuple[Quote, ...]) -> Picture:
    """Draw a page, or give it again while the file is as it was."""
    del changed  # a part of the key only
    return page_picture(file, page, quotes)


def _picture_html(picture: Picture, name: str, page: int, quotes: Sequence[Quote]) -> str:
    marked = " ".join(quotation(quote.text) for quote in quotes)
    told = f"Markeret på siden: {marked}" if picture.marked else "Citatet er ikke markeret på siden"
    source = base64.b64encode(picture.png).decode()
    return (
        '<figure class="pv-page">'
        f'<img src="data:image/png;base64,{source}" '
        f'alt="{escape(f"Side {page} af {name}. {told}")}">'
        f"<figcaption>Side {page} af {picture.pages} · {escape(name)}"
        f'<span class="pv-unseen">{escape(told)}</span></figcaption></figure>'
    )
