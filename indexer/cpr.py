"""Danish personal identification numbers (CPR), found and masked before anything is searchable.

A CPR number is DDMMYY-SSSS; the dash may be missing or a blank. What is masked must have a date
that exists: its century follows from the seventh digit (CPR-kontoret, "Personnummeret i CPR").
Modulus 11 makes a hit certain but never clears one, because numbers without it have been given
out since 2007. What clears a number is only its surroundings, since case numbers, accounts and
the like can look the same:

- it is part of a longer number, a date range or a web address;
- a word right before it says that it is something else ("konto", "sagsnr.", "EAN", "P-nummer"),
  no word says CPR, and a number with a dash has no modulus 11 either;
- without a dash it is an amount, or names a birthday before 1900, or its halves are two of a row
  of numbers.

A masked character is one for one, so that offsets and pages hold.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_BLANK = r"[ \u00a0\u202f]?"
_NUMBER = re.compile(
    rf"(?<!\d)(?<!\d[-/.])"
    rf"(?:(?P<date>\d{{2}}{_BLANK}\d{{2}}{_BLANK}\d{{2}}|\d{{2}}[-.]\d{{2}}[-.]\d{{2}})"
    rf"(?P<gap>{_BLANK}[-‐‑–−]\s?|[ \u00a0\u202f]|)|(?P<long>\d{{4}}(?:19|20)\d{{2}})[-‐‑–−])"
    r"(?P<serial>\d{4})(?!\d)(?![-/.]\d)(?!,\d{1,2}(?!\d))"
)
_MASKED = re.compile(r"(?<!X)(?:XX[^\w\n]?){3,4}[^\w\n]{0,3}XXXX(?!X)")
_DASHES = "-‐‑–−"
_SAYS_CPR = re.compile(r"\b(?:cpr|person-?(?:nr|nummer))", re.IGNORECASE)
_KIND = r"\.?\s?-?\s?(?:nr|nummer|id)"
_SAYS_OTHER = re.compile(
    r"\b(?:(?:dok(?:ument)?|acadre|esdh|kle|ean|gln|cvr|konto|reg|iban|giro|faktura|ordre|tlf|telefon"
    rf"|mobil|fax|matr(?:ikel)?|bfe|isbn|issn)(?:{_KIND})?"
    rf"|(?:sags?|journal|j|løbe|se|p|produktionsenheds?|kunde|ejendoms?|licens|vare){_KIND})"
    r"\.?\s*[:#=]?\s*(?:\d{3,4}[ -])?$",  # the last is a bank's number before an account's
    re.IGNORECASE,
)
_BEFORE = 40  # characters that are searched for a word which tells what a number is
_LABEL_ONLY = re.compile(r"\b(?:sag(?:en)?|id)\.?\s*[:#]?\s*$", re.IGNORECASE)
_ROW_BEFORE = re.compile(r"\d[ \t\u00a0]$")
_AFTER = re.compile(r"\s?(?:kr|kroner|pct|procent|%|mio|mia|stk|m[²2³3]|kg|tons?)\b|\s?%")
_ROW_AFTER = re.compile(r"[ \t\u00a0]\d{2,}")
_ADDRESS = re.compile(r"(?:https?:|www\.|\.dk/)\S*$|\w[-_]?$|[=&#]$", re.IGNORECASE)
_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_OLDEST = 1900
# Stand-in numbers, as hospitals give them to patients without a CPR number, have 60 added.
_STAND_IN = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """A CPR number in a text, at ``text[start:end]``.

    Attributes:
        start: First character.
        end: One past the last character.
        certain: Whether a dash, a word before it or modulus 11 speaks for it.
    """

    start: int
    end: int
    certain: bool


def mask_cpr(text: str) -> tuple[str, tuple[Hit, ...]]:
    """Mask the CPR numbers in a text: each digit becomes an X, and no character moves.

    Returns:
        The text as it may be stored and shown, and where the numbers stood.
    """
    hits = find_cpr(text)
    masked = list(text)
    for hit in hits:
        for at in range(hit.start, hit.end):
            if masked[at].isdigit():
                masked[at] = "X"
    return "".join(masked), hits


def holds_masked(text: str) -> bool:
    """Tell whether a stored text holds a masked number, so that its file is not to be shown."""
    return _MASKED.search(text) is not None


def find_cpr(text: str) -> tuple[Hit, ...]:
    """Find the CPR numbers in a text, in order."""
    hits = []
    for match in _NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match["date"] or match["long"][:4] + match["long"][6:])
        digits += match["serial"]
        year = int(match["long"][4:]) if match["long"] else _birth_year(digits)
        if not _is_day(digits, year):
            continue
        before = text[max(0, match.start() - _BEFORE) : match.start()].rpartition("\n")[2]
        named = bool(_SAYS_CPR.search(before))
        dashed = bool(match["long"]) or any(dash in match["gap"] for dash in _DASHES)
        sound = _passes_modulus(digits)
        if not named and (
            (_SAYS_OTHER.search(before) and not (dashed and sound))
            or (not dashed and _is_other(match, before, text, year))
        ):
            continue
        hits.append(Hit(match.start(), match.end(), named or dashed or sound))
    return tuple(hits)


def _is_other(match: re.Match[str], before: str, text: str, year: int) -> bool:
    """Tell from its surroundings that a number without a dash is no CPR number."""
    in_row = match["gap"] and (_ROW_BEFORE.search(before) or _ROW_AFTER.match(text, match.end()))
    return (
        year < _OLDEST
        or int(match[0][:2]) > _STAND_IN
        or bool(in_row)
        or bool(_LABEL_ONLY.search(before))
        or bool(_ADDRESS.search(before))
        or bool(_AFTER.match(text, match.end()))
        or (not match["date"].isdigit() and not match["gap"])
    )


def _birth_year(digits: str) -> int:
    """Tell the year of birth that the seventh digit gives to a year of two."""
    year, seventh = int(digits[4:6]), int(digits[6])
    if seventh <= 3:
        return 1900 + year
    if seventh in (4, 9):
        return (2000 if year <= 36 else 1900) + year
    return (2000 if year <= 57 else 1800) + year


def _is_day(digits: str, year: int) -> bool:
    day, month = int(digits[:2]), int(digits[2:4])
    try:
        dt.date(year, month, day - _STAND_IN if day > _STAND_IN else day)
    except ValueError:
        return False
    return True


def _passes_modulus(digits: str) -> bool:
    return sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True)) % 11 == 0
