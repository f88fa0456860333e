"""Questions from end to end, with the real model: over the corpus, and the whole score."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indexer.build import build
from indexer.embedding import BUNDLED, Embedder
from indexer.errors import EmptyQuestion, MissingIndex, QuestionTooLong, WrongModel
from indexer.model import Filters, Outcome, Role
from indexer.settings import Settings
from indexer.store.local import LocalStore
from qa_engine.confidence import THRESHOLD
from qa_engine.engine import LONGEST_QUESTION, Engine
from qa_engine.filtering import resolve_filters
from qa_engine.model import Answer
from qa_engine.refusing import NOT_TOLD
from qa_engine.understood import Guess

TECHNIQUE = "fjordby-teknik-og-miljoe-2023-03-14.md"

QUESTIONS = {
    "decision": "Hvad besluttede Teknik- og Miljøudvalget om 40 km/t-zonen i Fjordby midtby?",
    "proposal": "Hvad indstillede forvaltningen om faste teams i Fjordbys hjemmepleje?",
    "table": "Hvor mange ejendomme beskyttes ved et niveau på 2,80 m i Strandholt?",
    "list": "På hvilke veje i Fjordby midtby skal der være fysiske foranstaltninger?",
    "absence": "Hvem havde afbud til Børne- og Skoleudvalgets møde i Fjordby i september 2022?",
    "participants": "Hvem deltog i Teknik- og Miljøudvalgets møde i Fjordby den 14. marts 2023?",
    "closed": "Hvad handlede personalesagen i Fjordby om?",
    "refusal": "Hvor høj er Eiffeltårnet?",
    "comparison": "Hvor meget giver Hedelund og Nørrevang i tilskud til deres svømmehal?",
    "english": "How many properties were flooded in Strandholt harbour?",
    "case number": "Hvad blev besluttet i sag 21/08851?",
    "unknown case": "Hvad handler sag 99/99999 om?",
    "one word": "svømmehal",
}


@pytest.fixture(scope="module")
def ask(corpus: Engine) -> Callable[..., Answer]:
    """Ask each question once, and check what holds for every answer."""
    asked: dict[tuple[str, Filters], Answer] = {}

    def ask(name: str, filters: Filters = Filters()) -> Answer:  # noqa: B008 - a frozen value
        question = QUESTIONS.get(name, name)
        if (question, filters) not in asked:
            asked[question, filters] = corpus.ask(question, filters)
        return asked[question, filters]

    return ask


Ask = Callable[..., Answer]


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_answer_is_proved_and_every_hit_is_another_item(
    ask: Ask, corpus: Engine, name: str
) -> None:
    answer = ask(name)
    for citation in answer.citations:
        minutes = corpus.minutes(citation.source)
        assert minutes is not None
        texts = {item.number: item.text for item in minutes.items} | {"": minutes.preamble}
        assert citation.quote == texts[citation.item][citation.start : citation.end] != ""
    markers = [citation.marker for citation in answer.citations]
    assert markers == list(range(1, len(markers) + 1))
    used = [marker for sentence in answer.sentences for marker in sentence.markers]
    assert list(dict.fromkeys(used)) == markers
    if answer.answered:
        assert all(sentence.markers for sentence in answer.sentences)
    keys = [hit.key for hit in answer.hits]
    assert len(set(keys)) == len(keys)
    if len(answer.query.municipalities) < 2:
        scores = [hit.score for hit in answer.hits if not hit.standing.told]
        assert scores == sorted(scores, reverse=True)
        told = {(citation.source, citation.item) for citation in answer.citations}
        assert all(hit.key in told for hit in answer.hits if hit.standing.told)


@pytest.mark.parametrize(
    ("question", "openings"),
    [
        (
            "Hvad er overslagene for cykelstierne Lyngbro-Tingkær og Hvidsted-Enghuse?",
            ("Lyngbro-Tingkær: ", "Hvidsted-Enghuse: "),
        ),
        (
            "Hvad blev der besluttet om svømmehallen i Fjordby i 2023 og i 2024?",
            ("2023: ", "2024: "),
        ),
    ],
)
def test_two_places_or_years_are_told_of_each_by_its_own_item(
    ask: Ask, question: str, openings: tuple[str, str]
) -> None:
    answer = ask(question)
    for opening in openings:
        assert sum(sentence.text.startswith(opening) for sentence in answer.sentences) == 1
    told = {(citation.source, citation.item) for citation in answer.citations}
    assert {hit.key for hit in answer.hits[:2]} <= told


def test_two_places_of_one_item_are_not_set_apart(ask: Ask) -> None:
    answer = ask("Hvor langt ligger skolerne i Agernæs og Lundsø fra hinanden?")
    assert answer.text.startswith("Der er 11 km mellem skolerne.")


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("Hvad besluttede byrådet i Odense om Strandholt Svømmehal?", False),
        ("Hvad besluttede byrådet om Strandholt Svømmehal?", True),
    ],
)
def test_one_councils_decision_is_not_told_as_anothers(
    ask: Ask, question: str, answered: bool
) -> None:
    answer = ask(question)
    assert answer.answered is answered
    assert ("Ingen af referaterne er fra Odense." in answer.text) is not answered


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_tells_how_sure_it_is_and_what_was_searched(ask: Ask, name: str) -> None:
    answer = ask(name)
    assert 0.0 <= answer.confidence <= 1.0
    assert answer.answered == (answer.confidence >= THRESHOLD)
    assert answer.question == QUESTIONS[name]
    assert answer.searched.meetings > 0
    assert answer.seconds > 0
    assert len(answer.text) <= 1200


@pytest.mark.parametrize(
    "name", [name for name in QUESTIONS if "case" not in name and name != "participants"]
)
def test_ten_items_are_shown_where_the_index_has_as_many(ask: Ask, name: str) -> None:
    assert len(ask(name).hits) == 10


def test_where_the_index_has_fewer_all_of_them_are_shown(ask: Ask, corpus: Engine) -> None:
    filters = resolve_filters(
        corpus.meetings(), committee="Økonomiudvalget", municipality="Fjordby"
    )
    (meeting,) = corpus.meetings(filters)
    hits = ask("Hvad koster det?", filters).hits
    assert len(hits) == min(10, meeting.items)


def test_a_decision_is_told_with_body_and_day(ask: Ask) -> None:
    answer = ask("decision")
    assert answer.text.startswith("Teknik- og Miljøudvalget (14. marts 2023): Godkendt med den")
    assert "Møllebakken nr. 26 og 51 udgår" in answer.text
    assert {(c.source, c.item, c.role) for c in answer.citations} == {
        (TECHNIQUE, "3", Role.DECISION)
    }


def test_a_proposal_is_told_as_a_proposal(ask: Ask) -> None:
    answer = ask("proposal")
    assert answer.answered
    assert "1,85 mio. kr." in answer.text
    assert {citation.role for citation in answer.citations} == {Role.RECOMMENDATION}


def test_a_figure_in_a_table_is_told_with_its_heading(ask: Ask) -> None:
    answer = ask("table")
    assert "Ejendomme beskyttet 134" in answer.text
    assert any("134" in citation.quote for citation in answer.citations)


def test_a_list_is_told_whole_with_its_opening(ask: Ask) -> None:
    answer = ask("list")
    assert answer.text.startswith("På følgende veje er gennemsnitsfarten for høj")
    assert sum(sentence.text.startswith("• ") for sentence in answer.sentences) == 4
    assert len(answer.citations) == 1


def test_those_absent_are_named(ask: Ask) -> None:
    answer = ask("absence")
    assert answer.text == "Rita Boelskov (V). [1]"
    assert answer.citations[0].source == "fjordby-boerne-og-skole-2022-09-06.md"


def test_those_who_met_are_named_from_the_heading_block(ask: Ask) -> None:
    answer = ask("participants")
    assert answer.text.startswith("Torben Skriver (V), Merete Aabling (A)")
    assert [(c.source, c.item) for c in answer.citations] == [(TECHNIQUE, "")]
    assert {hit.minutes.source for hit in answer.hits} == {TECHNIQUE}


def test_a_closed_item_is_told_to_be_closed(ask: Ask) -> None:
    answer = ask("closed")
    assert answer.answered
    assert "Punktet var lukket: »Lukket: Personalesag«" in answer.text
    assert answer.citations[0].item == "8"


def test_what_the_minutes_do_not_tell_is_refused(ask: Ask) -> None:
    answer = ask("refusal")
    assert not answer.answered
    assert [sentence.text for sentence in answer.sentences] == [
        NOT_TOLD,
        "Der er søgt i 16 referater fra 3 kommuner, oktober 2021 – juni 2024.",
    ]
    assert answer.citations == ()


def test_two_municipalities_are_told_each_under_its_name(ask: Ask) -> None:
    answer = ask("comparison")
    assert answer.answered
    hedelund, named, noerrevang = answer.text.partition("Nørrevang: ")
    assert hedelund.startswith("Hedelund: ")
    assert named
    assert "5,3 mio. kr." in hedelund
    assert "3,65 mio. kr." in noerrevang
    assert list(dict.fromkeys(citation.municipality for citation in answer.citations)) == [
        "Hedelund Kommune",
        "Nørrevang Kommune",
    ]


def test_an_english_question_finds_danish_proof(ask: Ask) -> None:
    answer = ask("english")
    assert answer.answered
    assert "46 ejendomme" in answer.text


def test_a_case_number_confines_to_the_case_and_names_it(ask: Ask) -> None:
    answer = ask("case number")
    assert answer.text.startswith("Stormflodssikring af Strandholt Havn")
    assert "sikringsniveau på 2,40 m" in answer.text
    assert {hit.item.case_number for hit in answer.hits} == {"21/08851"}


def test_who_asks_what_a_case_is_about_is_told(corpus: Engine) -> None:
    answer = corpus.ask("Hvad handler 22/10433 om?")
    assert answer.answered
    assert "Cykelsti mellem Vibelev og Strandholt" in answer.text


def test_an_item_is_found_by_its_number(corpus: Engine) -> None:
    answer = corpus.ask("Hvad blev besluttet under punkt 2 i Fjordby den 14. marts 2023?")
    assert answer.answered
    assert {(hit.item.number, hit.minutes.committee) for hit in answer.hits} == {
        ("2", "Teknik- og Miljøudvalget")
    }


def test_an_unknown_case_is_said_to_be_unknown(ask: Ask) -> None:
    answer = ask("unknown case")
    assert not answer.answered
    assert answer.hits == ()
    assert "Der er ingen sag 99/99999" in answer.text


def test_a_word_is_enough(ask: Ask) -> None:
    assert all("svømmehal" in hit.item.text.lower() for hit in ask("one word").hits[:3])


def test_a_committee_confines_what_is_searched(ask: Ask, corpus: Engine) -> None:
    filters = resolve_filters(corpus.meetings(), committee="økonomi", municipality="fjordby")
    answer = ask("Hvad blev besluttet om svømmehallen?", filters)
    assert "Økonomiudvalget anbefaler dermed scenarie 2." in answer.text
    assert {hit.minutes.committee for hit in answer.hits} == {"Økonomiudvalget"}
    assert answer.searched.meetings == len(corpus.meetings(filters))
    assert answer.searched.municipalities == ("Fjordby Kommune",)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(municipalities=("Atlantis Kommune",)),
        Filters(committees=("Rumudvalget",)),
        Filters(case_number="99/99999"),
        Filters(municipalities=("Hedelund Kommune",), case_number="22/10433"),
        Filters(committees=("Byrådet",), outcome=Outcome.WITHDRAWN),
    ],
)
def test_filters_that_nothing_passes_give_no_answer(ask: Ask, filters: Filters) -> None:
    answer = ask("Hvad blev besluttet om svømmehallen?", filters)
    assert (answer.answered, answer.hits, answer.citations) == (False, (), ())
    assert answer.confidence == 0.0


@pytest.mark.parametrize(
    ("question", "filters", "within"),
    [
        ("Hvad koster svømmehallen i Hedelund?", Filters(), Filters(("Hedelund Kommune",))),
        ("Hvad koster den?", Filters(outcome=Outcome.REJECTED), Filters()),
        ("Hvad handler 22/10433 om?", Filters(), Filters()),
    ],
)
def test_what_was_searched_is_what_the_question_was_confined_to(
    ask: Ask, corpus: Engine, question: str, filters: Filters, within: Filters
) -> None:
    searched = ask(question, filters).searched
    meetings = corpus.meetings(within)
    assert searched.meetings == len(meetings)
    assert set(searched.municipalities) == {meeting.municipality for meeting in meetings}


def test_a_municipality_given_as_a_filter_outweighs_the_question(ask: Ask) -> None:
    answer = ask("Hvad koster svømmehallen i Hedelund?", Filters(("Fjordby Kommune",)))
    assert {hit.minutes.municipality for hit in answer.hits} == {"Fjordby Kommune"}


@pytest.mark.parametrize("nothing", ["", "   \n", "?!…", "»—«", "\ud800", "\x00"])
def test_an_empty_question_is_no_question(corpus: Engine, nothing: str) -> None:
    with pytest.raises(EmptyQuestion):
        corpus.ask(nothing)
    with pytest.raises(EmptyQuestion):
        corpus.search(nothing)


def test_a_question_has_a_longest_length(corpus: Engine) -> None:
    with pytest.raises(QuestionTooLong) as raised:
        corpus.ask("a" * 10_000)
    assert (raised.value.length, raised.value.limit) == (10_000, LONGEST_QUESTION)
    assert corpus.ask("havn " * (LONGEST_QUESTION // 5)).hits


def test_blanks_do_not_make_a_question_long(corpus: Engine) -> None:
    spread = (" " * 2000).join(["svømmehal", "Strandholt"])
    assert corpus.ask(spread).query.text == "svømmehal Strandholt"


def test_half_a_character_stops_nothing(corpus: Engine) -> None:
    answer = corpus.ask("Hvad koster \ud83d svømmehallen i Strandholt?")
    assert answer.hits
    answer.query.text.encode()


@pytest.mark.parametrize(
    "question",
    ['") OR 1=1 --', "svømmehal* NEAR(havn)", "{0} %s \\ AND", "<b>havn</b>", "😀 havn", "١٢٣"],
)
def test_marks_that_mean_something_elsewhere_are_just_text(corpus: Engine, question: str) -> None:
    assert len(corpus.ask(question).hits) == 10


def test_a_folder_without_an_index_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingIndex) as raised:
        Engine.open(tmp_path / "nothing", Settings())
    assert raised.value.data == tmp_path / "nothing"
    assert not (tmp_path / "nothing").exists()


def test_the_folder_of_the_settings_is_opened(corpus_index: Path) -> None:
    with closing(Engine.open(settings=Settings(data=corpus_index))) as engine:
        assert len(engine.meetings()) == 16


def test_an_index_of_another_model_is_not_asked(corpus_index: Path) -> None:
    with pytest.raises(WrongModel) as raised:
        Engine.open(corpus_index, Settings(model="other/model"))
    assert (raised.value.built_with, raised.value.configured) == (BUNDLED, "other/model")


def test_an_index_without_meetings_answers_honestly(
    tmp_path: Path, embedder: Embedder, open_engine: Callable[[Path], Engine]
) -> None:
    LocalStore.create(tmp_path / "index", embedder.name).close()
    with closing(open_engine(tmp_path / "index")) as engine:
        answer = engine.ask("Hvad koster broen?")
        assert (answer.answered, answer.hits) == (False, ())
        assert answer.text.endswith("Der er ingen referater at søge i.")
        assert engine.examples() == []


def test_threads_may_share_an_engine(corpus: Engine) -> None:
    names = ["decision", "list", "closed", "refusal"]
    alone = [corpus.ask(QUESTIONS[name]).text for name in names]
    together: dict[str, str] = {}

    def ask_it(name: str) -> None:
        together[name] = corpus.ask(QUESTIONS[name]).text

    threads = [threading.Thread(target=ask_it, args=[name]) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together.get(name) for name in names] == alone


def test_minutes_are_read_as_they_are_stored(corpus: Engine) -> None:
    minutes = corpus.minutes(TECHNIQUE)
    assert minutes is not None
    assert minutes.source == TECHNIQUE
    assert corpus.minutes("nothing.md") is None


@pytest.mark.parametrize(
    ("part", "figure", "least"),
    [
        ("retrieval", "R@1", 0.90),
        ("retrieval", "recall@5", 0.97),
        ("answers", "right", 0.65),
        ("citations", "quotes verbatim", 1.0),
        ("citations", "cited item is relevant", 0.85),
        ("citations", "answers with a citation", 1.0),
    ],
)
def test_the_score_on_real_minutes_holds(
    real_score: dict[str, Any], part: str, figure: str, least: float
) -> None:
    assert real_score[part][figure] >= least


def test_answers_on_real_minutes_are_short(real_score: dict[str, Any]) -> None:
    assert real_score["length of an answer, median characters"] <= 500


def test_the_file_of_a_document_is_found_while_it_is_there(
    embedder: Embedder, tmp_path: Path, open_engine: Callable[[Path], Engine]
) -> None:
    file = tmp_path / "minutes" / "a.md"
    file.parent.mkdir()
    file.write_text("# REFERAT Byrådet i Ry Kommune d. 14-03-2023\n\n# Punkt 1: Vej\n\nTekst.\n")
    with closing(LocalStore.create(tmp_path / "data", embedder.name)) as store:
        build([file.parent], store, embedder)
    with closing(open_engine(tmp_path / "data")) as engine:
        assert engine.file("a.md") == file
        assert engine.file("../a.md") is None
        file.unlink()
        assert engine.file("a.md") is None


def test_a_wrong_guess_can_be_taken_back(corpus: Engine) -> None:
    question = "Hvad besluttede Fjordby om en cykelsti?"
    assert corpus.ask(question).searched.municipalities == ("Fjordby Kommune",)
    taken_back = corpus.ask(question, wrong={Guess.MUNICIPALITY})
    assert len(taken_back.searched.municipalities) == 3


def test_one_item_is_read_with_its_minutes(corpus: Engine) -> None:
    found = corpus.item(TECHNIQUE, "4")
    assert found
    minutes, item = found
    assert (minutes.source, item.number) == (TECHNIQUE, "4")
    assert item in minutes.items
    assert corpus.item(TECHNIQUE, "99") is None
    assert corpus.item("nothing.md", "4") is None


@pytest.mark.parametrize("kind", ["query", "passage"])
def test_vectors_are_unit_vectors_in_the_order_of_the_texts(corpus: Engine, kind: Any) -> None:
    texts = ["Cykelstien koster 1,2 mio. kr.", "svømmehal", "half a character: \ud83d"]
    vectors = corpus.embed(texts, kind)
    assert (vectors.shape, vectors.dtype) == ((3, 384), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert corpus.embed(texts[1:2], kind)[0] == pytest.approx(vectors[1], abs=1e-5)
    assert corpus.embed([], kind).shape == (0, 384)


def test_a_question_is_nearest_to_the_passage_that_answers_it(corpus: Engine) -> None:
    passages = ["Svømmehallen lukker i uge 30.", "Cykelstien ved skolen koster 1,2 mio. kr."]
    [question] = corpus.embed(["Hvad koster cykelstien?"])
    assert np.argmax(corpus.embed(passages, "passage") @ question) == 1


def test_the_kinds_of_text_are_told_apart_and_no_other_is_known(corpus: Engine) -> None:
    query, passage = (corpus.embed(["cykelsti"], kind)[0] for kind in ("query", "passage"))
    assert query @ passage < 0.999
    unknown: Any = "document"
    with pytest.raises(ValueError, match="'document'; known values: query, passage"):
        corpus.embed(["cykelsti"], unknown)


def test_one_string_is_not_taken_for_its_letters(corpus: Engine) -> None:
    with pytest.raises(TypeError, match="a list of strings"):
        corpus.embed("cykelsti")
