"""The titles of agenda items: type tags, marks of closed items, and comparing two titles."""

from __future__ import annotations

import re

# "(B)", "(O)" and "(D)" for decision, orientation and discussion; party letters look alike. Blanks
# are read from the first on, so that many of them cost no more than their length.
_LETTER_TAG = re.compile(r"(?<!\s)\s*\([BODÅL]\)\s*$")
_WORD_TAG = re.compile(r"(?<!\s)\s*\((?:beslutning|orientering|drøftelse)\)\s*$", re.IGNORECASE)
_SHUT = r"(?:lukket|fortroligt?|ikke[ -]offentligt?)"
_SHUT_ITEM = rf"{_SHUT}(?:\s+(?:dagsordens)?(?:punkt|sag))?"
_CLOSED = rf"{_SHUT}(?:\s+(?:dagsordens)?(?:punkt|pkt\.?|sag|dagsorden|møde))?"
_CLOSED_MARK = re.compile(
    rf"^\s*{_CLOSED}\s*(?:[:–-]\s*|$)|^\s*[(\[]{_CLOSED}[)\]]\s*[:–-]?\s*"
    rf"|(?<!\s)\s*[(\[]{_CLOSED}[)\]]\s*$|(?<!\s)\s+[–-]\s*{_CLOSED}\s*$",
    re.IGNORECASE,
)

_OPEN = r"[(\[](?:åbent?|offentligt?)(?:\s+(?:sag|punkt))?[)\]]"
_OPEN_MARK = re.compile(
    rf"^\s*{_OPEN}\s*[:–-]?\s*|(?<!\s)\s*{_OPEN}\s*$"
    r"|^\s*(?:åbent?|offentligt?)(?:\s+(?:sag|punkt))?\s*(?::|\s[–-])\s+",
    re.IGNORECASE,
)
_TITLE_LABEL = re.compile(r"^(?:overskrift|titel|sagstitel|emne)\s*:\s*", re.IGNORECASE)
_ROUTINE = re.compile(
    r"(?:godkendelse af (?:dagsorden|referat)|meddelelser|eventuelt|underskri|spørgetid|næste møde"
    r"|siden sidst|gensidig orientering|generel orientering|velkomst)",
    re.IGNORECASE,
)
_STATUS = re.compile(
    rf"(?P<closed>{_SHUT_ITEM}|[(\[]{_SHUT_ITEM}[)\]]|[\w/]+(?: \w+)?\s*:\s*{_SHUT_ITEM}"
    r"|(?:dette )?(?:punkt(?:et)?|sagen) (?:er|blev|behandles|behandledes)(?: behandlet)?"
    r" (?:lukket|ikke offentligt?|fortroligt?|for lukkede døre|på (?:et )?lukket møde)"
    r"|dette er et lukket punkt)\.?"
    r"|(?:[\w/]+(?: \w+)?\s*:\s*)?(?:åbent?|offentligt?)(?: sag| punkt)?"
    r"|[(\[](?:åbent?|offentligt?)[)\]]",
    re.IGNORECASE,
)
_CONTINUED = re.compile(r"(?:^|[(\[–—-]\s*)(?:fortsat|fortsættelse)\s*[)\]]?$", re.IGNORECASE)
# "Lukkede punkter", "B. Sager til beslutning i byrådet"
_PART = re.compile(
    r"(?:[A-H][.)]\s+)?(?:(?:(?:punkter|sager) på )?(?:(?P<closed>lukke(?:t|de))|åbe?n(?:t|e)?)"
    r" (?:dagsorden(?:spunkter)?|punkter|del|møde|sager)"
    r"|(?:punkter|sager) til (?:afgørelse|beslutning|drøftelse|orientering|efterretning)"
    r"(?: i \S+)?)\s*:?|[A-H][.)]\s+eventuelt",
    re.IGNORECASE,
)

_ADDED_PART = re.compile(
    r"(?:(?:åben|lukket|offentlig) )?(?:tillægs|supplerende |ekstra )dagsorden(?: nr\.? ?\d)?"
    r"|tillægspunkter|supplerende punkter|tillæg til dagsorden(?:en)?",
    re.IGNORECASE,
)


def tells_continued(title: str) -> bool:
    """Tell whether a title says that an item goes on from the page before: "Titel (fortsat)"."""
    return bool(_CONTINUED.search(title))


def has_tag(title: str) -> bool:
    """Tell whether a title has what may be a tag: "Titel (B)", "(Åben) Titel"."""
    return any(mark.search(title) for mark in (_LETTER_TAG, _WORD_TAG, _OPEN_MARK))


def is_routine(title: str) -> bool:
    """Tell whether a title is one that nearly every agenda has, with nothing to tell below it."""
    return bool(_ROUTINE.match(without_tag(title)))


def without_tag(title: str, *, letters_too: bool = True) -> str:
    """Take "Overskrift:", "(Åben)" and type tag off a title, a letter only if known to be a tag."""
    title = _WORD_TAG.sub("", _OPEN_MARK.sub("", _TITLE_LABEL.sub("", title)))
    return _LETTER_TAG.sub("", title) if letters_too else title


def is_closed(title: str) -> bool:
    """Tell whether a title says that its item was dealt with behind closed doors."""
    return bool(_CLOSED_MARK.search(without_tag(title)))


def is_mark(title: str) -> bool:
    """Tell whether what stands as a title says that the item is open or closed, and no more."""
    return not _CLOSED_MARK.sub("", without_tag(title)).strip(" .:–-")


def letters(title: str) -> str:
    """Reduce a title to what is compared: letters and figures, without marks and tags."""
    return re.sub(r"[\W_]+", "", _CLOSED_MARK.sub("", without_tag(title)).lower())


def same_title(one: str, other: str) -> bool:
    """Compare the letters of two titles, either of which may be cut short."""
    if not one or not other:
        return False
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) and (len(shorter) > 15 or len(shorter) == len(longer))


def tells_status(line: str) -> bool:
    """Tell whether a line below a heading says that its item is open or closed, and no more."""
    return bool(_STATUS.fullmatch(line))


def tells_closed(line: str) -> bool:
    """Tell whether a line below a heading says that its item is closed."""
    match = _STATUS.fullmatch(line)
    return bool(match and match["closed"])


def opens_added_part(line: str) -> bool:
    """Tell "Tillægsdagsorden" between items, below which their numbers may begin anew."""
    return bool(_ADDED_PART.fullmatch(line))


def opens_closed_part(line: str) -> bool | None:
    """Read "Lukkede punkter" between items as True, another part's name as False, else None."""
    match = _PART.fullmatch(line)
    return bool(match["closed"]) if match else None
