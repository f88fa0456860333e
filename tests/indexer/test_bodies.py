from __future__ import annotations

import pytest

from indexer.bodies import find_body, is_council, unshouted


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Byrådet", "Byrådet"),
        ("Bækkelund Byråd", "Bækkelund Byråd"),
        ("Referat, Byråd, 27-06-2023", "Byråd"),
        ("Referat fra Økonomiudvalget den 3. marts", "Økonomiudvalget"),
        ("Udvalget for Børn, Unge og Læring den 15-12-2020", "Udvalget for Børn, Unge og Læring"),
        ("Udvalget for nærdemokrati", "Udvalget for nærdemokrati"),
        ("Teknisk Udvalg", "Teknisk Udvalg"),
        ("REFERAT Arbejdsmarkeds og Erhvervsudvalget", "Arbejdsmarkeds og Erhvervsudvalget"),
        ("Social-, Senior- og Handicapudvalget", "Social-, Senior- og Handicapudvalget"),
        ("Egelund Kommune - Børne- og Skoleudvalget", "Børne- og Skoleudvalget"),
        ("Teknik- og miljøudvalget", "Teknik- og miljøudvalget"),
        ("Social-, senior- og handicapudvalget mødtes", "Social-, senior- og handicapudvalget"),
        ("Udvalget for teknik og miljø den 3. maj", "Udvalget for teknik og miljø"),
        ("Udvalget for kultur, fritid og idræt", "Udvalget for kultur, fritid og idræt"),
        ("Det sociale udvalg godkendte", "Det sociale udvalg"),
        ("Byrådet og økonomiudvalget", "Byrådet"),
        ("Brændholt Kommunes Handicapråd", "Handicapråd"),
        ("REFERAT FRA MILJØ- OG PLANUDVALGET", "Miljø- og Planudvalget"),
        ("KOMMUNALBESTYRELSEN", "Kommunalbestyrelsen"),
    ],
)  # fmt: skip
def test_a_body_is_found_by_its_name(text: str, body: str) -> None:
    assert find_body(text) == body


@pytest.mark.parametrize("text", ["Hedelund Rådhus", "Byrådssalen", "Udvalgsværelse 2", "Referat"])
def test_a_room_is_no_body(text: str) -> None:
    assert find_body(text) is None


@pytest.mark.parametrize(
    ("body", "council"),
    [
        ("Byrådet", True),
        ("Kommunalbestyrelsen", True),
        ("Borgerrepræsentationen", True),
        ("Økonomiudvalget", False),
        ("Ældrerådet", False),
    ],
)
def test_only_the_council_has_the_last_word(body: str, council: bool) -> None:
    assert is_council(body) is council


def test_only_capitals_are_written_small() -> None:
    assert unshouted("UDVALGET FOR TEKNIK OG KLIMA") == "Udvalget for Teknik og Klima"
    assert unshouted("TMU holdt møde") == "TMU holdt møde"
