from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from indexer.model import AgendaItem, Decision, Filters, Minutes, Outcome, Role, Section
from qa_engine.model import Answer, Asked, Citation, Hit, Query, Searched, Sentence
from qa_engine.page.answer import (
    advice_html,
    answer_html,
    confidence_word,
    nearby_html,
    source_html,
)

TEXT = "Indstilling\nAt vejen bygges.\nBeslutning\nGodkendt.\n"
DATE = dt.date(2021, 3, 3)
PROPOSED, DECIDED = (12, 29), (40, 50)
DECISION = Decision("Vejudvalget", DATE, Outcome.RECOMMENDED, *DECIDED)
ITEM = AgendaItem(
    number="5",
    title="Vej & <bro>",
    case_number="20/1",
    closed=False,
    text=TEXT,
    first_page=None,
    sections=(
        Section(Role.RECOMMENDATION, "Indstilling", *PROPOSED),
        Section(Role.DECISION, "Beslutning", *DECIDED),
    ),
    decisions=(DECISION,),
    absent=(),
    attachments=(),
)
MINUTES = Minutes("a.md", "Ry Kommune", "Vejudvalget", DATE, None, (), (), (ITEM,))
CITED = Citation(
    1, "a.md", "5", ITEM.title, "Ry Kommune", "Vejudvalget", DATE, "20/1", "Beslutning",
    Role.DECISION, 8, "Godkendt.", 40, 49, None,
)  # fmt: skip


def answer(*sentences: Sentence, answered: bool = True, confidence: float = 0.9) -> Answer:
    return Answer(
        question="q",
        answered=answered,
        sentences=sentences,
        citations=(CITED,),
        hits=(Hit(MINUTES, ITEM, 1.0, ()),),
        confidence=confidence,
        searched=Searched(3, ("Ry Kommune",), DATE, DATE),
        query=Query("q", (), Asked.ANYTHING, Filters()),
        seconds=0.42,
    )


def sources(item: AgendaItem, citation: Citation = CITED) -> str:
    return source_html([citation], replace(MINUTES, items=(item,)))


def test_a_marker_is_a_link_to_its_source() -> None:
    html = answer_html(answer(Sentence("Godkendt.", (1,))))
    link = '<sup><a href="#kilde-1" aria-label="Kilde 1">[1]</a></sup>'
    assert f"<p>Godkendt.{link}</p>" in html
    assert 'id="kilde-1"' in sources(ITEM)


def test_sentences_in_a_row_with_the_same_proof_share_a_marker() -> None:
    html = answer_html(answer(Sentence("A.", (1,)), Sentence("B.", (1,)), Sentence("C.", (2,))))
    assert html.count('href="#kilde-1"') == html.count('href="#kilde-2"') == 1
    assert html.index("B.") < html.index("#kilde-1") < html.index("C.")


def test_list_elements_are_a_list() -> None:
    html = answer_html(answer(Sentence("Nemlig:", ()), Sentence("• en", ()), Sentence("• to", ())))
    assert "<p>Nemlig:</p><ul><li>en</li><li>to</li></ul>" in html
    html = answer_html(answer(Sentence("• 2. en", ()), Sentence("• 3. to", ())))
    assert '<ol><li value="2">en</li><li value="3">to</li></ol>' in html


def test_what_the_minutes_say_is_escaped_everywhere() -> None:
    proof = answer_html(answer(Sentence("<i>x</i>", ()))) + sources(ITEM)
    nearby = nearby_html(replace(answer(), citations=()))
    assert "&lt;i&gt;x&lt;/i&gt;" in proof
    assert "<bro>" not in proof + nearby
    assert "Punkt 5: Vej &amp; &lt;bro&gt;" in proof
    assert "Punkt 5: Vej &amp; &lt;bro&gt;" in nearby


def test_the_quiet_line_says_how_sure_what_was_searched_and_how_long() -> None:
    line = (
        "<strong>Sikker</strong> · Der er søgt i 3 referater fra Ry Kommune, marts 2021"
        " · 0,4 sekunder"
    )
    assert line in answer_html(answer(Sentence("A.", ())))


def test_a_refusal_is_neither_sure_nor_repeats_what_was_searched() -> None:
    said = Sentence("Der er søgt i 3 referater fra Ry Kommune, marts 2021.", ())
    html = answer_html(answer(said, answered=False))
    assert "Sikker" not in html
    assert html.count("Der er søgt") == 1
    assert "afgrænsningerne" in advice_html(confined=True)
    assert "afgrænsningerne" not in advice_html(confined=False)


@pytest.mark.parametrize(
    ("confidence", "word"), [(0.95, "Sikker"), (0.6, "Ret sikker"), (0.4, "Usikker")]
)
def test_confidence_is_a_word(confidence: float, word: str) -> None:
    assert confidence_word(confidence) == word


def test_a_committee_that_recommends_is_not_a_council_that_decides() -> None:
    council = replace(ITEM, decisions=(replace(DECISION, body="Byrådet"),))
    kind = '<b class="pv-tag pv-{}">{} beslutning</b>{} · s.\u00a08'
    details = "Vejudvalget · anbefaling, ikke endelig"
    assert kind.format("committee", "Udvalgets", details) in sources(ITEM)
    assert kind.format("council", "Byrådets", "Byrådet") in sources(council)


def test_a_proposal_is_named_as_one() -> None:
    proposal = replace(
        CITED, role=Role.RECOMMENDATION, quote="At vejen bygges.", start=12, end=28, page=None
    )
    assert '<b class="pv-tag pv-proposal">Indstilling</b>' in sources(ITEM, proposal)


def test_a_closed_item_is_named_as_closed_and_has_nothing_to_unfold() -> None:
    html = sources(replace(ITEM, closed=True))
    assert "Lukket punkt" in html
    assert "Hele punktet" not in html


def test_a_quote_is_shown_even_when_its_minutes_are_gone() -> None:
    assert "<mark>»Godkendt.«</mark>" in source_html([CITED], None)


def test_only_a_web_address_becomes_a_link() -> None:
    assert "javascript:" not in sources(ITEM, replace(CITED, url="javascript:alert(1)"))
    assert 'href="https://ry.dk/?a=1&amp;b=2"' in sources(
        ITEM, replace(CITED, url="https://ry.dk/?a=1&b=2")
    )


def test_what_is_cited_is_not_named_again_below() -> None:
    assert nearby_html(answer()) == ""
    assert "Andre punkter om det samme" in nearby_html(replace(answer(), citations=()))
