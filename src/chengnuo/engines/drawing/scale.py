"""Scales and ticks that pictures are drawn by: round numbers, round days, words that fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chengnuo.base.columns import columns
from chengnuo.base.text import Lang

TEXT = 14
"""Size of every text of a picture, in units of its box."""
_COLUMN = 0.6
"""Width of a column of text at most, in sizes."""
_BROAD = frozenset("%mwMGTW@…—")
"""Signs of one column that are nearly as wide as two."""
_STEPS = (1, 2, 5)
_DAYS = (1, 2, 7, 14)
_TOGETHER = (1, 7, 14, 28)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 1_200)
_IN_A_MONTH = 30
_YEAR = 12
_LONG = 10_000
_UNITS = {
    Lang.ZH: ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")),
    Lang.EN: ((10**12, "T"), (10**9, "G"), (10**6, "M"), (10**3, "k")),
}


def wide_of(text: str) -> float:
    """Return at most how wide a text is, in units of the box."""
    broad = sum(one in _BROAD for one in text)
    return (columns(text) * _COLUMN + broad * (1 - _COLUMN)) * TEXT


def short_number(count: int, lang: Lang) -> str:
    """Return a count as a tick says it.

    >>> short_number(9_999, Lang.ZH), short_number(1_250_000, Lang.ZH)
    ('9,999', '125万')
    >>> short_number(1_250_000, Lang.EN), short_number(20_000, Lang.EN)
    ('1.25M', '20k')

    """
    if count < _LONG:
        return f"{count:,}"
    for size, word in _UNITS[lang]:
        if count >= size:
            return f"{count / size:.2f}".rstrip("0").rstrip(".") + word
    return f"{count:,}"


def round_ticks(top: int, most: int) -> tuple[int, ...]:
    """Return round numbers from 0 up to the first that is not below `top`.

    Args:
        top: The largest value; at least 0.
        most: How many ticks at most; at least 2.

    >>> round_ticks(7, 5), round_ticks(1_234_567, 4), round_ticks(0, 4)
    ((0, 2, 4, 6, 8), (0, 500000, 1000000, 1500000), (0, 1))

    """
    top = max(top, 1)
    power = 1
    while True:
        for step in _STEPS:
            size = step * power
            count = -(-top // size)
            if count < most:
                return tuple(size * at for at in range(count + 1))
        power *= 10


@dataclass(frozen=True, slots=True)
class DayTick:
    """A day on an axis of days, and what stands under it."""

    day: date
    text: str


def day_ticks(start: date, end: date, room: float) -> tuple[DayTick, ...]:
    """Return round days from `start` to `end` whose words fit beside each other.

    Args:
        start: First day.
        end: Last day; not before the first.
        room: How wide the axis is, in units of the box.

    Returns:
        Days, weeks, or firsts of months; at least the first day itself.

    """
    span = (end - start).days
    for step in _DAYS:
        width = wide_of("00-00") + TEXT
        if span / step * width <= room - width:
            days = (start + timedelta(days=at) for at in range(0, span + 1, step))
            return tuple(DayTick(one, f"{one:%m-%d}") for one in days)
    for step in _MONTHS:
        words = "%Y" if step % _YEAR == 0 else "%Y-%m"
        width = wide_of("0000" if step % _YEAR == 0 else "0000-00") + TEXT
        if span / (step * _IN_A_MONTH) * width <= room - width:
            found = tuple(DayTick(one, one.strftime(words)) for one in _firsts(start, end, step))
            if found:
                return found
    return (DayTick(start, f"{start:%Y}"),)


def _firsts(start: date, end: date, step: int) -> Iterator[date]:
    """Yield firsts of months whose number since the year 0 is a multiple of `step`."""
    month = start.year * _YEAR + start.month - 1
    month += start.day > 1
    month += -month % step
    while month // _YEAR <= date.max.year:
        first = date(month // _YEAR, month % _YEAR + 1, 1)
        if first > end:
            return
        yield first
        month += step


@dataclass(frozen=True, slots=True)
class Bucket:
    """Some days next to each other, and what they add up to."""

    start: date
    end: date
    counts: tuple[int, ...]


def bucketed(days: Sequence[tuple[date, tuple[int, ...]]], most: int) -> tuple[Bucket, ...]:
    """Return days put together in buckets of nearly the same length.

    Args:
        days: Every day and its counts, oldest first, none left out; at least one.
        most: How many buckets at most; at least 1.

    """
    size = next((one for one in _TOGETHER if len(days) <= one * most), -(-len(days) // most))
    count = max(min(round(len(days) / size), most), 1)
    found = []
    for at in range(count):
        part = days[at * len(days) // count : (at + 1) * len(days) // count]
        sums = tuple(sum(each) for each in zip(*(counts for _, counts in part), strict=True))
        found.append(Bucket(part[0][0], part[-1][0], sums))
    return tuple(found)
