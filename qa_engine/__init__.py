"""From a question to an answer whose every sentence is proved by an agenda item.

What other programs may import from here stays; all else can move. docs/tools.md shows its use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.errors import PunktvisError
from indexer.model import Filters
from qa_engine.cases import Case
from qa_engine.filtering import resolve_filters
from qa_engine.model import Answer, Citation, Hit
from qa_engine.precedents import Precedent

if TYPE_CHECKING:
    from qa_engine.engine import Engine

__all__ = [
    "Answer",
    "Case",
    "Citation",
    "Engine",
    "Filters",
    "Hit",
    "Precedent",
    "PunktvisError",
    "resolve_filters",
]


def __getattr__(name: str) -> object:
    # Only who asks for the engine loads what opens an index: --help shall be there at once.
    if name == "Engine":
        from qa_engine.engine import Engine  # noqa: PLC0415 - see above

        return Engine
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
