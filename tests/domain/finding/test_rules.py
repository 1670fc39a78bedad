"""Every rule: a register where it fires, one where it must not, duties that there are."""

import re
from string import Formatter

import pytest
from tests.domain.finding import (
    breaking_activities,
    breaking_handler_and_app,
    breaking_models,
    breaking_parties,
)
from tests.domain.finding.changing import Change, changed
from tests.strategies.clean_register import TODAY

from chengnuo.base.text import Text
from chengnuo.domain.finding.all_rules import RULES
from chengnuo.domain.finding.check import check
from chengnuo.domain.finding.rule import Rule
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.standing import Standing

BREAKING: dict[str, tuple[Change, ...]] = {
    **breaking_handler_and_app.HANDLER_AND_APP,
    **breaking_activities.BASIS,
    **breaking_activities.SCOPE,
    **breaking_activities.SENSITIVE,
    **breaking_activities.MINORS,
    **breaking_activities.AUTOMATED,
    **breaking_models.MODELS,
    **breaking_activities.SHOWN_AND_WATCHED,
    **breaking_activities.KEPT,
    **breaking_parties.SHARING,
    **breaking_parties.SDKS,
    **breaking_parties.ABROAD,
    **breaking_parties.STORED,
    **breaking_parties.PAPERS,
}
EACH_RULE = [pytest.param(rule, id=f"{rule.id}, {rule.duties[0]}") for rule in RULES]


def test_nothing_is_found_in_the_clean_register(clean: Register, catalogue: Catalogue) -> None:
    report = check(clean, catalogue, TODAY)
    assert report.findings == ()
    assert report.is_clean


def test_every_rule_has_a_register_in_which_it_fires() -> None:
    assert set(BREAKING) == {rule.id for rule in RULES}


@pytest.mark.parametrize("rule", EACH_RULE)
def test_a_rule_fires_where_it_is_broken_and_names_the_row(
    rule: Rule, clean: Register, catalogue: Catalogue
) -> None:
    broken = changed(clean, *BREAKING[rule.id])
    found = [one for one in check(broken, catalogue, TODAY).findings if one.rule == rule.id]
    assert found, rule.id
    for finding in found:
        assert finding.row.id in finding.message.zh or finding.row.kind == "handler"
        assert finding.message.en
        assert "{" not in finding.message.zh.replace("{duty: …, keep: …, from: …}", "")
        assert finding.waived is None


@pytest.mark.parametrize("rule", EACH_RULE)
def test_a_rule_rests_on_duties_and_figures_that_there_are(
    rule: Rule, catalogue: Catalogue
) -> None:
    assert rule.duties
    assert [catalogue.duty(one).id for one in rule.duties] == list(rule.duties)
    assert [catalogue.figure(one).id for one in rule.figures] == list(rule.figures)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.id)


@pytest.mark.parametrize("rule", EACH_RULE)
def test_a_rule_says_the_same_in_both_languages(rule: Rule) -> None:
    assert "{row}" in rule.message.zh
    for text in (rule.title, rule.message, rule.fix):
        assert text.en
        assert text.zh.endswith("。") is (text is not rule.title)
        assert text.en.endswith(".") is (text is not rule.title)
    assert names(rule.message) <= {"row", "value"} | names(Text(rule.message.en or ""))


def names(text: Text) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text.zh) if name}


def test_ids_stand_once() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids)) >= 60


def test_practice_is_shown_as_practice(clean: Register, catalogue: Catalogue) -> None:
    broken = changed(clean, *BREAKING["first-run-asks-again-too-soon"])
    (found,) = check(broken, catalogue, TODAY).findings
    assert found.standing is Standing.PRACTICE
    assert "实践" in found.message.zh
