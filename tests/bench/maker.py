"""A maker of minutes, for load: as many as wanted, from the corpus, the same for the same seed.

For whoever measures at scale (the store, Milvus, ``make bench-scale``), the whole interface is

    bank = read_bank(embedder)                     # two minutes; embeds the corpus once
    for made in make(bank, Plan.holding(100_000)):
        store.replace(made.minutes, made.digest, made.chunks)
    write(make(bank, plan), folder)                # or: as Markdown files, for a whole build
    questions(embedder), committee_and_year(seed, plan)    # what to search them for

Agenda items are those of ``corpus/``, each with the sections, decisions and passages that the
parser and the chunker made of it, so lengths and words are those of minutes. A copy differs from
its pattern in everything that differs between meetings: municipality, committee, date, case and
item number, and all numbers in the text except years, changed digit by digit, so that every offset
stays true. What it lacks is rare words: a word that one passage in a thousand has here, it has at
every size, so the word index has more to do than with real minutes.

A copy's vectors are its pattern's, moved by what its header and numbers change. Real vectors of
copies differ in the directions in which all passages differ, so they are moved by differences of
passages drawn at random (``_MOVED``).
"""

from __future__ import annotations

import datetime as dt
import json
import random
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise, product
from pathlib import Path

import numpy as np

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).resolve().parents[2])]

from bank import (  # noqa: E402 - see above
    COMMITTEES,
    CORPUS,
    DATE,
    FIRST_NUMBER,
    PATTERN_DATE,
    Bank,
    Pattern,
    dated,
    preamble,
    read_bank,
)

from indexer.chunking import embedded_text  # noqa: E402
from indexer.danish import format_date  # noqa: E402
from indexer.embedding import Embedder, Text, load_embedder  # noqa: E402
from indexer.model import AgendaItem, Chunk, Filters, Minutes  # noqa: E402
from indexer.municipality import BESIDE  # noqa: E402
from indexer.settings import Settings  # noqa: E402
from indexer.store import EmbeddedChunk, Vectors  # noqa: E402

_BEGINNINGS = ("Sol", "Birke", "Egt", "Lind", "Ask", "Ravn", "Horn", "Sand", "Kirke", "Møl", "Sø",
               "Øst", "Vester", "Hav", "Strand", "Gran", "Elm", "Hjort")  # fmt: skip
_ENDINGS = ("ved", "bæk", "holt", "rup", "lund", "sted", "bro", "mose", "borg", "næs")
_FIRST_YEAR = 2010
_CHUNKS_A_YEAR = 350_000  # of 98 municipalities, a little less than there are
_ITEMS = (6, 18)  # in one meeting
# Share of a vector of length one, a guess; `python tests/bench/maker.py` compares it.
_MOVED = 0.25
_YEAR_OR_DAY = re.compile(
    r"\b(?:19|20)\d\d\b|\d+\. (?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)"
)
_NUMBER = re.compile(rf"{DATE.pattern}|{_YEAR_OR_DAY.pattern}|\d\d+")


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is made: one meeting of every committee of every municipality each month.

    Attributes:
        municipalities: How many.
        committees: How many each has, seven at most.
        years: How many, from 2010.
        chunks: Make no more meetings once there are so many passages; None makes all.
    """

    municipalities: int
    committees: int = len(COMMITTEES)
    years: int = 1
    chunks: int | None = None

    @classmethod
    def holding(cls, chunks: int) -> Plan:
        """Plan for so many passages, or a few more: 98 municipalities, and years as needed."""
        return cls(municipalities=98, years=1 + chunks // _CHUNKS_A_YEAR, chunks=chunks)

    def meetings(self) -> Iterator[tuple[str, str, dt.date]]:
        """List municipality, committee and date of all meetings, a month of the country a time."""
        names = municipality_names()[: self.municipalities]
        committees = list(COMMITTEES)[: self.committees]
        for year, month in product(range(self.years), range(1, 13)):
            for place, name in enumerate(names):
                for day, committee in enumerate(committees):
                    when = dt.date(_FIRST_YEAR + year, month, 1 + (place + 3 * day) % 28)
                    yield name, committee, when


@dataclass(frozen=True, slots=True)
class Made:
    """Minutes of one meeting, ready to be stored."""

    minutes: Minutes
    chunks: Sequence[EmbeddedChunk]

    @property
    def digest(self) -> str:
        """What a store is told of their version."""
        return f"made-{self.minutes.source}"


def municipality_names() -> list[str]:
    """Invent 180 names, in an order in which neighbours share no part."""
    pairs = product(range(len(_ENDINGS)), range(len(_BEGINNINGS)))
    return [f"{_BEGINNINGS[b]}{_ENDINGS[(e + b) % len(_ENDINGS)]} Kommune" for e, b in pairs]


def make(bank: Bank, plan: Plan, seed: int = 0) -> Iterator[Made]:
    """Make the minutes of a plan; a meeting is the same whatever else is made."""
    made = 0
    for municipality, committee, date in plan.meetings():
        if plan.chunks is not None and made >= plan.chunks:
            return
        meeting = _make_meeting(bank, municipality, committee, date, seed)
        made += len(meeting.chunks)
        yield meeting


def write(meetings: Iterable[Made], folder: Path) -> int:
    """Write minutes as Markdown files, a folder for each municipality; tell how many."""
    count = 0
    for made in meetings:
        count += 1
        file = folder / made.minutes.source
        file.parent.mkdir(parents=True, exist_ok=True)
        (file.parent / BESIDE).write_text(made.minutes.municipality or "", encoding="utf-8")
        text = made.minutes.preamble + "".join(item.text for item in made.minutes.items)
        file.write_text(text, encoding="utf-8")
    return count


def questions(embedder: Embedder) -> Vectors:
    """Embed the questions of the corpus, shape (n, d): what people would ask of such minutes."""
    lines = (CORPUS / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return embedder.embed_queries([json.loads(line)["question"] for line in lines])


def committee_and_year(seed: int, plan: Plan) -> Filters:
    """Choose a committee and a year of a plan, for a search that is confined to them."""
    chance = random.Random(seed)
    year = _FIRST_YEAR + chance.randrange(plan.years)
    committee = chance.choice(list(COMMITTEES)[: plan.committees])
    return Filters(committees=(committee,), since=dt.date(year, 1, 1), until=dt.date(year, 12, 31))


def _make_meeting(bank: Bank, municipality: str, committee: str, date: dt.date, seed: int) -> Made:
    source = f"{municipality.split(maxsplit=1)[0]}/{committee}-{date.isoformat()}.md"
    chance = random.Random(f"{seed} {source}")
    rng = np.random.default_rng(chance.getrandbits(64))
    patterns = bank.patterns[committee]
    chosen = chance.sample(patterns, min(len(patterns), chance.randint(*_ITEMS)))
    items, chunks = [], []
    for position, pattern in enumerate(chosen):
        item = _copy_item(pattern, str(FIRST_NUMBER + position), committee, date, chance)
        items.append(item)
        first = f"{municipality}, {committee}, {format_date(date)}, sag {item.case_number}"
        for held in pattern.chunks:
            heading = dated(held.chunk.heading, date)
            header = "\n".join(part for part in (first, item.title, heading) if part)
            chunk = replace(held.chunk, position=position, heading=heading, header=header)
            chunks.append(_move(bank, held, chunk, rng))
    minutes = Minutes(
        source=source,
        municipality=municipality,
        committee=committee,
        date=date,
        place=None,
        participants=(),
        absent=(),
        items=tuple(items),
        preamble=preamble(committee, date),
    )
    return Made(minutes, chunks)


def _copy_item(
    pattern: Pattern, number: str, committee: str, date: dt.date, chance: random.Random
) -> AgendaItem:
    """Change the numbers of an item, and nothing of what stands where.

    Votes are counted as in the pattern, whatever the text tells now.
    """
    item = pattern.item
    case = f"{date:%y}/{chance.randrange(100_000):05}"

    def change(match: re.Match[str]) -> str:
        found = match[0]
        if DATE.fullmatch(found):
            return dated(found, date)
        if _YEAR_OR_DAY.fullmatch(found):
            return found
        return found[0] + str(chance.random())[2 : len(found) + 1]

    heading, _, body = item.text.split("\n\n", 2)
    title = _NUMBER.sub(change, item.title)
    changed = _NUMBER.sub(change, body)
    heading = heading.replace(item.number, number, 1).replace(item.title, title)
    decisions = tuple(
        replace(
            decision,
            date=date if decision.date == PATTERN_DATE else decision.date,
            body=committee if decision.body == pattern.committee else decision.body,
        )
        for decision in item.decisions
    )
    return replace(
        item,
        number=number,
        title=title,
        case_number=case,
        text="\n\n".join((heading, case, changed)),
        attachments=tuple(
            changed[at : at + len(name)] for name in item.attachments for at in [body.rindex(name)]
        ),
        sections=tuple(replace(s, heading=dated(s.heading, date)) for s in item.sections),
        decisions=decisions,
    )


def _move(bank: Bank, held: EmbeddedChunk, chunk: Chunk, rng: np.random.Generator) -> EmbeddedChunk:
    one, other = bank.vectors[rng.integers(len(bank.vectors), size=2)]
    difference = one - other
    moved = _MOVED * difference / max(float(np.linalg.norm(difference)), 1e-6)
    return EmbeddedChunk(chunk, _unit(held.vector + moved), _unit(held.unit_vectors + moved))


def _unit(vectors: Vectors) -> Vectors:
    lengths: Vectors = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / lengths).astype(np.float32)


def main() -> None:
    """Measure how near two copies of a passage are: as the real model embeds them, and as made."""
    embedder = load_embedder(Settings())
    bank = read_bank(embedder)
    copies: dict[Sequence[tuple[int, int]], list[tuple[Vectors, Vectors]]] = {}
    for made in islice(make(bank, Plan(municipalities=2, years=1)), 12):
        items = made.minutes.items
        texts = [Text(*embedded_text(e.chunk, items[e.chunk.position])) for e in made.chunks]
        for held, real in zip(made.chunks, embedder.embed_passages(texts), strict=True):
            copies.setdefault(held.chunk.units, []).append((held.vector, real.vector))
    pairs = [(one, other) for same in copies.values() for one, other in pairwise(same)]
    for place, name in enumerate(("made", "real")):
        nearness = [float(one[place] @ other[place]) for one, other in pairs]
        told = np.quantile(nearness, (0.1, 0.5, 0.9)).round(3)
        print(f"{name}: cosine of two copies {told} (10 %, median, 90 %) of {len(nearness)}")


if __name__ == "__main__":
    main()
