"""The bodies that meet and decide: how committees and councils are named in minutes."""

from __future__ import annotations

import re

from indexer.names import CAPITAL

_STOP = (
    r"(?!(?i:referat|indstilling|anbefaling|beslutningsreferat|beslutningsprotokol|protokol|dagsorden|udskrift|åbent|åben"
    r"|beslutning(?:er)?|møde|mødet|fra|for|af|i|den|d|kommune|kommunes)\b)"
)
_WORD = rf"{_STOP}{CAPITAL}[\w-]*"
# "§ 17, stk. 4-udvalget om mobilitet": committees for one task (kommunestyrelsesloven § 17)
_FOR_A_TASK = (
    r"§\s?17,?\s*stk\.?\s*4[\s-]+[Uu]dvalg(?:et)?"
    rf"(?:\s+(?:[\"»”“][^\"»«”“\n]+[\"«”“]|(?:for|om|vedrørende)\s+{CAPITAL}[\w-]*(?:\s+og\s+{_WORD})*))?"
)
_SORT = r"(?:udvalg(?:et)?|bestyrelse(?:n)?|råd(?:et)?|nævn(?:et)?|kommission(?:en)?)"
# "Udvalget for Børn og Læring", "Udvalget for teknik og miljø", "Teknisk Udvalg", "Det sociale
# udvalg", "Teknik- og miljøudvalget", "Social-, Senior- og Handicapudvalget"
BODY = (
    r"(?:Udvalg(?:et)?\s+(?:for|vedrørende)\s+(?:"
    r"[a-zæøå][\w-]*(?:,\s+[a-zæøå][\w-]*)*,?\s+og\s+[a-zæøå][\w-]*"
    rf"|[\w-]+(?:(?:,|\s+og|,\s+og)?\s+{_WORD})*)"
    rf"|{_FOR_A_TASK}|Det\s+(?:[Tt]ekniske|[Ss]ociale)\s+[Uu]dvalg|{_WORD}\s+[Uu]dvalg(?:et)?"
    rf"|{_WORD}(?:-,\s+\w+)*-\s+og\s+[a-zæøå][\w-]*{_SORT}"
    rf"|(?:{_WORD}-?,?\s+(?:og\s+)?){{0,5}}{_STOP}{CAPITAL}[\w-]*{_SORT}"
    r"|Borgerrepræsentation(?:en)?|Magistrat(?:en)?)"
)
# Any name, such as "TMU" or "Center for Børn", where what follows shows that it decided.
ANY_BODY = (
    rf"(?:{BODY}(?!\w)"
    rf"|{_STOP}{CAPITAL}[\w&.-]*(?:,?\s+(?:og|for|i|{CAPITAL}[\w&.-]*)){{0,8}}(?<![,.]))"
)
# The item of a body's agenda, as other minutes refer to it: ", pkt. 44".
ITEM = r"(?:\s*[,–-])?\s*(?:(?i:pkt|punkt|sag)\.?\s*(?:nr\.?)?|§)\s*\d++"
# The years for which a body is elected, behind its name: "Økonomiudvalget 2018-2021"
TERM = r"(?:\s+\(?\d{4}\s*[–-]\s*(?:\d{4}|\d{2}(?!\d))\)?)?"
_IN_TEXT = re.compile(rf"(?<!\w){BODY}(?!\w)")
_IN_CAPITALS = re.compile(_IN_TEXT.pattern, re.IGNORECASE)
_COUNCIL = re.compile(r"byråd|kommunalbestyrelse|borgerrepræsentation|regionsråd", re.IGNORECASE)
_SMALL_WORDS = frozenset({"og", "for", "i", "af", "den", "d", "fra", "til", "med", "vedrørende"})


def find_body(text: str) -> str | None:
    """Find the first body that a text names; one in capitals is given in ordinary letters."""
    match = (_IN_CAPITALS if text.isupper() else _IN_TEXT).search(text)
    return unshouted(match[0]) if match else None


def is_council(body: str) -> bool:
    """Tell whether a body has the last word in its municipality (kommunestyrelsesloven § 2)."""
    return bool(_COUNCIL.search(body))


def unshouted(text: str) -> str:
    """Write a text in capitals as a name: "MILJØ- OG PLANUDVALGET" as "Miljø- og Planudvalget"."""
    if not text.isupper():
        return text
    words = text.lower().split(" ")
    return " ".join(word if word in _SMALL_WORDS else word.capitalize() for word in words)
