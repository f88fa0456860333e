"""Words that are cut at the end of a line, and words whose hyphen happens to stand there.

"kommunal-" / "bestyrelse" is one word, "Corona-" / "situationen" keeps its hyphen, "børne-" /
"og ungepolitik" its hyphen and a blank. The document itself tells: by the words it writes
elsewhere, and by how often its lines end in a hyphen that could be a cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.pdf.lines import Page

_SOFT = "\u00ad"
_WORD = re.compile(r"\w+(?:-\w+)*")
_GOES_ON = re.compile(r"(?:og|eller|samt|til|/)\b", re.IGNORECASE)
_LONG = 30  # characters of a line that may be full
_ENOUGH = 60  # full lines that show whether words are cut
# Seen in 60 prints of 21 minutes: up to 0.0066 of the lines where words are not cut, 0.011 and
# more where they are.
_CUT = 0.008


@dataclass(frozen=True, slots=True)
class Hyphens:
    """What a document tells about its hyphens.

    Attributes:
        words: Its words, in lower case.
        cuts: Whether it cuts words at the end of a line, as far as can be told.
    """

    words: frozenset[str]
    cuts: bool

    def join(self, above: str, below: str) -> tuple[str, str] | None:
        """Join the halves of a word.

        Returns:
            The line above with the whole word, and the rest of the line below; None where no word
            runs over the end of the line.
        """
        head, _, rest = below.partition(" ")
        if above.endswith(_SOFT):
            return above[:-1] + head, rest
        if not above.endswith("-") or above[-2:-1].isspace() or len(above) < 2:
            return None
        if _GOES_ON.match(head):
            return None
        return (above + head if self._is_own(above, head) else above[:-1] + head), rest

    def _is_own(self, above: str, head: str) -> bool:
        """Tell whether a hyphen is the word's own."""
        if not _may_be_cut(above, head):
            return True
        first = re.split(r"[\s(/]", above)[-1].lower()
        second = re.match(r"\w*", head.lower())
        parted = first + (second[0] if second else "")
        joined = parted.replace("-", "")
        if joined in self.words:
            return False
        return parted in self.words or not self.cuts


def read_hyphens(pages: Sequence[Page]) -> Hyphens:
    """Learn from a document how to join its words; where it is too short, cuts are assumed."""
    words = frozenset(
        word.lower() for page in pages for line in page.lines for word in _WORD.findall(line.text)
    )
    full = doubtful = 0
    for page in pages:
        for above, below in pairwise(page.lines):
            full += len(above.text) >= _LONG
            head = below.words[0].text
            doubtful += above.text[-1] in "-\u00ad" and _may_be_cut(above.text, head)
    return Hyphens(words, full < _ENOUGH or doubtful >= _CUT * full)


def _may_be_cut(above: str, head: str) -> bool:
    """Tell from the letters on both sides whether a hyphen may be a cut: "EDB-" may not."""
    first = re.split(r"[\s(/]", above)[-1][:-1]
    return (
        head[:1].islower() and first[-1:].islower() and len(first) > 1 and not _GOES_ON.match(head)
    )
