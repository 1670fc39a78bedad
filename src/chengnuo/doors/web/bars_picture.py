"""Bars by day: what was agreed stands above a line, what was not hangs below it.

Drawn by the server as one path a sort, in a box of fixed size that the page stretches; no text
stands in it. The same numbers stand beside it as a table. Lays out only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chengnuo.usecases.consent.figures import DayFigures

WIDTH = 960
HEIGHT = 240
_GAP = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class BarsPicture:
    """A finished picture.

    Attributes:
        paths: One path a sort, the one above the line first.
        middle: Height of the line.
        start: First day.
        end: Last day.
        up: The most on one day above the line.
        down: The most on one day below it.

    """

    paths: tuple[str, ...]
    middle: float
    start: date
    end: date
    up: int
    down: int

    @property
    def width(self) -> int:
        """Width of the box."""
        return WIDTH

    @property
    def height(self) -> int:
        """Height of the box."""
        return HEIGHT


def bars_picture(days: Sequence[DayFigures]) -> BarsPicture | None:
    """Lay the picture out; None if there is nothing to draw.

    Args:
        days: Every day, oldest first; of the counts the first goes up, the others down.

    """
    up = max((day.counts[0] for day in days), default=0)
    down = max((sum(day.counts[1:]) for day in days), default=0)
    if up + down == 0:
        return None
    unit, step = HEIGHT / (up + down), WIDTH / len(days)
    middle, wide = round(up * unit, 2), round(step * (1 - _GAP), 2)
    paths = [""] * len(days[0].counts)
    for number, day in enumerate(days):
        left = round(number * step + step * _GAP / 2, 2)
        hung = middle
        for sort, count in enumerate(day.counts):
            tall = round(count * unit, 2)
            if not count:
                continue
            top = round(middle - tall, 2) if sort == 0 else round(hung, 2)
            paths[sort] += f"M{left} {top}h{wide}v{tall}h-{wide}z"
            if sort:
                hung += tall
    return BarsPicture(
        paths=tuple(paths),
        middle=middle,
        start=days[0].day,
        end=days[-1].day,
        up=up,
        down=down,
    )
