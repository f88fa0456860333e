import io
import os
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from indexer.errors import DocumentError
from indexer.parsing import read_minutes
from indexer.worker import Worker

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits are POSIX")
# The longest any file may take, start of a new process included.
LIMIT = 10.0
MINUTES = """# Byrådet den 4. marts 2025

# Punkt 1: Cykelsti ved Åen

24/1234

## Beslutning

Godkendt.
"""


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(seconds=4) as worker:
        yield worker


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.md"
    path.write_text(MINUTES, encoding="utf-8")
    return path


def child(worker: Worker) -> int:
    assert worker._process is not None
    return worker._process._child.pid


def reason(worker: Worker, path: Path, municipality: object = None) -> str:
    with pytest.raises(DocumentError) as error:
        worker(path, path.name, municipality)  # type: ignore[arg-type]
    assert error.value.source == path.name
    return error.value.reason


def test_minutes_come_back_as_they_are_read_here(worker: Worker, good: Path) -> None:
    assert worker(good, "a.md", "Varde") == read_minutes(good, "a.md", "Varde")


def test_one_process_reads_many_files(worker: Worker, good: Path) -> None:
    worker(good, "a.md")
    first = child(worker)
    reason(worker, good.with_name("none.md"))
    worker(good, "a.md")

    assert child(worker) == first


def test_a_fault_of_the_file_comes_back_as_it_is_told_here(worker: Worker, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kun en linje.")

    assert reason(worker, tmp_path / "a.txt").startswith("no agenda items were found in it")


class Fatal:
    """A value that does something to the process that unpacks it."""

    def __init__(self, deed: Callable[..., object], *arguments: object) -> None:
        """Take what is done and with what."""
        self.deed, self.arguments = deed, arguments

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self.deed, self.arguments


def test_a_process_that_is_lost_is_replaced(worker: Worker, good: Path) -> None:
    worker(good, "a.md")
    first = child(worker)

    assert reason(worker, good, Fatal(os._exit, 7)) == (
        "reading it ended the process (exit status 7); print it to a new PDF and index that"
    )
    assert worker(good, "a.md").items[0].title == "Cykelsti ved Åen"
    assert child(worker) != first


@POSIX
def test_a_process_that_was_killed_while_idle_costs_no_file(worker: Worker, good: Path) -> None:
    worker(good, "a.md")
    os.kill(child(worker), signal.SIGKILL)
    time.sleep(0.1)

    assert worker(good, "a.md").items


def test_a_file_that_takes_too_long_is_given_up(good: Path) -> None:
    with Worker(seconds=0.5) as worker:
        worker(good, "a.md")
        begun = time.perf_counter()
        told = reason(worker, good, Fatal(time.sleep, 60))

        assert time.perf_counter() - begun < 5
        assert told.startswith("reading it takes more than 0.5 seconds; ")
        assert worker(good, "a.md").items


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not keep this limit")
def test_a_file_that_takes_too_much_memory_is_given_up(tmp_path: Path, good: Path) -> None:
    (tmp_path / "bomb.pdf").write_bytes(a_million_strings())
    with Worker(memory=250_000_000) as worker:
        worker(good, "a.md")
        told = reason(worker, tmp_path / "bomb.pdf")

        assert told.startswith("reading it takes more than 250 MB of memory; ")
        assert worker(good, "a.md").items


def test_a_worker_closes_twice_and_opens_again(good: Path) -> None:
    worker = Worker()
    worker.close()
    worker(good, "a.md")
    worker.close()
    worker.close()
    worker(good, "a.md")
    worker.close()


@POSIX
def test_the_process_ends_with_its_parent(good: Path) -> None:
    worker = Worker()
    worker(good, "a.md")
    assert worker._process is not None
    process = worker._process._child
    assert process.stdin is not None
    process.stdin.close()  # as the system does when the parent dies

    assert process.wait(timeout=10) == 0
    worker.close()


def test_what_the_reading_prints_does_not_reach_the_replies(worker: Worker, good: Path) -> None:
    assert worker(good, "a.md", Fatal(print, "in between")).items  # type: ignore[arg-type]


def test_a_worker_works_in_a_thread(good: Path) -> None:
    found: list[int] = []

    def run() -> None:
        with Worker() as worker:
            found.append(len(worker(good, "a.md").items))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert found == [1]


def test_the_process_loads_no_model() -> None:
    """It is started anew after each failure, so it must start fast."""
    script = "import indexer.worker, indexer.pdf, sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)

    heavy = {"torch", "numpy", "faiss", "transformers", "sqlite3", "sentence_transformers"}
    assert not heavy & set(run.stdout.split())


@pytest.mark.parametrize(
    "name",
    [
        "-rf.md",
        "to\nlinjer.md",
        "'a\" $(b) ;.md",
        "Ærø – ø.md",
        "a" * 200 + ".md",
        "%s{0}.md",
        "ｆ.md",
    ],
    ids=["dash", "line break", "shell", "danish", "long", "format", "wide"],
)
def test_odd_names_are_only_names(worker: Worker, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(MINUTES, encoding="utf-8")

    assert worker(tmp_path / name, name).source == name


# Hostile PDFs.


def a_pdf(content: bytes, resources: bytes = b"", objects: tuple[bytes, ...] = ()) -> bytes:
    """Write a PDF of one page by hand, its content compressed; further objects begin at 5."""
    packed = zlib.compress(content, 9)
    head = b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed)
    own = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<"
        b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>" + resources + b">>>>",
        head + packed + b"\nendstream",
    )
    return from_objects(*own, *objects)


def from_objects(*objects: bytes) -> bytes:
    held, offsets = io.BytesIO(), []
    held.write(b"%PDF-1.7\n")
    for number, body in enumerate(objects, 1):
        offsets.append(held.tell())
        held.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    start = held.tell()
    held.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    held.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    held.write(b"trailer<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1))
    held.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return held.getvalue()


def packed(data: bytes, filters: int = 1) -> bytes:
    for _ in range(filters):
        data = zlib.compress(data, 9)
    names = b"/FlateDecode" * filters
    return b"<</Length %d/Filter[%s]>>stream\n" % (len(data), names) + data + b"\nendstream"


def form(content: bytes, resources: bytes) -> bytes:
    head = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<%s>>/Length %d>>stream\n"
    return head % (resources, len(content)) + content + b"\nendstream"


def page_tree_loop() -> bytes:
    return from_objects(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"
    )


def deep_page_tree() -> bytes:
    nodes = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 3) for n in range(5_000)]
    return from_objects(b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<</Type/Page>>")


def ten_thousand_pages() -> bytes:
    canvas = Canvas(held := io.BytesIO(), pageCompression=0)
    for number in range(10_000):
        canvas.drawString(72, 700, f"Side {number}")
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def one_page_ten_thousand_times() -> bytes:
    kids = b" ".join([b"3 0 R"] * 10_000)
    return from_objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 10000/Kids[" + kids + b"]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    )


def flate_bomb() -> bytes:
    return a_pdf(b"BT /F1 10 Tf (bombe) Tj ET " + b" " * 150_000_000)


def nested_bomb() -> bytes:
    own = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        packed(b" " * 300_000_000, filters=6),
    )
    return from_objects(*own)


def forms_in_forms() -> bytes:
    """Twenty forms that each show the next one ten times: 10^20 shows."""
    objects = tuple(
        form(b"/X Do " * 10, b"/XObject<</X %d 0 R>>" % (number + 6)) for number in range(20)
    )
    return a_pdf(b"/X Do", b"/XObject<</X 5 0 R>>", (*objects, form(b"", b"")))


def form_in_itself() -> bytes:
    return a_pdf(
        b"/X Do", b"/XObject<</X 5 0 R>>", (form(b"/X Do " * 99, b"/XObject<</X 5 0 R>>"),)
    )


def a_million_strings() -> bytes:
    return a_pdf(b"BT /F1 1 Tf " + b"1 0 Td (a) Tj " * 600_000 + b"ET")


def deep_arrays() -> bytes:
    return a_pdf(b"[" * 100_000 + b"]" * 100_000 + b" TJ")


def open_text() -> bytes:
    return a_pdf(b"q " * 200_000 + b"BT " * 200_000 + b"/F1 10 Tf (a) Tj")


def huge_numbers() -> bytes:
    return a_pdf(
        b"BT /F1 " + b"9" * 400 + b" Tf 1e999 -1e999 Td (a) Tj 9" + b"9" * 999 + b" TL T* (b) Tj ET"
    )


def a_long_line_of_dots() -> bytes:
    return a_pdf(
        b"BT /F1 1 Tf 72 700 Td " + b"(. . . . . . . . . . . . . . . . ) Tj " * 6_000 + b"(x) Tj ET"
    )


def a_wide_font() -> bytes:
    """A font that gives a width to each code from 0 to 2^31, a thousand times."""
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts["
        b"<</Type/Font/Subtype/CIDFontType2/W[" + b"0 2147483647 500 " * 1_000 + b"]>>]>>"
    )
    return a_pdf(b"BT /F2 9 Tf <00410042> Tj ET", b"/Font<</F2 5 0 R>>", (font,))


def loop_of_references() -> bytes:
    return a_pdf(b"BT /F1 9 Tf (a) Tj ET", b"/XObject 5 0 R/Font 6 0 R", (b"6 0 R", b"5 0 R"))


def cross_reference_loop() -> bytes:
    data = a_pdf(b"BT /F1 9 Tf (a) Tj ET")
    start = data.rindex(b"xref\n0")
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % start)


HOSTILE = (
    page_tree_loop, deep_page_tree, ten_thousand_pages, one_page_ten_thousand_times, flate_bomb,
    nested_bomb, forms_in_forms, form_in_itself, a_million_strings, deep_arrays, open_text,
    huge_numbers, a_long_line_of_dots, a_wide_font, loop_of_references, cross_reference_loop,
)  # fmt: skip


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_no_hostile_file_stops_the_next_one(
    worker: Worker, tmp_path: Path, good: Path, make: Callable[[], bytes]
) -> None:
    (tmp_path / "hostile.pdf").write_bytes(make())
    begun = time.perf_counter()

    told = reason(worker, tmp_path / "hostile.pdf")

    assert time.perf_counter() - begun < LIMIT
    assert "please report" not in told
    assert len(told) < 300
    assert "\n" not in told
    assert worker(good, "a.md").items


def test_a_file_with_too_many_pages_says_so(worker: Worker, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(one_page_ten_thousand_times())

    assert reason(worker, tmp_path / "a.pdf") == (
        "it has 10,000 pages, and minutes at most 2,000; split it by meeting"
    )
