"""Whether what a language model says stands in the sources that it names for it.

A sentence is said when all its numbers are of passages that were shown, its dates, figures and
names stand in those, most of its words do, and it does not turn their sense round. What proves it
is the sentence, list element or table row that says the same, quoted beside it.

What this cannot see: a figure that stands in the passage, but of something else. The quote shows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence

from indexer.danish import fold, stem, words
from indexer.model import Outcome
from indexer.outcomes import read_outcome
from indexer.sentences import split_sentences
from indexer.units import Unit
from qa_engine.citing import Statement
from qa_engine.evidence import Piece
from qa_engine.excerpts import Excerpt
from qa_engine.facts import (
    is_known,
    known_dates,
    known_figures,
    known_words,
    read_dates,
    read_figures,
    read_names,
    without_facts,
)
from qa_engine.matching import match, tokens_of
from qa_engine.model import Fault
from qa_engine.presenting import is_council
from qa_engine.replies import Said
from qa_engine.stopwords import STOPWORDS

# More than this share of a sentence's words, dates and figures must stand in its sources; set by
# hand.
_SHARED = 0.5
_MOST_QUOTES = 3
# A word shorter than this may be a name that begins like another word: "Hansen" and "hans".
_SHORTEST_COMMON = 7

_NEGATION = re.compile(r"\b(?:ikke|ingen|intet|aldrig|hverken)\b", re.IGNORECASE)
_DECIDED = {Outcome.APPROVED, Outcome.REJECTED, Outcome.POSTPONED, Outcome.RETURNED}
# Words that begin a sentence and name nothing.
_OPENERS = """
derudover desuden dermed dertil endvidere herefter herudover herved hertil ifølge imidlertid indtil
samlet samtidig således tillige ved yderligere derefter dernæst endelig ellers forslaget projektet
forvaltningen administrationen planen ordningen indstillingen beløbet udgiften prisen flertallet
mindretallet afstemningen formålet baggrunden årsagen begrundelsen resultatet budgettet arbejdet
byrådet kommunalbestyrelsen medlemmerne borgerne
"""
# Endings of common nouns and adverbs that no Danish name has.
_COMMON = re.compile(r"\w{3}(?:erne|ningen|heden|elsen|tionen|skabet|mentet|eligt|vis)")


def check(said: Said, excerpts: Sequence[Excerpt], question: str) -> Statement | Fault:
    """Prove a sentence, or tell why it cannot be said.

    Args:
        said: The sentence, and the numbers of its sources.
        excerpts: What was shown, numbered from 1.
        question: What was asked; a word of it that begins a sentence is no new name.
    """
    if not said.sources:
        return Fault.UNCITED
    if not all(1 <= number <= len(excerpts) for number in said.sources):
        return Fault.UNKNOWN_SOURCE
    cited = [excerpts[number - 1] for number in said.sources]
    text = said.text.removeprefix("• ")
    for excerpt in cited:  # "punkt 7" is a place, not a figure
        text = re.sub(rf"\b[Pp]unkt {re.escape(excerpt.hit.item.number)}\b", "punktet", text)
    if fault := _untold(text, cited, question):
        return fault
    proofs = tuple(piece for excerpt in cited for piece in _quotes(text, excerpt))
    if not proofs:
        return Fault.UNSUPPORTED
    return Fault.CONTRADICTED if _contradicts(text, cited, proofs) else Statement(said.text, proofs)


def _untold(text: str, cited: Sequence[Excerpt], question: str) -> Fault | None:
    """Tell which kind of fact stands in none of the sources."""
    told = [part for excerpt in cited for part in (excerpt.text, *_about(excerpt))]
    dates = set[str]().union(*(_dates(excerpt) for excerpt in cited))
    said_dates, said_figures = read_dates(text), read_figures(text)
    if not said_dates <= dates:
        return Fault.DATE
    if not said_figures <= known_figures(told) | {date[:4] for date in dates}:
        return Fault.FIGURE
    known, small = known_words(told), _written_small([*told, question])
    for name, opens in read_names(text):
        if not is_known(name, known) and not (opens and _only_opens(name, known, small)):
            return Fault.NAME
    terms = _terms(text)
    tokens = tokens_of(*told)
    facts = len(said_dates) + len(said_figures)
    shared = facts + sum(match(term, tokens) > 0 for term in terms)
    return None if shared > _SHARED * (facts + len(terms)) else Fault.UNSUPPORTED


def _about(excerpt: Excerpt) -> Iterator[str]:
    """Give what is told of a passage beside its text."""
    minutes, item = excerpt.hit.minutes, excerpt.hit.item
    about = (minutes.municipality, minutes.committee, item.title, item.case_number)
    yield from filter(None, (*about, excerpt.heading))


def _dates(excerpt: Excerpt) -> set[str]:
    met: dt.date | None = excerpt.hit.minutes.date
    return known_dates([excerpt.text, *_about(excerpt)], met)


def _written_small(texts: Sequence[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in words(text) if word.islower())


def _only_opens(name: str, known: str, small: Collection[str]) -> bool:
    """Tell whether a sentence begins with a common word, before a known name or none."""
    first, _, rest = name.partition(" ")
    return _names_nothing(first.lower(), small) and (not rest or is_known(rest, known))


def _names_nothing(word: str, small: Collection[str]) -> bool:
    return (
        fold(word) in STOPWORDS
        or word in small
        or word in _OPENERS.split()
        or _COMMON.fullmatch(word) is not None
        # "Svømmehallen" where the sources have a "svømmehal".
        or (len(word) > _SHORTEST_COMMON and any(other.startswith(word[:-2]) for other in small))
    )


def _terms(text: str) -> set[str]:
    """Analyse the words that mean something by themselves; amounts and dates are none."""
    plain = words(without_facts(text))
    return {stem(w) for w in plain if fold(w) not in STOPWORDS and not w[0].isdigit()}


def _quotes(text: str, excerpt: Excerpt) -> list[Piece]:
    """Choose what proves a sentence: the unit most like it, and what holds its other facts."""
    item = excerpt.hit.item
    terms, facts = _terms(text), read_figures(text) | read_dates(text)
    chosen: list[Unit] = []
    while len(chosen) < _MOST_QUOTES:
        worth = {
            unit: _worth(excerpt, unit, terms, facts)
            for unit in excerpt.units
            if unit not in chosen
        }
        best = max(worth, key=lambda unit: worth[unit], default=None)
        if best is None or not worth[best] or (chosen and not facts):
            break
        found = _facts(excerpt, best)
        if chosen and not facts & found:
            break
        chosen.append(best)
        facts -= found
    return [
        Piece(excerpt.hit, unit.start, unit.end, excerpt.read(unit))
        for unit in sorted(chosen, key=lambda unit: unit.start)
        if item.text[unit.start : unit.end].strip()
    ]


def _worth(excerpt: Excerpt, unit: Unit, terms: set[str], facts: set[str]) -> float:
    """Weigh how much of a sentence a unit says; a figure or date tells more than a word."""
    tokens = tokens_of(excerpt.read(unit))
    return sum(match(term, tokens) for term in terms) + 2 * len(facts & _facts(excerpt, unit))


def _facts(excerpt: Excerpt, unit: Unit) -> set[str]:
    text = [excerpt.read(unit)]
    return known_figures(text) | known_dates(text, None)


def _contradicts(text: str, cited: Sequence[Excerpt], proofs: Sequence[Piece]) -> bool:
    """Tell whether a sentence denies what its proofs say, or tells of another outcome."""
    if not _negates(text) and all(_negates(piece.text) for piece in proofs):
        return True
    if _negates(text) and not any(_negates(piece.text) for piece in proofs):
        return True
    outcome = _outcome(text, cited[0])
    return outcome in _DECIDED and not any(outcome in _outcomes(excerpt) for excerpt in cited)


def _negates(text: str) -> bool:
    return _NEGATION.search(text) is not None


def _outcomes(excerpt: Excerpt) -> set[Outcome]:
    first, last = excerpt.units[0].start, excerpt.units[-1].end
    decided = {d.outcome for d in excerpt.hit.item.decisions if d.start < last and first < d.end}
    return decided | {_outcome(excerpt.read(unit), excerpt) for unit in excerpt.units}


def _outcome(text: str, excerpt: Excerpt) -> Outcome:
    council = is_council(excerpt.hit.minutes.committee)
    return read_outcome(split_sentences(text, 0, len(text)), council=council)
