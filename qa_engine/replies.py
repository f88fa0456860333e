"""From a language model's reply, as it streams in, to sentences with the sources they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.markup import readable
from indexer.units import Kind, Unit, split_units

_MARKER = r"\[\s*\d{1,4}(?:\s*[,;]\s*\d{1,4})*\s*\]"
_MARKERS = re.compile(rf"\s*{_MARKER}")
# "Godkendt. [1] Derefter …": the marker belongs to the sentence before it.
_BEHIND = re.compile(rf"([.!?…])((?:\s*{_MARKER})+)")
_MAY_END = re.compile(r"[.!?…\]][\"”»)*_]*\s|\n")
# What some models think aloud before they answer.
_THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a reply; a list element begins with "• ".

    Attributes:
        text: As running text, without markers.
        sources: The numbers it names, in order.
    """

    text: str
    sources: tuple[int, ...]


def read_sentences(pieces: Iterable[str]) -> Iterator[Said]:
    """Read the sentences of a reply, each as soon as the next one has begun."""
    reply, given = "", 0
    for piece in pieces:
        reply += piece
        if not _MAY_END.search(reply, max(0, len(reply) - len(piece) - 8)):
            continue
        text, units = _split(reply)
        # What stands below the last word may be the marker of the sentence before it.
        if units and _LETTER.search(text, units[-1].start):
            yield from (_said(text, unit) for unit in units[given:-1])
            given = max(given, len(units) - 1)
    text, units = _split(reply)
    yield from (_said(text, unit) for unit in units[given:])


def _split(reply: str) -> tuple[str, list[Unit]]:
    text = _THOUGHTS.sub("", reply).translate({ord("【"): "[", ord("】"): "]"})
    text = "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")
    text = _BEHIND.sub(r"\2\1", text)
    return text, split_units(text, 0, len(text))


def _said(reply: str, unit: Unit) -> Said:
    held = reply[unit.start : unit.end]
    sources = (int(n) for marker in _MARKERS.findall(held) for n in re.findall(r"\d+", marker))
    # "1,2 mio. kr. [1]." is left with two full stops.
    text = re.sub(r"(?<!\.)\.\.(?!\.)", ".", _MARKERS.sub("", held))
    bullet = "• " if unit.kind is Kind.ELEMENT else ""
    return Said(bullet + readable(text), tuple(dict.fromkeys(sources)))
