"""The ways in which municipalities number agenda items, each as a pattern for a whole line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from indexer.chains import Order
from indexer.danish import CASE_NUMBER

# "5", "1.a", "12/2023"; only behind a word "12/23", which alone is a day, and "2.1"
_NUMBER = r"(?P<number>\d{1,4}(?:\.?[a-z](?![\wæøå])|/(?:19|20)\d{2}(?!\d))?)"
_WITH_YEAR = (
    r"(?P<number>\d{1,4}(?:\.\d{1,2}(?![\d.])|\.?[a-z](?![\wæøå])|/(?:19|20)?\d{2}(?!\d))?)"
)
# "Lukket punkt: 4. Titel", "Åbent - 4. Titel", "Kl. 17.15 4. Titel"
_CLOSED = (
    r"(?:kl\.?\s*\d{1,2}[.:]\d{2}(?:\s*[–-]\s*\d{1,2}[.:]\d{2})?\s+)?"
    r"(?:(?:(?P<closed>lukket|fortroligt?)|åbe?nt?|offentligt?)"
    r"(?:(?:\s+(?:punkt|sag))?\s*[:–—-])?\s+)?"
)
_LINK = r"\s*[:|·–—-]?\s*"
# "Punkt 14 (lukket punkt): Titel"
_MARK = r"(?=[(\[](?:åbe?n|offentlig|lukke|fortrolig|ikke)[^()\[\]:]{0,20}[)\]]\s*[:–—-])"
# "Punkt 2 af 14: Titel"
_OF_ALL = r"(?:\s+af\s+\d{1,3}(?=\s*(?:[:|·–—-]|$)))?"
_WITH_POINT = r"(?P<number>\d{1,4}(?=[.):]\s*\D)|\d{1,4}\.\d{1,2})"
_LETTERS = "ABCDEFGH"
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_ROMAN = r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})"
_TITLE = r"(?P<title>[(\[\"“”»'’]*[^\W\d].*)"


@dataclass(frozen=True, slots=True)
class Style:
    """A way of numbering.

    Attributes:
        pattern: Matches a heading, with groups ``number``, ``title`` and ``closed``, and ``case``
            where the case number stands before the number.
        weight: What the way of writing itself says for a heading: a bare number says nothing.
    """

    pattern: re.Pattern[str]
    weight: float


def _style(opening: str, rest: str, weight: float) -> Style:
    number = rf"{_WITH_YEAR}{_OF_ALL}" if opening else _NUMBER
    # "24/1234" is a case, not item 24, and so is "00.16.00".
    return Style(re.compile(rf"{_CLOSED}{opening}{number}(?![/.]?\d){rest}", re.I), weight)


# Scanned text has blanks before full stops: "Sag nr . 74".
_NR = r"nr\s?\.?\s*"
_POINT = rf"(?:dagsordens?|dagsordenens )?punkt\s*:?\s*(?:{_NR}:?\s*)?"
STYLES = (
    _style(_POINT, rf"[.)]?\s*(?:[:·–—-]|,(?=\s*lukket)|{_MARK})\s*(?P<title>.*)", 2.0),
    _style(_POINT, r"[.)]?(?:\s+(?:[–—-]\s*)?(?P<title>.*))?", 1.0),
    _style(rf"(?:dagsordens?)?pkt\s?\.?\s*(?:{_NR})?:?\s*", rf"[.)]?{_LINK}(?P<title>.*)", 1.0),
    _style(_NR, rf"[.)]?{_LINK}(?P<title>.*)", 1.0),
    _style(rf"(?:sag|emne)\s+(?:{_NR})?", rf"[.)]?{_LINK}(?P<title>.*)", 1.0),
    _style(r"§\s*", rf"\.?(?:{_LINK}{_TITLE})?", 0.0),
    # A decision's points are written alike: "Ad 1. Godkendt."
    _style(
        r"(?:ad\.?\s+(?:(?:pkt\.?|punkt)\s*)?|til (?:pkt\.?|punkt)\s*)",
        rf"[.):]?(?:{_LINK}{_TITLE})?",
        0.0,
    ),
    # "24/00019 - 1. Titel"
    _style(rf"(?P<case>{CASE_NUMBER})\s*[:–—-]?\s+(?:punkt\s+)?", rf"[.):]?{_LINK}{_TITLE}", 0.0),
    # "1. 24/00019 - Titel"
    _style("", rf"[.):]?\s+(?P<case>{CASE_NUMBER})(?:\s*[:–—-]\s*|\s+){_TITLE}", 0.0),
    # "2. punkt: Titel"
    _style("", rf"\.\s*punkt\s*[:–—-]\s*{_TITLE}", 1.0),
    # "2. Titel", "1.Titel", "1.a Titel"
    _style("", rf"(?:(?<=[a-z])[.):]?|\s?[.):])\s*{_TITLE}", -1.0),
    _style(r"[(\[]", rf"[)\]]\s*{_TITLE}", -1.0),
    _style("", rf"\s+{_LINK}{_TITLE}", -1.0),
    # "2" with the title below; page numbers look the same.
    _style("", r"[.)]?(?P<title>)", -1.0),
    # "2. Titel" with "2.1 Titel" below it
    Style(re.compile(rf"{_CLOSED}{_WITH_POINT}[.):]?\s*{_TITLE}", re.IGNORECASE), -1.0),
    # "1/24: Titel", which without its mark is a day or a part
    Style(
        re.compile(rf"{_CLOSED}(?P<number>\d{{1,3}}/\d\d)(?:[:.]|\s[–—-])\s+{_TITLE}", re.I), -1.0
    ),
    # "B. Titel"
    Style(re.compile(rf"(?i:{_CLOSED})(?P<number>[{_LETTERS}])[.):]\s+(?!\w\.){_TITLE}"), -2.0),
    # "IV. Titel", in capitals alone, since "i" is a word
    Style(re.compile(rf"(?i:{_CLOSED})(?P<number>{_ROMAN})[.):]\s*{_TITLE}"), -1.0),
)
# What is added to an agenda after it was sent out is counted by itself: "Tillæg 1: Titel".
ADDED = Style(
    re.compile(
        rf"{_CLOSED}tillæg(?:s(?:dagsordens?\s*)?punkt)?\s+(?:nr\.?\s*)?{_NUMBER}[.)]?{_LINK}"
        r"(?P<title>.*)",
        re.IGNORECASE,
    ),
    1.0,
)
# A row of a table that holds an item: "| 2 | Titel | Godkendt. |"
ROW = Style(re.compile(rf"\|\s*{_NUMBER}\.?\s*\|\s*(?P<closed>(?!))?{_TITLE}", re.IGNORECASE), -1.0)
# A line of the contents or a heading may be longer than a title alone; running text is longer yet.
LONGEST_HEADING = 250
# Every number begins within this much.
_MAY_NUMBER = re.compile(rf"[^\d\n]{{0,60}}?(?:\d|\b[{_LETTERS}IVX]+[.):])")


@lru_cache(maxsize=8192)
def may_be_numbered(line: str) -> bool:
    """Tell most lines that no way of numbering fits, before each is tried."""
    return len(line) <= LONGEST_HEADING and bool(_MAY_NUMBER.match(line))


def without_number(line: str) -> str:
    """Take the number off a heading or a line of the contents."""
    if not may_be_numbered(line):
        return line
    for style in STYLES:
        if match := style.pattern.fullmatch(line):
            return match["title"] or ""
    return line


def order_of(number: str) -> Order:
    """Tell what numbers rise by: 1, 1.a, 1.b; 2, 2.1, 2.10; IX, X; A, B."""
    digits = re.match(r"\d+", number)
    if digits is None:
        return _LETTERS.find(number) + 1 or _roman(number), ""
    below = number[digits.end() :].strip("./").lower()
    return int(digits[0]), below.zfill(2) if below.isdigit() else below


def _roman(number: str) -> int:
    values = [_ROMAN_DIGITS[letter] for letter in number]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
