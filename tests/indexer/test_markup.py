from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.markup import heading_level, plain, readable, visible

MARKED = st.text(alphabet="ab *#_<>/b[]()\\\n\t", max_size=60)


def _is_in(shorter: str, longer: str) -> bool:
    """Tell whether a text is left when characters are taken out of another."""
    rest = iter(longer)
    return all(letter in rest for letter in shorter)


@given(MARKED)
def test_seeing_only_removes(text: str) -> None:
    seen = visible(text)
    assert seen == sorted(set(seen))
    assert all(0 <= position < len(text) for position in seen)
    assert plain(text) == "".join(text[position] for position in seen)
    assert _is_in(plain(text), text)


@given(st.text(alphabet="abæøå .,;:!?%§0123456789\n"))
def test_text_without_marks_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("## **Beslutning**", "Beslutning"),
        ("### Beslutning", "Beslutning"),
        ("**Mødedato** Onsdag", "Mødedato Onsdag"),
        ("*Tim Ager (C) stemte imod.*", "Tim Ager (C) stemte imod."),
        ("<b>I alt</b>\t6.110", "I alt\t6.110"),
        ("[Kort](https://dagsorden.example/1)", "Kort"),
        (r"1\. Titel\*", "1. Titel*"),
        ("__1. Titel__", "1. Titel"),
        ("> ## Beslutning", "Beslutning"),
        ("_Beslutning_", "Beslutning"),
        ("Bilag _notat_ i tal_2023_.pdf", "Bilag _notat_ i tal_2023_.pdf"),
        ("Underskrift: ______", "Underskrift: ______"),
        ("# 2 af 3", "2 af 3"),
        ("3 * 4 = 12", "3 * 4 = 12"),
        ("#1 på listen", "#1 på listen"),
        ("a < b og b > c", "a < b og b > c"),
    ],
)
def test_a_reader_sees_the_text_without_its_marks(text: str, seen: str) -> None:
    assert plain(text) == seen


def test_running_text_has_single_blanks() -> None:
    assert readable("## **Punkt 1:**\n\n  To\tord ") == "Punkt 1: To ord"


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("# Et", 1),
        ("  ### Tre", 3),
        ("**Fed**", 7),
        ("**Fed**:", 7),
        ("Fed **her**", 0),
        ("#nej", 0),
    ],
)
def test_a_heading_is_known_by_its_marks(line: str, level: int) -> None:
    assert heading_level(line) == level
