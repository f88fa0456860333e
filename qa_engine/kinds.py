"""Whether a text holds the kind of thing a question asks for."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.danish import MONTHS, fold
from qa_engine.model import Asked, Query

_SHARES = r"halvdelen|tredjedel|fjerdedel|hver (?:anden|tredje|femte)"
_NUMBER_WORDS = (
    "to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|tretten|fjorten|femten|tyve|tredive|" + _SHARES
)
_MONTH_NAMES = "|".join(MONTHS)
_NUMBER = re.compile(rf"\d+(?:[.,]\d+)*|\b(?:{_NUMBER_WORDS})\b")
_MONEY = re.compile(
    r"\d[\d.,]*\s*(?:mio|mia|million|milliard|kr\b|kroner|t\.?\s?kr|dkk|%|pct)"
    r"|(?<!\d)\d{1,3}(?:\.\d{3})+(?!\d)"
)
_SHARE = re.compile(rf"\d[\d.,]*\s*(?:%|pct|procent)|\b(?:{_SHARES})\b")
_DATE = re.compile(
    rf"\b(?:{_MONTH_NAMES})\b|\b(?:19|20)\d{{2}}\b|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}"
    r"|\b\d\.\s*kvartal|\b(?:foraar|efteraar|sommer|vinter|aarsskifte|ultimo|primo|medio)\w*"
    r"|\buge \d+|\b(?:om|efter) (?:et|\d+) aar\b"
)
_PERSON = re.compile(
    r"[A-ZÆØÅ][\w-]+(?:\s+[A-ZÆØÅ]\.?)*\s+[A-ZÆØÅ][\w-]+|\([A-ZÆØÅ]{1,2}\)"
    r"|\w*(?:chef|leder|direktør|formand|borgmester|konsulent|repræsentant|medlem|udvalg|råd"
    r"|bestyrelse|inspektør)"
)
_PLACE = re.compile(
    r"\b(?:i|på|ved|mellem|omkring|langs|nær|fra|til)\s+(?:\w+\s+)?[A-ZÆØÅ]\w+"
    r"|(?:vej|gade|skole|by|hal|havn|torv|plads|område)"
)
_REASON = re.compile(
    r"\b(?:fordi|da|på grund af|grundet|skyldes|skyldtes|derfor|årsag\w*|begrund\w*|idet|så|for at"
    r"|henset|som følge af|med henblik på|nødvendig\w*|formål\w*)\b",
    re.IGNORECASE,
)
_OFTEN = re.compile(
    r"\b(?:aarlig\w*|halvaarlig\w*|maanedlig\w*|kvartal\w*|ugentlig\w*|dagligt?|hver\w*"
    r"|gange?|loebende)\b"
)
_DURATION = re.compile(
    rf"(?:\d+|\b(?:{_NUMBER_WORDS}|en|et)\b)\s*-?\s*(?:\d+\s*)?"
    r"(?:aar|maaned\w*|uge\w*|dag\w*|time\w*|minut\w*)\b"
)
_HOW_OFTEN = re.compile(r"\bhvor (?:ofte|tit)\b|\bhow often\b")
_HOW_LONG = re.compile(
    # "How long is the path" asks for metres.
    r"\bhvor (?:laenge|lang tid)\b|\bhow long\b(?! (?:is|are|was)\b)"
    r"|\bhvor mange (?:uger|maaneder|aar|dage|timer)\b"
)
_WHICH_SHARE = re.compile(r"\b(?:procent\w*|andel\w*|hvor stor en del|share|percentage)\b")
# "kommunale ungeindsats (KUI)", "IPS – individual placement", "FGU står for"
_EXPLAINED = r"\({0}\)|\b{0}\w*(?: [–-] | \(| (?:betyder|staar for|daekker over|er (?:en|et)\b))"
_AFTER_THE_WORD = {"for", "over", "mean", "stand"}
_NO_COUNT = re.compile(
    rf"\d{{1,2}}\.\s*(?:{_MONTH_NAMES})(?:\s+\d{{4}})?|\b(?:19|20)\d{{2}}\b(?:[-/]\d{{2,4}})?"
    r"|\b\d{2}/\d{3,}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
)


def holds(query: Query, text: str) -> float:
    """Tell whether a text holds what is asked for beyond what the question itself says.

    Returns:
        1 where it does, 0 where it does not, and 0.5 where the kind leaves it open.
    """
    folded, asked = fold(text), _folded_question(query.text)
    if _HOW_OFTEN.search(asked):
        found = bool(_OFTEN.search(folded))
    elif _HOW_LONG.search(asked):
        found = bool(_new(_DURATION, folded, asked))
    elif query.asked is Asked.NUMBER:
        # Years, dates and case numbers are no counts.
        counts = _NO_COUNT.sub(" ", folded)
        found = bool(_new(_SHARE if _WHICH_SHARE.search(asked) else _NUMBER, counts, asked))
    elif query.asked in _FOLDED:
        found = bool(_new(_FOLDED[query.asked], folded, asked))
    elif query.asked is Asked.MEANING:
        word = re.escape(_folded_word(asked))
        if not word or not re.search(rf"\b{word}", folded):
            return 0.0
        return 1.0 if re.search(_EXPLAINED.format(word), folded) else 0.5
    elif query.asked in _VERBATIM:
        found = bool(_VERBATIM[query.asked].search(text))
    elif query.asked is Asked.LIST:
        found = text.count(",") + text.count(" og ") + text.count(";") > 1
    else:
        return 0.5
    return float(found)


def _folded_word(asked: str) -> str:
    """Give the word whose meaning is asked for: the last, or the one before "for" or "over"."""
    words = re.findall(r"[\w-]+", asked)
    return next((word for word in reversed(words) if word not in _AFTER_THE_WORD), "")


# One question is asked of hundreds of texts.
_folded_question = lru_cache(maxsize=64)(fold)
_FOLDED = {Asked.AMOUNT: _MONEY, Asked.DATE: _DATE}
_VERBATIM = {Asked.PERSON: _PERSON, Asked.PLACE: _PLACE, Asked.REASON: _REASON}


def _new(pattern: re.Pattern[str], folded: str, asked: str) -> list[str]:
    """List the matches that the question does not already hold."""
    return [found[0] for found in pattern.finditer(folded) if not _stands_in(found[0], asked)]


def _stands_in(found: str, asked: str) -> bool:
    return re.search(rf"(?<![\w.,]){re.escape(found.strip())}(?![\w,])", asked) is not None
