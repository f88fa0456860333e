"""What a language model says is kept only where the passages it names say it too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.units import split_units
from qa_engine.checking import check
from qa_engine.citing import Statement, cite_statements
from qa_engine.excerpts import Excerpt
from qa_engine.model import Fault, Hit
from qa_engine.replies import Said

MINUTES = """# REFERAT Teknikudvalget i Nordby Kommune d. 14-03-2023

# Punkt 7: Cykelsti ved skolen

20/9270

## Sagsfremstilling

Stien koster 11,9 mio. kr. og bliver 900 m lang. Anne Holm (A) har regnet på den. Bo Lind (V) har
talt 64 elever den 3. februar. Broen er ikke med i prisen.

| Løsning | Pris | Lodsejere |
|---|---|---|
| Nordsiden | 14,6 mio. kr. | 23 |
| Sydsiden | 22,9 mio. kr. | 41 |

## Indstilling

Forvaltningen indstiller, at stien anlægges på nordsiden.

## Beslutning Teknikudvalget den 14-03-2023

Anbefales.
"""
PRICE = "Stien koster 11,9 mio. kr. og bliver 900 m lang."
COUNT = "Bo Lind (V) har talt 64 elever den 3. februar."


@pytest.fixture(scope="module")
def excerpts(hits_of: Callable[[str], list[Hit]]) -> tuple[Excerpt, ...]:
    """Show the three sections of the item as [1], [2] and [3]."""
    (hit,) = hits_of(MINUTES)
    return tuple(
        Excerpt(hit, tuple(split_units(hit.item.text, section.start, section.end)))
        for section in hit.item.sections
    )


def checked(excerpts: tuple[Excerpt, ...], text: str, *sources: int) -> Statement | Fault:
    return check(Said(text, sources or (1,)), excerpts, "Hvad koster cykelruten ved skolen?")


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Stien koster 11.900.000 kr.", [PRICE]),
        ("Prisen er 11,9 millioner kroner for stien.", [PRICE]),
        ("Anne Holms regnestykke gælder stien.", ["Anne Holm (A) har regnet på den."]),
        ("Den 3. februar 2023 talte Bo Lind 64 elever.", [COUNT]),
        ("Prisen for cykelruten er 11.900.000 kr.", [PRICE]),
        ("Cykelruten ved skolen koster 11,9 mio. kr.", [PRICE]),
        ("Broen indgår ikke i prisen.", ["Broen er ikke med i prisen."]),
        ("Nordsiden berører 23 lodsejere.", ["| Nordsiden | 14,6 mio. kr. | 23 |"]),
        ("• Sydsiden: 22,9 mio. kr.", ["| Sydsiden | 22,9 mio. kr. | 41 |"]),
        (
            "Stien koster 11,9 mio. kr., og der er talt 64 elever.",
            [
                PRICE,
                COUNT,
            ],
        ),
        ("På punkt 7 i sag 20/9270 koster stien 11,9 mio. kr.", [PRICE]),
    ],
)
def test_what_stands_there_is_said_with_the_sentence_that_says_it(
    excerpts: tuple[Excerpt, ...], text: str, quotes: list[str]
) -> None:
    statement = checked(excerpts, text)
    assert isinstance(statement, Statement), statement
    assert statement.text == text
    item = statement.proofs[0].hit.item
    told = [" ".join(item.text[piece.start : piece.end].split()) for piece in statement.proofs]
    assert told == quotes


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Stien koster 12 mio. kr.", Fault.FIGURE),
        ("Stien koster 11,9 mia. kr.", Fault.FIGURE),
        ("Stien koster 11,9 kr.", Fault.FIGURE),
        ("Stien koster 7 mio. kr.", Fault.FIGURE),
        ("Stien bliver 900 procent lang.", Fault.FIGURE),
        ("Bo Lind talte elever den 4. februar 2023.", Fault.DATE),
        ("Bo Lind talte elever den 3. februar 2021.", Fault.DATE),
        ("Anne Lind har regnet på stien.", Fault.NAME),
        ("Krog har regnet på stien.", Fault.NAME),
        ("Stien i Sønderby koster 11,9 mio. kr.", Fault.NAME),
        ("Socialdemokratiet har regnet på stien.", Fault.NAME),
        ("Kommunen bør fyre alle og begynde forfra.", Fault.UNSUPPORTED),
        ("Stien er gratis.", Fault.UNSUPPORTED),
        ("Ja.", Fault.UNSUPPORTED),
        ("Stien koster ikke 11,9 mio. kr.", Fault.CONTRADICTED),
        ("Broen er med i prisen.", Fault.CONTRADICTED),
    ],
)
def test_what_does_not_stand_there_is_not_said(
    excerpts: tuple[Excerpt, ...], text: str, fault: Fault
) -> None:
    assert checked(excerpts, text) is fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Teknikudvalget godkendte, at stien anlægges på nordsiden.", Fault.CONTRADICTED),
        ("Teknikudvalget afviste, at stien anlægges på nordsiden.", Fault.CONTRADICTED),
    ],
)
def test_a_proposal_is_no_decision(excerpts: tuple[Excerpt, ...], text: str, fault: Fault) -> None:
    assert checked(excerpts, text, 2, 3) is fault
    told = checked(excerpts, "Teknikudvalget anbefaler, at stien anlægges på nordsiden.", 2, 3)
    assert isinstance(told, Statement)


def test_only_a_passage_that_was_shown_is_a_source(excerpts: tuple[Excerpt, ...]) -> None:
    assert check(Said("Stien koster 11,9 mio. kr.", ()), excerpts, "") is Fault.UNCITED
    for number in (0, 4, 10**20):
        assert checked(excerpts, "Stien koster 11,9 mio. kr.", 1, number) is Fault.UNKNOWN_SOURCE


def test_a_fact_of_another_passage_is_none_of_the_one_it_names(
    excerpts: tuple[Excerpt, ...],
) -> None:
    assert checked(excerpts, "Stien koster 11,9 mio. kr.", 2) is Fault.FIGURE


def test_a_statement_at_the_end_changes_no_marker_before_it(
    excerpts: tuple[Excerpt, ...],
) -> None:
    told = [
        checked(excerpts, text, *sources)
        for text, *sources in (
            ("Broen er ikke med i prisen.", 1),
            ("Teknikudvalget anbefaler, at stien anlægges på nordsiden.", 2, 3),
            ("Stien koster 11,9 mio. kr.", 1),
            ("Anne Holm har regnet på stien.", 1),
        )
    ]
    statements = [statement for statement in told if isinstance(statement, Statement)]
    assert len(statements) == 4
    sentences, citations = cite_statements(statements)
    for count in range(1, 5):
        assert cite_statements(statements[:count])[0] == sentences[:count]
    assert [citation.marker for citation in citations] == list(range(1, len(citations) + 1))
    assert all(sentence.markers for sentence in sentences)
