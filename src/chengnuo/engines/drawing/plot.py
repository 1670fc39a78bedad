"""Charts: counts and shares with their scale, ticks and words.

Lines over days, bars by day, rows of bars, and rows of which each is a whole.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from chengnuo.engines.drawing.parts import (
    GAP,
    Box,
    Drawing,
    Frame,
    Label,
    Mark,
    Told,
    dot,
    drawn,
    fitted,
    gutter,
    key_below,
    limit_words,
    path_of,
    px,
    rect,
)
from chengnuo.engines.drawing.scale import (
    TEXT,
    bucketed,
    day_ticks,
    round_ticks,
    short_number,
    wide_of,
)

_TICKS = 5
_LEAST_BAR = 7.0
_MOST_BAR = 72.0
_AIR = 0.25
_ROW_BAR, _ROW_TEXT = 22, 22
_LEAST = 2.0
_MOST_DOTS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A line over days.

    Attributes:
        points: Days since `start`, parts of days allowed, ascending, and the value there.
        start: Left edge.
        end: Right edge.
        limits: Lines across, each with its words.
        steps: Whether a value stays until the next point.
        until: Where the last value ends, in days since `start`; None for where its point is.
        dotted: Whether each point has a dot of its own, and no area is under the line.
        unit: What stands behind every number of the scale.
        whole: The top of the scale; None for a round number above all values.

    """

    points: Sequence[tuple[float, float]]
    start: date
    end: date
    limits: Sequence[tuple[int, str]] = ()
    steps: bool = False
    until: float | None = None
    dotted: bool = False
    unit: str = ""
    whole: int | None = None


def course_plot(told: Told, course: Course) -> Drawing:
    """Return a line over days."""
    return drawn(told, lambda width: _course(told, course, width))


def _course(told: Told, course: Course, width: int) -> Box:
    values = [value for _, value in course.points]
    most = math.ceil(max([*values, *(limit for limit, _ in course.limits)], default=0))
    ticks = _quarters(course.whole) if course.whole else round_ticks(most, _TICKS)
    texts = [short_number(one, told.lang) + course.unit for one in ticks]
    frame = Frame(width, gutter(texts), ticks[-1])
    span = max((course.end - course.start).days, *(day for day, _ in course.points)) or 1

    def across(day: float) -> float:
        return frame.left + frame.room * (day / span if len(course.points) > 1 else 0.5)

    spots: list[tuple[float, float]] = []
    for day, value in course.points:
        if course.steps and spots:
            spots.append((across(day), spots[-1][1]))
        spots.append((across(day), frame.up(value)))
    if course.until is not None and spots:
        spots.append((across(course.until), spots[-1][1]))
    line = path_of(spots)
    marks = frame.rules(ticks)
    if not course.dotted and len(spots) > 1:
        first, last = spots[0][0], spots[-1][0]
        under = f"L{px(last)} {px(frame.bottom)}L{px(first)} {px(frame.bottom)}Z"
        marks.append(Mark("area", line + under))
    for at, _ in course.limits:
        marks.append(Mark("limit", f"M{frame.left} {px(frame.up(at))}H{width}"))
    if len(spots) > 1:
        marks.append(Mark("line", line))
    if course.dotted or len(spots) == 1:
        marks.append(Mark("dots", "".join(map(dot, spots[-_MOST_DOTS:]))))
    days = day_ticks(course.start, course.end, frame.room)
    labels = [*frame.scale(ticks, texts), *frame.days(days, across, course.start)]
    labels += limit_words(frame, course.limits)
    return Box(width, frame.height, tuple(marks), tuple(labels))


def days_plot(told: Told, days: Sequence[tuple[date, tuple[int, ...]]]) -> Drawing | None:
    """Return bars by day: the first sort stands on the line, the others hang below it.

    Days are put together where a bar would be too narrow to tell its pattern. None for nothing.

    Args:
        told: What it says of itself.
        days: Every day and its counts, oldest first.

    """
    if not any(any(counts) for _, counts in days):
        return None

    return drawn(told, lambda width: _days(told, days, width))


def _days(told: Told, days: Sequence[tuple[date, tuple[int, ...]]], width: int) -> Box:
    guess = Frame(width, gutter([short_number(10**6 - 1, told.lang)]), 1)
    found = bucketed(days, int(guess.room / _LEAST_BAR))
    high = _side(one.counts[0] for one in found)
    low = _side(sum(one.counts[1:]) for one in found)
    ticks = _apart(low, high)
    texts = [short_number(abs(one), told.lang) for one in ticks]
    frame = Frame(width, gutter(texts), high[-1], -low[-1])
    step = frame.room / len(found)
    wide = min(step * (1 - _AIR), _MOST_BAR)
    bars = [""] * len(days[0][1])
    for at, one in enumerate(found):
        left, hung = frame.left + step * (at + 0.5) - wide / 2, 0
        for sort, count in enumerate(one.counts):
            if not count:
                continue
            edge, other = (count, 0) if sort == 0 else (-hung, -hung - count)
            hung += 0 if sort == 0 else count
            bars[sort] += rect(left, frame.up(edge), wide, frame.up(other) - frame.up(edge))
    marks = frame.rules(ticks)
    marks += [Mark(f"bar-{sort}", path) for sort, path in enumerate(bars) if path]
    marks.append(Mark("axis", f"M{frame.left} {px(frame.up(0))}H{width}"))
    start, end = days[0][0], days[-1][0]

    def across(day: float) -> float:
        return frame.left + frame.room * (day + 0.5) / len(days)

    under = frame.days(day_ticks(start, end, frame.room), across, start)
    return Box(width, frame.height, tuple(marks), (*frame.scale(ticks, texts), *under))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotRow:
    """A row of bars: what it is about, and the count of each sort.

    Attributes:
        name: What it is about.
        counts: How many of each sort.
        texts: What stands at each; of a row that is a whole, one more for the row.
        sort: The one pattern of all bars of a row; None for one each.

    """

    name: str
    counts: tuple[int, ...]
    texts: tuple[str, ...]
    sort: int | None = None


def rows_plot(told: Told, rows: Sequence[PlotRow]) -> Drawing | None:
    """Return bars that lie below each other, each with its name and its number; None for nothing.

    Args:
        told: What it says of itself.
        rows: The rows, the first on top; `sort` draws all bars of a row in one pattern.

    """
    most = max((max(row.counts) for row in rows), default=0)
    if most == 0:
        return None

    return drawn(told, lambda width: _rows(rows, most, width))


def _rows(rows: Sequence[PlotRow], most: int, width: int) -> Box:
    room = width - max(wide_of(text) for row in rows for text in row.texts) - GAP - 2
    marks: list[Mark] = []
    labels: list[Label] = []
    axis, top = "", 0.0
    for row in rows:
        labels.append(Label(0, top + TEXT, fitted(row.name, width), "start", "name"))
        top += _ROW_TEXT
        axis += f"M1 {px(top - 2)}v{px(len(row.counts) * _ROW_BAR)}"
        for sort, (count, text) in enumerate(zip(row.counts, row.texts, strict=True)):
            shown = sort if row.sort is None else row.sort
            wide = max(room * count / most, _LEAST) if count else 0.0
            if count:
                marks.append(Mark(f"bar-{shown}", rect(1, top, wide, _ROW_BAR - 6)))
            labels.append(Label(wide + GAP, top + 13, text))
            top += _ROW_BAR
        top += GAP
    return Box(width, int(top), (*marks, Mark("axis", axis)), tuple(labels))


def shares_plot(told: Told, rows: Sequence[PlotRow], sorts: Sequence[str]) -> Drawing:
    """Return bars of one length of which the sorts are parts; a row of nothing has none.

    Args:
        told: What it says of itself.
        rows: The rows, the first on top; what a part counts stands in it where it fits.
        sorts: What each part is, in words that stand below.

    """
    return drawn(told, lambda width: _shares(rows, sorts, width))


def _shares(rows: Sequence[PlotRow], sorts: Sequence[str], width: int) -> Box:
    marks: list[Mark] = []
    labels: list[Label] = []
    top = 0.0
    for row in rows:
        *texts, whole = row.texts
        name = fitted(row.name, width - wide_of(whole) - 2 * GAP)
        labels.append(Label(0, top + TEXT, name, "start", "name"))
        labels.append(Label(width, top + TEXT, whole, "end", "in"))
        top += _ROW_TEXT
        left, total = 1.0, max(sum(row.counts), 1)
        for sort, (count, text) in enumerate(zip(row.counts, texts, strict=True)):
            wide = (width - 2) * count / total
            if count:
                marks.append(Mark(f"bar-{sort}", rect(left, top, wide, _ROW_BAR)))
            if count and wide >= wide_of(text) + GAP:
                look = "on" if sort == 0 else "name"
                labels.append(Label(left + wide / 2, top + 16, text, "middle", look))
            left += wide
        top += _ROW_BAR + 2 * GAP
    keys = ((f"bar-{sort}", words) for sort, words in enumerate(sorts))
    more, said, top = key_below(keys, top, width)
    return Box(width, int(top), (*marks, *more), (*labels, *said))


def _side(counts: Iterable[int]) -> tuple[int, ...]:
    """Return the ticks of one side of nothing."""
    most = max(counts)
    return round_ticks(most, 4) if most else (0,)


def _apart(low: Sequence[int], high: Sequence[int]) -> tuple[int, ...]:
    """Return ticks on both sides of nothing, those left out that would stand on others."""
    whole = high[-1] + low[-1]
    found: list[int] = []
    for one in sorted((*(-each for each in low if each), 0, *(each for each in high if each))):
        if not found or (one - found[-1]) * 8 >= whole or one == 0:
            if one == 0 and found and -found[-1] * 8 < whole:
                found.pop()
            found.append(one)
    return tuple(found)


def _quarters(whole: int) -> tuple[int, ...]:
    return tuple(whole * at // 4 for at in range(5))
