"""Running the controls: what is due, what is recorded, what is kept, what a stop leaves behind."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from tests.doors.service_kit import Kit, start
from tests.duties.duty_kit import SAMPLE, verified
from tests.usecases.dossier.ways import LATER

from chengnuo.base.digest import sha256_hex
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.all_controls import ALL_CONTROLS, CONTROLS
from chengnuo.domain.finding.board import Board, RowStatus
from chengnuo.domain.finding.live import LiveOutcome
from chengnuo.law.civil import civil_date
from chengnuo.law.ids import DutyId
from chengnuo.ports.evidence_log import Position
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.seen import Actor
from chengnuo.usecases.evidence.proving import Prover
from chengnuo.usecases.finding.boards import BoardNow
from chengnuo.usecases.finding.recording_runs import BOARD
from chengnuo.usecases.finding.running import ControlRunner

STAFF, REVIEWER = Actor(id="a", party=Party.STAFF), Actor(id="b", party=Party.REVIEWER)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MOMENT = timedelta(seconds=1)
"""Records stand a little after the instant that they were made at: instants strictly increase."""
LATE: dict[str, Value] = {
    "channel": "letter",
    "received-on": "2026-09-01",
    "cause": "rights",
    "text": "没人理",
}


def runner_of(kit: Kit) -> ControlRunner:
    found = kit.service.services.controls
    assert found is not None
    return found


def desk_of(kit: Kit) -> DossierDesk:
    found = kit.service.services.dossiers
    assert found is not None
    return found


def positions(kit: Kit) -> list[int]:
    """Return where runs stand in the log, the newest first."""
    log = kit.service.services.evidence.log
    log.publish()
    return [one.position for one in log.newest() if one.leaf.kind == Kind.CONTROL_RUN]


def board_of(kit: Kit) -> Board:
    return runner_of(kit).board(kit.service.services.register.served.board)


def board_now(kit: Kit) -> Board:
    """Return the board with every control run on the spot: the plain way."""
    runner = runner_of(kit)
    plain = BoardNow(sources=runner.sources, clock=kit.clock)
    return plain.of(kit.service.services.register.served.board)


def forget(kit: Kit, *, after: int = -1) -> None:
    """Forget rows from a position on, as a stop between record and row leaves them."""
    with closing(sqlite3.connect(Path(kit.settings.data) / "chengnuo.db")) as raw:
        for table in ("control_run", "control_newest", "board_status"):
            raw.execute(f"DELETE FROM {table} WHERE position > ?", (after,))  # noqa: S608  ours
        raw.commit()


def test_every_control_of_the_list_runs_and_is_a_record_before_it_is_a_row(kit: Kit) -> None:
    assert runner_of(kit).run_due() == len(ALL_CONTROLS)
    kept = runner_of(kit).store.latest()
    assert list(kept) == [one.id for one in ALL_CONTROLS]
    log, payloads = runner_of(kit).recorder.log, runner_of(kit).recorder.payloads
    for one in kept.values():
        record = log.record(Position(one.position))
        said = json.loads(payloads.opened(record).payload or b"{}")
        assert record.leaf.kind == Kind.CONTROL_RUN
        assert (said["control"], said["outcome"]) == (one.control, one.outcome.value)
        assert (said["looked_at"], said["wrong"], said["digest"]) == (
            one.looked_at,
            one.wrong,
            one.digest,
        )
        assert one.register == kit.service.services.register.served.version


def test_what_is_unchanged_is_recorded_once_an_interval_and_news_at_once(kit: Kit) -> None:
    runner = runner_of(kit)
    runner.run_due()
    assert runner.run_due() == 0
    first = positions(kit)
    kit.clock.pass_by(HOUR + MOMENT)
    assert runner.run_due() == len(ALL_CONTROLS)
    hourly = {one.id for one in ALL_CONTROLS if one.every == HOUR}
    assert len(positions(kit)) - len(first) == len(hourly)
    desk_of(kit).open("complaint", "take-down", STAFF, LATE)
    kit.clock.pass_by(HOUR + MOMENT)
    runner.run_due()
    late = runner.store.latest()["complaint-in-time"]
    assert (late.outcome, late.wrong) == (LiveOutcome.FAILED, 1)
    assert late.at >= kit.clock.now()
    kit.clock.pass_by(DAY + MOMENT)
    before = len(positions(kit))
    runner.run_due()
    assert len(positions(kit)) - before >= len(ALL_CONTROLS)


def test_a_change_of_the_register_runs_the_controls_over_it_at_once(
    kit: Kit, tmp_path: Path
) -> None:
    runner, desk = runner_of(kit), kit.service.services.register
    runner.run_due()
    folder = tmp_path / "other"
    folder.mkdir()
    for file in SAMPLE.rglob("*.yaml"):
        (folder / file.relative_to(SAMPLE)).parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text()
        if file.name == "handler.yaml":
            text = text.replace("version: ", "version: ", 1) + "\n# another line\n"
        (folder / file.relative_to(SAMPLE)).write_text(text)
    handler = folder / "handler.yaml"
    handler.write_text(handler.read_text().replace("有限公司", "股份有限公司", 1))
    desk.folder = folder
    desk.load(by="cli")
    assert runner.run_due() == len(CONTROLS)
    kept = runner.store.latest()
    assert {kept[one.id].register for one in CONTROLS} == {desk.served.version}


def test_a_run_that_is_older_than_its_interval_is_stale_and_a_fault_stays(kit: Kit) -> None:
    desk_of(kit).open("complaint", "take-down", STAFF, LATE)
    looked = {"item": "splash", "owner": "产品部", "first-due": LATER}
    begun = desk_of(kit).open("recorded-control", "begin", STAFF, looked).dossier.id
    good: dict[str, Value] = {"done-on": "2026-11-20", "evidence": "看过", "next-due": LATER}
    desk_of(kit).act(begun, "found-good", STAFF, good)
    runner_of(kit).run_due()
    assert status(board_of(kit), "action524-5.4") is RowStatus.SHOWN
    assert status(board_of(kit), "pledge-8") is RowStatus.FAILING
    kit.clock.pass_by(DAY + HOUR)
    assert status(board_of(kit), "action524-5.4") is RowStatus.SHOWN
    kit.clock.pass_by(MOMENT)
    row = next(one for one in board_of(kit).rows if one.duty.id == "action524-5.4")
    assert row.status is RowStatus.STALE
    assert "2026-11-21" in row.why.zh
    assert status(board_of(kit), "pledge-8") is RowStatus.FAILING


def status(board: Board, row: str) -> RowStatus:
    return next(one.status for one in board.rows if one.duty.id == row)


@pytest.mark.parametrize("left", [0, 1, 40, None], ids=["none", "one", "forty", "all but none"])
def test_what_a_stop_left_between_record_and_row_is_made_up(kit: Kit, left: int | None) -> None:
    runner = runner_of(kit)
    desk_of(kit).open("complaint", "take-down", STAFF, LATE)
    runner.run_due()
    today = civil_date(kit.clock.now())
    kept, statuses = runner.store.latest(), list(runner.store.statuses(today, today))
    stood = positions(kit)[::-1]
    after = stood[-1] if left is None else stood[left - 1] if left else -1
    forget(kit, after=after)
    assert runner.mend() == (0 if left is None else len(stood) - left)
    assert runner.store.latest() == kept
    assert list(runner.store.statuses(today, today)) == statuses
    assert runner.mend() == 0


def test_a_run_is_proved_by_the_verifier_and_another_result_is_not(
    kit: Kit, tmp_path: Path
) -> None:
    runner = runner_of(kit)
    desk_of(kit).open("complaint", "take-down", STAFF, LATE)
    runner.run_due()
    late = runner.store.latest()["complaint-in-time"]
    log = runner.recorder.log
    log.publish()
    prover = Prover(log=log, payloads=runner.recorder.payloads)
    proof = json.dumps(prover.inclusion([Position(late.position)], disclose=True).as_tree())
    assert verified(kit.service, proof.encode(), tmp_path).status == 0
    forged = proof.replace('\\"failed\\"', '\\"passed\\"')
    assert forged != proof
    assert verified(kit.service, forged.encode(), tmp_path).status == 1


def test_the_board_of_each_day_is_recorded_once_and_again_when_it_changes(kit: Kit) -> None:
    runner, first = runner_of(kit), civil_date(kit.clock.now())
    runner.run_due()
    boards = [one for one in recorded(kit) if one["control"] == BOARD]
    assert len(boards) == 1
    assert boards[0]["looked_at"] == len(board_of(kit).rows)
    rows = {one.duty: one.status for one in runner.store.statuses(first, first)}
    assert rows == {one.duty.id: one.status for one in board_of(kit).rows}
    kit.clock.pass_by(HOUR + MOMENT)
    runner.run_due()
    desk_of(kit).open("complaint", "take-down", STAFF, LATE)
    kit.clock.pass_by(HOUR + MOMENT)
    runner.run_due()
    kit.clock.pass_by(DAY + MOMENT)
    runner.run_due()
    said = [
        (one.day, one.status)
        for one in runner.store.statuses(first, first + timedelta(days=2))
        if one.duty == DutyId("pledge-8")
    ]
    assert said == [(first, RowStatus.FAILING), (first + DAY, RowStatus.FAILING)]
    assert len([one for one in recorded(kit) if one["control"] == BOARD]) == 3


def recorded(kit: Kit) -> list[dict[str, object]]:
    """Return the payloads of all runs, the newest first."""
    log, payloads = runner_of(kit).recorder.log, runner_of(kit).recorder.payloads
    found = (payloads.opened(log.record(Position(one))).payload for one in positions(kit))
    return [json.loads(one) for one in found if one is not None]


def test_one_source_that_cannot_be_read_keeps_no_other_back(kit: Kit) -> None:
    with closing(sqlite3.connect(Path(kit.settings.data) / "chengnuo.db")) as raw:
        raw.execute("ALTER TABLE rights_request RENAME TO away")
        raw.commit()
    runner = runner_of(kit)
    assert runner.run_due() == len(ALL_CONTROLS)
    kept = runner.store.latest()
    assert kept["copies-answered-in-time"].outcome is LiveOutcome.COULD_NOT_RUN
    assert kept["copies-answered-in-time"].digest == sha256_hex(b"")
    assert kept["complaint-in-time"].outcome is LiveOutcome.NOTHING_TO_CHECK
    with closing(sqlite3.connect(Path(kit.settings.data) / "chengnuo.db")) as raw:
        raw.execute("ALTER TABLE away RENAME TO rights_request")
        raw.commit()
    kit.clock.pass_by(HOUR + MOMENT)
    runner.run_due()
    assert runner.store.latest()["copies-answered-in-time"].outcome is not (
        LiveOutcome.COULD_NOT_RUN
    )


def test_a_round_begins_no_source_once_its_time_is_over(kit: Kit) -> None:
    runner = runner_of(kit)
    assert runner.run_due(lambda: False) == len(CONTROLS)
    assert runner.run_due() == len(ALL_CONTROLS) - len(CONTROLS)


def test_without_a_register_nothing_runs(tmp_path: Path) -> None:
    made = start(tmp_path / "bare")
    assert runner_of(made).run_due() == 0
    assert runner_of(made).store.latest() == {}
    made.service.close()


def test_runs_of_a_period_come_in_the_order_of_the_log(kit: Kit) -> None:
    runner, began = runner_of(kit), kit.clock.now()
    runner.run_due()
    kit.clock.pass_by(DAY + MOMENT)
    runner.run_due()
    first = list(runner.store.between(began, began + HOUR))
    both = list(runner.store.between(began, began + 2 * DAY))
    assert [one.position for one in both] == sorted(one.position for one in both)
    assert len(first) == len(ALL_CONTROLS)
    assert len(both) == 2 * len(ALL_CONTROLS)
    assert both[: len(first)] == first


def test_a_kept_run_gives_its_result_back(kit: Kit) -> None:
    desk_of(kit).open("complaint", "take-down", STAFF, LATE)
    kept = runner_of(kit).run(["complaint-in-time"])[0]
    (plain,) = (
        run.result
        for source in runner_of(kit).sources
        for run in source.look(kit.clock.now(), ["complaint-in-time"]).runs
    )
    assert kept.result == plain
