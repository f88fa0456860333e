"""Items that every meeting has, which decide nothing that anyone would look for."""

from __future__ import annotations

import re

from indexer.model import AgendaItem

_TITLE = re.compile(
    r"(?:\d+\.\s*)?(?:godkendelse af (?:dagsorden|referat|protokol)|meddelelser|siden sidst"
    r"|efterretninger|orientering(?:er)? (?:fra|til|ved) (?:formand|borgmester)|eventuelt"
    r"|under?skrift|lukket|gensidig orientering|generel orientering|fremlæggelser|næste møde"
    r"|spørgetid)",
    re.IGNORECASE,
)


def is_routine(item: AgendaItem) -> bool:
    """Tell whether an item is one of those that every agenda has, or is closed."""
    return item.closed or _TITLE.match(item.title) is not None
