"""The contract of every store, and what holds for the local one alone.

Run as a script it is the child process of a test: see ``in_child``.
"""

import dataclasses
import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.danish import analyse
from indexer.errors import (
    BuildLocked,
    DocumentError,
    MissingIndex,
    StoreError,
    UnknownCursor,
    WrongModel,
)
from indexer.model import (
    AgendaItem,
    Chunk,
    Decision,
    Filters,
    Minutes,
    Outcome,
    Personal,
    Role,
    Section,
    Side,
    Statement,
    StatementKind,
    Vote,
)
from indexer.store import EmbeddedChunk, Findings, Store, Vectors, local, vectors
from indexer.store.local import LocalStore
from indexer.store.lock import BuildLock

EVERYTHING = Filters()
MODEL = "angles"


def at(degrees: float) -> Vectors:
    """Make a unit vector; the nearer two angles are, the nearer are their vectors."""
    radians = np.deg2rad(degrees)
    return np.array([np.cos(radians), np.sin(radians)], np.float32)


def an_item(
    text: str, *, title: str = "", case: str | None = None, outcomes: str = "", number: str = "1"
) -> AgendaItem:
    """Make an item whose whole text is one section; ``outcomes`` are separated by spaces."""
    return AgendaItem(
        number=number,
        title=title,
        case_number=case,
        closed=False,
        text=text,
        first_page=1,
        sections=(Section(Role.BACKGROUND, "Sagsfremstilling", 0, len(text)),),
        decisions=tuple(Decision(None, None, Outcome(o), 0, 0) for o in outcomes.split()),
        absent=(),
        attachments=(),
    )


def a_meeting(
    source: str,
    *items: AgendaItem,
    municipality: str | None = None,
    committee: str | None = None,
    date: dt.date | None = None,
) -> Minutes:
    return Minutes(source, municipality, committee, date, None, (), (), items)


def embedded(minutes: Minutes, angles: Sequence[float]) -> list[EmbeddedChunk]:
    """Make one chunk of each item, at the angle of its turn, with one unit at the same place."""
    return [
        EmbeddedChunk(
            Chunk(position, Role.BACKGROUND, "Sag", "header", 0, len(item.text), ((0, 1),)),
            at(angle),
            at(angle).reshape(1, -1),
        )
        for position, (item, angle) in enumerate(zip(minutes.items, angles, strict=True))
    ]


def put(store: Store, minutes: Minutes, *angles: float, digest: str = "digest") -> None:
    store.replace(minutes, digest, embedded(minutes, angles))


def near(store: Store, degrees: float, k: int = 10, filters: Filters = EVERYTHING) -> list[str]:
    """Name the texts of the passages nearest to an angle."""
    return texts(store, [match.id for match in store.nearest(at(degrees), k, filters)])


def words(store: Store, query: str, k: int = 10, filters: Filters = EVERYTHING) -> list[str]:
    """Name the texts of the passages that hold any of the terms."""
    return texts(store, [match.id for match in store.matching(query.split(), k, filters)])


def texts(store: Store, ids: Sequence[int]) -> list[str]:
    found = []
    for passage in store.passages(ids):
        minutes = store.minutes(passage.source)
        assert minutes is not None
        chunk = passage.embedded.chunk
        found.append(minutes.items[chunk.position].text[chunk.start : chunk.end])
    return found


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data with 100% #?"


@pytest.fixture(params=["local", "milvus"])
def store(request: pytest.FixtureRequest, data: Path) -> Iterator[Store]:
    """Open each kind of store; Milvus is Milvus Lite, which is asked as a server is."""
    if request.param == "local":
        with LocalStore.create(data, MODEL) as store:
            yield store
        return
    pytest.importorskip("milvus_lite", reason="needs the extra punktvis[milvus]")
    from milvus_lite.server_manager import server_manager_instance  # noqa: PLC0415

    from indexer.store.milvus import MilvusStore  # noqa: PLC0415
    from indexer.store.milvus_link import Address  # noqa: PLC0415

    file = str(data.parent / "punktvis.db")
    with MilvusStore.create(Address(file), MODEL) as store:
        yield store
    server_manager_instance.release_server(file)


# The contract: reading back

names = st.none() | st.text(max_size=10)
lists = st.lists(st.text(max_size=10), max_size=2).map(tuple)
offsets = st.integers(0, 2**31 - 1)
dates = st.none() | st.dates()
items = st.builds(
    AgendaItem,
    number=st.text(max_size=5),
    title=st.text(max_size=20),
    case_number=names,
    closed=st.booleans(),
    text=st.text(max_size=40),
    first_page=st.none() | offsets,
    sections=st.lists(
        st.builds(Section, st.sampled_from(Role), st.text(max_size=10), offsets, offsets),
        max_size=2,
    ).map(tuple),
    decisions=st.lists(
        st.builds(
            Decision,
            body=names,
            date=dates,
            outcome=st.sampled_from(Outcome),
            start=offsets,
            end=offsets,
            absent=lists,
            votes=st.lists(
                st.builds(Vote, st.sampled_from(Side), names, names, st.none() | offsets),
                max_size=2,
            ).map(tuple),
            statements=st.lists(
                st.builds(Statement, st.sampled_from(StatementKind), lists, offsets, offsets),
                max_size=2,
            ).map(tuple),
            disqualified=lists,
        ),
        max_size=2,
    ).map(tuple),
    absent=lists,
    attachments=lists,
    url=names,
)
meetings = st.builds(
    Minutes,
    source=st.just("referat.pdf"),
    municipality=names,
    committee=names,
    date=dates,
    place=names,
    participants=lists,
    absent=lists,
    items=st.lists(items, max_size=3).map(tuple),
    preamble=st.text(max_size=20),
    unknown_headings=lists,
    url=names,
    notices=lists,
    personal=st.lists(st.builds(Personal, st.none() | offsets, names, st.booleans())).map(tuple),
)


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(minutes=meetings)
def test_minutes_are_read_back_as_they_were_stored(store: Store, minutes: Minutes) -> None:
    store.replace(minutes, "digest", [])

    assert store.minutes("referat.pdf") == minutes
    assert store.digests() == {"referat.pdf": "digest"}


def test_minutes_that_are_not_there_are_none(store: Store) -> None:
    assert store.minutes("referat.pdf") is None


def test_passages_are_read_back_in_the_order_asked_for_without_those_that_are_gone(
    store: Store,
) -> None:
    chunk = Chunk(0, Role.DECISION, "Beslutning", "Varde Kommune", 2, 9, ((2, 4), (5, 9)))
    unit_vectors = np.stack([at(33), at(77)])
    none_at_all = Chunk(0, Role.OTHER, "", "", 0, 1, ())
    stored = [
        EmbeddedChunk(chunk, at(50), unit_vectors),
        EmbeddedChunk(none_at_all, at(60), np.empty((0, 2), np.float32)),
    ]
    store.replace(a_meeting("a.pdf", an_item("Godkendt.")), "digest", stored)
    first, second = (match.id for match in store.nearest(at(50), 2, EVERYTHING))

    without_units, with_units = store.passages([second, 10**9, first])

    assert (with_units.id, with_units.source) == (first, "a.pdf")
    assert with_units.embedded.chunk == chunk
    assert without_units.embedded.chunk == none_at_all
    np.testing.assert_array_equal(with_units.embedded.vector, at(50))
    np.testing.assert_allclose(with_units.embedded.unit_vectors, unit_vectors, atol=1e-3)
    assert with_units.embedded.unit_vectors.dtype == np.float32
    assert without_units.embedded.unit_vectors.shape == (0, 2)


def test_a_passage_tells_what_its_item_and_meeting_are_called(store: Store) -> None:
    minutes = dataclasses.replace(
        a_meeting("a.pdf", an_item("Godkendt.", title="Cykelsti")),
        committee="Teknikudvalget",
        date=dt.date(2023, 3, 14),
    )
    put(store, minutes, 0)
    put(store, dataclasses.replace(minutes, source="b.pdf", committee=None, date=None), 0)
    (known,), (unknown,) = store.item_passages("a.pdf", 0), store.item_passages("b.pdf", 0)
    assert (known.title, known.committee, known.date) == (
        "Cykelsti",
        "Teknikudvalget",
        dt.date(2023, 3, 14),
    )
    assert (unknown.title, unknown.committee, unknown.date) == ("Cykelsti", None, None)
    assert store.passages([known.id])[0].committee == "Teknikudvalget"


def test_the_passages_of_one_item_come_in_the_order_of_its_text(store: Store) -> None:
    minutes = a_meeting("a.pdf", an_item("andet punkt"), an_item("først og sidst"))
    end, beginning, other = (
        EmbeddedChunk(Chunk(*place, ()), at(0), np.empty((0, 2), np.float32))
        for place in (
            (1, Role.DECISION, "", "", 9, 14),
            (1, Role.SUMMARY, "", "", 0, 5),
            (0, Role.OTHER, "", "", 0, 5),
        )
    )
    store.replace(minutes, "digest", [end, beginning, other])
    put(store, a_meeting("b.pdf", an_item("x"), an_item("y")), 0, 1)

    found = store.item_passages("a.pdf", 1)

    assert [passage.embedded.chunk for passage in found] == [beginning.chunk, end.chunk]
    assert store.item_passages("a.pdf", 2) == []
    assert store.item_passages("c.pdf", 0) == []


def test_the_model_is_none_until_something_is_indexed(store: Store) -> None:
    assert store.model is None
    put(store, a_meeting("a.pdf"))
    assert store.model == MODEL


def test_meetings_are_listed_newest_first_and_those_without_a_date_last(store: Store) -> None:
    put(store, a_meeting("a.pdf"))
    put(store, a_meeting("b.pdf", an_item("x"), an_item("y"), date=dt.date(2019, 5, 1)), 0, 1)
    put(store, a_meeting("c.pdf", date=dt.date(2024, 5, 1)))

    assert [(m.source, m.items) for m in store.meetings(EVERYTHING)] == [
        ("c.pdf", 0),
        ("b.pdf", 2),
        ("a.pdf", 0),
    ]


# The contract: changing


def test_documents_of_which_something_is_to_be_told_are_listed(store: Store) -> None:
    place = Personal(3, "2", certain=True)
    for source, found in {
        "b.pdf": {"personal": (place,)},
        "c.pdf": {},
        "d.pdf": {"unknown_headings": ("2: Klage",)},
        "a.pdf": {"notices": ("side 3 har intet tekstlag",)},
    }.items():
        store.replace(dataclasses.replace(a_meeting(source), **found), "digest", [])

    assert store.findings() == [
        Findings("a.pdf", ("side 3 har intet tekstlag",), (), ()),
        Findings("b.pdf", (), (place,), ()),
        Findings("d.pdf", (), (), ("2: Klage",)),
    ]

    store.remove("b.pdf")
    assert [found.source for found in store.findings()] == ["a.pdf", "d.pdf"]


def test_a_replaced_document_leaves_nothing_of_what_it_was(store: Store) -> None:
    put(store, a_meeting("a.pdf", an_item("gammel"), an_item("forkert")), 0, 10)
    old = [match.id for match in store.nearest(at(0), 10, EVERYTHING)]

    put(store, a_meeting("a.pdf", an_item("ny")), 0, digest="new")

    assert near(store, 0) == ["ny"]
    assert words(store, "gammel forkert ny") == ["ny"]
    assert store.frequencies(["gammel", "ny"]) == {"gammel": 0, "ny": 1}
    assert store.passages(old) == []
    assert store.size() == 1
    assert store.digests() == {"a.pdf": "new"}


def test_a_removed_document_is_gone_from_every_part(store: Store) -> None:
    put(store, a_meeting("a.pdf", an_item("cykel")), 0)
    put(store, a_meeting("b.pdf", an_item("bus")), 10)

    assert store.remove("a.pdf")
    assert not store.remove("a.pdf")

    assert near(store, 0) == ["bus"]
    assert words(store, "cykel bus") == ["bus"]
    assert store.minutes("a.pdf") is None
    assert [meeting.source for meeting in store.meetings(EVERYTHING)] == ["b.pdf"]
    assert store.size() == 1


def changes(store: Store, since: int = 0) -> list[tuple[str, str]]:
    return [(change.kind.value, change.source) for change in store.changes(since)]


def test_the_last_change_of_every_source_is_told_in_the_order_of_time(store: Store) -> None:
    put(store, a_meeting("a.pdf"))
    put(store, a_meeting("b.pdf"))
    seen = store.changes(0)
    assert [(c.kind.value, c.source) for c in seen] == [("added", "a.pdf"), ("added", "b.pdf")]
    assert store.changes(seen[-1].cursor) == []

    put(store, a_meeting("a.pdf"), digest="corrected")
    store.remove("b.pdf")
    store.remove("unknown.pdf")

    told = [("replaced", "a.pdf"), ("removed", "b.pdf")]
    assert changes(store) == changes(store, seen[-1].cursor) == told
    put(store, a_meeting("b.pdf"))
    assert changes(store, seen[-1].cursor) == [("replaced", "a.pdf"), ("added", "b.pdf")]


def test_what_fails_is_no_change(store: Store) -> None:
    put(store, a_meeting("a.pdf", an_item("x")), 0)
    before = store.changes(0)
    with pytest.raises(DocumentError):
        put(store, a_meeting("a.pdf", an_item("\ud800")), 0)
    assert store.changes(0) == before


def test_a_cursor_of_another_index_is_refused(store: Store) -> None:
    put(store, a_meeting("a.pdf"))
    (change,) = store.changes(0)
    for cursor in (1, change.cursor - 10**9, change.cursor + 1):
        with pytest.raises(UnknownCursor, match=f"{cursor} is not of this index"):
            store.changes(cursor)


def test_ids_are_never_used_again(store: Store) -> None:
    put(store, a_meeting("a.pdf", an_item("x")), 0)
    (first,) = store.nearest(at(0), 1, EVERYTHING)
    store.remove("a.pdf")
    put(store, a_meeting("a.pdf", an_item("x")), 0)
    (second,) = store.nearest(at(0), 1, EVERYTHING)

    assert second.id > first.id


def test_a_document_that_cannot_be_stored_leaves_the_old_one(store: Store) -> None:
    put(store, a_meeting("a.pdf", an_item("gammel")), 0)
    new = a_meeting("a.pdf", an_item("ny"))
    wrong = EmbeddedChunk(Chunk(0, Role.OTHER, "", "", 0, 1), at(0), np.ones((1, 2), np.float32))

    with pytest.raises(ValueError, match="unit vectors of shape"):
        store.replace(new, "new", [*embedded(new, [0]), wrong])

    assert near(store, 0) == ["gammel"]
    assert store.digests() == {"a.pdf": "digest"}


def test_vectors_of_two_lengths_in_one_document_are_refused(store: Store) -> None:
    chunk = Chunk(0, Role.OTHER, "", "", 0, 1)
    mixed = [
        EmbeddedChunk(chunk, np.ones(d, np.float32), np.ones((0, d), np.float32)) for d in (2, 3)
    ]

    with pytest.raises(ValueError, match=r"expected \(d,\)"):
        store.replace(a_meeting("a.pdf", an_item("x")), "digest", mixed)


def test_vectors_of_another_length_are_refused(store: Store) -> None:
    put(store, a_meeting("a.pdf", an_item("x")), 0)
    minutes = a_meeting("b.pdf", an_item("y"))
    chunk = Chunk(0, Role.OTHER, "", "", 0, 1)

    with pytest.raises(ValueError, match="vectors of 3 numbers in an index of 2"):
        store.replace(
            minutes,
            "d",
            [EmbeddedChunk(chunk, np.ones(3, np.float32), np.ones((0, 3), np.float32))],
        )
    with pytest.raises(StoreError, match="vectors of 2 numbers"):
        store.nearest(np.ones(3, np.float32), 1, EVERYTHING)


def test_half_a_character_is_a_fault_of_the_document(store: Store) -> None:
    with pytest.raises(DocumentError, match=r"a\.pdf: its text holds '\\ud800', half a character"):
        put(store, a_meeting("a.pdf", an_item("x\ud800")), 0)


# The contract: searching


def test_the_nearest_come_best_first_with_their_cosine(store: Store) -> None:
    minutes = a_meeting("a.pdf", an_item("far"), an_item("near"), an_item("middle"))
    put(store, minutes, 90, 10, 60)

    assert near(store, 0, k=2) == ["near", "middle"]
    assert [m.score for m in store.nearest(at(0), 3, EVERYTHING)] == pytest.approx(
        [np.cos(np.deg2rad(angle)) for angle in (10, 60, 90)], abs=1e-6
    )


@pytest.mark.parametrize("filters", [EVERYTHING, Filters(case_number="1")], ids=["all", "some"])
def test_no_more_is_found_than_there_is(store: Store, filters: Filters) -> None:
    assert near(store, 0, filters=filters) == []
    put(store, a_meeting("a.pdf", an_item("x", case="1")), 0)

    assert near(store, 0, k=5, filters=filters) == ["x"]
    assert near(store, 0, k=0, filters=filters) == []
    assert words(store, "x", k=5, filters=filters) == ["x"]
    assert words(store, "x", k=0, filters=filters) == []

    store.remove("a.pdf")
    assert near(store, 0, filters=filters) == []


def test_a_filtered_search_finds_k_where_k_pass(store: Store) -> None:
    minutes = a_meeting("a.pdf", *(an_item(f"x {i}", case=str(i % 10)) for i in range(200)))
    put(store, minutes, *(i / 10 for i in range(200)))

    filters = Filters(case_number="9")
    assert near(store, 0, 3, filters) == ["x 9", "x 19", "x 29"]
    assert len(words(store, "x", 15, filters)) == 15


@pytest.fixture
def archive(store: Store) -> Store:
    """Hold three meetings of two municipalities, one of them without a date."""
    road = an_item("vej", case="20/36381", outcomes="recommended")
    school = an_item("skole", outcomes="noted approved", number="2.1")
    varde = a_meeting(
        "a.pdf",
        road,
        school,
        municipality="Varde Kommune",
        committee="Byrådet",
        date=dt.date(2024, 3, 5),
    )
    kolding = a_meeting(
        "b.pdf",
        an_item("bro", outcomes="approved"),
        municipality="Kolding Kommune",
        committee="Teknikudvalget",
        date=dt.date(2025, 1, 1),
    )
    put(store, varde, 0, 1)
    put(store, kolding, 2)
    put(store, a_meeting("c.pdf", an_item("havn")), 3)
    return store


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), {"vej", "skole", "bro", "havn"}),
        (Filters(municipalities=("Varde Kommune",)), {"vej", "skole"}),
        (Filters(municipalities=("Varde Kommune", "Kolding Kommune")), {"vej", "skole", "bro"}),
        (Filters(municipalities=("Varde",)), set()),
        (Filters(committees=("Teknikudvalget",)), {"bro"}),
        (Filters(since=dt.date(2024, 3, 5)), {"vej", "skole", "bro"}),
        (Filters(since=dt.date(2024, 3, 6)), {"bro"}),
        (Filters(until=dt.date(2024, 3, 5)), {"vej", "skole"}),
        (Filters(until=dt.date(2024, 3, 4)), set()),
        (Filters(case_number="20/36381"), {"vej"}),
        (Filters(case_number=""), set()),
        (Filters(item_numbers=("2.1", "9")), {"skole"}),
        (Filters(item_numbers=("1",), until=dt.date(2024, 3, 5)), {"vej"}),
        (Filters(item_numbers=("2",)), set()),
        (Filters(outcome=Outcome.APPROVED), {"skole", "bro"}),
        (Filters(outcome=Outcome.NONE), set()),
        (Filters(municipalities=("Varde Kommune",), outcome=Outcome.APPROVED), {"skole"}),
        (Filters(committees=("Byrådet",), since=dt.date(2025, 1, 1)), set()),
    ],
)
def test_filters_confine_both_rankings(
    archive: Store, filters: Filters, expected: set[str]
) -> None:
    assert set(near(archive, 0, filters=filters)) == expected
    assert set(words(archive, "vej skol bro havn", filters=filters)) == expected


def test_every_filter_is_tried_above() -> None:
    assert {field.name for field in dataclasses.fields(Filters)} == {
        "municipalities",
        "committees",
        "since",
        "until",
        "case_number",
        "item_numbers",
        "outcome",
    }


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), ["b.pdf", "a.pdf", "c.pdf"]),
        (Filters(municipalities=("Varde Kommune",)), ["a.pdf"]),
        (Filters(until=dt.date(2024, 12, 31)), ["a.pdf"]),
        (Filters(outcome=Outcome.APPROVED), ["b.pdf", "a.pdf"]),
        (Filters(case_number="20/36381", outcome=Outcome.APPROVED), []),
        (Filters(item_numbers=("2.1",)), ["a.pdf"]),
    ],
)
def test_a_meeting_passes_where_one_item_passes_all(
    archive: Store, filters: Filters, expected: list[str]
) -> None:
    assert [meeting.source for meeting in archive.meetings(filters)] == expected


def test_a_search_uses_one_thread_and_leaves_the_others_to_building(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[int] = []
    search = vectors.faiss.IndexIDMap2.search

    def seen(index: object, *given: object, **named: object) -> object:
        used.append(vectors.faiss.omp_get_max_threads())
        return search(index, *given, **named)

    before = vectors.faiss.omp_get_max_threads()
    monkeypatch.setattr(vectors.faiss.IndexIDMap2, "search", seen)
    try:
        vectors.faiss.omp_set_num_threads(3)
        with LocalStore.create(data, MODEL) as store:
            put(store, a_meeting("a.pdf", an_item("vej")), 0)
            assert near(store, 0) == ["vej"]
        assert used == [1]
        assert vectors.faiss.omp_get_max_threads() == 3
    finally:
        vectors.faiss.omp_set_num_threads(before)


def test_any_of_the_words_is_enough_and_more_of_them_are_better(store: Store) -> None:
    others = [an_item(f"andet {i}") for i in range(8)]
    minutes = a_meeting("a.pdf", an_item("cykel"), an_item("cykel havn"), an_item("bus"), *others)
    put(store, minutes, *range(11))

    assert words(store, "cykel havn") == ["cykel havn", "cykel"]
    assert words(store, "ukendt") == []
    assert store.matching([], 10, EVERYTHING) == []
    scores = [match.score for match in store.matching(["cykel", "havn"], 10, EVERYTHING)]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)


def test_further_terms_count_by_their_weights(store: Store) -> None:
    others = [an_item(f"andet {i}") for i in range(8)]
    minutes = a_meeting("a.pdf", an_item("cykel"), an_item("havn"), an_item("bus"), *others)
    put(store, minutes, *range(11))

    found = store.matching(["cykel"], 10, EVERYTHING, {"havn": 0.5, "bus": 0.25, "ukendt": 0.9})
    assert texts(store, [match.id for match in found]) == ["cykel", "havn", "bus"]
    assert [match.score / found[0].score for match in found] == pytest.approx([1, 0.5, 0.25])
    assert store.matching(["cykel"], 10, EVERYTHING, {"cykel": 0.5})[0].score == found[0].score
    assert len(store.matching([], 10, EVERYTHING, {"havn": 0.5})) == 1


def test_the_vocabulary_is_what_is_indexed_now(store: Store) -> None:
    assert not store.vocabulary().knows("havn")

    put(store, a_meeting("a.pdf", an_item("Den kommunale ungeindsats (KUI) ved havn")), 0)
    learned = store.vocabulary()
    assert learned.knows("havn")
    assert learned.abbreviations.long_forms("KUI") == [("kommunal", "ungeindsat")]
    assert store.vocabulary() is learned

    put(store, a_meeting("a.pdf", an_item("bro")), 0)
    assert not store.vocabulary().knows("havn")
    assert store.vocabulary().abbreviations.long_forms("KUI") == []


def test_a_word_of_the_title_counts_more_than_one_of_the_text(store: Store) -> None:
    others = [an_item(f"andet {i}") for i in range(8)]
    by_text = an_item("havn kaj", title="kaj kaj")
    by_title = an_item("kaj kaj kaj", title="havn")
    put(store, a_meeting("a.pdf", by_text, by_title, *others), *range(10))

    assert words(store, "havn") == [by_title.text, by_text.text]


@pytest.mark.parametrize("text", ["Sagsnr. 20/36381", "J.nr. 15.00.00-G01-23-23", "på Ærøskøbing"])
def test_terms_keep_their_punctuation(store: Store, text: str) -> None:
    put(store, a_meeting("a.pdf", an_item(text)), 0)
    term = max(analyse(text), key=len)

    assert words(store, term) == [text]
    assert store.frequencies([term]) == {term: 1}
    assert words(store, term[:-1]) == []


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(terms=st.lists(st.text(max_size=5), max_size=5))
def test_no_term_is_read_as_an_operator(archive: Store, terms: list[str]) -> None:
    found = set(words(archive, " ".join(terms)))

    assert "vej" in words(archive, " ".join(["vej", *terms]))
    assert archive.matching(["vej", *terms], 10, EVERYTHING)
    assert archive.frequencies(terms).keys() == set(terms)
    assert found <= {"vej", "skole", "bro", "havn"}


def test_frequencies_count_passages_not_words(store: Store) -> None:
    minutes = a_meeting("a.pdf", an_item("cykel cykel", title="cykel"), an_item("cykel bus"))
    put(store, minutes, 0, 1)

    assert store.frequencies(["cykel", "bus", "ukendt"]) == {"cykel": 2, "bus": 1, "ukendt": 0}
    assert store.frequencies([]) == {}


# Milvus Lite opens a log twice where two threads come at once, and leaves one to the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_threads_read_while_one_writes(store: Store) -> None:
    """A document is either there with all its passages and words, or not at all."""
    put(store, a_meeting("a.pdf", an_item("vej"), an_item("vej")), 0, 1)

    def read(_: int) -> None:
        found = near(store, 0, k=100)
        assert len(found) % 2 == 0
        assert len(store.matching(["vej"], 100, EVERYTHING)) % 2 == 0

    def write(turn: int) -> None:
        put(store, a_meeting(f"{turn % 3}.pdf", an_item("vej"), an_item("vej")), 2, 3)
        if turn % 5 == 0:
            store.remove("0.pdf")
            store.flush()

    with ThreadPoolExecutor(6) as pool:
        reads, writes = pool.map(read, range(120)), pool.map(write, range(30))
        assert list(reads) == [None] * 120
        assert list(writes) == [None] * 30


# The local store alone: opening


def test_opening_needs_an_index(data: Path) -> None:
    with pytest.raises(MissingIndex, match="there is no index here; run 'punktvis index"):
        LocalStore.open(data)
    data.mkdir()
    (data / "punktvis.sqlite").touch()
    with pytest.raises(MissingIndex):
        LocalStore.open(data)


def test_an_index_of_another_format_is_named(data: Path) -> None:
    LocalStore.create(data, MODEL).close()
    with sqlite3.connect(data / "punktvis.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()

    with pytest.raises(StoreError, match=r"format 99, .* delete the file"):
        LocalStore.open(data)
    with pytest.raises(StoreError, match="format 99"):
        LocalStore.create(data, MODEL)


def test_documents_of_another_model_are_not_mixed_in(data: Path) -> None:
    with LocalStore.create(data, MODEL) as store:
        put(store, a_meeting("a.pdf", an_item("x")), 0)

    with pytest.raises(WrongModel, match="built with the model 'angles', but 'other' is"):
        LocalStore.create(data, "other")

    with LocalStore.create(data, MODEL) as store:
        assert near(store, 0) == ["x"]
        store.remove("a.pdf")


def test_an_empty_index_takes_any_model(data: Path) -> None:
    with LocalStore.create(data, MODEL) as store:
        put(store, a_meeting("a.pdf", an_item("x")), 0)
        store.flush()
        store.remove("a.pdf")
    with LocalStore.create(data, "other") as store:
        vector = np.array([1, 0, 0], np.float32)
        chunk = EmbeddedChunk(Chunk(0, Role.OTHER, "", "", 0, 1), vector, np.empty((0, 3)))
        store.replace(a_meeting("a.pdf", an_item("x")), "digest", [chunk])

        assert store.model == "other"
        assert len(store.nearest(vector, 5, EVERYTHING)) == 1


def test_a_store_opened_for_reading_cannot_be_changed(data: Path) -> None:
    LocalStore.create(data, MODEL).close()
    with LocalStore.open(data) as store:
        for change in (lambda: store.remove("a.pdf"), lambda: put(store, a_meeting("a.pdf"))):
            with pytest.raises(StoreError, match="opened for reading"):
                change()
        with pytest.raises(StoreError, match="opened for reading"):
            store.flush()


def test_a_closed_store_says_so_and_closes_twice(data: Path) -> None:
    store = LocalStore.create(data, MODEL)
    store.close()
    store.close()

    with pytest.raises(StoreError, match="has been closed"):
        store.size()


def test_a_data_folder_that_is_a_file_is_named(data: Path) -> None:
    data.touch()
    with pytest.raises(StoreError, match=r"data with 100% #\?: cannot be read or written"):
        LocalStore.create(data, MODEL)


# The local store alone: the lock


def test_one_build_at_a_time_and_the_holder_is_named(data: Path) -> None:
    with LocalStore.create(data, MODEL) as store:
        put(store, a_meeting("a.pdf", an_item("x")), 0)
        with pytest.raises(BuildLocked, match=rf"\(process {os.getpid()} on .*, since \d{{4}}-"):
            LocalStore.create(data, MODEL)
        with LocalStore.open(data) as reader:
            assert near(reader, 0) == ["x"]
    LocalStore.create(data, MODEL).close()


def test_whether_a_build_runs_can_be_seen_without_waiting_for_it(data: Path) -> None:
    assert not BuildLock(data).is_taken()
    with LocalStore.create(data, MODEL):
        assert BuildLock(data).is_taken()
    assert not BuildLock(data).is_taken()
    (data / "build.holder").write_text("process 1, which was killed")
    assert not BuildLock(data).is_taken()
    LocalStore.create(data, MODEL).close()


def test_a_holder_that_has_not_signed_yet_is_named_too(data: Path) -> None:
    with LocalStore.create(data, MODEL):
        (data / "build.holder").unlink()
        with pytest.raises(BuildLocked, match="a process that has just started"):
            BuildLock(data).acquire()


def test_a_failed_opening_lets_go_of_the_lock(data: Path) -> None:
    data.mkdir()
    (data / "punktvis.sqlite").write_bytes(b"no database" * 1000)
    for _ in range(2):
        with pytest.raises(StoreError, match="the index is damaged"):
            LocalStore.create(data, MODEL)


# The local store alone: the derived file


def built(data: Path) -> Path:
    """Build an index of two documents, and name its FAISS file."""
    with LocalStore.create(data, MODEL) as store:
        put(store, a_meeting("a.pdf", an_item("x")), 0)
        put(store, a_meeting("b.pdf", an_item("y")), 10)
        store.flush()
    return data / "vectors.faiss"


def test_a_whole_file_is_believed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(data)

    def read_nothing(*_: object) -> Iterator[object]:
        return iter(())

    monkeypatch.setattr(vectors, "_read_vectors", read_nothing)
    with LocalStore.open(data) as store:
        assert near(store, 0) == ["x", "y"]


@pytest.mark.parametrize(
    "harm",
    [
        lambda file: file.unlink(),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(b"IxM2" + b"\xff" * 500),
        lambda file: file.write_bytes(file.read_bytes()[:-20]),
        lambda file: file.write_bytes(file.read_bytes()[:-1] + b"?"),
    ],
    ids=["missing", "empty", "garbage", "cut", "one byte"],
)
def test_a_harmed_file_is_made_anew_from_the_truth(
    data: Path, harm: Callable[[Path], None]
) -> None:
    file = built(data)
    whole = file.read_bytes()
    harm(file)

    with LocalStore.open(data) as store:
        assert near(store, 0) == ["x", "y"]
    with LocalStore.create(data, MODEL) as store:
        store.flush()
    assert file.read_bytes() == whole


def test_a_file_of_another_generation_is_brought_up_to_date(data: Path) -> None:
    built(data)
    with LocalStore.create(data, MODEL) as store:
        store.remove("a.pdf")
        put(store, a_meeting("c.pdf", an_item("z")), 5)

    with LocalStore.open(data) as store:
        assert near(store, 0) == ["z", "y"]


def test_a_file_that_is_up_to_date_is_not_written_again(data: Path) -> None:
    file = built(data)
    before = file.stat()
    with LocalStore.create(data, MODEL) as store:
        store.flush()

    assert (file.stat().st_mtime_ns, file.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_an_open_reader_follows_a_build_of_another_process(data: Path) -> None:
    built(data)
    with LocalStore.open(data) as reader:
        assert near(reader, 0) == ["x", "y"]

        in_child(add_document, data)
        assert near(reader, 0) == ["x", "new", "y"]
        assert words(reader, "new") == ["new"]

        in_child(remove_document, data)
        assert near(reader, 0) == ["x", "y"]


# The local store alone: killed at any moment


def add_document(data: Path) -> None:
    with LocalStore.create(data, MODEL) as store:
        put(store, a_meeting("new.pdf", an_item("new")), 5)


def remove_document(data: Path) -> None:
    with LocalStore.create(data, MODEL) as store:
        store.remove("new.pdf")
        store.flush()


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_before_flush(data: Path) -> None:
    store = LocalStore.create(data, MODEL)
    put(store, a_meeting("a.pdf", an_item("new")), 5)
    die()


def die_in_transaction(data: Path) -> None:
    store = LocalStore.create(data, MODEL)
    local.count_in = die
    put(store, a_meeting("a.pdf", an_item("new")), 5)


def die_before_file_is_in_place(data: Path) -> None:
    store = LocalStore.create(data, MODEL)
    put(store, a_meeting("a.pdf", an_item("new")), 5)
    os.fsync = die
    store.flush()


def die_before_digest_is_noted(data: Path) -> None:
    store = LocalStore.create(data, MODEL)
    put(store, a_meeting("a.pdf", an_item("new")), 5)
    vectors.write_meta = die
    store.flush()


def in_child(action: Callable[[Path], None], data: Path) -> int:
    """Call a function of this module in a process of its own, and give its exit status."""
    command = [sys.executable, __file__, action.__name__, str(data)]
    status = subprocess.run(command, check=False, timeout=60).returncode
    assert status in (0, -signal.SIGKILL)
    return status


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (die_in_transaction, ["x", "y"]),
        (die_before_flush, ["new", "y"]),
        (die_before_file_is_in_place, ["new", "y"]),
        (die_before_digest_is_noted, ["new", "y"]),
    ],
)
def test_a_build_that_is_killed_leaves_the_last_good_state(
    data: Path, action: Callable[[Path], None], expected: list[str]
) -> None:
    built(data)

    assert in_child(action, data) == -signal.SIGKILL

    with LocalStore.open(data) as store:
        assert near(store, 0) == expected
        assert set(words(store, "x y new")) == set(expected)
    with LocalStore.create(data, MODEL) as store:
        put(store, a_meeting("c.pdf", an_item("z")), 90)
        store.flush()
        assert near(store, 0) == [*expected, "z"]
    with LocalStore.open(data) as store:
        assert near(store, 0) == [*expected, "z"]


# The local store alone: damage and blocking


def test_a_file_that_is_no_database_is_named(data: Path) -> None:
    built(data)
    (data / "punktvis.sqlite").write_bytes(b"no database" * 1000)

    with pytest.raises(
        StoreError, match=r"punktvis\.sqlite: the index is damaged; delete the file"
    ):
        LocalStore.open(data)


def test_damage_inside_the_file_is_named_when_it_is_met(data: Path) -> None:
    built(data)
    file = data / "punktvis.sqlite"
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))

    with LocalStore.open(data) as store:
        for read in (store.digests, store.size, lambda: near(store, 0), lambda: words(store, "x")):
            with pytest.raises(StoreError, match="the index is damaged; delete the file and run"):
                read()


def test_blocked_content_is_recognised_however_it_is_read(data: Path) -> None:
    with LocalStore.create(data, MODEL) as store:
        put(store, a_meeting("a.pdf", an_item("hemmelig")), 0, digest="content-reading1")

        assert store.block("a.pdf", "withdrawn")
        assert not store.block("a.pdf")

        assert store.blocked("content-reading2")
        assert not store.blocked("corrected-reading1")
        assert store.minutes("a.pdf") is None
        assert near(store, 0) == []


def test_the_copies_of_what_is_blocked_go_with_it(data: Path) -> None:
    with LocalStore.create(data, MODEL) as store:
        put(store, a_meeting("a.pdf"), digest="content-reading1")
        put(store, a_meeting("copy.pdf"), digest="content-reading2")
        put(store, a_meeting("b.pdf"), digest="other-reading1")

        assert store.block("a.pdf")

        assert store.digests().keys() == {"b.pdf"}


def test_nothing_of_what_is_blocked_stays_in_any_file(data: Path) -> None:
    def holding(word: bytes) -> list[str]:
        return [file.name for file in data.iterdir() if word in file.read_bytes()]

    with LocalStore.create(data, MODEL) as store, LocalStore.open(data) as reader:
        put(store, a_meeting("a.pdf", an_item("hemmelig")), 0)
        put(store, a_meeting("b.pdf", an_item("aaben")), 10, digest="other")
        store.flush()
        assert near(reader, 0) == ["hemmelig", "aaben"]
        assert holding(b"hemmelig")

        store.block("a.pdf")
        store.flush()

        assert holding(b"hemmelig") == []
        assert holding(at(0).tobytes()) == []
        assert holding(b"aaben")


def test_removals_are_remembered_by_whoever_opens_the_index(data: Path) -> None:
    with LocalStore.create(data, MODEL) as store:
        put(store, a_meeting("a.pdf"), digest="content-reading1")
        put(store, a_meeting("copy.pdf"), digest="content-reading2")
        store.block("a.pdf")
    with LocalStore.open(data) as store:
        assert sorted(changes(store)) == [("removed", "a.pdf"), ("removed", "copy.pdf")]


def test_an_index_that_is_made_anew_knows_no_cursor_of_the_old_one(data: Path) -> None:
    with LocalStore.create(data, MODEL) as store:
        put(store, a_meeting("a.pdf"))
        (old,) = store.changes(0)
    (data / "punktvis.sqlite").unlink()
    with LocalStore.create(data, MODEL) as store:
        put(store, a_meeting("a.pdf"))
        with pytest.raises(UnknownCursor):
            store.changes(old.cursor)


def test_documents_remember_their_folder(data: Path) -> None:
    with LocalStore.create(data, MODEL) as store:
        store.replace(a_meeting("a.pdf"), "digest", [], root="/minutes")
        store.replace(a_meeting("b.pdf"), "digest", [])
        assert store.roots() == {"a.pdf": "/minutes", "b.pdf": None}

        store.move("b.pdf", "/other")
        assert store.roots() == {"a.pdf": "/minutes", "b.pdf": "/other"}


if __name__ == "__main__":
    globals()[sys.argv[1]](Path(sys.argv[2]))
