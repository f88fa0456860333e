"""Transformations of the plane as PDFs write them (ISO 32000-1, 8.3.3)."""

from __future__ import annotations

import math
from typing import Any

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def matrix(values: Any) -> Matrix:
    """Read six operands; whatever else stands there counts as no transformation."""
    try:
        a, b, c, d, e, f = (float(value) for value in values)
    except (TypeError, ValueError):
        return IDENTITY
    return a, b, c, d, e, f


def product(m: Matrix, n: Matrix) -> Matrix:
    """Transform by the first, then by the second."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def direction(matrix: Matrix) -> tuple[float, int]:
    """Tell how far one unit of text goes on the page, and in which quarter of the circle."""
    run = math.hypot(matrix[0], matrix[1])
    return run, round(math.atan2(matrix[1], matrix[0]) / (math.pi / 2)) % 4


def turned(matrix: Matrix, along: float, turn: int) -> tuple[float, float]:
    """Tell where a point of a line of text is on the page, turned so that the line reads level."""
    x, y = matrix[0] * along + matrix[4], matrix[1] * along + matrix[5]
    for _ in range(turn):
        x, y = y, -x
    return x, y
