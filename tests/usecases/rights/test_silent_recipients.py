"""A recipient that never confirms what it was told: found after seven days, until it does."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.usecases.rights.rights_house import LIN, REVIEWER, RightsHouse

from chengnuo.adapters.sql.rights_figures import SqlRightsFigures
from chengnuo.adapters.working_calendar import load_working_calendar
from chengnuo.domain.finding.live import LiveOutcome, LiveResult
from chengnuo.domain.rights.machine import Stage
from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.rights.figures import RightsFigures
from chengnuo.usecases.rights.outbox import CONFIRMS_WITHIN


def looked(house: RightsHouse) -> LiveResult:
    figures = RightsFigures(
        store=house.data.rights,
        figures=SqlRightsFigures(house.data.database),
        calendar=load_working_calendar(),
    )
    runs = {one.control.id: one.result for one in figures.runs(house.clock.now())}
    return runs["recipients-confirm"]


@pytest.mark.parametrize(
    "channels",
    [
        pytest.param({"courier", "maps"}, id="told over its channel"),
        pytest.param(set(), id="told by hand"),
    ],
)
def test_silence_is_found_after_seven_days_and_a_late_word_mends_it(
    tmp_path: Path, catalogue: Catalogue, channels: set[str]
) -> None:
    house = RightsHouse(tmp_path / "tea", catalogue)
    house.couriers.channels = channels
    house.couriers.answer = False  # taken, and never confirmed
    house.fill(LIN)
    asked = house.ask().request.id
    house.work()
    if house.rights.seen(asked).stage is Stage.NEEDS_RELEASE:
        house.rights.release(asked, REVIEWER)
    house.work(minutes=10)
    house.work(minutes=5)
    assert looked(house).outcome is LiveOutcome.PASSED
    house.clock.at += CONFIRMS_WITHIN + timedelta(minutes=30)
    house.work()
    silent = looked(house)
    assert silent.outcome is LiveOutcome.FAILED
    assert {one.request for one in silent.faults} == {asked}
    for notice in house.rights.seen(asked).outside:
        house.rights.acknowledge(notice.id)
    for task in house.rights.tasks():
        house.rights.task_done(task.id, REVIEWER, "confirmed by letter")
    assert looked(house).outcome is LiveOutcome.PASSED
    house.close()
