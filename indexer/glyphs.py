"""Characters that only look alike, or that nobody sees: written as the ones that are looked for."""

from __future__ import annotations

import re
import unicodedata

LIKE = {
    "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ", "\u2007": " ",
    "\u200b": "", "\ufeff": "", "\u2060": "", "\u2011": "-", "\u2010": "-",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
}  # fmt: skip
# A blank that holds the thousands of a number together stays: an ordinary one parts two numbers.
_HOLDING = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d{3}(?!\d))")
_OTHERS = re.compile(f"[{''.join(LIKE)}\u00ad]")


def as_seen(text: str) -> str:
    """Write a text as a reader sees it: letters whole, blanks plain, nothing unseen."""
    text = unicodedata.normalize("NFC", text)
    if not _OTHERS.search(text):
        return text
    held = {match.start() for match in _HOLDING.finditer(text)}
    seen = _OTHERS.sub(lambda m: m[0] if m.start() in held else LIKE.get(m[0], ""), text)
    return unicodedata.normalize("NFC", seen)  # what stood between a letter and its ring is gone
