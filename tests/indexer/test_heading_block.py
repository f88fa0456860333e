from __future__ import annotations

import datetime as dt

import pytest

from indexer.heading_block import HeadingBlock, read_heading_block
from indexer.lines import split_lines


def block(text: str) -> HeadingBlock:
    return read_heading_block(split_lines(text))


@pytest.mark.parametrize(
    ("text", "committee"),
    [
        ("# **REFERAT 2018-21: Arbejdsmarkedsudvalget d. 03-03-2021**", "Arbejdsmarkedsudvalget"),
        ("REFERAT Erhvervsudvalget 2022-2025 d. 06-09-2023", "Erhvervsudvalget"),
        ("REFERAT Udvalget for Social og Sundhed d. 17-12-2020", "Udvalget for Social og Sundhed"),
        ("Beslutningsprotokol for Social- og Seniorudvalget", "Social- og Seniorudvalget"),
        ("Referat af ordinært møde i Byrådet den 3. marts 2021", "Byrådet"),
        ("Referat af møde i Ældrerådet torsdag den 8. maj 2021 kl. 10", "Ældrerådet"),
        ("REFERAT\nfor Økonomi- og Erhvervsudvalgets møde den 22.", "Økonomi- og Erhvervsudvalget"),
        ("HEDELUND KOMMUNE\nKOMMUNALBESTYRELSEN\n", "Kommunalbestyrelsen"),
        ("BYRÅDET          Grønbæk Kommune\n", "Byrådet"),
        ("| Udvalg | Ældrerådet |\n|---|---|\n| Sted | Byrådssalen |", "Ældrerådet"),
        ("Åløse Kommune\nUdvalg: Ældre- og Omsorgsudvalget\n", "Ældre- og Omsorgsudvalget"),
        ("Referat af et møde\nMødested: Byrådssalen\nDeltagere: Byrådet\n", None),
    ],
)
def test_the_body_that_met_is_read(text: str, committee: str | None) -> None:
    assert block(text).committee == committee


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("**Mødedato** Onsdag d. 03. marts 2021 kl. 15:30", dt.date(2021, 3, 3)),
        ("Referat af mødet den 8. november 2017, kl. 9:00", dt.date(2017, 11, 8)),
        ("Udsendt 1. marts 2021\nMødedato: 03-03-2021", dt.date(2021, 3, 3)),
        ("Referat", None),
    ],
)
def test_the_day_of_the_meeting_is_the_labelled_one(text: str, date: dt.date | None) -> None:
    assert block(text).date == date


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("**Mødested** Magistratssalen, Sønderborg Rådhus", "Magistratssalen, Sønderborg Rådhus"),
        ("Sted: Plejecenter Fuglsang\nReferat", "Plejecenter Fuglsang"),
        ("| **Sted** | Plejecenter Fuglsang |", "Plejecenter Fuglsang"),
        ("Møde den 3. marts 2021 kl. 18.00 i byrådssalen, Rådhuset", "byrådssalen, Rådhuset"),
        ("Referat", None),
    ],
)  # fmt: skip
def test_the_place_is_read_as_printed(text: str, place: str | None) -> None:
    assert block(text).place == place


def test_participants_may_be_marked_as_absent() -> None:
    read = block("**Mødedeltagere** Connie Høj, A. C. Hoxcer Nielsen (Fravær), Steen Holm (A)")
    assert read.participants == ("Connie Høj", "Steen Holm (A)")
    assert read.absent == ("A. C. Hoxcer Nielsen",)


def test_absentees_may_have_a_line_of_their_own() -> None:
    read = block("Til stede: Anne Borre, Finn Stouby\nFraværende med afbud: Martin Egholm (V)\n")
    assert read.participants == ("Anne Borre", "Finn Stouby")
    assert read.absent == ("Martin Egholm (V)",)


def test_offices_and_absence_may_stand_behind_names() -> None:
    read = block(
        "Udvalgsmedlemmer:\nDitte Vang - Medlem (A)\nSanne Holm - Medlem (B) - Fraværende\n"
    )
    assert read.participants == ("Ditte Vang (A)",)
    assert read.absent == ("Sanne Holm (B)",)
    assert block("Medlemmer:\nArne Lund\nThomas Rask - afbud\n").absent == ("Thomas Rask",)


def test_who_leaves_for_one_item_is_there() -> None:
    read = block("Til stede var: Lene Fisker\nFraværende: Ole Dam deltog ikke under punkt 4.\n")
    assert (read.participants, read.absent) == (("Lene Fisker",), ())


def test_offices_may_stand_before_names_and_remarks_behind_them() -> None:
    text = (
        "Medlemmer:\nFormand Bo Elholm\nMedlem Ida Lund (V) - deltog ikke under punkt 4\nKim Bo\n"
    )
    found = block(f"{text}Formand: Bo Elholm\n")
    assert found.participants == ("Bo Elholm", "Ida Lund (V)", "Kim Bo")
    assert found.absent == ()


def test_names_may_wrap_or_stand_below_each_other() -> None:
    wrapped = block("Mødedeltagere Jan Jensen, Jimmy\nSimonsen, Niels Bennedsen\n\nDagsorden")
    assert wrapped.participants == ("Jan Jensen", "Jimmy Simonsen", "Niels Bennedsen")
    below = block("Deltagere:\nBodil Friis\nKaj Ravn\n\nReferat")
    assert below.participants == ("Bodil Friis", "Kaj Ravn")


def test_the_line_below_the_names_is_no_name() -> None:
    assert block("Afbud: Kaj Ravn\nReferat\n").absent == ("Kaj Ravn",)


def test_an_empty_block_tells_nothing() -> None:
    assert block("") == HeadingBlock(None, None, None, (), ())


@pytest.mark.parametrize(
    "members",
    [
        "Medlemmer: Bo Rask (formand, V), Lis Ty (A), Jo Ra",
        "Medlemmer:\n* Bo Rask (V), formand\n* Lis Ty (A)\n* Jo Ra",
        "Medlemmer\nFormand Bo Rask (V)\nLis Ty (A)\nJo Ra, deltog ikke",
        "Medlemmer:\nBo Rask (V)\nJo Ra, fraværende\nLis Ty (A)",
        "| Medlemmer: | Bo Rask (V)<br>Lis Ty (A)<br>Jo Ra |\n|---|---|",
        "Medlemmer, der deltog: Bo Rask (V), skoleleder Lis Ty (A)",
        "Medlemmer:\n\nBo Rask (V)\n\nLis Ty (A)\n",
    ],
)
def test_members_who_came_are_named_without_office(members: str) -> None:
    read = block(f"Skoleudvalget\n\n{members}\n\nAfbud: Jo Ra\n")
    assert read.participants == ("Bo Rask (V)", "Lis Ty (A)")
    assert read.absent == ("Jo Ra",)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Mødet blev holdt i lokale 3, Rådhuset", "lokale 3, Rådhuset"),
        ("- **Sted:** Hallen", "Hallen"),
        ("Hvor: Hallen", "Hallen"),
        ("Mødelokale 5, Vandborg Rådhus", "Mødelokale 5, Vandborg Rådhus"),
        ("Sted: 3. sal", "3. sal"),
        ("Hvor meget koster en skole", None),
    ],
)
def test_the_place_is_found_by_other_words(text: str, place: str | None) -> None:
    assert block(f"Skoleudvalget\n{text}\n").place == place


@pytest.mark.parametrize(
    "line",
    [
        "Samtlige medlemmer var mødt, undtagen Bo Rask og Lis Lund.",
        "Til stede: Alle byrådets medlemmer bortset fra Bo Rask og Lis Lund",
        "Medlemmerne var til stede, undtagen: Bo Rask og Lis Lund, der havde meldt afbud.",
        "Forfald: Bo Rask, Lis Lund",
    ],
)
def test_who_is_left_out_of_all_is_absent(line: str) -> None:
    assert block(f"Byrådet\n{line}\n").absent == ("Bo Rask", "Lis Lund")


def test_offices_stand_on_either_side_of_a_name() -> None:
    text = (
        "Deltagere:\nPolitidirektør Bo Rask\nLis Lund (A) 1. viceborgmester\nBo Ask (V) Formand\n"
    )
    assert block(text).participants == ("Bo Rask", "Lis Lund (A)", "Bo Ask (V)")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Referat af møde den 9. januar 2024 i Forsamlingshuset, Lund", "Forsamlingshuset, Lund"),
        ("Referat af mødet den 9. januar 2024 i Byrådet", None),
        ("Den 9. januar 2024, kl. 13:00-15:30, Rådssalen. Lund Kommune.", "Rådssalen"),
        ("Mødet blev holdt på Lund Skole og begyndte kl. 14.00.", "Lund Skole"),
    ],
)
def test_the_place_may_be_told_in_a_sentence(text: str, place: str | None) -> None:
    assert block(f"Byrådet\n{text}\n").place == place


def test_the_day_on_which_minutes_were_sent_is_not_that_of_the_meeting() -> None:
    text = "Sendt: 22. april 2016\nReferat fra Byrådets møde den 20. april 2016\n"
    assert block(text).date == dt.date(2016, 4, 20)


def test_the_municipality_is_no_part_of_the_body() -> None:
    assert block("Referat - Ungerådet, Solby Kommune\n").committee == "Ungerådet"


@pytest.mark.parametrize(
    "text",
    [
        "Udskrift af Byrådets møde den 20. april 2016",
        "Udsendt den 20. april 2016",  # better than none
    ],
)
def test_a_day_beside_words_of_print_is_the_meetings_where_there_is_no_other(text: str) -> None:
    assert block(f"Byrådet\n{text}\n").date == dt.date(2016, 4, 20)


def test_an_occasion_is_no_place() -> None:
    line = "Ekstraordinært møde den 20. april 2016 i anledning af budgettet"
    assert block(f"Byrådet\n{line}\n").place is None
