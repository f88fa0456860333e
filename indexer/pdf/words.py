"""From a page of a PDF to the words on it and where each stands.

pypdf reads the characters and follows the transformations; how far each string reaches follows
from its codes and the widths in the font, which pypdf hands over but does not add up in public.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pypdf import PageObject
from pypdf.generic import (
    ContentStream,
    DictionaryObject,
    NameObject,
    StreamObject,
)

from indexer.pdf.matrix import IDENTITY, Matrix, direction, matrix, product, turned
from indexer.pdf.telling import singly
from indexer.pdf.widths import UNKNOWN, FontShape, read_shape

_MOVES = frozenset({b"BT", b"Td", b"TD", b"Tm", b"T*"})
_PAINTS = frozenset(
    {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh", b"INLINE IMAGE"}
)
# How far a shadow lies from its word, in parts of the font size; narrower than any letter. It is
# drawn soon after.
_SHADOW = 0.12
_SHADOWS_BACK = 50


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a run of characters without blanks, as a page shows it.

    Attributes:
        text: Its characters.
        x: Left edge in points, in the direction of reading.
        end: Right edge.
        y: Height of the line it stands on; greater is further up.
        size: Size of the font.
        bold: Whether it is drawn in bold.
        blank: Whether a blank stands before it in the same string.
        turn: Quarter turns of its line against the page, 0 to 3.
    """

    text: str
    x: float
    end: float
    y: float
    size: float
    bold: bool
    blank: bool
    turn: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows.

    Attributes:
        words: In the order of drawing.
        painted: Whether it shows anything else.
        picture: Area of its largest picture, in square points.
        garbled: Part of its characters that stand for no letter.
    """

    words: tuple[Word, ...]
    painted: bool
    picture: float
    garbled: float


def read_words(page: PageObject) -> Shown:
    """Read the words of a page; raises whatever pypdf raises on a broken one."""
    tracer = _Tracer(page)
    contents = page.get("/Contents")
    if contents is not None:
        stream = ContentStream(contents.get_object(), page.pdf, "bytes")
        # A page that names no fonts is not followed by pypdf, but may be a drawn picture of one.
        tracer.painted = any(operator in _PAINTS for _, operator in stream.operations)
        page[NameObject("/Contents")] = singly(stream)
    try:
        page.extract_text(
            visitor_operand_before=tracer.before,
            visitor_operand_after=tracer.after,
            visitor_text=tracer.text,
        )
    finally:
        if contents is not None:  # else all pages of a long document would be held in memory
            page[NameObject("/Contents")] = contents
    words = tuple(_without_shadows(tracer.words))
    return Shown(words, tracer.painted, tracer.picture, _garbled(words))


@dataclass(slots=True)
class _State:
    """The part of the graphics state that widths depend on."""

    size: float = 12.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    scale: float = 1.0


@dataclass(slots=True)
class _Pending:
    """A string that is about to be told: its bytes, and where it stands."""

    codes: bytes
    place: Matrix
    state: _State


class _Tracer:
    """Follows the operators of a page; ``words`` is what they show."""

    def __init__(self, page: PageObject) -> None:
        self.words: list[Word] = []
        self.painted = False
        self.picture = 0.0
        self._pdf = page.pdf
        self._state = _State()
        self._saved: list[_State] = []
        self._pen = 0.0  # how far the line has come since the last move, in text space
        self._pending: _Pending | None = None
        self._shapes: dict[int, tuple[Any, FontShape]] = {}
        self._base = IDENTITY
        self._forms: list[tuple[Matrix, _State, list[_State], Any]] = []
        self._resources: Any = page.get("/Resources")  # pypdf has copied inherited ones into it

    def before(self, operator: bytes, operands: Sequence[Any], cm: Any, tm: Any) -> None:
        """Note what an operator will change."""
        state = self._state
        number = operands[0] if operands and isinstance(operands[0], int | float) else None
        if operator == b"Tj" and operands and isinstance(operands[0], bytes):
            place = product(product(matrix(tm), matrix(cm)), self._base)
            self._pending = _Pending(bytes(operands[0]), place, replace(state))
        elif operator == b"TJ" and number is not None:
            self._pen -= float(number) / 1000 * state.size * state.scale
        elif operator in _MOVES:
            self._pen = 0.0
        elif operator == b"q":
            self._saved.append(replace(state))
        elif operator == b"Q":
            self._state = self._saved.pop() if self._saved else state
        elif operator == b"Tf" and len(operands) > 1 and isinstance(operands[1], int | float):
            state.size = float(operands[1])
        elif operator == b"Tc" and number is not None:
            state.spacing = float(number)
        elif operator == b"Tw" and number is not None:
            state.word_spacing = float(number)
        elif operator == b"Tz" and number is not None:
            state.scale = float(number) / 100
        elif operator == b"Do" and operands:
            self._enter(operands[0], matrix(cm))
        elif operator == b"INLINE IMAGE":
            self._paint(matrix(cm))
        elif operator in _PAINTS:
            self.painted = True

    def after(self, operator: bytes, operands: Sequence[Any], cm: Any, tm: Any) -> None:
        """Leave a form when all of it has been shown."""
        if operator == b"Do" and operands and self._forms:
            self._base, self._state, self._saved, self._resources = self._forms.pop()
            self._pen = 0.0

    def text(self, text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        """Take the text of the string that was announced by ``before``."""
        pending, self._pending = self._pending, None
        if pending is None:
            return
        shape = self._shape(font)
        codes = list(shape.codes(pending.codes))
        state = pending.state
        advances = [
            state.scale
            * (
                shape.width(code) / 1000 * state.size
                + state.spacing
                + (state.word_spacing if shape.code_bytes == 1 and code == 32 else 0.0)
            )
            for code in codes
        ]
        begin = self._pen
        self._pen += sum(advances)
        # The last character is the blank that made pypdf tell.
        self._add(text[:-1].lstrip("\n"), begin, advances, pending.place, state, shape)

    def _add(
        self,
        text: str,
        begin: float,
        advances: Sequence[float],
        place: Matrix,
        state: _State,
        shape: FontShape,
    ) -> None:
        """Cut a string into words and note where each stands."""
        if len(advances) != len(text):  # ligatures; a fair share of the width for each character
            advances = [sum(advances) / max(1, len(text))] * len(text)
        run, turn = direction(place)
        size = abs(state.size) * math.hypot(place[2], place[3])
        at, start, x = 0, -1, begin
        edges = [begin]
        for advance in advances:
            x += advance
            edges.append(x)
        while at <= len(text):
            inside = at < len(text) and not text[at].isspace()
            if inside and start < 0:
                start = at
            elif not inside and start >= 0:
                left, y = turned(place, edges[start], turn)
                # Spacing behind the last character is not part of the word.
                right = left + (edges[at] - edges[start] - state.spacing * state.scale) * run
                word = text[start:at]
                blank = start > 0
                self.words.append(Word(word, left, right, y, size, shape.bold, blank, turn))
                start = -1
            at += 1

    def _shape(self, font: Any) -> FontShape:
        if font is None:
            return UNKNOWN
        held = self._shapes.get(id(font))
        if held is None:  # the font is kept too, so that its id stays its own
            held = self._shapes[id(font)] = (font, read_shape(font))
        return held[1]

    def _paint(self, cm: Matrix) -> None:
        """Note an image: it fills the unit square, as transformed."""
        a, b, c, d, _, _ = product(cm, self._base)
        self.painted = True
        self.picture = max(self.picture, abs(a * d - b * c))

    def _enter(self, name: Any, cm: Matrix) -> None:
        """Go into a form, or note that an image is shown.

        pypdf reads a form in the form's own coordinates, so its place on the page is kept here.
        """
        self._forms.append((self._base, replace(self._state), self._saved, self._resources))
        self._saved = []
        forms = _held(self._resources, "/XObject")
        form = _held(forms, name)
        if not isinstance(form, StreamObject) or form.get("/Subtype") != "/Form":
            self._paint(cm)
            return
        self._base = product(product(matrix(_held(form, "/Matrix")), cm), self._base)
        self._resources = _held(form, "/Resources")
        if not isinstance(form, ContentStream):
            told = singly(ContentStream(form, self._pdf, "bytes"))
            for key in ("/Type", "/Subtype", "/Matrix", "/BBox", "/Resources"):
                if key in form:
                    told[NameObject(key)] = form.raw_get(key)
            forms[NameObject(name)] = told


def _held(values: Any, key: Any) -> Any:
    value = values.get_object() if hasattr(values, "get_object") else values
    value = value.get(key) if isinstance(value, DictionaryObject) else None
    return value.get_object() if value is not None else None


def _garbled(words: Sequence[Word]) -> float:
    """Tell how many characters are replacements, controls or without meaning outside their font.

    One such character alone is a bullet.
    """
    text = "".join(word.text for word in words if len(word.text) > 1)
    lost = sum(unicodedata.category(c) in ("Cc", "Co", "Cn", "Cs") or c == "\ufffd" for c in text)
    return lost / max(1, len(text))


def _without_shadows(words: Sequence[Word]) -> list[Word]:
    """Leave out words drawn twice on one spot, as some programs make bold."""
    seen: dict[tuple[str, int], list[int]] = {}
    kept: list[Word] = []
    for word in words:
        spots = seen.setdefault((word.text, word.turn), [])
        near = _SHADOW * word.size
        shadowed = next(
            (
                at
                for at in spots[-_SHADOWS_BACK:]
                if abs(kept[at].x - word.x) < near and abs(kept[at].y - word.y) < near
            ),
            None,
        )
        if shadowed is None:
            spots.append(len(kept))
            kept.append(word)
        else:
            kept[shadowed] = replace(kept[shadowed], bold=True)
    return kept
