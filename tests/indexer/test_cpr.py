import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.cpr import find_cpr, holds_masked, mask_cpr
from indexer.model import Personal
from indexer.parsing import read_minutes

REAL = Path(__file__).resolve().parents[3] / "shared" / "minutes"
CORPUS = Path(__file__).resolve().parents[2] / "corpus"
MINUTES_OF_ALL = sorted([*REAL.glob("*.txt"), *CORPUS.glob("sources/*.*")])
# 070761-4285 is the number that CPR-kontoret computes modulus 11 on; 010190-1234 has none.
SOUND, UNSOUND = "070761-4285", "010190-1234"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Borgeren, cpr. 010190-1234, søger", "Borgeren, cpr. XXXXXX-XXXX, søger"),
        ("010190-1234", "XXXXXX-XXXX"),
        ("(010190–1234)", "(XXXXXX–XXXX)"),
        ("010190 - 1234", "XXXXXX - XXXX"),
        ("0101901234 er borgeren", "XXXXXXXXXX er borgeren"),
        ("CPR-nr.: 010190 1234", "CPR-nr.: XXXXXX XXXX"),
        ("01 01 90-1234", "XX XX XX-XXXX"),
        ("01.01.90-1234", "XX.XX.XX-XXXX"),
        ("01011990-1234", "XXXXXXXX-XXXX"),
        ("010190-\n1234", "XXXXXX-\nXXXX"),
        ("Bo 010190-1234,020202-1235.", "Bo XXXXXX-XXXX,XXXXXX-XXXX."),
        ("1\t0101901234\tOle", "1\tXXXXXXXXXX\tOle"),
        ("Ole Hansen/0101901234", "Ole Hansen/XXXXXXXXXX"),
        ("sagen om 290200-4234", "sagen om XXXXXX-XXXX"),
        ("patient 610190-1234", "patient XXXXXX-XXXX"),
        ("j.nr. 070761-4285", "j.nr. XXXXXX-XXXX"),
        ("konto og personnummer 0101901234", "konto og personnummer XXXXXXXXXX"),
    ],
)
def test_numbers_are_masked_and_nothing_moves(text: str, masked: str) -> None:
    assert mask_cpr(text)[0] == masked


@pytest.mark.parametrize(
    "text",
    [
        "310290-1234",  # no day of the calendar
        "290201-1234",  # no leap year
        "20/36381", "15.00.00-G01-23-23", "EMN-2025-010561", "330-2018-3619", "2013-006244",
        "Sagsnr. 010190-2015", "journalnr.: 0101901234", "dok.nr. 0101901234-3",
        "tlf. 0101901234", "telefon +45 10 10 90 12", "EAN 5798009123456", "GLN-nr. 0101901234",
        "CVR-nr. 10109012", "P-nummer 1003388394", "konto 1234 0101901234",
        "reg. 1234 konto 0101901234", "faktura 0101901234", "matr.nr. 0101901234",
        "01.01.2020-31.12.2020", "01-01-2020 - 31-12-2020", "2010-2011", "010190-123",
        "010190-12345", "12010190-1234", "010190-1234-5", "2023-010190-1234", "1.010190.1234",
        "110320 2019 kr.", "12 110320 2019", "110320 2019 4711", "www.varde.dk/0101901234",
        "https://x.dk/?id=0101901234", "ABC0101901234", "0101581234 stk",
        "0101586234",  # a birthday in 1858, and no dash
    ],
)  # fmt: skip
def test_other_numbers_are_left(text: str) -> None:
    assert mask_cpr(text) == (text, ())


def test_what_speaks_for_a_number_makes_it_certain() -> None:
    texts = ["0101901234", "0707614285", UNSOUND, SOUND, "cpr 0101901234"]

    assert [find_cpr(text)[0].certain for text in texts] == [False, True, True, True, True]


def test_missing_modulus_11_never_clears_a_number() -> None:
    assert find_cpr("født 010190-1234")
    assert find_cpr("født 0101901234")


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2057, 12, 31)),
    st.integers(0, 999),
    st.sampled_from(["-", " ", "", "–", " - "]),
)
def test_every_birthday_is_found(day: dt.date, serial: int, gap: str) -> None:
    """The seventh digit tells the century (CPR-kontoret, "Personnummeret i CPR")."""
    sevenths = "0123" if day.year < 2000 else "49" if day.year <= 2036 else "5678"
    for seventh in sevenths:
        text = f"Borger {day:%d%m%y}{gap}{seventh}{serial:03d}."
        masked, hits = mask_cpr(text)

        assert len(hits) == 1
        assert masked[hits[0].start : hits[0].end] == f"XXXXXX{gap}XXXX"


@given(st.text(alphabet="0123456789-– .,/\nacprsg", max_size=60))
def test_masking_keeps_every_offset_and_leaves_nothing_to_find(text: str) -> None:
    masked, hits = mask_cpr(text)

    assert len(masked) == len(text)
    assert find_cpr(masked) == ()
    changed = [at for at, (old, new) in enumerate(zip(text, masked, strict=True)) if old != new]
    assert all(any(hit.start <= at < hit.end for hit in hits) for at in changed)
    assert all(text[at].isdigit() and masked[at] == "X" for at in changed)


@pytest.mark.parametrize("path", MINUTES_OF_ALL, ids=lambda path: path.stem)
def test_no_number_is_found_where_there_is_none(path: Path) -> None:
    """Amounts, case numbers and dates of 21 minutes, real ones among them."""
    assert find_cpr(path.read_text(encoding="utf-8")) == ()


MINUTES = """Byrådet den 4. marts 2025

Deltager: 010190-1234 og andre
\f
# Punkt 1: Cykelsti ved Åen

## Sagsfremstilling

Ansøger er 070761-4285.

## Beslutning

Godkendt.
\f
# Punkt 2: Klage

## Beslutning

0101901234 får medhold.
"""


def test_minutes_hold_no_number_and_tell_where_each_stood(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(MINUTES, encoding="utf-8")

    minutes = read_minutes(tmp_path / "a.txt", "a.txt")

    assert minutes.personal == (
        Personal(1, None, certain=True),
        Personal(2, "1", certain=True),
        Personal(3, "2", certain=False),
    )
    texts = [minutes.preamble, *(item.text for item in minutes.items)]
    assert find_cpr("\n".join(texts)) == ()
    assert "Ansøger er XXXXXX-XXXX." in minutes.items[0].text


@pytest.mark.parametrize("number", ["070761-4285", "0707614285", "07.07.61-4285", "07 07 61 4285"])
def test_a_text_tells_whether_a_number_was_masked_in_it(number: str) -> None:
    text = f"CPR-nr. {number} i sagen"
    masked, hits = mask_cpr(text)
    assert hits
    assert holds_masked(masked)
    assert not holds_masked(text)
    assert not holds_masked("Kontrakt XXXX og XXL, MMXXXX")
