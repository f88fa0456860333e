"""Passages ranked by their words, by BM25 as SQLite's FTS5 computes it.

Where the words of a question stand in few passages, FTS5 ranks them. Where they stand in many, its
``bm25`` takes a microsecond or more for each, and it is only asked which passages hold a word:
those that hold the weightiest are then scored here, by the same formula, on the text of their
columns.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import numpy as np

from indexer.store import Match
from indexer.store.codec import json_list
from indexer.store.selection import Ids, Mask, read_ids
from indexer.store.terms import count_terms, read_totals, words_in

# BM25 weights of the columns title, heading and body. Not tuned yet: a title names the case, so
# it outweighs the text; a section's label ("Beslutning") says little about it.
TITLE_WEIGHT, HEADING_WEIGHT, BODY_WEIGHT = 3.0, 0.5, 1.0
# FTS5's own constants, and what a word weighs that stands in more than half of all passages.
_K1, _B, _LEAST_IDF = 1.2, 0.75, 1e-6

# Up to so many places, words of a question in passages, FTS5 ranks them in about 50 ms.
FEW_PLACES = 30_000
# So many are looked at beyond that; the words that weigh least count only in what is found by
# others. `make bench-scale` measures it.
MOST_PLACES = 300_000
# How many of those with the weightiest words are scored, for each passage that is asked for, and at
# least. With ten of each, the 100 best of 100,000 made passages score as high as those that FTS5
# finds; with five, the last of them 0.6 % less. A hundred in all are too few for the best ten.
_SCORED_EACH, _SCORED = 10, 1_000
# What a word in the title adds to one in the text, of a passage of middling length.
_IN_TITLE = 0.7


def match_words(
    connection: sqlite3.Connection,
    terms: Sequence[str],
    k: int,
    allowed: Mask | None,
    also: Mapping[str, float],
) -> list[Match]:
    """Rank the passages that pass and hold any of the terms; a repeated term counts once.

    Args:
        connection: Sees the state of the store that is searched.
        terms: Those that are sought.
        k: How many passages to find.
        allowed: Tells of each id whether it passes, shape (highest id + 1,); None lets in all.
        also: Terms that are sought too, with the share of a sought one that each counts.
    """
    weights = {**also, **dict.fromkeys(terms, 1.0)}
    if not weights or k <= 0:
        return []
    holding = count_terms(connection, weights)
    if sum(holding.values()) <= FEW_PLACES:
        return _rank_all(connection, weights, k, allowed)
    return _rank_weightiest(connection, weights, holding, k, allowed)


def _rank_all(
    connection: sqlite3.Connection, weights: Mapping[str, float], k: int, allowed: Mask | None
) -> list[Match]:
    """Have FTS5 rank every passage that passes and holds any of the terms."""
    within, values = "", list[str]()
    if allowed is not None:
        found = _places(connection, _any_of(weights))
        # Without the plus SQLite looks up each of them in the word index: minutes for a question.
        within = " AND +words.rowid IN (SELECT value FROM json_each(?))"
        values = [json_list(found[allowed[found]].tolist())]
    # FTS5 cannot weigh words, so those of each weight are ranked apart, and the scores added up.
    # Its scores are negative, the best the lowest; here as elsewhere a higher score is better.
    ranking = (
        f"SELECT words.rowid AS id, -bm25(words, {TITLE_WEIGHT}, {HEADING_WEIGHT}, {BODY_WEIGHT})"
        f" * ? AS score FROM words WHERE words MATCH ?{within}"
    )
    levels = sorted(set(weights.values()))
    alike = [[term for term, weight in weights.items() if weight == level] for level in levels]
    bound = [
        (level, _any_of(of_level), *values) for level, of_level in zip(levels, alike, strict=True)
    ]
    rows = connection.execute(
        f"WITH found AS MATERIALIZED ({' UNION ALL '.join([ranking] * len(bound))})"
        " SELECT id, sum(score) AS total FROM found GROUP BY id ORDER BY total DESC, id LIMIT ?",
        (*chain.from_iterable(bound), k),
    )
    return [Match(int(row[0]), float(row[1])) for row in rows]


def _rank_weightiest(
    connection: sqlite3.Connection,
    weights: Mapping[str, float],
    holding: Mapping[str, int],
    k: int,
    allowed: Mask | None,
) -> list[Match]:
    """Rank the passages that pass and hold the weightiest terms, by all of the terms."""
    totals = read_totals(connection)
    worth = {
        term: weight * _rareness(holding[term], totals.passages)
        for term, weight in weights.items()
        if holding[term]
    }
    last = connection.execute("SELECT max(id) FROM chunks").fetchone()[0]
    sums = np.zeros(last + 1, np.float32)
    looked_at = 0
    for term in sorted(worth, key=lambda term: -worth[term]):
        if looked_at and looked_at + holding[term] > MOST_PLACES:
            break
        looked_at += holding[term]
        sums[_places(connection, _quoted(term))] += worth[term]
        sums[_places(connection, f"{{title}} : {_quoted(term)}")] += _IN_TITLE * worth[term]
    if allowed is not None:
        sums *= allowed
    found = np.flatnonzero(sums)
    most = max(_SCORED, _SCORED_EACH * k)
    if len(found) > most:
        found = found[np.argpartition(-sums[found], most)[:most]]
    scored = _scored(connection, found, worth, totals.words / totals.passages)
    return sorted(scored, key=lambda match: (-match.score, match.id))[:k]


def _rareness(holding: int, passages: int) -> float:
    return max(_LEAST_IDF, math.log((passages - holding + 0.5) / (holding + 0.5)))


def _places(connection: sqlite3.Connection, wanted: str) -> Ids:
    """List the ids of the passages that hold what is wanted, in FTS5's notation."""
    query = "SELECT rowid AS id FROM words WHERE words MATCH ?"
    return read_ids(connection, query, (wanted,))


def _scored(
    connection: sqlite3.Connection,
    ids: Ids,
    worth: Mapping[str, float],
    middling: float,
) -> list[Match]:
    """Score passages by all of the terms that they hold.

    Args:
        connection: Sees the state of the store that is searched.
        ids: Of the passages.
        worth: How much each term weighs.
        middling: How many words a passage has on the average.
    """
    rows = connection.execute(
        "SELECT rowid, title, heading, body FROM words"
        " WHERE rowid IN (SELECT value FROM json_each(?))",
        (json_list(ids.tolist()),),
    )
    found = []
    for id, *columns in rows:
        counts: dict[str, float] = {}
        length = 0
        for column, weight in zip(
            columns, (TITLE_WEIGHT, HEADING_WEIGHT, BODY_WEIGHT), strict=True
        ):
            held = words_in(column)
            length += len(held)
            for word in held:
                if word in worth:
                    counts[word] = counts.get(word, 0.0) + weight
        damping = _K1 * (1 - _B + _B * length / middling)
        score = sum(
            worth[word] * count * (_K1 + 1) / (count + damping) for word, count in counts.items()
        )
        found.append(Match(int(id), score))
    return found


def _any_of(terms: Iterable[str]) -> str:
    return " OR ".join(_quoted(term) for term in terms)


def _quoted(term: str) -> str:
    # A null character would end the query for SQLite, and no analysed term holds one.
    return '"' + term.replace("\0", "").replace('"', '""') + '"'
