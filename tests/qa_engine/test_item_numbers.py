"""The agenda items that a question names by their numbers."""

import pytest

from qa_engine.item_numbers import find_item_numbers, without_item_numbers


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Hvad blev besluttet på punkt 7?", ("7",)),
        ("Hvad gik pkt. 12 ud på?", ("12",)),
        ("hvad står der i dagsordenspunkt 3", ("3",)),
        ("Hvad handler punkt nr. 4 om?", ("4",)),
        ("PUNKT 5.", ("5",)),
        ("Hvad blev det til med punkt 2.1?", ("2.1",)),
        ("Hvad blev besluttet under punkt 155 og 156?", ("155", "156")),
        ("Hvad er forskellen på punkt 3, 4 og 5?", ("3", "4", "5")),
        ("Hvad blev der af punkt 8 og punkt 9?", ("8", "9")),
        ("What was agenda item 6 about?", ("6",)),
        ("beslutning punkt 14 om planen for kloakering", ("14",)),
        ("Hvad sagde Planudvalget til punkt 3 i Planudvalgets referat?", ("3",)),
        ("Hvad siger indstillingens punkt 3?", ()),
        ("Hvad står der under punkt 3 i budgetaftalen?", ()),
        ("Hvad går punkt 2 i den nye plan ud på?", ()),
        ("Hvilke punkter var lukkede i 2023?", ()),
        ("Hvor mange procentpoint steg andelen?", ()),
        ("Hvad er standpunkt 7?", ()),
        ("Hvor mange punkter var der den 14. marts?", ()),
    ],
)
def test_numbers_of_items_are_found(question: str, numbers: tuple[str, ...]) -> None:
    assert find_item_numbers(question) == numbers


def test_a_question_is_left_without_them() -> None:
    assert without_item_numbers("Hvad koster punkt 7 og pkt. 8 os?") == "Hvad koster  og  os?"
    assert without_item_numbers("indstillingens punkt 3") == "indstillingens punkt 3"
