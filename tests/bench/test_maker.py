"""Made minutes are what the parser and the chunker would make of their text."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from maker import COMMITTEES, Bank, Plan, committee_and_year, make, read_bank, write

from indexer.chunking import chunk_minutes
from indexer.embedding import load_embedder
from indexer.parsing import read_minutes
from indexer.settings import Settings
from indexer.store.local import LocalStore
from indexer.weights import unpack


@pytest.fixture(scope="module")
def bank(tiny_weights: Path, tmp_path_factory: pytest.TempPathFactory) -> Bank:
    model = tmp_path_factory.mktemp("tiny") / "model"
    unpack(tiny_weights, model)
    return read_bank(load_embedder(Settings(model=str(model))))


def test_passages_are_those_that_the_chunker_would_cut(bank: Bank) -> None:
    for made in make(bank, Plan(municipalities=2)):
        assert [held.chunk for held in made.chunks] == list(chunk_minutes(made.minutes))


def test_written_files_are_read_as_what_was_made(bank: Bank, tmp_path: Path) -> None:
    """But for votes, whose numbers are changed in the text alone."""
    meetings = list(make(bank, Plan.holding(400)))
    assert write(meetings, tmp_path) == len(meetings)
    for made in meetings:
        read = read_minutes(tmp_path / made.minutes.source, made.minutes.source)
        assert (read.municipality, read.committee, read.date) == (
            made.minutes.municipality,
            made.minutes.committee,
            made.minutes.date,
        )
        for one, other in zip(read.items, made.minutes.items, strict=True):
            assert replace(one, decisions=()) == replace(other, decisions=())
            outcomes = [[(d.date, d.outcome) for d in item.decisions] for item in (one, other)]
            assert outcomes[0] == outcomes[1]


def test_the_same_seed_makes_the_same_and_another_does_not(bank: Bank) -> None:
    first, again, other = (list(make(bank, Plan.holding(200), seed)) for seed in (1, 1, 2))
    assert [made.minutes for made in first] == [made.minutes for made in again]
    assert [made.minutes for made in first] != [made.minutes for made in other]
    np.testing.assert_array_equal(first[-1].chunks[-1].vector, again[-1].chunks[-1].vector)


def test_a_store_holds_so_many_passages_and_finds_them(bank: Bank, tmp_path: Path) -> None:
    plan = Plan.holding(1000)
    with LocalStore.create(tmp_path / "data", "tiny") as store:
        for made in make(bank, plan):
            store.replace(made.minutes, made.digest, made.chunks)
        assert 1000 <= store.size() < 1100
        nearest = store.nearest(made.chunks[0].vector, 3, committee_and_year(0, Plan(1)))
        assert nearest
        filters = replace(committee_and_year(0, Plan(1)), committees=(made.minutes.committee,))
        (match, *_) = store.nearest(made.chunks[0].vector, 3, filters)
        assert store.passages([match.id])[0].committee == made.minutes.committee


def test_every_committee_of_a_plan_meets_every_month() -> None:
    meetings = list(Plan(municipalities=3, years=2).meetings())
    assert len(set(meetings)) == len(meetings) == 3 * len(COMMITTEES) * 2 * 12
