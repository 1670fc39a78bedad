"""Places on a page of a PDF, and the operands that tell them (ISO 32000-2, 8.3)."""

from collections.abc import Sequence
from typing import Any

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
"""Left, low, right and high."""

SAME: Matrix = (1, 0, 0, 1, 0, 0)


def direction_of(a: float, b: float) -> int:
    """Return into which of four directions text runs, counted clockwise; -1 if aslant."""
    if abs(b) <= 0.1 * abs(a):
        return 0 if a > 0 else 2
    if abs(a) <= 0.1 * abs(b):
        return 1 if b > 0 else 3
    return -1


def moved(by: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a matrix moves a place."""
    return x * by[0] + y * by[2] + by[4], x * by[1] + y * by[3] + by[5]


def times(one: Matrix, other: Matrix) -> Matrix:
    """Return the matrix that does what one does and then another."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def matrix_of(given: Sequence[Any]) -> Matrix:
    """Return the matrix of six operands; the one that moves nothing, of others."""
    if len(given) < 6 or not all(isinstance(one, int | float) for one in given[:6]):  # noqa: PLR2004
        return SAME
    a, b, c, d, e, f = (float(one) for one in given[:6])
    return a, b, c, d, e, f


def number_at(given: Sequence[Any], at: int, otherwise: float) -> float:
    """Return an operand if it is a number, else another one."""
    found = given[at] if at < len(given) else None
    return float(found) if isinstance(found, int | float) else otherwise
