from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.markup import visible
from indexer.model import AgendaItem, Role, Section
from qa_engine.page.text import item_html, passage_html

OURS = (
    r"</?(?:p|ul|ol|li|h4|mark|strong|br|table|tr|th|td|div)"
    r"(?: (?:class|value|type|tabindex|role|aria-label)=\"[\w -]*\")*>"
)
PIECES = [
    "<b>", "</b>", "<script>", "<", ">", "&amp;", "**", "_", "# ", "- ", "* ", "|", "\t",
    "\n", "\n\n", "\f", "[x](y)", '"', "'", "æblegrød", "Sag", "om", "vej.", " ",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def item(text: str) -> AgendaItem:
    section = Section(Role.BACKGROUND, "<i>Sagsfremstilling</i>", 0, len(text))
    return AgendaItem("1", "Titel", None, False, text, None, (section,), (), (), ())


def letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())


def read(html: str) -> str:
    return unescape(re.sub(OURS, " ", html))


@given(TEXTS)
def test_only_our_own_tags_reach_the_page(text: str) -> None:
    rest = re.sub(OURS, "", item_html(item(text), [(0, len(text))]))
    assert not re.search(r"[<>]", rest)
    assert not re.search(r"&(?!(?:amp|lt|gt|quot|#x27);)", rest)


@given(TEXTS)
def test_every_letter_that_a_reader_sees_is_shown(text: str) -> None:
    seen = "".join(text[position] for position in visible(text.replace("\f", "\n")))
    heading = "iSagsfremstillingi"
    assert letters(read(item_html(item(text)))) == heading + letters(seen)


@given(TEXTS, st.data())
def test_the_quote_is_marked_and_nothing_else(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    marked = "".join(re.findall(r"<mark>(.*?)</mark>", passage_html(item(text), start, end)))
    seen = (p for p in visible(text.replace("\f", "\n")) if start <= p < end)
    assert letters(unescape(marked.replace("<br>", " "))) == letters("".join(text[p] for p in seen))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("- a b\n- c d\n", "<ul><li>a b</li><li>c d</li></ul>"),
        ("2. To\n3. Tre", '<ol><li value="2">To</li><li value="3">Tre</li></ol>'),
        ("b) To\nc) Tre", '<ol type="a"><li value="2">To</li><li value="3">Tre</li></ol>'),
        ("- en vej\n  og en bro", "<ul><li>en vej   og en bro</li></ul>"),
        ("**Fed** og _skrå_", "<p>Fed og _skrå_</p>"),
        ("Anna Berg\nBo Dal", "<p>Anna Berg<br>Bo Dal</p>"),
        ("Et afsnit\n\nEt til", "<p>Et afsnit</p><p>Et til</p>"),
        ("Sider\fdeles her", "<p>Sider deles her</p>"),
    ],
)
def test_lines_become_what_their_author_meant(text: str, html: str) -> None:
    assert item_html(item(text)).partition("</h4>")[2] == html


def test_a_table_keeps_its_columns_and_sets_figures_right() -> None:
    html = item_html(item("| Post | 2023 | 2024 |\n|---|---|---|\n| Veje | | 1.250.000 kr. |\n"))
    assert "<tr><th>Post</th><th>2023</th>" in html
    assert "<tr><td>Veje</td><td></td>" in html
    assert '<td class="pv-figure">1.250.000 kr.</td></tr>' in html


def test_tabs_make_a_table_too() -> None:
    html = item_html(item("Post\tBeløb\nVeje\t500\n"))
    assert '<tr><td>Veje</td><td class="pv-figure">500</td></tr>' in html


def test_a_list_is_shown_with_the_line_that_introduces_it() -> None:
    text = "Baggrund.\n\nUdvalget godkender\n\n- at der bygges\n- at der males\n\nSlut."
    start = text.index("at der males")
    assert passage_html(item(text), start, start + 12) == (
        "<p>»Udvalget godkender</p>"
        "<ul><li>at der bygges</li><li><mark>at der males</mark>«</li></ul>"
    )


def test_a_long_paragraph_is_shown_near_the_quote() -> None:
    text = "Det står her. " * 60 + "Her er svaret. " + "Det står der. " * 60
    start = text.index("Her er svaret.")
    html = passage_html(item(text), start, start + 14)
    assert html.startswith("<p>»… Det står her.")
    assert "<mark>Her er svaret.</mark>" in html
    assert html.endswith(" …«</p>")
    assert len(html) < 900
