"""What the tests of the parser share: where the minutes are, and golden files."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.model import Minutes
from indexer.pages import Document
from indexer.parsing import parse

_TESTS = Path(__file__).resolve().parents[1]
_REWRITE = os.environ.get("PUNKTVIS_GOLDEN") == "write"


@pytest.fixture
def golden() -> Callable[[str, object], None]:
    """Compare a value with its golden file; ``make golden`` writes the file anew instead."""

    def check(name: str, value: object) -> None:
        file = _TESTS / "golden" / f"{name}.json"
        text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
        if _REWRITE:
            file.write_text(text, encoding="utf-8")
        assert json.loads(text) == json.loads(file.read_text(encoding="utf-8")), (
            f"{file.name} differs; if the change is meant, run 'make golden' and review the diff"
        )

    return check


@pytest.fixture
def digest() -> Callable[[str], str]:
    """Give a text a short digest, so that a golden file can tell it without holding it."""
    return lambda text: hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


@pytest.fixture
def parsed() -> Callable[[str], Minutes]:
    """Parse a text as the minutes of a file without pages."""
    return lambda text: parse(Document(text, paged="\f" in text), "referat.txt")
