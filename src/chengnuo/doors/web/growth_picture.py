"""The growth picture: how large the log was at the end of each day, or each month of a long life.

The same points stand beside it as a table. Lays out only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chengnuo.engines.drawing.parts import Drawing, Told
from chengnuo.engines.drawing.plot import Course, course_plot
from chengnuo.ports.log_status import Growth

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
class GrowthCourse:
    """What is drawn.

    Attributes:
        start: Left edge: the day before the first record.
        end: Right edge: the day of the newest record.
        corners: Where the line turns.
        points: The days that had a record, or the ends of months, oldest first.
        monthly: Whether the points are ends of months.

    """

    start: date
    end: date
    corners: tuple[tuple[date, int], ...]
    points: tuple[Point, ...]
    monthly: bool

    @property
    def top(self) -> int:
        """Return the size at the end."""
        return self.points[-1].size


def growth_course(growth: Sequence[Growth]) -> GrowthCourse | None:
    """Return what is drawn; None for a log without records.

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
    reach = _MONTH if monthly else _DAY
    corners = [(days[0] - _DAY, 0)]
    for day, size in sizes.items():
        last_day, last_size = corners[-1]
        if day - last_day > reach:  # nothing came in between: the line stays where it was
            corners.append((day - reach, last_size))
        corners.append((day, size))
    befores = (0, *sizes.values())
    return GrowthCourse(
        start=corners[0][0],
        end=days[-1],
        corners=tuple(corners),
        points=tuple(
            Point(day=day, size=size, added=size - before)
            for (day, size), before in zip(sizes.items(), befores, strict=False)
        ),
        monthly=monthly,
    )


def growth_plot(course: GrowthCourse, told: Told) -> Drawing:
    """Return the picture."""
    points = [((day - course.start).days, size) for day, size in course.corners]
    return course_plot(told, Course(points=points, start=course.start, end=course.end))


def _ends_of_months(sizes: dict[date, int]) -> dict[date, int]:
    """Keep of each month its last day that had a record."""
    last = {(day.year, day.month): day for day in sizes}
    return {day: sizes[day] for day in last.values()}
