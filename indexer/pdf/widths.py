"""How wide a font draws its characters, and whether it is bold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pypdf.generic import DictionaryObject

from indexer.pdf.standard_fonts import standard_widths

_BOLD_NAME = re.compile(r"bold|black|heavy|demi|semibd|\bbd\b", re.IGNORECASE)
_FORCE_BOLD = 1 << 18  # ISO 32000-1, table 123: font flag 19
_BOLD_WEIGHT = 600

_DEFAULT = 556.0  # a letter of an ordinary font


@dataclass(frozen=True, slots=True)
class FontShape:
    """The widths of a font, in thousandths of its size.

    Attributes:
        code_bytes: How many bytes a character takes in a string: 2 in composite fonts.
        widths: By character code.
        default: Width of every other code.
        bold: Whether it is drawn in heavy strokes.
    """

    code_bytes: int
    widths: Mapping[int, float]
    default: float
    bold: bool

    def codes(self, text: bytes) -> Iterator[int]:
        """List the character codes in a string of this font."""
        for at in range(0, len(text), self.code_bytes):
            yield int.from_bytes(text[at : at + self.code_bytes], "big")

    def width(self, code: int) -> float:
        """Tell the width of a character."""
        return self.widths.get(code, self.default)


UNKNOWN = FontShape(1, {}, _DEFAULT, bold=False)


def read_shape(font: Any) -> FontShape:
    """Read a font dictionary; whatever is broken in it is read as an ordinary font."""
    if not isinstance(font, DictionaryObject):
        return UNKNOWN
    name = str(_get(font, "/BaseFont") or "")
    if _get(font, "/Subtype") == "/Type0":
        descendants = _get(font, "/DescendantFonts")
        inner = descendants[0].get_object() if isinstance(descendants, list) and descendants else {}
        default = _number(_get(inner, "/DW"), 1000.0)
        return FontShape(2, _composite_widths(_get(inner, "/W")), default, _is_bold(name, inner))
    first, widths = _get(font, "/FirstChar"), _get(font, "/Widths")
    if not isinstance(first, int) or not isinstance(widths, list):
        return FontShape(1, standard_widths(name), _DEFAULT, _is_bold(name, font))
    unit = 1.0
    if _get(font, "/Subtype") == "/Type3":
        matrix = _get(font, "/FontMatrix")
        unit = 1000 * _number(matrix[0] if isinstance(matrix, list) and matrix else None, 0.001)
    missing = _number(_get(_get(font, "/FontDescriptor"), "/MissingWidth"), 0.0)
    told = {first + at: unit * _number(width, missing) for at, width in enumerate(widths)}
    return FontShape(1, told, missing or _DEFAULT, _is_bold(name, font))


def _get(values: Any, key: str) -> Any:
    """Look a key up, following a reference; None where there is nothing to look in."""
    value = values.get(key) if isinstance(values, DictionaryObject) else None
    return value.get_object() if value is not None else None


def _number(value: Any, otherwise: float) -> float:
    try:
        return float(value.get_object() if hasattr(value, "get_object") else value)
    except (TypeError, ValueError):
        return otherwise


def _composite_widths(entries: Any) -> dict[int, float]:
    """Read the W array: "c [w1 w2 …]" and "first last w" (ISO 32000-1, 9.7.4.3)."""
    widths: dict[int, float] = {}
    rest = [entry.get_object() for entry in entries] if isinstance(entries, list) else []
    at = 0
    while at + 1 < len(rest):
        first, second = int(_number(rest[at], -1)), rest[at + 1]
        if isinstance(second, list):
            widths |= {first + step: _number(width, 0.0) for step, width in enumerate(second)}
            at += 2
            continue
        last = min(int(_number(second, -1)), 0xFFFF)
        width = _number(rest[at + 2] if at + 2 < len(rest) else None, 0.0)
        widths |= dict.fromkeys(range(max(first, 0), last + 1), width)
        at += 3
    return widths


def _is_bold(name: str, font: Any) -> bool:
    descriptor = _get(font, "/FontDescriptor")
    flags, weight = _get(descriptor, "/Flags"), _get(descriptor, "/FontWeight")
    return (
        bool(_BOLD_NAME.search(name))
        or (isinstance(flags, int) and bool(flags & _FORCE_BOLD))
        or _number(weight, 0.0) >= _BOLD_WEIGHT
    )
