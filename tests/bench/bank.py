"""What made minutes are made from: the agenda items of the corpus, in one form, embedded."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from indexer.chunking import chunk_minutes, embedded_text  # noqa: E402 - see above
from indexer.embedding import Embedder, Text  # noqa: E402
from indexer.model import AgendaItem, Minutes  # noqa: E402
from indexer.pages import Document  # noqa: E402
from indexer.parsing import parse  # noqa: E402
from indexer.store import EmbeddedChunk, Vectors  # noqa: E402

CORPUS = ROOT / "corpus"
FIRST_NUMBER = 100  # numbers run through the year, and three digits keep offsets as they are
PATTERN_DATE = dt.date(2010, 1, 1)

# What a committee deals with, by words in the names of the committees of the corpus.
COMMITTEES = {
    "Byrådet": "",
    "Økonomiudvalget": "økonomi|direktion|erhverv|hovedudvalg",
    "Børne- og Skoleudvalget": "børn|skole|dagtilbud|uddannelse|læring|ung",
    "Social- og Sundhedsudvalget": "social|sundhed|ældre|senior|omsorg|handicap|psykiatri",
    "Teknik- og Miljøudvalget": "teknik|miljø|plan|klima|forsyning|havn|vej|by|land|ejendom|bolig",
    "Beskæftigelsesudvalget": "beskæftigelse|arbejdsmarked|job|integration",
    "Kultur- og Fritidsudvalget": "kultur|fritid|idræt|turisme|folkeoplysning",
}
DATE = re.compile(r"\d{2}-\d{2}-\d{4}")

# Title, and heading and text of every section.
_Outline = tuple[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Pattern:
    """An agenda item of the corpus with its passages, embedded, and who dealt with it."""

    committee: str
    item: AgendaItem
    chunks: Sequence[EmbeddedChunk]


@dataclass(frozen=True, slots=True)
class Bank:
    """What minutes are made from: patterns by committee, and all passages' vectors, (n, d)."""

    patterns: Mapping[str, Sequence[Pattern]]
    vectors: Vectors


def read_bank(embedder: Embedder) -> Bank:
    """Read and embed the agenda items of the corpus, by the committees of ``COMMITTEES``."""
    meetings = [_parse(_outline_markdown(*outline), "pattern.md") for outline in _outlines()]
    cut = [list(chunk_minutes(minutes)) for minutes in meetings]
    texts = [
        Text(*embedded_text(chunk, minutes.items[chunk.position]))
        for minutes, chunks in zip(meetings, cut, strict=True)
        for chunk in chunks
    ]
    embeddings = iter(embedder.embed_passages(texts))
    patterns: dict[str, list[Pattern]] = {name: [] for name in COMMITTEES}
    for minutes, chunks in zip(meetings, cut, strict=True):
        dealt = minutes.committee or ""
        embedded = [
            EmbeddedChunk(chunk, embedding.vector, embedding.spans)
            for chunk, embedding in zip(chunks, islice(embeddings, len(chunks)), strict=True)
        ]
        for position, item in enumerate(minutes.items):
            own = [e for e in embedded if e.chunk.position == position]
            for committee, words in COMMITTEES.items():
                if re.search(words, dealt, re.IGNORECASE):
                    patterns[committee].append(Pattern(dealt, item, own))
    vectors = [chunk.vector for pattern in patterns["Byrådet"] for chunk in pattern.chunks]
    return Bank(patterns, np.stack(vectors))


def dated(text: str, date: dt.date) -> str:
    """Put a meeting's date in the place of every date that is written so."""
    return DATE.sub(f"{date:%d-%m-%Y}", text)


def preamble(committee: str, date: dt.date) -> str:
    """Write what stands above the first item."""
    return f"# REFERAT {committee} d. {date:%d-%m-%Y}\n\n"


def _outlines() -> Iterator[tuple[str, Sequence[_Outline]]]:
    """Read the corpus as committees, the titles of their items, headings and texts."""
    for file in sorted((CORPUS / "sources").glob("*.md")):
        minutes = _parse(file.read_text(encoding="utf-8"), file.name)
        yield (
            minutes.committee or "",
            [
                (i.title, [(s.heading, i.text[s.start : s.end]) for s in i.sections])
                for i in minutes.items
                if i.sections
            ],
        )
    for file in sorted((CORPUS / "reading").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            sections = [(s["heading"], s["text"]) for s in told["sections"]]
            yield told["committee"], [(told["title"], sections)]


def _outline_markdown(committee: str, items: Sequence[_Outline]) -> str:
    """Write items in one form, with numbers of three digits and a case each."""
    text = preamble(committee, PATTERN_DATE)
    for number, (title, sections) in enumerate(items, FIRST_NUMBER):
        text += f"# Punkt {number}: {title}\n\n10/00000\n\n"
        text += "".join(f"## {heading}\n\n{body.strip()}\n\n" for heading, body in sections)
    return dated(text, PATTERN_DATE)


def _parse(text: str, source: str) -> Minutes:
    return parse(Document(text, paged=False), source)
