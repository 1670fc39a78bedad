"""Every rule about packages: where it fires, where it must not, what it rests on and says."""

import re
from dataclasses import replace
from string import Formatter

import pytest
from tests.domain.finding.changing import changed
from tests.domain.finding.inspection_kit import inspection
from tests.domain.finding.package_cases import BREAKING, KEEPING, NAMES_NOTHING, Case
from tests.strategies.clean_register import TODAY

from chengnuo.base.text import Text
from chengnuo.domain.finding.all_package_rules import PACKAGE_RULES
from chengnuo.domain.finding.all_rules import RULES
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.making import standing_of_rule
from chengnuo.domain.finding.package_check import check_package
from chengnuo.domain.finding.package_look import PackageLook
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.finding.package_rule import PackageRule
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.observation import ObservationId
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.standing import Standing

EACH_RULE = [pytest.param(rule, id=f"{rule.id}, {rule.duties[0]}") for rule in PACKAGE_RULES]


def checked(
    case: Case, clean: Register, knowledge: Knowledge, catalogue: Catalogue
) -> PackageReport:
    return check_package(
        case.inspection,
        knowledge=knowledge,
        catalogue=catalogue,
        today=TODAY,
        register=None if case.alone else changed(clean, *case.changes),
        policy=case.policy,
    )


def test_every_rule_has_a_package_in_which_it_fires_and_one_in_which_it_does_not() -> None:
    ids = {rule.id for rule in PACKAGE_RULES}
    assert set(BREAKING) == ids
    assert set(KEEPING) == ids


@pytest.mark.parametrize("rule", EACH_RULE)
def test_a_rule_fires_where_it_is_broken(
    rule: PackageRule, clean: Register, knowledge: Knowledge, catalogue: Catalogue
) -> None:
    case = BREAKING[rule.id]
    report = checked(case, clean, knowledge, catalogue)
    found = [one for one in report.findings if one.rule == rule.id]
    assert found, rule.id
    seen = {one.id for one in case.inspection.observations}
    for finding in found:
        assert finding.title == rule.title
        assert finding.waived is None
        assert seen.issuperset(finding.observations)
        for text in (finding.message, finding.fix):
            assert text.en
            assert "{" not in text.zh + text.en
            assert "  " not in text.zh + text.en
            assert re.search(r"[^。]。$", text.zh)
            assert re.search(r"[^.]\.$", text.en)


@pytest.mark.parametrize("rule", EACH_RULE)
def test_a_rule_is_silent_where_it_is_kept(
    rule: PackageRule, clean: Register, knowledge: Knowledge, catalogue: Catalogue
) -> None:
    report = checked(KEEPING[rule.id], clean, knowledge, catalogue)
    assert rule.id not in {one.rule for one in report.findings}


@pytest.mark.parametrize("rule", EACH_RULE)
def test_a_rule_rests_on_duties_and_figures_that_there_are(
    rule: PackageRule, catalogue: Catalogue
) -> None:
    assert rule.duties
    assert [catalogue.duty(one).id for one in rule.duties] == list(rule.duties)
    assert [catalogue.figure(one).id for one in rule.figures] == list(rule.figures)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.id)
    assert standing_of_rule(rule, catalogue) is not Standing.EXPIRED


@pytest.mark.parametrize("rule", EACH_RULE)
def test_a_rule_says_the_same_in_both_languages(rule: PackageRule) -> None:
    for text in (rule.title, rule.message, rule.fix):
        assert text.en
        assert text.zh.endswith("。") is (text is not rule.title)
        assert text.en.endswith(".") is (text is not rule.title)
        assert names(text) == names(Text(text.en))


def names(text: Text) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text.zh) if name}


@pytest.mark.parametrize("rule", EACH_RULE)
def test_each_hit_of_a_rule_has_a_key_of_its_own(
    rule: PackageRule, clean: Register, knowledge: Knowledge, catalogue: Catalogue
) -> None:
    """So that no id depends on how many like it came before."""
    cases = [case for case in BREAKING.values() if case.policy is None]
    seen = {one.id: one for case in cases for one in case.inspection.observations}
    kits = {one.owner: one for case in cases for one in case.inspection.sdks}
    twice = [replace(one, id=ObservationId(one.id[::-1])) for one in seen.values()]
    look = PackageLook(
        inspection=inspection([*seen.values(), *twice], kits.values()),
        knowledge=knowledge,
        catalogue=catalogue,
        today=TODAY,
        register=clean,
        app=clean.apps[0],
        policy=NAMES_NOTHING,
    )
    keys = [hit.key for hit in rule.check(look)]
    assert len(keys) == len(set(keys))


def test_ids_stand_once_among_all_rules() -> None:
    ids = [rule.id for rule in (*RULES, *PACKAGE_RULES)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("rule", ["target-sdk-old", "signature-v1-only"])
def test_practice_is_shown_as_practice(
    rule: str, clean: Register, knowledge: Knowledge, catalogue: Catalogue
) -> None:
    (found,) = checked(BREAKING[rule], clean, knowledge, catalogue).findings
    assert found.standing is Standing.PRACTICE
    assert "实践" in found.message.zh


def test_what_cannot_be_seen_never_passes_as_clean(
    clean: Register, knowledge: Knowledge, catalogue: Catalogue
) -> None:
    for rule in ("package-packed", "package-damaged", "inspection-not-finished"):
        (found,) = checked(BREAKING[rule], clean, knowledge, catalogue).findings
        assert found.is_open
    (found,) = checked(BREAKING["part-not-seen"], clean, knowledge, catalogue).findings
    assert found.severity is Severity.NOTE
