from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_engine.replies import Said, read_sentences

REPLY = "<think>Hvad mon?\nTja. [9]</think>Stien koster 1,2 mio. kr. [1] Den åbner i maj [2][3]."


def sentences(reply: str, size: int = 3) -> list[Said]:
    pieces = [reply[start : start + size] for start in range(0, len(reply), size)]
    return list(read_sentences(pieces))


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("Godkendt [1].", [Said("Godkendt.", (1,))]),
        ("Det koster 1,2 mio. kr. [1].", [Said("Det koster 1,2 mio. kr.", (1,))]),
        ("Godkendt. [1]", [Said("Godkendt.", (1,))]),
        (
            "Godkendt. [1] Stien åbner [2].",
            [Said("Godkendt.", (1,)), Said("Stien åbner.", (2,))],
        ),
        ("Stien [1] og vejen [2, 3].", [Said("Stien og vejen.", (1, 2, 3))]),
        ("Stien åbner【2】.", [Said("Stien åbner.", (2,))]),
        (
            "Det er:\n\n- Møllevej [1]\n- Kirkevej [2]\n",
            [Said("Det er:", ()), Said("• Møllevej", (1,)), Said("• Kirkevej", (2,))],
        ),
        ("**Godkendt** [1].", [Said("Godkendt.", (1,))]),
        ("Rød\x1b[31m skrift [1].", [Said("Rød[31m skrift.", (1,))]),
        ("Stien åbner [" + "9" * 5000 + "].", [Said(f"Stien åbner [{'9' * 5000}].", ())]),
        ("", []),
        ("<think>Jeg grubler. Længe. [1]", []),
    ],
)
@pytest.mark.parametrize("size", [1, 4, 1000])
def test_sentences_are_the_same_however_they_come(reply: str, said: list[Said], size: int) -> None:
    assert sentences(reply, size) == said


def test_an_abbreviation_before_a_number_ends_the_sentence_once() -> None:
    assert sentences(REPLY) == [
        Said("Stien koster 1,2 mio. kr.", (1,)),
        Said("Den åbner i maj.", (2, 3)),
    ]


def test_a_sentence_comes_when_the_next_one_begins() -> None:
    taken: list[str] = []

    def pieces() -> object:
        for piece in ("Godkendt. ", "[1]", " Stien", " åbner [2]."):
            taken.append(piece)
            yield piece

    assert next(read_sentences(pieces())) == Said("Godkendt.", (1,))  # type: ignore[arg-type]
    assert taken == ["Godkendt. ", "[1]", " Stien"]


@given(st.text(alphabet="Aa åB.!?:[]12,\n-*|•", max_size=80), st.integers(1, 9))
def test_nothing_said_is_lost_or_said_twice(reply: str, size: int) -> None:
    def letters(said: list[Said]) -> str:
        return "".join(c for each in said for c in each.text if c.isalpha())

    assert letters(sentences(reply, size)) == letters(sentences(reply, 1000))
