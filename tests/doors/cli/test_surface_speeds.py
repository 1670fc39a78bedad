"""The command that compares the speeds of free and paid accounts."""

import json
import shutil
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from tests.house.sources import ROOT

from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNDECIDED, EXIT_WRONG_INPUT, run
from chengnuo.wiring.program import Program

SERVICE = """service: drive
app: jishi-app
name: {zh: 网盘, en: Drive}
basic: false
speeds:
  free_up: 1000
  free_down: 1000
  paid_up: 4000
  paid_down: 4000
  speed_reason: {zh: 付费账户使用专用线路, en: Paid accounts use lines of their own}
"""


def _log(free_kbps: float, paid_kbps: float, accounts: int = 100) -> list[dict[str, object]]:
    drawn = np.random.default_rng(11)
    rows: list[dict[str, object]] = []
    for at in range(2 * accounts):
        is_free = at % 2 == 0
        for direction in ("up", "down"):
            kbps = (free_kbps if is_free else paid_kbps) * float(np.exp(drawn.normal(0, 0.1)))
            rows.append(
                {
                    "tier": "free" if is_free else "paid",
                    "direction": direction,
                    "bytes": 5_000_000,
                    "seconds": round(40_000 / kbps, 4),
                    "account": f"a{at}",
                    "network": "wifi" if at % 4 < 2 else "5g",
                }
            )
    return rows


def _csv(path: Path, rows: list[dict[str, object]]) -> Path:
    lines = [",".join(rows[0]), *(",".join(map(str, row.values())) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def register(tmp_path: Path) -> str:
    folder = tmp_path / "register"
    shutil.copytree(ROOT / "examples/shop/register", folder)
    (folder / "drive.yaml").write_text(SERVICE, encoding="utf-8")
    return str(folder)


def _told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object]]:
    status = run(Program(), ["surface", "speeds", *words, "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_equal_speeds_are_fair_and_a_planted_difference_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    equal = _csv(tmp_path / "equal.csv", _log(3000, 3000))
    slower = _csv(tmp_path / "slower.csv", _log(1500, 3000))
    assert _told(capsys, str(equal))[0] == 0
    status, told = _told(capsys, str(slower))
    assert (status, told["verdict"]) == (EXIT_FINDINGS, "unfair")
    ratio = told["directions"][0]["ratio"]  # type: ignore[index]
    assert ratio["low"] < 0.5 < ratio["high"]


def test_a_declared_difference_is_fair_as_far_as_it_goes(
    tmp_path: Path, register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    declared = _csv(tmp_path / "declared.csv", _log(1500, 5500))
    assert _told(capsys, str(declared), "--register", register)[0] == 0
    beyond = _csv(tmp_path / "beyond.csv", _log(1500, 9000))
    assert _told(capsys, str(beyond), "--register", register)[0] == EXIT_FINDINGS
    below = _csv(tmp_path / "below.csv", _log(900, 3000))
    status, told = _told(capsys, str(below), "--register", register, "--service", "drive")
    assert status == EXIT_FINDINGS
    assert told["directions"][0]["below"]["low"] > 0.5  # type: ignore[index]


def test_few_accounts_give_no_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    few = _csv(tmp_path / "few.csv", _log(1500, 3000, accounts=4))
    status, told = _told(capsys, str(few))
    assert (status, told["verdict"]) == (EXIT_UNDECIDED, "inconclusive")
    assert told["directions"][0]["ratio"] is None  # type: ignore[index]
    for lang, word in (("zh", "没有足够的账户"), ("en", "too few accounts")):
        run(Program(), ["--lang", lang, "surface", "speeds", str(few)])
        assert word in capsys.readouterr().out


def test_every_form_of_a_log_tells_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = _log(1500, 3000)
    plain = _csv(tmp_path / "log.csv", rows)
    lines = tmp_path / "log.jsonl"
    lines.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    parquet = tmp_path / "log.parquet"
    import_module("duckdb").read_csv(str(plain)).write_parquet(str(parquet))
    told = [_told(capsys, str(one))[1] for one in (plain, lines, parquet)]
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("log.txt", "tier"),
        ("log.csv", "tier,direction,bytes\nfree,up,1\n"),
        ("log.jsonl", "[]\nnothing\n"),
        ("log.parquet", "PAR"),
        ("other.csv", "tier,direction,bytes,seconds\nfree,up,0,nan\ngold,up,1,1\n"),
    ],
)
def test_what_is_no_log_is_refused(
    name: str, content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert run(Program(), ["surface", "speeds", str(path)]) == EXIT_WRONG_INPUT
    assert "传输速率" in capsys.readouterr().err
