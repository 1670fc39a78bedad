"""The picture of drift over time: one line, the share that agrees at each recorded run.

Drawn by the server as a path and a dot a run, in a box of fixed size that the page stretches; no
text stands in it. The same figures stand beside it as a table. Lays out only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH = 960
HEIGHT = 240
_MOST_DOTS = 120
_WHOLE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftPicture:
    """A finished picture.

    Attributes:
        line: Path of the line; empty for one run.
        dots: Path of a short stroke at each run, which is drawn as a round dot.
        start: Day of the first run.
        end: Day of the last.
        first: Thousandths that agreed at first.
        last: Thousandths that agreed last.

    """

    line: str
    dots: str
    start: date
    end: date
    first: int
    last: int

    @property
    def width(self) -> int:
        """Width of the box."""
        return WIDTH

    @property
    def height(self) -> int:
        """Height of the box."""
        return HEIGHT


def drift_picture(runs: Sequence[tuple[int, date, int]]) -> DriftPicture | None:
    """Lay the picture out, from nothing at the lower edge to all at the upper; None for no run.

    Args:
        runs: Instant in microseconds, day and thousandths of each run, the oldest first.

    """
    if not runs:
        return None
    begin, end = runs[0][0], runs[-1][0]
    span = max(1, end - begin)
    spots = [
        (WIDTH * (at - begin) // span if len(runs) > 1 else WIDTH // 2, _height(share))
        for at, _, share in runs
    ]
    return DriftPicture(
        line="M" + "L".join(f"{x} {y}" for x, y in spots) if len(spots) > 1 else "",
        dots="".join(f"M{x} {y}h0.01" for x, y in spots[-_MOST_DOTS:]),
        start=runs[0][1],
        end=runs[-1][1],
        first=runs[0][2],
        last=runs[-1][2],
    )


def _height(share: int) -> int:
    return HEIGHT - HEIGHT * share // _WHOLE
