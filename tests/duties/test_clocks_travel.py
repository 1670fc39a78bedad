"""Every clock of every sort of dossier, held to a plain count from every awkward instant there is.

`LENGTHS` says of each clock, by hand, how long it is: one that is not in it fails here.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.duties.plain_days import DAY, KNOWN_UNTIL, begins, beijing_day, is_worked, until

from chengnuo.adapters.working_calendar import load_working_calendar
from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.clocks import Clock, clocks_of
from chengnuo.domain.dossier.dossier import Act, Dossier, DossierId
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.sort import ClockSort, DossierSort
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.deadline import deadline_of
from chengnuo.law.figure import Figure, Unit

CALENDAR = load_working_calendar()
SAID = "the day said"
LENGTHS: Mapping[tuple[str, str], str] = {
    ("complaint", "reply"): "15 working days",
    ("complaint", "authority"): "15 days",
    ("incident", "contain"): "at once",
    ("incident", "report"): "4 hours",
    ("incident", "report-general"): "at once",
    ("incident", "tell"): "at once",
    ("incident", "tell-minors"): "at once",
    ("incident", "final-report"): "30 days",
    ("incident", "lesson"): SAID,
    ("assessment", "valid-until"): SAID,
    ("supervision", "check"): SAID,
    ("supervision", "return"): SAID,
    ("supervision", "acknowledge"): SAID,
    ("supervision", "sub-entrusting"): SAID,
    ("agreement-term", "renew"): SAID,
    ("sdk-vetting", "answer"): SAID,
    ("sdk-vetting", "anew"): SAID,
    ("joint-request", "answer"): "15 working days",
    ("joint-request", "forwarded"): SAID,
    ("filing", "officer"): "30 working days",
    ("filing", "faces"): "30 working days",
    ("audit", "report"): SAID,
    ("audit", "file-minors"): "31 January of the next year",
    ("audit", "file-mended"): "15 working days",
    ("safeguard", "first"): SAID,
    ("safeguard", "next"): SAID,
    ("not-applicable", "review"): SAID,
    ("recorded-control", "first"): SAID,
    ("recorded-control", "next"): SAID,
    ("minors-access", "use"): SAID,
    ("remedy", "mend"): SAID,
    ("assessment", "due-by"): SAID,
    ("filing", "contract"): "10 working days",
    ("filing", "due-by"): SAID,
    ("name-removal", "remove"): SAID,
}
RUNS: Mapping[tuple[str, str], Mapping[str, Value]] = {
    ("complaint", "authority"): {"channel": "authority"},
    ("incident", "report-general"): {"grade": "general"},
    ("incident", "tell-minors"): {"minors": True},
    ("filing", "officer"): {"kind": "officer"},
    ("filing", "faces"): {"kind": "faces"},
    ("filing", "contract"): {"kind": "standard-contract"},
    ("audit", "file-minors"): {"kind": "minors"},
    ("audit", "file-mended"): {"kind": "ordered"},
}
"""What has to be said in a dossier so that a clock runs in it at all."""

CLOCKS = [(sort, clock) for sort in SORTS.values() for clock in sort.clocks]
INSTANTS = [
    pytest.param(datetime.fromisoformat(at), id=what)
    for at, what in (
        ("2026-02-13T23:59:59.999999+08:00", "before a Saturday that is worked"),
        ("2026-02-14T00:00+08:00", "on a Saturday that is worked"),
        ("2026-02-16T12:00+08:00", "New Year's Eve of the Spring Festival"),
        ("2026-02-28T09:00+08:00", "the last of February, a Saturday that is worked"),
        ("2026-09-19T23:30+08:00", "before a Sunday that is worked"),
        ("2026-09-30T15:59:59.999999+00:00", "the last instant before National Day"),
        ("2026-09-30T16:00+00:00", "the first instant of National Day"),
        ("2026-10-07T20:00+08:00", "the last day of National Day"),
        ("2026-10-10T08:00+08:00", "the Saturday that makes up for it"),
        ("2026-03-08T01:59:59-08:00", "the hour that summer time takes in Los Angeles"),
        ("2026-11-01T01:30-07:00", "the hour that comes twice in Los Angeles"),
        ("2026-10-25T02:30+02:00", "the hour that comes twice in Berlin"),
        ("2026-12-10T18:00+08:00", "ends in a year that is not announced"),
        ("2026-12-31T15:59:59.999999+00:00", "the last instant of 2026"),
        ("2026-12-31T16:00+00:00", "the first instant of 2027"),
        ("2027-02-05T10:00+08:00", "the Spring Festival of 2027, not announced"),
        ("2027-09-30T23:00+08:00", "National Day of 2027, not announced"),
        ("2028-01-31T10:00+08:00", "the end of a month of 31 days"),
        ("2028-02-28T23:59:59.999999+08:00", "before the leap day"),
        ("2028-02-29T00:00+08:00", "the leap day"),
        ("2028-02-29T15:59:59.999999+00:00", "the last instant of the leap day"),
        ("2029-02-28T12:00+08:00", "no leap day"),
    )
]


def started(
    sort: DossierSort, clock: ClockSort, what: str, at: datetime
) -> tuple[Dossier, datetime, date]:
    """Return a dossier in which an act set a clock running, since when it counts, the day said."""
    said = beijing_day(at) + timedelta(days=40)
    since = at
    fields: dict[str, Value] = dict(RUNS.get((sort.id, clock.id), {}))
    if clock.until_field:
        fields[clock.until_field] = said.isoformat()
    act = sort.act(what)
    assert act is not None
    forms = {one.name: one.form for one in act.fields}
    if clock.from_field in forms:
        if forms[clock.from_field] == "day":
            fields[clock.from_field] = beijing_day(at).isoformat()
            since = begins(beijing_day(at))
        else:
            fields[clock.from_field] = at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    made = Act(number=1, what=what, by="a", party=Party.STAFF, at=at, fields=fields)
    return Dossier(id=DossierId("xx-aaaaaaaaaa"), sort=sort.id, acts=(made,)), since, said


def running(catalogue: Catalogue, sort: DossierSort, dossier: Dossier, clock: ClockSort) -> Clock:
    found = [
        one for one in clocks_of(sort, dossier, catalogue, CALENDAR) if one.sort.id == clock.id
    ]
    assert len(found) == 1, f"{sort.id}/{clock.id} does not run; what has to be said for it?"
    return found[0]


def test_every_clock_has_its_length_here_and_there_is_none_that_is_gone() -> None:
    assert {(sort.id, clock.id) for sort, clock in CLOCKS} == set(LENGTHS)
    assert set(RUNS) <= set(LENGTHS)


@pytest.mark.parametrize(
    ("sort", "clock"), [pytest.param(*one, id=f"{one[0].id}/{one[1].id}") for one in CLOCKS]
)
@pytest.mark.parametrize("at", INSTANTS)
def test_a_clock_ends_where_a_plain_count_ends(
    catalogue: Catalogue, sort: DossierSort, clock: ClockSort, at: datetime
) -> None:
    for what in sorted(clock.starts):
        dossier, since, said = started(sort, clock, what, at)
        found = running(catalogue, sort, dossier, clock)
        length = LENGTHS[sort.id, clock.id]
        assert (found.deadline.until, found.deadline.provisional) == until(length, since, said)
        assert found.since == since
        assert found.deadline.at_once == (length == "at once")
        last = found.deadline.until - timedelta(microseconds=1)
        if found.deadline.on is not None:
            assert found.deadline.on == beijing_day(last)
        assert not found.is_late(last)
        assert found.is_late(found.deadline.until) != found.deadline.at_once
        assert found.is_late(found.since + timedelta(days=1, microseconds=1)) or (
            not found.deadline.at_once
        )


@given(
    at=st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001  Hypothesis sets it
    which=st.sampled_from(CLOCKS),
)
def test_any_clock_from_any_instant_ends_where_a_plain_count_ends(
    catalogue: Catalogue, at: datetime, which: tuple[DossierSort, ClockSort]
) -> None:
    sort, clock = which
    dossier, since, said = started(sort, clock, min(clock.starts), at)
    found = running(catalogue, sort, dossier, clock)
    expected = until(LENGTHS[sort.id, clock.id], since, said)
    assert (found.deadline.until, found.deadline.provisional) == expected


UNITS = {
    Unit.HOURS: "hours",
    Unit.CALENDAR_DAYS: "days",
    Unit.WORKING_DAYS: "working days",
    Unit.MONTHS: "months",
    Unit.YEARS: "years",
}


@given(
    at=st.datetimes(datetime(2026, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001  Hypothesis sets it
    data=st.data(),
)
def test_any_figure_of_the_catalogue_from_any_instant_is_a_plain_count(
    catalogue: Catalogue, at: datetime, data: st.DataObject
) -> None:
    figure = data.draw(st.sampled_from(lengths(catalogue)))
    found = deadline_of(figure, at, CALENDAR)
    assert found is not None
    expected = until(f"{figure.value} {UNITS[figure.unit]}", at)
    assert (found.until, found.provisional) == expected


def lengths(catalogue: Catalogue) -> list[Figure]:
    figures = (catalogue.figure(one) for one in catalogue.figures)
    return [one for one in figures if one.unit in UNITS and isinstance(one.value, int)]


def test_there_are_figures_of_every_unit(catalogue: Catalogue) -> None:
    assert {one.unit for one in lengths(catalogue)} == set(UNITS)


@pytest.mark.parametrize(
    ("length", "start", "last"),
    [
        ("2 years", "2028-02-29", "2030-02-28"),
        ("3 years", "2028-02-29", "2031-02-28"),
        ("4 years", "2028-02-29", "2032-02-29"),
        ("2 years", "2026-02-28", "2028-02-28"),
        ("6 months", "2026-08-31", "2027-02-28"),
        ("6 months", "2027-08-31", "2028-02-29"),
        ("1 months", "2027-01-31", "2027-02-28"),
        ("3 years", "2026-12-31", "2029-12-31"),
        ("15 working days", "2026-09-24", "2026-10-22"),
        ("15 working days", "2026-02-13", "2026-03-12"),
        ("30 working days", "2026-09-24", "2026-11-12"),
        ("15 days", "2026-12-25", "2027-01-09"),
        ("31 January of the next year", "2026-12-31", "2027-01-31"),
        ("31 January of the next year", "2027-01-01", "2028-01-31"),
    ],
)
def test_the_plain_count_is_right_where_it_was_counted_by_hand(
    length: str, start: str, last: str
) -> None:
    for at in (
        begins(date.fromisoformat(start)),
        begins(date.fromisoformat(start) + DAY) - DAY / 9,
    ):
        end, _ = until(length, at)
        assert beijing_day(end - timedelta(microseconds=1)).isoformat() == last


def test_the_table_by_hand_and_the_calendar_agree_on_every_day_of_2026() -> None:
    days = [date(2026, 1, 1) + each * DAY for each in range(365)]
    assert [is_worked(day) for day in days] == [CALENDAR.is_working_day(day) for day in days]
    assert CALENDAR.last == KNOWN_UNTIL, "a new year was announced: write its table by hand"
