"""The counts of a queue equal a plain recount, and stay right when deadlines move by themselves."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.usecases.dossier.dossier_house import (
    ADMIN,
    AUDITOR,
    INDIVIDUAL,
    ME,
    REVIEWER,
    STAFF,
    DossierHouse,
)

from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.standing import state_of
from chengnuo.law.working_calendar import WorkingCalendar
from chengnuo.ports.dossiers import Due
from chengnuo.usecases.dossier.overview import Rekeeping, overview
from chengnuo.usecases.dossier.seen import Actor

STARTED = datetime(2026, 9, 10, 1, 0, tzinfo=UTC)
INCIDENT: dict[str, Value] = {"kind": "leak", "how": "monitoring", "what": "表被导出"}
FILING: dict[str, Value] = {"kind": "officer", "persons": 1_000_000, "why": "到线"}


def opened(house: DossierHouse, what: str) -> DossierId:
    now = house.clock.now()
    if what == "complaint":
        words: dict[str, Value] = {"cause": "leak", "text": "有人打电话"}
        return house.desk.open("complaint", "file", INDIVIDUAL, words, person=ME).dossier.id
    if what == "incident":
        at = now.isoformat().replace("+00:00", "Z")
        said = {**INCIDENT, "discovered-at": at}
        return house.desk.open("incident", "discover", STAFF, said).dossier.id
    said = {**FILING, "crossed-on": (now + timedelta(hours=8)).date().isoformat()}
    return house.desk.open("filing", "open", STAFF, said).dossier.id


def recounted(house: DossierHouse) -> dict[str, tuple[int, int, DossierId | None]]:
    """Count by reading every dossier: open, late, and the one that is due first."""
    now, found = house.clock.now(), dict[str, tuple[int, int, DossierId | None]]()
    for sort in SORTS.values():
        every = house.data.dossiers.every([sort.id])
        still = [one for one in every if not state_of(sort, one).final]
        clocks = {
            one.id: [clock for clock in house.desk.clocks(one) if clock.met_at is None]
            for one in still
        }
        late = sum(any(clock.is_late(now) for clock in some) for some in clocks.values())
        due = {
            one: min(clock.deadline.until for clock in some) for one, some in clocks.items() if some
        }
        first = min(due.values(), default=None)
        found[sort.id] = (len(still), late, next((o for o in due if due[o] == first), None))
    return found


def shown(house: DossierHouse, actor: Actor = STAFF) -> dict[str, tuple[int, int]]:
    return {one.sort.id: (one.open, one.late) for one in overview(house.desk, actor)}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["complaint", "incident", "filing", "end"]),
            st.sampled_from([timedelta(minutes=7), timedelta(hours=4), timedelta(hours=30)])
            | st.timedeltas(timedelta(), timedelta(days=40)),
        ),
        max_size=14,
    )
)
def test_the_counts_are_those_of_a_plain_recount(
    house: DossierHouse, steps: list[tuple[str, timedelta]]
) -> None:
    house.clock.at = max(house.clock.at, STARTED)
    mine = list[DossierId]()
    for what, passes in steps:
        if what == "end" and mine:
            house.desk.act(mine.pop(), "take-back", INDIVIDUAL, {})
        elif what != "end":
            wanted = opened(house, what)
            if what == "complaint":
                mine.append(wanted)
        house.clock.pass_by(passes)
        plain = recounted(house)
        assert shown(house) == {sort: counted[:2] for sort, counted in plain.items()}
        for one in overview(house.desk, AUDITOR):
            first = plain[one.sort.id][2]
            if first is not None:
                assert one.first is not None
                assert one.first.next_clock is not None
                due = house.desk.due_in(house.desk.one(first, STAFF).dossier)
                assert one.first.next_clock.deadline.until == due


def test_an_administrator_is_shown_no_count(house: DossierHouse) -> None:
    opened(house, "incident")
    assert shown(house)["incident"] == (1, 0)
    assert set(shown(house, ADMIN).values()) == {(0, 0)}


def test_what_is_due_at_once_is_late_after_a_day_and_not_before(house: DossierHouse) -> None:
    wanted = opened(house, "incident")
    grade: dict[str, Value] = {"grade": "general", "activities": ("orders",), "affected": 1}
    grade |= {"cause": "误发", "harm": "轻微", "minors": False}
    house.desk.act(wanted, "grade", REVIEWER, grade)
    house.clock.pass_by(timedelta(days=1))
    assert shown(house)["incident"] == (1, 0)
    house.clock.pass_by(timedelta(seconds=1))
    assert shown(house)["incident"] == (1, 1)


def test_a_shorter_promise_moves_what_is_kept_and_so_does_a_new_calendar(
    house: DossierHouse,
) -> None:
    house.clock.at = datetime(2026, 12, 20, 1, 0, tzinfo=UTC)
    opened(house, "complaint")
    rekeeping = Rekeeping(house.desk)
    assert (rekeeping(), rekeeping()) == (0, 0)
    house.promised = {"complaint": {"reply": 3}}
    house.clock.pass_by(timedelta(days=4))
    assert shown(house)["complaint"] == (1, 0)  # counted as it was written down
    assert (rekeeping(), rekeeping()) == (1, 0)
    assert shown(house)["complaint"] == (1, 1)
    house.promised = {}
    assert rekeeping() == 1
    calendar = house.desk.calendar
    announced = WorkingCalendar(
        holidays=calendar.holidays | {date(2027, 1, day) for day in range(1, 4)},
        makeup_days=calendar.makeup_days,
        first=calendar.first,
        last=date(2027, 12, 31),
    )
    later = Rekeeping(replace(house.desk, calendar=announced))
    assert later() == 1


def test_what_was_done_meanwhile_is_not_overwritten(house: DossierHouse) -> None:
    wanted = opened(house, "complaint")
    dossier = house.desk.one(wanted, STAFF).dossier
    house.desk.act(wanted, "take-back", INDIVIDUAL, {})
    stale = Due(dossier=wanted, acts=1, at=house.clock.now())
    assert house.data.dossiers.keep_due([stale]) == 0
    assert len(dossier.acts) == 1


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_leaves_of_a_queue_put_together_are_the_whole(house: DossierHouse, limit: int) -> None:
    for what in ("complaint", "incident", "filing", "complaint", "complaint", "incident"):
        opened(house, what)
        house.clock.pass_by(timedelta(hours=5))
    whole = [one.dossier.id for one in house.desk.queue(STAFF, sorted(SORTS))]
    leaves = [
        one.dossier.id
        for skip in range(0, 9, limit)
        for one in house.desk.queue(STAFF, sorted(SORTS), skip=skip, limit=limit)
    ]
    assert leaves == whole
