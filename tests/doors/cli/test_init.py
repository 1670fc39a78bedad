"""`chengnuo init`: by answers, a package, a policy; nothing is written twice or waited for."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.doors.cli.beginning import ANSWERS, COMMAND
from tests.doors.cli.typist import Typist
from tests.packages import kit

from chengnuo.adapters.start_folder import StartFolder
from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

POLICY = """# 隐私政策
更新日期：2026年11月1日
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
SHOP = str(kit.built("whole-bad-shop"))


def begin(*args: str) -> int:
    return run(Program(), ["init", *args])


@pytest.fixture
def answers(tmp_path: Path) -> str:
    file = tmp_path / "answers.toml"
    file.write_text(ANSWERS, "utf-8")
    return str(file)


def test_answers_give_a_register_settings_data_and_what_to_decide(
    tmp_path: Path, answers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "shop"
    assert begin(str(folder), "--answers", answers, "--no-serve") == 0
    said = capsys.readouterr().out
    assert "要由人决定的" in said
    assert "chengnuo serve --settings chengnuo.toml" in said
    assert "name: 杭州示例科技有限公司" in (folder / "register/handler.yaml").read_text("utf-8")
    assert 'register = "register"' in (folder / "chengnuo.toml").read_text("utf-8")
    assert "data/" in (folder / ".gitignore").read_text("utf-8")
    assert (folder / "data" / "keys").is_dir()
    assert run(Program(), ["register", "check", str(folder / "register")]) == 1
    assert "draft-text-left" in capsys.readouterr().out


def test_a_second_time_goes_on_and_writes_over_nothing(
    tmp_path: Path, answers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "shop"
    assert begin(str(folder), "--answers", answers, "--no-serve") == 0
    handler, settings = folder / "register/handler.yaml", folder / "chengnuo.toml"
    edited = handler.read_text("utf-8").replace("杭州示例", "杭州另一家")
    handler.write_text(edited, "utf-8")
    settings.write_text('data = "elsewhere"\n', "utf-8")
    (folder / ".gitignore").unlink()
    capsys.readouterr()
    assert begin(str(folder), "--answers", answers, "--no-serve", "--name", "别人") == 0
    said = capsys.readouterr().out
    assert "已有登记簿，没有改动" in said
    assert "另写入：.gitignore" in said
    assert handler.read_text("utf-8") == edited
    assert settings.read_text("utf-8") == 'data = "elsewhere"\n'


@pytest.mark.parametrize("ignored", ["*.pyc", "*.pyc\n", "# data/\n"])
def test_keys_stay_out_of_a_repository_that_was_there_before(ignored: str, tmp_path: Path) -> None:
    (tmp_path / "README").write_text("ours", "utf-8")
    (tmp_path / ".gitignore").write_text(ignored, "utf-8")
    place = StartFolder()
    assert ".gitignore" in place.write_settings(tmp_path)
    lines = (tmp_path / ".gitignore").read_text("utf-8").splitlines()
    assert lines[0] == ignored.strip()
    assert lines[-1] == "data/"
    assert not place.write_settings(tmp_path)
    assert (tmp_path / "README").read_text("utf-8") == "ours"


def test_json_tells_each_decision_in_the_order_of_risk(
    tmp_path: Path, answers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "shop")
    assert run(Program(), ["--lang", "en", "init", folder, "--answers", answers, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["written"] == 7
    assert told["beside"] == ["chengnuo.toml", ".gitignore"]
    risks = [one["risk"] for one in told["decisions"]["open"]]
    assert risks[0] == "prohibited"
    assert risks[-1] == "wording"
    assert told["decisions"]["decided"] + len(risks) == told["decisions"]["every"]


def test_options_win_over_the_file(
    tmp_path: Path, answers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "shop"
    line = [str(folder), "--answers", answers, "--app", "另一个店", "--type", "38", "--no-serve"]
    assert begin(*line) == 0
    assert "NPI-38" in (folder / "register/apps/app.yaml").read_text("utf-8")
    assert "另一个店" in (folder / "register/apps/app.yaml").read_text("utf-8")
    capsys.readouterr()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--credit-code", "91330100EXAMPLE03X"], "credit_code"),
        (["--email", "privacy"], "email"),
        (["--type", "类"], "types"),
        (["--type", "购物", "--type", "量子力学"], "types"),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_is_written(
    options: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "shop"
    assert begin(str(folder), "--yes", "--no-serve", *options) == 2
    said = capsys.readouterr().err
    assert "[answers-refused]" in said
    assert told in said
    assert not folder.exists()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("name = ", id="no TOML"),
        pytest.param("shop = 1", id="an unknown key"),
        pytest.param("accounts = 'maybe'", id="no yes or no"),
        pytest.param("minors_under_14 = 'often'", id="none of the words"),
        pytest.param("name = " + "[" * 60_000, id="nested without end"),
        pytest.param(f"name = '{'a' * 100_000}'", id="much too long"),
        pytest.param("name: &a [*a, *a]", id="YAML with an alias"),
    ],
)
def test_a_wrong_file_of_answers_is_told(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.toml"
    file.write_text(content, "utf-8")
    assert begin(str(tmp_path / "shop"), "--answers", str(file), "--no-serve") == 2
    assert "[answers-refused]" in capsys.readouterr().err
    assert not (tmp_path / "shop").exists()


@pytest.mark.real
def test_a_package_and_a_policy_give_what_is_really_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = tmp_path / "policy.md"
    policy.write_text(POLICY, "utf-8")
    folder = tmp_path / "shop"
    line = [str(folder), "--apk", SHOP, "--policy", str(policy), "--type", "购物", "--no-serve"]
    assert begin(*line) == 0
    capsys.readouterr()
    app = (folder / "register/apps/app.yaml").read_text("utf-8")
    assert "com.example.wholebadshop" in app
    assert "NPI-06" in app
    assert "rules_updated: 2026-11-01" in app
    assert (folder / "register/recipients/umeng-analytics.yaml").exists()
    assert run(Program(), ["register", "check", str(folder / "register")]) == 1
    assert "first-run-collects-before" in capsys.readouterr().out


def test_a_policy_alone_is_enough(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = tmp_path / "policy.md"
    policy.write_text(POLICY, "utf-8")
    folder = tmp_path / "shop"
    assert begin(str(folder), "--policy", str(policy), "--no-serve") == 0
    capsys.readouterr()
    assert (folder / "register/recipients/amap-location.yaml").exists()


@pytest.mark.real
def test_what_cannot_be_read_is_told_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, nothing, german = tmp_path / "shop", tmp_path / "a.apk", tmp_path / "a.txt"
    nothing.write_bytes(b"no package")
    german.write_text("Wir erheben Ihre Daten.", "utf-8")
    for line, code in (
        (["--apk", str(nothing)], "not-a-package"),
        (["--apk", str(kit.built("box-aar"))], "not-an-app"),
        (["--policy", str(german)], "unreadable-policy"),
    ):
        assert begin(str(folder), *line, "--no-serve") == 2
        assert f"[{code}]" in capsys.readouterr().err
    assert not folder.exists()


def test_a_folder_that_holds_no_register_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "register").mkdir()
    (tmp_path / "register" / "a.yaml").write_text("what: 1\n", "utf-8")
    assert begin(str(tmp_path), "--yes", "--no-serve") == 2
    assert "登记簿未通过读取" in capsys.readouterr().err
    assert not (tmp_path / "chengnuo.toml").exists()


@pytest.mark.real
def test_whoever_is_asked_does_not_wait_for_the_web_door() -> None:
    said = "import sys, chengnuo.doors.cli.init; print('litestar' in sys.modules)"
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-c", said], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


@pytest.mark.real
def test_a_pipe_that_says_nothing_is_not_waited_for(tmp_path: Path) -> None:
    with subprocess.Popen(  # noqa: S603 (our own program)
        [*COMMAND, str(tmp_path / "shop")],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.wait(timeout=60) == 2
        assert process.stderr is not None
        assert "--answers" in process.stderr.read()
    assert not (tmp_path / "shop").exists()


@pytest.mark.real
def test_answers_come_through_a_pipe(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603 (our own program)
        [*COMMAND, str(tmp_path / "shop"), "--answers", "-", "--json"],
        input=ANSWERS,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert json.loads(done.stdout)["written"] == 7


@pytest.mark.real
def test_at_a_terminal_it_asks_five_questions_and_checks_each_at_once(tmp_path: Path) -> None:
    typist = Typist(str(tmp_path / "shop"), "--no-serve")
    for prompt, answer in (
        ("1/5", None),
        ("企业全称", "杭州示例科技有限公司"),
        ("18 位", "91330100EXAMPLE03X"),
        ("末位与前面各位不符", None),
        ("18 位", "91330100EXAMPLE03K"),
        ("2/5", None),
        ("应用名称", "示例店"),
        ("39 类", "?"),
        ("实用工具类", None),
        ("39 类", "票务"),
        ("对得上几类", None),
        ("39 类", "购物"),
        ("3/5", None),
        ("y 是", "maybe"),
        ("请写 y 或 n", None),
        ("y 是", "y"),
        ("不登录可以做什么", "浏览商品"),
        ("4/5", None),
        ("不面向", "3"),
        ("5/5", None),
        ("电话", ""),
        ("电子邮箱", "privacy"),
        ("不像电子邮箱", None),
        ("电子邮箱", "privacy@example.com"),
    ):
        typist.wait_for(prompt)
        if answer is not None:
            typist.type(answer)
    assert typist.end() == 0, typist.said
    handler = (tmp_path / "shop/register/handler.yaml").read_text("utf-8")
    assert "91330100EXAMPLE03K" in handler
    assert "privacy@example.com" in handler
    app = (tmp_path / "shop/register/apps/app.yaml").read_text("utf-8")
    assert "NPI-06" in app
    assert "not-intended" in app


@pytest.mark.real
def test_leaving_midway_writes_nothing_and_one_can_begin_again(tmp_path: Path) -> None:
    typist = Typist(str(tmp_path / "shop"), "--no-serve")
    typist.wait_for("企业全称")
    typist.type("杭州示例科技有限公司")
    typist.wait_for("18 位")
    typist.interrupt()
    assert typist.end() == 3
    assert not list(tmp_path.iterdir())
    assert begin(str(tmp_path / "shop"), "--yes", "--app", "示例", "--no-serve") == 0
