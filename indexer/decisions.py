"""Decision texts read as data: body, date, outcome, votes, dissent and who was absent."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from indexer.bodies import ANY_BODY, BODY, ITEM, TERM, find_body, is_council
from indexer.danish import DATE, DAY, parse_date
from indexer.dissent import read_disqualified, read_statements, tells_disqualified
from indexer.lines import Line, split_lines
from indexer.model import Decision, Outcome, Role
from indexer.names import CAPITAL, VOTERS, is_name_list, read_names, read_voters
from indexer.outcomes import read_outcome
from indexer.sentences import Sentence, split_sentences
from indexer.votes import carried, read_votes

_ON = rf"{TERM},?\s+(?:den\s+|d\.\s*)?(?P<date>{DATE}|{DAY})"
_INLINE = tuple(
    re.compile(pattern)
    for pattern in (
        # "TMU, 10. sept., pkt. 65: Anbefales."
        rf"(?P<body>{ANY_BODY}){_ON}{ITEM}(?!\s*[,;])\s*:?",
        # "Beslutning fra Økonomiudvalget, 4. september 2023, pkt. 221: …"
        r"(?i:beslutning)(?:er)?\s+(?:(?:fra|i|af)\s+)?"
        rf"(?P<body>{ANY_BODY}){_ON}(?:{ITEM}\s*:?|\s*:)",
        # "Miljøudvalget den 15. august 2016: …"
        rf"(?P<body>{BODY}){_ON}\s*:",
    )
)
_ABSENCE = re.compile(
    rf"(?P<who>{VOTERS})(?: [^.]*? og)? (?:var (?:fraværende|ikke til ?stede)|deltog ikke"
    r"|mødte ikke|havde (?:meldt )?afbud|meldte afbud|var forhindret"
    r"|forlod (?:mødet|lokalet) (?:inden|før|under|ved) (?:behandlingen|punktet|sagen|dette))\b|"
    r"\b(?:(?:mødte|deltog|var til stede) (?:som (?:stedfortræder|suppleant)|i stedet) for"
    r"|(?i:fraværende var|afbud fra|(?:fraværende(?: med afbud)?|afbud|forfald|ikke til ?stede)"
    r"(?: (?:under|ved) [^:.]{3,30})?:))"
    rf" (?P<whose>{VOTERS})"
)
# What is left of the label; marks on the next line are the decision's own.
_OPENING = re.compile(r"\A[ :*_|]*\s*(?:>\s*)*(?:[-=]{3,}\s+)?")
_LONGEST_ABSENCE = 300
# How a decision begins that no label opens.
_STATED = re.compile(
    r"(?:Godkend(?:t|es)|Vedtaget|Tiltrådt|Anbefales|Indstilles|Taget til|Til efterretning|Drøftet"
    r"|Udsat|Udsættes|Udgår|Udgik|Imødekommet|Afslå(?:s|et)|Afvis(?:t|es)|Forkastet|Ikke godkendt"
    r"|Oversendes|Sendes tilbage|Til orientering|Det (?:blev )?beslutte(?:t|des))\b"
    rf"|{CAPITAL}[^.!?:]{{2,80}} (?:blev|er) (?:gen)?valgt\b"
    rf"|(?:{BODY}|Udvalget|Rådet|Bestyrelsen) (?:besluttede|godkendte|vedtog|tiltrådte|anbefaler"
    r"|anbefalede|udsatte|drøftede|tog)\b"
    r"|(?:Dagsorden|Referat|Indstilling|Forslag|Orientering|Redegørelse|Sag|Punkt)e[nt]\b.{0,80}?"
    r"\b(?:godkendt|godkendes|vedtaget|tiltrådt|til efterretning|udsat|udsættes|genoptages|udgår"
    r"|udgik|drøftet)\b"
)
# A proposal to the council, which a committee can only pass on (kommunestyrelsesloven § 2).
_COUNCIL = r"(?:Byråd|Kommunalbestyrelse|Borgerrepræsentation)\w*+"
_TO_COUNCIL = re.compile(
    rf"\b(?:indstil|anbefal|oversend|videresend|fremsend|send)\w*[^.]{{0,80}}?"
    rf"\b(?:til|over for|overfor) (?:\w+ og )?{_COUNCIL}(?! til orientering)|\bover for {_COUNCIL}"
    rf"|\bat {_COUNCIL} (?:godkend|vedtag|bevilg|beslut|giv|meddel|tiltræd|frigiv|afsæt)",
    re.IGNORECASE,
)


def read_decision(
    text: str,
    start: int,
    end: int,
    body: str | None,
    date: dt.date | None,
    *,
    proposal: str = "",
) -> Decision:
    """Read the decision at ``text[start:end]``.

    Outer blanks are left out of its range, and so are the lines at its end that tell of absence.

    Args:
        text: The item's text.
        start: First character.
        end: One past the last character.
        body: Who decided.
        date: When.
        proposal: What was proposed: a committee's yes to what the council is asked to decide is a
            word to the council.
    """
    start = end - len(_OPENING.sub("", text[start:end]))
    stop, absent = _split_absence(text, start, end)
    sentences = split_sentences(text, start, stop)
    votes = read_votes(sentences)
    council = bool(body and is_council(body))
    outcome = read_outcome(sentences, council=council)
    if outcome is Outcome.NONE and (won := carried(votes)) is not None:
        outcome = Outcome.APPROVED if won else Outcome.REJECTED
    if outcome is Outcome.APPROVED and body and not council and _TO_COUNCIL.search(proposal):
        outcome = Outcome.RECOMMENDED
    return Decision(
        body=body,
        date=date,
        outcome=outcome,
        start=start,
        end=stop,
        absent=tuple(dict.fromkeys([*_absentees(sentences), *absent])),
        votes=votes,
        statements=read_statements(sentences),
        disqualified=read_disqualified(sentences),
    )


def states_decision(line: str) -> bool:
    """Tell whether a line says how a body left the case: "Dagsordenen blev godkendt."."""
    return bool(_STATED.match(line))


def _split_absence(text: str, start: int, end: int) -> tuple[int, list[str]]:
    """Find where a decision ends, and read who is named as absent by the lines behind that."""
    absent: list[str] = []
    stop = start
    below_label = False
    for line in split_lines(text[start:end]):
        if not line.text:
            continue
        label = line.label
        if label and label.role is Role.ABSENCE:
            below_label = True
            absent.extend(read_names(line.text[label.inline :]) if label.inline else ())
        elif below_label and is_name_list(line.text):
            absent.extend(read_names(line.text))
        elif _is_absence(line):
            absent.extend(_absent_in(line.text))
        else:
            stop = start + line.end
            below_label = False
    held = text[start:stop].rstrip()
    if held.count("|") == 1:  # the end of a table's row, whose label has gone
        held = held.removesuffix("|").rstrip()
    return start + len(held), absent


def _is_absence(line: Line) -> bool:
    """Tell whether a line says who was absent and nothing else."""
    if len(line.text) > _LONGEST_ABSENCE:
        return False
    match = _ABSENCE.search(line.text)
    return bool(match and not tells_disqualified(line.text) and line.text.count(". ") == 0)


def _absentees(sentences: Sequence[Sentence]) -> list[str]:
    told = [s.text for s in sentences if not tells_disqualified(s.text)]
    return [name for text in told for name in _absent_in(text)]


def _absent_in(text: str) -> list[str]:
    """Name the people whom running text calls absent."""
    return [
        voter.name
        for match in _ABSENCE.finditer(text)
        for voter in read_voters(match["who"] or match["whose"])
        if voter.person
    ]


def inline_decisions(
    text: str, start: int, end: int, meeting_date: dt.date | None
) -> list[Decision]:
    """Find the decisions of other bodies that are told inside a part of an item.

    A line such as "TMU, 10. sept., pkt. 65: Anbefales." begins one; it lasts to the next such
    line. A date without its year is the last such day before the meeting.
    """
    found: list[tuple[int, int, str, dt.date | None]] = []
    for line in split_lines(text[start:end]):
        match = next((m for pattern in _INLINE if (m := pattern.match(line.text))), None)
        if match:
            rest = line.offsets[match.end()] if match.end() < len(line.text) else line.end
            date = parse_date(match["date"], by=meeting_date)
            body = find_body(match["body"]) or match["body"]
            found.append((start + line.start, start + rest, body, date))
    bounds = [line_start for line_start, *_ in found[1:]] + [end]
    decisions = [
        read_decision(text, rest, bound, body, date)
        for (_, rest, body, date), bound in zip(found, bounds, strict=False)
    ]
    return [decision for decision in decisions if decision.end > decision.start]
