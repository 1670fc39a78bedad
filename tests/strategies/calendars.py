"""Working-day calendars that notices could make: long holidays, and weekends worked."""

from datetime import date, timedelta

from hypothesis import strategies as st

from chengnuo.law.working_calendar import SATURDAY, WorkingCalendar

FIRST = date(2030, 1, 1)
LAST = date(2031, 12, 31)
DAYS = [FIRST + timedelta(days=each) for each in range((LAST - FIRST).days + 1)]
WEEKEND_DAYS = [day for day in DAYS if day.weekday() >= SATURDAY]


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    """Return a calendar of two years, with long holidays and both days of weekends worked."""
    holidays: set[date] = set()
    for start in draw(st.lists(st.sampled_from(DAYS), max_size=8)):
        length = draw(st.integers(1, 12))
        holidays.update(start + timedelta(days=each) for each in range(length))
    makeup = draw(st.sets(st.sampled_from(WEEKEND_DAYS), max_size=30))
    return WorkingCalendar(
        holidays=frozenset(day for day in holidays if day <= LAST) - makeup,
        makeup_days=frozenset(makeup),
        first=FIRST,
        last=LAST,
    )


def starts() -> st.SearchStrategy[date]:
    """Return days of the first year, so that short deadlines end inside the calendar."""
    return st.sampled_from(DAYS[:365])


def known_until(calendar: WorkingCalendar, last: date) -> WorkingCalendar:
    """Return the same calendar as it was while it was known only until a day."""
    return WorkingCalendar(
        holidays=frozenset(day for day in calendar.holidays if day <= last),
        makeup_days=frozenset(day for day in calendar.makeup_days if day <= last),
        first=calendar.first,
        last=last,
    )
