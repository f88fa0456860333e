"""From the text of a document to the minutes of a meeting."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from indexer.danish import find_dates
from indexer.decisions import read_names
from indexer.errors import DocumentError
from indexer.headings import Heading, find_contents, find_headings
from indexer.lines import Line, split_lines
from indexer.model import PAGE_BREAK, AgendaItem, Minutes
from indexer.pages import Document, read_document
from indexer.sections import read_item

_BLOCK_LABEL = re.compile(
    r"(?P<label>mødedato|dato|mødetidspunkt|tidspunkt|starttidspunkt|mødested|sted|lokale|mødelokale|mødedeltagere|deltagere"
    r"|medlemmer|til stede|tilstede|fremmødte|deltagende|fraværende|afbud|ikke til stede|mødeleder|formand|referent|sekretær)"
    r"\b\s*:?\s*(?P<rest>.*)",
    re.IGNORECASE,
)  # fmt: skip
_PLACE = {"mødested", "sted", "lokale", "mødelokale"}
_DATE_LABEL = {"mødedato", "dato", "mødetidspunkt", "tidspunkt", "starttidspunkt"}
_PRESENT = {"mødedeltagere", "deltagere", "medlemmer", "til stede", "tilstede", "fremmødte", "deltagende"}  # fmt: skip
_AWAY = {"fraværende", "afbud", "ikke til stede"}
_ABSENT_MARK = re.compile(r"\s*\((?:fravær(?:ende)?|afbud|ikke til ?stede)[^)]*\)", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:åbent |åben |endeligt? )?(?:referat|beslutningsreferat|beslutningsprotokol|protokol|dagsorden)\b"
    r"(?:\s*[:–-])?\s*(?:\d{4}\s*-\s*\d{2,4}\s*:?)?\s*(?:fra|for|af|over)?\s*(?:(?:ordinært |ekstraordinært )?møde(?:t)?\s*(?:i|for|af)?)?\s*"
    r"(?P<body>[A-ZÆØÅ].*?)\s*(?:\d{4}\s*-\s*\d{2,4})?\s*[,–-]?\s*(?:d\.|den|,)?\s*(?:\d{1,2}[-./]\s*\d{1,2}[-./]\s*\d{2,4}.*|\d{1,2}\.\s*\w+\s+\d{4}.*|$)",
    re.IGNORECASE,
)  # fmt: skip
_BODY = re.compile(
    r"\b(?:Udvalget (?:for|vedrørende) [A-ZÆØÅ][\w, -]*?\w(?=\s*(?:$|[.:;(]|\bd\b|den\b|\d))"
    r"|(?:[A-ZÆØÅ][\wæøå]*-?,?\s+(?:og\s+)?){0,5}[A-ZÆØÅ][\wæøå-]*(?:udvalget|udvalg|bestyrelsen|bestyrelse|rådet)"
    r"|Byrådet|Byråd|Kommunalbestyrelsen|Kommunalbestyrelse|Økonomiudvalget)(?!\w)"
)
_MUNICIPALITY = re.compile(r"\b([A-ZÆØÅ][a-zæøåé]+(?:-[A-ZÆØÅ][a-zæøå]+)?)\s+(?:K|k)ommunes?\b")
_NO_NAMES = {"Den", "Denne", "Hver", "Hele", "En", "Enhver", "Egen", "Anden", "Samme", "Som", "I", "At", "Vores", "Når", "Hvis", "Øvrige", "Ny", "Din"}  # fmt: skip


def read_minutes(path: Path, source: str, municipality: str | None = None) -> Minutes:
    """Read one file as minutes.

    Args:
        path: The file.
        source: The name under which it is indexed.
        municipality: The municipality as the user gives it, which outweighs the text.

    Raises:
        DocumentError: The file cannot be read, or holds no agenda items.
    """
    return parse(read_document(path, source), source, municipality)


def parse(document: Document, source: str, municipality: str | None = None) -> Minutes:
    """Read the text of a document as minutes.

    The text of the items together is the document from its first item heading to its end.

    Raises:
        DocumentError: There are no agenda items in it.
    """
    text = document.text
    lines = split_lines(text)
    headings = find_headings(lines)
    if not headings:
        raise DocumentError(
            source,
            "no agenda items were found in it; if these are minutes, their item headings have a "
            "form that is not known yet (see docs/minutes.md)",
        )
    start = lines[headings[0].first].start
    preamble = text[:start]
    block = _heading_block(preamble)
    committee, date = _committee(block), _meeting_date(block)
    participants, absent = _people(block)
    items, unknown = _items(text, lines, headings, document.paged, committee, date)
    return Minutes(
        source=source,
        municipality=_full_name(municipality) if municipality else find_municipality(text),
        committee=committee,
        date=date,
        place=_field(block, _PLACE),
        participants=participants,
        absent=absent,
        items=items,
        preamble=preamble,
        unknown_headings=unknown,
    )


def _items(
    text: str,
    lines: Sequence[Line],
    headings: Sequence[Heading],
    paged: bool,
    committee: str | None,
    date: dt.date | None,
) -> tuple[tuple[AgendaItem, ...], tuple[str, ...]]:
    starts = [lines[heading.first].start for heading in headings]
    items, unknown = [], []
    for heading, start, end in zip(headings, starts, [*starts[1:], len(text)], strict=True):
        item, headings_unknown = read_item(
            text[start:end],
            heading_lines=heading.last - heading.first + 1,
            number=heading.number,
            title=heading.title,
            closed=heading.closed,
            first_page=1 + text.count(PAGE_BREAK, 0, start) if paged else None,
            committee=committee,
            date=date,
        )
        items.append(item)
        unknown.extend(f"{heading.number}: {line}" for line in headings_unknown)
    return tuple(items), tuple(unknown)


def find_municipality(text: str) -> str | None:
    """Find the municipality that minutes are about: the one they name by far the most.

    Neighbours are named too, so a name that does not lead two to one is not believed.
    """
    counts = Counter(name for name in _MUNICIPALITY.findall(text) if name not in _NO_NAMES)
    leaders = counts.most_common(2)
    if not leaders or (len(leaders) > 1 and leaders[0][1] < 2 * leaders[1][1]):
        return None
    return _full_name(leaders[0][0])


def _full_name(municipality: str) -> str:
    name = " ".join(municipality.split())
    return name if name.lower().endswith("kommune") else f"{name} Kommune"


def _heading_block(preamble: str) -> list[Line]:
    lines = split_lines(preamble)
    first, last, _ = find_contents(lines)
    return [line for index, line in enumerate(lines) if not first <= index < last]


def _committee(block: Sequence[Line]) -> str | None:
    """Read the body that met, from the title line or the first line that names a body."""
    texts = [line.text for line in block if line.text]
    for text in texts:
        match = _TITLE.fullmatch(text)
        if match and _BODY.search(match["body"]):
            return match["body"].strip(" ,:-–")
    for text in texts:
        if not _BLOCK_LABEL.match(text) and (match := _BODY.search(text)):
            return match[0].strip(" ,")
    return None


def _meeting_date(block: Sequence[Line]) -> dt.date | None:
    labelled = [text for label, text in _fields(block) if label in _DATE_LABEL]
    for text in [*labelled, *(line.text for line in block)]:
        for _, _, date in find_dates(text):
            return date
    return None


def _fields(block: Sequence[Line]) -> list[tuple[str, str]]:
    """Read "Mødested Borgen" and the like; a value may wrap onto lines below or begin there."""
    fields: list[tuple[str, str]] = []
    open_field = False
    for line in block:
        match = _BLOCK_LABEL.fullmatch(line.text)
        if match and (line.level == 0 or len(match["rest"]) < 200):
            fields.append((match["label"].lower(), match["rest"].strip()))
            open_field = True
        elif not line.text or line.level:
            open_field = open_field and not (fields and fields[-1][1])
        elif open_field:
            label, value = fields[-1]
            fields[-1] = (label, f"{value}\n{line.text}" if "," not in value else f"{value} {line.text}")
    return [(label, value.strip()) for label, value in fields]


def _field(block: Sequence[Line], labels: set[str]) -> str | None:
    return next((" ".join(text.split()) for label, text in _fields(block) if label in labels and text), None)


def _people(block: Sequence[Line]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read who took part and who was marked as absent."""
    present: list[str] = []
    absent: list[str] = []
    for label, text in _fields(block):
        if label in _PRESENT:
            for part in re.split(r"\s*[,;\n]\s*", text):
                names = read_names(_ABSENT_MARK.sub("", part))
                (absent if _ABSENT_MARK.search(part) else present).extend(names)
        elif label in _AWAY:
            absent.extend(read_names(text))
    return tuple(dict.fromkeys(present)), tuple(dict.fromkeys(absent))
