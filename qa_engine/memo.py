"""An answer with its proofs in a form for a memo: plain text, Markdown, and Word."""

from __future__ import annotations

import datetime as dt
import io

import docx
from docx.shared import Pt

from indexer.danish import format_date
from qa_engine.model import Answer, Citation
from qa_engine.presenting import quotation, searched_line, source_label, wording_line

# Generated text is marked as generated (AI Act, art. 50).
MADE_BY = (
    "Fundet af Punktvis, et AI-system, {date}. Citaterne står ordret i referaterne; "
    "kontrollér dem, før teksten bruges."
)


def memo_text(answer: Answer, today: dt.date) -> str:
    """Write an answer as plain text, its sources below it."""
    lines = [answer.question, "", answer.text, ""]
    for citation in answer.citations:
        lines += [f"[{citation.marker}] {source_label(citation)}", quotation(citation.quote)]
        lines += [citation.url] if citation.url else []
        lines.append("")
    return "\n".join([*lines, *_foot(answer, today)])


def memo_markdown(answer: Answer, today: dt.date) -> str:
    """Write an answer as Markdown; what it quotes is escaped, so that it stays what it is."""
    lines = [f"# {_escaped(answer.question)}", "", _escaped(answer.text).replace("\n", "  \n"), ""]
    lines += ["## Kilder", ""] if answer.citations else []
    for citation in answer.citations:
        lines += [f"{citation.marker}. {_escaped(source_label(citation))}", ""]
        lines += [f"   > {_escaped(quotation(citation.quote))}", ""]
        lines += [f"   <{citation.url}>", ""] if citation.url else []
    return "\n".join([*lines, *(f"*{_escaped(line)}*  " for line in _foot(answer, today)), ""])


def memo_docx(answer: Answer, today: dt.date) -> bytes:
    """Write an answer as a Word document."""
    document = docx.Document()
    document.core_properties.title = _writable(answer.question)
    document.core_properties.author = "Punktvis"
    document.core_properties.language = "da-DK"
    document.add_heading(_writable(answer.question), level=1)
    for line in answer.text.split("\n"):
        style = "List Bullet" if line.startswith("• ") else None
        document.add_paragraph(_writable(line.removeprefix("• ")), style=style)
    if answer.citations:
        document.add_heading("Kilder", level=2)
    for citation in answer.citations:
        _add_source(document, citation)
    for line in _foot(answer, today):
        run = document.add_paragraph().add_run(_writable(line))
        run.italic, run.font.size = True, Pt(9)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add_source(document: docx.document.Document, citation: Citation) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"[{citation.marker}] ").bold = True
    paragraph.add_run(_writable(source_label(citation)))
    document.add_paragraph(_writable(quotation(citation.quote)), style="Quote")
    if citation.url:
        document.add_paragraph(_writable(citation.url))


def _foot(answer: Answer, today: dt.date) -> list[str]:
    searched = searched_line(answer.searched)
    told = [] if searched in answer.text else [searched]
    if answer.wording:
        told.append(wording_line(answer.wording))
    return [*told, MADE_BY.format(date=format_date(today))]


def _escaped(text: str) -> str:
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]<>#|~" else letter for letter in text)


def _writable(text: str) -> str:
    """Leave out what XML cannot hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")
