from __future__ import annotations

import pytest

from indexer.dissent import read_disqualified, read_statements
from indexer.model import StatementKind
from indexer.sentences import split_sentences

RESERVATION, MINORITY = StatementKind.RESERVATION, StatementKind.MINORITY


@pytest.mark.parametrize(
    ("text", "kind", "by", "told"),
    [
        (
            "Anbefales. Kurt Elm (O) tager forbehold for støjen.",
            RESERVATION,
            ("Kurt Elm (O)",),
            "Kurt Elm (O) tager forbehold for støjen.",
        ),
        (
            "Anbefales. Hanne Bo (A) og Signe Mo (F) tog forbehold.",
            RESERVATION,
            ("Hanne Bo (A)", "Signe Mo (F)"),
            "Hanne Bo (A) og Signe Mo (F) tog forbehold.",
        ),
        ("Anbefales. SF tager forbehold.", RESERVATION, ("SF",), "SF tager forbehold."),
        (
            "Godkendt. Susanne Holt (C) kunne ikke tiltræde, da prisen er for høj.",
            MINORITY,
            ("Susanne Holt (C)",),
            "Susanne Holt (C) kunne ikke tiltræde, da prisen er for høj.",
        ),
        (
            "Vedtaget.\n\nMindretalsudtalelse fra F og Ø: Skolen er god. Vi vil bevare den.\n\nX",
            MINORITY,
            ("F", "Ø"),
            "Mindretalsudtalelse fra F og Ø: Skolen er god. Vi vil bevare den.",
        ),
        (
            'Godkendt. A og F ønsker følgende ført til protokollen: "Det er dyrt. Vi siger nej."',
            MINORITY,
            ("A", "F"),
            'A og F ønsker følgende ført til protokollen: "Det er dyrt. Vi siger nej."',
        ),
        (
            "Godkendt.\n\nMindretalsudtalelse fra Ø:\n\nVi vil bevare skolen.\n\nMødet sluttede.",
            MINORITY,
            ("Ø",),
            "Mindretalsudtalelse fra Ø:\n\nVi vil bevare skolen.",
        ),
        (
            "Anbefales. Arne Lund ønskede tilført referatet, at det er dyrt.",
            MINORITY,
            ("Arne Lund",),
            "Arne Lund ønskede tilført referatet, at det er dyrt.",
        ),
        ("Godkendt. V bemærker, at det er dyrt.", MINORITY, ("V",), "V bemærker, at det er dyrt."),
    ],
)
def test_a_statement_is_told_with_its_authors(
    text: str, kind: StatementKind, by: tuple[str, ...], told: str
) -> None:
    (statement,) = read_statements(split_sentences(text, 0, len(text)))
    assert (statement.kind, statement.by) == (kind, by)
    assert text[statement.start : statement.end] == told


@pytest.mark.parametrize(
    "text",
    [
        "Godkendt.",
        "Udvalget godkender med forbehold for lovændringer.",
        "Udvalget kan ikke tiltræde forslaget.",
        "Kim Holm (V) stemte imod.",
    ],
)
def test_what_the_body_says_is_no_statement(text: str) -> None:
    assert read_statements(split_sentences(text, 0, len(text))) == ()


def test_each_statement_stands_alone() -> None:
    text = "Anbefales. Kim Holm (A) tager forbehold. Bo Bro (V) kan ikke anbefale."
    kinds = [s.kind for s in read_statements(split_sentences(text, 0, len(text)))]
    assert kinds == [RESERVATION, MINORITY]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kim Holm (V) erklærede sig inhabil og deltog ikke i behandlingen.", ("Kim Holm (V)",)),
        ("Anbefales. Rune Ager (V) inhabil.", ("Rune Ager (V)",)),
        ("Udvalget besluttede, at Kim Holm (V) er inhabil.", ("Kim Holm (V)",)),
        ("Inhabil: Kim Holm (V) og Bo Bro (A)", ("Kim Holm (V)", "Bo Bro (A)")),
        ("Kim Holm (V) forlod lokalet på grund af inhabilitet.", ("Kim Holm (V)",)),
        ("Kim Holm (V) er ikke inhabil.", ()),
        ("Kim Holm (V) stemte imod.", ()),
    ],
)
def test_those_disqualified_are_named(text: str, names: tuple[str, ...]) -> None:
    assert read_disqualified(split_sentences(text, 0, len(text))) == names
