"""The block above the first item: which body met, when and where, and who took part."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.attendance import read_attendance
from indexer.bodies import BODY, find_body, unshouted
from indexer.danish import DATE, find_dates
from indexer.lines import Line, are_spaced
from indexer.markup import plain
from indexer.names import is_name_list, read_names
from indexer.running_lines import names_the_meeting

_PLACE = ("mødested", "sted", "lokale", "mødelokale", "lokation", "hvor")
_TIME = ("mødedato", "dato", "mødetidspunkt", "tidspunkt", "starttidspunkt", "hvornår")
_PRESENT = (
    "mødedeltagere", "deltagere", "medlemmer til stede", "medlemmer, der deltog",
    "deltagende medlemmer", "udvalgsmedlemmer", "medlemmer",
    "til stede var", "til stede", "tilstede",
    "fremmødte", "deltagende", "mødt var", "mødt", "deltog i mødet", "deltog",
)  # fmt: skip
_AWAY = (
    "medlemmer, der ikke deltog", "medlemmer med afbud", "fraværende med afbud",
    "følgende var fraværende",
    "fraværende var", "fraværende", "fravær", "der var afbud fra", "afbud fra",
    "afbud", "forfald", "ikke til stede", "ikke tilstede", "ikke mødt", "ikke deltagende",
)  # fmt: skip
_OTHER = ("mødeleder", "formand", "referent", "sekretær", "gæster", "øvrige deltagere")
_FIELD = re.compile(
    rf"(?P<label>{'|'.join([*_PLACE, *_TIME, *_AWAY, *_PRESENT, *_OTHER])})\b(?! ind\b)"
    r"(?:(?<!hvor)(?<!hvornår)(?<!deltog)|(?=:))"
    r"\s*:?\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_AWAY_WORD = r"(?:fravær(?:ende)?|afbud|ikke til ?stede|deltog ikke(?! (?:under|ved|i|fra|på)\b))"
_ABSENT_MARK = re.compile(
    rf"\s*\({_AWAY_WORD}[^)]*\)|(?:\s*[-–:]|,)\s+(?:meldt )?{_AWAY_WORD}\b.*", re.IGNORECASE
)
_BETWEEN_NAMES = re.compile(rf"\s*(?:[;\n]|,(?!\s*(?:meldt )?{_AWAY_WORD}))\s*", re.IGNORECASE)
# "Ritta Bjerre (V) - deltog ikke under punkt 214", "Bo Rask (kom senere)"
_REMARK = re.compile(r"\s+(?:[-–]\s+|\()(?:deltog|forlod|ankom|gik|kom|mødte)\b.*", re.IGNORECASE)
# Who leaves for one item is there for the others.
_PARTLY = re.compile(r"\b(?:under|ved|i|fra|på) (?:\w+ af )?(?:punkt|pkt|sag)\w*", re.IGNORECASE)
# Who came for someone is not absent: "Ulla Rose. I stedet mødte Tom Bech".
_INSTEAD = re.compile(
    r"[.,;(]\s*(?:i stedet|i hvis sted|(?:som |med )?(?:stedfortræder|suppleant))\b", re.I
)
# "Ole Brink - Formand (V)", "Ole Brink (V), formand"
_OFFICE = re.compile(
    r"(?:\s+[-–]|,|(?<=\)))\s+(?:medlem|(?:\d\. ?)?(?:(?:næst|vice)?formand|(?:vice)?borgmester))"
    r"(?=\s*(?:[,;.(\n]|$))",
    re.IGNORECASE,
)
# "Ole Brink (formand, V)", "Ole Brink (formand) (V)"
_OFFICE_WITHIN = re.compile(
    rf"\s*\((?!{_AWAY_WORD})[a-zæøå][a-zæøå -]*(?:\)|,\s*(?P<party>[A-ZÆØÅ]+\)))"
)
# "Medlem Kim Sødring", "Bestyrelsesformand Kim Sødring", "skoleleder Kim Sødring"
_OFFICE_BEFORE = re.compile(
    r"(?:(?i:\w*(?:medlem|formand|borgmester|direktør|chef|leder|inspektør))"
    r"|(?:[a-zæøå-]{4,}\s+)*[a-zæøå-]{4,})"
    r"\s+(?=[A-ZÆØÅ])"
)
_DAY = rf"(?:{DATE}|\d{{1,2}}[-./]\s*\d{{1,2}}[-./]\s*\d{{2,4}})"
# "REFERAT 2018-21: Arbejdsmarkeds- og Integrationsudvalget d. 03-03-2021"
_TITLE = re.compile(
    r"(?:åbent |åben |endeligt? )?"
    r"(?:referat|beslutningsreferat|beslutningsprotokol|protokol|dagsorden)\b"
    r"(?:\s*[:–-])?\s*(?:\d{4}\s*-\s*\d{2,4}\s*:?)?\s*(?:fra|for|til|af|over)?\s*"
    r"(?:(?:ordinært |ekstraordinært )?møde(?:t)?\s*(?:i|for|af)?)?\s*"
    rf"(?P<body>[A-ZÆØÅ].*?)\s*(?:\d{{4}}\s*-\s*\d{{2,4}})?\s*[,–-]?\s*"
    rf"(?:\w{{3,4}}dag,?\s+)?(?:d\.|den|,)?\s*(?:{_DAY}.*|$)",
    re.IGNORECASE,
)
# "Ungerådet, Solby Kommune"
_OF_PLACE = re.compile(r"(?:,| i| [–-]) (?:[^\s,]+ ){1,3}kommune$", re.IGNORECASE)
_WEEKDAY = re.compile(r"\w{2,4}dag\b", re.IGNORECASE)
_MET = re.compile(rf"\b(?P<body>{BODY})s (?:\w+ )?møde\b")
# "Referat fra ungdomsrådsmøde"
_MEETING_OF = re.compile(
    r"\b(?P<body>[\w-]*(?:\w(?P<et>udvalg|råd|nævn)|(?P<en>\w*bestyrelse)))smøde\b", re.IGNORECASE
)
# "… Omar Said. Afbud: Kaj Rode."
_NEXT_FIELD = re.compile(rf"(?<=[.;])\s+(?=(?:{'|'.join(_AWAY)})\s*:|afbud fra )", re.I)
_CLOCK = r"\d{1,2}(?:[.:]\d{2})?"
# "… kl. 18.00 i byrådssalen", "… kl. 15:00 · Mødelokale Egen"
_WHERE = re.compile(
    rf"(?:\bkl\.?\s*{_CLOCK}(?:\s*[–-]\s*(?:kl\.\s*)?{_CLOCK})?(?:,?\s+(?:i|på)|\s*[·,])"
    rf"|\bmøde[^:]*{DATE},?\s+(?:i(?!\s+(?:anledning|forbindelse|henhold))|på))\s+(?P<place>[^\W\d].*?)(?:\.|(?<=\w\w\w)\.\s.*)?$",
    re.IGNORECASE,
)
_MET_AT = re.compile(
    r"\bmødet (?:blev|er) (?:af)?holdt (?:i|på) (?P<place>[^.]+?)"
    r"(?=\s+og (?:begyndte|startede)|\.|$)",
    re.IGNORECASE,
)
# "Samtlige medlemmer var mødt, undtagen Bo Rask og Lis Lund."
_ALL_BUT = re.compile(
    r"\b(?:samtlige|alle|medlemmerne)\b[^.]*?\b(?:mødt|til ?stede|medlemmer),?\s+"
    r"(?:undtagen|bortset fra|på nær|med undtagelse af):? (?P<who>[^.]+?)(?=, der|\.|$)",
    re.IGNORECASE,
)
# Days that are hardly the meeting's: "Udskrevet den 4. maj 2024"
_PRINTED = re.compile(
    r"(?:ud)?(?:sendt|skrevet)|udskriftsdato|printet|oprettet|dannet|offentliggjort", re.IGNORECASE
)
_BROKEN = re.compile(r"<br\s*/?>(?=.)", re.IGNORECASE)
_BULLET = re.compile(r"^[-*•]\s+")
_PARTY = re.compile(r"\s*\([^()]*\)")
_NO_NAMES = re.compile(r"(?:referat|protokol|dagsorden|indhold|sagsoversigt|punkter|møde)", re.I)
_LONGEST_TITLE = 300
# A list of 31 members with their parties is long, running text is longer.
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """What the heading block tells; the attributes are those of ``Minutes``."""

    committee: str | None
    date: dt.date | None
    place: str | None
    participants: tuple[str, ...]
    absent: tuple[str, ...]


def read_heading_block(lines: Sequence[Line]) -> HeadingBlock:
    """Read the lines above the first item, the table of contents left out."""
    fields = _fields(lines)
    rows = read_attendance(lines)
    participants, absent = _people(fields) if rows is None else rows
    absent = tuple(dict.fromkeys([*absent, *_excepted(lines)]))
    return HeadingBlock(
        committee=_committee(lines),
        date=_date(lines, fields),
        place=_place(lines, fields),
        participants=_there(participants, absent),
        absent=absent,
    )


def _committee(lines: Sequence[Line]) -> str | None:
    """Read the body that met, from the title line or the first line that names a body."""
    texts = [" ".join(line.text.split()) for line in lines if len(line.text) < _LONGEST_TITLE]
    for text in texts:
        match = _TITLE.fullmatch(text)
        body = _OF_PLACE.sub("", match["body"]) if match else ""
        if find_body(body):
            return unshouted(body.strip(" ,:-–"))
    # "for Økonomiudvalgets møde den …"
    met = next((match for text in texts if (match := _MET.search(text))), None)
    if met:
        return met["body"]
    # Columns are parted, so that one in capitals is seen beside one that is not.
    columns = [part for line in lines for part in re.split(r"\s{2,}|\t", line.text)]
    short = [part for part in columns if len(part) < _LONGEST_TITLE]
    named = (find_body(text) for text in [*texts, *short] if not _FIELD.match(text))
    return next((body for body in named if body), None) or _of_meeting(texts) or _titled(texts)


def _titled(texts: Sequence[str]) -> str | None:
    """Read a body that is called by its field alone: "REFERAT Vækst og Job d. 03-03-2021"."""
    matches = (_TITLE.fullmatch(text) for text in texts if any(find_dates(text)))
    bodies = (match["body"].strip(" ,:-–") for match in matches if match)
    return next((body for body in bodies if body[:1].isupper() and not _WEEKDAY.match(body)), None)


def _of_meeting(texts: Sequence[str]) -> str | None:
    """Read the body from the word for its meeting, in the form that names it elsewhere."""
    match = next((match for text in texts if (match := _MEETING_OF.search(text))), None)
    if match is None:
        return None
    body = unshouted(match["body"]) + ("n" if match["en"] else "et")
    return body[0].upper() + body[1:]


def _date(lines: Sequence[Line], fields: Sequence[tuple[str, str]]) -> dt.date | None:
    labelled = [text for label, text in fields if label in _TIME]
    others = sorted((line.text for line in lines), key=lambda text: bool(_PRINTED.match(text)))
    for text in [*labelled, *others]:
        for _, _, date in find_dates(text):
            return date
    return None


def _place(lines: Sequence[Line], fields: Sequence[tuple[str, str]]) -> str | None:
    labelled = [
        f"{label.capitalize() * _is_room(label, text)} {' '.join(text.split())}".strip()
        for label, text in fields
        if label in _PLACE and text
    ]
    told = [
        match["place"]
        for pattern in (_WHERE, _MET_AT)
        for line in lines
        if (match := pattern.search(line.text))
    ]
    return next((place for place in [*labelled, *told] if not find_body(place)), None)


def _is_room(label: str, text: str) -> bool:
    """Tell a number that is nothing without its label: "Lokale 204", "Mødelokale 5, Rådhuset"."""
    return text.isdigit() or (label.endswith("lokale") and text[0].isdigit())


def _people(fields: Sequence[tuple[str, str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read who took part and who was marked as absent."""
    present: list[str] = []
    absent: list[str] = []
    for label, text in fields:
        if label in _PRESENT:
            for part in _BETWEEN_NAMES.split(_without_office(text)):
                names = read_names(_without_marks(part))
                (absent if _ABSENT_MARK.search(part) else present).extend(names)
        elif label in _AWAY and not _PARTLY.search(text):
            away = _BETWEEN_NAMES.split(_INSTEAD.split(_without_office(text))[0])
            absent.extend(read_names(", ".join(map(_without_marks, away))))
    return tuple(dict.fromkeys(present)), tuple(dict.fromkeys(absent))


def _excepted(lines: Sequence[Line]) -> list[str]:
    """Read who is left out of all that came."""
    matches = (_ALL_BUT.search(line.text) for line in lines)
    return [name for match in matches if match for name in read_names(match["who"])]


def _there(present: Sequence[str], absent: Sequence[str]) -> tuple[str, ...]:
    """Leave those out who are absent: the members are often listed whether they came or not."""
    away = {_PARTY.sub("", name) for name in absent}
    return tuple(name for name in present if _PARTY.sub("", name) not in away)


def _without_marks(name: str) -> str:
    name = _REMARK.sub("", _ABSENT_MARK.sub("", _without_office(name)))
    office = _OFFICE_BEFORE.match(name)
    return name[office.end() :] if office else name


def _without_office(names: str) -> str:
    """Write "Ole Brink (formand, V)" and "Ole Brink (V), formand" as "Ole Brink (V)"."""
    within = _OFFICE_WITHIN.sub(lambda m: f" ({m['party']}" if m["party"] else "", names)
    return _OFFICE.sub("", within)


def _fields(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Read "Mødested Borgen" and the like; a value may wrap onto lines below or begin there."""
    fields: list[tuple[str, str]] = []
    open_field = False
    lines = [line for line in lines if line.text] if are_spaced(lines) else lines
    for line, text in [(ln, part) for ln in lines for part in _NEXT_FIELD.split(_row(ln))]:
        match = _FIELD.fullmatch(text) if len(text) < _LONGEST else None
        if match and not (open_field and _is_member(fields[-1][0], text)):
            fields.append((match["label"].lower(), match["rest"].strip()))
            open_field = True
        elif not text or line.level:
            open_field = open_field and not fields[-1][1]
        elif open_field:
            label, value = fields[-1]
            open_field = _goes_on(label, value, text)
            if open_field:
                listed = "," in _ABSENT_MARK.sub("", _without_office(value))
                link = " " if listed else "\n"
                fields[-1] = (label, f"{value}{link}{text}".strip())
    return fields


def _row(line: Line) -> str:
    """Write a table's row of two cells, "| Sted | Hallen |", or "- Sted: Hallen" as a field."""
    parted = plain(_BROKEN.sub(", ", line.raw)) if "<" in line.raw else line.text
    text = _BULLET.sub("", parted.strip())
    cells = text.strip("| ").split("|")
    return f"{cells[0].rstrip(': ')}: {cells[1].strip()}" if len(cells) == 2 else text


def _is_member(label: str, line: str) -> bool:
    """Tell "Formand Bo Rask" among the members from the field "Formand: Bo Rask"."""
    return label in _PRESENT and bool(_OFFICE_BEFORE.match(line)) and is_name_list(line)


def _goes_on(label: str, value: str, line: str) -> bool:
    """Tell whether a line is more of a field: a value that is open, or another line of names."""
    if not value or value.endswith(","):
        return True
    return (
        label in {*_PRESENT, *_AWAY}
        and is_name_list(_without_marks(line))
        and not _NO_NAMES.match(line)
        and not names_the_meeting(line)
    )
