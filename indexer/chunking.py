"""From minutes to the passages that are embedded and searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.danish import format_date
from indexer.lines import split_lines
from indexer.markup import plain
from indexer.model import AgendaItem, Chunk, Minutes, Role, Section
from indexer.units import Unit, split_units

# Longest chunk in characters: about 250 tokens of Danish, so that header and text stay well
# inside the model's 512. Set by that reckoning; other sizes have not been measured.
SIZE = 900


def chunk_minutes(minutes: Minutes, *, size: int = SIZE) -> Iterator[Chunk]:
    """Cut every section of every agenda item into chunks that together hold all its units.

    A chunk never crosses from one item or section into the next, so whatever is found can be
    cited as one item and one role. An item without text below its heading, such as a closed one,
    gives one chunk of its heading.

    Args:
        minutes: The minutes to cut.
        size: Longest chunk, in characters; a longer unit is kept whole.
    """
    for position, item in enumerate(minutes.items):
        empty = True
        for chunk in _section_chunks(minutes, item, position, size):
            empty = False
            yield chunk
        if empty:
            yield _heading_chunk(minutes, item, position)


def _section_chunks(
    minutes: Minutes, item: AgendaItem, position: int, size: int
) -> Iterator[Chunk]:
    for section in item.sections:
        header = _header(minutes, item, section)
        for units in _groups(split_units(item.text, section.start, section.end), size):
            yield Chunk(
                position=position,
                role=section.role,
                heading=section.heading,
                header=header,
                start=units[0].start,
                end=units[-1].end,
                units=tuple((unit.start, unit.end) for unit in units),
            )


def _groups(units: Sequence[Unit], size: int) -> Iterator[list[Unit]]:
    """Fill chunks with whole units, breaking rather between groups than inside one."""
    held: list[Unit] = []
    for unit in units:
        while held and unit.end - held[0].start > size:
            cut = _cut(held, unit)
            yield held[:cut]
            held = held[cut:]
        held.append(unit)
    if held:
        yield held


def _cut(held: Sequence[Unit], unit: Unit) -> int:
    """Tell where to cut: at the last change of group in the second half, else before the unit."""
    for index in range(len(held), len(held) // 2, -1):
        follower = held[index] if index < len(held) else unit
        if follower.group != held[index - 1].group:
            return index
    return len(held)


def _header(minutes: Minutes, item: AgendaItem, section: Section | None) -> str:
    """Write the context that is embedded before a chunk's text."""
    who = ", ".join(part for part in (minutes.municipality, minutes.committee) if part)
    when = format_date(minutes.date) if minutes.date else ""
    case = f"sag {item.case_number}" if item.case_number else ""
    first = ", ".join(part for part in (who, when, case) if part)
    return "\n".join(
        part for part in (first, item.title, section.heading if section else "") if part
    )


def _heading_chunk(minutes: Minutes, item: AgendaItem, position: int) -> Chunk:
    """Make the one chunk of an item that holds nothing but its heading."""
    heading = next(line for line in split_lines(item.text) if line.text)
    start, end = heading.offsets[0], heading.offsets[-1] + 1
    header = _header(minutes, item, None)
    return Chunk(position, Role.OTHER, "", header, start, end, ((start, end),))


def embedded_text(chunk: Chunk, item: AgendaItem) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Write what is embedded for a chunk, and where its units stand in that.

    Returns:
        Header and text, without markup, and a range of it for each of ``chunk.units``.
    """
    text = f"{chunk.header}\n"
    spans = []
    for start, end in chunk.units:
        piece = " ".join(plain(item.text[start:end]).replace("\t", " | ").split())
        spans.append((len(text), len(text) + len(piece)))
        text += piece + "\n"
    return text.rstrip("\n"), tuple(spans)
