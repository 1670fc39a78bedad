"""The picture of drift over time: one line, the share that agrees at each recorded run.

The same figures stand beside it as a table. Lays out only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chengnuo.engines.drawing.parts import Drawing, Told
from chengnuo.engines.drawing.plot import Course, course_plot

_DAY_US = 86_400_000_000
_TENTHS = 10


@dataclass(frozen=True, slots=True)
class DriftPoint:
    """A recorded run: instant in microseconds, civil day, thousandths that agreed."""

    at: int
    day: date
    share: int


def drift_picture(told: Told, runs: Sequence[DriftPoint]) -> Drawing | None:
    """Lay the picture out, from nothing at the lower edge to all at the upper; None for no run.

    Args:
        told: What it says of itself.
        runs: The runs, the oldest first.

    """
    if not runs:
        return None
    begin = runs[0].at
    return course_plot(
        told,
        Course(
            points=[((one.at - begin) / _DAY_US, one.share / _TENTHS) for one in runs],
            start=runs[0].day,
            end=runs[-1].day,
            dotted=True,
            unit="%",
            whole=100,
        ),
    )
