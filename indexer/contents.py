"""The table of contents of minutes: it tells the titles, and is no agenda item itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.label_words import ONLY_ALONE
from indexer.labels import read_label
from indexer.lines import Line
from indexer.model import Role
from indexer.numbering import LONGEST_HEADING, without_number
from indexer.running_lines import names_the_meeting
from indexer.titles import letters, opens_closed_part, same_title, tells_status

_TITLE = re.compile(
    r"indholdsfortegnelse|indhold|indholdsoversigt|dagsorden|dagsordenpunkter"
    r"|punkter(?: på dagsordenen)?|sagsoversigt|oversigt|sagsliste",
    re.IGNORECASE,
)
# What else stands above the contents and labels a part of an item where it stands below them.
_OPENING = re.compile(rf"{_TITLE.pattern}|referat", re.IGNORECASE)
_LEADERS = re.compile(r"(?P<title>\S.*?)\s*(?:\.\s?){3,}\s*(?:side\s*)?(?P<page>\d{1,4})?")
_PAGE = re.compile(r"(?:\t|\s{2,}|\s)(?:side\s*|s\.\s*)?\d{1,4}$", re.IGNORECASE)
# Lines between two entries that are none: the rest of a long title, "Lukket dagsorden".
_MISSES = 2
_FEWEST = 2
_WITHIN = 600  # lines
# Below the first of these labels there are items, and no contents any more.
_BODY_ROLES = {Role.SUMMARY, Role.BACKGROUND, Role.RECOMMENDATION, Role.DECISION}
# Shorter ones are as likely words of the text.
_SHORTEST_TITLE = 3


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents.

    Attributes:
        first: Its first line.
        last: One past its last line.
        titles: As letters.
        closed: Those of them that stand below "Lukkede punkter" alone.
    """

    first: int = 0
    last: int = 0
    titles: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()

    def names(self, title: str) -> bool:
        """Tell whether a title stands in the contents."""
        found = letters(title)
        return any(same_title(found, other) for other in self.titles)

    def closes(self, title: str) -> bool:
        """Tell whether a title stands among the closed items."""
        found = letters(title)
        return any(same_title(found, other) for other in self.closed)

    def holds(self, title: str) -> bool:
        """Tell whether a title is one of the contents, whole."""
        return letters(title) in self.titles

    def goes_on(self, title: str) -> bool:
        """Tell whether a title of the contents begins with these words and has more."""
        found = letters(title)
        return any(other.startswith(found) for other in self.titles)


def find_contents(lines: Sequence[Line]) -> Contents:
    """Find the table of contents, by its dot leaders or by entries that come again below it.

    Returns:
        It, or an empty one where there is none.
    """
    above_items = list(_above_items(lines))
    found = _with_leaders(above_items) or _coming_again(above_items, lines) or Contents()
    return replace(found, closed=_closed(found, lines))


def _closed(contents: Contents, lines: Sequence[Line]) -> tuple[str, ...]:
    """List the titles below "Lukkede punkter", unless they stand below "Åbne punkter" too."""
    parts: dict[bool, list[str]] = {False: [], True: []}
    in_closed = False
    for line in lines[contents.first : contents.last]:
        opened = opens_closed_part(line.text)
        in_closed = in_closed if opened is None else opened
        parts[in_closed].extend(key for key in _keys(line.text) if key in contents.titles)
    return tuple(key for key in dict.fromkeys(parts[True]) if key not in parts[False])


def _above_items(lines: Sequence[Line]) -> Iterator[tuple[int, str]]:
    """List the lines that can belong to the contents, with their indexes, blank ones left out."""
    for index, line in enumerate(lines[:_WITHIN]):
        if not line.text:
            continue
        if _labels_body(line):
            return
        yield index, line.text


def _labels_body(line: Line) -> bool:
    """Tell a label of an item, be it "1. Resume"; "4. Orientering" may be an entry."""
    counted = without_number(line.text)
    label = line.label or read_label(counted, marked=False)
    if label is None or label.role not in _BODY_ROLES or _OPENING.fullmatch(counted):
        return False
    return counted == line.text or label.heading.lower() not in ONLY_ALONE


def _with_leaders(lines: Sequence[tuple[int, str]]) -> Contents | None:
    titles: list[str] = []
    first = last = 0
    pending: list[str] = []
    for index, text in lines:
        match = _LEADERS.fullmatch(text) if len(text) < LONGEST_HEADING else None
        if match:
            first = first if titles else index
            titles += [match["title"], " ".join([*pending, match["title"]])]
            last, pending = index + 1, []
        elif titles and len(pending) == _MISSES:
            break
        elif _TITLE.fullmatch(text):
            pending = []
        else:
            pending = [*pending, text][-_MISSES:]
    if len(titles) < 2 * _FEWEST:
        return None
    return Contents(_with_heading(lines, first), last, _letters(titles))


def _coming_again(lines: Sequence[tuple[int, str]], document: Sequence[Line]) -> Contents | None:
    """Find a run of lines each of which is a line again further down, but for number and page."""
    places = {key: i for i, line in enumerate(document) for key in _keys(line.text)}
    keys = sorted(places)
    titles: list[str] = []
    first = last = misses = at = 0
    numbered = False
    above = ""
    for index, text in lines:
        if misses > _MISSES or any(key in titles for key in _keys(text)):
            break
        parts = opens_closed_part(text) is not None
        entry = not (names_the_meeting(text) or tells_status(text) or parts)
        # "Budget 3" is "Budget" on page 3 where that stands below.
        forms = sorted(_keys(text), key=lambda key: places.get(key, -1) <= index)
        again = entry and next((key for key in forms if _last(key, keys, places) > index), None)
        opens = without_number(text) != text or bool(_TITLE.fullmatch(above.rstrip(":")))
        if again and (titles or opens):
            first = first if titles else index
            wraps = numbered and without_number(text) == text
            place = _last(again, keys, places)
            if wraps and place == at + 1:
                titles[-1] += again
            else:
                titles.append(again)
            at = place
            numbered = numbered or without_number(text) != text
            last, misses = index + 1, 0
        else:
            misses += bool(titles)
        above = text
    if len(titles) < _FEWEST:
        return None
    return Contents(_with_heading(lines, first), last, tuple(titles))


def _keys(text: str) -> tuple[str, ...]:
    """Reduce a line to its title, with and without a page number at its end."""
    if not without_number(text) or len(text) >= LONGEST_HEADING:
        return ("",)
    return tuple(letters(without_number(form)) for form in (text, _PAGE.sub("", text)))


def _last(key: str, keys: Sequence[str], places: dict[str, int]) -> int:
    """Find the last line with a title that is the same or either one cut short; -1 without one."""
    last = -1
    for length in range(len(key), _SHORTEST_TITLE - 1, -1):
        place = bisect_left(keys, key[:length])
        for other in keys[place : place + 2]:
            if same_title(key, other):
                last = max(last, places[other])
    return last


def _with_heading(lines: Sequence[tuple[int, str]], first: int) -> int:
    """Count the heading of the contents to it."""
    above = [(index, text) for index, text in lines if index < first][-_MISSES:]
    return next((index for index, text in above if _TITLE.fullmatch(text.rstrip(":"))), first)


def _letters(titles: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(letters(without_number(title)) for title in titles))
