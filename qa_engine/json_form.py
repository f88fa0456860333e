"""The JSON that other people's scripts read, and the one home of its keys.

Keys may be added, never renamed. Dates are ISO, item numbers are strings, what is not told is null.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from indexer.errors import QuestionError
from indexer.model import AgendaItem, Decision, Filters, Minutes, Statement
from indexer.store import Meeting
from qa_engine.model import Answer, Citation, FoundPassage, Hit, Searched, Sentence, Wording

# A build brings the whole parser with it, which takes a while to import.
if TYPE_CHECKING:
    from indexer.build import Report

Json = dict[str, object]

_HITS = 10


def dump(form: Json) -> str:
    """Write one object on one line, Danish letters as they are."""
    return json.dumps(form, ensure_ascii=False)


def minutes_form(minutes: Minutes) -> Json:
    """Lay out one meeting's minutes, the texts of their sections and decisions verbatim."""
    return {
        "source": minutes.source,
        "municipality": minutes.municipality,
        "committee": minutes.committee,
        "date": iso(minutes.date),
        "place": minutes.place,
        "participants": list(minutes.participants),
        "absent": list(minutes.absent),
        "items": [_item_form(item) for item in minutes.items],
        "unknown_headings": list(minutes.unknown_headings),
        "url": minutes.url,
    }


def item_form(minutes: Minutes, item: AgendaItem) -> Json:
    """Lay out one agenda item with its meeting; ``text`` is what offsets of citations count in."""
    return {
        "source": minutes.source,
        "municipality": minutes.municipality,
        "committee": minutes.committee,
        "date": iso(minutes.date),
        **_item_form(item),
        "text": item.text,
        "url": minutes.url,
    }


def report_form(report: Report) -> Json:
    """Lay out what a build did."""
    return {
        "indexed": report.indexed,
        "unchanged": report.unchanged,
        "replaced": report.replaced,
        "removed": report.removed,
        "skipped": [{"source": s.source, "reason": s.reason} for s in report.skipped],
        "items": report.items,
        "chunks": report.chunks,
        "seconds": report.seconds,
        "notices": [
            {"source": found.source, "reason": notice}
            for found in report.findings
            for notice in found.notices
        ],
        "personal": [
            {"source": found.source, **asdict(place)}
            for found in report.findings
            for place in found.personal
        ],
        "unknown_headings": [
            {"source": found.source, "heading": heading}
            for found in report.findings
            for heading in found.unknown_headings
        ],
    }


def removal_form(source: str, *, blocked: bool) -> Json:
    """Lay out that a document is out of the index, and whether it is kept out."""
    return {"source": source, "removed": True, "blocked": blocked}


def answer_form(answer: Answer, question_id: object = None) -> Json:
    """Lay out an answer.

    Args:
        answer: The answer.
        question_id: The asker's own name for the question, handed back as it came.
    """
    return {
        "id": question_id,
        "question": answer.question,
        "answered": answer.answered,
        "answer": answer.text,
        "sentences": [sentence_form(sentence) for sentence in answer.sentences],
        "citations": [citation_form(citation) for citation in answer.citations],
        "hits": [_hit_form(hit) for hit in answer.hits[:_HITS]],
        "confidence": answer.confidence,
        "searched": _searched_form(answer.searched),
        "seconds": answer.seconds,
        "generated": answer.generated,
        "language_model": _wording_form(answer.wording),
    }


def sentence_form(sentence: Sentence) -> Json:
    """Lay out a sentence of an answer, with the markers of its citations."""
    return {"text": sentence.text, "markers": list(sentence.markers)}


def search_form(text: str, hits: Sequence[Hit], k: int) -> Json:
    """Lay out the k best passages of the items that were found."""
    return {
        "query": text,
        "passages": [passage_form(hit, passage) for hit, passage in best_passages(hits, k)],
    }


def best_passages(hits: Sequence[Hit], k: int) -> list[tuple[Hit, FoundPassage]]:
    """Choose the k best passages, each with its item, best first.

    A passage counts as its item less what it falls behind that item's best passage, so that the
    best item has the first passage. That is the score it is given here.
    """
    found = [
        (hit, replace(passage, score=hit.score + passage.score - hit.passages[0].score))
        for hit in hits
        for passage in hit.passages
    ]
    return sorted(found, key=lambda pair: -pair[1].score)[:k]


def passage_form(hit: Hit, passage: FoundPassage) -> Json:
    """Lay out a passage with where it stands; ``text`` is ``item.text[start:end]``."""
    minutes, item = hit.minutes, hit.item
    return {
        "source": minutes.source,
        "item": item.number,
        "title": item.title,
        "municipality": minutes.municipality,
        "committee": minutes.committee,
        "date": iso(minutes.date),
        "case_number": item.case_number,
        "section": passage.heading,
        "role": passage.role.value,
        "page": item.page_at(passage.start),
        "text": item.text[passage.start : passage.end],
        "start": passage.start,
        "end": passage.end,
        "score": passage.score,
        "url": item.url,
    }


def meetings_form(meetings: Sequence[Meeting]) -> Json:
    """Lay out the list of what is indexed."""
    return {"meetings": [{**asdict(meeting), "date": iso(meeting.date)} for meeting in meetings]}


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """One line of a file of questions; ``id`` is the asker's and means nothing to us."""

    id: str | int
    question: str


def read_question(line: bytes) -> BatchQuestion:
    """Read one line of a file of questions, ``{"id": …, "question": …}``.

    Raises:
        QuestionError: The line is no such object.
    """
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise QuestionError(f"this is not JSON in UTF-8 ({error})") from error
    match value:
        case {"id": str() | int() as id_, "question": str() as question}:
            return BatchQuestion(id_, question)
    raise QuestionError('this is not an object with an "id" and a "question"')


def filters_form(filters: Filters) -> Json:
    """Lay out what a question was confined to."""
    return {
        "municipalities": list(filters.municipalities),
        "committees": list(filters.committees),
        "since": iso(filters.since),
        "until": iso(filters.until),
        "case_number": filters.case_number,
        "item_numbers": list(filters.item_numbers),
        "outcome": filters.outcome.value if filters.outcome else None,
    }


def _item_form(item: AgendaItem) -> Json:
    return {
        "number": item.number,
        "title": item.title,
        "case_number": item.case_number,
        "closed": item.closed,
        "first_page": item.first_page,
        "sections": [
            {"role": s.role.value, "heading": s.heading, "text": item.text[s.start : s.end]}
            for s in item.sections
        ],
        "decisions": [decision_form(item, decision) for decision in item.decisions],
        "absent": list(item.absent),
        "attachments": list(item.attachments),
        "url": item.url,
    }


def decision_form(item: AgendaItem, decision: Decision) -> Json:
    """Lay out what one body decided, its text verbatim."""
    return {
        "body": decision.body,
        "date": iso(decision.date),
        "outcome": decision.outcome.value,
        "text": item.text[decision.start : decision.end],
        "absent": list(decision.absent),
        "votes": [asdict(vote) for vote in decision.votes],
        "statements": [statement_form(item, statement) for statement in decision.statements],
        "disqualified": list(decision.disqualified),
    }


def statement_form(item: AgendaItem, statement: Statement) -> Json:
    """Lay out a reservation or minority statement, its text verbatim."""
    return {
        "kind": statement.kind.value,
        "by": list(statement.by),
        "text": item.text[statement.start : statement.end],
    }


def citation_form(citation: Citation) -> Json:
    """Lay out a proof; ``quote`` is ``item.text[start:end]``."""
    return {**asdict(citation), "date": iso(citation.date), "role": citation.role.value}


def _hit_form(hit: Hit) -> Json:
    source, item = hit.key
    return {"source": source, "item": item, "title": hit.item.title, "score": hit.score}


def _searched_form(searched: Searched) -> Json:
    return {
        "meetings": searched.meetings,
        "municipalities": list(searched.municipalities),
        "since": iso(searched.since),
        "until": iso(searched.until),
    }


def _wording_form(wording: Wording | None) -> Json | None:
    if wording is None:
        return None
    return {
        "name": wording.model,
        "dropped": len(wording.dropped),
        "reasons": [fault.value for fault in wording.dropped],
        "failure": wording.failure and wording.failure.value,
    }


def iso(date: dt.date | None) -> str | None:
    """Write a date as other programs read it."""
    return date.isoformat() if date else None
