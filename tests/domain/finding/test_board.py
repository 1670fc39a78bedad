"""The pledge board: every row there, green by evidence only, every control able to fail."""

from datetime import date

import pytest
from hypothesis import given, settings
from tests.domain.finding.changing import Change, changed
from tests.domain.finding.test_rules import BREAKING
from tests.strategies.clean_register import TODAY
from tests.strategies.registers import law, registers, small_register

from chengnuo.base.text import Text
from chengnuo.domain.finding.all_controls import CONTROLS
from chengnuo.domain.finding.all_rules import RULE_BY_ID
from chengnuo.domain.finding.board import SETS, Board, Publication, RowStatus, board_of
from chengnuo.domain.finding.check import facts_of
from chengnuo.domain.finding.control import Control, Outcome, Reach
from chengnuo.domain.register.app import MinorsAudience
from chengnuo.domain.register.canonical import version_of
from chengnuo.domain.register.ids import Version
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue

EACH_CONTROL = [pytest.param(one, id=f"{one.id}, {one.duties[0]}") for one in CONTROLS]
FORCING = BREAKING["refusing-closes-basic-service"]
DECLARATION_IS_THE_DUTY = {"duty-5", "action524-2.1", "action524-2.2"}


def board(register: Register, catalogue: Catalogue, published: Publication | None = None) -> Board:
    return board_of(facts_of(register, catalogue, TODAY), published=published)


def statuses(shown: Board) -> dict[str, RowStatus]:
    return {row.duty.id: row.status for row in shown.rows}


def test_all_rows_are_there(clean: Register, catalogue: Catalogue) -> None:
    shown = board(clean, catalogue)
    sizes = {name: len(shown.in_set(name)) for name in SETS}
    assert sizes == {"duty": 16, "pledge": 10, "action524": 11, "precheck": 1, "also": 3}
    assert sum(shown.counts().values()) == len(shown.rows) == 41


@pytest.mark.parametrize("control", EACH_CONTROL)
def test_a_control_fails_by_each_of_its_rules(
    control: Control, clean: Register, catalogue: Catalogue
) -> None:
    for rule in sorted(control.rules):
        shown = board(changed(clean, *BREAKING[rule]), catalogue)
        for row in shown.rows:
            if row.duty.id in control.duties:
                result = next(run.result for run in row.runs if run.control is control)
                assert result.outcome is Outcome.FAILED, rule
                assert rule in {finding.rule for finding in result.findings}
                assert row.status is RowStatus.FAILING


@pytest.mark.parametrize("control", EACH_CONTROL)
def test_a_control_passes_over_the_clean_register_and_has_looked_at_something(
    control: Control, clean: Register, catalogue: Catalogue
) -> None:
    shown = board(clean, catalogue)
    runs = [run for row in shown.rows for run in row.runs if run.control is control]
    assert runs
    assert {run.result.outcome for run in runs} == {Outcome.PASSED}
    assert all(run.result.looked_at > 0 for run in runs)


@pytest.mark.parametrize("control", EACH_CONTROL)
def test_a_control_rests_on_rules_and_duties_that_there_are(
    control: Control, catalogue: Catalogue
) -> None:
    assert control.rules <= set(RULE_BY_ID)
    assert [catalogue.duty(one).id for one in control.duties] == list(control.duties)


@pytest.mark.parametrize("expected", list(MinorsAudience), ids=str)
@pytest.mark.parametrize("known", [True, False], ids=["known", "not known"])
def test_minors_are_not_forced_wherever_there_may_be_some(
    expected: MinorsAudience, known: bool, clean: Register, catalogue: Catalogue
) -> None:
    """Refusing must not close a basic service to them (Minors Online Art. 32)."""
    audience = tuple(
        Change(f"app {app.app}", "audience.minors_under_14", expected) for app in clean.apps
    )
    there = changed(clean, Change("handler", "knows_minors", known), *audience)
    may_be = known or expected is not MinorsAudience.NOT_INTENDED
    for register, fine in ((there, True), (changed(there, *FORCING), False)):
        runs = [run for row in board(register, catalogue).rows for run in row.runs]
        (result,) = [run.result for run in runs if run.control.id == "minors-not-forced"]
        assert bool(result.looked_at) is may_be
        assert result.outcome is not Outcome.PASSED or fine
        if may_be:
            assert result.outcome is (Outcome.PASSED if fine else Outcome.FAILED)
        elif fine:
            assert result.outcome is Outcome.NOTHING_TO_CHECK


def test_what_is_only_declared_is_never_shown(clean: Register, catalogue: Catalogue) -> None:
    published = Publication(version_of(clean), TODAY)
    found = statuses(board(clean, catalogue, published))
    assert {duty for duty, status in found.items() if status is RowStatus.SHOWN} == (
        DECLARATION_IS_THE_DUTY
    )
    assert found["duty-1"] is RowStatus.NOT_SHOWN
    assert found["duty-16"] is RowStatus.NOT_SHOWN
    reached = {one.duties[0] for one in CONTROLS if one.reach is Reach.PUBLISHED}
    assert reached == DECLARATION_IS_THE_DUTY


def test_nothing_is_shown_before_it_is_published(clean: Register, catalogue: Catalogue) -> None:
    assert RowStatus.SHOWN not in statuses(board(clean, catalogue)).values()


def test_a_published_list_is_stale_after_the_register_changes(
    clean: Register, catalogue: Catalogue
) -> None:
    published = Publication(Version("0" * 64), date(2026, 11, 1))
    found = statuses(board(clean, catalogue, published))
    assert {duty for duty, status in found.items() if status is RowStatus.STALE} == (
        DECLARATION_IS_THE_DUTY
    )


def test_duties_of_carriers_and_of_other_apps_do_not_apply(
    clean: Register, catalogue: Catalogue
) -> None:
    found = statuses(board(clean, catalogue))
    assert {duty for duty, status in found.items() if status is RowStatus.NOT_APPLICABLE} == {
        "action524-4.1",
        "action524-4.2",
        "action524-5.1",
        "action524-5.2",
        "action524-5.5",
    }
    drive = changed(clean, Change("app shop-app", "other_type", Text("网盘", "A cloud drive")))
    assert statuses(board(drive, catalogue))["action524-5.5"] is RowStatus.NOT_SHOWN


def test_a_register_without_such_things_shows_nothing(catalogue: Catalogue) -> None:
    shown = board(small_register(), catalogue)
    abroad = next(row for row in shown.rows if row.duty.id == "duty-15")
    assert abroad.status is RowStatus.NOT_SHOWN
    assert abroad.runs[0].result.outcome is Outcome.NOTHING_TO_CHECK


@settings(max_examples=15)
@given(registers())
def test_no_register_breaks_the_board(register: Register) -> None:
    shown = board(register, law())
    assert len(shown.rows) == 41
    for row in shown.rows:
        failing = any(run.result.outcome is Outcome.FAILED for run in row.runs)
        if row.status is not RowStatus.NOT_APPLICABLE:
            assert failing is (row.status is RowStatus.FAILING)
