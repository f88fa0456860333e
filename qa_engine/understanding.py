"""From a question to what it asks for, and what it confines itself to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from indexer.danish import MONTHS, find_case_numbers, find_dates, fold, tokens, words
from indexer.model import Filters
from indexer.store import Meeting
from qa_engine.asking import read_asked, read_leaning
from qa_engine.bodies import named_bodies
from qa_engine.elsewhere import find_elsewhere
from qa_engine.filtering import municipality_name, name_pattern
from qa_engine.item_numbers import find_item_numbers, without_item_numbers
from qa_engine.model import Query
from qa_engine.stopwords import ENGLISH, STOPWORDS

_LETTERS = {"ae": "æ", "oe": "ø", "aa": "å"}
_DIGRAPH = re.compile("ae|oe|aa", re.IGNORECASE)
# No Danish word but a name has "aa" or "ae"; "oe" is in every "datoer" and "videoer", and "broen".
_OWN_OE = re.compile(r"\w*(?:oer(?:ne)?|(?:b|k|t)roen)s?", re.IGNORECASE)
_TYPED_WITHOUT = re.compile(r"\B(?:aa|ae)|\b(?:aa|ae)\B|oe")
_MONTH_YEAR = re.compile(rf"\b({'|'.join(MONTHS)})\s+(?:maaned\s+)?(\d{{4}})\b")
_YEAR = re.compile(r"(?<![\d/.-])(?:i|fra|for|aar|aaret|in)\s+((?:19|20)\d{2})(?![\d/-])")


def understand(text: str, given: Filters, meetings: Sequence[Meeting]) -> Query:
    """Read a question.

    What a question confines itself to with certainty becomes a filter: a municipality that is
    indexed, the number of a case or an item, the exact date of a meeting. A month, a year or a
    committee is only preferred, since "i 2021" may be said of what was decided in 2020, and a body
    may be named that another body's minutes tell about. What the user gave as a filter stands.

    Args:
        text: The question.
        given: What the user confined it to.
        meetings: What is indexed, within those filters.
    """
    folded = fold(text)
    indexed = sorted({m.municipality for m in meetings if m.municipality})
    municipalities = _municipalities(text, indexed)
    # Where some minutes do not tell their municipality, a name proves nothing about them.
    all_tell = all(m.municipality for m in meetings)
    certain = municipalities if all_tell else ()
    confined = replace(
        given,
        municipalities=given.municipalities or certain,
        case_number=given.case_number or next(iter(find_case_numbers(text)), None),
        item_numbers=find_item_numbers(text),
    )
    date = (
        _meeting_date(text, meetings, municipalities) if not (given.since or given.until) else None
    )
    if date:
        confined = replace(confined, since=date, until=date)
    terms = content_terms(without_item_numbers(text), municipalities)
    english = _is_english(folded)
    return Query(
        text=respell(text, indexed),
        terms=terms,
        asked=read_asked(text),
        filters=confined,
        municipalities=municipalities,
        elsewhere=find_elsewhere(text, indexed) if all_tell and not municipalities else (),
        period=None if date else read_period(text),
        committees=named_bodies(folded, {m.committee for m in meetings if m.committee}),
        english=english,
        names=() if english else _names(text, terms),
        leaning=read_leaning(text),
    )


def content_terms(text: str, municipalities: Sequence[str] = ()) -> tuple[str, ...]:
    """List the analysed terms that carry a question's meaning; municipalities' names do not."""
    names = {word for name in municipalities for word in municipality_name(name).split()}
    names |= {f"{name}s" for name in names} | {f"{name}'s" for name in names}
    dropped = STOPWORDS | names
    kept = (token for token in tokens(text) if fold(token.text) not in dropped)
    # A letter alone is a party's where it is a capital.
    telling = (t for t in kept if len(t.text) > 1 or t.text.isdigit() or t.text.isupper())
    return tuple(dict.fromkeys(term for token in telling for term in token.terms))


def _names(text: str, terms: Sequence[str]) -> tuple[str, ...]:
    """List the terms of words with a capital; the first word has one anyway."""
    inside = islice(tokens(text), 1, None)
    named = {term for token in inside if token.text[0].isupper() for term in token.terms}
    return tuple(term for term in terms if term in named)


def respell(text: str, names: Sequence[str]) -> str:
    """Write æ, ø and å in a question that was typed without them: "paa moedet" is "på mødet".

    Word for word the index finds either, but the models have learned from Danish as it is written.

    Args:
        text: The question; one that has any of the letters is left alone.
        names: Municipalities, whose "aa" may be their own: Aabenraa.
    """
    kept = {part.lower() for name in names for part in name.split()}
    typed = [word for word in re.findall(r"\w+", text) if word.lower() not in kept]
    telling = [word for word in typed if not _OWN_OE.fullmatch(word)]
    if re.search("[æøå]", text, re.IGNORECASE) or not any(map(_TYPED_WITHOUT.search, telling)):
        return text

    def respelled(word: re.Match[str]) -> str:
        own = word[0].lower() in kept or _OWN_OE.fullmatch(word[0])
        return word[0] if own else _DIGRAPH.sub(_letter, word[0])

    return re.sub(r"\w+", respelled, text)


def _letter(digraph: re.Match[str]) -> str:
    letter = _LETTERS[digraph[0].lower()]
    return letter.upper() if digraph[0][0].isupper() else letter


def _is_english(folded: str) -> bool:
    """Tell by the function words: two English ones, or one that opens the question."""
    asked = words(folded)
    english = [word for word in asked if word in ENGLISH]
    return len(english) > 1 or bool(english and english[0] == asked[0])


def _municipalities(text: str, indexed: Sequence[str]) -> tuple[str, ...]:
    """Find the indexed municipalities that a question names, also in the genitive."""
    folded = fold(text)
    found: list[tuple[int, str]] = []
    for name in indexed:
        match = re.search(name_pattern(name), folded)
        if match:
            found.append((match.start(), name))
    return tuple(name for _, name in sorted(found))


def _meeting_date(
    text: str, meetings: Sequence[Meeting], municipalities: Sequence[str]
) -> dt.date | None:
    """Find the date of a meeting in a question; any other date is just part of what is asked."""
    held = {m.date for m in meetings if not municipalities or m.municipality in municipalities}
    return next((date for _, _, date in find_dates(text) if date in held), None)


def read_period(text: str) -> tuple[dt.date, dt.date] | None:
    """Read the month or year that a question names, as first and last day."""
    folded = fold(text)
    if match := _MONTH_YEAR.search(folded):
        year, month = int(match[2]), MONTHS.index(match[1]) + 1
        after = dt.date(year + month // 12, month % 12 + 1, 1)
        return dt.date(year, month, 1), after - dt.timedelta(days=1)
    if match := _YEAR.search(folded):
        return dt.date(int(match[1]), 1, 1), dt.date(int(match[1]), 12, 31)
    return None
