"""Every sentence is proved by a quote that stands in the minutes, numbered in order of use."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Role
from indexer.units import split_units
from qa_engine.citing import cite
from qa_engine.evidence import Piece
from qa_engine.model import Hit

HitsOf = Callable[[str], list[Hit]]

MINUTES = """# REFERAT Teknikudvalget i Nordby Kommune d. 14-03-2023

# Punkt 7: Cykelsti ved skolen

20/9270

## Sagsfremstilling

Stien er 2,1 km lang. Den går fra skolen til havnen.

Der er tre løsninger:

- en bred sti
- en smal sti
- ingen sti

Ældrerådet er hørt. Det har ingen bemærkninger.

| Løsning | Pris |
|---|---|
| Bred | 4,5 |
| Smal | 3,1 |

## Indstilling

Forvaltningen indstiller,

1. at der bygges en bred sti
2. at udgiften på 4,5 mio. kr. tages af kassen

## Beslutning Teknikudvalget den 14-03-2023

Godkendt. Bo Kjær (V) stemte imod.

# Punkt 8: Legeplads

## Sagsfremstilling

Stien er 2,1 km lang. Legepladsen får gynger.

## Beslutning Teknikudvalget den 14-03-2023

Godkendt.
"""


def pieces_of(hit: Hit) -> list[Piece]:
    """Give every unit of an item as a piece, in the order of the text."""
    text = hit.item.text
    return [
        Piece(hit, unit.start, unit.end, text[unit.start : unit.end])
        for section in hit.item.sections
        for unit in split_units(text, section.start, section.end)
    ]


def piece(hit: Hit, quote: str) -> Piece:
    start = hit.item.text.index(quote)
    return Piece(hit, start, start + len(quote), quote)


@pytest.fixture(scope="session")
def pool(hits_of: HitsOf) -> list[Piece]:
    return [found for hit in hits_of(MINUTES) for found in pieces_of(hit)]


order = st.lists(st.integers(0, 1000), max_size=8)


@given(places=order)
def test_every_quote_stands_in_its_item_and_is_not_empty(
    pool: list[Piece], places: list[int]
) -> None:
    items = {found.hit.item.number: found.hit.item for found in pool}
    for citation in cite([pool[place % len(pool)] for place in places])[1]:
        text = items[citation.item].text
        assert citation.quote == text[citation.start : citation.end]
        assert citation.quote.strip()


@given(places=order)
def test_markers_count_from_one_in_order_of_use_and_each_sentence_has_one(
    pool: list[Piece], places: list[int]
) -> None:
    chosen = [pool[place % len(pool)] for place in places]
    sentences, citations = cite(chosen)
    assert [citation.marker for citation in citations] == list(range(1, len(citations) + 1))
    used = [marker for sentence in sentences for marker in sentence.markers]
    assert list(dict.fromkeys(used)) == [citation.marker for citation in citations]
    assert all(sentence.markers for sentence in sentences)
    assert [sentence.text for sentence in sentences] == [found.text for found in chosen]


@given(places=order)
def test_a_sentences_quote_holds_what_proves_it(pool: list[Piece], places: list[int]) -> None:
    chosen = [pool[place % len(pool)] for place in places]
    sentences, citations = cite(chosen)
    for said, sentence in zip(chosen, sentences, strict=True):
        proof = citations[sentence.markers[0] - 1]
        assert (proof.source, proof.item) == said.hit.key
        assert proof.start <= said.start
        assert said.end <= proof.end


@given(places=order)
def test_a_quote_stays_in_one_section(pool: list[Piece], places: list[int]) -> None:
    items = {found.hit.item.number: found.hit.item for found in pool}
    for citation in cite([pool[place % len(pool)] for place in places])[1]:
        item = items[citation.item]
        section = item.section_at(citation.start)
        assert section is item.section_at(citation.end - 1)
        assert section is not None
        assert (citation.role, citation.section) == (section.role, section.heading)


def test_pieces_that_follow_each_other_share_one_citation(hits_of: HitsOf) -> None:
    hit = hits_of(MINUTES)[0]
    parts = ["Der er tre løsninger:", "en bred sti", "en smal sti", "ingen sti"]
    sentences, (citation,) = cite([piece(hit, part) for part in parts])
    assert {sentence.markers for sentence in sentences} == {(1,)}
    assert citation.quote == "Der er tre løsninger:\n\n- en bred sti\n- en smal sti\n- ingen sti"


def test_list_numbers_between_pieces_do_not_part_them(hits_of: HitsOf) -> None:
    hit = hits_of(MINUTES)[0]
    parts = ["at der bygges en bred sti", "at udgiften på 4,5 mio. kr. tages af kassen"]
    _, citations = cite([piece(hit, part) for part in parts])
    assert [citation.role for citation in citations] == [Role.RECOMMENDATION]


def test_words_between_two_pieces_part_them(hits_of: HitsOf) -> None:
    hit = hits_of(MINUTES)[0]
    _, citations = cite([piece(hit, "Stien er 2,1 km lang."), piece(hit, "Ældrerådet er hørt.")])
    assert [citation.quote for citation in citations] == [
        "Stien er 2,1 km lang.",
        "Ældrerådet er hørt.",
    ]


def test_a_piece_said_twice_is_proved_once(hits_of: HitsOf) -> None:
    said = piece(hits_of(MINUTES)[0], "Ældrerådet er hørt.")
    sentences, citations = cite([said, said])
    assert len(sentences) == 2
    assert len(citations) == 1


def test_pieces_of_two_items_never_share_a_citation(hits_of: HitsOf) -> None:
    """The same words at the same place of two items are two proofs."""
    one, other = hits_of(MINUTES)
    sentences, citations = cite(
        [piece(one, "Stien er 2,1 km lang."), piece(other, "Stien er 2,1 km lang.")]
    )
    assert [sentence.markers for sentence in sentences] == [(1,), (2,)]
    assert [citation.item for citation in citations] == ["7", "8"]


def test_sections_part_pieces_that_only_blanks_divide(hits_of: HitsOf) -> None:
    hit = hits_of(MINUTES)[0]
    _, citations = cite([piece(hit, "Godkendt."), piece(hit, "at der bygges en bred sti")])
    assert [citation.role for citation in citations] == [Role.DECISION, Role.RECOMMENDATION]


def test_a_citation_names_meeting_item_and_case(hits_of: HitsOf) -> None:
    hit = hits_of(MINUTES)[0]
    _, (citation,) = cite([piece(hit, "Stien er 2,1 km lang.")])
    assert (citation.source, citation.item, citation.title) == ("x.md", "7", "Cykelsti ved skolen")
    assert citation.municipality == "Nordby Kommune"
    assert citation.committee == hit.minutes.committee
    assert (citation.date, citation.case_number) == (hit.minutes.date, "20/9270")
    assert (citation.section, citation.page) == ("Sagsfremstilling", None)


def test_what_cannot_be_quoted_is_not_said(hits_of: HitsOf) -> None:
    hit = hits_of(MINUTES)[0]
    blank = hit.item.text.index("\n\n")
    nothing = [Piece(hit, 0, 0, "Broen er rød."), Piece(hit, blank, blank + 2, "Broen er rød.")]
    assert cite(nothing) == ((), ())
    assert cite([]) == ((), ())
