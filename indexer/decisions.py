"""Decision texts read as data: body, date, outcome and who was absent."""

from __future__ import annotations

import datetime as dt
import re

from indexer.danish import DATE, parse_date
from indexer.lines import split_lines
from indexer.model import Decision, Outcome, Role

# Tried in this order: what sends a case back or takes it off outweighs what else is said, and a
# recommendation to the next body outweighs the word "godkendt" in it ("Indstilles godkendt").
_OUTCOMES: tuple[tuple[Outcome, re.Pattern[str]], ...] = tuple(
    (outcome, re.compile(pattern, re.IGNORECASE))
    for outcome, pattern in (
        (Outcome.RETURNED, r"\b(?:send(?:es|t)|oversend(?:es|t)|vis(?:es|t)) tilbage\b|\btilbagesend(?:es|t)\b"
                           r"|\bhjemvis(?:es|t)\b|\btilbagevis(?:es|t)\b"),
        (Outcome.POSTPONED, r"\b(?:udsat|udsættes|udskudt|udskydes|sat i bero|sættes i bero|sat på pause)\b"),
        (Outcome.WITHDRAWN, r"\b(?:udgå(?:r|et|ede)?|udgik|bortfald(?:t|en|et|er)|trukket(?: tilbage)?|taget af dagsordenen"
                            r"|tages af dagsordenen)\b"),
        (Outcome.REJECTED, r"\b(?:forkast(?:et|es|ede)|afvis(?:t|es|te)|afslå(?:s|et)|afslog|nedstemt|ikke (?:godkendt|imødekommet|tiltrådt|vedtaget)"
                           r"|kunne ikke tiltræde[s]?|tiltrædes ikke|imødekommes ikke|godkendes ikke)\b"),
        (Outcome.RECOMMENDED, r"\b(?:anbefale(?:r|s|de|t)?|indstille(?:r|s|de|t))\b(?! (?:godkend(?:t|es)|tiltrådt|vedtaget|følges?)\s*[.,]?\s*$)"
                              r"|\bindstilles (?:godkendt|til)\b|\boversendes til\b|\bindstiller\b"),
        (Outcome.APPROVED, r"\b(?:god?kend(?:t|es|te)|vedtag(?:et|es)|vedtog|tiltrådt|tiltrædes|tiltrådte|kunne tiltræde|imødekomme(?:s|t)|bevilge[st]"
                           r"|(?:indstillingen|anbefalingen|forslaget|beslutningen)\s+(?:følges|blev fulgt|fulgt|tiltrådt)|tilsluttede? sig|tilslutning"
                           r"|besluttede|beslutter|udpege[st]|valgt|meddeles|meddelt)\b"),
        (Outcome.NOTED, r"\btil efterretning\b|\btil orientering\b|\borienter(?:et|ing(?:en)?)\b"),
        (Outcome.DISCUSSED, r"\b(?:drøft(?:et|ede|es)|temadrøftelse)\b"),
    )
)  # fmt: skip
_POINTS_AT_PROPOSAL = re.compile(
    r"\b(?:indstilling(?:en|erne)?|anbefaling(?:en|erne)?)\s+(?:er |blev |bliver )?(?:enstemmigt )?"
    r"(?:godkendt|tiltrådt|vedtaget|fulgt|følges|godkendes|tiltrædes)",
    re.IGNORECASE,
)
_INLINE = re.compile(
    rf"(?:(?i:beslutning)(?:er)?\s+(?:(?:fra|i|af)\s+)?)?"
    rf"(?P<body>[A-ZÆØÅ][\w&.,'’ -]{{1,80}}?),?\s+(?:den\s+|d\.\s*)?"
    rf"(?P<date>{DATE}|\d{{1,2}}\.\s*[a-z]{{3,9}}\.?)\s*(?P<item>,?\s*(?:pkt|punkt|sag)\.?\s*(?:nr\.?)?\s*\d+)?\s*(?P<colon>:)?"
)  # fmt: skip
_NOBODY = re.compile(r"(?:ingen|ikke nogen|-|–)\.?", re.IGNORECASE)
_NAME_BREAK = re.compile(r"\s*(?:,|;|\n|\bog\b|\bsamt\b)\s*")
_NAME = re.compile(r"[A-ZÆØÅ][\w.'’-]*(?:\s+[\w.'’-]+){0,5}(?:\s*\([^()]{1,40}\))?")


def read_outcome(text: str) -> Outcome:
    """Tell how a body left the case, from the words of its decision."""
    first = _first_sentences(text)
    if _POINTS_AT_PROPOSAL.search(first) and not re.search(r"\bikke\b", first):
        return Outcome.APPROVED
    for part in (first, text):
        for outcome, pattern in _OUTCOMES:
            if pattern.search(part):
                return outcome
    return Outcome.NONE


def read_names(text: str) -> tuple[str, ...]:
    """Read names from a line or block that lists people, as printed, with party letters."""
    found = []
    for part in _NAME_BREAK.split(text):
        name = part.strip(" .\t*-•")
        if name and not _NOBODY.fullmatch(name) and (match := _NAME.match(name)):
            found.append(match[0].strip())
    return tuple(dict.fromkeys(found))


def read_decision(
    text: str, start: int, end: int, body: str | None, date: dt.date | None
) -> Decision:
    """Read the decision at ``text[start:end]``.

    Outer blanks are left out of its range, and so is what stands under an absence label in it.
    """
    absent: list[str] = []
    start = end - len(text[start:end].lstrip(" :\n\f*_"))
    last = start
    in_absence = False
    for line in split_lines(text[start:end]):
        if not line.text:
            continue
        label = line.label
        if label and label.role is Role.ABSENCE:
            in_absence = True
            if label.inline is not None:
                absent.extend(read_names(line.text[label.inline :]))
        elif in_absence:
            absent.extend(read_names(line.text))
        else:
            last = start + line.end
    last = start + len(text[start:last].rstrip())
    return Decision(body, date, read_outcome(text[start:last]), start, last, tuple(absent))


def inline_decisions(
    text: str, start: int, end: int, meeting_date: dt.date | None
) -> list[Decision]:
    """Find the decisions of other bodies that are told inside a part of an item.

    A line such as "TMU, 10. sept., pkt. 65: Anbefales." or "Beslutning fra Økonomiudvalget,
    4. september 2023, pkt. 221:" begins one; it lasts to the next such line. A date without a year
    is of the meeting's year, or of the year before where it would lie ahead.
    """
    found: list[tuple[int, int, str, dt.date | None]] = []
    for line in split_lines(text[start:end]):
        match = _INLINE.match(line.text)
        if match is None or not (match["item"] or match["colon"]):
            continue
        if match["item"] is None and "beslutning" not in line.text[:11].lower():
            continue
        rest = line.offsets[match.end()] if match.end() < len(line.text) else line.end
        date = parse_date(match["date"]) or _within_year(match["date"], meeting_date)
        found.append((start + line.start, start + rest, match["body"].strip(" ,"), date))
    bounds = [line_start for line_start, *_ in found[1:]] + [end]
    return [
        read_decision(text, rest, bound, body, date)
        for (_, rest, body, date), bound in zip(found, bounds, strict=False)
    ]


def _within_year(text: str, meeting_date: dt.date | None) -> dt.date | None:
    if meeting_date is None or re.search(r"\d{4}", text):
        return None
    date = parse_date(f"{text} {meeting_date.year}")
    if date and date > meeting_date:
        date = parse_date(f"{text} {meeting_date.year - 1}")
    return date


def _first_sentences(text: str) -> str:
    """The opening of a decision, where its outcome stands: up to about two sentences."""
    lines = [line.text for line in split_lines(text) if line.text]
    return lines[0] if lines else ""


