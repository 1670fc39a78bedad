"""The service steps complaints up by itself: in time, each point once, every step in the log."""

import json
from datetime import UTC, datetime, timedelta

from tests.usecases.dossier.dossier_house import (
    INDIVIDUAL,
    ME,
    REVIEWER,
    STAFF,
    DossierHouse,
)

from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.law.civil import start_of
from chengnuo.usecases.dossier.stepping_up import SteppingUp

WRITTEN: dict[str, Value] = {"cause": "leak", "activity": "orders", "text": "有人打电话"}
ANSWER: dict[str, Value] = {
    "outcome": "upheld",
    "reasons": "属实",
    "remedies": ("authority", "court", "objection"),
}
BEFORE_NATIONAL_DAY = datetime(2026, 9, 21, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def steps(house: DossierHouse) -> list[str]:
    said = [json.loads(house.payload(one)) for one in house.records(Kind.COMPLAINT)]
    return [
        f"{one['said']['step']} {one['said']['to']}" for one in said if one["what"] == "step-up"
    ]


def test_a_complaint_that_nobody_takes_climbs_from_office_to_office(house: DossierHouse) -> None:
    house.clock.at = BEFORE_NATIONAL_DAY
    wanted = house.desk.open("complaint", "file", INDIVIDUAL, WRITTEN, person=ME).dossier.id
    service = SteppingUp(desk=house.desk)
    for day, expected in (
        (9, []),
        (10, ["half reviewer"]),
        (18, ["half reviewer"]),
        (19, ["half reviewer", "last-day officer"]),
        (20, ["half reviewer", "last-day officer", "overdue head"]),
    ):
        house.clock.at = start_of(datetime(2026, 10, day, tzinfo=UTC).date()) + MINUTE
        service.run()
        assert service.run() == ()
        assert steps(house) == expected
    shown = house.desk.one(wanted, INDIVIDUAL).dossier
    assert [act.what for act in shown.acts] == ["file"] + ["step-up"] * 3
    assert house.desk.one(wanted, STAFF).state.id == "received"
    house.desk.act(wanted, "accept", STAFF, {})
    assert house.desk.act(wanted, "reply", STAFF, ANSWER).state.id == "answered"
    house.clock.pass_by(timedelta(days=90))
    assert service.run() == ()


def test_after_reopening_the_steps_begin_anew(house: DossierHouse) -> None:
    wanted = house.desk.open("complaint", "file", INDIVIDUAL, WRITTEN, person=ME).dossier.id
    house.desk.act(wanted, "accept", STAFF, {})
    house.clock.pass_by(timedelta(days=60))
    service = SteppingUp(desk=house.desk)
    assert service.run() == (wanted,)
    house.desk.act(wanted, "reply", STAFF, ANSWER)
    house.desk.act(wanted, "reopen", REVIEWER, {"reason": "电话又来了"})
    assert service.run() == ()
    house.clock.pass_by(timedelta(days=60))
    assert service.run() == (wanted,)
    assert steps(house) == ["overdue head", "overdue head"]


def test_what_a_stop_left_unrecorded_is_recorded_and_no_step_taken_twice(
    house: DossierHouse,
) -> None:
    house.desk.open("complaint", "file", INDIVIDUAL, WRITTEN, person=ME)
    house.clock.pass_by(timedelta(days=60))
    assert len(SteppingUp(desk=house.desk).run()) == 1
    house.close()
    house.open()
    house.desk.mend()
    assert SteppingUp(desk=house.desk).run() == ()
    assert steps(house) == ["overdue head"]
