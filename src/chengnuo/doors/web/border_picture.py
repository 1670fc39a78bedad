"""The year's curve of people abroad against the lines of the law.

The same points and lines stand beside it as tables. Lays out only.
"""

from collections.abc import Sequence
from datetime import date

from chengnuo.engines.drawing.parts import Drawing, Told
from chengnuo.engines.drawing.plot import Course, course_plot


def border_picture(
    told: Told,
    points: Sequence[tuple[date, int]],
    limits: Sequence[tuple[int, str]],
    *,
    year: int,
    today: date,
) -> Drawing | None:
    """Lay the picture out; None where nobody was counted.

    Args:
        told: What it says of itself.
        points: How many were counted by the end of some days, oldest first.
        limits: The lines with their words, in any order; those beyond the first that is not
            reached are left out.
        year: The year; its edges are those of the picture.
        today: Where the curve of the present year ends.

    """
    if not points:
        return None
    start, end = date(year, 1, 1), date(year, 12, 31)
    most = points[-1][1]
    shown: list[tuple[int, str]] = []
    for limit, words in sorted(set(limits)):
        shown.append((limit, words))
        if limit > most:
            break
    last = max(min(today, end), points[-1][0])
    course = [(0, 0), *(((day - start).days, people) for day, people in points)]
    return course_plot(
        told,
        Course(
            points=course,
            start=start,
            end=end,
            limits=shown,
            steps=True,
            until=(last - start).days,
        ),
    )
