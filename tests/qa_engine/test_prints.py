"""The real minutes answer alike whether they were read from text or from PDFs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
sys.path.append(str(ROOT / "corpus"))  # print and layouts are scripts, not a package

from layouts import LAYOUTS  # noqa: E402 - see above
from print import typeset  # noqa: E402

WITHIN = 0.02
QUALITY = {
    "retrieval": ("R@1", "recall@5", "MRR"),
    "answers": ("right", "false refusals", "unanswerable refused"),
    "citations": ("answers with a citation", "cited item is relevant", "quotes verbatim"),
}


def test_prints_of_the_real_minutes_score_as_their_texts_do(
    score_minutes: Callable[[Path], dict[str, Any]], real_score: dict[str, Any], tmp_path: Path
) -> None:
    """Each is set in another layout, with running footers and wrapped headings."""
    for number, file in enumerate(sorted((SHARED / "minutes").glob("*.txt"))):
        printed = typeset(file.read_text(encoding="utf-8"), LAYOUTS[number % len(LAYOUTS)])
        (tmp_path / f"{file.stem}.pdf").write_bytes(printed.data)

    text, prints = real_score, score_minutes(tmp_path)

    for part, names in QUALITY.items():
        for name in names:
            print(f"{part} {name}: {text[part][name]:.3f} text, {prints[part][name]:.3f} prints")
    for part, names in QUALITY.items():
        for name in names:
            assert abs(prints[part][name] - text[part][name]) <= WITHIN, f"{part}: {name}"
