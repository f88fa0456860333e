from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.model import AgendaItem, Minutes, Outcome, Role

Parsed = Callable[[str], Minutes]
Item = Callable[[str], AgendaItem]

HEAD = "REFERAT Teknikudvalget d. 14-03-2023\n\n"


@pytest.fixture
def item(parsed: Parsed) -> Item:
    """Parse what stands below the heading of an item."""
    return lambda body: parsed(f"{HEAD}Punkt 7: Sti ved skolen\n\n{body}").items[0]


def parts(item: AgendaItem) -> list[tuple[Role, str, str]]:
    return [(s.role, s.heading, item.text[s.start : s.end].strip()) for s in item.sections]


@pytest.mark.parametrize("line", ["Bilag", "Ingen bilag", "Der er ingen bilag."])
def test_no_attachments_are_none(item: Item, line: str) -> None:
    assert item(f"Bilag\n\n{line}\n").attachments == ()


def test_several_bodies_decisions_stand_in_one_item(item: Item) -> None:
    read = item(
        "Beslutning Børneudvalget den 01-03-2023\n\nAnbefales.\n\nFraværende: Kim Holm\n\n"
        "Økonomiudvalget, 7. marts 2023, pkt. 44\n\nUdsat.\n\nBeslutning\n\nGodkendt.\n\n"
        "Fraværende\n\nBo Lind\n"
    )
    assert [(d.body, str(d.date), d.outcome, d.absent) for d in read.decisions] == [
        ("Børneudvalget", "2023-03-01", Outcome.RECOMMENDED, ("Kim Holm",)),
        ("Økonomiudvalget", "2023-03-07", Outcome.POSTPONED, ()),
        ("Teknikudvalget", "2023-03-14", Outcome.APPROVED, ("Bo Lind",)),
    ]
    assert read.absent == ("Bo Lind",)


def test_inline_decisions_follow_the_bodys_own(item: Item) -> None:
    read = item("Beslutning\n\nGodkendt.\n\nØU, 7. marts, pkt. 4: Anbefales.\n")
    assert [(d.body, d.outcome) for d in read.decisions] == [
        ("Teknikudvalget", Outcome.APPROVED),
        ("ØU", Outcome.RECOMMENDED),
    ]
    first = read.decisions[0]
    assert read.text[first.start : first.end] == "Godkendt."


def test_history_tells_decisions_without_being_one(item: Item) -> None:
    read = item("Sagsforløb\n\nØU, 7. marts, pkt. 4: Anbefales.\n\nBeslutning\n\nUdsat.\n")
    assert [s.role for s in read.sections] == [Role.HISTORY, Role.DECISION]
    assert [d.outcome for d in read.decisions] == [Outcome.RECOMMENDED, Outcome.POSTPONED]


def test_a_decision_goes_on_below_the_names_of_absentees(item: Item) -> None:
    read = item("Beslutning\n\nGodkendt.\n\nAfbud: Bo Lind.\n\nUdvalget ønsker en status i maj.\n")
    (decision,) = read.decisions
    assert read.text[decision.start : decision.end].endswith("Udvalget ønsker en status i maj.")
    assert decision.absent == read.absent == ("Bo Lind",)
    assert parts(read) == [
        (Role.DECISION, "Beslutning", "Godkendt."),
        (Role.ABSENCE, "Afbud", "Bo Lind."),
        (Role.DECISION, "Beslutning", "Udvalget ønsker en status i maj."),
    ]


@pytest.mark.parametrize("line", ["Lukket punkt", "Åben/lukket: Lukket", "Punktet er lukket."])
def test_a_closed_item_may_say_so_below_its_heading(item: Item, line: str) -> None:
    assert item(f"{line}\n").closed
    assert item(f"20/1234\n{line}\n").closed


def test_the_case_number_may_tell_that_the_item_is_closed(item: Item) -> None:
    assert item("LUKKET - 00.22.00-A00-1-22\n").closed
    assert not item("ÅBEN - 00.22.00-A00-1-22\n").closed


def test_a_case_number_may_stand_behind_the_title(parsed: Parsed) -> None:
    (read,) = parsed(
        f"{HEAD}Punkt 7: Sti ved skolen (2020-0256472)\n\nBeslutning\n\nUdsat.\n"
    ).items
    assert (read.title, read.case_number) == ("Sti ved skolen", "2020-0256472")


def test_a_sentence_on_closing_closes_no_item(item: Item) -> None:
    assert not item("Resumé\n\nSkolen lukkes. Lukket punkt på kortet.\n").closed


def test_a_committees_yes_to_what_the_council_decides_recommends(item: Item) -> None:
    read = item(
        "Indstilling\n\nDet indstilles til Byrådet, at stien anlægges.\n\nBeslutning\n\nGodkendt.\n"
    )
    assert read.decisions[0].outcome is Outcome.RECOMMENDED


def test_an_empty_decision_is_none(item: Item) -> None:
    assert item("Beslutning\n\nBilag\n\nKort\n").decisions == ()


def test_absence_without_a_decision_is_of_the_item(item: Item) -> None:
    assert item("Resumé\n\nTekst.\n\nFraværende:\n\nBo Lind\n").absent == ("Bo Lind",)


def test_votes_that_an_item_ends_with_are_told_below_their_decisions(item: Item) -> None:
    first, last = item(
        "Teknikudvalget 14-03-2023:\nAnbefales.\nFraværende: Bo Ask\nAfstemning\nImod stemte F.\n"
        "Byrådet 28-03-2023:\nVedtaget.\nFraværende: Bo Ask\nAfstemning\nImod stemte A.\n"
    ).decisions
    assert [vote.party for vote in first.votes] == ["F"]
    assert [vote.party for vote in last.votes] == ["A"]


def test_a_label_without_a_case_number_is_no_text(item: Item) -> None:
    assert parts(item("Sagsnr.:\n\nBeslutning\nGodkendt.\n")) == [
        (Role.DECISION, "Beslutning", "Godkendt.")
    ]


def test_an_item_is_closed_below_a_field(item: Item) -> None:
    assert item("Sagsnr. 20/1234\nSagsforløb: ØU, BY\nLukket sag\n").closed


def test_what_a_summary_says_is_closed_is_no_closed_item(item: Item) -> None:
    assert not item("Resumé: Porten er\nlukket\nom natten.\n\nBeslutning\nUdsat.\n").closed
