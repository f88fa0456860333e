"""The people and parties that minutes name: participants, absentees, voters."""

from __future__ import annotations

import re
from dataclasses import dataclass

CAPITAL = "[A-ZÀ-ÖØ-Þ]"
# The parties of the Folketing and those common in councils; a local list is known as "Liste X" or
# by its letter.
_PARTY_NAME = (
    r"(?:Socialdemokrati(?:et)?|Socialdemokraterne|(?:Det )?Radikale Venstre|Venstre"
    r"|(?:Det |De )?Konservative(?: Folkeparti)?|Nye Borgerlige|Liberal Alliance"
    r"|Socialistisk Folkeparti|Dansk Folkeparti|Enhedslisten|Alternativet|Moderaterne"
    r"|Danmarksdemokraterne|Kristendemokraterne|Slesvigsk Parti|Borgernes Parti|Frie Grønne"
    r"|Lokallisten|Borgerlisten|Fælleslisten)(?:s (?:byrådsgruppe|gruppe|medlemmer))?"
)
# A letter that is no initial ("A. C. Nielsen"), and no preposition ("I henhold til …").
_PARTY_LETTERS = (
    rf"(?:SF|DF|LA|EL|KD|NB|DD|RV|KF|(?!I\s+(?!og\b|samt\b|\())"
    rf"{CAPITAL}(?!\.\s?{CAPITAL}))(?:-gruppen)?"
)
_PARTY = rf"(?:{_PARTY_NAME}|(?:[Ll]iste|[Gg]ruppe) {CAPITAL}|{_PARTY_LETTERS})(?![\w-])"
_PARTICLE = r"(?:von|van|de|den|der|af|la|le|el|al|bin|du|da)"
# "Bo", "O'Neill", "Chr.", "A.C."
_NAME_WORD = rf"(?:(?:{CAPITAL}\.)+|{CAPITAL}[\w'’-]*\.?)"
_OFFICE = (
    r"(?:(?:[Vv]ice)?[Bb]orgmester|(?:[Nn]æst|[Uu]dvalgs)?[Ff]ormand|(?:[Bb]yråds|[Uu]dvalgs)medlem"
    r"|[Mm]edlem|[Rr]ådmand)"
)
# Two or more words; no body or authority.
_PERSON = (
    rf"(?![\w-]+ (?:Udvalg|Kommune|Byråd)\b){_NAME_WORD}"
    rf"(?:\s+(?:{_PARTICLE}\s+)*{_NAME_WORD}){{1,5}}(?<!\.)"
)
_IN_PARTY = rf"\s*\((?P<{{}}>{_PARTY})\)"
_VOTER = re.compile(
    rf"(?:{_OFFICE} )?(?:(?P<group>{_PARTY})(?:\s*\((?P<told>[^()]{{1,200}})\))?"
    rf"|(?P<person>{_PERSON}){_IN_PARTY.format('of')}|(?P<alone>{_PERSON})"
    rf"|(?P<short>{_NAME_WORD}){_IN_PARTY.format('its')})"
)
# Atomic, so that a list is read in one go however it goes on.
_ANY_VOTER = f"(?>{re.sub(r'[?]P<[a-z]+>', '?:', _VOTER.pattern)})"
_LEAD = r"(?:[Hh]ele|[Pp]artierne|[Ll]isterne|[Mm]edlemmerne(?: fra| af)?|[Gg]ruppen)"
# A list of people and parties in running text.
VOTERS = (
    rf"(?:{_LEAD} )?{_ANY_VOTER}"
    rf"(?:(?:,\s*(?:og |samt )?|\s+og\s+|\s+samt\s+|\s?\+\s?){_ANY_VOTER})*+"
)

_NOBODY = re.compile(
    r"(?:ingen|ikke nogen|alle|under|punkt|ved|efter|der|dog|for|udvalget)\b|[-–]", re.I
)
# "Mødt ind for Bo Bach: Ulla Rose", "Stedfortræder: Ulla Rose"
_SUBSTITUTE = re.compile(
    r"(?:mødte?(?: ind)? for|i stedet (?:for|mødte|deltog)|(?:indkaldt|mødt|som)? ?(?:stedfortræder"
    r"|suppleant)(?: for)?|indkaldt for)\b",
    re.IGNORECASE,
)
_NAME_BREAK = re.compile(
    r"\s*(?:,|;|\n|\bog\b|\bsamt\b|(?<=\))\.\s|(?<=[a-zæøå]{4})\.\s)\s*(?![^()\n]{0,60}\))"
)
_LISTED_NAME = re.compile(
    rf"{_NAME_WORD}(?:\s+(?:{_PARTICLE}\s+)*{_NAME_WORD}){{0,5}}(?:\s*\({CAPITAL}[^()]{{0,40}}\))?"
)


@dataclass(frozen=True, slots=True)
class Voter:
    """A person, with the party where it is written, or a party with the number of its votes."""

    person: str | None
    party: str | None
    count: int | None = None

    @property
    def name(self) -> str:
        """The voter as minutes write it: "Rune Tofte (F)", "A"."""
        if self.person is None:
            return self.party or ""
        return f"{self.person} ({self.party})" if self.party else self.person


def read_voters(text: str) -> tuple[Voter, ...]:
    """Read the people and parties of a list that ``VOTERS`` found.

    What stands in parentheses behind a party is the number of its votes, or its members.
    """
    voters: list[Voter] = []
    for match in _VOTER.finditer(re.sub(rf"^{_LEAD} ", "", text)):
        if group := match["group"]:
            voters.extend(_of_party(group, match["told"] or ""))
        else:
            person = match["person"] or match["alone"] or match["short"]
            voters.append(Voter(" ".join(person.split()), match["of"] or match["its"]))
    return tuple(dict.fromkeys(voters))


def _of_party(party: str, told: str) -> list[Voter]:
    party = re.sub(r"(?:s (?:byrådsgruppe|gruppe|medlemmer)|-gruppen)$", "", party)
    if count := re.match(r"\d+", told):
        return [Voter(None, party, int(count[0]))]
    names = read_names(told)
    return [Voter(name, party) for name in names] or [Voter(None, party)]


def is_name_list(line: str) -> bool:
    """Tell whether a line holds names and nothing else, as the lines below "Afbud" do."""
    parts = [part.strip(" .\t*-•") for part in _NAME_BREAK.split(line)]
    return not any(part and not _is_name(part) for part in parts)


def names_substitute(line: str) -> bool:
    """Tell whether a line names who came in the place of someone absent."""
    return bool(_SUBSTITUTE.match(line))


def read_names(text: str) -> tuple[str, ...]:
    """Read names from a line or block that lists people, as printed, with party letters."""
    found = []
    for part in _NAME_BREAK.split(text):
        name = part.strip(" .\t*-•")
        match = _LISTED_NAME.match(name)
        # One capital letter in running text begins a sentence, not a name.
        nobody = _NOBODY.match(name) or names_substitute(name)
        if match and not nobody and (" " in match[0] or match[0] == name):
            found.append(" ".join(match[0].split()).removesuffix("."))
    return tuple(dict.fromkeys(found))


def _is_name(text: str) -> bool:
    return bool(_NOBODY.fullmatch(text) or _LISTED_NAME.fullmatch(text))
