from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from indexer.heading_block import HeadingBlock
from indexer.model import Minutes, Outcome, Role
from indexer.told import Told, with_told

TEXT = """# Referat: Byrådet den 07-05-2024

# Punkt 1: Broen

## Beslutning Økonomiudvalget den 30-04-2024

Anbefales.

## Beslutning

Godkendt.

Fraværende: Ida Holm (A)

# Punkt 2: Eventuelt

## Beslutning

Intet.
"""
BLOCK = HeadingBlock("Byrådet", dt.date(2024, 5, 7), None, (), ())


@pytest.fixture
def minutes(parsed: Callable[[str], Minutes]) -> Minutes:
    return parsed(TEXT)


def told(*, decided: bool) -> Told:
    return Told(BLOCK, (), decided, "https://a.example/m", ("https://a.example/1", None))


def test_minutes_and_items_are_given_their_addresses(minutes: Minutes) -> None:
    found = with_told(minutes, told(decided=True))

    assert found.url == "https://a.example/m"
    assert [item.url for item in found.items] == ["https://a.example/1", None]
    assert [item.decisions for item in found.items] == [item.decisions for item in minutes.items]


def test_an_agenda_keeps_what_others_have_decided(minutes: Minutes) -> None:
    broen, eventuelt = with_told(minutes, told(decided=False)).items

    assert [decision.outcome for decision in broen.decisions] == [Outcome.RECOMMENDED]
    assert [section.role for section in broen.sections] == [
        Role.DECISION,
        Role.OTHER,
        Role.ABSENCE,
    ]
    assert (broen.absent, eventuelt.decisions) == ((), ())
    assert Role.DECISION not in {section.role for section in eventuelt.sections}
