"""The curve of risk and coverage as a picture."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import altair as alt

from qa_engine.risk import RiskCurve

_SIZE = 420
_CURVE, _MARK = "#1f4e79", "#b3261e"


def save_picture(curve: RiskCurve, file: Path) -> None:
    """Write the curve as an SVG picture, the threshold marked on it."""
    share = alt.Scale(domain=[0, 1])
    coverage = alt.X("coverage:Q", scale=share, title="share of the questions answered")
    risk = alt.Y("risk:Q", scale=share, title="share of the answers wrong")
    line = (
        alt.Chart({"values": [asdict(point) for point in curve.points]})
        .mark_line(interpolate="step-after", color=_CURVE)
        .encode(x=coverage, y=risk)
    )
    chosen = [asdict(curve.chosen)] if curve.chosen else []
    marked = alt.Chart({"values": chosen}).encode(x=coverage, y=risk)
    point = marked.mark_point(filled=True, opacity=1, size=90, color=_MARK)
    label = marked.mark_text(dy=24, color=_MARK).encode(
        text=alt.value(f"threshold {curve.threshold}")
    )
    picture = alt.layer(line, point, label).properties(
        width=_SIZE, height=_SIZE, title="Risk and coverage"
    )
    picture.save(file, format="svg")
