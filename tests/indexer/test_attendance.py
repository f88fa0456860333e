from __future__ import annotations

import pytest

from indexer.attendance import read_attendance
from indexer.lines import split_lines


@pytest.mark.parametrize(
    "table",
    [
        "Navn              Til stede   Afbud\n"
        "Bo Lind (formand)     X\nIda Toft                      X",
        "Navn\tTil stede\tAfbud\nBo Lind\tX\t\nIda Toft\t\tX",
        "| Navn | Til stede | Afbud |\n|---|---|---|\n| Bo Lind | x | |\n| Ida Toft | | x |",
        "Mødt:          Ikke mødt:\nBo Lind        Ida Toft",
        "| Medlem | Fremmøde |\n|---|---|\n| Bo Lind | Til stede |\n| Ida Toft | Afbud |",
        "Bo Lind        Mødt\nIda Toft       Ikke mødt",
    ],
)
def test_columns_tell_who_was_there(table: str) -> None:
    assert read_attendance(split_lines(f"Byrådet\n{table}\n\nIndhold")) == (
        ("Bo Lind",),
        ("Ida Toft",),
    )


def test_a_list_of_names_has_no_columns() -> None:
    assert read_attendance(split_lines("Til stede: Bo Lind\nAfbud: Ida Toft")) is None
