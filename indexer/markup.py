"""Markdown and HTML marks in a text: seeing past them without changing the text."""

from __future__ import annotations

import re

_MARKS = re.compile(
    r"^[ \t]*(?:>[ \t]*)+(?:#{1,6}[ \t]+)?"  # quotation
    r"|^[ \t]*#{1,6}[ \t]+"  # heading
    r"|</?(?:a|b|i|u|em|strong|br|p|sup|sub|span)\b[^<>]{0,200}>"
    r"|(?<!\\)\*{1,3}(?=\S)|(?<=[^\s\\])\*{1,3}"  # emphasis, on either side of a word
    r"|(?<![\w_])__(?=[^\s_])|(?<=[^\s_])__(?![\w_])"
    r"|\\(?=[_*#\[\]().>-])",  # escapes
    re.MULTILINE | re.IGNORECASE,
)
# Every mark begins with one of these, so that most texts are seen to have none at a glance.
_MAY_MARK = re.compile(r"[#<>*\\\[_]")
_LINK = re.compile(r"\[([^\[\]\n]{0,500})\]\([^)\s]{0,1000}\)")
# One underscore is as often part of a file's name.
_ITALIC_LINE = re.compile(r"^[ \t]*(_)[^_\n]+(_):?[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"[ \t]*(#{1,6})[ \t]+\S")
_BOLD_LINE = re.compile(r"[ \t]*(?:\*\*[^*\n]+\*\*|__[^_\n]+__):?[ \t]*")


def plain(text: str) -> str:
    """Take the marks out of a text; what a reader sees stays."""
    if not _MAY_MARK.search(text):
        return text
    return "".join([text[position] for position in visible(text)])


def readable(text: str) -> str:
    """Write a text as running text: without marks, every run of blanks as one blank."""
    return " ".join(plain(text).split())


def visible(text: str) -> list[int]:
    """List the positions of the characters that a reader sees, so that marks can be mapped back."""
    if not _MAY_MARK.search(text):
        return list(range(len(text)))
    hidden = bytearray(len(text))
    for match in _MARKS.finditer(text):
        hidden[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for match in _ITALIC_LINE.finditer(text):
        hidden[match.start(1)] = hidden[match.start(2)] = 1
    for match in _LINK.finditer(text):
        hidden[match.start()] = 1
        hidden[match.end(1) : match.end()] = b"\1" * (match.end() - match.end(1))
    return [position for position, mark in enumerate(hidden) if not mark]


def heading_level(line: str) -> int:
    """Tell how a line is marked as a heading: 1-6 for Markdown's, 7 for a bold line, 0 for none."""
    if match := _HEADING.match(line):
        return len(match[1])
    return 7 if _BOLD_LINE.fullmatch(line) else 0
