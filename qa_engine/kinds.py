"""Whether a text holds the kind of thing a question asks for."""

from __future__ import annotations

import re

from indexer.danish import MONTHS, fold
from qa_engine.model import Asked, Query

_NUMBER_WORDS = (
    "to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|tretten|fjorten|femten|tyve|tredive|halvdelen|en tredjedel|hver (?:anden|tredje|femte)"
)  # fmt: skip
_MONTH_NAMES = "|".join(MONTHS)
_NUMBER = re.compile(rf"\d+(?:[.,]\d+)*|\b(?:{_NUMBER_WORDS})\b")
_MONEY = re.compile(
    r"\d[\d.,]*\s*(?:mio|mia|million|milliard|kr\b|kroner|t\.?\s?kr|dkk|%|pct)|(?<!\d)\d{1,3}(?:\.\d{3})+(?!\d)"
)
_SHARE = re.compile(r"\d[\d.,]*\s*(?:%|pct|procent)|\b(?:halvdelen|tredjedel|fjerdedel|hver (?:anden|tredje|femte))\b")
_DATE = re.compile(
    rf"\b(?:{_MONTH_NAMES})\b|\b(?:19|20)\d{{2}}\b|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\b\d\.\s*kvartal|\b(?:foraar|efteraar|sommer|vinter|aarsskifte|ultimo|primo|medio|uge \d+|om (?:et|\d+) aar|efter (?:et|\d+) aar)\w*\b"
)  # fmt: skip
_PERSON = re.compile(
    r"[A-ZÆØÅ][\w-]+(?:\s+[A-ZÆØÅ]\.?)*\s+[A-ZÆØÅ][\w-]+|\([A-ZÆØÅ]{1,2}\)|\b\w*(?:chef|leder|direktør|formand|borgmester|konsulent|repræsentant|medlem|udvalg|råd|bestyrelse|inspektør)\w*\b"
)  # fmt: skip
_PLACE = re.compile(r"\b(?:i|på|ved|mellem|omkring|langs|nær|fra|til)\s+(?:\w+\s+)?[A-ZÆØÅ]\w+|\w*(?:vej|gade|skole|by|hal|havn|torv|plads|område)\w*\b")  # fmt: skip
_REASON = re.compile(
    r"\b(?:fordi|da|på grund af|grundet|skyldes|skyldtes|derfor|årsag\w*|begrund\w*|idet|så|for at|henset|som følge af|med henblik på|nødvendig\w*|formål\w*)\b",
    re.IGNORECASE,
)  # fmt: skip
_OFTEN = re.compile(r"\b(?:aarlig\w*|halvaarlig\w*|maanedlig\w*|kvartal\w*|ugentlig\w*|dagligt?|hver\w*|gange?|loebende)\b")
_DURATION = re.compile(rf"(?:\d+|\b(?:{_NUMBER_WORDS}|en|et)\b)\s*-?\s*(?:\d+\s*)?(?:aar|maaned\w*|uge\w*|dag\w*|time\w*|minut\w*)\b")  # fmt: skip


def holds(query: Query, text: str) -> float:
    """Tell whether a text holds what is asked for beyond what the question itself says.

    Returns:
        1 where it does, 0 where it does not, and 0.5 where the kind leaves it open.
    """
    folded, asked = fold(text), fold(query.text)
    if re.search(r"\bhvor (?:ofte|tit)\b|\bhow often\b", asked):
        return float(bool(_OFTEN.search(folded)))
    if re.search(r"\bhvor (?:laenge|lang tid)\b|\bhow long\b|\bhvor mange (?:uger|maaneder|aar|dage|timer)\b", asked):
        return float(bool(_new(_DURATION, folded, asked)))
    if query.asked is Asked.NUMBER:
        share = re.search(r"\b(?:procent\w*|andel\w*|hvor stor en del|share|percentage)\b", asked)
        return float(bool(_new(_SHARE if share else _NUMBER, _without_dates(folded), asked)))
    if query.asked is Asked.AMOUNT:
        return float(bool(_new(_MONEY, folded, asked)))
    if query.asked is Asked.DATE:
        return float(bool(_new(_DATE, folded, asked)))
    if query.asked is Asked.PERSON:
        return float(bool(_PERSON.search(text)))
    if query.asked is Asked.PLACE:
        return float(bool(_PLACE.search(text)))
    if query.asked is Asked.REASON:
        return float(bool(_REASON.search(text)))
    if query.asked is Asked.LIST:
        return float(text.count(",") + text.count(" og ") + text.count(";") > 1)
    return 0.5


def _new(pattern: re.Pattern[str], folded: str, asked: str) -> list[str]:
    """List the matches that the question does not already hold."""
    return [found[0] for found in pattern.finditer(folded) if not _stands_in(found[0], asked)]


def _stands_in(found: str, asked: str) -> bool:
    return re.search(rf"(?<![\w.,]){re.escape(found.strip())}(?![\w,])", asked) is not None


def _without_dates(folded: str) -> str:
    """Blank out years, dates and case numbers, which are no counts."""
    return re.sub(
        rf"\d{{1,2}}\.\s*(?:{_MONTH_NAMES})(?:\s+\d{{4}})?|\b(?:19|20)\d{{2}}\b(?:[-/]\d{{2,4}})?|\b\d{{2}}/\d{{3,}}\b|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}",
        " ",
        folded,
    )
