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

from indexer.pdf.lines import Line, Page

_DEPTH = 5  # lines from the edge that are looked at
_SAME_HEIGHT = 3.0  # points
_MOST = 0.4  # left and right pages may differ
_MOST_BY_SIZE = 0.6
_SMALLER = 0.92
_STRANGERS = 0.1
_NUMBER = re.compile(r"\d+")


def without_furniture(pages: Sequence[Page], text_size: float) -> list[Page]:
    """Take headers and footers off every page; a document of one page has none.

    Args:
        pages: All pages of the document.
        text_size: Font size of its running text.
    """
    for top in (True, False):
        edges = [_edge(page, top=top) for page in pages]
        gone = _furniture(edges, text_size, top=top)
        pages = [
            replace(page, lines=tuple(line for line in page.lines if id(line) not in gone))
            for page in pages
        ]
    return list(pages)


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
    """Tell the headings of items that all have one title, one a page, from a page number."""
    return all(line.bold for line in group) and len({line.text for line in group}) > 1


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
