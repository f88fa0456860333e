"""The facts of a text that can be held against another: dates, figures and names.

A fact is compared by what it means, not by how it is written: "11,9 mio. kr." is 11.900.000 kr.,
and "14/3 2023" is 14. marts 2023. A date is written here as 2023-03-14, without its year as
--03-14, a month as --03, and a number as its value.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from indexer.amounts import AMOUNT, read_amount
from indexer.danish import DAY, MONTHS, find_dates, fold, parse_date

_DAY = re.compile(rf"(?<![\d/.-]){DAY}(?![\w/-])", re.IGNORECASE)
_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
_AMOUNT = re.compile(AMOUNT, re.IGNORECASE)
# Times, case numbers, spans of years, addresses on the net: these must stand as they are.
_LITERAL = re.compile(r"\S*\d\S*|\S*(?:://|www\.|@)\S*")
_TIME = re.compile(r"(?<=\d):(?=\d\d(?!\d))")  # "16:30" and "16.30"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# In which every day of the calendar can be read.
_LEAP_YEAR = dt.date(2020, 12, 31)

_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][\w-]*(?:['’]s)?(?: [A-ZÀ-ÖØ-Þ][\w-]*(?:['’]s)?)*")
_OPENING = re.compile(r"(?:\A|[.:!?…]\s)[\s\"“„»«'(•–-]*\Z")


def read_dates(text: str) -> set[str]:
    """Read the dates, days and months of a text."""
    return set(_dates(text)[0])


def read_figures(text: str) -> set[str]:
    """Read the figures of a text that are no dates: numbers by value, all else as it stands."""
    undated = _TIME.sub(".", _dates(text)[1])
    found = {value for match in _AMOUNT.finditer(undated) for value in read_amount(match).values}
    return found | {_literal(literal) for literal in _LITERAL.findall(without_facts(text))}


def without_facts(text: str) -> str:
    """Leave out the dates and amounts of a text."""
    return _AMOUNT.sub(" ", _TIME.sub(".", _dates(text)[1]))


def known_dates(texts: Sequence[str], met: dt.date | None) -> set[str]:
    """List every form of the dates that texts tell; what has no year is of a year they name.

    Args:
        texts: What minutes say.
        met: The day of their meeting.
    """
    text = "\n".join(texts)
    told = read_dates(text) | ({met.isoformat()} if met else set())
    years = set(_YEAR.findall(text)) | ({str(met.year)} if met else set())
    whole = {date for date in told if not date.startswith("--")}
    days = {date for date in told if date.startswith("--")}
    days |= {f"--{date[5:]}" for date in whole}
    dated = {year + date[1:] for date in told - whole if len(date) > 4 for year in years}
    return whole | days | {day[:4] for day in days} | dated


def known_figures(texts: Sequence[str]) -> set[str]:
    """List every figure that texts tell: also years of dates, and both ends of a span."""
    text = "\n".join(texts)
    parts = re.sub(r"(?<=\d)[-–](?=\d)", " ", text)
    return read_figures(text) | read_figures(parts) | set(_YEAR.findall(text))


def read_names(text: str) -> Iterator[tuple[str, bool]]:
    """Find what is written as a name, and whether its first word may only begin a sentence."""
    for match in _NAME.finditer(text):
        before = text[: match.start()]
        if not before or not (before[-1].isalnum() or before[-1] in "-_"):
            yield match[0], bool(_OPENING.search(before))


def known_words(texts: Sequence[str]) -> str:
    """Write texts as folded words between blanks, in which a name can be looked up."""
    return f" {' | '.join(' '.join(_words(text)) for text in texts)} "


def is_known(name: str, known: str) -> bool:
    """Tell whether a name's words stand side by side in texts, with or without a genitive s."""
    written = " ".join(_words(name))
    return any(f" {form} " in known for form in (written, written.removesuffix("s"), f"{written}s"))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"(?<=\w)['’]s\b", "s", fold(text)))


def _dates(text: str) -> tuple[list[str], str]:
    """Read the dates of a text; and give the rest of it."""
    found = []
    rest = list(text)
    for start, end, date in find_dates(text):
        found.append(date.isoformat())
        rest[start:end] = " " * (end - start)
    text = "".join(rest)
    for match in _DAY.finditer(text):
        if day := parse_date(match[0], by=_LEAP_YEAR):
            found.append(f"--{day:%m-%d}")
            rest[match.start() : match.end()] = " " * len(match[0])
    text = "".join(rest)
    found.extend(f"--{1 + MONTHS.index(m[0].lower()):02}" for m in _MONTH.finditer(text))
    return found, text


def _literal(text: str) -> str:
    return fold(text).strip(".,;:!?()[]\"'“”„»«…")
