"""What is said: in the words of the minutes, shortest answer first, and never too long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Filters
from indexer.units import Kind, split_units
from qa_engine.confidence import Signals, confidence
from qa_engine.evidence import Candidate, Features, Piece
from qa_engine.formal import recommendation_pieces
from qa_engine.matching import Rarity
from qa_engine.model import Asked, Hit, Query
from qa_engine.writing import Draft, needs_evidence, write

HitsOf = Callable[[str], list[Hit]]

RARITY = Rarity({}, 10)
FEATURES = Features(0.9, 0.8, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 3.0)
LENGTH_CAP = 1000
NORDBY = """# REFERAT Teknikudvalget d. 14-03-2023

# Punkt 7: Cykelsti ved skolen

20/9270

## Sagsfremstilling

Stien er 2,1 km lang. Prisen er 4,5 mio. kr. Skolen har 412 elever. Ældrerådet er hørt om broen.

## Indstilling

Forvaltningen indstiller, at der bygges en bred sti.

## Beslutning Teknikudvalget den 14-03-2023

Udvalget sendte sagen tilbage, fordi prisen på stien er for høj i forhold til budgettet.

Fraværende: Bo Kjær (V)

# Punkt 8: Lukket: Salg af grund ved havnen
"""


def query(asked: Asked = Asked.ANYTHING, **changes: object) -> Query:
    return replace(Query("spørgsmål", ("sti",), asked, Filters()), **changes)


def candidates_of(hit: Hit, *scores: float) -> list[Candidate]:
    """Give an item's sentences as candidates with these scores."""
    text = hit.item.text
    section = hit.item.sections[0]
    sentences = [
        unit for unit in split_units(text, section.start, section.end) if unit.kind is Kind.SENTENCE
    ]
    return [
        Candidate(
            (Piece(hit, unit.start, unit.end, text[unit.start : unit.end]),),
            section.role,
            FEATURES,
            score,
        )
        for unit, score in zip(sentences, scores, strict=False)
    ]


def said(draft: Draft | None) -> str:
    assert draft is not None
    return " ".join(piece.text for piece in draft.pieces)


def test_without_items_or_evidence_there_is_nothing_to_say(hits_of: HitsOf) -> None:
    assert write(query(), [], [], RARITY) is None
    assert write(query(), hits_of(NORDBY)[:1], [], RARITY) is None


def test_the_best_candidate_answers_alone_where_no_other_has_a_chance(hits_of: HitsOf) -> None:
    (hit, _) = hits_of(NORDBY)
    draft = write(query(), [hit], candidates_of(hit, 9.0, 6.5, 6.0), RARITY)
    assert said(draft) == "Stien er 2,1 km lang."


def test_what_may_be_the_answer_is_said_too_but_no_more_than_four(hits_of: HitsOf) -> None:
    (hit, _) = hits_of(NORDBY)
    scored = candidates_of(hit, 9.0, 8.9, 8.8, 8.7)
    best = " ".join(candidate.text for candidate in scored)
    assert said(write(query(), [hit], scored, RARITY)) == best
    text = hit.item.text
    start = text.index("Forvaltningen indstiller")
    fifth = Piece(hit, start, start + 46, text[start : start + 46])
    more = [*scored, replace(scored[0], pieces=(fifth,), score=8.6)]
    assert said(write(query(), [hit], more, RARITY)) == best


def test_what_is_long_must_be_nearer_to_be_said(hits_of: HitsOf) -> None:
    (hit, _) = hits_of(NORDBY)
    best, second = candidates_of(hit, 9.0, 8.0)
    assert said(write(query(), [hit], [best, second], RARITY)).endswith("4,5 mio. kr.")
    long = replace(second, pieces=(replace(second.pieces[0], text="Prisen " + "og mere " * 55),))
    assert said(write(query(), [hit], [best, long], RARITY)) == "Stien er 2,1 km lang."
    near = [best, replace(long, score=8.9)]
    assert said(write(query(), [hit], near, RARITY)).endswith("og mere ")


def test_who_asks_for_a_list_is_told_it_whatever_its_length(hits_of: HitsOf) -> None:
    (hit, _) = hits_of(NORDBY)
    best, second = candidates_of(hit, 9.0, 8.0)
    long = replace(
        second,
        pieces=(replace(second.pieces[0], text="• vej " + "• sti " * 100),),
        features=replace(FEATURES, shape=1.0),
    )
    assert said(write(query(), [hit], [best, long], RARITY)) == "Stien er 2,1 km lang."
    assert "• vej" in said(write(query(Asked.LIST), [hit], [best, long], RARITY))


def test_an_element_is_told_with_its_list_unless_something_exact_is_asked_for(
    hits_of: HitsOf,
) -> None:
    (hit, _) = hits_of(NORDBY)
    first, second = candidates_of(hit, 9.0, 1.0)
    whole = replace(
        first,
        pieces=(*first.pieces, *second.pieces),
        features=replace(FEATURES, shape=-0.5),
        score=2.0,
    )
    found = [first, whole, second]
    assert said(write(query(), [hit], found, RARITY)) == whole.text
    assert said(write(query(Asked.NUMBER), [hit], found, RARITY)) == first.text
    long = replace(whole, pieces=(*first.pieces, replace(second.pieces[0], text="sti " * 200)))
    assert said(write(query(), [hit], [first, long, second], RARITY)) == first.text


def test_a_decision_that_may_be_meant_is_told_after_the_sentence(hits_of: HitsOf) -> None:
    (hit, _) = hits_of(NORDBY)
    found = candidates_of(hit, 9.0)
    told = said(write(query(leaning=Asked.DECISION), [hit], found, RARITY))
    assert told.startswith("Stien er 2,1 km lang. Teknikudvalget (14. marts 2023): Udvalget sendte")
    told = said(write(query(leaning=Asked.RECOMMENDATION), [hit], found, RARITY))
    assert told == "Stien er 2,1 km lang. Forvaltningen indstiller, at der bygges en bred sti."


def test_what_was_told_as_a_sentence_is_not_told_again_as_a_proposal(hits_of: HitsOf) -> None:
    (hit, _) = hits_of(NORDBY)
    (proposal,) = recommendation_pieces(hit)
    found = [replace(candidates_of(hit, 9.0)[0], pieces=(proposal,))]
    told = said(write(query(leaning=Asked.RECOMMENDATION), [hit], found, RARITY))
    assert told == proposal.text


def test_the_same_is_not_said_twice(hits_of: HitsOf) -> None:
    (hit, _) = hits_of(NORDBY)
    best = candidates_of(hit, 9.0)[0]
    draft = write(query(), [hit], [best, replace(best, score=8.9)], RARITY)
    assert said(draft) == "Stien er 2,1 km lang."


def test_nothing_is_added_from_another_item(hits_of: HitsOf) -> None:
    (hit, _) = hits_of(NORDBY)
    other = hits_of(NORDBY.replace("Punkt 7", "Punkt 6").replace("2,1 km", "9,9 km"))[0]
    found = [*candidates_of(hit, 9.0), *candidates_of(other, 8.9)]
    assert said(write(query(), [hit, other], found, RARITY)) == "Stien er 2,1 km lang."


@given(lengths=st.lists(st.integers(1, 2000), min_size=1, max_size=12))
def test_an_answer_is_never_longer_than_the_cap_unless_one_piece_is(
    hits_of: HitsOf, lengths: list[int]
) -> None:
    hit = hits_of(NORDBY)[0]
    pieces = tuple(Piece(hit, i, i + 1, "x" * length) for i, length in enumerate(lengths))
    best = Candidate(pieces, hit.item.sections[0].role, FEATURES, 9.0)
    draft = write(query(), [hit], [best], RARITY)
    assert draft is not None
    assert draft.pieces == pieces[: len(draft.pieces)]
    told = sum(len(piece.text) for piece in draft.pieces)
    assert told <= LENGTH_CAP or len(draft.pieces) == 1


@pytest.mark.parametrize(
    ("asked", "beginning"),
    [
        (Asked.DECISION, "Teknikudvalget (14. marts 2023): Udvalget sendte sagen tilbage"),
        (Asked.RECOMMENDATION, "Forvaltningen indstiller, at der bygges en bred sti."),
        (Asked.ABSENCE, "Bo Kjær (V)."),
        (Asked.NUMBER, "Stien er 2,1 km lang."),
    ],
)
def test_what_the_structure_tells_goes_before_what_looks_alike(
    hits_of: HitsOf, asked: Asked, beginning: str
) -> None:
    hit = hits_of(NORDBY)[0]
    assert said(write(query(asked), [hit], candidates_of(hit, 9.0), RARITY)).startswith(beginning)


@pytest.mark.parametrize(
    ("asked", "needed"),
    [(Asked.AMOUNT, True), (Asked.ANYTHING, True), (Asked.DECISION, False), (Asked.TOPIC, True),
     (Asked.PARTICIPANTS, False), (Asked.ABSENCE, False)],
)  # fmt: skip
def test_sentences_are_needed_where_the_structure_does_not_answer(
    hits_of: HitsOf, asked: Asked, needed: bool
) -> None:
    (open_item, closed) = hits_of(NORDBY)
    assert needs_evidence(query(asked), [open_item, closed]) is needed
    assert not needs_evidence(query(asked), [closed, open_item])
    assert not needs_evidence(query(asked), [])


@pytest.mark.parametrize("asked", [Asked.AMOUNT, Asked.DECISION, Asked.PERSON, Asked.ANYTHING])
def test_a_closed_item_is_named_as_closed_whatever_is_asked(hits_of: HitsOf, asked: Asked) -> None:
    (open_item, closed) = hits_of(NORDBY)
    draft = write(query(asked), [closed, open_item], candidates_of(open_item, 9.0), RARITY)
    assert said(draft).startswith("Punktet var lukket: »Lukket: Salg af grund ved havnen«.")


def test_a_closed_item_does_not_tell_what_is_going_to_be_closed(hits_of: HitsOf) -> None:
    (open_item, closed) = hits_of(NORDBY)
    found = candidates_of(open_item, 9.0)
    asking = query(terms=("luk", "skol"))
    assert said(write(asking, [closed, open_item], found, RARITY)) == "Stien er 2,1 km lang."
    meant = query(terms=("luk", "salg"))
    assert said(write(meant, [closed, open_item], found, RARITY)).startswith("Punktet var lukket")


def test_what_a_meeting_decided_is_told_where_no_subject_is_named(hits_of: HitsOf) -> None:
    hit = hits_of(NORDBY)[0]
    of_day = Filters(since=dt.date(2023, 3, 14), until=dt.date(2023, 3, 14))
    asking = query(Asked.DECISION, terms=("14.marts", "2023"), filters=of_day)
    told = write(asking, [hit], [], RARITY)
    assert said(told).startswith("• Punkt 7, Cykelsti ved skolen: Udvalget sendte sagen tilbage")
    assert told is not None
    assert told.signals.named == 1.0
    subject = write(replace(asking, terms=("4-partsplan",)), [hit], [], RARITY)
    assert said(subject).startswith("Teknikudvalget (14. marts 2023): Udvalget sendte")


def test_a_long_agenda_is_told_to_its_end(hits_of: HitsOf) -> None:
    items = "".join(
        f"# Punkt {n}: {'Sti ' * 20}nummer {n}\n\nTekst om {n}.\n\n" for n in range(10, 40)
    )
    hit = hits_of("# REFERAT Teknikudvalget d. 14-03-2023\n\n" + items)[0]
    told = write(query(Asked.AGENDA, terms=("dagsord",)), [hit], [], RARITY)
    assert said(told).count("• Punkt ") == 30


def test_an_agenda_with_a_subject_is_no_agenda_and_no_attachment_is_guessed(
    hits_of: HitsOf,
) -> None:
    hit = hits_of(NORDBY)[0]
    found = candidates_of(hit, 9.0)
    assert said(write(query(Asked.AGENDA), [hit], found, RARITY)) == "Stien er 2,1 km lang."
    assert write(query(Asked.ATTACHMENTS), [hit], found, RARITY) is None


@pytest.mark.parametrize("asked", [Asked.ABSENCE, Asked.PARTICIPANTS, Asked.MEETING])
def test_a_meeting_that_is_named_by_what_it_does_not_know_is_another(
    hits_of: HitsOf, asked: Asked
) -> None:
    head = "# REFERAT Teknikudvalget d. 14-03-2023\n\n**Mødedeltagere** Anna Holm (A)\n\n"
    hit = hits_of(head + NORDBY.partition("\n\n")[2])[0]
    told = write(query(asked, names=("teknikudvalg",)), [hit], [], RARITY)
    assert told is not None
    assert write(query(asked, names=("fjordby",)), [hit], [], RARITY) is None


def test_who_asks_by_case_number_is_told_which_case_it_is(hits_of: HitsOf) -> None:
    hit = hits_of(NORDBY)[0]
    asking = query(filters=Filters(case_number="20/9270"))
    draft = write(asking, [hit], candidates_of(hit, 9.0), RARITY)
    assert said(draft) == "Cykelsti ved skolen. Stien er 2,1 km lang."


def test_who_asks_what_an_item_is_about_is_told_its_title_once(hits_of: HitsOf) -> None:
    hit = hits_of(NORDBY)[0]
    asking = query(filters=Filters(item_numbers=(hit.item.number,)), terms=())
    told = said(write(asking, [hit], [], RARITY))
    assert told.startswith("Cykelsti ved skolen. Teknikudvalget (14. marts 2023):")


def test_a_topic_that_is_a_title_is_told_by_title_and_decision(hits_of: HitsOf) -> None:
    hit = hits_of(NORDBY)[0]
    asking = query(Asked.TOPIC, terms=("cykelsti", "skol"))
    text = said(write(asking, [hit], candidates_of(hit, 9.0), RARITY))
    assert text.startswith("Cykelsti ved skolen. Teknikudvalget (14. marts 2023):")
    assert not needs_evidence(asking, [hit])


def test_a_word_that_is_used_but_not_explained_is_less_sure(hits_of: HitsOf) -> None:
    hit = hits_of(NORDBY)[0]
    (explained,) = candidates_of(hit, 9.0)
    used = replace(explained, features=replace(FEATURES, kind=0.5))
    asking = query(Asked.MEANING, terms=("sti",))
    drafts = [write(asking, [hit], [found], RARITY) for found in (explained, used)]
    assert [draft and draft.signals.named for draft in drafts] == [1.0, 0.0]


def test_a_topic_that_is_no_title_is_told_by_the_sentence_that_names_it(hits_of: HitsOf) -> None:
    hit = hits_of(NORDBY)[0]
    draft = write(query(Asked.TOPIC, terms=("km",)), [hit], candidates_of(hit, 9.0), RARITY)
    assert said(draft) == "Stien er 2,1 km lang."
    assert draft is not None
    assert draft.signals.named == 1.0
    astray = write(query(Asked.TOPIC, terms=("giraf",)), [hit], candidates_of(hit, 9.0), RARITY)
    assert astray is not None
    assert astray.signals.named == 0.0


def signals(hit: Hit, asking: Query) -> Signals:
    draft = write(asking, [hit], candidates_of(hit, 9.0), RARITY)
    assert draft is not None
    return draft.signals


def test_a_decision_on_words_that_the_item_has_not_is_less_sure(hits_of: HitsOf) -> None:
    hit = hits_of(NORDBY)[0]
    known = signals(hit, query(Asked.DECISION, terms=("sti", "pris")))
    partly = signals(hit, query(Asked.DECISION, terms=("sti", "giraf")))
    assert known.words == 1.0 > partly.words
    assert confidence(known) > confidence(partly)
    assert signals(hit, query(terms=("sti",))).words == 0.0  # the reader knows more


def test_a_name_that_the_item_has_not_is_noticed(hits_of: HitsOf) -> None:
    hit = hits_of(NORDBY)[0]
    assert signals(hit, query(names=("aeldreraad",))).missing == 0.0
    assert signals(hit, query(names=("aeldreraad", "giraf"))).missing == 1.0


def test_the_reader_tells_of_the_sentence_that_is_told(hits_of: HitsOf) -> None:
    hit = hits_of(NORDBY)[0]
    first, second = candidates_of(hit, 9.0, 8.0)
    second = replace(second, features=replace(FEATURES, read=6.0))
    draft = write(query(), [hit], [first, second], RARITY)
    assert draft is not None
    assert draft.signals.read == FEATURES.read


def test_drafts_hold_only_pieces_of_the_given_items(hits_of: HitsOf) -> None:
    hits: Sequence[Hit] = hits_of(NORDBY)
    draft = write(query(Asked.DECISION), hits, candidates_of(hits[0], 9.0), RARITY)
    assert draft is not None
    assert {piece.hit.key for piece in draft.pieces} <= {hit.key for hit in hits}


def test_absence_at_a_meeting_that_is_not_there_is_not_told(hits_of: HitsOf) -> None:
    hits = hits_of(NORDBY)
    march = (dt.date(2023, 3, 1), dt.date(2023, 3, 31))
    april = (dt.date(2023, 4, 1), dt.date(2023, 4, 30))
    assert write(query(Asked.ABSENCE, period=march), hits, [], RARITY) is not None
    assert write(query(Asked.ABSENCE, period=april), hits, [], RARITY) is None
