from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.markup import plain
from indexer.units import Kind, Unit, split_units

PIECES = st.lists(
    st.sampled_from(
        [
            "Udvalget godkendte planen.",
            "Det koster 3,5 mio. kr.",
            "jf. § 4 i loven",
            "**Tidsplan**",
            "- at vejen lukkes",
            "1. Borup",
            "År\t2023\t2024",
            "| Huse | 12 |",
            "|---|---|",
            "A, F og H.",
            "\n",
            "\n\n",
            "\f",
            " ",
        ]
    ),
    max_size=14,
)


def units(text: str) -> list[str]:
    return [text[unit.start : unit.end] for unit in split_units(text, 0, len(text))]


def kinds(text: str) -> list[Kind]:
    return [unit.kind for unit in split_units(text, 0, len(text))]


def groups(text: str) -> list[int]:
    return [unit.group for unit in split_units(text, 0, len(text))]


@given(PIECES)
def test_units_follow_each_other_and_hold_every_letter(pieces: list[str]) -> None:
    text = "".join(pieces)
    found: list[Unit] = split_units(text, 0, len(text))
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(unit.start < unit.end for unit in found)
    held = "".join(text[unit.start : unit.end] for unit in found)
    # The marks of list elements ("1.", "a)") fall between the units, as other markup does.
    letters_of = [letter for letter in plain(held) if letter.isalpha()]
    assert letters_of == [letter for letter in plain(text) if letter.isalpha()]


@given(PIECES)
def test_a_part_is_cut_alike_wherever_it_stands(pieces: list[str]) -> None:
    text = "".join(pieces)
    shifted = [
        (unit.start - 3, unit.end - 3) for unit in split_units(f"\n\n\n{text}", 3, 3 + len(text))
    ]
    assert shifted == [(unit.start, unit.end) for unit in split_units(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Godkendt. Udsat.", ["Godkendt.", "Udsat."]),
        ("Det koster ca. 3,5 mio. kr. Heraf er 2 mio. kr. løn.",
         ["Det koster ca. 3,5 mio. kr.", "Heraf er 2 mio. kr. løn."]),
        ("Jf. bekendtgørelse nr. 4. Den gælder.", ["Jf. bekendtgørelse nr. 4.", "Den gælder."]),
        ("I 2. Økonomiske Redegørelse 2023. Sagen er ny.",
         ["I 2. Økonomiske Redegørelse 2023.", "Sagen er ny."]),
        ("A. C. Hoxcer Nielsen mødte. Han gik.", ["A. C. Hoxcer Nielsen mødte.", "Han gik."]),
        ("Imod stemte A, F og H. Forslaget faldt.", ["Imod stemte A, F og H.", "Forslaget faldt."]),
        ("Han sagde: \"Nej.\" Så gik han.", ["Han sagde: \"Nej.\"", "Så gik han."]),
        ("Hvad nu? Ja!", ["Hvad nu?", "Ja!"]),
        ("Godkendt. *Lis stemte imod.* Slut.", ["Godkendt.", "Lis stemte imod.", "Slut."]),
    ],
)  # fmt: skip
def test_sentences_end_where_a_new_one_begins(text: str, sentences: list[str]) -> None:
    assert units(text) == sentences


def test_hard_line_breaks_do_not_end_a_sentence() -> None:
    assert units("Udvalget godkendte\nplanen for\nskolen. Slut.") == [
        "Udvalget godkendte\nplanen for\nskolen.",
        "Slut.",
    ]


def test_a_sentence_goes_on_over_a_page_break() -> None:
    text = "Udgiften bliver større det første år, blandt andet fordi der skal købes\n\fmaskiner."
    assert units(text) == [text]


def test_a_name_below_a_page_break_goes_on_where_no_sentence_can_end() -> None:
    text = "Kommunen har i flere år haft en aftale om drift af stierne sammen med\n\fVarde Kommune."
    assert units(text) == [text]
    text = "Kommunen har i flere år haft en aftale om drift af stierne sammen\n\fVarde Kommune."
    assert len(units(text)) == 2
    text = "Hvad sagen handler om\n\fKommunen har en aftale om driften af stierne langs kysten."
    assert len(units(text)) == 2


def test_a_list_is_one_group_without_its_marks() -> None:
    text = "Udvalget godkender\n\n- at vejen lukkes\n- at stien\n  åbnes\n\nSlut."
    assert units(text) == ["Udvalget godkender", "at vejen lukkes", "at stien\n  åbnes", "Slut."]
    assert kinds(text)[1:3] == [Kind.ELEMENT, Kind.ELEMENT]
    assert groups(text) == [0, 1, 1, 2]


def test_lines_that_go_on_from_a_proposal_are_elements() -> None:
    assert kinds("Forvaltningen indstiller,\n\nat planen godkendes.\n\nat sagen lukkes.")[1:] == [
        Kind.ELEMENT,
        Kind.ELEMENT,
    ]


@pytest.mark.parametrize(
    "text",
    ["År\tHuse\n2018\t11\n2019\t16", "| År | Huse |\n|---|---|\n| 2018 | 11 |\n| 2019 | 16 |"],
)
def test_a_table_is_one_group_of_rows(text: str) -> None:
    assert kinds(text) == [Kind.ROW] * 3
    assert groups(text) == [0, 0, 0]


def test_a_short_line_above_a_paragraph_is_a_heading() -> None:
    text = "Tidsplan\n\nArbejdet begynder i maj og varer til oktober, hvis vejret tillader det.\n"
    assert kinds(text) == [Kind.HEADING, Kind.SENTENCE]
    assert kinds("**Tidsplan**\n\nKort.") == [Kind.HEADING, Kind.SENTENCE]


def test_a_dash_alone_is_all_that_was_decided() -> None:
    assert units("-") == ["-"]


def test_a_paragraph_of_abbreviations_costs_no_more_than_its_length() -> None:
    text = "Se nr. " + "Aa nr. " * 40_000
    assert len(units(text)) == 1


def test_a_list_goes_on_where_some_of_its_elements_are_marked_as_headings() -> None:
    text = "De 3 temaer er:\n\n1. Borgeren\n2. Én indgang\n\n#### 3. Samarbejde\n\n#### 5. Andet"
    assert kinds(text)[1:] == [Kind.ELEMENT, Kind.ELEMENT, Kind.ELEMENT, Kind.HEADING]
    assert units(text)[3] == "Samarbejde"
    assert len(set(groups(text)[1:4])) == 1
