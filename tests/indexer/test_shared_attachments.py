"""A list of attachments below the last item is shared out among the items that it names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.model import Minutes

ITEMS = (
    "REFERAT Teknikudvalget d. 14-03-2023\n\n"
    "1. Sti ved skolen\n\nBeslutning\nGodkendt.\n\nBilag\nBrev\n\n"
    "2. Vejlys\n\nBeslutning\nUdsat.\n\n"
)


@pytest.mark.parametrize(
    ("listed", "first", "second"),
    [
        ("Punkt 1  Kort\nPunkt 2: Notat", ("Brev", "Kort"), ("Notat",)),
        (
            "1. Sti ved skolen\n- Kort\n- Plan\n2. Vejlys\n- Notat",
            ("Brev", "Kort", "Plan"),
            ("Notat",),
        ),
        ("Kort\n1. Notat", ("Brev",), ("Kort", "1. Notat")),
    ],
)
def test_each_item_gets_its_own(
    parsed: Callable[[str], Minutes], listed: str, first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    minutes = parsed(f"{ITEMS}Bilagsliste\n{listed}\n")
    assert [item.attachments for item in minutes.items] == [first, second]


def test_a_list_that_every_item_has_is_its_own(parsed: Callable[[str], Minutes]) -> None:
    first, second = ITEMS.replace("Bilag\n", "Bilagsliste\n"), "Bilagsliste\nPunkt 1 Referat\n"
    minutes = parsed(first + second)
    assert [item.attachments for item in minutes.items] == [("Brev",), ("Punkt 1 Referat",)]
