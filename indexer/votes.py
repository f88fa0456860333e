"""Who voted how on a proposal, as far as the minutes write it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.model import Side, Vote
from indexer.names import VOTERS, read_voters
from indexer.sentences import Sentence

_WORDS = (
    "nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv",
    "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten", "tyve",
)  # fmt: skip
_NUMBER = rf"(?:\d{{1,2}}|ét|et|én|{'|'.join(_WORDS)})\b"
_SIDES = {
    "for": Side.FOR,
    "stemmer": Side.FOR,
    "flertal": Side.FOR,
    "imod": Side.AGAINST,
    "mod": Side.AGAINST,
    "mindretal": Side.AGAINST,
    "undlod": Side.ABSTAINED,
    "undlader": Side.ABSTAINED,
    "afstod": Side.ABSTAINED,
    "stemte blankt": Side.ABSTAINED,
    "stemte hverken": Side.ABSTAINED,
    "hverken for eller imod": Side.ABSTAINED,
    "blank": Side.ABSTAINED,
    "blanke": Side.ABSTAINED,
    "ja": Side.FOR,
    "nej": Side.AGAINST,
}
_SIDE = r"\b(?P<side>(?i:hverken for eller imod|for|imod|mod|undlod|undlader))\b"
_ABSTAINED = r"(?P<side>undlod|undlader|afstod|stemte blankt|stemte hverken)\b"
_COUNTED = rf"(?P<count>{_NUMBER})(?: stemmer| medlemmer)?"
_WHO = rf"(?P<who>{VOTERS})"
# What is voted on: "For indstillingen stemte …"
_ABOUT = r"(?: (?!stemte)[^:.,]{2,60}?)?"

# Tried in this order, each on what those before it have left.
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # "3 medlemmer (A) stemte imod", "4 stemte imod: Liste S og A", "15 stemmer for"
        rf"\b{_COUNTED} \({_WHO}\) stemte {_SIDE}",
        rf"\b{_COUNTED}(?: stemte)? (?P<side>for|imod)\b(?::? ?\(?{_WHO})?",
        # "For indstillingen stemte 12: A, B og C", "Imod: Line Mosbæk (F)", "For: 15"
        rf"{_SIDE}(?: at stemme)?{_ABOUT}(?: stemte)?(?: {_COUNTED})?:\s*{_WHO}",
        rf"{_SIDE}{_ABOUT}:\s*{_COUNTED}",
        rf"\b(?P<side>(?i:ja|nej|blanke?))(?: stemte|-stemmer)?:\s*(?:{_COUNTED}|{_WHO})",
        # "Imod stemte A og F", "For stemte 17"
        rf"{_SIDE}{_ABOUT} stemte {_COUNTED}(?: \({_WHO}\))?",
        rf"{_SIDE}{_ABOUT} stemte {_WHO}",
        # "V og C stemte imod", "Carsten Ravnbøl (C) imod.", "Inge Klitbo (O) undlod at stemme"
        rf"{_WHO},?(?: har| der| som)? (?:stemte|stemmer|stemt) {_SIDE}",
        rf"{_WHO} (?P<side>imod|for)(?=[.;]|$)",
        rf"{_WHO},? {_ABSTAINED}",
        rf"^{_WHO}(?!\w)[^.]* og (?:stemte|stemmer) {_SIDE}",
        rf"^{_WHO}(?!\w)[^.]* og {_ABSTAINED}",
        # "Et flertal (V og C) stemte imod"
        rf"\b(?i:flertal|mindretal)(?:let)? \({_WHO}\) (?:stemte|stemmer) {_SIDE}",
        # "Et flertal bestående af A, B og K", "Et mindretal (F)"
        rf"(?:[Ee]t )?(?P<side>(?i:flertal|mindretal))(?:let)?(?: i [^(,.:]{{3,40}}?)?"
        rf"(?:\s*[,:(]\s*|\s+(?:bestående af|udgjort af|på {_NUMBER} medlemmer,?)\s+){_WHO}",
        rf"\b{_COUNTED} {_ABSTAINED}",
        # "Vedtaget med 14 stemmer."
        rf"\bmed (?P<count>{_NUMBER}) (?P<side>stemmer)\b",
    )
)
_AGAINST_EACH_OTHER = re.compile(
    rf"\b(?:med )?(?P<first>{_NUMBER}) stemmer (?:for )?(?:og|mod|imod) "
    rf"(?P<second>{_NUMBER})(?: (?:stemmer )?imod)?"
    rf"|\(?\b(?P<first_of>{_NUMBER}) mod (?P<second_of>{_NUMBER})"
)
_REJECTING = re.compile(r"\b(?:forkastet|nedstemt|stemt ned|afvist|ikke vedtaget)\b", re.IGNORECASE)
# How someone left out of a side voted is not told: "Alle undtagen Bo Rask (V) stemte for."
_EXCEPT = re.compile(
    rf"\b(?:undtagen|bortset fra|på nær|med undtagelse af) {VOTERS}(?!,? (?:der|som)\b)"
)
_VOTING = re.compile(
    r"stem|mod \d|flertal|mindretal|undlod|afstod|blank|imod\b|^(?:for|mod|ja|nej)\b", re.IGNORECASE
)


def read_votes(sentences: Sequence[Sentence]) -> tuple[Vote, ...]:
    """Read the votes on the proposal; those on amendments are left out."""
    votes: list[Vote] = []
    for sentence in sentences:
        if not sentence.amends and _VOTING.search(sentence.text):
            votes.extend(_of_sentence(sentence.text))
    return tuple(dict.fromkeys(votes))


def carried(votes: Sequence[Vote]) -> bool | None:
    """Tell whether more voted for than against; None where the numbers are not written."""
    for_it, against = _total(votes, Side.FOR), _total(votes, Side.AGAINST)
    return None if not for_it or not against or for_it == against else for_it > against


def _total(votes: Sequence[Vote], side: Side) -> int | None:
    """Take the number written for a side, or count its voters where none hides a number."""
    told = [vote for vote in votes if vote.side is side]
    for vote in told:
        if vote.person is None and vote.party is None:
            return vote.count
    counts = [1 if vote.person else vote.count for vote in told]
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _of_sentence(text: str) -> list[Vote]:
    """Read the votes of a sentence, in its order."""
    found: list[tuple[int, Vote]] = []
    while match := _EXCEPT.search(text):
        text = _without(text, match)
    if match := _AGAINST_EACH_OTHER.search(text):
        first, second = (match[n] or match[f"{n}_of"] for n in ("first", "second"))
        yes, no = (second, first) if _REJECTING.search(text) else (first, second)
        found.append((match.start(), Vote(Side.FOR, count=_number(yes))))
        found.append((match.start(), Vote(Side.AGAINST, count=_number(no))))
        text = _without(text, match)
    for pattern in _PATTERNS:
        while match := pattern.search(text):
            found.extend((match.start(), vote) for vote in _of_match(match))
            text = _without(text, match)
    return [vote for _, vote in sorted(found, key=lambda pair: pair[0])]


def _of_match(match: re.Match[str]) -> Iterator[Vote]:
    told = {name: value for name, value in match.groupdict().items() if value}
    side = _SIDES[told["side"].lower()]
    if "count" in told:
        yield Vote(side, count=_number(told["count"]))
    voters = read_voters(told.get("who", ""))
    counts = [voter.count for voter in voters]
    # "A, F og Ø (9)": a number behind the last of several parties is that of them all.
    together = len(counts) > 1 and counts[-1] is not None and not any(counts[:-1])
    if together:
        yield Vote(side, count=counts[-1])
    for voter in voters:
        yield Vote(side, voter.person, voter.party, None if together else voter.count)


def _without(text: str, match: re.Match[str]) -> str:
    """Take out what has been read, and put a barrier of the same length in its place."""
    return text[: match.start()] + "." * (match.end() - match.start()) + text[match.end() :]


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return _WORDS.index(text) if text in _WORDS else 1
