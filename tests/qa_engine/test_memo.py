"""An answer as it is pasted into a memo: every source with it, and marked as made by a machine."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import docx
import pytest

from indexer.model import Filters, Role
from qa_engine.memo import memo_docx, memo_markdown, memo_text
from qa_engine.model import Answer, Asked, Citation, Query, Searched, Sentence, Wording

DAY = dt.date(2024, 5, 7)
CITED = Citation(
    1, "a.md", "4", "Vej til <havnen>", "Ry Kommune", "Byrådet", DAY, "20/1", "Beslutning",
    Role.DECISION, 8, "Godkendt *straks*.\nMed 9 stemmer.", 40, 72, "https://ry.dk/4",
)  # fmt: skip
ANSWER = Answer(
    question="Hvad blev besluttet?",
    answered=True,
    sentences=(Sentence("Godkendt *straks*.", (1,)), Sentence("• med 9 stemmer\x0c", (1,))),
    citations=(CITED,),
    hits=(),
    confidence=0.9,
    searched=Searched(3, ("Ry Kommune",), DAY, DAY),
    query=Query("q", (), Asked.ANYTHING, Filters()),
    seconds=0.4,
)


def word_text() -> str:
    return "\n".join(p.text for p in docx.Document(io.BytesIO(memo_docx(ANSWER, DAY))).paragraphs)


@pytest.mark.parametrize("text", [memo_text(ANSWER, DAY), word_text()], ids=["plain text", "Word"])
def test_a_memo_holds_question_answer_and_every_source(text: str) -> None:
    assert "Hvad blev besluttet?" in text
    assert "Godkendt *straks*." in text
    assert "[1] Ry Kommune · Byrådet · 7. maj 2024 · punkt 4: Vej til <havnen> · sag 20/1" in text
    assert "»Godkendt straks. Med 9 stemmer.«" in text
    assert "https://ry.dk/4" in text
    assert "Der er søgt i 3 referater" in text
    assert "Fundet af Punktvis, et AI-system, 7. maj 2024." in text


def test_markdown_of_minutes_stays_text_in_markdown() -> None:
    text = memo_markdown(ANSWER, DAY)
    assert text.startswith("# Hvad blev besluttet?\n")
    assert r"Godkendt \*straks\*." in text
    assert r"Vej til \<havnen\>" in text
    assert "   > »Godkendt" in text


def test_a_memo_in_a_models_words_says_so() -> None:
    answer = replace(ANSWER, wording=Wording("ollama:m", used=True))
    marked = "Teksten er skrevet af en sprogmodel (ollama:m) ud fra kilderne."
    assert marked in memo_text(answer, DAY)
    assert marked in memo_markdown(answer, DAY)
    paragraphs = docx.Document(io.BytesIO(memo_docx(answer, DAY))).paragraphs
    assert marked in [paragraph.text for paragraph in paragraphs]
