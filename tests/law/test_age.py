"""Ages and bands: a year of age is full from the day after the birthday."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.law.age import AgeBand, BirthDateInFutureError, age_band, age_on, full_from

# Birth dates of nobody living (before 1900); the rule is the same in every century.
BIRTHS = st.dates(date(1800, 1, 1), date(1899, 12, 31))


@pytest.mark.parametrize(
    ("born", "day", "expected"),
    [
        pytest.param("1880-06-01", "1880-06-01", 0, id="day of birth"),
        pytest.param("1880-06-01", "1880-12-31", 0, id="year of birth"),
        pytest.param("1880-06-01", "1894-05-31", 13, id="day before the fourteenth birthday"),
        pytest.param("1880-06-01", "1894-06-01", 13, id="the fourteenth birthday itself"),
        pytest.param("1880-06-01", "1894-06-02", 14, id="day after the fourteenth birthday"),
        pytest.param("1880-12-31", "1894-12-31", 13, id="birthday on the last day of the year"),
        pytest.param("1880-12-31", "1895-01-01", 14, id="the year turns with the age"),
        pytest.param("1880-02-29", "1894-02-28", 13, id="29 February, no such day: the 28th"),
        pytest.param("1880-02-29", "1894-03-01", 14, id="29 February, no such day: 1 March"),
        pytest.param("1880-02-29", "1896-02-29", 15, id="29 February in a leap year"),
        pytest.param("1880-02-29", "1896-03-01", 16, id="29 February in a leap year: 1 March"),
        pytest.param("1880-02-29", "1900-02-28", 19, id="1900 was no leap year"),
    ],
)
def test_age_on(born: str, day: str, expected: int) -> None:
    assert age_on(date.fromisoformat(born), date.fromisoformat(day)) == expected


@pytest.mark.parametrize(
    ("born", "day", "expected", "minor"),
    [
        pytest.param("1880-06-01", "1894-06-01", AgeBand.UNDER_14, True, id="birthday, Art. 31"),
        pytest.param("1880-06-01", "1894-06-02", AgeBand.FROM_14_TO_17, True, id="fourteen"),
        pytest.param("1880-06-01", "1898-06-01", AgeBand.FROM_14_TO_17, True, id="birthday, 18"),
        pytest.param("1880-06-01", "1898-06-02", AgeBand.ADULT, False, id="eighteen"),
        pytest.param(None, "1898-06-02", AgeBand.UNKNOWN, False, id="unknown"),
    ],
)
def test_age_band(born: str | None, day: str, expected: AgeBand, *, minor: bool) -> None:
    birth_date = None if born is None else date.fromisoformat(born)
    band = age_band(birth_date, date.fromisoformat(day))
    assert (band, band.is_minor) == (expected, minor)


def test_a_birth_date_in_the_future_is_refused_without_naming_it() -> None:
    with pytest.raises(BirthDateInFutureError) as refused:
        age_on(date(1899, 6, 2), date(1899, 6, 1))
    assert refused.value.code == "birth-date-in-future"
    assert "1899" not in str(refused.value)


@given(BIRTHS, st.integers(1, 120))
def test_an_age_is_full_from_exactly_that_day(birth_date: date, years: int) -> None:
    day = full_from(birth_date, years)
    assert age_on(birth_date, day) == years
    assert age_on(birth_date, day - timedelta(days=1)) == years - 1


@given(BIRTHS, st.integers(0, 40_000))
def test_nobody_grows_younger(birth_date: date, days: int) -> None:
    day = birth_date + timedelta(days=days)
    assert 0 <= age_on(birth_date, day) <= age_on(birth_date, day + timedelta(days=1))
