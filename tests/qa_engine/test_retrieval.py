"""The right item first: what is found of the corpus, in which order, and within which filters."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexer.chunking import chunk_minutes
from indexer.embedding import Embedder
from indexer.model import Filters, Minutes, Outcome
from indexer.store import EmbeddedChunk, Passage
from indexer.store.local import LocalStore
from qa_engine.engine import Engine
from qa_engine.matching import Rarity
from qa_engine.model import Hit
from qa_engine.retrieval import retrieve, told_first, unit_similarities
from qa_engine.understanding import understand

ROOT = Path(__file__).resolve().parents[2]

Find = Callable[..., list[Hit]]

FJORDBY, HEDELUND, NOERREVANG = "Fjordby Kommune", "Hedelund Kommune", "Nørrevang Kommune"


@pytest.fixture(scope="module")
def store(corpus_index: Path) -> Iterator[LocalStore]:
    with closing(LocalStore.open(corpus_index)) as opened:
        yield opened


@pytest.fixture(scope="module")
def find(store: LocalStore, embedder: Embedder) -> Find:
    """Find items as the engine does."""

    def found(question: str, filters: Filters | None = None, k: int = 10) -> list[Hit]:
        query = understand(question, filters or Filters(), store.meetings(filters or Filters()))
        rarity = Rarity(store.frequencies(query.terms), store.size())
        return retrieve(store, query, embedder.embed_queries([question])[0], rarity, k)

    return found


@pytest.mark.parametrize(
    ("question", "source", "item"),
    [
        ("Er der bump på Møllebakken?", "fjordby-teknik-og-miljoe-2023-03-14.md", "3"),
        ("Sikring af havnen mod stormflod", "fjordby-teknik-og-miljoe-2023-03-14.md", "4"),
        ("Hvor lidt fravær gav faste teams?", "fjordby-aeldre-og-sundhed-2024-05-07.md", "2"),
        (
            "How is the harbour protected from floods?",
            "fjordby-teknik-og-miljoe-2023-03-14.md",
            "4",
        ),
        ("tilsyn paa plejecenter solgaarden", "fjordby-aeldre-og-sundhed-2024-05-07.md", "7"),
    ],
)
def test_the_item_a_question_is_about_is_first(
    find: Find, question: str, source: str, item: str
) -> None:
    assert find(question)[0].key == (source, item)


@pytest.mark.parametrize(
    "question", ["Hvad koster cykelstien?", "svømmehal", "budget", "How many?", "xyzzy"]
)
def test_items_are_unique_sorted_and_as_many_as_asked_for(find: Find, question: str) -> None:
    hits = find(question)
    assert len(hits) == 10
    assert len({hit.key for hit in hits}) == 10
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize("k", [1, 3, 10])
def test_fewer_hits_are_the_beginning_of_more(find: Find, k: int) -> None:
    question = "Hvad koster cykelstien mellem Vibelev og Strandholt?"
    assert [hit.key for hit in find(question, k=k)] == [hit.key for hit in find(question, k=10)][:k]


def test_passages_are_of_their_item_best_first_and_can_be_quoted(find: Find) -> None:
    for hit in find("Hvad koster cykelstien?"):
        assert hit.item in hit.minutes.items
        assert hit.passages
        scores = [passage.score for passage in hit.passages]
        assert scores == sorted(scores, reverse=True)
        for passage in hit.passages:
            assert hit.item.text[passage.start : passage.end].strip()


@pytest.mark.parametrize(
    "filters",
    [
        Filters(municipalities=(HEDELUND,)),
        Filters(committees=("Byrådet",)),
        Filters(since=dt.date(2023, 9, 1), until=dt.date(2023, 9, 30)),
        Filters(outcome=Outcome.REJECTED),
        Filters(case_number="22/10433"),
        Filters(municipalities=(FJORDBY,), committees=("Økonomiudvalget",)),
    ],
)
def test_filters_confine_every_hit(find: Find, store: LocalStore, filters: Filters) -> None:
    hits = find("Hvad koster det?", filters)
    assert hits
    for hit in hits:
        assert not filters.municipalities or hit.minutes.municipality in filters.municipalities
        assert not filters.committees or hit.minutes.committee in filters.committees
        assert hit.minutes.date is not None
        assert (filters.since or dt.date.min) <= hit.minutes.date
        assert hit.minutes.date <= (filters.until or dt.date.max)
        assert filters.case_number in (None, hit.item.case_number)
        outcomes = {decision.outcome for decision in hit.item.decisions}
        assert filters.outcome is None or filters.outcome in outcomes


@pytest.mark.parametrize(
    "filters",
    [
        Filters(municipalities=("Atlantis Kommune",)),
        Filters(committees=("Rumudvalget",)),
        Filters(since=dt.date(2099, 1, 1)),
        Filters(until=dt.date(1999, 1, 1)),
        Filters(case_number="99/99999"),
        Filters(municipalities=(FJORDBY,), case_number="EMN-2022-004817"),
        Filters(municipalities=("Atlantis Kommune", "Utopia Kommune")),
    ],
)
def test_filters_that_nothing_passes_find_nothing(find: Find, filters: Filters) -> None:
    assert find("Hvad koster cykelstien?", filters) == []


def test_several_municipalities_take_turns(find: Find) -> None:
    hits = find("Hvor meget giver Hedelund og Nørrevang i tilskud til deres svømmehal?")
    names = [hit.minutes.municipality for hit in hits]
    assert len({hit.key for hit in hits}) == len(hits) == 10
    for place in range(0, 10, 2):
        assert {names[place], names[place + 1]} == {HEDELUND, NOERREVANG}


def test_a_named_month_is_preferred(find: Find, store: LocalStore) -> None:
    question = "Hvad blev besluttet om Strandholt Svømmehal"
    assert find(f"{question} i marts 2023?")[0].minutes.date in {
        dt.date(2023, 3, 21),
        dt.date(2023, 3, 28),
    }
    assert find(f"{question} i juni 2024?")[0].minutes.date == dt.date(2024, 6, 25)


def test_a_named_committee_is_preferred(find: Find) -> None:
    question = "Hvad sagde {} i Fjordby om cykelstien i 2023?"
    for committee in ("Teknik- og Miljøudvalget", "Byrådet"):
        assert find(question.format(committee))[0].minutes.committee == committee


def test_a_routine_item_is_not_first_unless_it_is_asked_for(find: Find) -> None:
    assert find("Hvad skete der med stien?")[0].item.title != "Godkendelse af dagsorden"
    assert find("Godkendelse af dagsorden")[0].item.title == "Godkendelse af dagsorden"


QUESTIONS = [
    json.loads(line)["question"]
    for line in (ROOT / "corpus" / "questions.jsonl").read_text("utf-8").splitlines()[::20]
]


@pytest.mark.parametrize("question", [*QUESTIONS, "Godkendelse af dagsorden i Byrådet i 2024"])
def test_a_hit_knows_its_place_and_why_it_stands_there(
    find: Find, store: LocalStore, embedder: Embedder, question: str
) -> None:
    vector = embedder.embed_queries([question])[0]
    for hit in find(question):
        assert hit.position is not None
        assert hit.minutes.items[hit.position] is hit.item
        assert hit.score == hit.standing.score
        found = {(passage.start, passage.end) for passage in hit.passages}
        stored = [
            passage.embedded
            for passage in store.item_passages(hit.minutes.source, hit.position)
            if (passage.embedded.chunk.start, passage.embedded.chunk.end) in found
        ]
        assert len(stored) == len(hit.passages)
        cosine = max(float(embedded.vector @ vector) for embedded in stored)
        assert hit.standing.passage == pytest.approx(cosine)
        units = [float(unit @ vector) for embedded in stored for unit in embedded.unit_vectors]
        assert not units or hit.standing.unit >= max(units) - 1e-6
        assert 0 <= hit.standing.words <= 1


@pytest.mark.parametrize(
    ("question", "part", "worth"),
    [
        ("Hvad blev besluttet om svømmehallen i marts 2023?", "period", 1),
        ("Hvad sagde Teknik- og Miljøudvalget i Fjordby om cykelstien?", "committee", 1),
        ("Hvad skete der med stien?", "routine", -1),
    ],
)
def test_what_is_preferred_is_told(find: Find, question: str, part: str, worth: int) -> None:
    hits = find(question, k=60)
    values = {np.sign(getattr(hit.standing, part)) for hit in hits}
    assert values == {0, worth}


def test_the_latest_of_a_case_is_told_to_be_put_first(find: Find) -> None:
    """The case of the cycle path came to the council after the committee."""
    first, *others = find("Hvad blev besluttet om cykelstien mellem Vibelev og Strandholt?")
    same_case = [hit for hit in others if hit.item.case_number == first.item.case_number]
    assert first.standing.last_word == any(hit.score > first.score for hit in same_case)
    assert not any(hit.standing.last_word for hit in others)


def test_what_the_answer_is_told_from_stands_first(hits: list[Hit]) -> None:
    path, bridge = hits
    first, second = told_first(hits, {bridge.key})
    assert (first.key, first.score, first.standing.told) == (bridge.key, bridge.score, True)
    assert second is path


def test_what_stands_first_already_is_not_moved(hits: list[Hit]) -> None:
    for told in (set(), {hits[0].key}, {hit.key for hit in hits}):
        assert told_first(hits, told) == hits


def test_only_the_minutes_of_what_is_returned_are_read(
    store: LocalStore, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def minutes(source: str) -> Minutes | None:
        read.append(source)
        return LocalStore.minutes(store, source)

    monkeypatch.setattr(store, "minutes", minutes)
    query = understand("cykelsti", Filters(), store.meetings(Filters()))
    vector = embedder.embed_queries(["cykelsti"])[0]
    hits = retrieve(store, query, vector, Rarity({}, 100), k=3)
    assert read == list(dict.fromkeys(hit.minutes.source for hit in hits))


def test_what_has_just_left_the_index_is_passed_over(
    store: LocalStore, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = understand("cykelsti", Filters(), store.meetings(Filters()))
    vector = embedder.embed_queries(["cykelsti"])[0]
    gone = retrieve(store, query, vector, Rarity({}, 100), k=1)[0].minutes.source
    monkeypatch.setattr(
        store, "minutes", lambda s: None if s == gone else LocalStore.minutes(store, s)
    )
    hits = retrieve(store, query, vector, Rarity({}, 100), k=10)
    assert len(hits) == 10
    assert gone not in {hit.minutes.source for hit in hits}


def test_finding_twice_gives_the_same(find: Find) -> None:
    assert find("Hvad koster broen?") == find("Hvad koster broen?")


def test_an_empty_index_gives_nothing(tmp_path: Path, embedder: Embedder) -> None:
    with closing(LocalStore.create(tmp_path / "index", embedder.name)) as empty:
        query = understand("Hvad koster broen?", Filters(), ())
        vector = embedder.embed_queries(["Hvad koster broen?"])[0]
        assert retrieve(empty, query, vector, Rarity({}, 0)) == []


def test_every_unit_of_an_items_passages_gets_its_similarity(
    parsed: Callable[[str], Minutes],
) -> None:
    minutes = parsed(
        "# REFERAT Teknikudvalget d. 14-03-2023\n\n# Punkt 7: Sti\n\n## Sagsfremstilling\n\n"
        "Stien er lang. Den er dyr.\n"
    )
    (chunk,) = chunk_minutes(minutes)
    vector = np.array([1, 0], np.float32)
    units = np.array([[1, 0], [0, 1]], np.float32)
    passage = Passage(1, "x.md", EmbeddedChunk(chunk, vector, units), "Sti", None, None)
    assert unit_similarities([passage], vector) == {chunk.units[0]: 1.0, chunk.units[1]: 0.0}
    none = replace(passage, embedded=EmbeddedChunk(replace(chunk, units=()), vector, units[:0]))
    assert unit_similarities([none], vector) == {}


def test_search_asks_for_as_many_items_as_wanted(corpus: Engine) -> None:
    assert [len(corpus.search("cykelsti", k=k)) for k in (1, 5, 15)] == [1, 5, 15]


def test_search_gives_many_items_where_many_are_wanted(corpus: Engine) -> None:
    assert len(corpus.search("budget", k=60)) == 60


def test_a_closed_item_comes_first_where_what_was_said_there_is_asked_for(find: Find) -> None:
    question = "Hvad blev der sagt bag lukkede døre i Hedelund om ejendommen i februar 2024?"
    [first, *rest] = find(question)
    assert first.item.closed
    assert "ejendom" in first.item.title
    assert not rest or all(hit.score <= first.score + 0.15 for hit in rest)
    assert not find("Hvor meget koster svømmehallen i Hedelund?")[0].item.closed
