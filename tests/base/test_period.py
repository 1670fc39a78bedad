"""Periods: ISO 8601 durations in calendar units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.base.period import Period, WrongPeriodError


@pytest.mark.parametrize(
    ("text", "period"),
    [
        pytest.param("P30D", Period(days=30), id="days"),
        pytest.param("P1Y6M", Period(years=1, months=6), id="years and months"),
        pytest.param("PT24H", Period(hours=24), id="hours"),
        pytest.param("P2W", Period(weeks=2), id="weeks"),
        pytest.param("P1DT30M", Period(days=1, minutes=30), id="days and minutes"),
    ],
)
def test_a_duration_is_read(text: str, period: Period) -> None:
    assert Period.parse(text) == period


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P0D", "30D", "P30", "P-1D", "P1.5Y", "P1D ", "p1d", "P1M1Y", "P1S"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(WrongPeriodError):
        Period.parse(text)


UNITS = st.integers(0, 9999)
PERIODS = st.builds(
    Period, years=UNITS, months=UNITS, weeks=UNITS, days=UNITS, hours=UNITS, minutes=UNITS
).filter(lambda period: period != Period())


@given(PERIODS)
def test_a_period_reads_back(period: Period) -> None:
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [("P1Y6M", "1 年 6 个月", "1 year 6 months"), ("P30D", "30 天", "30 days")],
)
def test_a_period_is_said_in_words(text: str, zh: str, en: str) -> None:
    period = Period.parse(text)
    assert (period.in_words(chinese=True), period.in_words(chinese=False)) == (zh, en)


def test_longer_periods_compare_as_longer() -> None:
    days = [Period.parse(text).approximate_days() for text in ("PT1H", "P1D", "P1W", "P1M", "P1Y")]
    assert days == sorted(days)
