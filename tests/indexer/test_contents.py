from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.contents import Contents, find_contents
from indexer.lines import split_lines


def contents_of(text: str) -> tuple[list[str], Contents]:
    """Give the lines of the contents, and what was read from them."""
    lines = split_lines(text)
    contents = find_contents(lines)
    return [lines[i].text for i in range(contents.first, contents.last)], contents


def test_dot_leaders_tell_the_contents() -> None:
    held, contents = contents_of(
        "Referat\n\nIndholdsfortegnelse\n\nGodkendelse af dagsorden.....3\n"
        "Ny skole i Borup . . . . 4\n\n1. Godkendelse af dagsorden\n"
    )
    assert held[0] == "Indholdsfortegnelse"
    assert held[-1] == "Ny skole i Borup . . . . 4"
    assert contents.names("Ny skole i Borup")
    assert not contents.names("Referat")


def test_an_entry_may_take_two_lines() -> None:
    _, contents = contents_of(
        "Punkt 1: Godkendelse af dagsorden ....... 1\n"
        "Punkt 2: Fælles visitation for hjælpemidler i\n"
        "Holmkær og nabokommunerne ....... 2\n"
    )
    assert contents.holds("Fælles visitation for hjælpemidler i Holmkær og nabokommunerne")
    assert contents.goes_on("Fælles visitation for hjælpemidler i")


def test_without_leaders_lines_that_come_again_are_the_contents() -> None:
    held, contents = contents_of(
        "DAGSORDEN\n17 Godkendelse af dagsorden\n18 Ny skole i Borup 4\n19 Lukket: Køb\n\n"
        "Sag nr. 17 Godkendelse af dagsorden\nBESLUTNING\nGodkendt.\n"
        "Sag nr. 18 Ny skole i Borup\nBESLUTNING\nGodkendt.\nSag nr. 19 Lukket: Køb\n"
    )
    assert held == [
        "DAGSORDEN",
        "17 Godkendelse af dagsorden",
        "18 Ny skole i Borup 4",
        "19 Lukket: Køb",
    ]
    assert contents.names("Ny skole i Borup")


def test_a_year_at_the_end_of_a_title_is_no_page() -> None:
    _, contents = contents_of(
        "Indhold\n1. Budget 2024\n2. Meddelelser\n\n1. Budget 2024\nBeslutning\nGodkendt.\n"
        "2. Meddelelser\nBeslutning\nIntet.\n"
    )
    assert contents.names("Budget 2024")


def test_what_every_page_repeats_is_no_entry() -> None:
    page = "Lyng Kommune - Byrådet - 8. maj 2024\nSide {} af 3\n"
    held, _ = contents_of(
        f"{page.format(1)}Dagsordenpunkt nr. 7\nValg\nÅben/Lukket: Åben\nReferat\nGodkendt.\n"
        f"{page.format(2)}Dagsordenpunkt nr. 8\nSkole\nÅben/Lukket: Åben\nReferat\nGodkendt.\n"
    )
    assert held == []


def test_a_list_that_does_not_come_again_is_no_contents() -> None:
    held, contents = contents_of("1. Godkendelse af dagsorden\n2. Ny skole i Borup\n\nTekst.\n")
    assert (held, contents) == ([], Contents())


def test_below_the_first_label_there_are_no_contents() -> None:
    """Dots at the end of the document are room for signatures."""
    held, _ = contents_of(
        "1. Ny skole\nBeslutning\nGodkendt.\nKim Holm .......\nLis Tang .......\n"
    )
    assert held == []


@given(st.text(alphabet="1a. \n", max_size=120))
def test_no_text_is_a_reason_to_fail(text: str) -> None:
    contents_of(text)
