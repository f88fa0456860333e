"""Draw the cost curve that ``make bench-scale`` has measured: ``docs/performance.svg``.

Both scales are logarithmic, so a straight line with a slope of one says: twice the minutes, twice
the cost.
"""

from __future__ import annotations

import json
from pathlib import Path

import altair as alt
import vl_convert

DOCS = Path(__file__).resolve().parents[2] / "docs"
_SHOWN = {
    "nearest_ms": "search, ms",
    "filtered_ms": "search with filters, ms",
    "words_ms": "search by words, ms",
    "open_s": "opening, s",
    "add_s": "one meeting added and found, s",
    "again_s": "one meeting stored anew, s",
    "memory_mb": "memory of a search, MB",
    "disk_mb": "disk, MB",
}


def main() -> None:
    """Read the figures and write the picture."""
    lines = (DOCS / "performance.jsonl").read_text(encoding="utf-8").splitlines()
    points = [
        {"passages": row["chunks"], "cost": row[name], "what": told}
        for row in map(json.loads, lines)
        for name, told in _SHOWN.items()
    ]
    chart = (
        alt.Chart(alt.Data(values=points))
        .mark_line(point=True)
        .encode(
            x=alt.X("passages:Q", scale=alt.Scale(type="log")),
            y=alt.Y("cost:Q", scale=alt.Scale(type="log"), title="cost"),
            color=alt.Color("what:N", title=None, sort=list(_SHOWN.values())),
            strokeDash=alt.StrokeDash("what:N", title=None, sort=list(_SHOWN.values())),
        )
        .properties(width=520, height=340)
    )
    svg = vl_convert.vegalite_to_svg(chart.to_json())
    (DOCS / "performance.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
