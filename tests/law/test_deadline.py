"""Deadlines from figures of the catalogue: hours, days, working days, months, a day each year."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.adapters.working_calendar import load_working_calendar
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.civil import end_of, start_of
from chengnuo.law.deadline import Deadline, deadline_of
from chengnuo.law.figure import Unit

CALENDAR = load_working_calendar()


def deadline(catalogue: Catalogue, figure: str, start: datetime) -> Deadline:
    found = deadline_of(catalogue.figure(figure), start, CALENDAR)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("figure", "start", "last_day"),
    [
        pytest.param("TD-R2", "2026-11-02T02:00+08:00", "2026-11-23", id="15 working days"),
        pytest.param("TD-R2", "2026-09-24T23:59+08:00", "2026-10-22", id="National Day"),
        pytest.param("TD-R2", "2026-02-13T09:00+08:00", "2026-03-12", id="Spring Festival"),
        pytest.param("TD-R12", "2026-02-20T09:00+08:00", "2026-03-07", id="15 calendar days"),
        pytest.param("TD-A7", "2025-12-31T23:59+08:00", "2026-01-31", id="the year that ends"),
        pytest.param("TD-A7", "2026-01-01T00:00+08:00", "2027-01-31", id="the year that begins"),
        pytest.param("TD-U1", "2024-02-29T12:00+08:00", "2026-02-28", id="leap day, two years"),
        pytest.param("TD-U4", "2026-09-24T09:00+08:00", "2026-11-12", id="30 working days"),
    ],
)
def test_a_deadline_ends_with_its_last_day_in_beijing(
    catalogue: Catalogue, figure: str, start: str, last_day: str
) -> None:
    found = deadline(catalogue, figure, datetime.fromisoformat(start))
    assert (found.on, found.until) == (
        date.fromisoformat(last_day),
        end_of(date.fromisoformat(last_day)),
    )
    assert not found.at_once


def test_hours_run_from_the_instant_also_over_midnight_and_holidays(
    catalogue: Catalogue,
) -> None:
    start = datetime(2026, 9, 30, 14, 30, tzinfo=UTC)
    found = deadline(catalogue, "TD-B3", start)
    assert (found.until, found.on) == (start + timedelta(hours=4), None)


def test_what_is_due_at_once_has_no_length(catalogue: Catalogue) -> None:
    start = datetime(2026, 9, 30, tzinfo=UTC)
    found = deadline(catalogue, "TD-B1", start)
    assert (found.until, found.on, found.at_once) == (start, None, True)


def test_a_figure_that_is_no_length_gives_no_deadline(catalogue: Catalogue) -> None:
    for figure in ("TD-B2", "TD-B6", "TD-P1"):
        assert (
            deadline_of(catalogue.figure(figure), datetime(2026, 11, 2, tzinfo=UTC), CALENDAR)
            is None
        )


@given(st.integers(1, 40))
def test_a_promise_counts_only_where_it_is_shorter(catalogue: Catalogue, promised: int) -> None:
    figure, start = catalogue.figure("TD-R2"), start_of(date(2026, 11, 2))
    ours = deadline_of(figure, start, CALENDAR, at_most=promised)
    law = deadline_of(figure, start, CALENDAR)
    assert ours is not None
    assert law is not None
    assert (ours.until < law.until) == (promised < 15)


def test_every_figure_with_a_length_and_a_clock_gives_a_deadline(
    catalogue: Catalogue,
) -> None:
    lengths = {Unit.HOURS, Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS, Unit.YEARS}
    start = datetime(2026, 5, 8, 3, tzinfo=UTC)
    counted = 0
    for figure in catalogue.figures.values():
        if figure.unit in lengths and isinstance(figure.value, int):
            found = deadline_of(figure, start, CALENDAR)
            assert found is not None, figure.id
            assert found.until > start, figure.id
            counted += 1
    assert counted > 20
