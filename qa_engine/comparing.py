"""A question about several municipalities, places or years: asked of each alone, told by name."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product, zip_longest

from indexer.danish import MONTHS, analyse, fold, format_date
from indexer.names import CAPITAL
from qa_engine.asking import read_asked
from qa_engine.confidence import confidence, is_sure
from qa_engine.filtering import name_pattern
from qa_engine.item_numbers import without_item_numbers
from qa_engine.matching import tokens_of
from qa_engine.model import Asked, Hit, Query
from qa_engine.understanding import content_terms, read_period
from qa_engine.writing import Draft

# Where one question ends and the next begins: ", og hvad gjorde Sorø".
_NEXT_QUESTION = re.compile(r",?\s+(?:og|men)\s+(?=hv\w+\b)|\?\s+", re.IGNORECASE)
_BOTH = re.compile(r"\b(?:henholdsvis|både|baade|begge)\s+", re.IGNORECASE)
# What ties a name to the other one: "Varde og …", "i Varde og i …", "Varde i forhold til …".
_TIE = r"(?:,|\bog\b|\beller\b|\bmod\b|\bkontra\b|\bi forhold til\b|\bsammenlignet med\b)"
_TIE_OF_ITEMS = re.compile(
    r"\b(?:og|men|end|mod|eller|kontra|i forhold til|sammenlignet med|and|or|than|but)\b",
    re.IGNORECASE,
)
# Among so many items the other one is looked for.
_NEAREST = 3
_SHORTEST_PART = 5
_MONTHS = tokens_of(*MONTHS)
_PLACED = r"(?:\b(?:i|hos|for|fra|på|paa|af|med)\s+)?"
# Two places or years side by side: "på Lundsø Hede og ved Torpmose", "fra 2022 til 2024".
_BEFORE = r"(?:\b(?:i|på|paa|ved|hos|for|fra|til|om|af|in|at)\s+)?"
_PLACE = rf"\b{CAPITAL}[\w-]*(?: {CAPITAL}[\w-]*)*(?<!-)(?![\w-])"
_YEAR = r"\b(?:19|20)\d\d\b"
_MONTH = rf"\b(?:{'|'.join(MONTHS)}) {_YEAR}"
_OF_ONE_MEETING = (Asked.DECISION, Asked.ABSENCE, Asked.PARTICIPANTS, Asked.MEETING)
_PAIRS = [
    re.compile(
        rf"(?<=\s)(?P<before>{_BEFORE})(?P<one>{named})(?P<between>[^.?!,]{{0,25}}?)"
        rf",?\s+(?:{tie})\s+(?:(?:hvad|hvor|hvem|så)\s+)?(?P<after>{_BEFORE})(?P<other>{named})"
    )
    for named, tie in (
        (_MONTH, "og|eller|mod|til|and"),
        (_YEAR, "og|eller|mod|til|and"),
        (_PLACE, "og|eller|kontra|and"),
    )
]


@dataclass(frozen=True, slots=True)
class Part:
    """One of the questions that a comparison is: what its answer is told under, and the question.

    Any other question is one part without a name.
    """

    name: str
    query: Query


def parts_of(query: Query) -> list[Part]:
    """Split a comparison into one question for each municipality, or for each item by its number.

    Any other question is itself.
    """
    if not query.compares:
        return [Part("", query)]
    names, numbers = query.municipalities, query.filters.item_numbers
    each = [
        replace(query, filters=replace(query.filters, item_numbers=(number,))) for number in numbers
    ]
    if len(names) < 2:
        named = zip(numbers, each, strict=True)
        return [Part(f"Punkt {number}", of_item) for number, of_item in named]
    # "punkt 7 i Varde og punkt 9 i Sorø": they come in the same order.
    of_names = each if len(numbers) == len(names) else [query] * len(names)
    return [
        Part(name.removesuffix(" Kommune"), _part(own, name))
        for own, name in zip(of_names, names, strict=True)
    ]


def pair_in(text: str) -> list[tuple[str, str]]:
    """Find two places or two years that a question sets side by side.

    Whether they are compared, or belong together as "Teknik og Miljø", only the minutes tell.

    Returns:
        Each one's name, and the question as it would be asked of it alone; or nothing.
    """
    match = next(filter(None, (pattern.search(text) for pattern in _PAIRS)), None)
    if match is None:
        return []
    head, tail = text[: match.start()], match["between"] + text[match.end() :]
    after = match["after"] or match["before"]
    return [
        (match["one"], head + match["before"] + match["one"] + tail),
        (match["other"], head + after + match["other"] + tail),
    ]


def items_in(query: Query, hits: Sequence[Hit]) -> list[Hit]:
    """Find the two items that a question sets side by side, told apart by their titles.

    "Hvor ofte sker det i jobafklaring sammenlignet med ressourceforløb?" names a word of one title
    and a word of the other, with a word that ties them in between; they come in that order.
    """
    bodies = tokens_of(*query.committees)
    terms = [term for term in query.terms if term not in bodies]
    for other in hits[1:_NEAREST]:
        one = hits[0]
        only_one = [t for t in terms if _in_title(t, one) and not _in_title(t, other)]
        only_other = [t for t in terms if _in_title(t, other) and not _in_title(t, one)]
        if not (only_one and only_other):
            continue
        of_one, of_other = (
            [_place(query.text, t) for t in each] for each in (only_one, only_other)
        )
        if any(
            _TIE_OF_ITEMS.search(query.text, *sorted(pair)) for pair in product(of_one, of_other)
        ):
            return [one, other] if min(of_one) < min(of_other) else [other, one]
    return []


def _in_title(term: str, hit: Hit) -> bool:
    """Tell whether a title holds a term, alone or as part of a longer word."""
    held = tokens_of(hit.item.title)
    return term in held or (len(term) > _SHORTEST_PART and any(term in token for token in held))


def _place(text: str, term: str) -> int:
    """Find where a term first stands in a question."""
    words = re.finditer(r"\w+", text)
    return next((word.start() for word in words if term in analyse(word[0])), 0)


def confined_to_period(query: Query) -> Query:
    """Confine a part to the meetings of the time it names: that is what sets it apart."""
    if query.period is None or query.filters.since or query.filters.until:
        return query
    since, until = query.period
    return replace(query, filters=replace(query.filters, since=since, until=until))


def _part(query: Query, name: str) -> Query:
    others = [other for other in query.municipalities if other != name]
    clauses = _NEXT_QUESTION.split(query.text)
    own = [clause for clause in clauses if not any(_names(clause, other) for other in others)]
    text = " ".join(own)
    period = read_period(text) or query.period
    # "…, og hvem i Sorø?" asks what the question asks of the others.
    if not _names(text, name) or not _tells_what(text, name):
        text = query.text
        for other in others:
            text = _without(text, other)
    asked, terms = read_asked(text), content_terms(without_item_numbers(text), (name,))
    return replace(
        query,
        text=text,
        terms=terms,
        names=tuple(term for term in query.names if term in terms),
        asked=query.asked if asked in (Asked.ANYTHING, Asked.TOPIC) else asked,
        filters=replace(query.filters, municipalities=(name,)),
        period=period,
        municipalities=(name,),
    )


def _tells_what(text: str, name: str) -> bool:
    """Tell whether a clause names more than a municipality and a time."""
    terms = content_terms(without_item_numbers(text), (name,))
    return any(not term.isdigit() and term not in _MONTHS for term in terms)


def _names(text: str, municipality: str) -> bool:
    return re.search(name_pattern(municipality), fold(text)) is not None


def _without(text: str, municipality: str) -> str:
    """Leave a municipality out of a question, with the little word that ties it to another."""
    short = municipality.removesuffix(" Kommune")
    spelled = rf"(?:{re.escape(short)}|{re.escape(fold(short))})(?:'?s)?(?:\s+kommunes?)?\b"
    name = rf"{_PLACED}\b{spelled}"
    text = _BOTH.sub("", text)
    text = re.sub(rf"\s*{_TIE}\s+{name}|{name}\s*{_TIE}\s+|{name}", " ", text, flags=re.IGNORECASE)
    return " ".join(text.split()).replace(" ?", "?")


def in_turns(rankings: Sequence[Sequence[Hit]], k: int) -> list[Hit]:
    """Merge the items found for each municipality, so that the first of each stand at the top."""
    merged = [
        hit
        for place in zip_longest(*rankings)
        for hit in sorted(filter(None, place), key=lambda hit: -hit.score)
    ]
    return merged[:k]


def tells_all(query: Query, hit: Hit, names: Sequence[str]) -> bool:
    """Tell whether one item is enough for all that a question sets side by side.

    An item names other times than its own, but tells the decision of none of them, or who met.
    """
    if query.asked in _OF_ONE_MEETING and any(name[-1].isdigit() for name in names):
        return False
    return all(_is_named(name, hit) for name in names)


def are_apart(parts: Sequence[Part], drafts: Sequence[Draft | None]) -> bool:
    """Tell whether each part is answered for sure, and by an item of its own that names it."""
    told = [draft.pieces[0].hit for draft in drafts if draft and is_sure(draft.signals)]
    return len({hit.key for hit in told}) == len(parts) and all(
        _is_named(part.name, hit) for part, hit in zip(parts, told, strict=True)
    )


def _is_named(name: str, hit: Hit) -> bool:
    date = format_date(hit.minutes.date) if hit.minutes.date else None
    about = (hit.minutes.municipality, date, hit.item.title, hit.item.text)
    held = fold(" ".join(filter(None, about)))
    return all(fold(word).removesuffix("s") in held for word in re.split(r"[\s-]", name))


def compare(parts: Sequence[Part], drafts: Sequence[Draft | None]) -> Draft | None:
    """Tell what was found for each part under its name; the least sure one tells how sure.

    Args:
        parts: What is compared.
        drafts: For each of them, what would be said of it.
    """
    told = []
    for part, draft in zip(parts, drafts, strict=True):
        if draft:
            first, *rest = draft.pieces
            text = f"{part.name}: {first.text.removeprefix('• ')}"
            told.append(Draft((replace(first, text=text), *rest), draft.signals))
    if not told:
        return None
    pieces = tuple(piece for draft in told for piece in draft.pieces)
    weakest = min((draft.signals for draft in told), key=confidence)
    # A part asks little, the whole as much as all of them.
    asked = sum(math.expm1(draft.signals.terms) for draft in told)
    return Draft(pieces, replace(weakest, terms=math.log1p(asked)))
