"""Danish text: dates, case numbers, folding and terms.

The only analyser, used alike for what is indexed and for what is asked: what is folded, stemmed
or read as a date on one side must be so on the other.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

import Stemmer

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september",
    "oktober", "november", "december",
)  # fmt: skip
# A month's name or the usual short forms of it, nothing longer: "3 juniorer 2021" is no date.
_MONTH = (
    r"(?:jan(?:uar)?|feb(?:ruar)?|mar(?:ts)?|apr(?:il)?|maj|juni?|juli?|aug(?:ust)?"
    r"|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DATE = (
    rf"(?:\d{{1,2}}\.?\s*{_MONTH}\b\.?\s*\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}"
    r"|\d{1,2}[-./]\d{1,2}[-./ ]\d{4}|\d{1,2}\. \d{1,2}\. \d{4}"
    r"|\d{1,2}[-./]\d{1,2}[-./]\d{2}(?!\d))"
)
# A day without its year: "10. sept.", "24/9".
DAY = rf"(?:\d{{1,2}}\.?\s*{_MONTH}\b\.?|\d{{1,2}}/\d{{1,2}})"
_DATE = re.compile(rf"(?<![\d/.-]){DATE}(?![\d/-])", re.IGNORECASE)

# The forms of case numbers in public minutes; the names are those of the systems' vendors or KLE's
# own (subject NN.NN.NN, facet, running number, year).
CASE_NUMBER = (
    r"(?:\d{2}\.\d{2}\.\d{2}-?[A-ZÆØÅ]\d{2}-\d{1,6}(?:-\d{2,4})?"  # KLE journal number
    r"|[A-ZÆØÅ]{2,5}-\d{4}-\d{3,7}"  # EMN-2025-010561
    r"|\d{3}-\d{4}-\d{2,7}"  # 330-2018-3619
    r"|\d{4}-\d{5,7}"  # 2013-006244; not the years 2020-2023
    r"|\d{2}/\d{2,7})"  # 20/36381
)
_CASE_NUMBER = re.compile(rf"(?<![\w/.-]){CASE_NUMBER}(?![\w/-]|\.\d)", re.IGNORECASE)

_WORD = re.compile(r"\w+(?:[./-]\w+)*", re.UNICODE)
_FOLD = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "y", "é": "e"})
_STEMMER = Stemmer.Stemmer("danish")


def fold(text: str) -> str:
    """Lower the case and write æ, ø, å as ae, oe, aa, so that both spellings meet."""
    return text.lower().translate(_FOLD)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Fold a word and cut off its inflection."""
    return str(_STEMMER.stemWord(fold(word)))


def words(text: str) -> list[str]:
    """List the words of a text as written; a date or case number is one word."""
    return _WORD.findall(text)


def analyse(text: str) -> list[str]:
    """Turn text into the terms that the word index holds, in order, with repetitions.

    A hyphenated word gives itself and its parts ("it-udgifter", "it", "udgifter").
    """
    terms: list[str] = []
    for word in words(text):
        terms.append(stem(word))
        if not word[0].isdigit() or "-" in word:
            parts = re.split(r"[./-]", word)
            if len(parts) > 1:
                terms.extend(stem(part) for part in parts if len(part) > 1)
    return terms


def parse_date(text: str, *, by: dt.date | None = None) -> dt.date | None:
    """Read a date in any of the notations of minutes; None where it is no day of the calendar.

    Args:
        text: The date alone. A year of two digits is of this century.
        by: The last day that a date without its year can be, such as the day of the meeting that
            tells of it; without it, such a date is not read.
    """
    match re.findall(r"[a-zæøå]+|\d+", text.lower()):
        case [day, month] if by is not None:
            date = _calendar_day(day, month, str(by.year))
            late = date is None or date > by
            return _calendar_day(day, month, str(by.year - 1)) if late else date
        case [year, month, day] if len(year) == 4:
            return _calendar_day(day, month, year)
        case [day, month, year]:
            return _calendar_day(day, month, year)
    return None


def _calendar_day(day: str, month: str, year: str) -> dt.date | None:
    names = [name for name in MONTHS if len(month) > 2 and name.startswith(month)]
    if len(year) not in (2, 4):
        return None
    try:
        number = MONTHS.index(names[0]) + 1 if names else int(month)
        return dt.date(int(year) + 2000 * (len(year) == 2), number, int(day))
    except (ValueError, OverflowError):
        return None


def find_dates(text: str) -> Iterator[tuple[int, int, dt.date]]:
    """Find the dates in a text, as ``(start, end, date)``."""
    for match in _DATE.finditer(text):
        if date := parse_date(match[0]):
            yield match.start(), match.end(), date


def format_date(date: dt.date) -> str:
    """Write a date as Danish readers expect it: "3. marts 2021"."""
    return f"{date.day}. {MONTHS[date.month - 1]} {date.year}"


def find_case_numbers(text: str) -> list[str]:
    """Find case numbers in running text, as written."""
    return [m[0] for m in _CASE_NUMBER.finditer(text) if not _DATE.fullmatch(m[0])]
