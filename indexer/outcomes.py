"""How a body left a case, read from the words of its decision.

The main clause of the first sentence that speaks for the body and tells more than that it talked
decides: what is changed, added or remarked behind "idet", "dog" or "med den ændring" does not, nor
do members' own votes, proposals and reservations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.model import Outcome
from indexer.names import VOTERS
from indexer.sentences import Sentence

_CANNOT = r"(?:kan|kunne|vil|ville) ikke "
_ALL = r"(?:alle|samtlige)\b[^.]{0,120}?"
# What sends a case somewhere else or stops it outweighs the other words of its clause, and so does
# a word to the next body: "Godkendt og anbefales over for Byrådet", "Indstilles godkendt".
_STRONG = {
    Outcome.RETURNED: (
        r"(?:over)?(?:send|vis)(?:es|t|te|e) (?:sagen |punktet )?tilbage|gå(?:r)? tilbage til",
        r"tilbagesend\w+|tilbagevis\w+|hjemvis\w+|send(?:es|t|te|er) (?:\w+ )?retur",
    ),
    Outcome.POSTPONED: (
        r"udsat|udsætte[sr]?|udsatte|udskudt|udskyde[sr]?|udskød|genoptages",
        r"(?:sat|sætte[sr]?|stille[st]) i bero|(?:sat|sættes) på pause",
        r"gen(?:fremsat|fremsættes|fremsendes|forelægges|forelagt)",
        r"overfør(?:es|t) til (?:næste|et )",
        r"(?:genbehandles|behandles|tages op) (?:igen )?på (?:det |et )?(?:næste|senere|kommende)",
    ),
    Outcome.WITHDRAWN: (
        r"udgå(?:r|et|ede)?|udgik|bortfald(?:t|e[trn]?)|tage[st] af(?: dagsordenen)?",
        r"tog (?:\w+ )?af dagsordenen|aflys(?:t|es)",
        r"(?:er|blev|bliver) trukket|trækkes|trukket tilbage",
    ),
    Outcome.REJECTED: (
        r"forkaste[strd]?|forkastede|afvis(?:t|es|te|er|e)|afslå(?:s|et|r)?|afslog|nedstemt",
        r"(?:give[rs]?|meddele[rs]?|meddelt) afslag|stemt ned",
        r"(?:ikke|ej) (?:godkend|imødekomm|tiltr|vedtag|anbefal|bevilge|fremme)\w+",
        r"(?:ikke|intet)(?: var)? flertal|^afslag|nød ikke fremme",
        r"^(?:\w+ ){0,3}give[rs] ikke (?:dispensation|tilladelse|tilsagn|tilskud)",
        r"ikke at (?:give|bevilge|imødekomme|støtte|godkende|dispensere)",
        rf"{_CANNOT}(?:tiltræde|godkende|imødekomme|anbefale|støtte|vedtage|tilslutte)\w*",
        r"(?:tiltrædes|imødekommes|godkendes|anbefales|vedtages|tiltræder|godkender) ikke",
        rf"anbefaler ikke|{_ALL} stemte imod",
    ),
    Outcome.RECOMMENDED: (
        r"(?<!som )(?:anbefale(?:r|s|de|t)?|indstille(?:r|s|de|t)?)(?! af\b)",
        r"med (?:\w+ )?anbefaling|fremsend(?:es|t) med",
    ),
}
_PASSED_ON = re.compile(
    r"\b(?:oversend(?:es|t|er|e)|videresend(?:es|t)|(?:sende[rs]?|sendt) videre|fremsend(?:es|t))\b"
    r".{0,40}?\btil (?:\S+ ){0,4}?\S*(?:udvalg|råd|bestyrelse|magistrat)"
    r"|\bsend(?:es|t) til (?:(?:\w+ )?behandling i )?[\w-]*udvalg"
    r"|\bhenvis(?:es|t) til .{0,40}?udvalg",
    re.IGNORECASE,
)
_PLAIN = {
    Outcome.APPROVED: (
        r"god?kend(?:t|tes|es|te|er|e)|vedtag(?:et|es|er|e)|vedtog(?:es)?|bifald(?:es|t)",
        r"tiltr(?:ådt|ådte|ædes|æder|æde)|(?:give[rs]?) (?:dispensation|tilladelse|tilsagn)",
        r"imødekom(?:met|mes|mer|me)?|bevilge[strd]?|bevilgede|fulgt|følges|følger|fulgte",
        r"tilslut(?:ter|tes|ning)|tilsluttede?|udpege[strd]?|udpegede|(?:gen)?valgt|valgte|vælges",
        r"som (?:indstillet|anbefalet|foreslået)|ophæve[strd]?|meddelt|meddele[rs]",
        r"er enig[et]? i|i overensstemmelse med (?:indstilling|anbefaling)en",
        rf"{_ALL} stemte for|for (?:\w+ )?stemte (?:alle|samtlige)",
    ),
    Outcome.NOTED: (
        r"til efterretning|ad notam|notere(?:r|de|t) sig|til orientering|orienter(?:et|ede)",
        r"fremlagt|forelagt",
        r"orientering(?:en)? (?:(?:blev|er) )?(?:givet|foretaget)|orientering(?:en)?(?=\.?$)",
    ),
    Outcome.DISCUSSED: (r"drøft(?:et|edes?|es|er|else[nr]?)|temadrøftelsen?",),
    Outcome.POSTPONED: (
        r"(?:oversend|henvis|overgå|indgå)\w* (?:\w+ ){0,3}?(?:til|i) \w*budget\w*",
    ),
}
# A decision without any of the usual words.
_DECIDED = (
    r"beslutte(?:de[s]?|r|t|s)|i (?:høring|udbud)",
    r"vælger|prioritere(?:r|de|t)|(?:frigive|afsætte|igangsætte|iværksætte|nedsætte|etablere|oprette|forlænge)s",
)


def _words(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


_STRONG_WORDS = tuple((outcome, _words(patterns)) for outcome, patterns in _STRONG.items())
_PLAIN_WORDS = tuple((outcome, _words(patterns)) for outcome, patterns in _PLAIN.items())
_DECIDED_WORDS = _words(_DECIDED)
_LAST_WORDS = (*_PLAIN_WORDS, (Outcome.APPROVED, _DECIDED_WORDS))
_SUBORDINATE = re.compile(
    r"(?:,\s*|\s+)(?:idet|dog|mens|bortset fra|undtagen|hvorefter|under forudsætning af"
    r"|med undtagelse af|på betingelse af|med (?:følgende|de) \w+"
    r"|med den (?:\w+ )?(?:ændring|tilføjelse|bemærkning|præcisering|forskel|rettelse))\b"
    r"|,\s*(?:at|men|da|fordi|så|således|når|hvis|inden|til|indtil|som|der|med|jf\.?)\b|[;:]",
    re.IGNORECASE,
)
# What is said, asked or wished beside the decision: its subordinate clause tells no outcome.
_ASIDE = re.compile(
    r"\b(?:svar|oplys|spurg|ønske|bede|bad\b|bemærk|takke|fremhæv|opfordr|mene|finder|redegj"
    r"|efterlys|begær|foreslog|stillede)",
    re.IGNORECASE,
)
_POINT = re.compile(
    r"(?:ad|(?:indstillingens )?(?:pkt\.?|punkt)|at|delpunkt)\s*\w{1,2}\b|[a-z] og [a-z]\b|\d",
    re.IGNORECASE,
)
# "Pkt. 1-2 godkendt, pkt. 3 forkastet"
_NEXT_POINT = re.compile(r"(?:,|;| og)\s+(?=(?:ad|pkt\.?|punkt)\s*\d)", re.IGNORECASE)
# The order in which the points of one proposal make up the outcome of the whole.
_POINTS = (
    Outcome.RECOMMENDED, Outcome.APPROVED, Outcome.REJECTED, Outcome.RETURNED, Outcome.POSTPONED,
    Outcome.WITHDRAWN, Outcome.NOTED, Outcome.DISCUSSED,
)  # fmt: skip
_MEMBERS = re.compile(
    rf"(?:{VOTERS}(?![\w-]| og [a-z]\b)(?!.*\b(?:valgt|vælges|udpege[st]|indtræder)\b)"
    r"|(?:[Ee]t )?[Mm]indretal|(?:For|Imod|Mod|Undlod)\b[^.]{0,60}?(?:\bstemte\b|:))"
)
_NO_WORD = re.compile(
    r"\b(?:uden|ikke(?: en| nogen)?|ingen) (?:anbefaling|indstilling|beslutning)\b", re.IGNORECASE
)
_FAILED = re.compile(r"\b(?:forslaget|indstillingen)\b.*\b(?:bort)?fald(?:t|et)\b", re.IGNORECASE)


def read_outcome(sentences: Sequence[Sentence], *, council: bool) -> Outcome:
    """Tell how a body left the case.

    Args:
        sentences: The decision.
        council: Whether the body is the council: what it passes on is sent back to a committee,
            while a committee passes on to the next body.
    """
    for group in _by_weight(sentences):
        found = [(s, o) for s in group if (o := _of_sentence(s, council)) is not None]
        if not found:
            continue
        first, outcome = found[0]
        if _is_point(first):
            return _of_points([o for sentence, o in found if _is_point(sentence)])
        # "Sagen blev drøftet. Indstillingen blev godkendt."
        after = (o for _, o in found if o not in (Outcome.DISCUSSED, Outcome.NOTED))
        return next(after, outcome) if outcome is Outcome.DISCUSSED else outcome
    return Outcome.NONE


def _by_weight(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Set what the body says before what is told of amendments, and members' words last."""
    yield [s for s in sentences if not s.amends and not _is_of_members(s)]
    yield [s for s in sentences if s.amends and not _is_of_members(s)]
    yield [s for s in sentences if _is_of_members(s)]


def _is_of_members(sentence: Sentence) -> bool:
    return bool(_MEMBERS.match(sentence.text))


def _of_points(outcomes: Sequence[Outcome]) -> Outcome:
    """Take the weightiest; one that has no rank stands alone."""
    return next((outcome for outcome in _POINTS if outcome in outcomes), outcomes[0])


def _is_point(sentence: Sentence) -> bool:
    return sentence.listed or bool(_POINT.match(sentence.text))


def _of_sentence(sentence: Sentence, council: bool) -> Outcome | None:
    """Read a sentence; None where it tells nothing. No member can reject a proposal alone."""
    told = [_of_text(point, council) for point in _NEXT_POINT.split(sentence.text)]
    points = [outcome for outcome in told if outcome is not None]
    outcome = _of_points(points) if points else None
    return None if outcome is Outcome.REJECTED and _is_of_members(sentence) else outcome


def _of_text(text: str, council: bool) -> Outcome | None:
    """Read the main clause, and the rest where that tells nothing."""
    if _NO_WORD.search(text):
        return Outcome.NONE
    if _FAILED.search(text):
        return Outcome.REJECTED
    subordinate = _SUBORDINATE.search(text)
    main = text[: subordinate.start()] if subordinate else text
    decided = _of_clause(main, _PLAIN_WORDS, council)
    if decided or (_ASIDE.search(main) and not _DECIDED_WORDS.search(main)):
        return decided
    return _of_clause(text, _LAST_WORDS, council)


def _of_clause(
    clause: str, plain: Sequence[tuple[Outcome, re.Pattern[str]]], council: bool
) -> Outcome | None:
    passed_on = (Outcome.RETURNED if council else Outcome.RECOMMENDED, _PASSED_ON)
    strong = [
        (match.start(), outcome)
        for outcome, words in (*_STRONG_WORDS, passed_on)
        if (match := words.search(clause))
    ]
    if strong:
        return min(strong)[1]
    return next((outcome for outcome, words in plain if words.search(clause)), None)
