"""The reader: where in a passage an answer stands out, and that none does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors import safe_open

from indexer.weights import bundled_model
from indexer.word_table import word_table
from qa_engine.reader import GRAPH, OnnxReader, Reading

PASSAGE = (
    "Ny legeplads ved Søparken\nSagsfremstilling\n"
    "Legepladsen blev taget i brug den 3. maj 2022. Den kostede i alt 640.000 kr., hvoraf fonden "
    "gav halvdelen. Formanden for beboerforeningen, Ellen Bruhn, holdt talen."
)


@pytest.fixture(scope="module")
def reader() -> OnnxReader:
    return OnnxReader(GRAPH, bundled_model())


def reading(begins: list[float], ends: list[float]) -> Reading:
    """Make a reading of one-letter tokens."""
    places = np.array([(i, i + 1) for i in range(len(begins))])
    return Reading(places, np.float32(begins), np.float32(ends), nothing=1.0)


def test_an_answer_is_weighed_against_there_being_none() -> None:
    assert reading([0, 5, 0], [0, 0, 4]).weigh(0, 3) == pytest.approx(5 + 4 - 1)


def test_an_answer_does_not_end_before_it_begins() -> None:
    assert reading([0, 0, 5], [5, 0, 0]).weigh(0, 3) == pytest.approx(5 - 1)


def test_where_nothing_was_read_there_is_no_answer() -> None:
    assert reading([1, 1], [1, 1]).weigh(2, 9) == float("-inf")


@given(
    st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=12),
    st.integers(0, 12),
    st.integers(0, 12),
)
def test_a_part_never_weighs_more_than_the_whole(
    scores: list[tuple[float, float]], start: int, end: int
) -> None:
    read = reading([b for b, _ in scores], [e for _, e in scores])
    assert read.weigh(start, end) <= read.weigh(0, len(scores))


def test_words_are_looked_up_in_the_embedders_table() -> None:
    file = bundled_model() / "model.safetensors"
    with safe_open(file, "np") as tensors:
        table = tensors.get_tensor("embeddings.word_embeddings.weight")
    ids = [0, 5, 1234, len(table) - 1]
    assert np.array_equal(word_table(file)[ids], table[ids])


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Hvad endte det med at koste at bygge legepladsen?", "640.000 kr."),
        ("Hvornår kunne børnene begynde at lege der?", "3. maj 2022"),
        ("hvem holdt tale da legepladsen aabnede", "Ellen Bruhn"),
    ],
)
def test_the_sentence_that_answers_stands_out(
    reader: OnnxReader, question: str, answer: str
) -> None:
    (read,) = reader.read(question, [PASSAGE])
    start = PASSAGE.index(answer)
    own = read.weigh(start, start + len(answer))
    others = [
        read.weigh(PASSAGE.index(other), PASSAGE.index(other) + len(other))
        for other in ("640.000 kr.", "3. maj 2022", "Ellen Bruhn")
        if other != answer
    ]
    assert own > max(others)


def test_a_passage_that_does_not_tell_weighs_less(reader: OnnxReader) -> None:
    told, untold = (
        reader.read(question, [PASSAGE])[0].weigh(0, len(PASSAGE))
        for question in ("Hvad kostede legepladsen?", "Hvor mange gynger er der på legepladsen?")
    )
    assert told > untold


def test_a_passage_beyond_the_window_is_read_as_far_as_it_goes(reader: OnnxReader) -> None:
    (read,) = reader.read("Hvad kostede legepladsen?", [PASSAGE * 20])
    assert 0 < read.places.max() < len(PASSAGE) * 20


def test_a_question_longer_than_the_window_is_read_as_far_as_it_goes(reader: OnnxReader) -> None:
    (read,) = reader.read("Hvad kostede legepladsen? " * 200, [PASSAGE])
    assert read.weigh(0, len(PASSAGE)) > float("-inf")


def test_no_passages_give_no_readings(reader: OnnxReader) -> None:
    assert reader.read("Hvad kostede legepladsen?", []) == []


def test_passages_of_any_length_are_read_in_their_order(reader: OnnxReader) -> None:
    question, passages = (
        "Hvad kostede legepladsen?",
        ["Vej.", PASSAGE, "Den blev dyr.", PASSAGE * 2],
    )
    together = reader.read(question, passages)
    for passage, read in zip(passages, together, strict=True):
        (alone,) = reader.read(question, [passage])
        assert np.array_equal(alone.places, read.places)
        assert alone.weigh(0, len(passage)) == pytest.approx(read.weigh(0, len(passage)))
