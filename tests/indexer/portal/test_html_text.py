from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.portal.html_text import html_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h3>Beslutning</h3><p>Godkendt.</p>", "### Beslutning\n\nGodkendt."),
        ("<H3 class='x'>\n Sags-<b>fremstilling</b> </H3>Tekst", "### Sags-fremstilling\n\nTekst"),
        ("<h1>Økonomi</h1><h4>Drift</h4>", "### Økonomi\n\n#### Drift"),
        ("<h3> &nbsp; </h3><p>Tekst</p>", "Tekst"),
        ("<p><strong>Beslutning</strong></p><p>Udsat.</p>", "**Beslutning**\n\nUdsat."),
        (
            "<p><b>Indstilling</b><br/>At <b>planen</b> følges.</p>",
            "**Indstilling**\nAt planen følges.",
        ),
        ("<p>En linje<br>og en til</p><p></p><p>Slut</p>", "En linje\nog en til\n\nSlut"),
        ("<p>Ét\n   afsnit&nbsp;med m&sup2; og CO<sub>2</sub></p>", "Ét afsnit med m² og CO2"),
        ("<ul><li>Et</li><li><p>To</p></li></ul>Slut", "- Et\n- To\n\nSlut"),
        ("<ol><li>Et<li>To</ol>", "1. Et\n2. To"),
        ("<ol><li>Et<ul><li>a</li></ul></li><li>To</li></ol>", "1. Et\n- a\n2. To"),
        (
            "<table><tr><th>År<th>Kr.</th></tr><tr><td><p>2024</p></td><td>1 | 2</td></tr></table>",
            "| År | Kr. |\n| 2024 | 1 / 2 |",
        ),
        ("<table><tr><td>År<td>Kr.<tr><td>2024<td></table>Slut", "| År | Kr. |\n\n2024\n\nSlut"),
        (
            "<table><tr><td><h3>Resumé</h3><p>Et.</p><p>To.</p></td></tr></table>",
            "### Resumé\n\nEt.\nTo.",
        ),
        ("<style>p {}</style><script>alert('Beslutning')</script><p>Tekst</p>", "Tekst"),
        ('<nav><a href="/udvalg">Udvalg</a></nav><p>Tekst</p>', "Tekst"),
        ("<script>alert(1)", ""),
        ("<p># Punkt 9: Falsk</p>", "\\# Punkt 9: Falsk"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),
        ("<p>Sam\u00adarbejde\u200b</p>", "Samarbejde"),
        ("<div><div>Yderst<div>Inderst</div></div>", "Yderst\n\nInderst"),
        ("Kun tekst", "Kun tekst"),
        ("", ""),
    ],
)
def test_html_is_read_as_a_reader_sees_it(html: str, text: str) -> None:
    assert html_text(html) == text


@given(st.text(alphabet="<>/hptrdlib3 =\"'&;Aæ-!", max_size=200))
def test_nothing_makes_it_fail(html: str) -> None:
    assert isinstance(html_text(html), str)


@given(st.lists(st.sampled_from(["<p>", "</p>", "<li>", "</ul>", "<ol>", "<td>", "<tr>", "</tr>",
    "<table>", "</table>", "<h3>", "</h3>", "<b>", "</b>", "<br>"]), max_size=12))  # fmt: skip
def test_no_word_is_lost_in_a_tangle_of_tags(tags: list[str]) -> None:
    words = [f"ord{number}" for number in range(len(tags) + 1)]
    html = words[0] + "".join(f"{tag}{word}" for tag, word in zip(tags, words[1:], strict=True))
    text = html_text(html)

    assert [word for word in words if word not in text] == []


def test_a_pages_footer_is_no_text_and_its_levels_are_kept() -> None:
    html = "<h1>Byrådet</h1><h2>1. Vej</h2><p>Udsat.</p><footer>Torvet 1</footer>"
    assert html_text(html, level=1) == "# Byrådet\n\n## 1. Vej\n\nUdsat."
