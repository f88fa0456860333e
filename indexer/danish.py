"""Danish text: dates, case numbers, folding and terms.

The only analyser, used alike for what is indexed and for what is asked: what is folded, stemmed
or read as a date on one side must be so on the other. Its terms depend on the text alone, never on
what else is indexed, so that a document can be added without touching the others.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from indexer.amounts import AMOUNT, read_amount
from indexer.compounds import parts_of
from indexer.stemming import fold, stem

__all__ = [
    "CASE_NUMBER", "DATE", "DAY", "MONTHS", "Token", "analyse", "find_case_numbers", "find_dates",
    "fold", "format_date", "parse_date", "stem", "tokens", "words",
]  # fmt: skip

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

# Minutes are older than 2070: "2/4-91" is a day of 1991.
_LAST_CENTURY = 70

# The forms of case numbers in public minutes; the names are those of the systems' vendors or KLE's
# own (subject NN.NN.NN, facet, running number, year).
CASE_NUMBER = (
    r"(?:\d{2}\.\d{2}\.\d{2}-?[A-ZÆØÅ]\d{2}-\d{1,6}(?:-\d{2,4})?"  # KLE journal number
    r"|[A-ZÆØÅ]{2,5}-\d{4}-\d{3,7}"  # EMN-2025-010561
    r"|[A-ZÆØÅ]\d{4}-\d{3,7}"  # S2022-1234
    r"|\d{3}-\d{4}-\d{2,7}|\d{2}-\d{4}-\d{3,7}"  # 330-2018-3619
    r"|\d-\d{2}-\d{2}-\d{1,4}-\d{2}"  # a region's 1-30-72-15-20
    r"|\d{4}-\d{5,7}"  # 2013-006244; not the years 2020-2023
    r"|\d{2}/\d{2,7})"  # 20/36381
)
_CASE_NUMBER = re.compile(rf"(?<![\w/.-]){CASE_NUMBER}(?![\w/-]|\.\d)", re.IGNORECASE)

_WORD = re.compile(r"\w+(?:[./-]\w+)*", re.UNICODE)
_TOKEN = re.compile(
    rf"(?=\d)(?<![\w/.-])(?:(?P<date>{DATE})|(?P<day>{DAY}))(?![\w/-])|{AMOUNT}|{_WORD.pattern}",
    re.IGNORECASE,
)
# The usual short forms of words, folded.
_WRITTEN_OUT = {
    "kroner": "kr", "dkk": "kr", "pct": "procent", "mill": "mio", "million": "mio",
    "millioner": "mio", "milliard": "mia", "milliarder": "mia", "nr": "nummer", "tlf": "telefon",
    "kvm": "kvadratmeter", "m2": "kvadratmeter", "stk": "styk", "kap": "kapitel",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or date in a text.

    Attributes:
        text: As written.
        terms: What it is called in the word index; several only for a date ("3.marts", "2021")
            or a span of amounts.
        more: What else it is found by: the parts of a compound, an amount as written, a month.
    """

    text: str
    terms: tuple[str, ...]
    more: tuple[str, ...] = ()


def words(text: str) -> list[str]:
    """List the words of a text as written; a date or case number is one word."""
    return _WORD.findall(text)


def tokens(text: str) -> Iterator[Token]:
    """Read the words, numbers and dates of a text, in order."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup is None:
            yield _word_token(match[0])
        elif match.lastgroup in ("date", "day"):
            yield from _date_tokens(match[0])
        else:
            amount = read_amount(match)
            yield Token(match[0], amount.values, amount.more)


def analyse(text: str) -> list[str]:
    """Turn text into the terms that the word index holds, in order, with repetitions."""
    return [term for token in tokens(text) for term in (*token.terms, *token.more)]


@lru_cache(maxsize=65536)
def _word_token(word: str) -> Token:
    """Analyse a word; a hyphenated or compound one is found by its parts too."""
    pieces = [word]
    if not word[0].isdigit() or "-" in word:
        pieces = [piece for piece in re.split(r"[./-]", word) if len(piece) > 1]
    more = [stem(piece) for piece in pieces if piece != word]
    more.extend(part for piece in pieces for part in parts_of(fold(piece)))
    return Token(word, (stem(_WRITTEN_OUT.get(fold(word), word)),), tuple(more))


def _date_tokens(text: str) -> Iterator[Token]:
    """Analyse a date, with or without its year, in any notation; what is none is words."""
    # A leap year, so that 29 February is a day.
    date = parse_date(text) or parse_date(text, by=dt.date(2020, 12, 31))
    if date is None:
        yield from map(_word_token, words(text))
        return
    month = MONTHS[date.month - 1]
    year = (str(date.year),) if parse_date(text) else ()
    written = (text,) if "/" in text and not year else ()
    yield Token(text, (f"{date.day}.{month}", *year), (stem(month), *written))


def parse_date(text: str, *, by: dt.date | None = None) -> dt.date | None:
    """Read a date in any of the notations of minutes; None where it is no day of the calendar.

    Args:
        text: The date alone. A year of two digits is of this century, or of the last from 70 on.
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
        century = 0 if len(year) == 4 else 1900 if int(year) >= _LAST_CENTURY else 2000
        return dt.date(century + int(year), number, int(day))
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
