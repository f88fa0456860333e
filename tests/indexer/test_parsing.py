from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.case_lines import read_case_line
from indexer.errors import DocumentError
from indexer.lines import split_lines
from indexer.model import Minutes
from indexer.pages import Document
from indexer.parsing import parse, read_minutes
from indexer.titles import letters

Parsed = Callable[[str], Minutes]

TEXT = """Nordby Kommune

REFERAT Teknikudvalget d. 14-03-2023

Mødested: Rådhuset
Deltagere: Anne Holm, Bo Lind
Afbud: Kim Ravn

Indhold
7. Sti ved skolen ..... 2
8. Lukket: Salg af grund ..... 3
\f7. Sti ved skolen

20/9270

Beslutning
Godkendt.
\fBo Lind stemte imod.
\f8. Lukket: Salg af grund
"""

LINES = st.lists(
    st.sampled_from(
        [
            "Punkt 1: Godkendelse af dagsorden",
            "Punkt 2 Ny skole",
            "# **Punkt 3: Budget**",
            "3. Vej",
            "4.Sti (B)",
            "Sag nr. 5",
            "6 Meddelelser",
            "1.a Valg",
            "Lukket: Køb af grund",
            "Lukkede punkter",
            "Sagsnr.: 20/1234",
            "00.01.00-G01-52-22",
            "Indhold",
            "Godkendelse af dagsorden ..... 3",
            "**Mødedato** Onsdag d. 03. marts 2021",
            "REFERAT Byrådet d. 03-03-2021",
            "Mødedeltagere Anne Holm (A), Bo Lind (Fravær)",
            "Nordby Kommune",
            "Indstilling",
            "Forvaltningen indstiller, at:",
            "Beslutning Byrådet den 03-03-2021",
            "Beslutning for Punkt 2: Ny",
            "skole",
            "TMU, 10. sept., pkt. 65: Anbefales.",
            "For stemte 11: V, C og O. Imod stemte A.",
            "Kim Holm (A) tager forbehold: »Nej",
            "Afbud: Kim Holm.",
            "Fraværende:",
            "Bilag",
            "- at planen godkendes",
            "År\t2023",
            "|---|",
            "",
            "\f",
            "§ $ \\ ( [ * ** ***",
        ]
    )
    | st.text(max_size=20),
    max_size=30,
)


def test_minutes_tell_meeting_people_and_items(parsed: Parsed) -> None:
    minutes = parsed(TEXT)
    assert minutes.source == "referat.txt"
    assert minutes.municipality == "Nordby Kommune"
    assert minutes.committee == "Teknikudvalget"
    assert minutes.date == dt.date(2023, 3, 14)
    assert minutes.place == "Rådhuset"
    assert minutes.participants == ("Anne Holm", "Bo Lind")
    assert minutes.absent == ("Kim Ravn",)
    assert [(i.number, i.title, i.closed) for i in minutes.items] == [
        ("7", "Sti ved skolen", False),
        ("8", "Lukket: Salg af grund", True),
    ]


def test_the_user_knows_the_municipality_best() -> None:
    assert parse(Document(TEXT, paged=False), "x", "Varde").municipality == "Varde Kommune"


def test_pages_are_counted_from_one(parsed: Parsed) -> None:
    first, last = parsed(TEXT).items
    assert (first.first_page, last.first_page) == (2, 4)
    assert first.page_at(first.text.index("Bo Lind")) == 3


def test_a_format_without_pages_tells_none() -> None:
    (item, _) = parse(Document(TEXT.replace("\f", ""), paged=False), "x").items
    assert item.first_page is None


@given(LINES)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_preamble_and_items_are_the_document(lines: list[str]) -> None:
    """Whatever is written, either minutes are read and nothing is lost, or it is said that not."""
    text = "\n".join(lines)
    try:
        minutes = parse(Document(text, paged=True), "referat.txt")
    except DocumentError:
        return
    assert minutes.preamble + "".join(item.text for item in minutes.items) == text
    for item in minutes.items:
        assert all(0 <= s.start <= s.end <= len(item.text) for s in item.sections)
        assert all(0 <= d.start <= d.end <= len(item.text) for d in item.decisions)
        told = [(d, s) for d in item.decisions for s in d.statements]
        assert all(d.start <= s.start < s.end <= d.end for d, s in told)


@given(LINES)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_only_headings_labels_and_case_numbers_are_outside_the_sections(lines: list[str]) -> None:
    text = "Punkt 1: Valg\n\n" + "\n".join(line for line in lines if "unkt" not in line)
    for item in parse(Document(text, paged=True), "referat.txt").items:
        title = letters(item.title)
        first, *others = split_lines(item.text)
        outside = [
            line
            for line in others[bool(read_case_line(first.text)) :]  # it may stand above
            if line.text and item.section_at(line.end - 1) is None
        ]
        assert all(
            line.label or line.level or read_case_line(line.text) or letters(line.text) in title
            for line in outside
        )


def test_lines_that_come_again_are_no_contents_where_no_items_are_below(parsed: Parsed) -> None:
    text = "Punkt 1: Valg\n\nSag nr. 5\nSag nr. 5\nSag nr. 5"
    assert parsed(text).items


@pytest.mark.parametrize("text", ["Kære alle\n\nMødet er flyttet.\n", "x", "1,2\n3,4\n"])
def test_a_text_that_is_no_minutes_is_said_to_be_none(text: str) -> None:
    with pytest.raises(DocumentError, match=r"brev\.txt: no agenda items .* docs/minutes\.md"):
        parse(Document(text, paged=False), "brev.txt")


def test_a_file_is_read_as_minutes(tmp_path: Path) -> None:
    file = tmp_path / "referat.md"
    file.write_text(TEXT, encoding="utf-8")
    assert read_minutes(file, "a/referat.md", "Varde").source == "a/referat.md"


def test_the_municipality_may_be_named_beside_the_file(tmp_path: Path) -> None:
    file = tmp_path / "referat.md"
    file.write_text(TEXT, encoding="utf-8")
    (tmp_path / "municipality.txt").write_text("Varde", encoding="utf-8")
    assert read_minutes(file, "referat.md").municipality == "Varde Kommune"
    assert read_minutes(file, "referat.md", "Esbjerg").municipality == "Esbjerg Kommune"


def test_a_large_document_costs_no_more_than_its_length() -> None:
    item = "Punkt {n}: Titel\n\nBeslutning\n\nGodkendt. Kim Holm (V) stemte imod.\n\n1. Et\n2. To\n"
    text = "".join(item.format(n=n) for n in range(1, 501))
    assert len(parse(Document(text, paged=False), "x").items) == 500
