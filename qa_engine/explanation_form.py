"""An explanation for people and for programs, in the code's own names for what was weighed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from qa_engine.explaining import Explanation, Word
from qa_engine.json_form import Json, filters_form
from qa_engine.model import Hit, Query
from qa_engine.presenting import hit_label

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_CANDIDATES = 5
_INDENT = "  "
_LONGEST = 160


def explanation_form(explanation: Explanation) -> Json:
    """Lay out why an answer is what it is."""
    answer, query = explanation.answer, explanation.answer.query
    return {
        "understood": {
            "asked": query.asked.value,
            "terms": list(query.terms),
            "municipalities": list(query.municipalities),
            "period": [day.isoformat() for day in query.period] if query.period else None,
            "committee": next(iter(query.committees), None),
            "committees": list(query.committees),
            "language": _language(query),
            "filters": filters_form(query.filters),
        },
        "words": [asdict(word) for word in explanation.words()],
        "items": [
            {
                "source": hit.minutes.source,
                "item": hit.item.number,
                "title": hit.item.title,
                "score": hit.score,
                "standing": asdict(hit.standing),
            }
            for hit in answer.hits
        ],
        "candidates": [
            {
                "source": candidate.hit.minutes.source,
                "item": candidate.hit.item.number,
                "role": candidate.role.value,
                "text": candidate.text,
                "score": candidate.score,
                "features": asdict(candidate.features),
            }
            for candidate in explanation.candidates[:_CANDIDATES]
        ],
        "signals": asdict(explanation.draft.signals) if explanation.draft else None,
        "confidence": answer.confidence,
        "threshold": explanation.threshold,
        "answered": answer.answered,
    }


def explanation_text(explanation: Explanation) -> str:
    """Set an explanation as five short lists, in the order in which they came about."""
    parts = {
        "Understood": _understood(explanation.answer.query),
        "Words": map(_word, explanation.words()),
        "Items": (_item(place, hit) for place, hit in enumerate(explanation.answer.hits, 1)),
        "Sentences weighed": _candidates(explanation),
        "Verdict": _verdict(explanation),
    }
    return "\n\n".join(
        "\n".join([heading, *(_INDENT + line for line in lines)])
        for heading, lines in parts.items()
    )


def _understood(query: Query) -> Iterator[str]:
    yield f"asked for: {query.asked.value}"
    yield f"language: {_language(query)}"
    yield f"terms: {', '.join(query.terms) or 'none'}"
    if query.municipalities:
        turns = ", whose items take turns" if len(query.filters.municipalities) > 1 else ""
        yield f"municipalities: {', '.join(query.municipalities)}{turns}"
    if query.elsewhere:
        yield f"municipalities of which nothing is indexed: {', '.join(query.elsewhere)}"
    if query.period:
        yield f"preferred period: {query.period[0]} to {query.period[1]}"
    if query.committees:
        yield f"preferred bodies: {', '.join(query.committees)}"
    given = {name: value for name, value in filters_form(query.filters).items() if value}
    yield f"confined to: {_pairs(given) or 'nothing'}"


def _language(query: Query) -> str:
    return "English" if query.english else "Danish"


def _word(word: Word) -> str:
    held = f"in {word.passages} passages" if word.passages else "stands nowhere"
    whole = [str(place) for place, match in enumerate(word.matches, 1) if match == 1]
    part = [str(place) for place, match in enumerate(word.matches, 1) if 0 < match < 1]
    parts = [f"item {', '.join(whole)}"] if whole else []
    parts += [f"in part item {', '.join(part)}"] if part else []
    return f"{word.term}: {held}; matches {' and '.join(parts) or 'no item found'}"


def _item(place: int, hit: Hit) -> str:
    parts = asdict(hit.standing)
    why = " · first as the latest of its case" if parts.pop("last_word") else ""
    why += " · first since the answer stands there" if parts.pop("told") else ""
    adds = {name: value for name, value in parts.items() if value}
    return f"{place}. {hit.score:.3f} = {_sum(adds)}{why} · {hit_label(hit)}"


def _candidates(explanation: Explanation) -> Iterator[str]:
    if explanation.draft and not explanation.candidates:
        yield "none: the structure of the minutes answers"
    for place, candidate in enumerate(explanation.candidates[:_CANDIDATES], 1):
        number = candidate.hit.item.number
        yield f"{place}. {candidate.score:.2f} · punkt {number} · {_shortened(candidate.text)}"
        yield _INDENT + _values(candidate.features)


def _verdict(explanation: Explanation) -> Iterator[str]:
    answer = explanation.answer
    if explanation.draft is None:
        yield "there was nothing to say"
        return
    yield _values(explanation.draft.signals)
    sign = "≥" if answer.confidence >= explanation.threshold else "<"
    verdict = "answered" if answer.answered else "refused"
    yield f"confidence {answer.confidence:.3f} {sign} {explanation.threshold}: {verdict}"


def _values(values: DataclassInstance) -> str:
    return " ".join(f"{name} {value:.2f}" for name, value in asdict(values).items())


def _sum(parts: dict[str, float]) -> str:
    return " + ".join(f"{name} {value:.3f}" for name, value in parts.items())


def _pairs(values: dict[str, Any]) -> str:
    texts = (
        f"{name} {', '.join(value) if isinstance(value, list) else value}"
        for name, value in values.items()
    )
    return "; ".join(texts)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
