"""Example questions are about what the newest meetings decided, so they can be answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest

from indexer.model import Filters, Minutes
from indexer.store import Meeting
from qa_engine.engine import Engine
from qa_engine.examples import example_questions

MINUTES = """# REFERAT Teknikudvalget d. {day}-03-2023

# Punkt 1: Godkendelse af dagsorden

## Beslutning Teknikudvalget den {day}-03-2023

Godkendt.

# Punkt 2: {title}

## Beslutning Teknikudvalget den {day}-03-2023

{decision}

# Punkt 3: Lukket: Salg af grund ved havnen

## Beslutning Teknikudvalget den {day}-03-2023

Godkendt.
"""


@dataclass
class Meetings:
    """A store that holds nothing but minutes, newest first."""

    held: Sequence[Minutes]

    def meetings(self, filters: Filters) -> list[Meeting]:
        """List them all."""
        assert filters == Filters()
        return [
            Meeting(m.source, m.municipality, m.committee, m.date, None, len(m.items), None)
            for m in self.held
        ]

    def minutes(self, source: str) -> Minutes | None:
        """Read one of them."""
        return next((m for m in self.held if m.source == source), None)


@pytest.fixture
def ask(parsed: Callable[[str], Minutes]) -> Callable[..., list[str]]:
    """Write examples for meetings with one item each, given as (title, decision)."""

    def questions(*items: tuple[str, str], count: int = 5, where: str | None = "Nordby Kommune"):  # type: ignore[no-untyped-def]
        held = [
            replace(
                parsed(MINUTES.format(day=14 + n, title=title, decision=decision)),
                source=f"{n}.md",
                municipality=where,
            )
            for n, (title, decision) in enumerate(items)
        ]
        return example_questions(Meetings(held), count)  # type: ignore[arg-type]

    return questions


@pytest.mark.parametrize(
    ("title", "question"),
    [
        ("Cykelsti ved skolen", "Hvad blev besluttet om cykelsti ved skolen i Nordby?"),
        ("Godkendelse af takster for mad", "Hvad blev besluttet om takster for mad i Nordby?"),
        ("Cykelsti ved skolen - anlæg", "Hvad blev besluttet om cykelsti ved skolen i Nordby?"),
        ("Bro i Nordby midtby", "Hvad blev besluttet om bro i Nordby midtby?"),
        ("IT-sikkerhed i skolerne", "Hvad blev besluttet om IT-sikkerhed i skolerne i Nordby?"),
    ],
)
def test_an_item_is_asked_about_by_its_own_subject(
    ask: Callable[..., list[str]], title: str, question: str
) -> None:
    assert ask((title, "Godkendt.")) == [question]


def test_minutes_without_a_municipality_are_asked_about_without_place(
    ask: Callable[..., list[str]],
) -> None:
    assert ask(("Cykelsti ved skolen", "Godkendt."), where=None) == [
        "Hvad blev besluttet om cykelsti ved skolen?"
    ]


@pytest.mark.parametrize(
    ("title", "decision"),
    [
        ("Bro", "Godkendt."),
        ("Cykelsti ved skolen" + " og ved den anden skole" * 3, "Godkendt."),
        ("Cykelsti ved skolen", "Drøftet."),
        ("Godkendelse af referat af sidste møde", "Godkendt."),
        ("Lukket: Personalesag på rådhuset", "Godkendt."),
    ],
)
def test_routine_closed_undecided_and_unwieldy_items_are_not_asked_about(
    ask: Callable[..., list[str]], title: str, decision: str
) -> None:
    assert ask((title, decision)) == []


def test_questions_come_from_different_meetings_once_each(ask: Callable[..., list[str]]) -> None:
    items = [(f"Cykelsti nummer {n} i byen", "Godkendt.") for n in (1, 2, 3)]
    found = ask(*items, items[0], count=3)
    assert len(set(found)) == len(found) == 3


@pytest.mark.parametrize("count", [0, 1, 5, 50])
def test_no_more_questions_than_asked_for(corpus: Engine, count: int) -> None:
    found = corpus.examples(count)
    assert len(found) == len(set(found)) <= count
    assert count > 20 or len(found) == count


def test_an_empty_index_has_no_examples() -> None:
    assert example_questions(Meetings([]), 5) == []  # type: ignore[arg-type]


def test_examples_are_answered(corpus: Engine) -> None:
    for question in corpus.examples(5):
        assert corpus.ask(question).answered, question
