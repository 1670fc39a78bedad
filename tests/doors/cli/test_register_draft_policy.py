"""`chengnuo register draft --policy`: a policy alone, and what cannot be drafted from."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter as BlankPdf

from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

POLICY = """# 隐私政策
## 一、登录
- 场景：您登录时
- 个人信息：手机号
- 目的：核实是您本人
- 必要信息：手机号；不提供则无法登录
## 二、第三方SDK
| SDK名称 | 使用目的 | 收集的个人信息 |
|---|---|---|
| 高德定位SDK | 定位 | 位置信息 |
"""


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "policy.md"
    path.write_text(POLICY, "utf-8")
    return path


def test_a_policy_alone_gives_a_folder_that_the_check_reads(
    policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "register"
    line = ["register", "draft", "--policy", str(policy), "-o", str(folder)]
    assert run(Program(), line) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "     2  处理活动" in lines
    assert "     1  接收方" in lines
    assert "  1. 谁是处理者，怎样联系: handler.yaml" in lines
    assert lines[-1] == f"  chengnuo register check {folder}"
    written = (folder / "activities/policy-01.yaml").read_text("utf-8")
    assert "# 隐私政策 policy.md 第 " in written
    assert "# 待补：basis、minors_under_14：" in written
    assert run(Program(), ["register", "check", str(folder)]) == 1
    assert "draft-text-left" in capsys.readouterr().out
    assert run(Program(), line) == 3
    assert "[folder-not-empty]" in capsys.readouterr().err


def test_its_json_names_each_decision(
    policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "register")
    line = ["--lang", "en", "register", "draft", "--policy", str(policy), "-o", folder, "--json"]
    assert run(Program(), line) == 0
    told = json.loads(capsys.readouterr().out)
    assert "recipients/amap-location.yaml" in told["files"]
    steps = [one["step"] for one in told["decisions"]]
    assert steps[0] == "handler"
    assert {"unread", "basis", "retention", "recipients", "ways"} <= set(steps)


def test_what_cannot_be_drafted_from_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "register"
    assert run(Program(), ["register", "draft", "-o", str(folder)]) == 2
    assert "--policy" in capsys.readouterr().err
    blank, scanned = BlankPdf(), BytesIO()
    blank.add_blank_page(100, 100)
    blank.write(scanned)
    (tmp_path / "scanned.pdf").write_bytes(scanned.getvalue())
    (tmp_path / "german.txt").write_text("Wir erheben Ihre Daten.", "utf-8")
    for name, why in (("scanned.pdf", "scanned"), ("german.txt", "neither Chinese nor English")):
        line = ["register", "draft", "--policy", str(tmp_path / name), "-o", str(folder)]
        assert run(Program(), line) == 2
        said = capsys.readouterr().err
        assert "[unreadable-policy]" in said
        assert why in said
    assert not folder.exists()
