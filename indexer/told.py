"""What a source tells outright of a meeting, so that it need not be found in the text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.heading_block import HeadingBlock
from indexer.headings import Heading
from indexer.model import AgendaItem, Decision, Minutes, Role, Section


@dataclass(frozen=True, slots=True)
class Told:
    """The structure of a document.

    Attributes:
        block: Which body met, when and where.
        headings: Of the items, by line of the document.
        decided: Whether the meeting has been held: an agenda decides nothing.
        url: Where the meeting is published.
        item_urls: Where each item is.
    """

    block: HeadingBlock
    headings: tuple[Heading, ...]
    decided: bool
    url: str | None
    item_urls: tuple[str | None, ...]


def with_told(minutes: Minutes, told: Told) -> Minutes:
    """Add the addresses, and take from an agenda what it cannot say."""
    items = (
        replace(item if told.decided else _undecided(item, told.block), url=url)
        for item, url in zip(minutes.items, told.item_urls, strict=True)
    )
    return replace(minutes, items=tuple(items), url=told.url)


def _undecided(item: AgendaItem, block: HeadingBlock) -> AgendaItem:
    """Leave of an item's decisions those of other bodies and of earlier meetings."""
    decisions = tuple(d for d in item.decisions if not _is_own(d, block))
    sections = tuple(
        replace(section, role=Role.OTHER)
        if section.role is Role.DECISION and not _holds(section, decisions)
        else section
        for section in item.sections
    )
    return replace(item, decisions=decisions, sections=sections, absent=())


def _is_own(decision: Decision, block: HeadingBlock) -> bool:
    return decision.body in (None, block.committee) and decision.date in (None, block.date)


def _holds(section: Section, decisions: tuple[Decision, ...]) -> bool:
    return any(section.start <= d.start < section.end for d in decisions)
