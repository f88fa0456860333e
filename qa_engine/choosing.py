"""From candidates to those that are said: the best one, and what is worth being said beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from qa_engine.evidence import Candidate
from qa_engine.matching import tokens_of
from qa_engine.model import Asked

# What is said beside the best candidate must be worth its length: its chance to be the answer, for
# each character. Chances are the candidates' shares of exp(score / this). Both set by hand where
# answers become no longer than before, on five sets of questions: see docs/quality.md.
_SPREAD = 0.6
_WORTH = 0.0004
# A shorter one gains nothing by it, and who asks for a list wants the whole of it.
_SHORT = 60
_LIST = 100
LENGTH = 600
_LENGTH_WITH_LIST = 900
_MOST_CANDIDATES = 4
_LOOKED_AT = 10
# Who asks for nothing exact is told the list that an element is part of, up to this length.
_OPEN = (Asked.ANYTHING, Asked.LIST)
_WHOLE = 800


def choose(candidates: Sequence[Candidate], asked: Asked) -> list[Candidate]:
    """Take the best candidate, and what of the same item is worth being said beside it.

    Args:
        candidates: What could answer, best first.
        asked: What the question asks for.
    """
    lists = asked is Asked.LIST
    best = candidates[0]
    odds = [math.exp((candidate.score - best.score) / _SPREAD) for candidate in candidates]
    all_odds = sum(odds)
    beside = [
        (chance / all_odds / _length(candidate, lists=lists), candidate)
        for candidate, chance in zip(candidates[1:_LOOKED_AT], odds[1:], strict=False)
        if candidate.hit.key == best.hit.key
    ]
    most = _LENGTH_WITH_LIST if lists else LENGTH
    chosen = [best]
    for worth, candidate in sorted(beside, key=lambda pair: -pair[0]):
        length = sum(len(other.text) for other in (*chosen, candidate))
        fits = worth >= _WORTH and length <= most and len(chosen) < _MOST_CANDIDATES
        if fits and not any(_overlap(candidate, other) for other in chosen):
            chosen.append(candidate)
    chosen.sort(key=lambda candidate: -candidate.score)
    return _whole_lists(chosen, candidates) if asked in _OPEN else chosen


def _whole_lists(chosen: Sequence[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Tell the whole list in place of one of its elements, where that is short."""
    lists = [c for c in candidates if c.features.shape and len(c.text) <= _WHOLE]
    held = [next((other for other in lists if _holds(other, one)), one) for one in chosen]
    return list({id(one): one for one in held}.values())


def _holds(whole: Candidate, part: Candidate) -> bool:
    own = {(piece.start, piece.end) for piece in whole.pieces}
    return whole.hit.key == part.hit.key and all((p.start, p.end) in own for p in part.pieces)


def _length(candidate: Candidate, *, lists: bool) -> int:
    is_list = lists and candidate.features.shape > 0
    return max(_SHORT, min(_LIST, len(candidate.text)) if is_list else len(candidate.text))


def _overlap(one: Candidate, other: Candidate) -> bool:
    """Tell whether two candidates share text, or say the same in two places of an item."""
    shared = any(a.start < b.end and b.start < a.end for a in one.pieces for b in other.pieces)
    first, second = tokens_of(one.text), tokens_of(other.text)
    alike = len(first & second) / max(1, min(len(first), len(second)))
    return shared or alike > 0.8
