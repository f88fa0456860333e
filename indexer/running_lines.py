"""Headers and footers that a text without pages repeats among its items.

In a PDF they are known by their place (``indexer.pdf.furniture``); in exported text only by what
they say and by standing above one item after the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from indexer.bodies import BODY
from indexer.danish import DATE
from indexer.lines import Line
from indexer.model import PAGE_BREAK
from indexer.names import CAPITAL

# What names a meeting: nothing of it is what an item, a decision or a list of names says.
_NAMES_A_MEETING = re.compile(
    rf"(?:{BODY}(?!\w)|(?:{CAPITAL}[\w-]+ ){{1,3}}(?i:kommunes?)\b|(?i:region) {CAPITAL}[\w-]+"
    rf"|{DATE}|\d+[-./]\d+[-./]\d+"
    r"|(?i:side|s\.)\s*\d+(?:\s*(?:af|/)\s*\d+)?|(?i:referat|dagsorden|beslutnings(?:protokol|referat)|mødedato"
    r"|(?:man|tirs|ons|tors|fre|lør|søn)dag|åbe?nt?|lukket|ordinært|møde|fra|for|af|i|den|kl\.?\s*[\d.:]+)\b|[\W_])++"
)
# "3", "- 3 -", "3/9"
_PAGE_NUMBER = re.compile(r"[–-]?\s*\d{1,3}\s*(?:[–-]|(?:/|af)\s*\d{1,3})?")
_PAGE_BESIDE = re.compile(r"\s{2,}\d{1,3}$|^\d{1,3}\s{2,}")
# What numbers a page wherever it stands; a number alone may be anything.
_NUMBERS = re.compile(r"\bside\s*\d", re.IGNORECASE)
_LONGEST = 160
_WITHIN = 5  # lines with text above a heading or at the top of a page, of the nearest
_BACK = 10
_FEWEST = 3


def names_the_meeting(line: str) -> bool:
    """Tell whether a line tells body, municipality, date or page, and nothing else."""
    return len(line) <= _LONGEST and bool(_NAMES_A_MEETING.fullmatch(line))


def running_lines(text: str, lines: Sequence[Line], headings: Sequence[int]) -> frozenset[str]:
    """Find the lines that stand above most items, at the top of most pages or by their numbers.

    Args:
        text: The document.
        lines: It as lines.
        headings: The index of the first line of each item.

    Returns:
        What ``key`` makes of them.
    """
    above = [lines[max(0, heading - _BACK) : heading][::-1] for heading in headings]
    pages = [i for i in range(1, len(lines)) if text[lines[i - 1].end] == PAGE_BREAK]
    tops = [lines[page : page + _BACK] for page in pages]
    numbers = [i for i, ln in enumerate(lines) if _NUMBERS.search(ln.text) and _may_repeat(ln)]
    before = [lines[max(0, i - _BACK) : i + 1][::-1] for i in numbers]
    behind = [lines[i : i + _BACK] for i in numbers]
    # Beside a page's number a number alone is a table's last cell.
    beside = (_repeated(before) | _repeated(behind)) - {"#"}
    numbering = Counter(key(lines[i]) for i in numbers)
    twice = frozenset(text for text, count in numbering.items() if count > 1)
    return _repeated(above) | _repeated(tops) | beside | twice


def _repeated(edges: Sequence[Sequence[Line]]) -> frozenset[str]:
    """Find what most edges hold that begin with lines that may repeat, blank ones left out."""
    found = Counter[str]()
    for edge in edges:
        near = [line for line in edge if line.text][:_WITHIN]
        found.update({key(line) for line in takewhile(_may_repeat, near)})
    fewest = max(_FEWEST, len(edges) / 2)
    return frozenset(text for text, count in found.items() if count >= fewest)


def _may_repeat(line: Line) -> bool:
    """Tell whether a line may be a header or footer: it names the meeting or numbers a page."""
    numbered = _PAGE_NUMBER.fullmatch(line.text)
    return bool(numbered) or names_the_meeting(_PAGE_BESIDE.sub("", line.text))


def key(line: Line) -> str:
    """Reduce a line to what stays the same from page to page."""
    return re.sub(r"\d+", "#", line.text)
