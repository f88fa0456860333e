from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.model import AgendaItem, Minutes, Outcome, Role

Parsed = Callable[[str], Minutes]
Item = Callable[[str], AgendaItem]

HEAD = "REFERAT Teknikudvalget d. 14-03-2023\n\n"


@pytest.fixture
def item(parsed: Parsed) -> Item:
    """Parse what stands below the heading of an item."""
    return lambda body: parsed(f"{HEAD}Punkt 7: Sti ved skolen\n\n{body}").items[0]


def parts(item: AgendaItem) -> list[tuple[Role, str, str]]:
    return [(s.role, s.heading, item.text[s.start : s.end].strip()) for s in item.sections]


def test_an_item_is_cut_at_its_labels(item: Item) -> None:
    read = item("20/1234\n\nResumé\n\nKort.\n\nBESLUTNING:\nGodkendt.\n\nBilag\n\nKort\nBrev\n")
    assert read.case_number == "20/1234"
    assert parts(read) == [
        (Role.SUMMARY, "Resumé", "Kort."),
        (Role.DECISION, "BESLUTNING", "Godkendt."),
        (Role.ATTACHMENTS, "Bilag", "Kort\nBrev"),
    ]
    assert read.attachments == ("Kort", "Brev")


def test_text_above_the_first_label_is_kept(item: Item) -> None:
    read = item("Formanden fremlagde et udkast.\n\nBeslutning: Godkendt.\n")
    assert parts(read) == [
        (Role.OTHER, "", "Formanden fremlagde et udkast."),
        (Role.DECISION, "Beslutning", "Godkendt."),
    ]


def test_sections_are_in_order_and_do_not_overlap(item: Item) -> None:
    read = item("Resumé\nA\nBeslutning\nUdsat.\nAfbud: Bo Lind\nResumé\nB\n")
    ends = [0, *(section.end for section in read.sections)]
    assert all(end <= s.start <= s.end for end, s in zip(ends, read.sections, strict=False))


def test_order_is_free(item: Item) -> None:
    roles = [s.role for s in item("Beslutning\nGodkendt.\n\nSagsfremstilling\nTekst.\n").sections]
    assert roles == [Role.DECISION, Role.BACKGROUND]


def test_the_opening_of_a_proposal_is_text_below_its_label(item: Item) -> None:
    read = item("Indstilling\n\nForvaltningen indstiller, at:\n\n- stien anlægges\n")
    assert parts(read) == [
        (Role.RECOMMENDATION, "Indstilling", "Forvaltningen indstiller, at:\n\n- stien anlægges")
    ]


def test_the_opening_of_a_proposal_alone_is_label_and_text(item: Item) -> None:
    read = item("Forvaltningen indstiller, at:\n\n- stien anlægges\n")
    assert parts(read) == [
        (
            Role.RECOMMENDATION,
            "Forvaltningen indstiller, at",
            "Forvaltningen indstiller, at:\n\n- stien anlægges",
        )
    ]


def test_an_unknown_heading_is_reported_and_stays_in_its_part(parsed: Parsed) -> None:
    text = f"{HEAD}# Punkt 7: Sti\n\n## Sagsfremstilling\n\nA\n\n### Målgrupper\n\nB\n"
    minutes = parsed(text)
    assert minutes.unknown_headings == ("7: Målgrupper",)
    assert parts(minutes.items[0]) == [
        (Role.BACKGROUND, "Sagsfremstilling", "A\n\n### Målgrupper\n\nB")
    ]


def test_an_unknown_heading_ends_a_decision(parsed: Parsed) -> None:
    text = f"{HEAD}# Punkt 7: Sti\n\n## Beslutning\n\nGodkendt.\n\n## Klage\n\nKlag inden maj.\n"
    (read,) = parsed(text).items
    assert parts(read)[1] == (Role.OTHER, "Klage", "Klag inden maj.")
    assert read.text[read.decisions[0].start : read.decisions[0].end] == "Godkendt."


def test_an_unknown_heading_in_capitals_is_reported(parsed: Parsed) -> None:
    text = (
        f"{HEAD}Punkt 7: Sti\n\nRESUME\n\nA\n\nVVM OG NATURA 2000\n\nB\n\nBESLUTNING\n\nGODKENDT\n"
    )
    assert parsed(text).unknown_headings == ("7: VVM OG NATURA 2000",)
    assert parsed(text).items[0].decisions[0].outcome is Outcome.APPROVED


def test_a_label_that_repeats_the_title_over_two_lines_is_one_label(parsed: Parsed) -> None:
    text = (
        f"{HEAD}Punkt 7: Fælles visitation i Holmkær og nabokommunerne\n\n"
        "Beslutning for Punkt 7: Fælles visitation i Holmkær\nog nabokommunerne\nAnbefales.\n"
    )
    (read,) = parsed(text).items
    assert parts(read) == [(Role.DECISION, "Beslutning for Punkt 7", "Anbefales.")]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Dagsordenen blev godkendt.", ["Dagsordenen blev godkendt."]),
        ("Rute 12.\nSagen genoptages i juni.", ["Rute 12.", "Sagen genoptages i juni."]),
        ("Et bud.\n\nTil efterretning.", ["Et bud.", "Til efterretning."]),
    ],
)
def test_without_labels_the_decision_is_told_at_the_end(
    parsed: Parsed, body: str, told: list[str]
) -> None:
    (read,) = parsed(f"{HEAD}# Punkt 7: Sti\n\n{body}\n").items
    roles = [Role.OTHER, Role.DECISION][-len(told) :]
    assert parts(read) == [(role, "", text) for role, text in zip(roles, told, strict=True)]
    assert read.text[read.decisions[0].start : read.decisions[0].end] == told[-1]


@pytest.mark.parametrize(
    "body",
    [
        "Udsat fra sidste møde.\n\nHavnen er 40 år gammel.",
        "Havnen er gammel. Sagen er ikke behandlet.",
        "## Sagsfremstilling\n\nGodkendt af ministeriet i maj.",
    ],
)
def test_what_stands_elsewhere_is_no_decision(parsed: Parsed, body: str) -> None:
    (read,) = parsed(f"{HEAD}# Punkt 7: Sti\n\n{body}\n").items
    assert read.decisions == ()


def test_a_body_may_have_resolved_instead_of_decided(item: Item) -> None:
    """What is above a decision that rejects a proposal does not make it an approval."""
    read = item("Forslaget koster 2 mio. kr.\n\nVedtaget:\nForslaget blev forkastet.\n")
    assert [d.outcome for d in read.decisions] == [Outcome.REJECTED]
    assert parts(read)[1] == (Role.DECISION, "Vedtaget", "Forslaget blev forkastet.")


@pytest.mark.parametrize("decision", ["Vedtaget:\n- at stien bygges", "Vedtaget"])
def test_below_the_label_of_a_decision_the_same_word_is_the_decision(
    item: Item, decision: str
) -> None:
    read = item(f"Beslutning\n{decision}\n")
    assert [d.outcome for d in read.decisions] == [Outcome.APPROVED]


@pytest.mark.parametrize(
    "line",
    ["Mødt ind for Kim Bo: Ulla Rose", "Stedfortræder: Ulla Rose", "I stedet mødte Ulla Rose"],
)
def test_who_came_for_someone_is_no_part_of_the_decision(item: Item, line: str) -> None:
    read = item(f"Beslutning\nGodkendt.\n\nAfbud: Kim Bo\n{line}\n")
    (decision,) = read.decisions
    assert read.text[decision.start : decision.end] == "Godkendt."
    assert read.absent == decision.absent == ("Kim Bo",)


def test_the_end_of_the_minutes_is_no_decision(item: Item) -> None:
    read = item("Beslutning\nDer var ingen spørgsmål.\n\nReferatet godkendt den 30. januar 2014\n")
    assert [d.outcome for d in read.decisions] == [Outcome.NONE]


def test_a_list_that_ends_in_the_word_for_going_on_is_kept(item: Item) -> None:
    read = item("Punkt 7 - fortsat\n\nBeslutning\n1. Godkendt.\n2. Ordningen fortsat.\n")
    assert parts(read) == [(Role.DECISION, "Beslutning", "1. Godkendt.\n2. Ordningen fortsat.")]


def test_labels_may_be_counted_from_the_top_of_an_item(item: Item) -> None:
    read = item("1. Resume\nKort.\n\n2. Økonomi\n1. Drift\n\n3. Beslutning\nUdsat.\n")
    assert [s.heading for s in read.sections] == ["Resume", "Økonomi", "Beslutning"]
    read = item("Sagsfremstilling\n1. Økonomi\nDyrt.\n2. Tidsplan\nSnart.\n")
    assert [s.heading for s in read.sections] == ["Sagsfremstilling"]


def test_votes_above_the_decision_belong_to_it(item: Item) -> None:
    read = item("Afstemning\nKim Holm (V) stemte imod.\n\nBeslutning\nGodkendt.\n")
    (decision,) = read.decisions
    assert read.text[decision.start : decision.end] == "Godkendt."
    assert [vote.person for vote in decision.votes] == ["Kim Holm"]


def test_a_committees_word_to_the_council_is_its_decision(item: Item) -> None:
    read = item("Indstilling\nAt stien anlægges.\n\nUdvalgets indstilling\nAnbefales.\n")
    assert [decision.outcome for decision in read.decisions] == [Outcome.RECOMMENDED]


def test_a_decision_may_begin_with_what_the_body_proposes(item: Item) -> None:
    read = item("Beslutning\nUdvalget indstiller,\n1. at stien anlægges.\n")
    assert [role for role, *_ in parts(read)] == [Role.DECISION]


def test_a_proposal_may_be_told_in_a_sentence(item: Item) -> None:
    read = item(
        "Stien mangler.\n\nForvaltningen indstiller, at den\nanlægges.\n\nBeslutning\nJa.\n"
    )
    assert [role for role, *_ in parts(read)] == [Role.OTHER, Role.RECOMMENDATION, Role.DECISION]


@pytest.mark.parametrize(
    "body",
    [
        "**Indstilling** At stien anlægges.\n\n**Beslutning** Udsat.\n",
        "- **Indstilling:** At stien anlægges.\n- **Beslutning:** Udsat.\n",
        "<b>Indstilling</b><br>At stien anlægges.\n<b>Beslutning</b><br>Udsat.\n",
        "| Indstilling | At stien anlægges. |\n| Beslutning: | Udsat. |\n",
        "Indstilling         At stien anlægges.\nBeslutning          Udsat.\n",
        "Indstilling\n-----------\nAt stien anlægges.\n\nBeslutning\n----------\nUdsat.\n\n---\n",
    ],
)
def test_a_label_may_stand_apart_on_the_line_of_its_part(item: Item, body: str) -> None:
    read = item(body)
    assert [role for role, *_ in parts(read)] == [Role.RECOMMENDATION, Role.DECISION]
    assert [decision.outcome for decision in read.decisions] == [Outcome.POSTPONED]
    (decision,) = read.decisions
    assert read.text[decision.start : decision.end] == "Udsat."


def test_a_bold_word_that_a_sentence_goes_on_from_is_no_label(item: Item) -> None:
    read = item("Sagsfremstilling\n**Økonomi** er ikke alt.\nØkonomi   2023   2024\n")
    assert [role for role, *_ in parts(read)] == [Role.BACKGROUND]


def test_a_committees_proposal_is_no_decision_of_the_council(parsed: Parsed) -> None:
    body = "Indstilling\nAt stien anlægges.\n\nUdvalgets indstilling\nAnbefales.\n"
    minutes = parsed(f"REFERAT Byrådet d. 14-03-2023\n\nPunkt 7: Sti\n\n{body}")
    assert minutes.items[0].decisions == ()


@pytest.mark.parametrize(
    "rows",
    [
        "Høring          Marts 2024\nBeslutning      Juni 2024\n",
        "| Høring | Uge 12 |\n| Beslutning | Byrådet, 12. juni 2024 |\n",
    ],
)
def test_the_rows_of_a_timetable_are_no_labels(item: Item, rows: str) -> None:
    read = item(f"Sagsfremstilling\n{rows}\nBeslutning\nGodkendt.\n")
    assert [role for role, *_ in parts(read)] == [Role.BACKGROUND, Role.DECISION]


@pytest.mark.parametrize("line", ["Det anbefales over for Byrådet, at", "Det indstilles"])
def test_a_decision_may_begin_with_what_is_proposed(item: Item, line: str) -> None:
    read = item(f"Beslutning\n{line}\n1. stien anlægges.\n")
    assert [role for role, *_ in parts(read)] == [Role.DECISION]
    assert [decision.outcome for decision in read.decisions] == [Outcome.RECOMMENDED]


def test_votes_below_the_absentees_belong_to_the_decision_above_them(item: Item) -> None:
    read = item(
        "Beslutning\nGodkendt.\n\nFraværende: Bo Sand (O)\n\nAfstemning\nImod: Kim Holm (V)\n"
    )
    (decision,) = read.decisions
    assert decision.absent == ("Bo Sand (O)",)
    assert [vote.person for vote in decision.votes] == ["Kim Holm"]


def test_a_rule_below_a_title_is_no_part_of_it(parsed: Parsed) -> None:
    minutes = parsed(f"{HEAD}Punkt 7: Sti ved skolen\n-------\nBeslutning\nGodkendt.\n")
    assert [item.title for item in minutes.items] == ["Sti ved skolen"]


def test_a_label_in_a_list_decides_where_nothing_else_does(item: Item) -> None:
    read = item("- Formanden fortalte.\n- Beslutning: Vi venter.\n")
    assert parts(read)[1:] == [(Role.DECISION, "Beslutning", "Vi venter.")]
    read = item("Plan:\n- Beslutning: ventes i maj\n\nBeslutning\nGodkendt.\n")
    assert [role for role, *_ in parts(read)] == [Role.OTHER, Role.DECISION]


def test_a_table_below_a_head_labels_nothing_where_other_labels_do(item: Item) -> None:
    table = "| Felt | Indhold |\n|---|---|\n| Økonomi | Holder. |\n"
    assert [role for role, *_ in parts(item(table))] == [Role.OTHER, Role.ECONOMY]
    read = item(f"Sagsfremstilling\n{table}\nBeslutning\nGodkendt.\n")
    assert [role for role, *_ in parts(read)] == [Role.BACKGROUND, Role.DECISION]


def test_a_label_in_a_column_stands_beside_a_proposal(item: Item) -> None:
    read = item("Indstilling    Direktøren indstiller, at\n               - vejen lukkes.\n")
    assert [(role, heading) for role, heading, _ in parts(read)] == [
        (Role.RECOMMENDATION, "Indstilling")
    ]


@pytest.mark.parametrize(
    ("row", "role"),
    [
        ("| Beslutning | Udsat. |", Role.DECISION),
        ("| Indstilling | At den males |", Role.RECOMMENDATION),
    ],
)
def test_a_table_that_alone_proposes_or_decides_holds_the_items_fields(
    item: Item, row: str, role: Role
) -> None:
    read = item(f"Bilag\nKort\n\n| Felt | Tekst |\n|---|---|\n| Økonomi | Holder. |\n{row}\n")
    assert [part for part, *_ in parts(read)] == [Role.ATTACHMENTS, Role.ECONOMY, role]


def test_a_step_of_a_plan_decides_nothing(item: Item) -> None:
    read = item("Sagsfremstilling\nPlan:\n- Høring: april\n- Beslutning: maj 2024\n")
    assert [role for role, *_ in parts(read)] == [Role.BACKGROUND]


def test_earlier_decisions_stay_with_what_is_told_of_the_cases_course(item: Item) -> None:
    read = item(
        "Tidligere behandlet\n\nBeslutning fra Byrådet, 3. maj 2021, pkt. 4: Udsat.\n\n"
        "Beslutning\nGodkendt.\n"
    )
    assert [role for role, *_ in parts(read)] == [Role.HISTORY, Role.DECISION]
    assert read.decisions[0].body == "Byrådet"
