"""Civil dates are those of Beijing, whatever zone an instant is given in."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.base.instant import to_us
from chengnuo.base.period import Period
from chengnuo.law.civil import NaiveInstantError, after, before, civil_date, end_of, start_of


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 9, 30, 15, 59, 59, tzinfo=UTC), date(2026, 9, 30)),
        (datetime(2026, 9, 30, 16, 0, tzinfo=UTC), date(2026, 10, 1)),
        (datetime(2026, 9, 30, 23, 0, tzinfo=timezone(timedelta(hours=-8))), date(2026, 10, 1)),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(1988, 7, 1, 15, 30, tzinfo=UTC), date(1988, 7, 1)),  # summer time existed then
    ],
)
def test_the_day_turns_at_sixteen_hours_utc(at: datetime, expected: date) -> None:
    assert civil_date(at) == expected


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveInstantError) as refused:
        civil_date(datetime(2026, 1, 1), field="received_at")  # noqa: DTZ001  # what is refused
    assert (refused.value.code, refused.value.field) == ("naive-instant", "received_at")


@given(st.dates(date(1950, 1, 1), date(2900, 1, 1)))
def test_a_day_reaches_from_its_start_to_the_start_of_the_next(day: date) -> None:
    assert civil_date(start_of(day)) == day
    assert civil_date(end_of(day) - timedelta(microseconds=1)) == day
    assert civil_date(end_of(day)) == day + timedelta(days=1)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  Hypothesis sets it
    st.builds(
        Period,
        years=st.integers(0, 5),
        months=st.integers(0, 14),
        days=st.integers(1, 40),
        hours=st.integers(0, 30),
    ),
)
def test_a_period_before_is_over_and_a_few_days_later_is_not(at: datetime, period: Period) -> None:
    start = before(to_us(at), period)
    assert after(start, period) <= to_us(at)
    later = start + 4 * 86_400_000_000  # as many days as ends of months can differ by, and one
    assert after(later, period) > to_us(at)
