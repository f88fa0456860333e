from __future__ import annotations

from pathlib import Path

import pytest

from indexer.municipality import BESIDE, find_municipality, full_name, told_beside


def test_the_name_that_is_named_by_far_the_most_is_it() -> None:
    text = "Varde Kommune vil. Varde Kommunes budget. Esbjerg Kommune er med."
    assert find_municipality("Referat", text) == "Varde Kommune"


def test_two_that_are_named_alike_are_none() -> None:
    assert find_municipality("Referat", "Varde Kommune og Esbjerg Kommune.") is None


def test_the_heading_outweighs_the_text() -> None:
    text = "HEDELUND KOMMUNE\n\nEsbjerg Kommune svarer. Esbjerg Kommune betaler."
    assert find_municipality("HEDELUND KOMMUNE", text) == "Hedelund Kommune"


def test_a_town_hall_counts_for_a_municipality_that_is_named() -> None:
    text = "Nørrevang Rådhus. Nørrevang Kommune og Fjordby Kommune bygger."
    assert find_municipality("", text) == "Nørrevang Kommune"
    assert find_municipality("", "Mødet holdes på Grindsted Rådhus.") is None


@pytest.mark.parametrize("text", ["Den kommune", "Hver Kommune for sig", "Kommunen", ""])
def test_ordinary_words_name_no_municipality(text: str) -> None:
    assert find_municipality("", text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Faaborg-Midtfyn Kommune", "Faaborg-Midtfyn Kommune"),
        ("Københavns Kommune", "Københavns Kommune"),
        ("Bornholms Regionskommune", "Bornholms Regionskommune"),
    ],
)
def test_names_of_every_form_are_found(text: str, name: str) -> None:
    assert find_municipality("", text) == name


def test_the_label_of_the_municipality_is_no_part_of_a_name() -> None:
    heading = "Udvalg: Familieudvalget\nKommune: Lyng Kommune"
    assert find_municipality(heading, heading) == "Lyng Kommune"


def test_a_name_is_indexed_with_its_last_word() -> None:
    assert full_name(" Varde ") == full_name("Varde  Kommune") == "Varde Kommune"
    assert full_name("Bornholms Regionskommune") == "Bornholms Regionskommune"


@pytest.mark.parametrize(
    ("text", "name"),
    [("Varde Kommune\n", "Varde Kommune"), ("\ufeff\n Varde \n", "Varde"), ("\n", None)],
)
def test_the_owner_may_name_it_beside_the_files(
    tmp_path: Path, text: str, name: str | None
) -> None:
    assert told_beside(tmp_path / "referat.pdf") is None
    (tmp_path / BESIDE).write_text(text, encoding="utf-8")
    assert told_beside(tmp_path / "referat.pdf") == name


def test_what_is_no_text_beside_the_files_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / BESIDE).write_bytes(b"\xff\xfe\x00")
    assert told_beside(tmp_path / "referat.pdf") is None


def test_a_name_in_capitals_is_seen_in_its_column() -> None:
    assert find_municipality("HEDE-LUND KOMMUNE      Side 1 af 4", "") == "Hede-Lund Kommune"


def test_a_region_named_alone_above_is_meant() -> None:
    text = "Region Kattegat\nUdvalget for Sundhed\n\nNørrevang Kommune og Region Vest er med."
    assert find_municipality("Region Kattegat\nUdvalget for Sundhed", text) == "Region Kattegat"
