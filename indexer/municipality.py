"""Which municipality minutes are about."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from indexer.bodies import unshouted
from indexer.names import CAPITAL

_BEFORE = r"(?:(?:Nørre|Sønder|Øster|Vester|Store|Lille)\s+)?"
_NAME = rf"{_BEFORE}{CAPITAL}[a-zæøåéü]+(?:-[a-zæøåA-ZÆØÅ][a-zæøå]+)?"
_IN_TEXT = re.compile(rf"\b(?P<name>{_NAME}\s+(?:[Kk]ommune|[Rr]egionskommune))s?\b(?!\s*:)")
_COLUMNS = re.compile(r"\s{2,}|\t")
# A region's own minutes name it above, alone or with its council or executive committee; a
# municipality's name it only in their text.
_REGION = re.compile(rf"\b(?P<name>Region\s+{_NAME})\b")
_OF_REGION = re.compile(r"\b(?:regionsråd|forretningsudvalg)", re.IGNORECASE)
_TOWN_HALL = re.compile(rf"\b(?P<name>{_NAME})\s+[Rr]ådhus\b")
# The file in which an owner names the municipality of all minutes in a folder.
BESIDE = "municipality.txt"
# Words that begin a sentence or stand before "kommune" without being a name.
_NO_NAMES = frozenset({
    "Den", "Denne", "Hver", "Hele", "En", "Enhver", "Egen", "Anden", "Samme", "Som", "I", "At",
    "Vores", "Når", "Hvis", "Øvrige", "Ny", "Din", "Dit", "Af", "Til", "For", "Fra", "Og",
    "Hvilken", "Hvor", "Både", "Vor", "Jeres", "Pågældende", "Ingen", "Nogen", "Andre", "Mellem",
})  # fmt: skip
# What the heading block says is meant: it outweighs this many mentions in the text.
_IN_HEADING = 10
_TOWN_HALLS = 2
_LEAD = 2


def find_municipality(heading: str, text: str) -> str | None:
    """Find the municipality that minutes are about: the one they name by far the most.

    Neighbours are named too, so a name that does not lead two to one is not believed. A town hall
    counts for a municipality that is named, for it may be called after a town of another name.

    Args:
        heading: The heading block, where a municipality is named as that of the meeting.
        text: The whole document.
    """
    # Columns are parted, so that one in capitals is seen beside one that is not.
    columns = [column for line in heading.splitlines() for column in _COLUMNS.split(line.strip())]
    above = "\n".join(unshouted(column) for column in columns)
    in_heading = _mentions(_IN_TEXT, above)
    alone = (match for column in above.splitlines() if (match := _REGION.fullmatch(column)))
    region = _REGION.search(above) if _OF_REGION.search(above) else next(alone, None)
    if region and not in_heading:
        return " ".join(region["name"].split())
    names = _mentions(_IN_TEXT, text) + Counter({n: _IN_HEADING * c for n, c in in_heading.items()})
    for name, count in _mentions(_TOWN_HALL, text).items():
        if (full := full_name(name)) in names:
            names[full] += _TOWN_HALLS * count
    leaders = names.most_common(2)
    if not leaders or (len(leaders) > 1 and leaders[0][1] < _LEAD * leaders[1][1]):
        return None
    return leaders[0][0]


def told_beside(file: Path) -> str | None:
    """Read the municipality of the minutes in a folder from its ``municipality.txt``, if any."""
    try:
        text = (file.parent / BESIDE).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    return next((line.strip() for line in text.splitlines() if line.strip()), None)


def full_name(municipality: str) -> str:
    """Write a municipality's name as it is indexed: "Varde" as "Varde Kommune"."""
    name = " ".join(municipality.split())
    known = name.lower().endswith("kommune") or name.lower().startswith("region ")
    return name if known else f"{name} Kommune"


def _mentions(pattern: re.Pattern[str], text: str) -> Counter[str]:
    names = (match["name"].split() for match in pattern.finditer(text))
    return Counter(" ".join([*map(_capital, name)]) for name in names if name[0] not in _NO_NAMES)


def _capital(word: str) -> str:
    return "-".join(part[0].upper() + part[1:] for part in word.split("-"))
