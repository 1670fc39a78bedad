"""The ways of the register held to the labels that an app's package really has."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from tests.house.sources import ROOT

from chengnuo.base.text import Text
from chengnuo.domain.finding.check import facts_of
from chengnuo.domain.finding.rules.ways_said import labels_of, ways_of
from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_WRONG_INPUT, run
from chengnuo.wiring.program import Program

SHOP = ROOT / "examples/shop/register"
APP = ROOT / "tests/packages/built/clean-plain.apk"


def labels() -> list[str]:
    program = Program()
    register = program.registers().load(SHOP).register
    facts = facts_of(register, program.catalogue(), program.registers().today())
    return sorted({label for _, _, way, _ in ways_of(facts) for label in labels_of(way)})


def app_with(path: Path, shown: list[str]) -> Path:
    """Return an app whose only words are some labels, in a file of its own."""
    shutil.copyfile(APP, path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("assets/menu.json", json.dumps(shown, ensure_ascii=False))
    return path


def looked(path: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    status = run(Program(), ["surface", "ways", str(path), "--register", str(SHOP), "--json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert status == (EXIT_FINDINGS if found else 0)
    assert {one["rule"] for one in found} <= {"way-label-not-in-app"}
    return [one["evidence"] for one in found]


@pytest.mark.real
def test_an_app_that_has_every_label_is_clean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert looked(app_with(tmp_path / "a.apk", labels()), capsys) == []


@pytest.mark.real
def test_each_label_that_it_lacks_is_told_at_each_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = app_with(tmp_path / "a.apk", [one for one in labels() if one != "隐私中心"])
    assert set(looked(path, capsys)) == {"隐私中心"}
    status = run(Program(), ["--lang", "zh", "surface", "ways", str(path), "--register", str(SHOP)])
    assert status == EXIT_FINDINGS
    assert "里有“隐私中心”，安装包的文字里找不到" in capsys.readouterr().out


def test_what_is_no_app_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.apk"
    path.write_bytes(b"no app")
    assert run(Program(), ["surface", "ways", str(path), "--register", str(SHOP)]) == (
        EXIT_WRONG_INPUT
    )
    assert "not-a-package" in capsys.readouterr().err


def test_labels_are_told_from_each_other() -> None:
    assert labels_of(Text("我 → 设置 -> 隐私 > 清单")) == ("我", "设置", "隐私", "清单")
