"""Where a portal shows a meeting, an item and an attachment; a ``#fragment`` breaks its page."""

from __future__ import annotations

from urllib.parse import quote


def meeting_link(portal: str, meeting: str) -> str:
    """Write the address of a meeting's page."""
    return f"{portal}/vis?id={quote(meeting, safe='')}"


def item_link(portal: str, meeting: str, item: str | None) -> str:
    """Write the address of an item's page; without an id of its own, that of its meeting."""
    punktid = f"&punktid={quote(item, safe='')}" if item else ""
    return meeting_link(portal, meeting) + punktid


def attachment_link(portal: str, attachment: str) -> str:
    """Write the address of an attachment's PDF."""
    return f"{portal}/vis/pdf/bilag/{quote(attachment, safe='')}?redirectDirectlyToPdf=true"
