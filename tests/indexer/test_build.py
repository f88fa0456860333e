"""The rules of a build, with a reader and an embedder that one can see through.

Run as a script it is a build that is killed: see ``killed_build``.
"""

import datetime as dt
import os
import signal
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, StreamObject

from indexer import build as module
from indexer.build import Report, build
from indexer.embedding import Embedding, Text
from indexer.errors import BuildLocked, DocumentError, ModelError
from indexer.files import WHOLE, Shard, Skipped
from indexer.model import AgendaItem, Filters, Minutes, Personal, Role, Section
from indexer.store import Findings, Vectors
from indexer.store.local import LocalStore

EVERYTHING = Filters()
CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "minutes"
A_PRINT = "noerrevang-aeldre-og-sundhed-2022-05-10"


def words_vector(text: str) -> Vectors:
    """Count the words of a text in 64 places: texts with words in common are near each other."""
    vector = np.full(64, 1e-3, np.float32)
    for word in text.lower().split():
        vector[zlib.crc32(word.encode()) % 64] += 1
    return vector / np.linalg.norm(vector)


@dataclass
class WordsEmbedder:
    """Embeds a text by its words, and remembers which texts it was given."""

    name: str = "words"
    dimension: int = 64
    embedded: list[str] = field(default_factory=list)

    def embed_queries(self, questions: Sequence[str]) -> Vectors:
        """Embed questions like passages."""
        return np.stack([words_vector(question) for question in questions])

    def embed_passages(
        self, passages: Sequence[Text], advance: Callable[[int], None] | None = None
    ) -> list[Embedding]:
        """Embed passages, and each span as if it stood alone."""
        self.embedded += [passage.text for passage in passages]
        return [
            Embedding(
                words_vector(passage.text),
                np.array([words_vector(passage.text[a:b]) for a, b in passage.spans]),
            )
            for passage in passages
        ]


@dataclass
class Steps:
    """Remembers what a progress bar would show."""

    total: int = -1
    done: list[str] = field(default_factory=list)

    def start(self, total_files: int) -> None:
        """Note how many files there are."""
        self.total = total_files

    def advance(self, source: str) -> None:
        """Note that a file is done."""
        self.done.append(source)


def read_lines(path: Path, source: str, municipality: str | None) -> Minutes:
    """Read a line ``committee date`` and then one agenda item from each line."""
    head, *lines = path.read_text(encoding="utf-8").splitlines() or [""]
    if not lines:
        raise DocumentError(source, "it holds no agenda items; check that it is minutes")
    committee, date = head.split()
    return Minutes(
        source,
        municipality,
        committee,
        dt.date.fromisoformat(date),
        None,
        (),
        (),
        tuple(an_item(str(number), text) for number, text in enumerate(lines, 1)),
    )


def an_item(number: str, text: str) -> AgendaItem:
    sections = (Section(Role.BACKGROUND, "Sagsfremstilling", 0, len(text)),)
    return AgendaItem(number, "Sag", None, False, text, None, sections, (), (), ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Hold two documents with three items."""
    folder = tmp_path / "minutes"
    (folder / "2024").mkdir(parents=True)
    write(folder / "2024/a.txt", "Der anlægges en cykelsti.", "Havnen uddybes.")
    write(folder / "b.txt", "Skolen får nyt tag.")
    return folder


def write(path: Path, *items: str, committee: str = "Byrådet", date: str = "2024-03-05") -> None:
    path.write_text("\n".join([f"{committee} {date}", *items]), encoding="utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(data: Path) -> Iterator[LocalStore]:
    with LocalStore.create(data, "words") as store:
        yield store


def run(
    store: LocalStore, *paths: Path, municipality: str | None = None, shard: Shard = WHOLE
) -> tuple[Report, list[str]]:
    """Build, and give the report and the texts that were embedded."""
    embedder = WordsEmbedder()
    report = build(paths, store, embedder, read=read_lines, municipality=municipality, shard=shard)
    return report, embedder.embedded


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.indexed, report.unchanged, report.replaced, report.removed


def found(store: LocalStore, question: str) -> str:
    """Give the text of the passage nearest to a question."""
    (match,) = store.nearest(words_vector(question), 1, EVERYTHING)
    (passage,) = store.passages([match.id])
    minutes = store.minutes(passage.source)
    assert minutes is not None
    return minutes.items[passage.embedded.chunk.position].text


def test_everything_in_a_folder_can_be_found_afterwards(store: LocalStore, folder: Path) -> None:
    report, embedded = run(store, folder)

    assert counts(report) == (2, 0, 0, 0)
    assert (report.items, report.chunks, report.skipped) == (3, 3, ())
    assert report.seconds > 0
    assert len(embedded) == 3
    assert all("Byrådet" in text for text in embedded), "embedded with context"
    assert found(store, "anlægges cykelsti") == "Der anlægges en cykelsti."
    assert found(store, "skolen tag") == "Skolen får nyt tag."
    assert store.model == "words"


def test_units_have_the_vectors_of_their_own_text(store: LocalStore, folder: Path) -> None:
    write(folder / "b.txt", "Skolen får nyt tag. Havnen uddybes ikke.")
    run(store, folder)

    (passage,) = store.item_passages("b.txt", 0)

    expected = [words_vector("Skolen får nyt tag."), words_vector("Havnen uddybes ikke.")]
    np.testing.assert_allclose(passage.embedded.unit_vectors, expected, atol=1e-3)


def test_the_report_tells_what_was_not_read_and_where_numbers_of_persons_stood(
    store: LocalStore, folder: Path
) -> None:
    """Read by the reader that a build has when it is given none, and told until it is mended."""
    minutes = "Byrådet\n\n# Punkt 1: Klage\n\n## Beslutning\n\nAnsøger 010190-1234 får medhold.\n"
    (folder / "c.md").write_text(minutes, encoding="utf-8")
    (folder / "d.pdf").write_bytes((CORPUS / f"{A_PRINT}.pdf").read_bytes())
    with_scan(folder / "d.pdf", folder / "e.pdf")
    for name in ("2024/a.txt", "b.txt"):
        (folder / name).unlink()

    embedder = WordsEmbedder()
    report = build([folder], store, embedder)

    assert (report.indexed, report.skipped) == (3, ())
    assert not any("010190" in text for text in embedder.embedded)
    assert report.findings == (
        Findings("c.md", (), (Personal(None, "1", certain=True),), ()),
        Findings("e.pdf", ("side 2 har intet tekstlag",), (), ()),
    )
    stored = store.minutes("c.md")
    assert stored is not None
    assert "XXXXXX-XXXX" in stored.items[0].text

    again = build([folder], store, WordsEmbedder())

    assert (again.unchanged, again.findings) == (3, report.findings)

    (folder / "c.md").write_text(minutes.replace("010190-1234 ", ""), encoding="utf-8")
    (folder / "e.pdf").unlink()
    mended = build([folder], store, WordsEmbedder())

    assert (mended.replaced, mended.removed, mended.findings) == (1, 1, ())


def with_scan(file: Path, to: Path) -> None:
    """Put a page that is a picture between the first two pages of a PDF."""
    writer = PdfWriter(clone_from=file)
    picture = StreamObject()
    picture.set_data(b"q 1 0 0 1 0 0 cm 0 0 500 800 re f Q")
    writer.insert_blank_page(index=1)
    writer.pages[1][NameObject("/Contents")] = writer._add_object(picture)
    writer.write(to)


def test_the_report_has_the_keys_that_scripts_read(store: LocalStore, folder: Path) -> None:
    (folder / "c.txt").touch()
    report, _ = run(store, folder)

    assert asdict(report) == {
        "indexed": 2,
        "unchanged": 0,
        "replaced": 0,
        "removed": 0,
        "skipped": (
            {"source": "c.txt", "reason": "it holds no agenda items; check that it is minutes"},
        ),
        "items": 3,
        "chunks": 3,
        "seconds": report.seconds,
        "findings": (),
    }


def test_a_second_run_embeds_nothing(store: LocalStore, folder: Path) -> None:
    run(store, folder)
    report, embedded = run(store, folder)

    assert counts(report) == (0, 2, 0, 0)
    assert (report.items, report.chunks) == (3, 3)
    assert embedded == []


def test_a_changed_file_replaces_what_it_was(store: LocalStore, folder: Path) -> None:
    run(store, folder)
    write(folder / "b.txt", "Skolen rives ned.")
    report, embedded = run(store, folder)

    assert counts(report) == (0, 1, 1, 0)
    assert len(embedded) == 1
    assert found(store, "skolen får nyt tag") == "Skolen rives ned."


@pytest.mark.parametrize("again", [{"municipality": "Varde Kommune"}, {}], ids=["name", "reader"])
def test_what_is_read_in_another_way_is_read_again(
    store: LocalStore, folder: Path, monkeypatch: pytest.MonkeyPatch, again: dict[str, str]
) -> None:
    run(store, folder)
    if not again:
        monkeypatch.setattr(module, "READING", module.READING + 1)

    report, embedded = run(store, folder, **again)

    assert counts(report) == (0, 0, 2, 0)
    assert len(embedded) == 3
    assert {m.municipality for m in store.meetings(EVERYTHING)} == {again.get("municipality")}


def test_a_file_that_is_gone_is_removed(store: LocalStore, folder: Path) -> None:
    run(store, folder)
    (folder / "b.txt").unlink()
    report, _ = run(store, folder)

    assert counts(report) == (0, 1, 0, 1)
    assert (report.items, report.chunks) == (2, 2)
    assert store.minutes("b.txt") is None


def test_a_file_that_is_renamed_is_never_missing(store: LocalStore, folder: Path) -> None:
    run(store, folder)
    (folder / "b.txt").rename(folder / "c.txt")
    report, _ = run(store, folder)

    assert counts(report) == (1, 1, 0, 1)
    assert store.digests().keys() == {"2024/a.txt", "c.txt"}


def test_only_documents_of_the_same_folder_are_removed(
    store: LocalStore, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    write(other / "c.txt", "Broen males.")
    write(tmp_path / "single.txt", "Parken lukkes.")
    run(store, other, tmp_path / "single.txt")
    run(store, folder)
    (other / "c.txt").unlink()
    (tmp_path / "single.txt").unlink()
    (folder / "b.txt").unlink()

    report, _ = run(store, folder / "2024/a.txt")
    assert report.removed == 0, "a single file says nothing of its neighbours"

    report, _ = run(store, folder)
    assert report.removed == 1
    assert {"c.txt", "single.txt"} <= store.digests().keys()


def test_the_parts_of_a_folder_make_the_whole_one_after_another(
    store: LocalStore, folder: Path, tmp_path: Path
) -> None:
    names = [f"{number}.txt" for number in range(8)]
    for name in names:
        write(folder / name, f"Sag {name}")
    parts = [Shard(number, 3) for number in (1, 2, 3)]
    reports = [run(store, folder, shard=part)[0] for part in parts]
    with LocalStore.create(tmp_path / "whole", "words") as whole:
        run(whole, folder)
        assert store.digests() == whole.digests()
        assert store.size() == whole.size()
    assert sum(report.indexed for report in reports) == len(store.digests())
    again = [run(store, folder, shard=part)[0] for part in parts]
    assert [report.indexed for report in again] == [0, 0, 0]


@pytest.mark.parametrize("of", [2, 3, 8])
def test_parts_are_about_even_for_names_that_differ_little(of: int) -> None:
    parts = [Shard(number, of) for number in range(1, of + 1)]
    held = [sum(part.holds(f"referat-{n}.txt") for n in range(1000)) for part in parts]
    assert sum(held) == 1000
    assert min(held) > 0.7 * max(held)


def test_a_part_removes_only_what_is_gone_of_its_own(store: LocalStore, folder: Path) -> None:
    names = [f"{number}.txt" for number in range(8)]
    for name in names:
        write(folder / name, f"Sag {name}")
    run(store, folder)
    before = set(store.digests())
    for name in names:
        (folder / name).unlink()
    report = run(store, folder, shard=Shard(1, 2))[0]
    gone = before - set(store.digests())
    assert gone == {source for source in before if source in names and Shard(1, 2).holds(source)}
    assert 0 < len(gone) < len(names)
    assert report.removed == len(gone)


def test_an_empty_folder_removes_nothing(store: LocalStore, folder: Path) -> None:
    """A network drive that is not mounted looks just like this."""
    run(store, folder)
    for file in folder.rglob("*.txt"):
        file.unlink()

    with pytest.raises(DocumentError, match="holds nothing to read"):
        run(store, folder)
    assert store.size() == 3


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (lambda file: file.write_text(""), "it holds no agenda items; check that it is minutes"),
        (
            lambda file: file.write_bytes(b"\xff\xfe"),
            "reading it failed (UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in "
            "position 0: invalid start byte); please report this",
        ),
        (
            lambda file: (file.unlink(), file.symlink_to("nowhere")),
            "it is not a file, or a link that leads nowhere; put the file in its place",
        ),
    ],
    ids=["reader", "fault", "file"],
)
def test_a_file_that_cannot_be_read_keeps_what_was_indexed(
    store: LocalStore, folder: Path, harm: Callable[[Path], object], reason: str
) -> None:
    run(store, folder)
    harm(folder / "2024/a.txt")
    write(folder / "c.txt", "Broen males.")
    report, _ = run(store, folder)

    assert counts(report) == (1, 1, 0, 0)
    assert report.skipped == (Skipped("2024/a.txt", reason),)
    assert found(store, "anlægges cykelsti") == "Der anlægges en cykelsti."


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads it all")
def test_a_file_without_rights_is_skipped(store: LocalStore, folder: Path) -> None:
    (folder / "b.txt").chmod(0)
    report, _ = run(store, folder)

    assert (
        report.skipped[0].reason == "the file cannot be read (Permission denied); check its rights"
    )


@pytest.mark.parametrize(("text", "place"), [("\ud800", None), ("x", "\ud800")])
def test_half_a_character_skips_the_file(
    store: LocalStore, folder: Path, text: str, place: str | None
) -> None:
    def read(path: Path, source: str, municipality: str | None) -> Minutes:
        return Minutes(source, None, None, None, place, (), (), (an_item("1", text),))

    report = build([folder], store, WordsEmbedder(), read=read)

    assert [skipped.source for skipped in report.skipped] == ["2024/a.txt", "b.txt"]
    assert store.size() == 0


def test_a_fault_of_the_model_ends_the_build(store: LocalStore, folder: Path) -> None:
    class BrokenEmbedder(WordsEmbedder):
        def embed_passages(self, *_: object) -> list[Embedding]:
            raise ModelError("out of memory")

    with pytest.raises(ModelError):
        build([folder], store, BrokenEmbedder(), read=read_lines)


def test_progress_hears_of_every_file(store: LocalStore, folder: Path) -> None:
    (folder / "c.txt").touch()
    steps = Steps()
    build([folder], store, WordsEmbedder(), read=read_lines, progress=steps)

    assert steps == Steps(3, ["2024/a.txt", "b.txt", "c.txt"])


def test_what_is_blocked_stays_out_until_it_is_corrected(store: LocalStore, folder: Path) -> None:
    run(store, folder)
    store.block("b.txt")
    (folder / "b.txt").rename(folder / "c.txt")

    report, _ = run(store, folder, municipality="Varde Kommune")
    assert report.skipped == (
        Skipped("c.txt", "it was removed for good; index a corrected version"),
    )

    write(folder / "c.txt", "Skolen.")
    report, _ = run(store, folder, municipality="Varde Kommune")
    assert (report.indexed, report.skipped) == (1, ())


# One name in two folders


def test_a_corrected_version_may_come_from_another_folder(
    store: LocalStore, folder: Path, tmp_path: Path
) -> None:
    run(store, folder)
    write(tmp_path / "b.txt", "Skolen rives ned.")
    report, _ = run(store, tmp_path / "b.txt")

    assert counts(report) == (0, 0, 1, 0)
    assert found(store, "skolen") == "Skolen rives ned."


def test_another_meeting_does_not_replace_one_that_is_still_there(
    store: LocalStore, folder: Path, tmp_path: Path
) -> None:
    run(store, folder)
    other = tmp_path / "other"
    other.mkdir()
    write(other / "b.txt", "Broen males.", date="2025-01-01")

    report, _ = run(store, other)
    assert "the name is taken by another meeting, indexed from" in report.skipped[0].reason
    assert found(store, "skolen tag") == "Skolen får nyt tag."

    (folder / "b.txt").unlink()
    report, _ = run(store, other)
    assert counts(report) == (0, 0, 1, 0)


def test_a_folder_that_was_moved_is_not_read_again(
    store: LocalStore, folder: Path, tmp_path: Path
) -> None:
    run(store, folder)
    moved = folder.rename(tmp_path / "moved")
    report, embedded = run(store, moved)

    assert counts(report) == (0, 2, 0, 0)
    assert embedded == []

    (moved / "b.txt").unlink()
    report, _ = run(store, moved)
    assert report.removed == 1


def test_a_copy_of_a_folder_does_not_take_its_documents_over(
    store: LocalStore, folder: Path, tmp_path: Path
) -> None:
    run(store, folder)
    write(tmp_path / "b.txt", "Skolen får nyt tag.")
    report, _ = run(store, tmp_path / "b.txt")

    assert counts(report) == (0, 1, 0, 0)
    assert store.roots()["b.txt"] == str(folder)


# Locked and killed


def test_two_builds_do_not_run_at_once(store: LocalStore, data: Path) -> None:
    with pytest.raises(BuildLocked, match=f"process {os.getpid()} on"):
        LocalStore.create(data, "words")


def killed_build(data: Path, folder: Path) -> None:
    """Build, and die when the third document is to be embedded."""

    class DyingEmbedder(WordsEmbedder):
        def embed_passages(
            self, passages: Sequence[Text], advance: Callable[[int], None] | None = None
        ) -> list[Embedding]:
            if len(self.embedded) == 2:
                os.kill(os.getpid(), signal.SIGKILL)
            return super().embed_passages(passages, advance)

    build([folder], LocalStore.create(data, "words"), DyingEmbedder(), read=read_lines)


def test_a_build_that_was_killed_goes_on_where_it_stopped(folder: Path, data: Path) -> None:
    (folder / "2024/a.txt").unlink()
    for name in ("c", "d", "e"):
        write(folder / f"{name}.txt", f"Sag {name}.")

    command = [sys.executable, __file__, str(data), str(folder)]
    assert subprocess.run(command, check=False, timeout=60).returncode == -signal.SIGKILL

    with LocalStore.open(data) as reader:
        assert reader.digests().keys() == {"b.txt", "c.txt"}
        assert found(reader, "skolen tag") == "Skolen får nyt tag."
    with LocalStore.create(data, "words") as store:
        report, embedded = run(store, folder)
    assert counts(report) == (2, 2, 0, 0)
    assert len(embedded) == 2
    assert (report.items, report.chunks) == (4, 4)


if __name__ == "__main__":
    killed_build(Path(sys.argv[1]), Path(sys.argv[2]))
