"""`chengnuo register draft`: what it prints, what it writes, and its exit status."""

import json
from pathlib import Path

import pytest
from tests.packages import kit

from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

pytestmark = pytest.mark.real

SHOP = str(kit.built("whole-bad-shop"))


def test_it_tells_what_was_drafted_and_what_to_decide_in_which_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "register"
    assert run(Program(), ["register", "draft", SHOP, "-o", str(folder)]) == 0
    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    assert "     6  处理活动" in lines
    assert "  1. 谁是处理者，怎样联系: handler.yaml" in lines
    assert "  6. 每项活动的法律依据: activities/ (6)" in lines
    assert lines[-1] == f"  chengnuo register check {folder}"
    assert "whole-bad-shop.apk" in printed.err
    assert run(Program(), ["register", "check", str(folder)]) == 1
    assert "draft-text-left" in capsys.readouterr().out


def test_its_json_names_each_decision(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "register")
    args = ["--lang", "en", "register", "draft", SHOP, "-o", folder, "--json"]
    assert run(Program(), args) == 0
    told = json.loads(capsys.readouterr().out)
    assert "handler.yaml" in told["files"]
    assert told["decisions"][0]["row"] == "handler handler"
    assert {one["step"] for one in told["decisions"]} >= {"basis", "retention", "recipients"}


def test_a_library_and_what_is_no_package_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "register"
    nothing = tmp_path / "a.apk"
    nothing.write_bytes(b"no package")
    for given, code in ((kit.built("box-aar"), "not-an-app"), (nothing, "not-a-package")):
        assert run(Program(), ["register", "draft", str(given), "-o", str(folder)]) == 2
        assert f"[{code}]" in capsys.readouterr().err
    assert not folder.exists()


def test_a_folder_that_holds_something_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.yaml").write_text("a: 1\n", "utf-8")
    assert run(Program(), ["register", "draft", SHOP, "-o", str(tmp_path)]) == 3
    assert "[folder-not-empty]" in capsys.readouterr().err
