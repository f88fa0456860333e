"""The agenda items that a question names by their numbers: "punkt 7", "pkt. 7 og 8"."""

from __future__ import annotations

import re

_NUMBER = r"\d{1,4}(?:\.\d{1,2})*[a-z]?"
_NAMED = re.compile(
    r"(?<!\w)(?:(?:dagsordens?)?punkt(?:et|er(?:ne)?)?|pkt|(?:agenda )?items?)\.?\s*"
    rf"(?:(?:nr|nummer|no)\b\.?\s*)?({_NUMBER}(?:(?:,| og| and) {_NUMBER})*)(?![\w%])",
    re.IGNORECASE,
)
# The third point of a plan or of a proposal is none: "indstillingens punkt 3", "punkt 3 i planen".
_WHOLE = (
    r"\w*(?:indstilling|anbefaling|forslag|plan|aftale|forlig|budget|strategi|politik|proposal)"
    r"(?:t?et|n|en|erne)?"
)
_OF_BEFORE = re.compile(rf"\b{_WHOLE}'?s\s*$", re.IGNORECASE)
_OF_BEHIND = re.compile(rf"\s+(?:i|af|fra|in|of) (?:\w+ ){{0,2}}{_WHOLE}\b", re.IGNORECASE)


def find_item_numbers(text: str) -> tuple[str, ...]:
    """List the numbers of the items that a question names, as typed, without repetitions."""
    named = " ".join(match[1] for match in _matches(text))
    return tuple(dict.fromkeys(re.findall(_NUMBER, named, re.IGNORECASE)))


def without_item_numbers(text: str) -> str:
    """Leave the items that a question names by their numbers out of it."""
    for match in reversed(_matches(text)):
        text = text[: match.start()] + text[match.end() :]
    return text


def _matches(text: str) -> list[re.Match[str]]:
    return [
        match
        for match in _NAMED.finditer(text)
        if not _OF_BEFORE.search(text[: match.start()]) and not _OF_BEHIND.match(text, match.end())
    ]
