"""What is read of whole minutes, against golden files that ``make golden`` writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from indexer.model import AgendaItem, Decision, Minutes, Section, Vote
from indexer.parsing import read_minutes

_ROOT = Path(__file__).resolve().parents[2]
_LAYOUTS = sorted((_ROOT / "tests/data/layouts").iterdir())
_REAL = _ROOT.parent / "shared/minutes"
_REAL_NAMES = (
    "000_ab0b9c04499276dd",
    "001_c7a7c61c4e3fe11e",
    "002_16a0f70f63ddd51b",
    "003_502dfc05df630a01",
    "004_ca9d4f844ef55446",
)

Golden = Callable[[str, object], None]
Digest = Callable[[str], str]


@pytest.mark.parametrize("file", _LAYOUTS, ids=lambda file: file.stem)
def test_a_layout_is_read_as_its_golden_file_says(file: Path, golden: Golden) -> None:
    golden(file.stem, _outline(read_minutes(file, file.name)))


@pytest.mark.parametrize("name", _REAL_NAMES)
def test_real_minutes_are_read_as_their_golden_file_says(
    name: str, golden: Golden, digest: Digest
) -> None:
    """Structure, counts and digests are compared: the minutes themselves stay out of the repo."""
    golden(f"real_{name}", _fingerprint(_real(name), digest))


@pytest.mark.parametrize("name", _REAL_NAMES)
def test_the_items_of_real_minutes_hold_every_letter_after_the_contents(name: str) -> None:
    text = (_REAL / f"{_real(name).source}").read_text(encoding="utf-8")
    minutes = _real(name)
    assert minutes.preamble + "".join(item.text for item in minutes.items) == text
    assert "Indholdsfortegnelse" in minutes.preamble


def _real(name: str) -> Minutes:
    file = _REAL / f"{name}.txt"
    if not file.exists():
        pytest.skip(f"the real minutes are not here: {file} is missing")
    return read_minutes(file, file.name)


def _outline(minutes: Minutes) -> dict[str, object]:
    """Lay out all that is read, texts by their two ends."""
    return {
        "municipality": minutes.municipality,
        "committee": minutes.committee,
        "date": str(minutes.date),
        "place": minutes.place,
        "participants": minutes.participants,
        "absent": minutes.absent,
        "unknown headings": minutes.unknown_headings,
        "preamble": _ends(minutes.preamble),
        "items": [_item_outline(item) for item in minutes.items],
    }


def _item_outline(item: AgendaItem) -> dict[str, object]:
    return {
        "number": item.number,
        "title": item.title,
        "case number": item.case_number,
        "closed": item.closed,
        "first page": item.first_page,
        "sections": [_section_outline(item, section) for section in item.sections],
        "decisions": [_decision_outline(item, decision) for decision in item.decisions],
        "absent": item.absent,
        "attachments": item.attachments,
    }


def _section_outline(item: AgendaItem, section: Section) -> str:
    page = item.page_at(section.start)
    where = f" (s. {page})" if page else ""
    ends = _ends(item.text[section.start : section.end])
    return f"{section.role}{where} | {section.heading} | {ends}"


def _decision_outline(item: AgendaItem, decision: Decision) -> dict[str, object]:
    told: dict[str, object] = {
        "who": f"{decision.body}, {decision.date}",
        "outcome": decision.outcome,
        "text": item.text[decision.start : decision.end],
        "absent": decision.absent,
        "votes": [_vote_outline(vote) for vote in decision.votes],
        "statements": [
            f"{s.kind} | {', '.join(s.by)} | {_ends(item.text[s.start : s.end])}"
            for s in decision.statements
        ],
        "disqualified": decision.disqualified,
    }
    return {name: value for name, value in told.items() if value}


def _vote_outline(vote: Vote) -> str:
    parts = (vote.person, vote.party and f"({vote.party})", vote.count)
    return f"{vote.side}: {' '.join(str(part) for part in parts if part is not None)}"


def _ends(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= 60 else f"{shown[:35]} … {shown[-20:]}"


def _fingerprint(minutes: Minutes, digest: Digest) -> dict[str, object]:
    """Lay out structure, counts and digests."""

    def told(values: Iterable[str]) -> str:
        listed = list(values)
        return f"{len(listed)} {digest(chr(10).join(listed))}"

    return {
        "meeting": told(
            str(value)
            for value in (minutes.municipality, minutes.committee, minutes.date, minutes.place)
        ),
        "participants": told(minutes.participants),
        "absent": told(minutes.absent),
        "unknown headings": told(minutes.unknown_headings),
        "preamble": told([minutes.preamble]),
        "items": [
            {
                "number": item.number,
                "title": told([item.title]),
                "case number": item.case_number,
                "closed": item.closed,
                "characters": len(item.text),
                "text": told([item.text]),
                "sections": [
                    f"{s.role} {s.end - s.start} {digest(s.heading + item.text[s.start : s.end])}"
                    for s in item.sections
                ],
                "decisions": [
                    f"{d.outcome} {digest(f'{d.body} {d.date} {item.text[d.start : d.end]}')}"
                    f" votes {len(d.votes)} statements {len(d.statements)}"
                    for d in item.decisions
                ],
                "absent": told(item.absent),
                "attachments": told(item.attachments),
            }
            for item in minutes.items
        ],
    }
