"""Running the controls against what goes wrong: two at once, renames, clocks, faults of ours."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit, start
from tests.duties.duty_kit import SAMPLE
from tests.usecases.dossier.ways import LATER
from tests.usecases.finding.test_running import (
    DAY,
    HOUR,
    LATE,
    MOMENT,
    REVIEWER,
    STAFF,
    board_of,
    desk_of,
    positions,
    recorded,
    runner_of,
    status,
)

from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.sorts.complaint import COMPLAINT
from chengnuo.domain.finding import dossier_controls
from chengnuo.domain.finding.all_controls import ALL_CONTROLS
from chengnuo.domain.finding.board import Board, RowStatus
from chengnuo.domain.finding.board_said import board_said
from chengnuo.domain.finding.dossier_records import DossierRecords, RecordedSeen
from chengnuo.domain.finding.live import LiveOutcome, LiveRun, Looked, run_all
from chengnuo.law.civil import civil_date
from chengnuo.ports.accounts import Role
from chengnuo.ports.evidence_log import LogLockedError
from chengnuo.usecases.dossier.whole_sort import every_one
from chengnuo.usecases.finding.boards import with_runs
from chengnuo.usecases.finding.recording_runs import BOARD
from chengnuo.usecases.finding.running import ControlRunner
from chengnuo.usecases.finding.source import RunsControls, Source

NO_SPLASH: dict[str, Value] = {"reasons": "没有开屏"}


def test_a_second_service_on_the_same_folder_is_refused_and_loses_nothing(
    kit: Kit, tmp_path: Path
) -> None:
    runner_of(kit).run_due()
    before = positions(kit)
    with pytest.raises(LogLockedError):
        start(tmp_path / "data", register=str(SAMPLE))
    kit.clock.pass_by(DAY + MOMENT)
    assert runner_of(kit).run_due() == len(ALL_CONTROLS)
    assert positions(kit)[-len(before) :] == before


def test_rounds_that_begin_at_once_run_every_control_once(kit: Kit) -> None:
    runner = runner_of(kit)
    with ThreadPoolExecutor(4) as pool:
        ran = list(pool.map(lambda _: runner.run_due(), range(4)))
    assert sorted(ran) == [0, 0, 0, len(ALL_CONTROLS)]
    named = [one["control"] for one in recorded(kit)]
    assert sorted(named) == sorted([BOARD, *(one.id for one in ALL_CONTROLS)])


def renamed(kit: Kit, old: str, new: str, *, formerly: bool = True) -> ControlRunner:
    """Return the runner of a later version, in which a control has another id."""
    runner = runner_of(kit)

    def later(source: RunsControls) -> RunsControls:
        assert isinstance(source, Source)
        names = (old,) if formerly else ()
        controls = tuple(
            replace(one, id=new, formerly=names) if one.id == old else one
            for one in source.controls
        )
        return replace(source, controls=controls)

    sources = tuple(map(later, runner.sources))
    board = replace(
        runner.board.__self__,
        controls=tuple(one for source in sources for one in source.controls),
    )
    return replace(runner, sources=sources, board=board.of, _looked={}, _asked={})


def test_a_renamed_control_keeps_what_was_wrong_and_says_that_it_was_renamed(kit: Kit) -> None:
    desk_of(kit).open("complaint", "take-down", STAFF, LATE)
    runner_of(kit).run_due()
    served = kit.service.services.register.served
    later = renamed(kit, "complaint-in-time", "complaints-answered")
    row = next(one for one in later.board(served.board).rows if one.duty.id == "pledge-8")
    assert row.status is RowStatus.FAILING
    other = renamed(kit, "safeguard-rules-shown", "safeguard-rules-are-shown")
    seen = {
        one.control.id: one.result for row in other.board(served.board).rows for one in row.live
    }
    found = seen["safeguard-rules-are-shown"]
    assert found.outcome is LiveOutcome.NOT_SHOWN
    assert found.why is not None
    assert "safeguard-rules-shown" in found.why.zh
    assert "2026-11-21" in found.why.zh
    assert other.run_due() == 1
    kept = other.store.latest()
    assert {"safeguard-rules-shown", "safeguard-rules-are-shown"} <= kept.keys()


def test_a_renamed_control_that_cannot_run_mends_nothing(kit: Kit) -> None:
    desk_of(kit).open("complaint", "take-down", STAFF, LATE)
    runner_of(kit).run_due()
    later = renamed(kit, "complaint-in-time", "complaints-answered")
    broken = replace(
        later,
        sources=tuple(
            replace(one, records=fails) if isinstance(one, Source) else one for one in later.sources
        ),
    )
    broken.run_due()
    kept = broken.store.latest()["complaints-answered"]
    assert (kept.outcome, kept.wrong) == (LiveOutcome.COULD_NOT_RUN, 1)


def fails(_: datetime) -> object:
    raise ZeroDivisionError


def test_the_history_of_a_row_outlives_the_control_that_made_it(kit: Kit) -> None:
    desk_of(kit).open("complaint", "take-down", STAFF, LATE)
    runner_of(kit).run_due()
    first = civil_date(kit.clock.now())
    later = renamed(kit, "complaint-in-time", "gone-and-another", formerly=False)
    kit.clock.pass_by(DAY + MOMENT)
    later.run_due()
    past = list(later.store.statuses(first, first + DAY, "pledge-8"))
    assert [one.status for one in past] == [RowStatus.FAILING, RowStatus.FAILING]
    assert later.store.newest(["complaint-in-time"], 5)[0].wrong == 1


def test_a_row_that_is_no_more_does_not_have_the_board_recorded_over_and_over(kit: Kit) -> None:
    runner = runner_of(kit)
    runner.run_due()
    served = kit.service.services.register.served
    fewer = runner.board(served.board).rows[1:]
    said = runner.saying.record(fewer)
    assert runner.saying.record(fewer) == said
    assert runner.saying.record(runner.board(served.board).rows) > said


@pytest.mark.parametrize("back", [timedelta(minutes=5), HOUR * 3, DAY * 3, DAY * 400])
def test_a_clock_that_is_set_back_stops_no_control_and_floods_nothing(
    kit: Kit, back: timedelta
) -> None:
    runner = runner_of(kit)
    runner.run_due()
    kit.clock.pass_by(-back)
    ran = [runner.run_due() for _ in range(4)]
    assert ran in ([0, 0, 0, 0], [len(ALL_CONTROLS), 0, 0, 0])
    stamps = [
        one.at
        for one in runner.store.between(
            datetime.min.replace(tzinfo=kit.clock.now().tzinfo), kit.clock.now() + DAY * 800
        )
    ]
    assert stamps == sorted(stamps)
    if back > DAY + HOUR:
        row = next(one for one in board_of(kit).rows if one.duty.id == "pledge-10")
        assert {one.result.outcome for one in row.live} <= {LiveOutcome.STALE}
        assert all("时钟" in one.result.why.zh for one in row.live if one.result.why)
    kit.clock.pass_by(back + DAY + MOMENT)
    assert runner.run_due() == len(ALL_CONTROLS)
    assert status(board_of(kit), "pledge-10") is not RowStatus.STALE


def test_a_fault_of_ours_in_one_control_keeps_no_other_back_and_shows_nothing(kit: Kit) -> None:
    runner = runner_of(kit)

    def broken(_: object) -> Looked:
        raise KeyError("a name of somebody")

    def with_fault(source: RunsControls) -> RunsControls:
        assert isinstance(source, Source)
        return replace(
            source,
            controls=tuple(
                replace(one, check=broken) if one.id == "complaint-in-time" else one
                for one in source.controls
            ),
        )

    later = replace(runner, sources=tuple(map(with_fault, runner.sources)))
    assert later.run_due() == len(ALL_CONTROLS)
    kept = later.store.latest()
    assert kept["complaint-in-time"].outcome is LiveOutcome.COULD_NOT_RUN
    assert "KeyError" in str(kept["complaint-in-time"].why)
    assert "somebody" not in json.dumps(recorded(kit), ensure_ascii=False)
    assert kept["prices-audited"].outcome is not LiveOutcome.COULD_NOT_RUN


def test_what_a_stop_in_the_middle_of_a_round_left_is_run_in_the_next(kit: Kit) -> None:
    runner = runner_of(kit)

    class Stopped(BaseException):
        """The process ends."""

    def stops(_: datetime) -> object:
        raise Stopped

    halfway = replace(
        runner,
        sources=(
            *runner.sources[:3],
            replace(runner.sources[3], records=stops),
            *runner.sources[4:],
        ),
    )
    with pytest.raises(Stopped):
        halfway.run_due()
    done = len(runner.store.latest())
    assert 0 < done < len(ALL_CONTROLS)
    assert BOARD not in {one["control"] for one in recorded(kit)}
    assert runner.run_due() == len(ALL_CONTROLS) - done
    named = [one["control"] for one in recorded(kit)]
    assert len(named) == len(set(named)) == len(ALL_CONTROLS) + 1


def test_a_board_is_never_put_together_from_runs_of_two_rounds(kit: Kit) -> None:
    """A round that ends between the two readings has both read again."""
    runner, served = runner_of(kit), kit.service.services.register.served

    class Between:
        """A board beside which a round runs, once."""

        ran = False

        def of(self, board: Board) -> Board:
            found = runner.board(board)
            if not self.ran:
                self.ran = True
                runner.run_due()
            return found

        def runs(self) -> tuple[LiveRun, ...]:
            return ()

    board, ran = with_runs(Between(), runner.store, served.board)
    assert board == board_of(kit)
    outcomes = {one.control.id: one.result.outcome for row in board.rows for one in row.live}
    assert outcomes == {name: ran[name].outcome for name in outcomes}


def test_the_record_of_the_board_says_every_control_of_every_row(kit: Kit) -> None:
    runner_of(kit).run_due()
    (said,) = (one for one in recorded(kit) if one["control"] == BOARD)
    assert {name: said[name] for name in ("rows", "controls")} == board_said(board_of(kit).rows)
    stands = {
        (one["control"], row)
        for one in json.loads(json.dumps(said["controls"]))
        for row in one["rows"]
    }
    rows = board_of(kit).rows
    assert stands == {(name, row.duty.id) for row in rows for name, _, _ in row.outcomes}


def looked(kit: Kit, item: str) -> str:
    begin: dict[str, Value] = {"item": item, "owner": "产品部", "first-due": LATER}
    return desk_of(kit).open("recorded-control", "begin", STAFF, begin).dossier.id


def test_what_was_found_wrong_is_not_hidden_by_another_dossier_about_the_same(kit: Kit) -> None:
    wrong = looked(kit, "splash")
    day = civil_date(kit.clock.now()).isoformat()
    found: dict[str, Value] = {"done-on": day, "evidence": "看过", "next-due": LATER}
    desk_of(kit).act(wrong, "found-bad", STAFF, found)
    desk_of(kit).act(looked(kit, "splash"), "not-ours", REVIEWER, NO_SPLASH)
    desk_of(kit).act(looked(kit, "splash"), "found-good", STAFF, found)
    runner_of(kit).run()
    assert status(board_of(kit), "action524-5.4") is RowStatus.FAILING
    kit.clock.pass_by(MOMENT)
    desk_of(kit).act(wrong, "found-good", STAFF, found)
    runner_of(kit).run()
    assert status(board_of(kit), "action524-5.4") is RowStatus.SHOWN


def test_that_something_does_not_apply_is_looked_at_again_within_a_year(kit: Kit) -> None:
    desk_of(kit).act(looked(kit, "splash"), "not-ours", REVIEWER, NO_SPLASH)
    runner_of(kit).run()
    assert status(board_of(kit), "action524-5.4") is RowStatus.NOT_APPLICABLE
    kit.clock.pass_by(DAY * 367)
    runner_of(kit).run()
    assert status(board_of(kit), "action524-5.4") is RowStatus.STALE


def test_who_declares_a_row_away_does_not_approve_it_and_a_fault_undoes_it(kit: Kit) -> None:
    for role in (Role.STAFF, Role.REVIEWER):  # with two people, one does not do for both
        staff_of(kit, role)
    said: dict[str, Value] = {"row": "pledge-8", "reasons": "没有投诉渠道", "until": "2999-12-31"}
    made = desk_of(kit).open("not-applicable", "declare", STAFF, said).dossier.id
    with pytest.raises(ChengnuoError):
        desk_of(kit).act(made, "approve", replace(REVIEWER, id=STAFF.id), {})
    runner_of(kit).run()
    assert status(board_of(kit), "pledge-8") is not RowStatus.NOT_APPLICABLE
    desk_of(kit).act(made, "approve", REVIEWER, {})
    assert status(board_of(kit), "pledge-8") is RowStatus.NOT_APPLICABLE
    desk_of(kit).open("complaint", "take-down", STAFF, LATE)
    runner_of(kit).run()
    assert status(board_of(kit), "pledge-8") is RowStatus.FAILING


def test_every_dossier_of_a_sort_is_read_however_many_there_are(kit: Kit) -> None:
    store = desk_of(kit).store
    for _ in range(7):
        desk_of(kit).open("complaint", "take-down", STAFF, LATE)
    whole = [one.id for one in store.every([COMPLAINT.id])]
    assert len(whole) == 7
    for at_once in (1, 2, 7, 8):
        assert [one.id for one in every_one(store, COMPLAINT, at_once=at_once)] == whole


def test_controls_that_read_all_there_is_run_beside_too_many_of_others() -> None:
    seen = RecordedSeen(
        dossier="r", item="covert", state="good", on=date(2026, 11, 1), why="", stale=False
    )
    crowded = DossierRecords(dossiers=(), recorded=(seen,), too_many=True)
    found = {
        one.control.id: one.result.outcome for one in run_all(dossier_controls.CONTROLS, crowded)
    }
    stopped = {name for name, outcome in found.items() if outcome is LiveOutcome.COULD_NOT_RUN}
    assert found["looked-at-covert"] is LiveOutcome.PASSED
    assert stopped == {one.id for one in dossier_controls.CONTROLS if one.samples}
