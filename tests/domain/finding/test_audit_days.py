"""Years after a day, at the edges of the calendar."""

from datetime import date

import pytest

from chengnuo.domain.finding.rules.audits import years_after


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2024, 11, 23), 2, date(2026, 11, 23)),
        (date(2024, 2, 29), 2, date(2026, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date.max, 2, date.max),
    ],
)
def test_the_same_day_some_years_later(day: date, years: int, expected: date) -> None:
    assert years_after(day, years) == expected
