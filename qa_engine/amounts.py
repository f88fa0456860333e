"""Amounts of money as they are printed, and which of them a decision is about."""

from __future__ import annotations

import re

_AMOUNT = (
    r"\d[\d.]*(?:,\d+)?\s*(?:(?:mio|mia|t)\.?\s*|million(?:er)?\s+|milliard(?:er)?\s+)?"
    r"kr(?:oner)?\b\.?"
)
_ANY = re.compile(_AMOUNT, re.IGNORECASE)
_GRANTED = re.compile(
    r"(?:bevilling|bevilg|afs[æa]t|garant|tilskud|grundkapital|ramme\b|rammen\b|pris)"
    rf"[^.;•\n]{{0,60}}?(?P<amount>{_AMOUNT})",
    re.IGNORECASE,
)
# A sentence that tells of another motion, whose amount was not decided on.
_MOTION = re.compile(r"[^.\n]*(?:ændringsforslag|foreslog|stillede)[^\n]*", re.IGNORECASE)


def find_amount(decided: str, proposed: str, economy: str) -> str | None:
    """Choose the amount that a decision is about, as printed; None where none is written.

    What is granted goes before what is only mentioned, and the decision before the proposal before
    the economy.
    """
    said = _MOTION.sub("", decided)
    granted = [match["amount"] for text in (said, proposed) for match in _GRANTED.finditer(text)]
    named = [match[0] for text in (said, proposed, economy) for match in _ANY.finditer(text)]
    return next(iter([*granted, *named]), None)
