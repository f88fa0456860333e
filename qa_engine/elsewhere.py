"""Municipalities that a question names, and of which nothing is indexed.

"Hvad besluttede Aarhus Byråd om letbanen?" is not to be answered with what another council decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from indexer.danish import fold
from indexer.names import CAPITAL
from qa_engine.filtering import name_pattern
from qa_engine.stopwords import STOPWORDS

_FILE = Path(__file__).with_name("municipalities.txt")
_BODY = r"(?:kommune|byr(?:å|aa)d|kommunalbestyrelse|borgerrepr(?:æ|ae)sentation)s?\b"
# "Aarhus Byråd", "Fjerby Kommunes": what stands before such a word is a municipality's name.
_BEFORE_BODY = re.compile(rf"\b({CAPITAL}[\w-]+) (?i:{_BODY})")


def find_elsewhere(text: str, indexed: Iterable[str]) -> tuple[str, ...]:
    """Find the municipalities that a question names and that are not indexed.

    Args:
        text: The question.
        indexed: Municipalities as stored: "Sorø Kommune".

    Returns:
        Their names, "Aarhus"; one that is not in ``municipalities.txt`` as it was written.
    """
    here = "|".join(map(name_pattern, indexed))
    folded = fold(text)
    listed = [name for name, pattern in _listed() if pattern.search(folded)]
    known = "|".join([here, *map(name_pattern, listed)])
    others = (
        name
        for name in _BEFORE_BODY.findall(text)
        if fold(name) not in STOPWORDS and not re.fullmatch(known, fold(name))
    )
    return tuple([name for name in listed if not re.fullmatch(here, fold(name))] + [*others])


def is_told_of(names: Sequence[str], texts: Iterable[str]) -> bool:
    """Tell whether one of some municipalities is named in one of some texts."""
    pattern = re.compile("|".join(name_pattern(re.sub("'?s$", "", name)) for name in names))
    return any(pattern.search(fold(text)) for text in texts)


@cache
def _listed() -> Sequence[tuple[str, re.Pattern[str]]]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return [
        (name, re.compile(name_pattern(name) + (f" {fold(_BODY)}" if name != line else "")))
        for line in lines
        if not line.startswith("#")
        for name in [line.removeprefix("! ")]
    ]
