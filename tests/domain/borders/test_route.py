"""Which route so many people ask for, on both sides of every line."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.clean_register import clean_register

from chengnuo.adapters.working_calendar import load_working_calendar
from chengnuo.base.instant import to_us
from chengnuo.domain.borders.counting import Heads, Sent, Sort, planes_of
from chengnuo.domain.borders.route import Demand, Lines, Special, Stays, Why, demanded, lines_of
from chengnuo.domain.borders.tasks import TaskKind, crossed, ending, window_opens
from chengnuo.domain.register.ids import RecipientId
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.transfer_route import TransferRoute
from chengnuo.law.working_days import WorkingDays, working_days_between


@pytest.fixture(scope="module")
def lines(catalogue: Catalogue) -> Lines:
    return lines_of(catalogue)


@pytest.mark.parametrize(
    ("general", "sensitive", "demand", "figures"),
    [
        pytest.param(0, 0, Demand.EXEMPT, ["TD-D4"], id="nobody, Art. 5(4)"),
        pytest.param(99_999, 0, Demand.EXEMPT, ["TD-D4"], id="one below, Art. 5(4)"),
        pytest.param(100_000, 0, Demand.CONTRACT, ["TD-D3"], id="at the line, Art. 8"),
        pytest.param(100_001, 0, Demand.CONTRACT, ["TD-D3"], id="one above, Art. 8"),
        pytest.param(1, 1, Demand.CONTRACT, ["TD-D4"], id="anything sensitive, Art. 8"),
        pytest.param(0, 9_999, Demand.CONTRACT, ["TD-D4"], id="sensitive, one below, Art. 8"),
        pytest.param(0, 10_000, Demand.ASSESSMENT, ["TD-D2"], id="sensitive, at, Art. 7"),
        pytest.param(0, 10_001, Demand.ASSESSMENT, ["TD-D2"], id="sensitive, one above, Art. 7"),
        pytest.param(999_999, 0, Demand.CONTRACT, ["TD-D3"], id="general, one below, Art. 7"),
        pytest.param(999_999, 9_999, Demand.CONTRACT, ["TD-D3", "TD-D4"], id="both below, Art. 7"),
        pytest.param(1_000_000, 0, Demand.ASSESSMENT, ["TD-D1"], id="general, at, Art. 7"),
        pytest.param(1_000_001, 10_000, Demand.ASSESSMENT, ["TD-D1", "TD-D2"], id="both, Art. 7"),
    ],
)
def test_the_route_on_both_sides_of_a_line(
    lines: Lines, general: int, sensitive: int, demand: Demand, figures: list[str]
) -> None:
    found = demanded(Heads(general=general, sensitive=sensitive), lines)
    assert found.demand is demand
    assert [reason.figure for reason in found.reasons] == figures
    assert found.stays == tuple(Stays)


@given(st.integers(0, 1_200_000), st.integers(0, 12_000), st.integers(0, 200_000))
def test_more_people_never_ask_for_less(
    lines: Lines, general: int, sensitive: int, more: int
) -> None:
    few = demanded(Heads(general=general, sensitive=sensitive), lines)
    many = demanded(Heads(general=general + more, sensitive=sensitive + more // 10), lines)
    assert many.demand.rank >= few.demand.rank
    for route in (TransferRoute.EXEMPT_VOLUME, TransferRoute.CERTIFICATION):
        assert few.met_by(route) or not many.met_by(route)


def test_critical_infrastructure_and_important_data_always_ask_for_an_assessment(
    lines: Lines,
) -> None:
    critical = demanded(Heads(general=1), lines, Special(critical=True))
    assert (critical.demand, [one.why for one in critical.reasons]) == (
        Demand.ASSESSMENT,
        [Why.CRITICAL],
    )
    assert critical.reasons[0].figure == "TD-D5"
    important = demanded(Heads(), lines, Special(important=True))
    assert (important.demand, important.reasons[0].why) == (Demand.ASSESSMENT, Why.IMPORTANT)
    assert demanded(Heads(), lines, Special(critical=True)).demand is Demand.EXEMPT


@pytest.mark.parametrize(
    ("route", "most"),
    [
        (TransferRoute.EXEMPT_VOLUME, Demand.EXEMPT),
        (TransferRoute.STANDARD_CONTRACT, Demand.CONTRACT),
        (TransferRoute.CERTIFICATION, Demand.CONTRACT),
        (TransferRoute.ASSESSMENT, Demand.ASSESSMENT),
    ],
)
def test_a_route_meets_what_asks_for_no_more(
    lines: Lines, route: TransferRoute, most: Demand
) -> None:
    heads = {
        Demand.EXEMPT: Heads(general=1),
        Demand.CONTRACT: Heads(sensitive=1),
        Demand.ASSESSMENT: Heads(sensitive=10_000),
    }
    for demand, some in heads.items():
        assert demanded(some, lines).met_by(route) is (demand.rank <= most.rank)
    assert not demanded(Heads(), lines).met_by(TransferRoute.EXEMPT_HR)


def test_a_line_that_is_near_is_said_before_it_is_reached(lines: Lines) -> None:
    for general, near in ((79_999, []), (80_000, ["TD-D3"]), (99_999, ["TD-D3"]), (100_000, [])):
        found = demanded(Heads(general=general), lines).near
        assert [line.figure for line, _ in found] == near
        assert [people for _, people in found] == [general] * len(near)
    assert [line.figure for line, _ in demanded(Heads(sensitive=8_000), lines).near] == ["TD-D2"]


def test_a_line_that_was_reached_makes_a_task_of_its_day(lines: Lines) -> None:
    small = replace(
        lines,
        contract=replace(lines.contract, limit=3),
        assessment=(lines.assessment[0], replace(lines.assessment[1], limit=2)),
    )
    days = [datetime(2028, 2, day, 15, 59, tzinfo=UTC) for day in (27, 28, 29)]
    records = [
        Sent(
            ordinal=number + 1,
            at=to_us(at),
            recipient=RecipientId("ads"),
            sorts=frozenset({Sort.GENERAL, Sort.SENSITIVE}),
        )
        for number, at in enumerate(days)
    ]
    tasks = crossed(planes_of(records), 2028, small)
    assert [(task.due, task.figure, task.demand) for task in tasks] == [
        (date(2028, 2, 27), "TD-D4", Demand.CONTRACT),
        (date(2028, 2, 28), "TD-D2", Demand.ASSESSMENT),
        (date(2028, 2, 29), "TD-D3", Demand.CONTRACT),
    ]
    assert crossed(planes_of(records), 2027, small) == ()


def test_an_assessment_is_extended_within_its_last_sixty_working_days(
    catalogue: Catalogue,
) -> None:
    calendar = load_working_calendar()
    until, length = date(2026, 12, 31), WorkingDays(60)
    opens, provisional = window_opens(until, length, calendar)
    assert not provisional
    assert calendar.is_working_day(opens)
    assert working_days_between(opens, until, calendar).days == WorkingDays(59)
    register = clean_register()
    some = register.recipients[0]
    cross = next(one.cross_border for one in register.recipients if one.cross_border)
    assert cross is not None
    filed = replace(
        some,
        country="SG",
        cross_border=replace(cross, route=TransferRoute.ASSESSMENT, until=until),
    )
    changed = replace(register, recipients=(filed,))
    (task,) = ending(changed, catalogue, calendar, opens)
    assert (task.kind, task.starts, task.due) == (TaskKind.EXTEND, opens, until)
    assert task.recipient == some.recipient
    assert ending(changed, catalogue, calendar, date(2026, 9, 1)) == ()
    assert window_opens(date(2100, 1, 1), length, calendar)[1]
