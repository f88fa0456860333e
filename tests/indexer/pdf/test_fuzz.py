"""Whatever a file holds, it is read or refused with a sentence, within its time.

``make test`` tries 200 mutated files, ``make fuzz`` 2,000 (``PUNKTVIS_FUZZ``). A file that fails
is named by its seed, which makes it again.
"""

import io
import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from print import MINUTES
from pypdf import PdfWriter

from indexer.errors import DocumentError
from indexer.pdf.flow import Flow
from indexer.pdf.furniture import without_furniture
from indexer.pdf.hyphens import read_hyphens
from indexer.pdf.lines import Page, read_lines
from indexer.pdf.measures import measure, text_size
from indexer.pdf.words import Word
from indexer.worker import Worker

FILES = int(os.environ.get("PUNKTVIS_FUZZ", "200"))
LONGEST = 10.0
# What no file may lead to: a fault of ours, a crash, a file that never ends.
FAULTS = re.compile(r"please report|ended the process|takes more than|does not start")


@pytest.fixture(scope="module")
def bases() -> list[bytes]:
    """Give real files: bare and compressed, with and without embedded fonts, two encrypted."""
    names = ("fjordby-byraadet-2023-03-28", "noerrevang-oekonomiudvalget-2023-09-19")
    files = [(MINUTES / f"{name}.pdf").read_bytes() for name in names]
    packed, locked, sealed = (PdfWriter(clone_from=io.BytesIO(files[1])) for _ in range(3))
    for page in packed.pages:
        page.compress_content_streams()
    locked.encrypt("", "owner", algorithm="RC4-128")
    sealed.encrypt("", "owner", algorithm="AES-256")
    for writer in (packed, locked, sealed):
        held = io.BytesIO()
        writer.write(held)
        files.append(held.getvalue())
    return files


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(seconds=LONGEST - 1) as worker:
        yield worker


def flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 10, 100, 1000))):
        data[chance.randrange(len(data))] = chance.randrange(256)


def cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def lose(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    del data[start : start + chance.choice((1, 10, 1000, 20_000))]


def repeat(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.choice((10, 1000))]
    at = chance.randrange(len(data))
    data[at:at] = piece * chance.choice((1, 5, 50))


def renumber(data: bytearray, chance: random.Random) -> None:
    numbers = list(re.finditer(rb"-?\d+(?:\.\d+)?", data))
    values = (b"0", b"-1", b"1e9", b"99999999999", b"2147483648", b"0.0000001", b"7", b"NaN")
    for match in sorted(chance.sample(numbers, min(len(numbers), 20)), key=lambda m: -m.start()):
        data[match.start() : match.end()] = chance.choice(values)


def rename(data: bytearray, chance: random.Random) -> None:
    names = list(re.finditer(rb"/[A-Za-z0-9]+", data))
    for match in sorted(chance.sample(names, min(len(names), 10)), key=lambda m: -m.start()):
        data[match.start() : match.end()] = chance.choice(names)[0]


def redirect(data: bytearray, chance: random.Random) -> None:
    references = list(re.finditer(rb"\b\d+ 0 R", data))
    count = len(references)
    for match in sorted(chance.sample(references, min(count, 5)), key=lambda m: -m.start()):
        data[match.start() : match.end()] = b"%d 0 R" % chance.randrange(count + 2)


def disorder(data: bytearray, chance: random.Random) -> None:
    operators = list(re.finditer(rb"\b(?:Tj|TJ|Tf|Td|Tm|T\*|BT|ET|cm|re|Do|[qQ])\b", data))
    for match in sorted(
        chance.sample(operators, min(len(operators), 50)), key=lambda m: -m.start()
    ):
        data[match.start() : match.end()] = chance.choice(operators)[0]


MUTATIONS = (flip, cut, lose, repeat, renumber, rename, redirect, disorder)


def mutated(bases: list[bytes], seed: int) -> bytes:
    chance = random.Random(seed)
    data = bytearray(chance.choice(bases))
    for _ in range(chance.choice((1, 1, 2, 4))):
        if data:
            chance.choice(MUTATIONS)(data, chance)
    return bytes(data)


def test_mutated_files_are_read_or_refused(
    worker: Worker, bases: list[bytes], tmp_path: Path
) -> None:
    file = tmp_path / "a.pdf"
    outcomes = Counter[str]()
    for seed in range(FILES):
        file.write_bytes(mutated(bases, seed))
        begun = time.perf_counter()
        reason = ""
        try:
            worker(file, "a.pdf")
        except DocumentError as error:
            reason = error.reason
        outcomes["refused" if reason else "read"] += 1
        assert not FAULTS.search(reason), f"seed {seed}: {reason}"
        assert "\n" not in reason, f"seed {seed}: {reason}"
        assert time.perf_counter() - begun < LONGEST, f"seed {seed}"
    assert outcomes["read"] > FILES / 4, "mutations that leave nothing to read test little"
    assert outcomes["refused"] > FILES / 20


numbers = st.one_of(
    st.integers(-1000, 1000),
    st.floats(allow_nan=True),
    st.sampled_from([0, 1, 12, 10**12, -(10**30)]),
).map(lambda number: str(number).encode())
strings = st.binary(max_size=12).map(lambda data: b"<" + data.hex().encode() + b">")
operands = st.one_of(
    numbers, numbers, strings, st.just(b"/F1"), st.just(b"/Me"), st.just(b"[(a) -900 (b)]"),
    st.just(b"<</A 1>>"), st.just(b"true"), st.just(b"["), st.just(b">>"),
)  # fmt: skip
operators = st.sampled_from(
    "BT ET Tf Td TD Tm T* Tj TJ ' \" Tc Tw Tz TL Ts Tr q Q cm re f S Do BI ID EI BX".split()  # noqa: SIM905
).map(str.encode)
contents = st.lists(
    st.tuples(st.lists(operands, max_size=7), operators).map(lambda o: b" ".join([*o[0], o[1]])),
    max_size=40,
).map(b"\n".join)


@settings(max_examples=max(25, FILES // 4), deadline=None, suppress_health_check=list(HealthCheck))
@given(content=contents)
def test_any_content_is_read_or_refused(worker: Worker, tmp_path: Path, content: bytes) -> None:
    own = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<"
        b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>/XObject<</Me 4 0 R>>>>>>",
        b"<</Subtype/Form/Length %d>>stream\n" % len(content) + content + b"\nendstream",
    )
    bodies = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, body) for n, body in enumerate(own, 1))
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-1.7\n" + bodies + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF\n")

    with pytest.raises(DocumentError) as error:  # there are no items in it
        worker(file, "a.pdf")

    assert not FAULTS.search(error.value.reason), error.value.reason


def letters(texts: Iterator[str]) -> Counter[str]:
    return Counter(
        c for text in texts for c in text.lower() if c in "abcdefghijklmnopqrstuvwxyzæøå"
    )


def own(word: Word, page: int) -> Word:
    """Give a word a letter that only its page has, "kommunal-" before the hyphen."""
    return replace(word, text=re.sub(r"([^\W\d_]+)", rf"\1{'wxyz'[page - 1]}", word.text))


words = st.builds(
    lambda text, x, y, size, bold, turn: Word(
        text, float(x), x + len(text) * size * 0.5, float(y), size, bold, False, turn
    ),
    st.one_of(
        st.text("abcæøå", min_size=1, max_size=8),
        st.sampled_from(["•", "-", "1.", "og", "at", ".....", "7", "Bilag", "kommunal-", "2,5"]),
    ),
    st.sampled_from([0, 10, 72, 73, 90, 200, 201, 300, 480]) | st.integers(-100, 900),
    st.sampled_from([40, 100, 112, 124, 125, 137, 800]) | st.integers(-100, 900),
    st.sampled_from([8.0, 10.0, 10.0, 18.0]),
    st.booleans(),
    st.sampled_from([0, 0, 0, 0, 1]),
)


@settings(max_examples=max(100, FILES), deadline=None)
@given(st.lists(st.lists(words, max_size=25), min_size=1, max_size=4))
def test_no_letter_is_lost_wherever_words_stand(pages: list[list[Word]]) -> None:
    """What is taken off as header or footer aside, every letter of a page is in the text.

    The words of a page end in a letter of its own, else a row may be a head that is repeated.
    """
    read = [
        Page(number, tuple(read_lines([own(word, number) for word in found], number)), 595.0)
        for number, found in enumerate(pages, 1)
    ]
    bare = without_furniture(read, text_size(read))
    flow = Flow(measure(bare), read_hyphens(bare))
    for page in bare:
        flow.add_page(page)
    text = flow.text()

    assert text.count("\f") == len(pages) - 1
    assert letters(iter([text])) == letters(line.text for page in bare for line in page.lines)


@settings(max_examples=max(100, FILES // 4), deadline=None)
@given(st.lists(words, max_size=25))
def test_reading_order_does_not_depend_on_drawing_order(found: list[Word]) -> None:
    apart = {(word.y, word.x): word for word in found if word.turn == 0}.values()
    ordered = sorted(apart, key=lambda word: (word.x, word.y, word.text))

    assert read_lines(list(apart), 1) == read_lines(ordered, 1)
