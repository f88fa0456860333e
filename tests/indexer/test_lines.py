from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.lines import split_lines
from indexer.model import Role

DOCUMENTS = st.text(alphabet="ab *#\n\f\t[]()<b>", max_size=80)


@given(DOCUMENTS)
def test_lines_and_their_breaks_are_the_document(document: str) -> None:
    lines = split_lines(document)
    breaks = [document[line.end : line.end + 1] for line in lines]
    assert "".join(line.raw + end for line, end in zip(lines, breaks, strict=True)) == document
    assert set(breaks[:-1]) <= {"\n", "\f"}


@given(DOCUMENTS)
def test_every_character_of_a_line_knows_its_place(document: str) -> None:
    for line in split_lines(document):
        assert len(line.offsets) == len(line.text)
        assert "".join(document[offset] for offset in line.offsets) == line.text
        assert all(line.start <= offset < line.end for offset in line.offsets)


def test_a_line_is_read_without_marks_and_outer_blanks() -> None:
    (line,) = split_lines("  ## **Beslutning** ")
    assert (line.text, line.level) == ("Beslutning", 2)
    assert line.label is not None
    assert line.label.role is Role.DECISION


def test_a_line_with_marks_and_one_without_know_their_places_alike() -> None:
    marked, unmarked = split_lines("  **Sag** om \\[x\\] \n  Sag om x ")
    assert marked.text == "Sag om [x]"
    assert marked.offsets == [4, 5, 6, 9, 10, 11, 12, 14, 15, 17]
    assert unmarked.text == "Sag om x"
    assert list(unmarked.offsets) == list(range(22, 30))


def test_a_page_break_ends_a_line() -> None:
    assert [line.text for line in split_lines("et\fto\ntre")] == ["et", "to", "tre"]


def test_a_cell_of_many_blanks_costs_no_more_than_its_length() -> None:
    (line,) = split_lines(f"|{' ' * 100_000}")
    assert line.label is None
