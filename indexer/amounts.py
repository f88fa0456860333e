"""Numbers, shares and amounts of money: one value is one term, in whatever notation it stands.

"11,9 mio. kr.", "11.900.000 kr." and "11,9 millioner" share the term 11900000; "18 %", "18 pct."
and "18 procent" the term 18%; "syv" is 7. Values are handled as strings of figures, so that no
rounding can part two notations of one value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ONES = (
    "nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv",
    "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten",
)  # fmt: skip
_TENS = ("tyve", "tredive", "fyrre", "halvtreds", "tres", "halvfjerds", "firs", "halvfems")
# "en" and "et" are articles, and a number only before a scale: "en million".
_NUMBER_WORDS = (
    {word: number for number, word in enumerate(_ONES) if word != "en"}
    | {word: 10 * tens for tens, word in enumerate(_TENS, 2)}
    | {
        f"{one}og{word}": 10 * tens + number
        for tens, word in enumerate(_TENS, 2)
        for number, one in enumerate(_ONES[1:10], 1)
    }
)

_MILLION = r"mio\b\.?|mill(?:ion(?:er)?)?\b\.?"
_MILLIARD = r"mia\b\.?|milliard(?:er)?\b"
_THOUSAND = r"tusinde?\b|t\.\s?kr\b\.?|tkr\b\.?"
_SCALE = rf"(?:{_MILLION}|{_MILLIARD}|{_THOUSAND})"
_PERCENT = r"(?:%|pct\b\.?|procent\b)"
_KRONER = r"(?:kr(?:oner)?\b\.?|dkk\b)"
# Thousands are parted by a point or by a blank that does not break the line. A decimal point is
# one only before a scale or percent: elsewhere "2.5" is the number of a section.
_FIGURES = (
    rf"(?:[0-9]{{1,3}}(?:[.\u00a0\u202f][0-9]{{3}})+(?:,[0-9]+)?(?![0-9.])|[0-9]+(?:,[0-9]+)?"
    rf"(?!\.[0-9])|[0-9]+\.[0-9]{{1,2}}(?=\s?(?:{_SCALE}|{_PERCENT})))"
)
AMOUNT = (
    rf"(?:(?=[0-9])(?<![\w.,/])(?<!\w[-–])(?:(?P<low>{_FIGURES})\s?[-–]\s?(?={_FIGURES}\s?(?:{_SCALE}"
    rf"|{_PERCENT}|{_KRONER})))?(?P<high>{_FIGURES})"
    rf"|(?<!\w)(?=[{''.join(sorted({word[0] for word in _NUMBER_WORDS}))}])"
    rf"(?P<word>(?:(?:{'|'.join(_ONES[1:10])})og)?(?:{'|'.join(_TENS)})|{'|'.join(_ONES[2:])}|nul)"
    rf"\b(?!-)|(?<!\w)(?P<one>en|et|én|ét)(?=\s(?:{_SCALE})))"
    rf"(?:\s{{0,2}}(?:(?P<million>{_MILLION})|(?P<milliard>{_MILLIARD})|(?P<thousand>{_THOUSAND})))?"
    rf"(?:\s{{0,2}}(?:(?P<percent>{_PERCENT})|(?P<kroner>{_KRONER})))?"
    r"(?!\w|[./,–-]\w)"
)
_AMOUNT = re.compile(AMOUNT, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what it counts.

    Attributes:
        values: Its value as a term; both ends of a span.
        more: The figures as written, and the words for what is counted.
    """

    values: tuple[str, ...]
    more: tuple[str, ...]


def read_amount(match: re.Match[str]) -> Amount:
    """Read what ``AMOUNT`` matched."""
    places = 6 if match["million"] else 9 if match["milliard"] else 3 if match["thousand"] else 0
    values: list[str] = []
    more: list[str] = []
    for whole, fraction in _figures(match):
        padded = fraction.ljust(places, "0")
        value = _written(
            (whole + padded[:places]).lstrip("0") if places else whole, padded[places:]
        )
        values.append(f"{value}%" if match["percent"] else value)
        more.extend({value, _written(whole, fraction)} - {values[-1]})
    counted = {
        "mio": match["million"],
        "mia": match["milliard"],
        "procent": match["percent"],
        "kr": match["kroner"] or "kr" in (match["thousand"] or "").lower(),
    }
    more.extend(word for word, stands in counted.items() if stands)
    return Amount(tuple(dict.fromkeys(values)), tuple(dict.fromkeys(more)))


def find_amounts(text: str) -> Iterator[Amount]:
    """Find the numbers and amounts in a text, in order."""
    for match in _AMOUNT.finditer(text):
        yield read_amount(match)


def _figures(match: re.Match[str]) -> list[tuple[str, str]]:
    """Give the figures before and behind the comma, of one number or of both ends of a span."""
    if match["one"]:
        return [("1", "")]
    if match["word"]:
        return [(str(_NUMBER_WORDS[match["word"].lower()]), "")]
    return [_parted(figures) for figures in (match["low"], match["high"]) if figures]


def _parted(figures: str) -> tuple[str, str]:
    plain = re.sub(r"[.\u00a0\u202f](?=[0-9]{3}(?![0-9]))", "", figures)
    whole, _, fraction = plain.replace(".", ",").partition(",")
    return whole, fraction


def _written(whole: str, fraction: str) -> str:
    """Write a value as the word index holds it: no thousands' marks, no zeros behind."""
    fraction = fraction.rstrip("0")
    return f"{whole or '0'},{fraction}" if fraction else whole or "0"
