"""The curve is drawn as an SVG picture that can be read."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from qa_engine.risk import risk_curve
from qa_engine.risk_picture import save_picture

ANSWERS = [(0.9, True), (0.8, True), (0.7, False), (0.5, True), (0.3, False)]


def _texts(file: Path) -> set[str]:
    root = ElementTree.parse(file).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    return {"".join(element.itertext()) for element in root.iter() if element.tag.endswith("text")}


def test_the_picture_names_its_axes_and_marks_the_threshold(tmp_path: Path) -> None:
    save_picture(risk_curve(ANSWERS, 6, 0.6), tmp_path / "curve.svg")
    texts = _texts(tmp_path / "curve.svg")
    assert {"Risk and coverage", "threshold 0.6"} <= texts
    assert {"share of the questions answered", "share of the answers wrong"} <= texts


def test_a_curve_without_points_is_a_picture_too(tmp_path: Path) -> None:
    save_picture(risk_curve([], 2, 0.6), tmp_path / "curve.svg")
    assert "threshold 0.6" not in _texts(tmp_path / "curve.svg")
