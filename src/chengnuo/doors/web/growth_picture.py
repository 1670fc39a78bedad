"""The growth picture: how large the log was at the end of each day, or each month of a long life.

A line over an area, drawn by the server as paths in a box of fixed size that the page stretches;
no text stands in it. The same points stand beside it as a table. Lays out only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chengnuo.ports.evidence_log import Growth

WIDTH = 960
HEIGHT = 240
MOST_DAYS = 62
_DAY = timedelta(days=1)
_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A size at the end of a day, and how much came since the point before."""

    day: date
    size: int
    added: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthPicture:
    """A finished picture.

    Attributes:
        line: Path of the line.
        area: Path of the area under it.
        start: Left edge: the day before the first record.
        end: Right edge: the day of the newest record.
        top: The size at the upper edge.
        points: What is drawn, oldest first.
        monthly: Whether the points are ends of months.

    """

    line: str
    area: str
    start: date
    end: date
    top: int
    points: tuple[Point, ...]
    monthly: bool

    @property
    def width(self) -> int:
        """Width of the box."""
        return WIDTH

    @property
    def height(self) -> int:
        """Height of the box."""
        return HEIGHT


def growth_picture(growth: Sequence[Growth]) -> GrowthPicture | None:
    """Lay the picture out; None for a log without records.

    Args:
        growth: Sizes at the ends of days that had a record, oldest first.

    """
    if not growth:
        return None
    sizes = {date.fromisoformat(one.day): one.size for one in growth}
    monthly = len(sizes) > MOST_DAYS
    if monthly:
        sizes = _ends_of_months(sizes)
    days = list(sizes)
    start, end, top = days[0] - _DAY, days[-1], sizes[days[-1]]
    reach = _MONTH if monthly else _DAY
    corners = [(start, 0)]
    for day, size in sizes.items():
        last_day, last_size = corners[-1]
        if day - last_day > reach:  # nothing came in between: the line stays where it was
            corners.append((day - reach, last_size))
        corners.append((day, size))
    span = (end - start).days
    spots = [
        f"{WIDTH * (day - start).days // span} {HEIGHT - HEIGHT * size // top}"
        for day, size in corners
    ]
    befores = (0, *sizes.values())
    return GrowthPicture(
        line=f"M{'L'.join(spots)}",
        area=f"M{'L'.join(spots)}L{WIDTH} {HEIGHT}L0 {HEIGHT}Z",
        start=start,
        end=end,
        top=top,
        points=tuple(
            Point(day=day, size=size, added=size - before)
            for (day, size), before in zip(sizes.items(), befores, strict=False)
        ),
        monthly=monthly,
    )


def _ends_of_months(sizes: dict[date, int]) -> dict[date, int]:
    """Keep of each month its last day that had a record."""
    last = {(day.year, day.month): day for day in sizes}
    return {day: sizes[day] for day in last.values()}
