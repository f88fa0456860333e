"""Minutes read from PDFs are the minutes read from their sources."""

import html
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from blocks import Element, Heading, Lines, Rows, read_blocks
from layouts import LAYOUTS, Layout, layout_of
from print import MINUTES, SOURCES, typeset
from pypdf import PdfReader

from indexer.markup import plain
from indexer.model import AgendaItem, Decision, Minutes
from indexer.parsing import read_minutes

REAL = Path(__file__).resolve().parents[4] / "shared" / "minutes"
REAL_NAMES = sorted(path.name for path in REAL.glob("*.txt"))
CORPUS = sorted(SOURCES.glob("*.md"))
CHROMIUM = shutil.which("chromium")
FURNITURE = re.compile(r"Side \d+ af \d+|elektronisk godkendt|Udskrevet fra dagsorden")

needs_real = pytest.mark.skipif(not REAL_NAMES, reason="the real minutes are not in ../shared")


def squeeze(text: str) -> str:
    """Letters and digits only: how ../shared/eval compares a quote with its source."""
    return re.sub(r"[\W_]+", "", plain(text)).lower()


def title(text: str) -> str:
    return " ".join(text.split())


def decisions(item: AgendaItem) -> list[dict[str, object]]:
    placed = {"start", "end", "statements"}
    return [
        {
            **{f.name: getattr(d, f.name) for f in fields(Decision) if f.name not in placed},
            "text": squeeze(item.text[d.start : d.end]),
            "statements": [
                (s.kind, s.by, squeeze(item.text[s.start : s.end])) for s in d.statements
            ],
        }
        for d in item.decisions
    ]


def assert_same(minutes: Minutes, source: Minutes) -> None:
    for name in ("municipality", "committee", "date", "place", "participants", "absent"):
        assert getattr(minutes, name) == getattr(source, name), name
    assert [item.number for item in minutes.items] == [item.number for item in source.items]
    for item, other in zip(minutes.items, source.items, strict=True):
        where = f"item {item.number}"
        assert title(item.title) == title(other.title), where
        assert item.case_number == other.case_number, where
        assert item.closed == other.closed, where
        assert [(s.role, s.heading) for s in item.sections] == [
            (s.role, s.heading) for s in other.sections
        ], where
        assert squeeze(item.text) == squeeze(other.text), where
        assert decisions(item) == decisions(other), where
        assert item.absent == other.absent, where
        assert item.attachments == other.attachments, where
        assert not FURNITURE.search(item.text), where


def assert_pages(minutes: Minutes, file: Path) -> None:
    """Whatever page is told for a decision, its first words stand on it."""
    pages = [squeeze(page.extract_text()) for page in PdfReader(file).pages]
    for item in minutes.items:
        for decision in item.decisions:
            page = item.page_at(decision.start)
            assert page is not None
            words = item.text[decision.start : decision.end].splitlines()[0].split()[:3]
            assert squeeze(" ".join(words)) in pages[page - 1]


def print_and_read(source: Path, layout: Layout, folder: Path) -> Minutes:
    printed = typeset(source.read_text(encoding="utf-8"), layout)
    file = folder / f"{source.stem}.pdf"
    file.write_bytes(printed.data)
    minutes = read_minutes(file, source.name)
    assert [item.first_page for item in minutes.items] == list(printed.item_pages)
    assert_pages(minutes, file)
    assert minutes.notices == ()
    return minutes


@needs_real
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("name", REAL_NAMES)
def test_real_minutes_are_read_alike_from_every_layout(
    name: str, layout: Layout, tmp_path: Path
) -> None:
    minutes = print_and_read(REAL / name, layout, tmp_path)

    assert_same(minutes, read_minutes(REAL / name, name))


@pytest.mark.parametrize("source", CORPUS, ids=lambda path: path.stem)
def test_the_corpus_is_read_alike_from_its_prints(source: Path, tmp_path: Path) -> None:
    minutes = print_and_read(source, layout_of(source.stem), tmp_path)

    assert_same(minutes, read_minutes(source, source.name))
    assert (tmp_path / f"{source.stem}.pdf").read_bytes() == (
        MINUTES / f"{source.stem}.pdf"
    ).read_bytes(), "run make corpus"


def test_every_print_of_the_corpus_has_a_source() -> None:
    assert sorted(path.stem for path in MINUTES.glob("*.pdf")) == sorted(
        path.stem for path in CORPUS
    )


def to_html(source: str) -> str:
    """Write minutes as a web page, whose print comes from a program unlike reportlab."""
    written = [
        "<!doctype html><html lang=da><meta charset=utf-8><title>Referat</title><style>"
        "@page{margin:22mm} body{font:11pt/1.35 sans-serif;text-align:justify}"
        "table{border-collapse:collapse} td{border:1px solid #888;padding:3px 5px}</style>"
    ]
    for block in read_blocks(source):
        if isinstance(block, Heading):
            level = {"title": 1, "item": 2, "label": 3}[block.kind]
            written.append(f"<h{level}>{html.escape(block.text)}</h{level}>")
        elif isinstance(block, Lines):
            lines = [html.escape(line.replace("**", "")) for line in block.lines]
            written.append(f"<p>{'<br>'.join(lines)}</p>")
        elif isinstance(block, Element):
            number = block.marker.rstrip(".")
            kind = f"ol start={number}" if number.isdigit() else "ul"
            written.append(f"<{kind}><li>{html.escape(block.text)}</{kind[:2]}>")
        elif isinstance(block, Rows):
            rows = ("".join(f"<td>{html.escape(cell)}" for cell in row) for row in block.rows)
            written.append(f"<table><tr>{'<tr>'.join(rows)}</table>")
        else:
            written.append(f"<h3>{block.title}</h3>")
            written.extend(f"<div>{html.escape(e)}{'.' * 20}3</div>" for e in block.entries)
    return "\n".join(written)


@pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium to print with")
@pytest.mark.parametrize("source", CORPUS[:5:2], ids=lambda path: path.stem)
def test_prints_of_a_browser_are_read_alike(
    source: Path, tmp_path: Path, browser_print: Callable[[Path, Path], None]
) -> None:
    page, file = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(to_html(source.read_text(encoding="utf-8")), encoding="utf-8")
    browser_print(page, file)

    minutes = read_minutes(file, source.name)

    assert_same(minutes, read_minutes(source, source.name))
    assert_pages(minutes, file)


@pytest.fixture
def browser_print() -> Callable[[Path, Path], None]:
    def print_page(page: Path, file: Path) -> None:
        assert CHROMIUM is not None
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={file}"]
        subprocess.run(
            [CHROMIUM, *options, page.as_uri()], check=True, capture_output=True, timeout=120
        )

    return print_page
