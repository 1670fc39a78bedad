"""`chengnuo logs read` and `chengnuo inspect --behaviour`: what runs show, and what that proves."""

import json
from pathlib import Path

import pytest
from tests.adapters.behaviour_logs.builders import xls
from tests.doors.cli.inspecting_here import Here

from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.doors.cli.root import run
from chengnuo.doors.inspection_report_form import read_report
from chengnuo.law.catalogue import Catalogue

LAZY = str(Path(__file__).parents[2] / "packages" / "built" / "async-lazy.apk")
SHOP = str(Path(__file__).parents[3] / "examples" / "shop" / "register")
PHONE, IMEI = "13800138000", "490154203237518"
Printed = pytest.CaptureFixture[str]


@pytest.fixture
def program(catalogue: Catalogue, knowledge: Knowledge) -> Here:
    return Here(law=catalogue, knowledge=knowledge)


@pytest.fixture
def sentry(tmp_path: Path) -> Path:
    """A workbook in which the lazily made reader reads before the consent."""
    stack = "com.example.asynclazy.ReadsDevice.invoke() 7 <- \ncom.example.asynclazy.App.go() 3"
    rows = [
        ["调用时间(倒序排序)", "别名", "函数名", "调用堆栈"],
        ["11-02 10:00:02.500", "点击隐私协议确认", "点击隐私协议确认", ""],
        ["11-02 10:00:02.000", "获取设备id", "getDeviceId-\n线程名: main", stack],
        ["11-02 10:00:03.000", "获取手机号", "getLine1Number-\n线程名: main", stack],
    ]
    file = tmp_path / "privacy_result_26-11-02_10-00-00.000.xls"
    file.write_bytes(xls([("隐私合规", rows)]))
    return file


@pytest.fixture
def har(tmp_path: Path) -> Path:
    """A HAR with two requests: to a kit of statistics with a number, and to a host abroad."""
    body = {"mimeType": "application/json", "text": json.dumps({"mobile": PHONE})}
    asked = [
        {"url": f"http://ulogs.umeng.com/x?imei={IMEI}", "method": "POST", "postData": body},
        {"url": "https://app-measurement.com/a", "method": "GET"},
    ]
    entries = [
        {"startedDateTime": f"2026-11-02T10:00:0{at}+08:00", "request": one}
        for at, one in enumerate(asked)
    ]
    file = tmp_path / "run.har"
    file.write_text(json.dumps({"log": {"version": "1.2", "entries": entries}}))
    return file


def test_who_sent_what_before_consent_and_what_is_wrong_with_it(
    program: Here, har: Path, capsys: Printed
) -> None:
    line = ["logs", "read", str(har), "--register", SHOP, "--on", "2026-11-28"]
    assert run(program, [*line, "--consent-at", "2026-11-02T10:00:01+08:00"]) == 1
    out = capsys.readouterr().out
    assert "同意之前（运行中已看到） (1)" in out
    assert "连接 ulogs.umeng.com" in out
    assert "run.har:1" in out
    for title in ("运行中看到同意之前发送个人信息", "明文发送个人信息", "境外域名没有出境登记"):
        assert title in out
    assert "PIPL 第14条" in out
    assert PHONE not in out
    assert IMEI not in out


def test_without_a_mark_it_is_said_and_nothing_is_before(
    program: Here, har: Path, capsys: Printed
) -> None:
    run(program, ["--lang", "en", "logs", "read", str(har)])
    out = capsys.readouterr().out
    assert "No log marks the consent" in out
    assert "before consent, seen in a run" not in out


def test_json_is_a_report_with_the_logs(program: Here, har: Path, capsys: Printed) -> None:
    run(program, ["logs", "read", str(har), "--register", SHOP, "--json", "--on", "2026-11-28"])
    out = capsys.readouterr().out
    tree = json.loads(out)
    assert [one["events"] for one in tree["logs"]] == [2]
    assert "seen-recipient-not-registered" in {one["rule"] for one in tree["findings"]}
    assert read_report(out.encode()).inspection.package.kind == "logs"
    assert PHONE not in out


def test_a_log_in_parts_is_told_and_gives_status_3(
    program: Here, tmp_path: Path, capsys: Printed
) -> None:
    log = tmp_path / "x.json"
    log.write_text('{"class": "a.B", "method": "c"}\n{"class": \n')
    assert run(program, ["logs", "read", str(log)]) == 3
    assert "1 处未能读取" in capsys.readouterr().out
    log.write_text("nothing")
    assert run(program, ["logs", "read", str(log)]) == 2
    assert "not-a-behaviour-log" in capsys.readouterr().err


def test_conditional_in_the_code_and_seen_in_a_run(
    program: Here, sentry: Path, capsys: Printed
) -> None:
    line = ["inspect", LAZY, "--on", "2026-11-28", "--json"]
    run(program, line)
    before = {
        one["id"]: one for one in json.loads(capsys.readouterr().out)["inspection"]["observations"]
    }
    assert run(program, [*line, "--behaviour", str(sentry)]) == 1
    out = capsys.readouterr().out
    tree = json.loads(out)
    after = {one["id"]: one for one in tree["inspection"]["observations"]}
    assert set(before) < set(after)
    read = next(one for one in after.values() if one["what"] == "TelephonyManager.getDeviceId")
    assert before[read["id"]]["moment"] == "conditional"
    assert read["moment"] == "seen-before-consent"
    assert f"{sentry.name}:3 seen-before-consent" in dict(read["details"])["seen"]
    assert "seen-read-before-consent" in {one["rule"] for one in tree["findings"]}
    assert read_report(out.encode()).inspection.observations


@pytest.mark.parametrize("form", ["html", "sarif", "text"])
def test_each_report_names_the_file_and_the_row(
    form: str, program: Here, sentry: Path, capsys: Printed
) -> None:
    line = ["inspect", LAZY, "--on", "2026-11-28", "--format", form, "--behaviour", str(sentry)]
    assert run(program, line) == 1
    out = capsys.readouterr().out
    assert "运行中" in out
    assert f"{sentry.name}:3 seen-before-consent" in out


def test_a_folder_goes_without_logs(program: Here, sentry: Path, tmp_path: Path) -> None:
    folder = str(Path(LAZY).parent)
    line = ["inspect", folder, "-o", str(tmp_path / "out"), "--behaviour", str(sentry)]
    assert run(program, line) == 2
