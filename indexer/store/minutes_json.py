"""Whole minutes as JSON and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from indexer.model import AgendaItem, Decision, Minutes, Outcome
from indexer.store.codec import (
    date_from_column,
    date_to_column,
    personal_from_column,
    personal_to_column,
    sections_from_column,
    sections_to_column,
    statements_from_column,
    statements_to_column,
    votes_from_column,
    votes_to_column,
)


def minutes_to_json(minutes: Minutes) -> str:
    """Write a whole document."""
    return json.dumps(
        {
            "source": minutes.source,
            "municipality": minutes.municipality,
            "committee": minutes.committee,
            "date": date_to_column(minutes.date),
            "place": minutes.place,
            "participants": minutes.participants,
            "absent": minutes.absent,
            "items": [_item_to_json(item) for item in minutes.items],
            "preamble": minutes.preamble,
            "unknown_headings": minutes.unknown_headings,
            "url": minutes.url,
            "notices": minutes.notices,
            "personal": personal_to_column(minutes.personal),
        },
        ensure_ascii=False,
    )


def _item_to_json(item: AgendaItem) -> Mapping[str, Any]:
    return {
        "number": item.number,
        "title": item.title,
        "case_number": item.case_number,
        "closed": item.closed,
        "text": item.text,
        "first_page": item.first_page,
        "sections": sections_to_column(item.sections),
        "decisions": [_decision_to_json(decision) for decision in item.decisions],
        "absent": item.absent,
        "attachments": item.attachments,
        "url": item.url,
    }


def _decision_to_json(decision: Decision) -> Mapping[str, Any]:
    return {
        "body": decision.body,
        "date": date_to_column(decision.date),
        "outcome": decision.outcome.value,
        "start": decision.start,
        "end": decision.end,
        "absent": decision.absent,
        "votes": votes_to_column(decision.votes),
        "statements": statements_to_column(decision.statements),
        "disqualified": decision.disqualified,
    }


def minutes_from_json(text: str) -> Minutes:
    """Read a whole document back."""
    told = json.loads(text)
    told["date"] = date_from_column(told["date"])
    told["personal"] = personal_from_column(told["personal"])
    told["items"] = tuple(_item_from_json(item) for item in told["items"])
    return Minutes(**_tupled(told))


def _item_from_json(told: dict[str, Any]) -> AgendaItem:
    told["sections"] = sections_from_column(told["sections"])
    told["decisions"] = tuple(_decision_from_json(decision) for decision in told["decisions"])
    return AgendaItem(**_tupled(told))


def _decision_from_json(told: dict[str, Any]) -> Decision:
    told["date"] = date_from_column(told["date"])
    told["outcome"] = Outcome(told["outcome"])
    told["votes"] = votes_from_column(told["votes"])
    told["statements"] = statements_from_column(told["statements"])
    return Decision(**_tupled(told))


def _tupled(told: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in told.items()}
