"""The line that tells an agenda item's case number."""

from __future__ import annotations

import re

from indexer.danish import CASE_NUMBER

# "Sagsnr.", "Sags id:", "J.nr.": behind these any number counts.
_LABEL = (
    r"(?:(?:acadre|esdh|sbsys|edoc)\W+)?(?:(?:sags|journal)-?\s?(?:nr|nummer|id)|j\.?\s?nr"
    r"|(?:acadre|esdh|sbsys|edoc)-?(?:sag|sagsnr|nr)?)\.?\s*:?\s*"
)
_STATUS = r"(?:(?:åbent?|lukket)(?:\s+(?:sag|punkt))?\W+)?"
# "00.01.10 Ø02" is a journal number of before 2000.
_BEHIND_LABEL = (
    rf"(?P<number>{CASE_NUMBER}|\d{{2}}/\d|\d{{2}}\.\d{{2}}\.\d{{2}} [A-ZÆØÅ]\d{{2}}"
    r"|(?=(?:\S*?\d){4})[A-ZÆØÅ\d][\w./-]*\w)(?![\w/-])"
)
_LABELLED = re.compile(rf"{_STATUS}{_LABEL}{_BEHIND_LABEL}.*", re.IGNORECASE)
_EMPTY = re.compile(_LABEL, re.IGNORECASE)
# "Sag nr. 74" may be the item's own number.
_SAG = re.compile(
    rf"(?:sag(?:\s+nr)?|kle)\.?\s*:?\s*(?P<number>{CASE_NUMBER}|\d{{5,9}})\b.*", re.IGNORECASE
)
_ALONE = re.compile(
    rf"{_STATUS}[(\[]?(?P<number>{CASE_NUMBER}|\d{{6,7}})[)\]]?(?:\s+[^\W\d]+\.?:.*)?",
    re.IGNORECASE,
)
_IN_TITLE = re.compile(
    rf"(?P<title>.*\S)(?:\s*[(\[]\s*|\s+[|–-]\s+|(?:\t|\s\s)\s*+|,\s+(?={_LABEL}))"
    rf"(?:(?:{_LABEL}|sag\s+(?:nr\.?\s*)?)?(?P<plain>{CASE_NUMBER})|{_LABEL}{_BEHIND_LABEL})[)\]]?",
    re.IGNORECASE,
)
# "Sag nr. 55, j.nr. 00.30.02S00: Titel", "Punkt 4 (Sagsnr. 24/1234): Titel"
_BEFORE_TITLE = re.compile(
    rf"[,(\[]\s*{_LABEL}{_BEHIND_LABEL}[)\]]?\s*[:–—-]\s*(?P<title>.+)", re.IGNORECASE
)
_LONGEST = 160


def read_case_line(line: str) -> str | None:
    """Read a case number from a line that holds nothing else, or that labels it.

    A bare number of six digits counts only alone on its line, since the caller asks only below a
    heading.
    """
    if len(line) > _LONGEST:
        return None
    line = line.strip("`")
    if line.startswith("|"):  # "| Sagsnr. | 24/7781 |"
        line = " ".join(line.replace("|", " ").split())
    match = _LABELLED.fullmatch(line) or _SAG.fullmatch(line) or _ALONE.fullmatch(line)
    return match["number"] if match else None


def split_title(title: str) -> tuple[str, str | None]:
    """Part a title from the case number behind it, be it in a column of its own, or before it."""
    if match := _BEFORE_TITLE.fullmatch(title):
        return match["title"], match["number"]
    match = _IN_TITLE.fullmatch(title)
    return (match["title"], match["plain"] or match["number"]) if match else (title, None)


def labels_case(line: str) -> bool:
    """Tell a label of a case number that has none on its line: "Sagsnr.:"."""
    return len(line) <= _LONGEST and bool(_EMPTY.fullmatch(line))
