"""The controls over dossiers: each passes, fails, and has nothing to look at."""

from datetime import date

import pytest

from chengnuo.base.text import Text
from chengnuo.domain.finding.dossier_controls import CONTROLS, RECURS_FROM
from chengnuo.domain.finding.dossier_records import (
    AssessmentSeen,
    DossierRecords,
    DossierSeen,
    LateClock,
)
from chengnuo.domain.finding.live import LiveOutcome, LiveResult
from chengnuo.law.catalogue import Catalogue

BY_ID = {control.id: control for control in CONTROLS}
TIMED = sorted(one for one in BY_ID if one.endswith("-in-time"))
ANSWER = Text("答复", "Answer")


def seen(sort: str, number: int = 1, **more: object) -> DossierSeen:
    made: dict[str, object] = {
        "dossier": f"xx-{number}",
        "sort": sort,
        "state": "received",
        "state_text": Text("已收到", "Received"),
        "opened": date(2026, 11, 20),
    }
    return DossierSeen(**(made | more))  # type: ignore[arg-type]


def run(control: str, *dossiers: DossierSeen, too_many: bool = False) -> LiveResult:
    return BY_ID[control].run(DossierRecords(dossiers=dossiers, too_many=too_many))


@pytest.mark.parametrize("control", TIMED)
def test_a_missed_deadline_fails_and_a_met_one_passes(control: str) -> None:
    sort = control.removesuffix("-in-time")
    late = LateClock(text=ANSWER, due=date(2026, 11, 2), met=False)
    assert run(control, seen(sort, clocks=1)).outcome is LiveOutcome.PASSED
    failed = run(control, seen(sort, clocks=2, late=(late,)))
    assert failed.outcome is LiveOutcome.FAILED
    assert [(one.dossier, one.what.en) for one in failed.faults] == [
        ("xx-1", "Answer: overdue 2026-11-02")
    ]
    other = seen("another", clocks=1, late=(late,))
    assert run(control, other).outcome is LiveOutcome.NOTHING_TO_CHECK
    assert run(control, too_many=True).outcome is LiveOutcome.COULD_NOT_RUN
    assert run(control, seen(sort, clocks=1), too_many=True).outcome is LiveOutcome.SAMPLED
    many = run(control, seen(sort, clocks=2, late=(late,)), too_many=True)
    assert many.outcome is LiveOutcome.FAILED


def test_what_was_done_late_stays_a_fault_of_its_month() -> None:
    late = LateClock(text=ANSWER, due=None, met=True)
    failed = run("complaint-in-time", seen("complaint", clocks=1, late=(late,)))
    assert [one.what.zh for one in failed.faults] == ["答复：晚于期限完成"]


def test_what_people_found_wrong_is_a_fault_until_it_is_mended() -> None:
    good, bad = seen("recorded-control", state="shown"), seen("recorded-control", state="failing")
    assert run("recorded-controls-not-failing", good).outcome is LiveOutcome.PASSED
    assert run("recorded-controls-not-failing", good, bad).outcome is LiveOutcome.FAILED
    assert run("recorded-controls-not-failing").outcome is LiveOutcome.NOTHING_TO_CHECK


def test_a_cause_that_comes_again_about_one_activity_is_a_fault() -> None:
    def complaints(count: int, activity: str = "orders") -> list[DossierSeen]:
        return [seen("complaint", n, cause="rights", activity=activity) for n in range(count)]

    few, many = complaints(RECURS_FROM - 1), complaints(RECURS_FROM)
    assert run("complaints-not-recurring", *few).outcome is LiveOutcome.PASSED
    assert run("complaints-not-recurring", *few, *complaints(1, "other")).outcome is (
        LiveOutcome.PASSED
    )
    assert run("complaints-not-recurring", *complaints(9, "")).outcome is LiveOutcome.PASSED
    failed = run("complaints-not-recurring", *many)
    assert [(one.activity, one.dossier) for one in failed.faults] == [("orders", "xx-0")]


def test_every_control_cites_duties_and_rows_that_there_are(catalogue: Catalogue) -> None:
    for control in CONTROLS:
        assert control.rests_on
        assert all(catalogue.duty(one) for one in (*control.rests_on, *control.duties))
        assert all(
            one.startswith(("duty-", "pledge-", "action524-", "also-")) for one in control.duties
        )


def test_an_assessment_older_than_its_approval_in_the_log_is_dated_back() -> None:
    control, day = BY_ID["assessments-not-dated-back"], date(2026, 11, 20)

    def look(done: date, approved: date | None) -> LiveResult:
        row = AssessmentSeen(assessment="pia", done=done, dossier="pa-1", approved=approved)
        return control.run(DossierRecords(dossiers=(), assessments=(row,)))

    assert look(day, day).outcome is LiveOutcome.PASSED
    assert look(day, None).outcome is LiveOutcome.NOTHING_TO_CHECK
    failed = look(date(2026, 1, 5), day)
    assert failed.outcome is LiveOutcome.FAILED
    assert "2026-01-05" in failed.faults[0].what.zh


def test_once_one_assessment_is_on_record_a_typed_day_alone_is_a_fault() -> None:
    control, day = BY_ID["assessments-on-record"], date(2026, 11, 20)
    typed = AssessmentSeen(assessment="pia", done=day, activity="letters")
    recorded = AssessmentSeen(
        assessment="other", done=day, dossier="pa-1", approved=day, activity="orders"
    )
    unused = AssessmentSeen(assessment="old", done=day)

    def look(*rows: AssessmentSeen) -> LiveResult:
        return control.run(DossierRecords(dossiers=(), assessments=rows))

    assert look().outcome is LiveOutcome.NOTHING_TO_CHECK
    only = look(typed, unused)
    assert (only.outcome, only.why and only.why.en) == (
        LiveOutcome.NOTHING_TO_CHECK,
        "0 assessments have an approval on record, 1 a typed day alone.",
    )
    assert look(recorded, unused).outcome is LiveOutcome.PASSED
    failed = look(recorded, typed, unused)
    assert [(one.activity, one.position) for one in failed.faults] == [("letters", -1)]
    assert "`pia`" in failed.faults[0].what.en
