"""Lessons past their day, and causes that come again, are faults; what was carried out is none."""

from datetime import date

import pytest

from chengnuo.domain.dossier.lessons import Lesson
from chengnuo.domain.finding.dossier_records import DossierRecords, IncidentSeen
from chengnuo.domain.finding.incident_controls import carried_out, not_again

TODAY = date(2026, 11, 28)


def incident(name: str, *lessons: Lesson, drill: bool = False) -> IncidentSeen:
    return IncidentSeen(dossier=name, opened=date(2026, 6, 1), lessons=lessons, drill=drill)


def lesson(due: date, *, cause: str = "keys", is_open: bool = True, number: int = 1) -> Lesson:
    return Lesson(number=number, due=due, activity="orders", root_cause=cause, is_open=is_open)


def records(*incidents: IncidentSeen) -> DossierRecords:
    return DossierRecords(dossiers=(), incidents=incidents, on=TODAY)


@pytest.mark.parametrize(
    ("one", "faults"),
    [
        pytest.param(lesson(date(2026, 11, 27)), 1, id="past its day"),
        pytest.param(lesson(TODAY), 0, id="its day is not over"),
        pytest.param(lesson(date(2026, 1, 1), is_open=False), 0, id="carried out"),
    ],
)
def test_a_lesson_past_its_day_is_a_fault(one: Lesson, faults: int) -> None:
    looked = carried_out(records(incident("in-a", one)))
    assert (looked.count, len(looked.faults)) == (1, faults)
    assert [(one.dossier, one.activity) for one in looked.faults] == [("in-a", "orders")] * faults


def test_a_cause_that_comes_again_is_one_fault_while_a_lesson_is_left() -> None:
    left, done = lesson(date(2027, 1, 1)), lesson(date(2026, 7, 1), is_open=False)
    first, second = incident("in-b", done), incident("in-a", left)
    assert len(not_again(records(second, first)).faults) == 1
    assert not not_again(records(second)).faults
    assert not not_again(records(incident("in-a", done), first)).faults
    other = incident("in-c", lesson(date(2027, 1, 1), cause="flaw"))
    assert not not_again(records(other, first)).faults


def test_a_drill_has_lessons_and_no_causes() -> None:
    late = lesson(date(2026, 7, 1))
    drills = records(incident("in-a", late, drill=True), incident("in-b", late, drill=True))
    assert len(carried_out(drills).faults) == 2
    assert not not_again(drills).faults
