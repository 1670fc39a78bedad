"""The command that reads a policy, as people and programs see it."""

import json
from pathlib import Path

import pytest
from tests.house.sources import ROOT

from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNDECIDED, EXIT_WRONG_INPUT, run
from chengnuo.wiring.program import Program

SHOP = str(ROOT / "examples/shop/register")
POLICY = """# 《示例集市》隐私政策
更新日期：2026年10月20日

## 一、我们收集的信息
注册时，您需要提供手机号，用于登录。

## 二、第三方SDK
| SDK名称 | 使用目的 | 收集的个人信息 |
|---|---|---|
| 高德定位SDK | 定位 | 位置信息 |
| 示例未登记SDK | 统计 | IMEI |
"""


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "policy.md"
    path.write_text(POLICY, encoding="utf-8")
    return path


def test_a_policy_is_told_in_lines(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(Program(), ["policy", "read", str(policy)]) == 0
    said = capsys.readouterr().out
    assert all(
        word in said for word in ("2026-10-20", "电话号码", "登录", "高德定位SDK", "精准定位")
    )
    assert run(Program(), ["--lang", "en", "policy", "read", str(policy)]) == 0
    assert "Third parties (2)" in capsys.readouterr().out


def test_beside_a_register_it_names_both_sides(
    policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run(Program(), ["policy", "read", str(policy), "--register", SHOP, "--json"])
    told = json.loads(capsys.readouterr().out)
    assert status == EXIT_FINDINGS
    rules = {one["rule"] for one in told["findings"]}
    assert rules == {
        "policy-omits-declared-category",
        "policy-omits-declared-recipient",
        "policy-names-undeclared-category",
        "policy-names-undeclared-recipient",
    }
    sides = {(one["what"], one["side"]) for one in told["drift"]["rows"]}
    assert {
        ("PI-LOC-PRECISE", "agreed"),
        ("amap-location", "agreed"),
        ("PI-DEVICE-IMEI", "used-not-declared"),
        ("示例未登记SDK", "used-not-declared"),
        ("PI-BIO-FACE", "declared-not-used"),
    } <= sides
    assert run(Program(), ["policy", "read", str(policy), "--register", SHOP]) == EXIT_FINDINGS
    assert "政策写了，登记簿没有" in capsys.readouterr().out


def test_what_is_no_policy_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "policy.txt"
    path.write_bytes(b"\0\1\2")
    assert run(Program(), ["policy", "read", str(path)]) == EXIT_WRONG_INPUT
    assert "unreadable-policy" in capsys.readouterr().err
    path.write_text("Wir erheben Ihre Daten.", encoding="utf-8")
    assert run(Program(), ["policy", "read", str(path)]) == EXIT_UNDECIDED
    assert "既不是中文也不是英文" in capsys.readouterr().out


def test_an_app_that_the_register_does_not_have_is_refused(
    policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = ["policy", "read", str(policy), "--register", SHOP, "--app", "other"]
    assert run(Program(), line) == EXIT_WRONG_INPUT
    assert "no-such-app" in capsys.readouterr().err
