"""A list of the whole meeting's attachments that stands below the last item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.model import AgendaItem, Section
from indexer.sections import attachments_in
from indexer.titles import letters, same_title

_LIST = re.compile(
    r"(?:samlet )?bilags(?:liste|oversigt|fortegnelse)|(?:liste|oversigt) over bilag", re.IGNORECASE
)
_OF_ITEM = re.compile(
    r"(?:bilag til )?(?P<word>(?:dagsordens?)?punkt|pkt\.?|sag)?\s*(?:nr\.?\s*)?"
    r"(?P<number>\d{1,4}(?:\.?[a-z](?!\w)|\.\d{1,2})?)\s*[.):–—-]*\s+(?P<rest>.*)",
    re.IGNORECASE,
)


def with_shared_attachments(items: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    """Give each item its own of the attachments that are listed below the last one.

    It is the meeting's list where no other item has one and it names another item: "Punkt 3  Kort",
    or the item's title above its attachments.
    """
    last = items[-1] if items else None
    lists = _lists(last) if last else []
    if last is None or not lists or any(map(_lists, items[:-1])):
        return tuple(items)
    titles = {item.number: letters(item.title) for item in items}
    listed = attachments_in(last.text, lists)
    shared: dict[str, list[str]] = {}
    number = last.number
    for line in listed:
        number, name = _of_item(line, titles) or (number, line)
        if name:
            shared.setdefault(number, []).append(name)
    if shared.keys() <= {last.number}:
        return tuple(items)
    own = attachments_in(last.text, [s for s in last.sections if s not in lists])
    each = [*((item, item.attachments) for item in items[:-1]), (last, own)]
    return tuple(
        replace(item, attachments=tuple(dict.fromkeys([*names, *shared.get(item.number, ())])))
        for item, names in each
    )


def _lists(item: AgendaItem) -> list[Section]:
    return [section for section in item.sections if _LIST.fullmatch(section.heading)]


def _of_item(line: str, titles: dict[str, str]) -> tuple[str, str] | None:
    """Read which item a line names, and the attachment behind that, if any stands there."""
    match = _OF_ITEM.fullmatch(f"{line} ")
    if match is None or match["number"] not in titles:
        return None
    if same_title(letters(match["rest"]), titles[match["number"]]):
        return match["number"], ""
    return (match["number"], match["rest"].strip()) if match["word"] else None
