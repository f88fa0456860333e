"""One case across meetings: every way that corpus/SOURCES.md tells of, and some small ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.model import Minutes, Outcome, Side
from qa_engine.cases import Case, item_steps
from qa_engine.engine import Engine

# The cases that travel, as corpus/SOURCES.md lists them: who dealt with them, and on which day.
TMU, OEU, BYRAAD = "Teknik- og Miljøudvalget", "Økonomiudvalget", "Byrådet"
BSU, KB, AESU = "Børne- og Skoleudvalget", "Kommunalbestyrelsen", "Ældre- og Sundhedsudvalget"
WAYS = {
    "22/10433": [
        (TMU, "2023-03-14"),
        (OEU, "2023-03-21"),
        (BYRAAD, "2023-03-28"),
        (TMU, "2024-06-11"),
        (OEU, "2024-06-18"),
        (BYRAAD, "2024-06-25"),
    ],
    "17.01.00-A00-3-23": [
        (OEU, "2023-09-04"),
        (KB, "2023-09-26"),
        (BSU, "2024-01-31"),
        (OEU, "2024-02-12"),
        (KB, "2024-02-27"),
    ],
    "EMN-2022-004817": [(TMU, "2023-09-12"), (OEU, "2023-09-19"), (KB, "2023-09-26")],
    "23/01877": [
        (OEU, "2023-03-21"),
        (BYRAAD, "2023-03-28"),
        (OEU, "2024-06-18"),
        (BYRAAD, "2024-06-25"),
    ],
    "23/01120": [(OEU, "2023-03-21"), (BYRAAD, "2023-03-28")],
    "22/11805": [(AESU, "2024-05-07"), (OEU, "2024-06-18"), (BYRAAD, "2024-06-25")],
    "24/01266": [(AESU, "2024-05-07"), (BYRAAD, "2024-06-25")],
    "04.04.00-Ø54-2-23": [(OEU, "2024-02-12"), (KB, "2024-02-27")],
    "13.03.01-Ø60-1-24": [(OEU, "2024-02-12"), (KB, "2024-02-27")],
    "EMN-2022-006103": [(TMU, "2023-09-12"), (OEU, "2023-09-19"), (KB, "2023-09-26")],
    "EMN-2021-007755": [(AESU, "2022-05-10"), (KB, "2023-09-26")],
}


def only(cases: list[Case]) -> Case:
    (case,) = cases
    return case


@pytest.mark.parametrize("number", WAYS)
def test_a_travelling_case_is_told_with_every_step(corpus: Engine, number: str) -> None:
    steps = only(corpus.case(number)).steps
    told = [(step.body, step.date.isoformat() if step.date else "") for step in steps]
    assert told == WAYS[number]


def test_the_steps_tell_who_recommended_and_who_decided(corpus: Engine) -> None:
    case = only(corpus.case("EMN-2022-004817"))
    outcomes = [step.outcome for step in case.steps]
    assert outcomes == [Outcome.RECOMMENDED, Outcome.RECOMMENDED, Outcome.APPROVED]
    assert case.final
    assert all(step.own for step in case.steps)
    assert {vote.side for vote in case.steps[-1].votes} == set(Side)


def test_a_decision_that_only_another_body_quotes_is_a_step(corpus: Engine) -> None:
    steps = only(corpus.case("22/10433")).steps
    assert [step.own for step in steps] == [True, True, True, False, False, True]
    assert steps[3].proposed == ()
    assert steps[3].decided[0].quote == "Anbefales."


def test_the_amount_is_the_one_decided_on(corpus: Engine) -> None:
    steps = only(corpus.case("22/10433")).steps
    amounts = ["14,6 mio. kr.", "13,5 mio. kr.", "13,5 mio. kr.", None, None, "850.000 kr."]
    assert [step.amount for step in steps] == amounts
    assert [step.settles_amount for step in steps] == [amount is not None for amount in amounts]
    (zone,) = only(corpus.case("EMN-2022-004817")).steps[-1:]
    assert (zone.amount, zone.settles_amount) == ("4,4 mio. kr.", False)  # said of the green fund


def test_what_changed_is_what_the_proposal_before_did_not_say(corpus: Engine) -> None:
    steps = only(corpus.case("22/10433")).steps
    assert steps[0].changed == ()
    assert "at der gives en anlægsbevilling på 13,5 mio. kr. i 2023 og 2024" in steps[2].changed
    assert "at der lægges tomrør ved de to krydsninger" in steps[2].changed
    same = only(corpus.case("EMN-2022-004817")).steps
    assert [step.changed for step in same] == [(), (), ()]


def test_of_a_corrected_referat_only_the_correction_counts(corpus: Engine) -> None:
    sources = [step.minutes.source for step in only(corpus.case("EMN-2021-007755")).steps]
    assert sources[0] == "noerrevang-aeldre-og-sundhed-2022-05-10-rettet.md"
    assert len(sources) == 2


def test_a_number_that_nobody_uses_has_no_case(corpus: Engine) -> None:
    assert corpus.case("99/99999") == []


def test_a_case_that_was_passed_on_is_not_at_its_end(corpus: Engine) -> None:
    assert not only(corpus.case("24/01809")).final  # "Anbefales.", and no council since


def test_an_item_without_a_decision_is_a_step_without_an_outcome(
    parsed: Callable[[str], Minutes],
) -> None:
    minutes = parsed(
        "# Referat\n\nPunkt 1: Cykelsti\n\nIndstilling\n\nDet indstilles, at der bygges.\n"
    )
    (step,) = item_steps(minutes, minutes.items[0])
    assert step.outcome is Outcome.NONE
    assert step.decided == ()
    assert step.proposed
