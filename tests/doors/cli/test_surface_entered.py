"""What `chengnuo surface` measured, entered in a data folder: dossier, log and board."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from tests.doors.cli.test_surface_page import SPLASH, recording
from tests.house.sources import ROOT
from tests.packages import kit

from chengnuo.domain.dossier.sorts.recorded_control import RECORDED_CONTROL
from chengnuo.domain.finding.board import RowStatus, board_of
from chengnuo.domain.finding.check import facts_of
from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNDECIDED, run
from chengnuo.wiring.program import Program

Ran = Callable[..., tuple[int, str]]
SAMPLE = ROOT / "examples/shop/register"
TRANSFER = "{tier},down,5000000,{seconds},a{at},wifi"


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Ran:
    def one(*words: str | Path) -> tuple[int, str]:
        status = run(Program(), [*map(str, words), "--json"])
        return status, capsys.readouterr().out

    return one


@pytest.fixture
def data(tmp_path: Path, ran: Ran) -> Path:
    folder = tmp_path / "data"
    assert ran("evidence", "init", "--data", folder)[0] == 0
    return folder


def entered(data: Path) -> list[Any]:
    with Program().duties(data, None, writing=False) as tools:
        return list(tools.desk.store.every([RECORDED_CONTROL.id]))


def on_board(data: Path, duty: str) -> RowStatus:
    """Return what the board of the sample register says of a duty, beside a data folder."""
    program = Program()
    register = program.registers().load(SAMPLE).register
    board = board_of(facts_of(register, program.catalogue(), program.registers().today()))
    with program.duties(data, None, writing=False) as tools:
        rows = tools.auditing.live(board).rows
    return next(one.status for one in rows if one.duty.id == duty)


def transfers(path: Path, free_seconds: int, accounts: int = 200) -> Path:
    rows = [
        TRANSFER.format(
            tier="free" if at % 2 else "paid", seconds=free_seconds if at % 2 else 10, at=at
        )
        for at in range(accounts)
    ]
    head = "tier,direction,bytes,seconds,account,network"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return path


def test_measured_speeds_feed_the_board(tmp_path: Path, data: Path, ran: Ran) -> None:
    fair, slow = transfers(tmp_path / "fair.csv", 10), transfers(tmp_path / "slow.csv", 30)
    status, out = ran("surface", "speeds", fair, "--data", data)
    assert status == 0
    told = json.loads(out)["entered"]
    _, plain = ran("surface", "speeds", fair)
    assert told["report"] == sha256(plain.encode()).hexdigest()
    assert on_board(data, "action524-5.5") is RowStatus.SHOWN
    status, out = ran("surface", "speeds", slow, "--data", data)
    assert status == EXIT_FINDINGS
    again = json.loads(out)["entered"]
    assert again["dossier"] == told["dossier"]
    assert again["position"] > told["position"]
    assert on_board(data, "action524-5.5") is RowStatus.FAILING
    assert [[act.what for act in one.acts] for one in entered(data)] == [
        ["begin", "measured-good", "measured-bad"]
    ]


def test_what_cannot_be_concluded_is_not_entered(tmp_path: Path, data: Path, ran: Ran) -> None:
    few = transfers(tmp_path / "few.csv", 30, accounts=4)
    status, out = ran("surface", "speeds", few, "--data", data)
    assert status == EXIT_UNDECIDED
    assert "entered" not in json.loads(out)
    empty = tmp_path / "empty.json"
    empty.write_text(recording(), encoding="utf-8")
    assert ran("surface", "page", empty, "--data", data)[0] == 0
    asks_nothing = kit.BUILT / "clean-plain.apk"
    assert ran("surface", "purposes", asks_nothing, "--data", data)[0] == 0
    assert entered(data) == []


@pytest.mark.parametrize(
    ("layer", "outcome"),
    [
        pytest.param(SPLASH, RowStatus.SHOWN, id="closes"),
        pytest.param({**SPLASH, "closes": []}, RowStatus.FAILING, id="nothing closes it"),
    ],
)
def test_a_recorded_page_feeds_the_board(
    layer: dict[str, Any], outcome: RowStatus, tmp_path: Path, data: Path, ran: Ran
) -> None:
    page = tmp_path / "page.json"
    page.write_text(recording(layer), encoding="utf-8")
    ran("surface", "page", page, "--data", data)
    assert on_board(data, "action524-5.4") is outcome


def test_purposes_of_permissions_feed_the_board(data: Path, ran: Ran) -> None:
    package = kit.BUILT / "set-permission-purpose.apk"
    status, out = ran("surface", "purposes", package, "--data", data)
    assert status == EXIT_FINDINGS
    answers = {
        one["permission"].rpartition(".")[2]: one["answer"]
        for one in json.loads(out)["permissions"]
    }
    assert answers == {
        "ACCESS_FINE_LOCATION": "told",
        "CAMERA": "told",
        "RECORD_AUDIO": "not-told",
    }
    assert on_board(data, "action524-5.3") is RowStatus.FAILING
    (dossier,) = entered(data)
    assert dossier.value("item") == "permission-purpose"


def test_the_line_to_show_is_that_of_the_register(ran: Ran) -> None:
    package = kit.BUILT / "set-permission-purpose.apk"
    _, out = ran("surface", "purposes", package, "--register", SAMPLE)
    (finding,) = json.loads(out)["findings"]
    assert (finding["kind"], finding["row"]) == ("activity", "voice-search")
    assert "为了“把您说的话转成文字来搜索”，需要使用麦克风权限；不允许时：" in finding["fix"]["zh"]
