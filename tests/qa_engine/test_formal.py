"""Decisions, proposals, absence and closed items are read from the structure, never ranked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from indexer.model import Role
from qa_engine.citing import cite
from qa_engine.evidence import Piece
from qa_engine.formal import (
    absence_pieces,
    agenda_pieces,
    attachment_pieces,
    closed_pieces,
    decision_pieces,
    meeting_decision_pieces,
    meeting_pieces,
    participant_pieces,
    recommendation_pieces,
    title_piece,
    topic_pieces,
)
from qa_engine.model import Hit

HitsOf = Callable[[str], list[Hit]]

HEAD = """# REFERAT Teknikudvalget i Nordby Kommune d. 14-03-2023

**Mødedato** Tirsdag d. 14. marts 2023 kl. 15:00

**Mødested** Mødelokale 2, Nordby Rådhus

**Mødedeltagere** Anna Holm (A), Bo Kjær (V), Carl Lund (C)

"""
POINTER = """# Punkt 7: Cykelsti ved skolen

## Sagsfremstilling

Stien er 2,1 km lang. Udvalget har før godkendt en smal sti.

## Indstilling

Forvaltningen indstiller,

- at der bygges en bred sti
- at udgiften tages af kassen

## Beslutning Teknikudvalget den 14-03-2023

Indstillingen blev godkendt.

Fraværende: Bo Kjær (V)

"""
OWN_WORDS = """# Punkt 8: Legeplads i parken

## Indstilling

Forvaltningen indstiller, at legepladsen lukkes.

## Beslutning Teknikudvalget den 14-03-2023

Udvalget sendte sagen tilbage til forvaltningen, som skal regne på en mindre legeplads i parken.

"""
BODIES = """# Punkt 9: Bro over åen

## Beslutning Økonomiudvalget den 21-03-2023

Anbefales for en pris på 3 mio. kr., når staten betaler resten af broen.

## Beslutning Byrådet den 28-03-2023

Byrådet forkastede broen, fordi staten ikke vil betale sin del af den.

"""
CLOSED = """# Punkt 10: Lukket: Salg af grund ved havnen
"""


def said(pieces: Sequence[Piece]) -> str:
    return " ".join(piece.text for piece in pieces)


def proved(pieces: Sequence[Piece]) -> list[str]:
    return [piece.hit.item.text[piece.start : piece.end] for piece in pieces]


def test_a_decision_names_its_body_and_day_and_tells_no_background(hits_of: HitsOf) -> None:
    text = said(decision_pieces(hits_of(HEAD + OWN_WORDS)[0]))
    assert text.startswith("Teknikudvalget (14. marts 2023): Udvalget sendte sagen tilbage")


def test_a_decision_that_points_at_the_proposal_is_told_with_it(hits_of: HitsOf) -> None:
    pieces = decision_pieces(hits_of(HEAD + POINTER)[0])
    assert [piece.text for piece in pieces] == [
        "Teknikudvalget (14. marts 2023): Indstillingen blev godkendt.",
        "Indstillingen lød: Forvaltningen indstiller,",
        "• at der bygges en bred sti",
        "• at udgiften tages af kassen",
    ]
    _, citations = cite(pieces)
    assert [citation.role for citation in citations] == [Role.DECISION, Role.RECOMMENDATION]


def test_a_decision_in_its_own_words_is_told_without_the_proposal(hits_of: HitsOf) -> None:
    assert "lukkes" not in said(decision_pieces(hits_of(HEAD + OWN_WORDS)[0]))


def test_a_bare_decision_is_told_with_the_proposal(hits_of: HitsOf) -> None:
    hit = hits_of(HEAD + POINTER.replace("Indstillingen blev godkendt.", "Godkendt."))[0]
    assert "at der bygges en bred sti" in said(decision_pieces(hit))


def test_absence_is_no_part_of_a_decision(hits_of: HitsOf) -> None:
    assert "Bo Kjær" not in said(decision_pieces(hits_of(HEAD + POINTER)[0]))


def test_each_body_tells_what_it_decided_in_order(hits_of: HitsOf) -> None:
    pieces = decision_pieces(hits_of(HEAD + BODIES)[0])
    assert [piece.text.partition(":")[0] for piece in pieces] == [
        "Økonomiudvalget (21. marts 2023)",
        "Byrådet (28. marts 2023)",
    ]


def test_where_it_would_be_long_the_body_that_met_tells_alone(hits_of: HitsOf) -> None:
    long = BODIES.replace("når staten", "når " + "borgmesteren og regionen og " * 20 + "staten")
    hit = hits_of("# REFERAT Økonomiudvalget d. 21-03-2023\n\n" + long)[0]
    text = said(decision_pieces(hit))
    assert text.startswith("Økonomiudvalget (21. marts 2023): Anbefales for en pris")
    assert "Byrådet" not in text


def test_an_item_without_a_decision_tells_none(hits_of: HitsOf) -> None:
    assert decision_pieces(hits_of(HEAD + CLOSED)[0]) == []


def test_a_long_decision_is_told_by_its_opening_and_its_list(hits_of: HitsOf) -> None:
    elements = "\n".join(f"- initiativ nummer {n} om flere pladser" for n in range(1, 9))
    filler = " ".join(f"Dette er bemærkning nummer {n} til sagen." for n in range(40))
    text = f"Udvalget godkendte planen og følgende:\n\n{elements}\n\n{filler}"
    item = OWN_WORDS.replace("Udvalget sendte sagen tilbage til forvaltningen, som skal regne på en"
                             " mindre legeplads i parken.", text)  # fmt: skip
    pieces = decision_pieces(hits_of(HEAD + item)[0])
    told = said(pieces)
    assert told.startswith("Teknikudvalget (14. marts 2023): Udvalget godkendte planen")
    assert sum(piece.text.startswith("• ") for piece in pieces) == 8
    assert "bemærkning nummer 39" not in told
    assert len(told) <= 900


def test_a_proposal_is_told_from_its_own_section(hits_of: HitsOf) -> None:
    text = said(recommendation_pieces(hits_of(HEAD + POINTER)[0]))
    assert text == (
        "Forvaltningen indstiller, • at der bygges en bred sti • at udgiften tages af kassen"
    )
    assert recommendation_pieces(hits_of(HEAD + BODIES)[0]) == []


def test_those_absent_are_named_from_the_first_item_that_tells(hits_of: HitsOf) -> None:
    hits = hits_of(HEAD + OWN_WORDS + POINTER.replace("Punkt 7", "Punkt 9"))
    (piece,) = absence_pieces(hits, whole_meeting=False)
    assert piece.text == "Bo Kjær (V)."
    assert (piece.hit.item.number, proved([piece])) == ("9", ["Bo Kjær (V)"])


def test_where_no_item_tells_of_absence_nothing_is_said(hits_of: HitsOf) -> None:
    for whole in (True, False):
        assert absence_pieces(hits_of(HEAD + OWN_WORDS + BODIES), whole_meeting=whole) == []
        assert absence_pieces([], whole_meeting=whole) == []


def test_the_heading_block_tells_of_absence_where_no_item_does(hits_of: HitsOf) -> None:
    head = HEAD.replace("Carl Lund (C)", "Carl Lund (C) (Fravær)")
    (piece,) = absence_pieces(hits_of(head + OWN_WORDS), whole_meeting=True)
    assert piece.text == "Fraværende: Carl Lund (C)."
    assert piece.hit.item.number == ""
    assert proved([piece]) == ["Carl Lund (C)"]


def test_who_left_for_one_item_only_was_not_absent_from_the_meeting(hits_of: HitsOf) -> None:
    usual = "Fraværende: Bo Kjær (V)"
    left = POINTER.replace(usual, "Fraværende: Anna Holm (A), Bo Kjær (V)")
    later = [POINTER.replace("Punkt 7", f"Punkt {n}") for n in (8, 9)]
    hits = hits_of(HEAD + left + "".join(later))
    assert absence_pieces(hits, whole_meeting=True)[0].text == "Bo Kjær (V)."
    assert absence_pieces(hits, whole_meeting=False)[0].text == "Anna Holm (A), Bo Kjær (V)."


def test_several_who_were_absent_are_proved_together(hits_of: HitsOf) -> None:
    text = POINTER.replace("Fraværende: Bo Kjær (V)", "Fraværende: Anna Holm (A), Bo Kjær (V)")
    (piece,) = absence_pieces(hits_of(HEAD + text), whole_meeting=False)
    assert piece.text == "Anna Holm (A), Bo Kjær (V)."
    assert proved([piece]) == ["Anna Holm (A), Bo Kjær (V)"]


def test_absence_is_proved_where_it_is_written_not_where_the_name_stands_next(
    hits_of: HitsOf,
) -> None:
    (piece,) = absence_pieces(
        hits_of(HEAD + POINTER + "## Bilag\n\nBrev fra Bo Kjær (V) til udvalget\n"),
        whole_meeting=False,
    )
    section = piece.hit.item.section_at(piece.start)
    assert section is not None
    assert section.role is Role.ABSENCE


def test_those_who_met_are_named_and_proved_by_the_heading_block(hits_of: HitsOf) -> None:
    hit = hits_of(HEAD + POINTER)[0]
    (piece,) = participant_pieces(hit)
    assert piece.text == "Anna Holm (A), Bo Kjær (V), Carl Lund (C)."
    assert proved([piece]) == ["Anna Holm (A), Bo Kjær (V), Carl Lund (C)"]
    _, (citation,) = cite([piece])
    assert (citation.source, citation.item) == ("x.md", "")
    assert citation.quote in hit.minutes.preamble


def test_minutes_that_do_not_list_who_met_say_nothing(hits_of: HitsOf) -> None:
    head = "# REFERAT Teknikudvalget i Nordby Kommune d. 14-03-2023\n\n"
    assert participant_pieces(hits_of(head + POINTER)[0]) == []


def test_an_agenda_is_told_by_the_titles_of_its_items(hits_of: HitsOf) -> None:
    pieces = agenda_pieces(hits_of(HEAD + POINTER + OWN_WORDS + CLOSED)[0])
    assert [piece.text for piece in pieces] == [
        "• Punkt 7: Cykelsti ved skolen",
        "• Punkt 8: Legeplads i parken",
        "• Punkt 10: Lukket: Salg af grund ved havnen",
    ]
    assert [piece.hit.item.number for piece in pieces] == ["7", "8", "10"]
    assert proved(pieces)[1] == "Legeplads i parken"


def test_what_a_meeting_decided_is_told_item_by_item(hits_of: HitsOf) -> None:
    vote = (
        "# Punkt 9: Hallen\n\n## Beslutning Teknikudvalget den 14-03-2023\n\n"
        "Bo Kjær (V) foreslog, at sagen udsættes. Forslaget faldt. Indstillingen blev godkendt.\n\n"
    )
    pieces = meeting_decision_pieces(hits_of(HEAD + POINTER + OWN_WORDS + vote + CLOSED)[0])
    assert [piece.text for piece in pieces] == [
        "• Punkt 7, Cykelsti ved skolen: Indstillingen blev godkendt.",
        "• Punkt 8, Legeplads i parken: Udvalget sendte sagen tilbage til forvaltningen, som skal "
        "regne på en mindre legeplads i parken.",
        "• Punkt 9, Hallen: Indstillingen blev godkendt.",
    ]
    assert proved(pieces)[0] == "Indstillingen blev godkendt."


def test_attachments_are_listed_as_they_stand(hits_of: HitsOf) -> None:
    attached = POINTER + "## Bilag\n\n- Kort over stien\n- Høringssvar\n\n"
    hit = hits_of(HEAD + attached)[0]
    assert said(attachment_pieces(hit)) == "• Kort over stien • Høringssvar"
    assert attachment_pieces(hits_of(HEAD + POINTER)[0]) == []


def test_where_and_when_a_meeting_was_held_is_told_from_the_heading_block(hits_of: HitsOf) -> None:
    hit = hits_of(HEAD + POINTER)[0]
    pieces = meeting_pieces(hit)
    assert said(pieces) == (
        "• Mødedato Tirsdag d. 14. marts 2023 kl. 15:00 • Mødested Mødelokale 2, Nordby Rådhus"
    )
    assert all(citation.quote in hit.minutes.preamble for citation in cite(pieces)[1])


def test_minutes_without_a_heading_block_do_not_tell_where(hits_of: HitsOf) -> None:
    assert meeting_pieces(hits_of(POINTER)[0]) == []


def test_a_closed_item_is_named_and_nothing_more_is_said(hits_of: HitsOf) -> None:
    hit = hits_of(HEAD + CLOSED)[0]
    assert hit.item.closed
    (piece,) = closed_pieces(hit)
    assert piece.text == (
        "Punktet var lukket: »Lukket: Salg af grund ved havnen«. Indholdet er ikke offentligt."
    )
    assert proved([piece]) == ["Lukket: Salg af grund ved havnen"]


@pytest.mark.parametrize(
    "heading",
    [
        "# Punkt 10: Lukket: Salg af *grund* ved havnen",
        "# **Punkt 10: Lukket: Salg af grund ved havnen**",
    ],
)
def test_a_closed_item_is_named_whatever_marks_its_title_has(hits_of: HitsOf, heading: str) -> None:
    hit = hits_of(f"{HEAD}{heading}\n")[0]
    assert hit.item.closed
    assert len(closed_pieces(hit)) == 1


def test_a_closed_item_is_named_when_its_title_runs_over_two_lines(hits_of: HitsOf) -> None:
    text = """Nordby Kommune

REFERAT

Teknikudvalget

Mødedato: 21. marts 2024

1. Godkendelse af dagsorden

Beslutning
Godkendt.

2. Lukket punkt: Salg af den meget lange grund ved havnen og
indgåelse af aftale om anlæg af kaj

Beslutning
Godkendt.
"""
    hit = hits_of(text)[1]
    assert hit.item.closed
    assert hit.item.title.endswith("anlæg af kaj")
    assert len(closed_pieces(hit)) == 1


def test_a_topic_is_told_by_title_and_decision(hits_of: HitsOf) -> None:
    told = said(topic_pieces(hits_of(HEAD + OWN_WORDS)[0]))
    assert told.startswith("Legeplads i parken. Teknikudvalget (14. marts 2023): Udvalget sendte")
    assert topic_pieces(hits_of(HEAD + CLOSED)[0]) == []


def test_of_an_item_that_every_meeting_has_its_contents_are_told(hits_of: HitsOf) -> None:
    notices = "# Punkt 9: Meddelelser\n\n- Hallen åbner i maj\n- Stien er færdig\n\n"
    told = said(topic_pieces(hits_of(HEAD + POINTER + notices)[1]))
    assert told == "Meddelelser. • Hallen åbner i maj • Stien er færdig"


def test_a_title_is_proved_by_the_items_heading(hits_of: HitsOf) -> None:
    piece = title_piece(hits_of(HEAD + POINTER)[0])
    assert piece is not None
    assert (piece.text, proved([piece])) == ("Cykelsti ved skolen.", ["Cykelsti ved skolen"])
