"""Deadlines in working days, on the official days of 2026 and on any calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.calendars import DAYS, calendars, known_until, starts

from chengnuo.law.working_calendar import (
    CalendarFault,
    WorkingCalendar,
    WrongWorkingCalendarError,
)
from chengnuo.law.working_days import (
    DueDate,
    WorkingDays,
    WrongWorkingDaysError,
    add_working_days,
    working_days_between,
)


def days(month: int, first: int, last: int) -> list[date]:
    return [date(2026, month, day) for day in range(first, last + 1)]


# The official days of 2026, typed in here from the notice and not taken from the code under test.
OFFICIAL_2026 = WorkingCalendar(
    holidays=frozenset(
        day
        for month, first, last in (
            *((1, 1, 3), (2, 15, 23), (4, 4, 6), (5, 1, 5)),
            *((6, 19, 21), (9, 25, 27), (10, 1, 7)),
        )
        for day in days(month, first, last)
    ),
    makeup_days=frozenset(
        date(2026, month, day)
        for month, day in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))
    ),
    first=date(2026, 1, 1),
    last=date(2026, 12, 31),
)

FIFTEEN = WorkingDays(15)


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [
        pytest.param("2026-11-02", 15, "2026-11-23", id="plain weeks, 191-6.3"),
        pytest.param("2026-09-24", 15, "2026-10-22", id="across Mid-Autumn and National Day"),
        pytest.param("2026-09-30", 1, "2026-10-08", id="first working day after National Day"),
        pytest.param("2026-10-08", 2, "2026-10-10", id="a Saturday worked is counted"),
        pytest.param("2026-10-10", 1, "2026-10-12", id="received on a Saturday worked"),
        pytest.param("2026-10-03", 1, "2026-10-08", id="received inside the holiday"),
        pytest.param("2026-02-13", 1, "2026-02-14", id="Saturday before Spring Festival is worked"),
        pytest.param("2026-02-13", 15, "2026-03-12", id="across Spring Festival"),
        pytest.param("2026-02-14", 5, "2026-02-28", id="ends on the Saturday worked after it"),
        pytest.param("2026-01-01", 1, "2026-01-04", id="Sunday after New Year is worked"),
        pytest.param("2026-04-30", 3, "2026-05-08", id="across Labor Day"),
        pytest.param("2026-05-08", 1, "2026-05-09", id="Saturday after Labor Day is worked"),
        pytest.param("2026-11-06", 0, "2026-11-06", id="no days: the day itself"),
        pytest.param("2026-11-07", 0, "2026-11-07", id="no days from a Saturday: still that day"),
    ],
)
def test_a_deadline_of_2026(start: str, length: int, expected: str) -> None:
    due = add_working_days(date.fromisoformat(start), WorkingDays(length), OFFICIAL_2026)
    on = date.fromisoformat(expected)
    assert due == DueDate(on=on, provisional=False, likely=on)


def test_the_day_of_receipt_does_not_count() -> None:
    friday, monday = date(2026, 11, 6), date(2026, 11, 9)
    assert add_working_days(friday, WorkingDays(1), OFFICIAL_2026).on == monday


def test_beyond_the_calendar_the_earliest_date_is_given_and_marked() -> None:
    due = add_working_days(date(2026, 12, 25), FIFTEEN, OFFICIAL_2026)
    # Four known days remain (28 to 31 December); every day after them counts: eleven more.
    assert due == DueDate(on=date(2027, 1, 11), provisional=True, likely=date(2027, 1, 15))


def test_a_deadline_on_the_last_known_day_is_exact() -> None:
    due = add_working_days(date(2026, 12, 25), WorkingDays(4), OFFICIAL_2026)
    assert due == DueDate(on=date(2026, 12, 31), provisional=False, likely=date(2026, 12, 31))


def test_a_start_before_the_calendar_is_provisional_too() -> None:
    assert add_working_days(date(2025, 12, 30), WorkingDays(3), OFFICIAL_2026).provisional


@pytest.mark.parametrize("count", [-1, 2001])
def test_a_senseless_number_of_days_is_refused(count: int) -> None:
    with pytest.raises(WrongWorkingDaysError) as refused:
        WorkingDays(count)
    assert (refused.value.code, refused.value.count) == ("wrong-working-days", count)


@pytest.mark.parametrize(
    ("start", "end", "expected", "provisional"),
    [
        ("2026-09-30", "2026-10-07", 0, False),
        ("2026-09-30", "2026-10-10", 3, False),
        ("2026-10-10", "2026-10-10", 0, False),
        ("2026-10-10", "2026-09-01", 0, False),
        ("2026-12-30", "2027-01-03", 4, True),
    ],
)
def test_working_days_between(start: str, end: str, expected: int, *, provisional: bool) -> None:
    counted = working_days_between(
        date.fromisoformat(start), date.fromisoformat(end), OFFICIAL_2026
    )
    assert (counted.days, counted.provisional) == (WorkingDays(expected), provisional)


@given(calendars(), starts(), st.integers(1, 60))
def test_a_deadline_ends_on_a_working_day_and_counts_back(
    calendar: WorkingCalendar, start: date, count: int
) -> None:
    due = add_working_days(start, WorkingDays(count), calendar)
    assert not due.provisional
    assert calendar.is_working_day(due.on)
    assert working_days_between(start, due.on, calendar).days == WorkingDays(count)


@given(calendars(), starts(), st.integers(0, 60))
def test_a_longer_deadline_never_ends_earlier(
    calendar: WorkingCalendar, start: date, count: int
) -> None:
    shorter = add_working_days(start, WorkingDays(count), calendar).on
    assert shorter < add_working_days(start, WorkingDays(count + 1), calendar).on


@given(calendars(), starts(), st.integers(0, 60))
def test_a_later_start_never_ends_earlier(
    calendar: WorkingCalendar, start: date, count: int
) -> None:
    later = add_working_days(start + timedelta(days=1), WorkingDays(count), calendar).on
    assert add_working_days(start, WorkingDays(count), calendar).on <= later


@given(calendars(), starts(), st.integers(0, 60), st.sampled_from(DAYS))
def test_a_provisional_date_is_the_earliest_that_any_notice_can_bring(
    calendar: WorkingCalendar, start: date, count: int, last: date
) -> None:
    before = add_working_days(start, WorkingDays(count), known_until(calendar, last))
    after = add_working_days(start, WorkingDays(count), calendar)
    assert before.on <= after.on
    assert before.on <= before.likely
    assert before.provisional or before == after


@given(starts(), st.integers(0, 60))
def test_the_earliest_date_is_reached_by_some_notice(start: date, count: int) -> None:
    """No later date would be safe: a notice that makes every weekend worked leads to it."""
    last = date(2029, 12, 31)
    unknown = WorkingCalendar(holidays=frozenset(), makeup_days=frozenset(), first=last, last=last)
    all_worked = WorkingCalendar(
        holidays=frozenset(),
        makeup_days=frozenset(day for day in DAYS if day.weekday() >= 5),
        first=DAYS[0],
        last=DAYS[-1],
    )
    length = WorkingDays(count)
    assert (
        add_working_days(start, length, unknown).on
        == add_working_days(start, length, all_worked).on
    )


@given(calendars(), starts(), starts(), st.sampled_from(DAYS))
def test_unknown_days_never_make_a_delay_look_shorter(
    calendar: WorkingCalendar, start: date, end: date, last: date
) -> None:
    before = working_days_between(start, end, known_until(calendar, last))
    after = working_days_between(start, end, calendar)
    assert before.days >= after.days
    assert before.provisional or before == after


@pytest.mark.parametrize(
    ("holidays", "makeup", "first", "last", "fault"),
    [
        pytest.param([], [], "2026-02-01", "2026-01-01", CalendarFault.EMPTY_SPAN, id="span"),
        pytest.param(
            ["2026-10-10"],
            ["2026-10-10"],
            "2026-01-01",
            "2026-12-31",
            CalendarFault.BOTH,
            id="both",
        ),
        pytest.param(
            [],
            ["2026-10-09"],
            "2026-01-01",
            "2026-12-31",
            CalendarFault.NO_WEEKEND_DAY,
            id="Friday",
        ),
    ],
)
def test_a_calendar_that_contradicts_itself_is_refused(
    holidays: list[str], makeup: list[str], first: str, last: str, fault: CalendarFault
) -> None:
    with pytest.raises(WrongWorkingCalendarError) as refused:
        WorkingCalendar(
            holidays=frozenset(map(date.fromisoformat, holidays)),
            makeup_days=frozenset(map(date.fromisoformat, makeup)),
            first=date.fromisoformat(first),
            last=date.fromisoformat(last),
        )
    assert (refused.value.code, refused.value.fault) == ("wrong-working-calendar", fault)
