"""The labels that Danish minutes put over the parts of an item, and what role each part plays.

A label is known by its whole line, never by its first word alone: "Beslutning" is one,
"Beslutningen om at skabe en vision …" is a sentence. Collected from public minutes of many
municipalities; a line that no rule knows stays text, and is reported where it is marked up as a
heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.danish import DATE
from indexer.model import Role

_EXACT: dict[Role, tuple[str, ...]] = {
    Role.SUMMARY: (
        "sagsresumé", "sagsresume", "resumé", "resume", "kort resumé", "kort resume",
        "præsentation", "baggrund", "kort om sagen", "sammenfatning", "indledning", "sammendrag",
        "resumé af sagen", "sagen kort",
    ),
    Role.BACKGROUND: (
        "sagsfremstilling", "sagsbeskrivelse", "beskrivelse af sagen", "beskrivelse",
        "problemstilling", "løsning", "sagens kerne", "beslutningstema", "sagens indhold",
        "forvaltningens vurdering", "vurdering", "forvaltningens bemærkninger", "redegørelse",
        "administrationens vurdering", "administrationens bemærkninger", "faktiske oplysninger",
        "supplerende sagsfremstilling", "forvaltningens redegørelse", "indhold",
        "administrationens redegørelse", "fakta", "bemærkninger", "vurdering og alternativer",
        "supplerende oplysninger", "direktionens bemærkninger", "sagsfremstilling og vurdering",
    ),
    Role.RECOMMENDATION: (
        "indstilling", "indstillinger", "anbefaling", "anbefalinger", "administrativ indstilling",
        "beslutningspunkter", "forslag til beslutning", "forvaltningens indstilling",
        "administrationens indstilling", "administrationens anbefaling", "direktionens indstilling",
        "forvaltningens anbefaling", "forvaltningens forslag", "indstilling til beslutning",
        "borgmesterens indstilling", "administrationen anbefaler", "administrationen indstiller",
        "forvaltningen indstiller", "forvaltningen anbefaler", "forvaltningen foreslår",
        "direktionen indstiller", "direktionen anbefaler", "borgmesteren indstiller",
    ),
    Role.ECONOMY: (
        "økonomi", "bevillingsmæssige konsekvenser", "økonomiske konsekvenser", "finansiering",
        "økonomiske og andre væsentlige konsekvenser", "økonomi og afledt drift", "bevilling",
        "økonomi og finansiering", "økonomi og bevilling", "økonomiske forhold",
        "økonomiske og personalemæssige konsekvenser", "økonomiforvaltningens bemærkninger",
        "bevillingsmæssige og økonomiske konsekvenser", "økonomi og personale", "økonomisk overblik",
    ),
    Role.LEGAL_BASIS: (
        "retsgrundlag", "lovgrundlag", "retsregler", "kompetence", "beslutningskompetence",
        "lovgivning", "juridiske forhold", "jura", "hjemmel", "det retlige grundlag", "juridisk grundlag",
        "gældende regler", "lovhjemmel", "delegation", "beslutningsniveau",
    ),
    Role.HEARING: (
        "høring", "høringer", "høringssvar", "høring og inddragelse", "inddragelse", "borgerinddragelse",
        "partshøring", "høring, dialog og borgerinddragelse",
    ),
    Role.HISTORY: (
        "sagens gang", "sagsforløb", "forventet sagsgang", "tidligere politisk behandlet", "sagsgang",
        "tidligere behandling", "tidligere beslutninger", "tidligere beslutning", "videre forløb",
        "historik", "politisk behandling", "behandling", "tidligere politisk behandling",
        "sagens videre forløb", "behandlingsplan", "beslutningshistorik", "sagens behandling",
    ),
    Role.DECISION: (
        "beslutning", "beslutninger", "protokol", "udvalgets beslutning", "byrådets beslutning",
        "kommunalbestyrelsens beslutning", "økonomiudvalgets beslutning", "afgørelse", "vedtagelse", "beslutningsprotokol", "beslutningsreferat",
    ),
    Role.ABSENCE: (
        "fraværende", "afbud", "ikke til stede", "ikke tilstede", "fravær", "fraværende med afbud",
        "ikke mødt", "ikke-deltagende", "fraværende medlemmer",
    ),
    Role.ATTACHMENTS: (
        "bilag", "bilagsliste", "vedlagte bilag", "bilagsfortegnelse", "bilag til punktet",
        "offentlige bilag",
    ),
    Role.OTHER: (
        "sundhedsmæssige konsekvenser", "personalemæssige konsekvenser", "handicapaspekter",
        "konsekvens i forhold til visionen", "konsekvenser i forhold til visionen",
        "kobling til fn's verdensmål", "kobling til fn's verdensmål og vision 2022",
        "miljømæssige konsekvenser", "klimamæssige konsekvenser", "konsekvenser for klima og miljø",
        "kommunikation", "børne- og ungekonsekvenser", "klimakonsekvenser", "organisatoriske konsekvenser",
        "verdensmål", "fn's verdensmål", "tidsplan", "information", "andre konsekvenser",
        "sundhedskonsekvenser", "bæredygtighed", "klima og miljø", "evaluering", "kontaktperson",
        "sagsbehandler", "mindretalsudtalelse", "mindretalsudtalelser", "protokollat", "åben/lukket",
    ),
}  # fmt: skip
_ROLE_OF = {label: role for role, labels in _EXACT.items() for label in labels}

_BODY = r"(?P<body>[A-ZÆØÅ][\w&.,'’ -]{1,90}?)"
_DATED_DECISION = (
    re.compile(rf"beslutning(?:er)?\s+(?:fra|i|af|truffet af)?\s*{_BODY},?\s+(?:den|d\.)?\s*(?P<date>{DATE})"
               r"(?:,?\s*(?:pkt|punkt|sag)\.?\s*(?:nr\.?)?\s*\d+)?", re.IGNORECASE),
    re.compile(rf"{_BODY},?\s+(?:den|d\.)?\s*(?P<date>{DATE}),?\s*(?:pkt|punkt|sag)\.?\s*(?:nr\.?)?\s*\d+"),
    re.compile(rf"beslutning(?:er)?\s+(?:fra|i|af)?\s*(?P<body>(?:[A-ZÆØÅ][\w-]*|[\w-]+)(?:\s+[\w,-]+){{0,7}}?"
               r"(?:udvalg(?:et)?|råd(?:et)?|bestyrelse(?:n)?))", re.IGNORECASE),
)  # fmt: skip
# "Center for Børn indstiller, at:" - as a heading with more freedom than as an ordinary line, since
# "Forvaltningen foreslår følgende vision:" is a sentence of the background.
_RECOMMENDING_HEADING = re.compile(
    r"[A-ZÆØÅ][^.!?:]{1,110}?\b(?:indstiller|anbefaler|foreslår|indstilles|anbefales)\b[^.!?:]{0,90}?:?"
)
_RECOMMENDING_LINE = re.compile(
    r"[A-ZÆØÅ][^.!?:]{1,90}?\b(?:indstiller|anbefaler)\b(?: (?:til|over for) [^.!?:]{3,80}?)?,?(?:\s+at)?:"
)
_CONTINUED = re.compile(
    r"(?P<label>[A-ZÆØÅ][\w' /-]{3,40}?)\s*:\s+(?P<rest>\S.*)",
)
_ABSENCE_LINE = re.compile(
    r"(?P<label>fraværende(?: med afbud)?|afbud(?: fra)?|ikke til ?stede|fravær)\b\s*:?\s*(?P<rest>.*)",
    re.IGNORECASE,
)


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
    """

    role: Role
    heading: str
    inline: int | None = None
    body: str | None = None
    date: str | None = None


def read_label(line: str, *, marked: bool) -> Label | None:
    """Recognise a label line.

    Args:
        line: One line without markup.
        marked: Whether the line is marked up as a heading or in bold, which lets longer lines
            ("Center for Børn indstiller, at:") count as labels.
    """
    text = line.strip()
    bare = text.rstrip(": ").strip()
    if not 3 <= len(bare) <= 160:
        return None
    if role := _ROLE_OF.get(bare.lower().replace("’", "'")):
        return Label(role, bare)
    if absence := _ABSENCE_LINE.fullmatch(text):
        return _absence(text, absence)
    for pattern in _DATED_DECISION:
        if match := pattern.fullmatch(bare):
            found = match.groupdict()
            return Label(Role.DECISION, bare, body=found["body"].strip(" ,"), date=found.get("date"))
    if (_RECOMMENDING_HEADING if marked else _RECOMMENDING_LINE).fullmatch(text):
        return Label(Role.RECOMMENDATION, bare, inline=0)
    continued = _CONTINUED.fullmatch(text)
    if continued and (role := _ROLE_OF.get(continued["label"].strip().lower())):
        return Label(role, continued["label"].strip(), inline=continued.start("rest"))
    return None


def _absence(text: str, match: re.Match[str]) -> Label | None:
    """Accept "Afbud: Kim Brandt." and "Afbud fra A og B", but no sentence that begins alike."""
    rest = match["rest"]
    if ":" not in text[: match.start("rest")] and not re.match(r"[A-ZÆØÅ]\S*\s+\S*[A-ZÆØÅ]", rest):
        return None
    return Label(Role.ABSENCE, match["label"], inline=match.start("rest"))
