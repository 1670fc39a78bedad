"""The check: never a crash, always the same answer, waivers shown and not hidden."""

import dataclasses
from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from tests.domain.finding.changing import Change, changed
from tests.domain.finding.test_rules import BREAKING
from tests.strategies.clean_register import TODAY
from tests.strategies.registers import law, registers, small_register

from chengnuo.domain.finding.all_rules import RULES
from chengnuo.domain.finding.check import check
from chengnuo.domain.finding.finding import Severity, finding_id, shortened
from chengnuo.domain.register.kinds import LISTS, RowRef, rows
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue


@given(registers(), st.dates(date(2021, 1, 1), date(2099, 12, 31)))
def test_no_register_breaks_the_check(register: Register, today: date) -> None:
    report = check(register, law(), today)
    known = rows(register)
    assert all(finding.row in known for finding in report.findings)
    assert list(report.findings) == sorted(report.findings, key=lambda one: one.order)
    ids = [finding.id for finding in report.findings]
    assert len(ids) == len(set(ids))
    assert report.rules_run == len(RULES)


@given(registers(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(register: Register, random: Random) -> None:
    shuffled = dataclasses.replace(
        register,
        **{
            kind.plural: tuple(
                random.sample(getattr(register, kind.plural), len(getattr(register, kind.plural)))
            )
            for kind in LISTS
        },
    )
    expected = {finding.id for finding in check(register, law(), TODAY).findings}
    assert {finding.id for finding in check(shuffled, law(), TODAY).findings} == expected


def test_the_least_register_is_checked(catalogue: Catalogue) -> None:
    found = {finding.rule for finding in check(small_register(), catalogue, TODAY).findings}
    assert "app-without-basic-service" in found


def test_a_waiver_covers_its_rule_for_its_sdk_until_its_last_day(
    clean: Register, catalogue: Catalogue
) -> None:
    broken = changed(clean, Change("recipient crashes", "sdk.versions", ()))
    (covered,) = check(broken, catalogue, date(2026, 12, 31)).findings
    assert covered.waived is not None
    assert covered.waived.waiver == "crashes-version"
    assert covered.waived.expires == date(2026, 12, 31)
    assert not covered.is_open
    after = check(broken, catalogue, date(2027, 1, 1))
    assert [one.waived for one in after.findings if one.rule == "sdk-without-version"] == [None]


def test_a_waiver_covers_no_other_rule_and_no_other_sdk(
    clean: Register, catalogue: Catalogue
) -> None:
    broken = changed(
        clean,
        Change("recipient crashes", "vetting", None),
        Change("recipient maps", "sdk.versions", ()),
    )
    report = check(broken, catalogue, TODAY)
    assert {(one.rule, one.row.id) for one in report.open_findings} == {
        ("sdk-without-vetting", "crashes"),
        ("sdk-without-version", "maps"),
    }


def test_a_note_asks_nobody_to_act(clean: Register, catalogue: Catalogue) -> None:
    report = check(changed(clean, *BREAKING["english-missing"]), catalogue, TODAY)
    assert report.counts()[Severity.NOTE] == 1
    assert report.is_clean


def test_an_id_survives_new_words_and_another_place_in_a_list() -> None:
    row = RowRef("activity", "nearby-stores")
    first = finding_id("some-rule", row, "items[0].detail", "PI-BASIC-NAME")
    assert first == finding_id("some-rule", row, "items[7].detail", "PI-BASIC-NAME")
    assert first != finding_id("some-rule", row, "items[0].detail", "PI-BASIC-PHONE")
    assert first != finding_id("other-rule", row, "items[0].detail", "PI-BASIC-NAME")
    assert first != finding_id("some-rule", row, "items[0].detail", "PI-BASIC-NAME", 1)


def test_evidence_is_one_short_line() -> None:
    assert shortened("a\n  b") == "a b"
    assert len(shortened("x" * 500)) == 60
