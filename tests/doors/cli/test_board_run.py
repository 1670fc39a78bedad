"""`chengnuo board run` over a real data folder: recorded where it may be, and said where not."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.doors.clock_kit import StandingClock
from tests.doors.service_kit import start
from tests.duties.duty_kit import SAMPLE
from tests.usecases.finding.test_running import LATE, STAFF, desk_of

from chengnuo.adapters.data_folder import open_data_folder
from chengnuo.domain.finding.all_controls import ALL_CONTROLS
from chengnuo.domain.finding.control_run import KeptRun
from chengnuo.domain.finding.party_controls import OVER_RELEASES
from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

pytestmark = pytest.mark.service
Run = Callable[..., tuple[int, str, str]]
HERE = len(ALL_CONTROLS) - len(OVER_RELEASES)
"""How many controls a command can run: releases a service alone has opened."""


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Run:
    def one(*arguments: str | Path, lang: str = "en") -> tuple[int, str, str]:
        status = run(Program(), ["--lang", lang, "board", "run", *map(str, arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return one


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """Return the data folder that a service left, with a complaint nobody answered."""
    kit = start(tmp_path / "data", register=str(SAMPLE))
    desk_of(kit).open("complaint", "take-down", STAFF, LATE)
    kit.service.close()
    return tmp_path / "data"


def kept(data: Path) -> dict[str, KeptRun]:
    with closing(open_data_folder(data, signing_key_file=None, clock=StandingClock())) as opened:
        return dict(opened.controls.latest())


def test_every_control_runs_and_is_recorded_and_a_failing_one_is_the_status(
    ran: Run, left: Path
) -> None:
    status, out, err = ran("--data", left)
    assert status == 1
    first = out.splitlines()[0]
    assert first.startswith("failing  Complaint: deadlines were met (1 looked at, record ")
    assert first.endswith(" · complaint-in-time")
    assert "declared, not verified  Basis, form and notice of consent" in out
    assert "passed  Basis, form" not in out
    assert "Answer: overdue 2026-09-21" in out
    assert f"{HERE} controls ran, 1 failing." in out
    assert err == ""
    assert len(kept(left)) == HERE
    again = ran("--data", left, lang="zh")[1]
    assert f"运行了 {HERE} 项控制，1 项不通过。" in again


def test_one_control_alone_as_json_says_where_it_was_recorded(ran: Run, left: Path) -> None:
    chosen = ("--only", "withdrawals-followed", "--only", "complaint-in-time")
    status, out, _ = ran("--data", left, "--json", *chosen)
    said = json.loads(out)
    assert (status, said["recorded"]) == (1, True)
    runs = {one["control"]: one for one in said["runs"]}
    assert set(runs) == {"withdrawals-followed", "complaint-in-time"} == set(kept(left))
    late = runs["complaint-in-time"]
    assert late["record"] == kept(left)["complaint-in-time"].position
    assert (late["outcome"], late["wrong"], len(late["faults"])) == ("failed", 1, 1)
    assert late["faults"][0]["dossier"].startswith("cp-")
    assert late["digest"] == kept(left)["complaint-in-time"].digest


def test_where_nothing_is_wrong_the_status_is_zero(ran: Run, left: Path) -> None:
    assert ran("--data", left, "--only", "withdrawals-followed")[0] == 0


def test_a_control_that_there_is_not_is_refused(ran: Run, left: Path) -> None:
    for name in ("nothing-of-the-kind", next(iter(OVER_RELEASES))):
        status, out, err = ran("--data", left, "--only", name)
        assert (status, out) == (2, "")
        assert "no-such-control" in err


def test_beside_a_service_it_looks_records_nothing_and_says_so(ran: Run, tmp_path: Path) -> None:
    kit = start(tmp_path / "data", register=str(SAMPLE))
    desk_of(kit).open("complaint", "take-down", STAFF, LATE)
    status, out, err = ran("--data", tmp_path / "data", "--json")
    assert status == 1
    assert "not recorded" in err
    said = json.loads(out)
    assert said["recorded"] is False
    assert {one["record"] for one in said["runs"]} == {None}
    assert kept(tmp_path / "data") == {}
    kit.service.close()


def test_without_a_log_or_a_register_it_is_refused(ran: Run, tmp_path: Path) -> None:
    status, _, err = ran("--data", tmp_path / "nothing")
    assert status == 2
    assert "no-evidence-log" in err
    start(tmp_path / "bare").service.close()
    status, _, err = ran("--data", tmp_path / "bare")
    assert status == 3
    assert "no-register-loaded" in err
