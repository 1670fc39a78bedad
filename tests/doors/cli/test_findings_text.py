"""A check report in words and as JSON: place, article, fix; waivers said; the same each time."""

import json
from datetime import date

import pytest
from tests.domain.finding.changing import Change, changed
from tests.strategies.clean_register import TODAY, clean_register
from tests.strategies.registers import law

from chengnuo.base.text import Lang
from chengnuo.domain.finding.all_rules import RULES
from chengnuo.domain.finding.check import check
from chengnuo.domain.finding.sarif import sarif_of
from chengnuo.domain.register.canonical import tree_of_register
from chengnuo.domain.register.reading import LoadedRegister, read_tree
from chengnuo.doors.cli.findings_text import report_as_text, report_as_tree

CHANGES = (
    Change("app shop-app", "first_run.asks_again_after", None),
    Change("activity voice-search", "items[0].why_necessary", None),
    Change("recipient crashes", "sdk.versions", ()),
)


@pytest.fixture(scope="module")
def loaded() -> LoadedRegister:
    tree = tree_of_register(changed(clean_register(), *CHANGES))
    return read_tree(tree, catalogue=law(), name="register.json")


def test_each_finding_has_its_place_article_and_fix(loaded: LoadedRegister) -> None:
    report = check(loaded.register, law(), TODAY)
    text = report_as_text(report, loaded, law(), Lang.ZH)
    assert "register.json:1: sensitive-without-necessity [PIPL 第30条" in text
    assert "处理活动 `voice-search` 处理敏感个人信息 `PI-COMM-AUDIO`" in text
    assert "在这一项写 `why_necessary`" in text
    assert f"运行 {len(RULES)} 条规则" in text


def test_a_waived_finding_says_until_when_and_why(loaded: LoadedRegister) -> None:
    report = check(loaded.register, law(), TODAY)
    text = report_as_text(report, loaded, law(), Lang.EN)
    assert "waived until 2026-12-31: The vendor is releasing a new version" in text


def test_what_is_no_law_says_so() -> None:
    tree = tree_of_register(changed(clean_register(), Change("switch picks-switch", "taps", 9)))
    loaded = read_tree(tree, catalogue=law())
    text = report_as_text(check(loaded.register, law(), TODAY), loaded, law(), Lang.ZH)
    assert "switch-too-deep" in text
    assert "· 实践]" in text


def test_the_same_register_gives_the_same_json(loaded: LoadedRegister) -> None:
    first, second = (
        json.dumps(report_as_tree(check(loaded.register, law(), TODAY), loaded), sort_keys=False)
        for _ in range(2)
    )
    assert first == second
    tree = json.loads(first)
    assert tree["clean"] is False
    waived = [one for one in tree["findings"] if one["waived"]]
    assert [one["rule"] for one in waived] == ["sdk-without-version"]


def test_sarif_points_at_the_line_and_suppresses_what_is_waived(loaded: LoadedRegister) -> None:
    report = check(loaded.register, law(), date(2026, 12, 31))
    log = json.loads(json.dumps(sarif_of(report, loaded, law(), Lang.EN, program_version="0.1.0")))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        location = result["locations"][0]
        assert location["physicalLocation"]["artifactLocation"]["uri"] == "register.json"
        assert location["logicalLocations"][0]["fullyQualifiedName"]
        assert result["partialFingerprints"]
    suppressed = {one["ruleId"] for one in run["results"] if one.get("suppressions")}
    assert suppressed == {"sdk-without-version"}
