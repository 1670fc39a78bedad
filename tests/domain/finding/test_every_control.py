"""Every control in the one list can fail, can pass, and passes on nothing in no case.

A control that is added without a case in which it fails is refused here.
"""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from tests.domain.finding.changing import changed
from tests.domain.finding.control_cases import CASES
from tests.domain.finding.test_rules import BREAKING
from tests.strategies.clean_register import TODAY

from chengnuo.domain.finding.all_controls import (
    ALL_CONTROLS,
    CONTROL_BY_ID,
    CONTROLS,
    OVER_RECORDS,
)
from chengnuo.domain.finding.board import SETS
from chengnuo.domain.finding.check import facts_of, report_of
from chengnuo.domain.finding.control import Checked, Control, ControlResult, Outcome
from chengnuo.domain.finding.declared_control import DAY, HOUR
from chengnuo.domain.finding.live import LiveOutcome, OverRecords, RecordsControl
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue

ALWAYS = frozenset({"complaint-way", "security-declared", "hotline-declared", "compliance-set-up"})
"""Controls over the register that look at the handler or its complaints, which there always are."""
RELEASED = Path(__file__).with_name("released_controls.txt")
"""The id of every control that any version had, for boards and logs that name it."""
OVER_REGISTER = [pytest.param(one, id=one.id) for one in CONTROLS]
RECORDS = [pytest.param(one, id=one.id) for one in OVER_RECORDS]


def run(control: Control, register: Register, catalogue: Catalogue) -> ControlResult:
    facts = facts_of(register, catalogue, TODAY)
    return control.run(Checked(facts, report_of(facts)))


def bare_register(register: Register) -> Register:
    """Return a register that declares nothing but the handler."""
    tables = (one.name for one in fields(register))
    empty = {name: () for name in tables if isinstance(getattr(register, name), tuple)}
    return replace(register, **empty)  # type: ignore[arg-type]  # every one of them is a tuple


def test_ids_stand_once_and_every_control_has_cases() -> None:
    assert len(CONTROL_BY_ID) == len(ALL_CONTROLS)
    assert set(CASES) == {one.id for one in OVER_RECORDS}


def test_a_control_that_was_once_released_is_there_or_says_that_it_was_renamed() -> None:
    """Add new ids to the list; one that goes becomes `formerly` of what takes its place."""
    listed = RELEASED.read_text("utf-8").split()
    known = {name for one in ALL_CONTROLS for name in (one.id, *one.formerly)}
    assert sorted(listed) == sorted(known)
    formerly = [name for one in ALL_CONTROLS for name in one.formerly]
    assert len(formerly) == len(set(formerly))
    assert CONTROL_BY_ID.keys().isdisjoint(formerly)


def test_every_control_says_what_it_is_for_and_how_often(catalogue: Catalogue) -> None:
    rows = {duty.id for name in SETS for duty in catalogue.in_set(name)}
    for one in ALL_CONTROLS:
        assert one.duties, one.id
        assert rows.issuperset(one.duties), one.id
        assert one.every in {HOUR, DAY}
        assert one.fresh_for > one.every
        for text in (one.title, one.looks_at, one.fails_when, one.how_often):
            assert text.zh
            assert text.en


@pytest.mark.parametrize("control", OVER_REGISTER)
def test_a_control_over_the_register_fails_when_any_of_its_rules_finds_something(
    control: Control, clean: Register, catalogue: Catalogue
) -> None:
    assert control.rules <= set(BREAKING)
    rule = min(control.rules)
    result = run(control, changed(clean, *BREAKING[rule]), catalogue)
    assert result.outcome is Outcome.FAILED
    assert rule in {one.rule for one in result.findings}


@pytest.mark.parametrize("control", OVER_REGISTER)
def test_a_control_over_the_register_passes_the_clean_one_and_nothing_on_nothing(
    control: Control, clean: Register, catalogue: Catalogue
) -> None:
    result = run(control, clean, catalogue)
    assert result.outcome is Outcome.PASSED
    assert result.looked_at > 0
    bare = run(control, bare_register(clean), catalogue)
    if control.id in ALWAYS:
        assert bare.looked_at == 1
    else:
        assert bare.looked_at == 0
        assert bare.outcome is not Outcome.PASSED


@pytest.mark.parametrize("control", RECORDS)
def test_a_control_over_records_fails_passes_and_shows_nothing_by_nothing(
    control: OverRecords,
) -> None:
    case = CASES[control.id]
    assert isinstance(control, RecordsControl)
    failed = control.run(case.fails)
    assert failed.outcome is LiveOutcome.FAILED
    assert failed.wrong > 0
    assert failed.faults
    passed = control.run(case.passes)
    assert passed.outcome is LiveOutcome.PASSED
    assert passed.looked_at > 0
    nothing = control.run(case.nothing)
    assert nothing.outcome not in {LiveOutcome.PASSED, LiveOutcome.FAILED}
    assert not nothing.faults
