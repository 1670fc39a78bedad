"""The audit every two years above ten million people: when it opens, and by when it is due."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.registers import small_register
from tests.usecases.consent.consent_kit import GUEST, LIN, NEARBY, TeaHouse
from tests.usecases.dossier.dossier_house import REVIEWER, STAFF, DossierHouse
from tests.usecases.dossier.ways import WAYS

from chengnuo.adapters.working_calendar import load_working_calendar
from chengnuo.domain.dossier.audit_items.all_items import items_for
from chengnuo.domain.dossier.dossier import Act, Dossier, DossierId
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.standing import ActRefusedError
from chengnuo.domain.register.handler import Audits, Handler
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.civil import civil_date, start_of
from chengnuo.usecases.dossier.audits_due import TOLD_AHEAD, AuditDue, audit_due
from chengnuo.usecases.dossier.falling_due import FallingDue

LARGE = 10_000_001
CALENDAR = load_working_calendar()


def handler(people: int | None, last: date | None = None) -> Handler:
    audits = None if last is None else Audits(last=last)
    return replace(small_register().handler, individuals=people, audits=audits)


def reported(at: datetime, *, kind: str = "regular") -> Dossier:
    plan: dict[str, Value] = {"kind": kind, "end-by": "2026-12-31"}
    return Dossier(
        id=DossierId("au-1"),
        sort="audit",
        acts=(
            Act(number=1, what="plan", by="", party=Party.STAFF, at=at, fields=plan),
            Act(number=2, what="report", by="", party=Party.STAFF, at=at),
        ),
    )


def due(  # noqa: PLR0913  what it follows from
    catalogue: Catalogue,
    today: date,
    *,
    people: int | None = LARGE,
    known: int = 0,
    last: date | None = None,
    audits: tuple[Dossier, ...] = (),
) -> AuditDue | None:
    return audit_due(
        handler(people, last), known, audits, today, catalogue=catalogue, calendar=CALENDAR
    )


@pytest.mark.parametrize(
    ("people", "known", "is_due"),
    [(10_000_000, 0, False), (LARGE, 0, True), (4_000, LARGE, True), (None, LARGE, True)],
)
def test_the_line_is_crossed_by_what_is_declared_or_known(
    catalogue: Catalogue, people: int | None, known: int, is_due: bool
) -> None:
    found = due(catalogue, date(2027, 5, 1), people=people, known=known)
    assert (found is not None) == is_due


@pytest.mark.parametrize(
    ("last", "by"),
    [
        pytest.param(None, date(2027, 5, 1), id="never: from the day the measures began"),
        pytest.param(date(2024, 2, 29), date(2026, 2, 28), id="leap day"),
        pytest.param(date(2026, 2, 28), date(2028, 2, 28), id="to a leap year"),
        pytest.param(date(2024, 10, 1), date(2026, 10, 1), id="National Day is no working clock"),
        pytest.param(date(2024, 12, 31), date(2026, 12, 31), id="year end"),
    ],
)
def test_two_years_are_civil_years(catalogue: Catalogue, last: date | None, by: date) -> None:
    early = by - TOLD_AHEAD
    assert due(catalogue, early - timedelta(days=1), last=last) is None
    for today in (early, by, by + timedelta(days=400)):
        found = due(catalogue, today, last=last)
        assert found is not None
        assert found.by == by


def test_the_day_of_a_report_is_that_of_beijing(catalogue: Catalogue) -> None:
    late = reported(datetime(2025, 12, 31, 16, 0, tzinfo=UTC))
    found = due(catalogue, date(2027, 12, 1), audits=(late,))
    assert found is not None
    assert found.by == date(2028, 1, 1)
    ahead = due(catalogue, date(2027, 4, 1), last=date(2030, 1, 1))
    assert ahead is not None
    assert ahead.by == date(2027, 5, 1)
    minors = reported(datetime(2026, 6, 1, tzinfo=UTC), kind="minors")
    only = due(catalogue, date(2027, 4, 1), audits=(minors,))
    assert only is not None
    assert only.by == date(2027, 5, 1)


@given(
    last=st.dates(date(2025, 5, 2), date(2060, 12, 31)),
    after=st.integers(0, 1_200),
)
def test_it_is_due_two_years_after_the_last_by_a_plain_count(
    catalogue: Catalogue, last: date, after: int
) -> None:
    plain = date(last.year + 2, last.month, 28 if (last.month, last.day) == (2, 29) else last.day)
    if (last.month, last.day) == (2, 29) and last.year + 2 in {2028, 2032}:
        plain = date(last.year + 2, 2, 29)
    today = last + timedelta(days=after)
    found = due(catalogue, today, last=last)
    assert (found is not None) == (today >= plain - TOLD_AHEAD)
    assert found is None or found.by == plain


@pytest.fixture
def tea(tmp_path: Path, catalogue: Catalogue) -> Iterator[TeaHouse]:
    made = TeaHouse(tmp_path / "tea", catalogue)
    yield made
    made.close()


def opened(house: DossierHouse, tea: TeaHouse) -> list[Dossier]:
    falling = FallingDue(desk=house.desk, register=tea.desk, people=tea.data.consents)
    falling.open()
    return [one for one in house.desk.store.every(["audit"]) if one.value("kind") == "regular"]


def test_it_opens_once_runs_and_opens_again_after_two_years(
    house: DossierHouse, tea: TeaHouse
) -> None:
    tea.edit("individuals: 4000", f"individuals: {LARGE}")
    house.clock.at = start_of(date(2027, 4, 1))
    assert len(opened(house, tea)) == 1
    (audit,) = opened(house, tea)
    assert str(LARGE) in str(audit.value("title"))
    by = date.fromisoformat(str(audit.value("end-by")))
    (clock,) = house.desk.one(audit.id, STAFF).clocks
    assert clock.deadline.on == by
    for what, party, said in WAYS["audit"][1:-2]:
        if what in {"item", "report"}:
            house.desk.act(audit.id, what, STAFF if party is Party.STAFF else REVIEWER, said)
    assert len(opened(house, tea)) == 1
    house.clock.at = start_of(date(2029, 3, 31))
    assert len(opened(house, tea)) == 2


def test_an_audit_that_staff_planned_in_time_will_do(house: DossierHouse, tea: TeaHouse) -> None:
    tea.edit("individuals: 4000", f"individuals: {LARGE}")
    house.clock.at = start_of(date(2026, 11, 1))
    plan = dict(WAYS["audit"][0][2])
    house.desk.open("audit", "plan", STAFF, plan)
    house.clock.at = start_of(date(2027, 4, 1))
    assert len(opened(house, tea)) == 1


def test_people_with_records_are_counted(tea: TeaHouse) -> None:
    assert tea.data.consents.how_many() == 0
    for person in (LIN, GUEST, LIN):
        tea.answer(NEARBY, person=person)
    assert tea.data.consents.how_many() == 2
    assert tea.data.consents.how_many() == sum(1 for _ in tea.data.consents.everyone())


def test_faulty_items_become_remedies_once_and_the_sweep_opens_what_a_stop_left_out(
    house: DossierHouse, tea: TeaHouse
) -> None:
    plan = dict(WAYS["audit"][0][2])
    audit = house.desk.open("audit", "plan", STAFF, plan).dossier.id
    for item in items_for("regular"):
        faulty = item.id in {"training", "notice"}
        said: dict[str, Value] = {"item": item.id, "result": "conforms", "finding": "无"}
        if faulty:
            said |= {"result": "partly", "due": "2027-01-31"}
        house.desk.act(audit, "item", STAFF, said)
    assert house.desk.store.every(["remedy"]) == ()
    house.desk.act(audit, "report", STAFF, {"summary": "两项待改"})
    remedies = house.desk.store.every(["remedy"])
    assert {one.value("item") for one in remedies} == {"training", "notice"}
    assert {one.value("due") for one in remedies} == {"2027-01-31"}
    FallingDue(desk=house.desk, register=tea.desk, people=tea.data.consents).open()
    assert len(house.desk.store.every(["remedy"])) == 2
    with pytest.raises(ActRefusedError):
        house.desk.act(audit, "mend", STAFF, {"done-on": "2026-11-02", "what": "已改"})
    for one in remedies:
        done: dict[str, Value] = {"done-on": "2026-11-02", "done": "已改"}
        house.desk.act(one.id, "do", STAFF, done)
        house.desk.act(one.id, "accept", REVIEWER, {})
    house.desk.act(audit, "mend", STAFF, {"done-on": "2026-11-02", "what": "已改"})
    assert house.desk.act(audit, "close", REVIEWER, {}).state.final


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({}, False),
        ({"by-whom": "internal"}, True),
        ({"authority": ""}, True),
        ({"ordered-on": ""}, True),
        ({"period-to": "2025-01-01"}, True),
    ],
)
def test_an_ordered_audit_is_done_by_a_professional_body(
    house: DossierHouse, said: dict[str, Value], refused: bool
) -> None:
    plan = dict(WAYS["audit"][0][2]) | {
        "kind": "ordered",
        "by-whom": "external",
        "authority": "省网信办",
        "ordered-on": "2026-10-08",
    }
    if refused:
        with pytest.raises(ActRefusedError):
            house.desk.open("audit", "plan", STAFF, plan | said)
    else:
        assert house.desk.open("audit", "plan", STAFF, plan | said).state.id == "working"


@pytest.mark.parametrize(
    ("mended", "by"),
    [
        pytest.param(date(2026, 9, 24), date(2026, 10, 22), id="National Day and make-up days"),
        pytest.param(date(2026, 12, 31), None, id="beyond the calendar: provisional"),
        pytest.param(date(2024, 2, 28), date(2024, 3, 20), id="leap day is a working day"),
    ],
)
def test_the_report_on_what_was_mended_runs_in_working_days(
    house: DossierHouse, mended: date, by: date | None
) -> None:
    house.clock.at = start_of(mended) + timedelta(hours=2)
    plan = dict(WAYS["audit"][0][2]) | {
        "kind": "ordered",
        "by-whom": "external",
        "authority": "省网信办",
        "ordered-on": "2024-01-02",
        "period-from": "2024-01-01",
    }
    audit = house.desk.open("audit", "plan", STAFF, plan).dossier.id
    for item in items_for("ordered"):
        said: dict[str, Value] = {"item": item.id, "result": "conforms", "finding": "无"}
        house.desk.act(audit, "item", STAFF, said)
    house.desk.act(audit, "report", STAFF, {"summary": "无"})
    seen = house.desk.act(audit, "mend", STAFF, {"done-on": mended.isoformat(), "what": "已改"})
    clock = next(one for one in seen.clocks if one.sort.id == "file-mended")
    assert clock.deadline.figure == "TD-U8"
    if by is None:
        assert clock.deadline.provisional
    else:
        assert clock.deadline.on == by
    with pytest.raises(ActRefusedError):
        house.desk.act(audit, "close", REVIEWER, {})
    assert civil_date(clock.since) == mended
