import sys
from pathlib import Path

import pytest

from indexer.errors import DocumentError
from indexer.files import find_files
from indexer.pages import Document, read_document

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "minutes"


def test_text_is_read_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeffReferat\r\nPunkt 1\rGodkendt".encode())

    assert read_document(tmp_path / "a.txt", "a.txt") == Document(
        "Referat\nPunkt 1\nGodkendt", paged=False
    )


def test_form_feeds_make_pages(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Side 1\fSide 2")
    (tmp_path / "b.txt").write_text("Side 1\f\n")

    assert read_document(tmp_path / "a.txt", "a.txt").paged
    assert not read_document(tmp_path / "b.txt", "b.txt").paged


def test_a_pdf_always_has_pages() -> None:
    file = next(CORPUS.glob("*.pdf"))
    document = read_document(file, file.name)

    assert document.paged
    assert document.notices == ()


def test_numbers_of_persons_are_masked_in_every_kind_of_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Borger 010190-1234.")
    document = read_document(tmp_path / "a.md", "a.md")

    assert document.text == "Borger XXXXXX-XXXX."
    assert [(hit.start, hit.end) for hit in document.personal] == [(7, 18)]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \n\f\n", "the file is empty"),
        ("a.txt", b"\xff\xfe\x00a", "not UTF-8; save it as UTF-8"),
        ("a.txt", b"a\0b", "binary data"),
        ("a.txt", b"%PDF-1.7\n%\xe2\xe3", "it is a PDF, not text; give it the suffix .pdf"),
        ("a.pdf", b"Referat", "it is named as a PDF but is none"),
        ("a.pdf", b"PK\x03\x04" + b"\0" * 99, "it is named as a PDF but is none"),
        ("a.docx", b"PK", r"a '.docx' file is not read; give one of .*\.pdf"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)

    with pytest.raises(DocumentError, match=reason):
        read_document(tmp_path / name, name)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_no_pdf_is_read_through_a_link_out_of_the_folder(tmp_path: Path) -> None:
    folder, secret = tmp_path / "minutes", tmp_path / "secret"
    folder.mkdir()
    secret.mkdir()
    file = next(CORPUS.glob("*.pdf"))
    (secret / "a.pdf").write_bytes(file.read_bytes())
    (folder / "in.pdf").write_bytes(file.read_bytes())
    (folder / "out.pdf").symlink_to(secret / "a.pdf")
    (folder / "deeper").symlink_to(secret)

    found = find_files([folder])

    assert [each.source for each in found.files] == ["in.pdf"]
    assert [(s.source, s.reason) for s in found.skipped] == [
        ("out.pdf", "it is a link out of the folder; index the file it points to")
    ]
