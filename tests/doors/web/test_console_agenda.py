"""What runs out: the boundaries of "overdue", "this month" and "later"."""

from datetime import date, timedelta

import pytest

from chengnuo.domain.register.kinds import RowRef
from chengnuo.doors.web.console_agenda import Due, DueKind, Horizon

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param(-1, Horizon.OVERDUE, id="the day after the last one"),
        pytest.param(0, Horizon.MONTH, id="the last day itself is in time"),
        pytest.param(30, Horizon.MONTH, id="thirty days are within thirty days"),
        pytest.param(31, Horizon.QUARTER, id="thirty-one are not"),
        pytest.param(90, Horizon.QUARTER, id="ninety days are within ninety days"),
        pytest.param(91, Horizon.LATER, id="ninety-one are not"),
    ],
)
def test_how_soon_something_is_due(days: int, expected: Horizon) -> None:
    due = Due(
        kind=DueKind.ASSESSMENT,
        row=RowRef("assessment", "pia-1"),
        on=TODAY + timedelta(days=days),
        days_left=days,
    )
    assert due.horizon is expected
