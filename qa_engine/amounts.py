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
_VALUE = re.compile(r"(?P<number>\d[\d.]*(?:,\d+)?)\s*(?P<size>[a-z]*)", re.IGNORECASE)
_SIZES = {"mio": 1e6, "mil": 1e6, "mia": 1e9, "t": 1e3}
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


def amount_value(amount: str | None) -> float:
    """Count an amount in kroner, to sort by; one that is not written counts as nothing."""
    match = _VALUE.match(amount or "")
    if not match:
        return 0.0
    number = float(match["number"].replace(".", "").replace(",", "."))
    size = match["size"].lower()
    return number * (1e9 if size.startswith("milliard") else _SIZES.get(size[:3], 1))
