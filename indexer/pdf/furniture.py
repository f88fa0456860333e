"""Running headers, footers and page numbers: what stands at the edge of most pages.

Nothing is known by its words. Lines are furniture when they stand at one height at the edge of
most pages, where hardly a page has anything else, and when they are the same but for their
numbers, or all in smaller print than the text (a header that names the current item).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.bodies import find_body
from indexer.danish import find_dates
from indexer.pdf.lines import Line, Page

_DEPTH = 5  # lines from the edge that are looked at
_SAME_HEIGHT = 3.0  # points
_MOST = 0.4  # left and right pages may differ
_MOST_BY_SIZE = 0.6
_SMALLER = 0.92
_STRANGERS = 0.1
_NUMBER = re.compile(r"\d+")
# "Punkt 3 (Åben)" on top of the page where the item begins, its title below.
_ITEM = re.compile(r"(?:(?:dagsordens?)?(?:punkt|pkt\.?)|sag)\s*(?:nr\.?)?\s*\d", re.IGNORECASE)


def without_furniture(pages: Sequence[Page], text_size: float) -> list[Page]:
    """Take headers and footers off every page; a document of one page has none.

    Args:
        pages: All pages of the document.
        text_size: Font size of its running text.
    """
    for top in (True, False):
        edges = [_edge(page, top=top) for page in pages]
        gone = _furniture(edges, text_size, top=top)
        kept = _only_witness(pages[0], gone) if top and pages else None
        gone.discard(kept or 0)
        pages = [
            replace(page, lines=tuple(line for line in page.lines if id(line) not in gone))
            for page in pages
        ]
    return list(pages)


def _only_witness(page: Page, gone: set[int]) -> int | None:
    """Find the header, by its ``id``, that alone on the first page tells who met and when."""
    if any(find_body(line.text) for line in page.lines if id(line) not in gone):
        return None
    headers = [line for line in page.lines if id(line) in gone and find_body(line.text)]
    return next((id(line) for line in headers if any(find_dates(line.text))), None)


def _edge(page: Page, *, top: bool) -> list[Line]:
    """List the lines at an edge of a page, and those in another direction, wherever they are."""
    turn = page.lines[0].words[0].turn if page.lines else 0
    level = [line for line in page.lines if line.words[0].turn == turn]
    level.sort(key=lambda line: -line.y if top else line.y)
    return level[:_DEPTH] + [line for line in page.lines if line.words[0].turn != turn]


def _furniture(edges: Sequence[Sequence[Line]], text_size: float, *, top: bool) -> set[int]:
    """Find the lines, by their ``id``, that are furniture."""
    lines = [line for edge in edges for line in edge]
    pages = sum(bool(edge) for edge in edges)
    wordings = defaultdict(list)
    for line in lines:
        wordings[line.words[0].turn, _NUMBER.sub("#", line.text).lower()].append(line)
    groups = [
        group
        for same in wordings.values()
        for group in _heights(same)
        if _count(group) >= max(2, round(_MOST * pages)) and not _counts_on(group)
    ]
    small = [line for line in lines if line.size < _SMALLER * text_size]
    groups += [
        group for group in _heights(small) if _count(group) >= max(3, round(_MOST_BY_SIZE * pages))
    ]
    while True:
        found = {id(line) for group in groups for line in group}
        kept = [g for g in groups if _strangers(g, lines, found, top=top) <= _STRANGERS * pages]
        if len(kept) == len(groups):
            return found
        groups = kept


def _heights(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Group lines by the height they stand at."""
    group: list[Line] = []
    for line in sorted(lines, key=lambda line: line.y):
        if group and line.y - group[-1].y > _SAME_HEIGHT:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _count(group: Sequence[Line]) -> int:
    return len({line.page for line in group})


def _counts_on(group: Sequence[Line]) -> bool:
    """Tell the headings of items that all have one title, or none, from a page number."""
    texts = {line.text for line in group}
    if all(_ITEM.match(text) for text in texts) and len(texts) == len(group) > 1:
        return True
    return all(line.bold for line in group) and len(texts) > 1


def _strangers(group: Sequence[Line], lines: Sequence[Line], found: set[int], *, top: bool) -> int:
    """Count the pages with text of their own at this height or further out.

    The first page may have such: a title, a letterhead.
    """
    low, high = group[0].y - _SAME_HEIGHT, group[-1].y + _SAME_HEIGHT
    turn = group[0].words[0].turn
    own = {
        line.page
        for line in lines
        if (line.y >= low if top else line.y <= high)
        and line.words[0].turn == turn
        and id(line) not in found
    }
    return len(own - {1})
