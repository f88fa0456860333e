"""The labels that Danish minutes put over the parts of an item, and what role each part plays.

A label is known by its whole line, never by its first word alone: "Beslutning" is one,
"Beslutningen om at skabe en vision …" is a sentence. The words stand in ``label_words``; a line
that no rule knows stays text, and is reported where it is marked up as a heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.bodies import ANY_BODY, BODY, ITEM, TERM, find_body, unshouted
from indexer.danish import DATE, MONTHS
from indexer.label_words import ONLY_ALONE, ROLE_OF, VOTES
from indexer.model import Role

# Bodies by what they are alone: "Rådets beslutning". "Vedtaget" without its colon is a decision.
_OWN_DECISION = re.compile(
    r"(?:udvalg|råd|bestyrelse|nævn|kommission|byråd|møde)(?:et|en)?s"
    r" (?:beslutning|afgørelse|konklusion|vedtagelse|behandling|bemærkninger og beslutning)\s*:?"
    r"|(?:vedtaget|besluttet)\s*:",
    re.IGNORECASE,
)
_VIEW_OF = re.compile(r"[A-ZÆØÅ][\w ,&-]{3,50}s (?i:vurdering|bemærkninger|redegørelse)")
# What stands below the last item, at the end of the meeting.
_CLOSING = re.compile(
    r"(?:mødet (?:er |blev )?(?:hævet|slut(?:tede)?|afsluttet)"
    r"|(?:referatet|protokollen|dokumentet|mødet) er (?:\w+ )?(?:elektronisk|digitalt)\b)"
    rf".{{0,120}}|(?:referatet|protokollen) (?:er )?(?:godkendt|underskrevet),? (?:den )?{DATE}\.?",
    re.IGNORECASE,
)

_DECISION = r"(?:Beslutning(?:er)?|Protokol|Afgørelse|Behandling)"
_FROM = r"(?:\s*[–-]\s*|,\s+|\s+(?:fra|i|af|for|truffet af)\s+|\s+)"
_ON = rf"{TERM}(?:\s*[,–-])?\s+(?i:den\s+|d\.\s*)?(?P<date>(?i:{DATE}))"
_MEETING = r"(?: (?:i|på|fra) mødet?)?"
_DECISIONS = tuple(
    re.compile(pattern)
    for pattern in (
        # "Beslutning Udvalget for Børn og Læring den 15-12-2020"
        rf"{_DECISION}{_FROM}(?P<body>{ANY_BODY}){_MEETING}{_ON}(?:,?\s+kl\..*|{ITEM})?",
        # "Økonomiudvalget, 4. september 2023, pkt. 44"
        rf"(?P<body>{ANY_BODY}){_ON}{ITEM}",
        # "Beslutning i Økonomiudvalget"
        rf"{_DECISION}(?:{_FROM}|\s*:\s*)(?P<body>{BODY})(?:{_ON})?",
        # "Byrådets beslutning den 25.03.2025"
        rf"(?P<body>{BODY})s (?i:beslutning|behandling|afgørelse|konklusion){_MEETING}(?:{_ON})?",
        # "Udvalgets beslutning den 25.03.2025"
        rf"(?:Udvalget|Rådet|Bestyrelsen)s (?i:beslutning|behandling|afgørelse){_MEETING}{_ON}",
        # "Beslutning den 25.03.2025", "Beslutning fra mødet den 25.03.2025"
        rf"{_DECISION}(?:\s*[:,–-])?(?: (?:i|på|fra) mødet)?{_ON}",
        # "Beslutning (25. marts 2025)", "Beslutning (Byrådet, den 25-03-2025)"
        rf"{_DECISION} \((?:(?P<body>{BODY})(?:{_ON})?|(?:den )?(?P<day>(?i:{DATE})))\)",
    )
)
# "Beslutning i teknik- og miljøudvalget den 25. marts 2025"
_OF_SMALL = re.compile(
    r"^(?P<label>(?:Beslutning|Behandling|Protokol) (?:i|af|fra) )"
    r"(?P<body>[a-zæøå].*?)(?=,? (?:d\.|den|\d)|:?$)"
)
# "Byrådet 26-03-2019:", "TMU 26/3-19:": without a colon or markup it is a line of a timetable.
_BODY_AND_DATE = re.compile(rf"(?P<body>{BODY}|[A-ZÆØÅ]{{2,5}}){_ON}")
# "Forvaltningens anbefalinger", "Økonomiudvalgets indstilling til Byrådet"
_PROPOSAL_OF = re.compile(
    rf"(?:{BODY}|Udvalget|Rådet|Bestyrelsen"
    r"|(?=[A-ZÆØÅ])(?i:\w*(?:ning|tion|direktør|chef|leder|mester))en)s"
    r" (?i:(?:indstilling|anbefaling)(?:er)?|forslag til (?:beslutning|indstilling))"
    rf"(?: til {BODY})?"
    rf"|(?:Indstilling|Anbefaling) (?:fra|til) {BODY}"
)
# "Indstilling 4. september 2017, pkt. 44", "Teknisk Udvalgs indstilling den 4. september 2017":
# what was proposed at an earlier meeting
_EARLIER_PROPOSAL = re.compile(
    rf"(?:Indstilling|Anbefaling){_ON}{ITEM}"
    rf"|{BODY}s (?i:indstilling|anbefaling),? (?i:(?:den |af |d\. ?)?{DATE})(?:{ITEM})?"
)
# "Kompetence: Byrådet"
_ONLY_BODIES = re.compile(rf"{BODY}(?:(?:,| og) {BODY})*\.?")
# "Beslutning for Punkt 4: Titel"
_FOR_ITEM = re.compile(
    rf"(?P<label>{_DECISION} (?:for|til|vedr\.?|vedrørende) (?:punkt|sag|pkt\.?)(?: nr\.?)? \w+).*",
    re.IGNORECASE,
)
# "Center for Børn indstiller, at:" - as a heading with more freedom than as an ordinary line, since
# "Forvaltningen foreslår følgende vision:" is a sentence of the background, and "Ældrerådet
# anbefaler," one of the hearing.
_RECOMMENDING_HEADING = re.compile(
    r"[A-ZÆØÅ][^.!?:]{1,110}?\b(?:indstiller|anbefaler|foreslår|indstilles|anbefales)\b"
    r"[^.!?:]{0,90}?:?"
)
# "Det indstilles til Arbejdsmarkedsudvalget, at"
_PROPOSED = re.compile(
    r"Det (?:indstilles|anbefales|foreslås)(?: (?:til|over for) [^.!?:]{3,80}?)?,?(?: at)?:?"
)
_ATTACHED = re.compile(r"bilag(?: \(\d+\)| til (?:punkt|pkt|sag)\.?(?: nr\.?)? \w+)", re.IGNORECASE)
_PROPOSER = (
    r"(?=[^.!?:,]*(?:(?i:forvaltning|administration|direktion|direktør|center|centre|chef|afdeling"
    r"|sekretariat|magistrat|borgmester|udvalg)|\b(?:og|&) [A-ZÆØÅ]))"
)
_TO = r"(?: (?:til|over for) [^.!?:,]{3,80}?)?"
_RECOMMENDING_LINE = re.compile(
    rf"{_PROPOSER}[A-ZÆØÅ][^.!?:]{{1,90}}?\b(?:(?:indstiller|anbefaler)\b{_TO},?(?:\s+at(?:\s+\w+){{0,3}})?:"
    rf"|(?:indstiller|anbefaler|foreslår)\b{_TO},(?:\s+at)?)"
)
_PROPOSING = re.compile(
    rf"{_PROPOSER}[A-ZÆØÅ][^.!?:]{{1,90}}?\b(?:indstiller|anbefaler|foreslår)\b{_TO},? at\b"
)
_CONTINUED = re.compile(
    r"(?P<label>[A-ZÆØÅ][\w'., /-]{3,70}?)\s*:\s+(?P<rest>\S.*)",
)
# No "afgørelse": what a complaints board has settled is told in the background.
_DECIDES_OR_PROPOSES = re.compile(r"beslutning|indstilling(?!er)|anbefaling", re.IGNORECASE)
# "Ældrerådets anbefaling: …" is what a hearing has brought.
_ADVISES = re.compile(r"(?<!by)(?<!regions)råd(?:et)?s?\b|nævn(?:et)?s?\b", re.IGNORECASE)
# "Juni 2024", "Byrådet 12-06-2024": beside a label, a row of a timetable
_WHEN = re.compile(
    rf"(?=.*(?:\d|{'|'.join(MONTHS)}))"
    rf"(?:{BODY}(?!\w)|{DATE}|(?:{'|'.join(MONTHS)}|primo|medio|ultimo|uge|kvartal|forår|efterår"
    r"|sommer|vinter|den|til|og|i)(?!\w)|\d{1,2}\.?|(?:19|20)\d{2}(?!\d)|[\s,.|/–-])++",
    re.IGNORECASE,
)
_ABSENCE_LINE = re.compile(
    r"(?P<label>"
    r"(?:fraværende|(?:ikke|ej) til ?stede|deltog ikke)(?: ved| under| i) [^:.]{3,40}(?=:)"
    r"|deltog ikke(?=:)|fraværende(?: med afbud)?|afbud(?: fra)?|forfald|(?:ikke|ej) til ?stede"
    r"|fravær)\b"
    r"\s*:?\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_LONGEST = 160
_ALIKE = str.maketrans("’–", "'-")


@dataclass(frozen=True, slots=True)
class Label:
    """A recognised label.

    Attributes:
        role: What the part under it does.
        heading: As printed, without closing colon.
        inline: Where the label's own line already holds text of the part, that text's offset in
            the line; 0 when the whole line is text too ("Jobcentret indstiller, at:").
        body: The body that a decision's label names.
        date: Its date, as printed.
        repeats_title: Whether it repeats the item's title, which may wrap onto the next lines.
        whole: Whether its line holds all of the part: "Kompetence: Byrådet".
    """

    role: Role
    heading: str
    inline: int | None = None
    body: str | None = None
    date: str | None = None
    repeats_title: bool = False
    whole: bool = False


def states_proposal(line: str) -> bool:
    """Tell whether a line begins to propose something: "Forvaltningen indstiller, at vejen …"."""
    return bool(_PROPOSING.match(line))


def tells_when(text: str) -> bool:
    """Tell whether a text is a day, or about when, and nothing else: "28. maj", "primo 2025"."""
    return bool(_WHEN.fullmatch(text))


def tells_votes(label: Label | None) -> bool:
    """Tell whether a label stands over what was voted, not over what was decided."""
    return label is not None and label.heading.lower() in VOTES


@lru_cache(maxsize=8192)
def read_label(line: str, *, marked: bool) -> Label | None:
    """Recognise a label line.

    Args:
        line: One line without markup.
        marked: Whether the line is marked up as a heading or in bold, which lets longer lines
            ("Center for Børn indstiller, at:") count as labels.
    """
    text = line.strip()
    if not 3 <= len(text) <= _LONGEST or not (text[0].isupper() or marked):
        return None
    bare = text.rstrip(":? ")
    name = bare.lower().translate(_ALIKE)
    if role := ROLE_OF.get(name) or _role_of_several(name):
        return Label(role, bare)
    if _OWN_DECISION.fullmatch(text):
        return Label(Role.DECISION, bare)
    if _CLOSING.fullmatch(text):
        return Label(Role.OTHER, "", inline=0)
    if _VIEW_OF.fullmatch(bare):
        return Label(Role.BACKGROUND, bare)
    if absence := _ABSENCE_LINE.fullmatch(text):
        return _absence(text, absence)
    if decision := _decision(bare, standing_out=marked or text.endswith(":")):
        return decision
    if _EARLIER_PROPOSAL.fullmatch(unshouted(bare)):
        return Label(Role.HISTORY, bare)
    if _PROPOSAL_OF.fullmatch(unshouted(bare)):
        return Label(Role.RECOMMENDATION, bare)
    if _ATTACHED.fullmatch(bare):
        return Label(Role.ATTACHMENTS, bare)
    if _PROPOSED.fullmatch(text) or (
        _RECOMMENDING_HEADING if marked else _RECOMMENDING_LINE
    ).fullmatch(text):
        return Label(Role.RECOMMENDATION, bare.rstrip(","), inline=0)
    continued = _CONTINUED.fullmatch(text) if ":" in text else None
    if continued and _DECIDES_OR_PROPOSES.search(continued["label"]):
        label = read_label(continued["label"], marked=False)
        if label is None or tells_when(continued["rest"]):
            return None
        advised = label.role is Role.RECOMMENDATION and _ADVISES.search(label.heading)
        return None if advised else replace(label, inline=continued.start("rest"))
    if continued and (role := ROLE_OF.get(name := continued["label"].strip().lower())):
        decides = role is Role.LEGAL_BASIS and bool(_ONLY_BODIES.fullmatch(continued["rest"]))
        if decides or name not in ONLY_ALONE:
            heading, rest = continued["label"].strip(), continued.start("rest")
            return Label(role, heading, inline=rest, whole=decides)
    return None


def _role_of_several(name: str) -> Role | None:
    """Read "indledning/baggrund" as its first name, "indstilling/beslutning" as neither."""
    first, *others = (part.strip() for part in name.split("/"))
    if not others or first in ONLY_ALONE:
        return None
    roles = [ROLE_OF.get(part) for part in (first, *others)]
    mixed = Role.DECISION in roles and len(set(roles)) > 1
    return None if None in roles or mixed else roles[0]


def read_bare_decision_label(line: str) -> Label | None:
    """Recognise "Byrådet den 25-03-2025", which as often is a line of a timetable."""
    match = _BODY_AND_DATE.fullmatch(unshouted(line))
    if match is None:
        return None
    body = find_body(match["body"]) or match["body"]
    return Label(Role.DECISION, line, body=body, date=match["date"])


def _decision(text: str, *, standing_out: bool) -> Label | None:
    """Recognise the label of a decision that names its body, its date or its item."""
    shown = unshouted(text)
    patterns = [*_DECISIONS, _BODY_AND_DATE] if standing_out else _DECISIONS
    # "TMU" is a name as it stands, and so is "økonomiudvalget" but for its first letter.
    forms = dict.fromkeys((shown, text, _OF_SMALL.sub(_raised, text)))
    found_in = (pattern.fullmatch(form) for form in forms for pattern in patterns)
    match = next((match for match in found_in if match), None)
    if match is None:
        item = _FOR_ITEM.fullmatch(text)
        return Label(Role.DECISION, item["label"], repeats_title=True) if item else None
    found = match.groupdict()
    body = found.get("body")
    named = (find_body(body) or body) if body else None
    if named and re.search(rf"\b{named.upper()}\b", text):
        named = find_body(named) or named.upper()  # "TMU"
    return Label(Role.DECISION, text, body=named, date=found.get("date") or found.get("day"))


def _raised(match: re.Match[str]) -> str:
    """Write the first letter of a body behind "Beslutning i" as a capital."""
    raised = match["body"].capitalize()
    return match["label"] + (raised if find_body(raised) == raised else match["body"])


def _absence(text: str, match: re.Match[str]) -> Label | None:
    """Accept "Afbud: Kim Brandt." and "Afbud fra A og B", but no sentence that begins alike."""
    rest = match["rest"]
    # "Forfald" is what becomes of a bridge, too.
    told = ":" in text[: match.start("rest")] and match["label"].lower() != "forfald"
    if not told and not re.match(r"[A-ZÆØÅ]\S*\s+\S*[A-ZÆØÅ]", rest):
        return None
    return Label(Role.ABSENCE, match["label"], inline=match.start("rest"))
