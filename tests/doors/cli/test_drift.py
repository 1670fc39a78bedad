"""`chengnuo drift`: the register beside everything else, in one table and one figure."""

import json
import re
from pathlib import Path

import pytest
from tests.doors.cli.inspecting_here import Here
from tests.doors.cli.test_logs import LAZY, SHOP, har, program

from chengnuo.base.text import Lang
from chengnuo.domain.evidence.dsse import read_envelope
from chengnuo.domain.register.canonical import version_of
from chengnuo.doors.cli.root import run
from chengnuo.usecases.inspection.drift_history import DRIFT_PREDICATE

__all__ = ["har", "program"]
Printed = pytest.CaptureFixture[str]
ON = ("--on", "2026-11-28")


def test_package_and_runs_in_one_table(program: Here, har: Path, capsys: Printed) -> None:
    line = ["drift", SHOP, "--package", LAZY, "--logs", str(har), *ON]
    assert run(program, [*line, "--json"]) == 1
    tree = json.loads(capsys.readouterr().out)
    assert [one["source"] for one in tree["sources"]] == ["package", "logs"]
    assert tree["agreed"] == sum(one["agreed"] for one in tree["sources"])
    assert tree["total"] == len(tree["lines"])
    assert tree["perMille"] == tree["agreed"] * 1000 // tree["total"]
    lines = {(one["source"], one["thing"], one["what"]): one for one in tree["lines"]}
    umeng = lines["logs", "sdk", "umeng-analytics"]
    assert (umeng["side"], umeng["rows"]) == (
        "agreed",
        [{"kind": "recipient", "id": "umeng-analytics"}],
    )
    abroad = lines["logs", "host", "app-measurement.com"]
    assert abroad["side"] == "used-not-declared"
    assert abroad["proof"]
    assert abroad["findings"]


def test_a_report_that_was_kept_stands_for_the_package(
    program: Here, tmp_path: Path, capsys: Printed
) -> None:
    kept = tmp_path / "report.json"
    run(program, ["inspect", LAZY, "--json", "-o", str(kept), *ON])
    run(program, ["drift", SHOP, "--package", str(kept), "--json", *ON])
    tree = json.loads(capsys.readouterr().out)
    assert {one["source"] for one in tree["lines"]} == {"package"}
    assert tree["sources"][0]["read"][0]["name"] == "report.json"


@pytest.mark.parametrize("form", ["html", "svg"])
def test_a_picture_with_words(form: str, program: Here, har: Path, tmp_path: Path) -> None:
    file = tmp_path / f"drift.{form}"
    run(program, ["drift", SHOP, "--logs", str(har), "--format", form, "-o", str(file), *ON])
    text = file.read_text()
    assert re.search(r"<title[^>]*>登记簿与各来源的一致程度</title>", text)
    assert re.search(r"<desc[^>]*>全部 \d", text)
    assert "有使用，未声明" in text
    assert ("app-measurement.com" in text) is (form == "html")


def test_nothing_to_compare_is_undecided(program: Here, capsys: Printed) -> None:
    assert run(program, ["drift", SHOP, *ON]) == 4
    assert "没有可以对照的内容" in capsys.readouterr().out


def test_a_run_is_recorded_as_a_signed_statement(
    program: Here, har: Path, tmp_path: Path, capsys: Printed
) -> None:
    data = tmp_path / "data"
    english = program.in_lang(Lang.EN)
    assert run(english, ["evidence", "init", "--data", str(data)]) == 0
    line = ["--lang", "en", "drift", SHOP, "--logs", str(har), *ON, "--record"]
    assert run(english, line) == 2
    capsys.readouterr()
    assert run(english, [*line, "--data", str(data)]) == 1
    said = capsys.readouterr()
    assert "recorded at position" in said.err
    assert "app-measurement.com" in said.out
    (kept,) = (data / "statements").glob("*.json")
    stated = json.loads(read_envelope(kept.read_bytes(), DRIFT_PREDICATE).predicate)
    assert stated["sources"][0]["source"] == "logs"
    assert all(one["side"] != "agreed" for one in stated["lines"])


def test_policy_and_stores_stand_beside_the_register(
    program: Here, tmp_path: Path, capsys: Printed
) -> None:
    policy, stores = tmp_path / "policy.md", tmp_path / "stores.json"
    policy.write_text("# 隐私政策\n\n我们会收集您的手机号码，用于注册登录。\n", encoding="utf-8")
    register = program.registers().load(Path(SHOP)).register
    row = {"subject": "information", "what": "PI-BASIC-PHONE", "side": "agreed", "rows": []}
    written = {"rows": [row | {"observations": []}], "apart": 0, "perMille": 0}
    report = {"registerVersion": version_of(register), "drift": written, "findings": []}
    stores.write_text(json.dumps(report))
    line = ["drift", SHOP, *ON, "--json"]
    run(program, [*line, "--policy", str(policy), "--stores", str(stores)])
    tree = json.loads(capsys.readouterr().out)
    assert [(one["source"], one["total"] > 0) for one in tree["sources"]] == [
        ("policy", True),
        ("stores", True),
    ]
    assert tree["sources"][1]["perMille"] == 1000
    stores.write_text(json.dumps(report | {"registerVersion": "0" * 64}))
    assert run(program, [*line, "--stores", str(stores)]) == 2
    assert "wrong-inspection-file" in capsys.readouterr().err
