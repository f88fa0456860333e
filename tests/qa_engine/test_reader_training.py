"""Training the reader, on a model of one layer that knows the letters."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import torch
from transformers import AutoTokenizer, PreTrainedTokenizerBase

from indexer.weights import unpack
from qa_engine.reader_network import ReaderNetwork
from qa_engine.reader_training import batches, encode, report, train
from qa_engine.reading_examples import Example

EXAMPLES = [
    Example(
        f"hvad koster {what}?", f"{what}: pris {what} abc", (len(what) + 2, len(what) + 6), False
    )
    for what in ("sti", "bro", "vej", "hal", "havn", "mur", "port", "have")
] * 4
NEAR_MISS = Example("hvem ejer broen?", "broen er lang", None, False)


@pytest.fixture(scope="module")
def folder(tiny_weights: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    unpacked = tmp_path_factory.mktemp("model") / "tiny"
    unpack(tiny_weights, unpacked)
    return unpacked


@pytest.fixture(scope="module")
def tokenizer(folder: Path) -> PreTrainedTokenizerBase:
    return AutoTokenizer.from_pretrained(folder)


def test_an_answer_is_marked_by_its_first_and_last_token(
    tokenizer: PreTrainedTokenizerBase,
) -> None:
    (encoded,) = encode(tokenizer, EXAMPLES[:1], random.Random(1))
    pieces = tokenizer.convert_ids_to_tokens(encoded.ids[encoded.begin : encoded.end + 1])
    assert "".join(pieces).strip("▁") == "pris"


def test_a_near_miss_is_marked_at_the_first_token(tokenizer: PreTrainedTokenizerBase) -> None:
    (encoded,) = encode(tokenizer, [NEAR_MISS], random.Random(1))
    assert (encoded.begin, encoded.end) == (0, 0)


def test_an_answer_beyond_the_window_is_left_out(tokenizer: PreTrainedTokenizerBase) -> None:
    far = Example("hvad?", "abc " * 400 + "pris", (1600, 1604), False)
    assert encode(tokenizer, [far], random.Random(1)) == []


def test_batches_hold_every_example_once(tokenizer: PreTrainedTokenizerBase) -> None:
    encoded = encode(tokenizer, [*EXAMPLES, NEAR_MISS], random.Random(1))
    found = list(batches(encoded, random.Random(1)))
    assert sum(len(ids) for ids, _, _ in found) == len(encoded)
    for ids, mask, places in found:
        assert ids.shape == mask.shape
        assert bool((places < mask.sum(1, keepdim=True)).all())


def test_training_changes_the_layers_and_not_the_word_table(
    folder: Path, tokenizer: PreTrainedTokenizerBase, capsys: pytest.CaptureFixture[str]
) -> None:
    torch.manual_seed(1)
    network = ReaderNetwork(folder)
    words = network.words.weight.clone()
    marks = network.marks.weight.clone()
    train(network, encode(tokenizer, EXAMPLES, random.Random(1)), "danish")
    assert torch.equal(network.words.weight, words)
    assert not torch.equal(network.marks.weight, marks)


def test_a_report_tells_how_often_the_answer_was_met(
    folder: Path, tokenizer: PreTrainedTokenizerBase
) -> None:
    told = report(ReaderNetwork(folder), tokenizer, [EXAMPLES[0], NEAR_MISS])
    assert told.startswith("best span within the answer ")
