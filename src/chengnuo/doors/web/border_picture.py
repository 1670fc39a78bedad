"""The year's curve of people abroad against the lines of the law.

Drawn by the server as paths in a box of fixed size that the page stretches; no text stands in it.
The same points and lines stand beside it as tables. Lays out only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 960, 240


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderPicture:
    """A finished picture.

    Attributes:
        line: Path of the curve, from 1 January to the day shown last.
        area: Path of the area under it.
        limits: Path of the lines of the law.
        top: How many people the upper edge stands for.
        start: Left edge.
        end: Right edge.

    """

    line: str
    area: str
    limits: str
    top: int
    start: date
    end: date

    @property
    def width(self) -> int:
        """Width of the box."""
        return WIDTH

    @property
    def height(self) -> int:
        """Height of the box."""
        return HEIGHT


def border_picture(
    points: Sequence[tuple[date, int]], limits: Sequence[int], year: int, today: date
) -> BorderPicture | None:
    """Lay the picture out; None where nobody was counted.

    Args:
        points: How many were counted by the end of some days, oldest first.
        limits: The lines, in any order; those beyond the first that is not reached are left out.
        year: The year; its edges are those of the picture.
        today: Where the curve of the present year ends.

    """
    if not points:
        return None
    start, end = date(year, 1, 1), date(year, 12, 31)
    most, shown = points[-1][1], []
    for limit in sorted(set(limits)):
        shown.append(limit)
        if limit > most:
            break
    top = max(most, *shown) if shown else most
    steps = [(start, 0)]
    for day, people in points:
        steps += [(day, steps[-1][1]), (day, people)]
    steps.append((max(min(today, end), points[-1][0]), most))
    spots = [f"{_across(day, start, end)} {_up(people, top)}" for day, people in steps]
    last = _across(steps[-1][0], start, end)
    return BorderPicture(
        line=f"M{'L'.join(spots)}",
        area=f"M{'L'.join(spots)}L{last} {HEIGHT}L0 {HEIGHT}Z",
        limits="".join(f"M0 {_up(one, top)}H{WIDTH}" for one in shown),
        top=top,
        start=start,
        end=end,
    )


def _across(day: date, start: date, end: date) -> int:
    return WIDTH * (day - start).days // (end - start).days


def _up(people: int, top: int) -> int:
    return HEIGHT - HEIGHT * people // top
