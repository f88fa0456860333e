from __future__ import annotations

import pytest

from indexer.contents import find_contents
from indexer.headings import Heading, find_headings
from indexer.lines import split_lines


def headings(text: str) -> list[Heading]:
    lines = split_lines(text)
    return find_headings(lines, find_contents(lines))


def found(text: str) -> list[str]:
    return [f"{heading.number}|{heading.title}" for heading in headings(text)]


def items(*lines: str) -> str:
    """Write items that hold nothing but a decision."""
    return "".join(f"{line}\n\nBeslutning\n\nGodkendt.\n\n" for line in lines)


@pytest.mark.parametrize(
    "form",
    [
        "Punkt {n}: {title}",
        "Punkt {n} {title}",
        "# **Punkt {n}: {title}**",
        "Dagsordenpunkt {n}: {title}",
        "Pkt. {n} {title}",
        "Pkt. {n}\n{title}",
        "Nr.{n} - {title}",
        "Sag nr. {n}\n{title}",
        "Sag nr. {n} {title}",
        "PUNKT {n}. - {title}",
        "Pkt.nr. {n} \t{title}",
        "Dagsordenpunkt nr. {n}\nOverskrift: {title}",
        "§ {n}. {title}",
        "§ {n}\n{title}",
        "Ad {n}) {title}",
        "Ad. {n}. {title}",
        "Ad punkt {n} {title}",
        "Dagsordenens punkt {n}: {title}",
        "Emne {n}: {title}",
        "({n}) {title}",
        "{n} | {title}",
        "**{n}\\. {title}**",
        "__{n}. {title}__",
        "> {n}. {title}",
        "{n}. Åbent punkt: {title}",
        "Åbent - {n}. {title}",
        "Kl. 17.15   {n}. {title}",
        "{n}. 24/0011{n} - {title}",
        "24/00112 - {n}. {title}",
        "{n}. {title}",
        "{n}.{title}",
        "{n} {title}",
        "{n}.a {title}",
    ],
)
def test_every_form_of_heading_is_read(form: str) -> None:
    titles = ["Godkendelse af dagsorden", "Ny skole i Borup", "Meddelelser"]
    text = items(*(form.format(n=n, title=title) for n, title in enumerate(titles, 35)))
    assert [heading.title for heading in headings(text)] == titles
    assert [heading.number[:2] for heading in headings(text)] == ["35", "36", "37"]


def test_a_number_is_kept_as_printed() -> None:
    assert [heading.number for heading in headings(items("01 Valg", "02 Skole"))] == ["01", "02"]


def test_a_number_may_be_roman() -> None:
    numbers = ["VIII", "IX", "X"]
    assert [heading.number for heading in headings(items("VIII. Valg", "IX. Vej", "X. Sti"))] == (
        numbers
    )


def test_items_may_stand_below_items() -> None:
    """What a text counts in the same way, without a label below it, is none."""
    text = items(
        "1. Valg", "2. Sager\n\n2.1 Vej\n\nSagsfremstilling\n\n1.1 Formål\n\nRo.", "2.2 Sti"
    )
    assert found(text + items("3. Eventuelt")) == [
        "1|Valg", "2|Sager", "2.1|Vej", "2.2|Sti", "3|Eventuelt",
    ]  # fmt: skip


def test_a_number_may_have_its_year() -> None:
    text = items("Sag 12/2021: Valg", "Sag 13/2021: Skole")
    assert found(text) == ["12/2021|Valg", "13/2021|Skole"]


def test_a_case_number_may_stand_before_the_number() -> None:
    (first, _) = headings(items("23/11406 - 2. Hjemmepleje", "23/12001 - 3. Tilsyn"))
    assert (first.number, first.title, first.case_number) == ("2", "Hjemmepleje", "23/11406")


def test_what_a_decision_says_of_its_points_is_no_heading() -> None:
    text = (
        "1. Skole\n\nBeslutning\n\nAd 1. Godkendt.\nAd 2. Godkendt.\n\n"
        "2. Havn\n\nBeslutning\n\nAd 1. Udsat.\nAd 2. Godkendt.\nAd 3. Udgår.\n"
    )
    assert found(text) == ["1|Skole", "2|Havn"]


def test_what_a_decision_says_of_a_point_is_no_heading() -> None:
    text = items("Punkt 127 Valg", "Punkt 128 Skole") + "Punkt 1 taget til efterretning.\n"
    text += items("Punkt 129 Vej")
    assert found(text) == ["127|Valg", "128|Skole", "129|Vej"]


def test_lists_inside_items_are_no_headings() -> None:
    listed = (
        "Indstilling\n1. at planen godkendes\n2. at der holdes møde\n3. at sagen genoptages\n\n"
    )
    text = items("1. Valg") + "2. Skole\n\n" + listed + items("3. Vej")
    assert found(text) == ["1|Valg", "2|Skole", "3|Vej"]


def test_the_last_item_does_not_end_in_its_own_list() -> None:
    listed = "1. Borup\n2. Tved\n3. Sejstrup\n4. Kragelund\n5. Vester\n\nØkonomi\n\nIngen.\n"
    assert found(items("1. Valg") + "2. Skole\n\n" + listed) == ["1|Valg", "2|Skole"]


def test_numbered_headings_inside_an_item_are_not_its_followers() -> None:
    inside = (
        "Sagsfremstilling\n\n1. Baggrund\nTekst.\n\n2. Indsats\nTekst.\n\n3. Forløb\nTekst.\n\n"
    )
    decision = "Beslutning\nGodkendt.\n\n"
    text = items("1. Valg") + f"2. Skole\n\n{inside}{decision}3. (Lukket) Grund\n\n4. Eventuelt\n"
    assert found(text) == ["1|Valg", "2|Skole", "3|(Lukket) Grund", "4|Eventuelt"]


def test_a_case_number_behind_the_title_makes_a_heading() -> None:
    text = (
        "1. Ny skole (2020-0256472)\nDer mangler plads.\n2. Ny vej (2020-0256473)\nDen er smal.\n"
    )
    assert [(h.title, h.case_number) for h in headings(text)] == [
        ("Ny skole", "2020-0256472"),
        ("Ny vej", "2020-0256473"),
    ]


def test_figures_at_the_beginning_of_a_line_are_no_headings() -> None:
    text = items("33 Valg") + "34 Skole\n\nSagsfremstilling\n35 procent af eleverne\n"
    text += "60 flere pladser.\n\n" + items("35 Vej")
    assert found(text) == ["33|Valg", "34|Skole", "35|Vej"]


def test_the_contents_are_no_headings() -> None:
    contents = "Dagsorden\n1. Valg af formand\n2. Ny skole\n\n"
    assert found(contents + items("1. Valg af formand", "2. Ny skole")) == [
        "1|Valg af formand",
        "2|Ny skole",
    ]


def test_a_title_goes_on_below_as_the_contents_tell() -> None:
    contents = (
        "Indhold\n1. Udbud af rengøring i administrationsbygninger ..... 2\n2. Valg ..... 3\n\n"
    )
    text = (
        contents
        + "1. Udbud af rengøring i\nadministrationsbygninger\n\nTekst.\n\n"
        + items("2. Valg")
    )
    first, _ = headings(text)
    assert first.title == "Udbud af rengøring i administrationsbygninger"
    assert first.last == first.first + 1


def test_without_contents_a_title_goes_on_to_its_case_number() -> None:
    text = "Sag nr. 74\nÆndret placering og nedlæggelse af\ncontainerpladsen\nSagsnr.: 299835\n"
    (heading,) = headings(text)
    assert heading.title == "Ændret placering og nedlæggelse af containerpladsen"


@pytest.mark.parametrize(
    "line",
    [
        "3. Lukket: Køb af grund",
        "3. (Lukket) Køb af grund",
        "3. Køb af grund - Lukket",
        "3. Lukket punkt",
    ],
)
def test_a_closed_item_needs_nothing_below_it(line: str) -> None:
    *open_items, closed = headings(items("1. Valg", "2. Skole") + line + "\n")
    assert closed.closed
    assert not any(heading.closed for heading in open_items)


def test_items_below_a_heading_of_closed_ones_are_closed() -> None:
    text = items("1. Valg") + "Lukkede punkter\n\n" + items("2. Skole") + "Åbne punkter\n\n"
    text += items("3. Vej")
    assert [heading.closed for heading in headings(text)] == [False, True, False]


def test_a_type_tag_is_one_where_most_titles_have_it() -> None:
    assert found(items("1.Valg (B)", "2.Skole (O)")) == ["1|Valg", "2|Skole"]
    text = items("1. Valg", "2. Forslag fra Kim Holm (O)", "3. Vej")
    assert found(text)[1] == "2|Forslag fra Kim Holm (O)"


def test_text_without_items_has_no_headings() -> None:
    assert headings("Kære alle\n\nMødet er flyttet til den 3. marts.\n") == []


def test_many_lists_cost_no_more_than_their_length() -> None:
    text = "\n".join(f"{n % 50}. Et punkt på listen" for n in range(20_000))
    assert len(headings(text)) <= 50


@pytest.mark.parametrize("mark", ["(lukket punkt)", "(Lukket)", "(Åben)"])
def test_a_mark_may_stand_between_number_and_colon(mark: str) -> None:
    text = items("Punkt 12: Spørgetid", f"Punkt 13 {mark}: Salg af areal", "Punkt 14: Eventuelt")
    found = headings(text)
    assert [heading.number for heading in found] == ["12", "13", "14"]
    assert found[1].title.endswith("Salg af areal")
    assert found[1].closed == mark.lower().startswith("(lukket")


def test_closed_items_may_be_counted_from_one() -> None:
    """They are told from the open ones, and no closed title is read as part of an open item."""
    closed = "Lukkede punkter\n\nPunkt 1: Køb af grund\n\nPunkt 2: Personsag\n"
    text = items("Punkt 1: Valg", "Punkt 2: Skole", "Punkt 3: Vej") + closed
    numbers = [(heading.number, heading.closed) for heading in headings(text)]
    assert numbers == [("1", False), ("2", False), ("3", False), ("1 (2)", True), ("2 (2)", True)]


def test_a_list_in_a_closed_item_does_not_begin_the_numbers_anew() -> None:
    closed = "Lukkede punkter\n\n" + items("4. Køb af grund\n\n1. Kort\n2. Pris", "5. Personsag")
    text = items("1. Valg", "2. Skole", "3. Vej") + closed
    assert [heading.number for heading in headings(text)] == ["1", "2", "3", "4", "5"]


def test_a_page_on_which_an_item_goes_on_begins_none() -> None:
    text = items("Punkt 1: Valg", "Punkt 2: Skole", "Punkt 2 - fortsat", "Punkt 3: Vej")
    assert found(text) == ["1|Valg", "2|Skole", "3|Vej"]


def test_a_year_in_the_contents_is_no_page_but_a_page_is() -> None:
    text = "Indhold\n\nGodkendelse af referat   2\nBudget 2012   3\n\n" + items(
        "Godkendelse af referat", "Budget 2012"
    )
    assert found(text) == ["1|Godkendelse af referat", "2|Budget 2012"]


def test_titles_without_numbers_outweigh_a_list_in_the_text() -> None:
    titles = ["Ny skole i Borup", "Vejlys", "Takster"]
    text = items(*(f"## {title}" for title in titles))
    text += "## Støj\n\n1. Hegn\n2. Vold\n3. Skilte\nBeslutning\n\nUdsat.\n"
    assert found(text) == ["1|Ny skole i Borup", "2|Vejlys", "3|Takster", "4|Støj"]


def test_titles_within_clear_items_do_not_outweigh_them() -> None:
    within = "".join(f"**Linje {n}**\nHøring: Naboer\n" for n in range(3))
    text = items("1. Ny sti", "2. Skov").replace("Beslutning", f"Baggrund\n{within}\nBeslutning", 1)
    assert found(text) == ["1|Ny sti", "2|Skov"]


def test_a_list_alone_is_no_agenda() -> None:
    assert found("A. Støj\n\n1. Hegn\n2. Vold\n3. Skilte\nBeslutning\n\nUdsat.\n") == []


@pytest.mark.parametrize("title", ["Høring: Ny politik", "Orientering"])
def test_right_below_a_number_what_looks_like_a_label_is_a_title(title: str) -> None:
    text = f"1.\nDagsorden\nBeslutning\nGodkendt.\n2.\n{title}\nBeslutning\nUdsat.\n"
    assert found(text) == ["1|Dagsorden", f"2|{title}"]


def test_a_title_goes_on_over_a_blank_line_where_one_stands_below_each() -> None:
    text = "1. Drøftelse af puljer til\n\nfrivilligt arbejde\n\nBeslutning\n\nDrøftet.\n\n"
    assert found(text + items("2. Vejlys")) == [
        "1|Drøftelse af puljer til frivilligt arbejde",
        "2|Vejlys",
    ]
    text = "1. Drøftelse af puljer\n\nFormanden fortalte\n\nBeslutning\n\nDrøftet.\n\n"
    assert found(text + items("2. Vejlys")) == ["1|Drøftelse af puljer", "2|Vejlys"]


def test_items_may_be_lettered() -> None:
    text = (
        items("A. Dagsorden", "B. Model for skoler") + "A. Bevares\nB. Lukkes\n\n" + items("C. Vej")
    )
    assert found(text) == ["A|Dagsorden", "B|Model for skoler", "C|Vej"]


def test_a_journal_number_is_no_item() -> None:
    text = "1. Vej\nSag 00.16.00-G01-3-24\nBeslutning\nUdsat.\n2. Sti\nBeslutning\nUdsat.\n"
    assert found(text) == ["1|Vej", "2|Sti"]


def test_a_case_number_may_stand_above_every_heading() -> None:
    text = "".join(f"Sagsnr. 20/{n}01\n{n}. Vej {n}\n\nBeslutning\nUdsat.\n\n" for n in (1, 2, 3))
    assert [heading.case_number for heading in headings(text)] == ["20/101", "20/201", "20/301"]
    assert [heading.first for heading in headings(text)] == [0, 6, 12]


def test_a_word_alone_above_a_number_belongs_to_its_heading() -> None:
    text = "".join(f"Punkt\n{n}\nVej {n}\nBeslutning\nUdsat.\n\n" for n in (1, 2, 3))
    assert [heading.first for heading in headings(text)] == [0, 6, 12]


def test_a_title_whose_case_number_is_told_does_not_go_on() -> None:
    text = "1. Vej   J.nr. 17/101\nBehandlet i TMU\nBeslutning\nUdsat.\n" + items("2. Sti")
    assert found(text) == ["1|Vej", "2|Sti"]


def test_what_stands_behind_a_case_number_may_close_an_item() -> None:
    text = "Sag nr. 1, j.nr. 81.01.00A00: Lukket sag - Løn\n\nBeslutning\nUdsat.\n"
    assert [heading.closed for heading in headings(text)] == [True]


def test_items_may_take_a_line_each() -> None:
    text = (
        "1. Valg: Bo blev valgt.\n2. Kassen: Der er 100 kr.\n3. Sti\nVi venter.\n4. Fest: Udsat.\n"
    )
    assert found(text) == ["1|Valg", "2|Kassen", "3|Sti", "4|Fest"]
    assert [heading.told for heading in headings(text)] == [9, 11, None, 9]


def test_items_may_take_a_row_each() -> None:
    text = "| Nr. | Punkt | Referat |\n|---|---|---|\n"
    text += "".join(f"| {n} | Vej {n} (sag 20/10{n}) | Udsat. |\n" for n in (1, 2, 3))
    assert found(text) == ["1|Vej 1", "2|Vej 2", "3|Vej 3"]
    assert headings(text)[0].case_number == "20/101"


def test_titles_without_numbers_may_be_told_by_their_case_numbers() -> None:
    text = "Byrådet\n\nGodkendelse af dagsorden\n\nBeslutning\nGodkendt.\n\n"
    text += "".join(f"Vej {n}\nSagsnr. 20/1010\n\nBeslutning\nUdsat.\n\n" for n in "AB")
    assert found(text) == ["1|Godkendelse af dagsorden", "2|Vej A", "3|Vej B"]


def test_elements_of_a_list_are_no_items_beside_the_label_of_a_decision() -> None:
    text = "Budget\n\n1. Skat: Den falder.\n2. Gæld: Den falder.\n3. Drift: Den stiger.\n\n"
    assert found(f"{text}Beslutning\nGodkendt.\n") == []


def test_rows_of_a_table_of_tasks_are_no_items() -> None:
    text = "| Nr. | Opgave | Hvem |\n|---|---|---|\n"
    assert found(text + "".join(f"| {n} | Ringe | Bo |\n" for n in (1, 2, 3))) == []


def test_an_item_may_be_about_a_body() -> None:
    text = "## Byrådet 3. maj 2021\n\n"
    text += "".join(
        f"## {title}\n\n**Beslutning**\n\nValgt.\n\n"
        for title in ("Økonomiudvalget", "Ældrerådet", "Vej")
    )
    assert found(text) == ["1|Økonomiudvalget", "2|Ældrerådet", "3|Vej"]


def test_a_case_in_a_list_or_below_a_label_is_no_title() -> None:
    title = "Vej A\nSagsnr. 20/1010\n\nSagsfremstilling\nSager:\nVej C\n20/1011\n\n"
    title += "Lovgrundlag\n\nVejloven\nSagsnr. 20/1012\n\nBeslutning\nUdsat.\n\n"
    text = f"Byrådet\n\n{title}{title.replace('A', 'B')}"
    assert found(text) == ["1|Vej A", "2|Vej B"]


def test_case_numbers_tell_no_titles_where_an_item_has_none() -> None:
    text = "Byrådet\n\nGodkendelse af dagsorden\n\nBeslutning\nGodkendt.\n\n"
    text += "Vej A\nSagsnr. 20/1010\n\nBeslutning\nUdsat.\n\nVej B\n\nBeslutning\nUdsat.\n\n"
    assert found(text) == []


def test_a_case_number_at_the_end_of_every_item_is_not_that_of_the_next() -> None:
    text = "J.nr. 20/100\n"
    text += "".join(f"{n}. Vej {n}\nBeslutning\nUdsat.\nSagsnr. 20/{n}01\n\n" for n in (1, 2, 3))
    assert [heading.case_number for heading in headings(text)] == [None, None, None]


def test_an_empty_cell_is_no_part_of_a_title() -> None:
    text = "| Nr. | Punkt | Referat |\n|---|---|---|\n| 1 | Vej | Udsat. |\n"
    text += "| 2 | Lukket: Sti | |\n| 3 | Bro | Udsat. |\n"
    assert found(text) == ["1|Vej", "2|Lukket: Sti", "3|Bro"]
