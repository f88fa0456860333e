"""The line that tells an agenda item's case number."""

from __future__ import annotations

import re

from indexer.danish import CASE_NUMBER

_LABEL = r"(?:sagsnr|sagsnummer|sags-?id|sag(?:\s+nr)?|journalnr|journalnummer|j\.?\s?nr|acadre|esdh|kle|sags-?\s?nr)"
_LABELLED = re.compile(rf"{_LABEL}\.?\s*:?\s*(?P<number>{CASE_NUMBER}|\d{{5,9}})\b.*", re.IGNORECASE)
_ALONE = re.compile(rf"(?P<number>{CASE_NUMBER}|\d{{6,7}})", re.IGNORECASE)


def read_case_line(line: str) -> str | None:
    """Read a case number from a line that holds nothing else, or that labels it.

    A bare number of six digits counts only alone on its line, since the caller asks only below a
    heading.
    """
    match = _LABELLED.fullmatch(line) or _ALONE.fullmatch(line)
    return match["number"] if match else None
