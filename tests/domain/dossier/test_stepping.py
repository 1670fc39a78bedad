"""When a complaint is stepped up: held to counting the working days one by one."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.adapters.working_calendar import load_working_calendar
from chengnuo.domain.dossier.clocks import Clock, clocks_of
from chengnuo.domain.dossier.dossier import Act, Dossier, DossierId
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.sort import StepWhen
from chengnuo.domain.dossier.sorts.complaint import COMPLAINT
from chengnuo.domain.dossier.stepping import STEP, STEP_UP, last_step, reached_at, step_due
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.civil import civil_date, start_of

CALENDAR = load_working_calendar()
NOON = timedelta(hours=12)


def act(number: int, what: str, on: date, party: Party = Party.STAFF, **fields: str) -> Act:
    return Act(number=number, what=what, by="", party=party, at=start_of(on) + NOON, fields=fields)


def complaint(*acts: Act) -> Dossier:
    return Dossier(id=DossierId("cp-1"), sort="complaint", acts=acts)


def clocks(dossier: Dossier, catalogue: Catalogue) -> tuple[Clock, ...]:
    return clocks_of(COMPLAINT, dossier, catalogue, CALENDAR)


def due(dossier: Dossier, catalogue: Catalogue, now: datetime) -> str | None:
    found = step_due(COMPLAINT, dossier, clocks(dossier, catalogue), CALENDAR, now)
    return None if found is None else found[0].when.value


@pytest.mark.parametrize(
    ("filed", "half", "last"),
    [
        pytest.param("2026-09-21", "2026-10-09", "2026-10-19", id="National Day, two days made up"),
        pytest.param("2025-12-22", "2026-01-04", "2026-01-13", id="year end, 4 January made up"),
        pytest.param("2026-11-02", "2026-11-12", "2026-11-23", id="a plain month"),
    ],
)
def test_steps_of_a_complaint_fall_on_working_days(
    filed: str, half: str, last: str, catalogue: Catalogue
) -> None:
    dossier = complaint(act(1, "file", date.fromisoformat(filed), Party.INDIVIDUAL))
    (clock,) = clocks(dossier, catalogue)
    assert clock.deadline.on == date.fromisoformat(last)
    over = start_of(date.fromisoformat(half) + timedelta(days=1))
    assert reached_at(StepWhen.HALF, clock, CALENDAR) == over
    assert reached_at(StepWhen.LAST_DAY, clock, CALENDAR) == start_of(date.fromisoformat(last))
    tick = timedelta(microseconds=1)
    assert [due(dossier, catalogue, at) for at in (over - tick, over)] == [None, "half"]
    begun = start_of(date.fromisoformat(last))
    assert [due(dossier, catalogue, at) for at in (begun - tick, begun)] == ["half", "last-day"]
    passed = begun + timedelta(days=1)
    assert [due(dossier, catalogue, at) for at in (passed - tick, passed)] == [
        "last-day",
        "overdue",
    ]


def test_half_is_not_stepped_up_once_somebody_has_it(catalogue: Catalogue) -> None:
    filed = act(1, "file", date(2026, 11, 2), Party.INDIVIDUAL)
    taken = complaint(filed, act(2, "accept", date(2026, 11, 3)))
    assert due(taken, catalogue, start_of(date(2026, 11, 20))) is None
    assert due(taken, catalogue, start_of(date(2026, 11, 23))) == "last-day"
    answered = complaint(*taken.acts, act(3, "reply", date(2026, 11, 4)))
    assert due(answered, catalogue, start_of(date(2027, 1, 1))) is None


def test_a_step_is_taken_once_and_no_milder_one_after_it(catalogue: Catalogue) -> None:
    late = start_of(date(2026, 12, 31))
    filed = act(1, "file", date(2026, 11, 2), Party.INDIVIDUAL)
    stepped = complaint(
        filed, act(2, STEP_UP, date(2026, 11, 30), Party.SERVICE, **{STEP: "overdue"})
    )
    assert due(complaint(filed), catalogue, late) == "overdue"
    assert due(stepped, catalogue, late) is None
    found = last_step(COMPLAINT, stepped, clocks(stepped, catalogue))
    assert found is not None
    assert found.to == "head"
    objected = complaint(
        *stepped.acts,
        act(3, "reply", date(2026, 12, 1)),
        act(4, "object", date(2026, 12, 2), Party.INDIVIDUAL),
    )
    assert last_step(COMPLAINT, objected, clocks(objected, catalogue)) is None
    assert due(objected, catalogue, start_of(date(2026, 12, 20))) is None
    assert due(objected, catalogue, start_of(date(2027, 3, 1))) == "overdue"


@given(
    filed=st.dates(date(2025, 1, 2), date(2026, 11, 1)),
    days=st.integers(0, 60),
    taken=st.none() | st.integers(0, 60),
)
def test_each_point_agrees_with_counting_day_by_day(
    filed: date, days: int, taken: int | None, catalogue: Catalogue
) -> None:
    acts = [act(1, "file", filed, Party.INDIVIDUAL)]
    now = start_of(filed) + NOON + timedelta(days=days)
    if taken is not None and taken <= days:
        acts.append(act(2, "accept", filed + timedelta(days=taken)))
    owned = len(acts) == 2
    dossier = complaint(*acts)
    worked, day = 0, filed
    while day < civil_date(now) - timedelta(days=1):  # days that are over
        day += timedelta(days=1)
        worked += CALENDAR.is_working_day(day)
    today_counts = civil_date(now) > filed and CALENDAR.is_working_day(civil_date(now))
    if worked >= 15:
        expected = "overdue"
    elif worked == 14 and today_counts:
        expected = "last-day"
    elif worked >= 8 and not owned:
        expected = "half"
    else:
        expected = None
    assert due(dossier, catalogue, now) == expected
