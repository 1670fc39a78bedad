"""The working-day calendar: years of our own file over the years of a maintained library.

A year in our file is that year whole: what the library says of it does not count. So a notice
can be entered on the day it comes out, and a wrong year can be put right without waiting.
"""

from collections.abc import Mapping
from datetime import date
from importlib.resources.abc import Traversable

import msgspec
import yaml
from chinese_calendar.constants import (  # type: ignore[import-untyped]  # it ships no types
    holidays as library_holidays,
)
from chinese_calendar.constants import workdays as library_makeup_days

from chengnuo.adapters.knowledge import law_folder
from chengnuo.adapters.law_source import LawFileProblem, WrongLawFilesError
from chengnuo.adapters.law_wire import WrittenMeta, WrittenText
from chengnuo.adapters.law_yaml import parse_yaml
from chengnuo.base.shapes import ready
from chengnuo.law.working_calendar import WorkingCalendar, WrongWorkingCalendarError

FILE = "working_days.yaml"

_OCTOBER = 10


class WrittenYear(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A year of the official calendar, whole; `notice` names where it was announced."""

    year: int
    notice: WrittenText
    holidays: list[date]
    makeup_days: list[date]


class WrittenYears(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The working-day file."""

    meta: WrittenMeta
    items: list[WrittenYear]


def load_working_calendar(folder: Traversable | None = None) -> WorkingCalendar:
    """Return the calendar of the library with the years of our file laid over it.

    The span runs from the first year known to the last one without a gap.

    Args:
        folder: Folder of the law files; the package's own if None.

    Raises:
        WrongLawFilesError: The file is not of its form, or a year contradicts itself.

    """
    data = (law_folder() if folder is None else folder).joinpath(FILE).read_bytes()
    ours = _read(data)
    years = {
        **_library_years(),
        **{each.year: (set(each.holidays), set(each.makeup_days)) for each in ours.items},
    }
    first = min(years)
    last = first
    while last + 1 in years:
        last += 1
    try:
        return WorkingCalendar(
            holidays=frozenset(day for off, _ in years.values() for day in off),
            makeup_days=frozenset(day for _, on in years.values() for day in on),
            first=date(first, 1, 1),
            last=date(last, 12, 31),
        )
    except WrongWorkingCalendarError as error:
        raise _wrong("items", "contradiction", str(error)) from error


def _library_years() -> Mapping[int, tuple[set[date], set[date]]]:
    """Return the library's years; one without a National Day is not yet entered whole."""
    whole = {day.year for day in library_holidays if day.month == _OCTOBER}
    return {
        year: (
            {day for day in library_holidays if day.year == year},
            {day for day in library_makeup_days if day.year == year},
        )
        for year in whole
    }


def _read(data: bytes) -> WrittenYears:
    try:
        written = msgspec.convert(parse_yaml(data), ready(WrittenYears))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _wrong("-", "unreadable", " ".join(str(error).split())) from error
    except msgspec.ValidationError as error:
        raise _wrong("-", "wrong-shape", str(error)) from error
    seen: set[int] = set()
    for each in written.items:
        if each.year in seen:
            raise _wrong(str(each.year), "duplicate-id", "the year stands twice")
        seen.add(each.year)
        for day in (*each.holidays, *each.makeup_days):
            if day.year != each.year:
                raise _wrong(str(each.year), "wrong-shape", f"{day} is not in this year")
    return written


def _wrong(where: str, reason: str, said: str) -> WrongLawFilesError:
    return WrongLawFilesError([LawFileProblem(FILE, where, reason, said)])
