from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.glyphs import as_seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Punkt\u00a04:\u2003Ny skole", "Punkt 4: Ny skole"),
        ("jobcen\u00adtret\u200b", "jobcentret"),
        ("Bera\u030aben", "Beråben"),
        ("e\u2011mail, de\ufb01nition", "e-mail, definition"),
        ("1\u00a0200\u00a0000 kr. den 3.\u00a0maj", "1\u00a0200\u00a0000 kr. den 3. maj"),
        ("A\u200b\u030a", "Å"),
    ],
)  # fmt: skip
def test_a_text_is_written_as_it_is_seen(text: str, seen: str) -> None:
    assert as_seen(text) == seen


@given(st.text())
def test_nothing_is_left_to_do_a_second_time(text: str) -> None:
    once = as_seen(text)
    assert as_seen(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(alphabet="aæøåÉ 09.,-–\n\t"))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert as_seen(text) == text
