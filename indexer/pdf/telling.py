"""Content streams rewritten so that pypdf tells every string of a page singly.

``page.extract_text`` tells its visitors where a run of text begins, but joins the runs of a line
and never says where one ends: columns and full lines cannot be told from that. So every operator
that shows text is followed here by two that show nothing: a blank and an empty transformation,
on which pypdf hands over what it has. Everything used is in pypdf's public interface.
"""

from __future__ import annotations

from typing import Any

from pypdf.generic import ContentStream, NumberObject, TextStringObject

_TELL: list[tuple[list[Any], bytes]] = [
    ([TextStringObject(" ")], b"Tj"),
    ([NumberObject(number) for number in (1, 0, 0, 1, 0, 0)], b"cm"),
]


def singly(stream: ContentStream) -> ContentStream:
    """Write a stream so that each of its strings is told singly, see above.

    Shifts inside an array of strings become operators of their own, which only ``before`` heeds.
    """
    told: list[tuple[Any, bytes]] = []
    for operands, operator in stream.operations:
        if operator == b"TJ" and operands and isinstance(operands[0], list):
            for part in operands[0]:
                told.append(([part], b"Tj" if isinstance(part, bytes) else b"TJ"))
                if isinstance(part, bytes):
                    told.extend(_TELL)
        elif operator == b"Tj":
            told.extend([(operands, operator), *_TELL])
        elif operator == b"'":
            told.extend([([], b"T*"), (operands, b"Tj"), *_TELL])
        elif operator == b'"' and len(operands) > 2:
            told.extend([(operands[:1], b"Tw"), (operands[1:2], b"Tc"), ([], b"T*")])
            told.extend([(operands[2:3], b"Tj"), *_TELL])
        else:
            told.append((operands, operator))
    stream.operations = told
    return stream
