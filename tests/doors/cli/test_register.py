"""`chengnuo register`: what it prints, what it writes, and its exit status."""

import json
from pathlib import Path

import pytest

from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

EXAMPLES = Path(__file__).parents[3] / "examples"
SHOP = str(EXAMPLES / "shop" / "register")
FAULTY = EXAMPLES / "faulty"
CORPUS = Path(__file__).parents[2] / "corpus" / "register"
DAY = "2026-11-23"


def test_the_sample_register_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(Program(), ["register", "check", SHOP, "--on", DAY]) == 0
    assert "没有需要处理的问题。" in capsys.readouterr().out


def test_the_faulty_register_has_every_planted_fault_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(Program(), ["register", "check", str(FAULTY), "--on", DAY]) == 1
    printed = capsys.readouterr().out
    planted = json.loads((FAULTY / "EXPECTED.json").read_text("utf-8"))
    rules = {fault["rule"] for fault in planted["faults"]}
    assert len(rules) > 150
    assert [rule for rule in sorted(rules) if f": {rule} [" not in printed] == []


def test_the_json_of_a_check_is_stable(capsys: pytest.CaptureFixture[str]) -> None:
    outputs = []
    for _ in range(2):
        run(Program(), ["register", "check", str(FAULTY), "--json", "--on", DAY])
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]
    report = json.loads(outputs[0])
    assert set(report) == {
        "registerVersion",
        "lawVersion",
        "on",
        "rulesRun",
        "clean",
        "counts",
        "findings",
    }
    (first, *_) = report["findings"]
    assert (first["file"] is None, first["line"] is None) == (False, False)


def test_sarif_points_at_lines_and_at_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(Program(), ["register", "check", str(FAULTY), "--sarif", "--on", DAY]) == 1
    (sarif,) = json.loads(capsys.readouterr().out)["runs"]
    rules = sarif["tool"]["driver"]["rules"]
    for result in sarif["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        lines = (FAULTY / place["artifactLocation"]["uri"]).read_text("utf-8").splitlines()
        assert 1 <= place["region"]["startLine"] <= len(lines)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_broken_register_is_told_in_one_line_with_status_2(
    capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    broken = str(CORPUS / "wrong-period.yaml")
    assert run(Program(), ["--lang", lang, "register", "check", broken]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    first, _count = captured.err.strip().splitlines()
    assert first.startswith("wrong-period.yaml:")
    assert ("应为" in first) is (lang == "zh")


def test_problems_come_as_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    broken = str(CORPUS / "wrong-period.yaml")
    assert run(Program(), ["register", "check", broken, "--json"]) == 2
    (problem,) = json.loads(capsys.readouterr().err)["problems"]
    assert (problem["code"], problem["file"]) == ("wrong-value", "wrong-period.yaml")


def test_a_folder_that_is_not_there_is_wrong_usage() -> None:
    assert run(Program(), ["register", "check", "nowhere"]) == 2


def test_a_register_does_not_differ_from_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(Program(), ["register", "diff", SHOP, SHOP]) == 0
    assert capsys.readouterr().out.strip() == "两份登记簿相同。"


def test_a_change_is_told_with_who_is_asked_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = CORPUS / "sound.yaml"
    after = tmp_path / "after.yaml"
    text = before.read_text("utf-8")
    assert text.count("keep: P") == 1
    after.write_text(text.replace("keep: P", "keep: P9", 1), "utf-8")
    assert run(Program(), ["register", "diff", str(before), str(after), "--json"]) == 1
    change = json.loads(capsys.readouterr().out)
    assert [field["field"] for field in change["changed"]] == ["retention.keep"]
    assert run(Program(), ["register", "diff", str(before), str(after)]) == 1
    assert "保存期限 · 期限" in capsys.readouterr().out


def test_show_prints_the_version_that_the_canonical_bytes_have(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(Program(), ["register", "show", SHOP]) == 0
    shown = capsys.readouterr().out
    run(Program(), ["register", "check", SHOP, "--json", "--on", DAY])
    version = json.loads(capsys.readouterr().out)["registerVersion"]
    assert version[:12] in shown


def test_what_is_exported_to_fideslang_comes_back_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, folder = tmp_path / "shop.yml", tmp_path / "register"
    assert run(Program(), ["register", "export", SHOP, "-o", str(file)]) == 0
    assert run(Program(), ["register", "import", str(file), "-o", str(folder)]) == 0
    capsys.readouterr()
    assert run(Program(), ["register", "diff", SHOP, str(folder)]) == 0


def test_an_import_writes_nothing_into_a_folder_that_holds_something(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, folder = tmp_path / "shop.yml", tmp_path / "register"
    run(Program(), ["register", "export", SHOP, "-o", str(file)])
    folder.mkdir()
    (folder / "mine.txt").write_text("mine", "utf-8")
    capsys.readouterr()
    assert run(Program(), ["register", "import", str(file), "-o", str(folder)]) == 3
    assert "folder-not-empty" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


def test_dpv_is_json_ld_about_the_same_handler(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "shop.jsonld"
    assert run(Program(), ["register", "export", SHOP, "--format", "dpv", "-o", str(file)]) == 0
    capsys.readouterr()
    assert "@context" in json.loads(file.read_text("utf-8"))


def test_the_schema_is_json_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(Program(), ["register", "schema"]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"].endswith("2020-12/schema")
