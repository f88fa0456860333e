"""Items that every meeting has, which decide nothing that anyone would look for."""

from __future__ import annotations

import re

from indexer.model import AgendaItem

# Held down where items are ranked.
ROUTINE_TITLE = re.compile(
    r"(?:\d+\.\s*)?(?:godkendelse af (?:dagsorden|referat)|meddelelser|siden sidst|efterretninger"
    r"|orientering(?:er)? (?:fra|til|ved) (?:formand|borgmester)|eventuelt|under?skrift|lukket"
    r"|gensidig orientering|generel orientering|fremlæggelser|næste møde)",
    re.IGNORECASE,
)
# May be asked about, but is no precedent either.
_NO_CASE = re.compile(r"(?:\d+\.\s*)?(?:godkendelse af protokol|spørgetid)", re.IGNORECASE)


def is_routine(item: AgendaItem) -> bool:
    """Tell whether an item is one of those that every agenda has, or is closed."""
    return item.closed or any(form.match(item.title) for form in (ROUTINE_TITLE, _NO_CASE))
