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
_LABELLED = re.compile(
    rf"{_STATUS}{_LABEL}"
    rf"(?P<number>{CASE_NUMBER}|\d{{2}}/\d|(?=(?:\S*?\d){{4}})[A-ZÆØÅ\d][\w./-]*\w)(?![\w/-]).*",
    re.IGNORECASE,
)
# "Sag nr. 74" may be the item's own number.
_SAG = re.compile(
    rf"(?:sag(?:\s+nr)?|kle)\.?\s*:?\s*(?P<number>{CASE_NUMBER}|\d{{5,9}})\b.*", re.IGNORECASE
)
_ALONE = re.compile(
    rf"{_STATUS}[(\[]?(?P<number>{CASE_NUMBER}|\d{{6,7}})[)\]]?(?:\s+[^\W\d]+\.?:.*)?",
    re.IGNORECASE,
)
_IN_TITLE = re.compile(
    rf"(?P<title>.*\S)(?:\s*[(\[]\s*(?:{_LABEL}|sag\s+(?:nr\.?\s*)?)?|\s+[|–-]\s+)(?P<number>{CASE_NUMBER})[)\]]?",
    re.IGNORECASE,
)
_LONGEST = 160


def read_case_line(line: str) -> str | None:
    """Read a case number from a line that holds nothing else, or that labels it.

    A bare number of six digits counts only alone on its line, since the caller asks only below a
    heading.
    """
    if len(line) > _LONGEST:
        return None
    if line.startswith("|"):  # "| Sagsnr. | 24/7781 |"
        line = " ".join(line.replace("|", " ").split())
    match = _LABELLED.fullmatch(line) or _SAG.fullmatch(line) or _ALONE.fullmatch(line)
    return match["number"] if match else None


def split_title(title: str) -> tuple[str, str | None]:
    """Part a title from the case number behind it: "Ny skole (2020-0256472)"."""
    match = _IN_TITLE.fullmatch(title)
    return (match["title"], match["number"]) if match else (title, None)
