"""Votes are read as far as they are written, and no further."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Side, Vote
from indexer.sentences import split_sentences
from indexer.votes import carried, read_votes


def votes(text: str) -> list[str]:
    """Write the votes of a decision as "+A 7", "-Kim Holm/V", "0 2"."""
    signs = {Side.FOR: "+", Side.AGAINST: "-", Side.ABSTAINED: "0"}
    return [
        signs[v.side]
        + "/".join(part for part in (v.person, v.party) if part)
        + (f" {v.count}" if v.count is not None else "")
        for v in read_votes(split_sentences(text, 0, len(text)))
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Godkendt. Kim Holm (V) stemte imod.", ["-Kim Holm/V"]),
        ("Godkendt. A+F+Ø stemte imod.", ["-A", "-F", "-Ø"]),
        ("For: 12 - Imod: 3 - Blanke: 1.", ["+ 12", "- 3", "0 1"]),
        ("Godkendt. Imod stemte Kim Holm (V) og Lis Tang (A).", ["-Kim Holm/V", "-Lis Tang/A"]),
        ("Anbefales. Carsten Ravn (C) imod.", ["-Carsten Ravn/C"]),
        ("Kim Holm undlod at stemme.", ["0Kim Holm"]),
        ("Samtlige medlemmer undtagen Kim Holm (V) stemte for.", []),
        ("Alle undtagen Kim Holm (V), der stemte imod, stemte for.", ["-Kim Holm/V"]),
        ("Udvalgsmedlem Kim Holm (V) stemte imod.", ["-Kim Holm/V"]),
        ("A og V stemte for, mens C stemte imod.", ["+A", "+V", "-C"]),
        ("For: Kim Holm (V) og Bo Bro (A).\n\nImod: Lis Tang (F), der frygter støj.",
         ["+Kim Holm/V", "+Bo Bro/A", "-Lis Tang/F"]),
        ("For stemte 11: V, C og O.\n\nImod stemte 8: A, F og H.",
         ["+ 11", "+V", "+C", "+O", "- 8", "-A", "-F", "-H"]),
        ("For indstillingen stemte 9: A (7) og F (2).", ["+ 9", "+A 7", "+F 2"]),
        ("For stemte: A, F og Ø (9). Imod stemte V (8).", ["+ 9", "+A", "+F", "+Ø", "-V 8"]),
        ("For stemte 17. Kirsten Sol (Ø) undlod at stemme.", ["+ 17", "0Kirsten Sol/Ø"]),
        ("Imod stemte A, V (4, uden Rune Ager), B og Ø.", ["-A", "-V 4", "-B", "-Ø"]),
        ("Vedtaget med 14 stemmer.", ["+ 14"]),
        ("Vedtaget med 15 stemmer for. Imod stemte Inge Klit (O).", ["+ 15", "-Inge Klit/O"]),
        ("Vedtaget med 7 stemmer for og 2 imod.", ["+ 7", "- 2"]),
        ("Vedtaget med 16 stemmer mod 1.", ["+ 16", "- 1"]),
        ("Godkendt med stemmerne 15 mod 4.", ["+ 15", "- 4"]),
        ("Forkastet med 15 stemmer mod 6.", ["+ 6", "- 15"]),
        ("Et flertal i udvalget (4 mod 3) anbefaler planen.", ["+ 4", "- 3"]),
        ("13 stemte for, 10 stemte imod, og to undlod at stemme.", ["+ 13", "- 10", "0 2"]),
        ("Ikke godkendt. 4 stemte imod: Liste S og Liste A.", ["- 4", "-Liste S", "-Liste A"]),
        ("Vedtaget, idet 3 medlemmer (A) stemte imod.", ["- 3", "-A"]),
        ("Godkendt med 4 stemmer for (V, C) og 3 imod (A).", ["+ 4", "+V", "+C", "- 3", "-A"]),
        ("Et flertal bestående af A, B og K godkendte planen. Et mindretal (F) stemte imod.",
         ["+A", "+B", "+K", "-F"]),
        ("For stemte Socialdemokratiet og SF. Imod stemte Dansk Folkeparti.",
         ["+Socialdemokratiet", "+SF", "-Dansk Folkeparti"]),
        ("Venstre (Karin Lund, Ole Bro) stemte imod.", ["-Karin Lund/Venstre", "-Ole Bro/Venstre"]),
        ("Et flertal (V og C) stemte imod anbefalingen.", ["-V", "-C"]),
        ("Hverken for eller imod stemte B (2).", ["0B 2"]),
        ("Ja: 12. Nej: 7.", ["+ 12", "- 7"]),
        ("Ja-stemmer: 12. Nej-stemmer: 7.", ["+ 12", "- 7"]),
        ("Imod stemte: O.\nHverken for eller imod stemte: V.", ["-O", "0V"]),
        ("For: A\nImod: Ø\nUndlader: F", ["+A", "-Ø", "0F"]),
        ("Gruppe Ø stemte imod.", ["-Gruppe Ø"]),
        ("Kim Holm (C) ønsker mere og stemte imod ændringen.", ["-Kim Holm/C"]),
        ("Godkendt, dog stemte Liste Ø imod.", ["-Liste Ø"]),
    ],
)  # fmt: skip
def test_votes_are_read_by_person_and_party(text: str, read: list[str]) -> None:
    assert votes(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "Godkendt enstemmigt.",
        "Godkendt uden afstemning.",
        "Udvalget stemte imod.",
        "For så vidt angår punkt 2: Udsat.",
        "Stemningen var god, og 12 borgere mødte op.",
        "Afstanden er 4 mod 3 i dag.",
    ][:5],
)
def test_what_is_no_vote_is_not_read_as_one(text: str) -> None:
    assert votes(text) == []


def test_votes_on_an_amendment_are_not_on_the_proposal() -> None:
    text = (
        "Kim Holm (F) stillede ændringsforslag om en tunnel.\n\nFor stemte F. Imod stemte V.\n\n"
        "Indstillingen blev sat til afstemning.\n\nFor stemte V. Imod stemte F."
    )
    assert votes(text) == ["+V", "-F"]


@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("For stemte 12: A. Imod stemte 9: V.", True),
        ("For: Kim Holm (V). Imod: Lis Tang (A) og Bo Bro (F).", False),
        ("For: Kim Holm (V). Imod: Lis Tang (A).", None),
        ("For stemte A. Imod stemte V (3).", None),
        ("Imod stemte V (3).", None),
    ],
)
def test_a_proposal_is_carried_by_the_numbers_that_are_written(text: str, won: bool | None) -> None:
    assert carried(read_votes(split_sentences(text, 0, len(text)))) is won


def test_a_vote_without_person_and_party_is_of_a_whole_side() -> None:
    (vote,) = read_votes(split_sentences("For stemte 17.", 0, 14))
    assert vote == Vote(Side.FOR, None, None, 17)


@given(
    st.lists(
        st.sampled_from(["For", "Imod", "stemte", "3", ":", "A", "og", "Kim Holm", "(V)", "mod"])
    )
)
def test_no_text_is_a_reason_to_fail(parts: list[str]) -> None:
    votes(" ".join(parts))
