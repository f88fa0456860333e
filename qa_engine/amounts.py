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
# The rest of a paragraph that tells of a motion or a remark, whose amount was not decided on unless
# the motion was carried.
_MOTION = re.compile(
    r"[^.\n]*(?:ændringsforslag|foreslog|stillede|bemærke[rd])[^\n]*", re.IGNORECASE
)
_CARRIED = re.compile(
    r"ændringsforslaget (?:blev|er) (?:\w+ ){0,2}?(?:vedtaget|godkendt)", re.IGNORECASE
)


def find_amount(decided: str, proposed: str, economy: str) -> str | None:
    """Choose the amount that a decision is about, as printed; None where none is written.

    The decision's own words go before the proposal's, which a decision that names no other amount
    leaves as it was, and those before the economy; in each, what is granted goes before what is
    only mentioned.

    Args:
        decided: A line for each paragraph, since one that tells of a motion decides nothing.
        proposed: What was decided on.
        economy: What else is told of the costs.
    """
    said = decided if _CARRIED.search(decided) else _MOTION.sub("", decided)
    for text in (said, proposed, economy):
        if granted := _GRANTED.search(text):
            return granted["amount"]
        if named := _ANY.search(text):
            return named[0]
    return None


def amount_value(amount: str | None) -> float:
    """Count an amount in kroner, to sort by; one that is not written counts as nothing."""
    match = _VALUE.match(amount or "")
    if not match:
        return 0.0
    number = float(match["number"].replace(".", "").replace(",", "."))
    size = match["size"].lower()
    return number * (1e9 if size.startswith("milliard") else _SIZES.get(size[:3], 1))
