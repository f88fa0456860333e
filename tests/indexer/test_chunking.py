from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.chunking import chunk_minutes, embedded_text
from indexer.errors import DocumentError
from indexer.model import Chunk, Minutes
from indexer.pages import Document
from indexer.parsing import parse
from indexer.units import split_units

Parsed = Callable[[str], Minutes]

BODIES = st.lists(
    st.sampled_from(
        [
            "Indstilling\n\n",
            "**Beslutning**\n\n",
            "Sagsfremstilling\n",
            "Bilag\n",
            "Udvalget godkendte planen for den nye skole i Borup, som ventes åbnet i 2026. ",
            "Det koster 3,5 mio. kr. ",
            "- at vejen lukkes\n",
            "År\t2023\n",
            "\n\n",
            "\f",
        ]
    ),
    max_size=25,
)


def minutes_of(*bodies: str) -> Minutes:
    items = (
        f"Punkt {n}: Titel {n}\n\n20/1000{n}\n\n{body}\n\n" for n, body in enumerate(bodies, 1)
    )
    return parse(Document("".join(items), paged=True), "referat.txt")


@given(st.lists(BODIES, min_size=1, max_size=3), st.integers(1, 400))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_chunks_are_verbatim_and_hold_every_unit_of_every_section(
    bodies: list[list[str]], size: int
) -> None:
    try:
        minutes = minutes_of(*("".join(body) for body in bodies))
    except DocumentError:
        return
    chunks = list(chunk_minutes(minutes, size=size))
    for position, item in enumerate(minutes.items):
        own = [chunk for chunk in chunks if chunk.position == position]
        expected = [
            (unit.start, unit.end)
            for section in item.sections
            for unit in split_units(item.text, section.start, section.end)
        ]
        assert own, "every item can be found"
        if expected:
            assert [unit for chunk in own for unit in chunk.units] == expected


@given(BODIES, st.integers(1, 400))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_chunk_never_crosses_from_one_section_into_the_next(body: list[str], size: int) -> None:
    minutes = minutes_of("Resumé\n\nTekst.\n\n" + "".join(body))
    for chunk in chunk_minutes(minutes, size=size):
        section = minutes.items[chunk.position].section_at(chunk.start)
        assert section is not None
        assert section.start <= chunk.start < chunk.end <= section.end
        assert (chunk.role, chunk.heading) == (section.role, section.heading)
        assert chunk.units[0][0] == chunk.start
        assert chunk.units[-1][1] == chunk.end


@given(BODIES, st.integers(1, 400))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_only_a_single_unit_makes_a_chunk_longer_than_the_limit(body: list[str], size: int) -> None:
    for chunk in chunk_minutes(minutes_of("Resumé\n\nTekst.\n\n" + "".join(body)), size=size):
        assert len(chunk.units) == 1 or chunk.end - chunk.start <= size


@given(BODIES)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_every_unit_is_found_again_in_what_is_embedded(body: list[str]) -> None:
    minutes = minutes_of("Resumé\n\nTekst.\n\n" + "".join(body))
    for chunk in chunk_minutes(minutes):
        item = minutes.items[chunk.position]
        text, spans = embedded_text(chunk, item)
        assert text.startswith(chunk.header)
        for (start, end), (first, last) in zip(chunk.units, spans, strict=True):
            assert _letters(text[first:last]) == _letters(item.text[start:end])


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


MEETING = """Nordby Kommune
REFERAT Teknikudvalget d. 14-03-2023

Punkt 7: Cykelsti ved skolen

20/9270

Indstilling

Forvaltningen indstiller, at stien anlægges.

Beslutning

Punkt 8: Lukket: Salg af grund
"""


def test_a_chunk_is_embedded_with_its_context(parsed: Parsed) -> None:
    first = next(iter(chunk_minutes(parsed(MEETING))))
    assert first.header == (
        "Nordby Kommune, Teknikudvalget, 14. marts 2023, sag 20/9270\n"
        "Cykelsti ved skolen\nIndstilling"
    )


def test_an_item_without_text_is_found_by_its_heading(parsed: Parsed) -> None:
    minutes = parsed(MEETING)
    *_, last = chunk_minutes(minutes)
    assert minutes.items[1].text[last.start : last.end] == "Punkt 8: Lukket: Salg af grund"
    assert last.header.endswith("Lukket: Salg af grund")


def test_a_cut_is_rather_between_paragraphs_than_inside_one(parsed: Parsed) -> None:
    one = "Stien er lang. Den er smal. Den er ny."
    text = f"Punkt 1: Sti\n\nResumé\n\n{one}\n\n{one}\n\n{one}\n"
    (item,) = parsed(text).items
    chunks = list(chunk_minutes(parsed(text), size=100))
    assert [item.text[chunk.start : chunk.end] for chunk in chunks] == [f"{one}\n\n{one}", one]


def test_a_table_reads_as_cells_in_what_is_embedded(parsed: Parsed) -> None:
    minutes = parsed("Punkt 1: Huse\n\nResumé\n\nÅr\tHuse\n2018\t11\n")
    (chunk,) = chunk_minutes(minutes)
    assert embedded_text(chunk, minutes.items[0])[0].endswith("År | Huse\n2018 | 11")


def test_items_come_in_their_order(parsed: Parsed) -> None:
    chunks: list[Chunk] = list(chunk_minutes(parsed(MEETING), size=1))
    assert [position for position, _ in groupby(chunk.position for chunk in chunks)] == [0, 1]
