"""What went abroad this year against what the register declares."""

from dataclasses import replace
from datetime import date

import pytest

from chengnuo.domain.finding.border_controls import CONTROLS
from chengnuo.domain.finding.border_records import BorderRecords, WentAbroad
from chengnuo.domain.finding.live import LiveOutcome, LiveResult, run_all
from chengnuo.law.catalogue import Catalogue

WENT = WentAbroad(
    recipient="mailer",
    name="示例邮件",
    general=900,
    sensitive=0,
    route="exempt-volume",
    suffices=True,
    declared_general=900,
    declared_sensitive=0,
)
YEAR = BorderRecords(
    today=date(2026, 11, 21), position=7, general=900, sensitive=0, went=(WENT,), declared=1
)


def results(records: BorderRecords) -> dict[str, LiveResult]:
    return {run.control.id: run.result for run in run_all(CONTROLS, records)}


def changed(**values: object) -> BorderRecords:
    return replace(YEAR, went=(replace(WENT, **values),))  # type: ignore[arg-type]  # its fields


def test_what_is_declared_and_enough_passes_and_says_how_many() -> None:
    found = results(YEAR)
    assert {one.outcome for one in found.values()} == {LiveOutcome.PASSED}
    assert all(one.why is not None and "900" in one.why.zh for one in found.values())
    assert {one.outcome for one in results(BorderRecords(today=YEAR.today)).values()} == {
        LiveOutcome.NOT_APPLICABLE
    }
    nothing_yet = BorderRecords(today=YEAR.today, declared=2)
    assert {one.outcome for one in results(nothing_yet).values()} == {LiveOutcome.NOTHING_TO_CHECK}


@pytest.mark.parametrize(
    ("values", "control"),
    [
        pytest.param({"suffices": False}, "abroad-route-suffices", id="not enough, Art. 38"),
        pytest.param({"route": "", "suffices": False}, "abroad-route-in-force", id="no route"),
        pytest.param({"until": date(2026, 11, 20)}, "abroad-route-in-force", id="route is over"),
        pytest.param({"general": 901}, "abroad-within-declared", id="more than is declared"),
        pytest.param({"sensitive": 1}, "abroad-within-declared", id="sensitive undeclared"),
    ],
)
def test_what_does_not_fit_fails_one_control(values: dict[str, object], control: str) -> None:
    found = results(changed(**values))
    assert [name for name, one in found.items() if one.outcome is LiveOutcome.FAILED] == [control]
    (fault,) = found[control].faults
    assert fault.position == 7
    assert fault.what.en


def test_a_route_counts_on_its_last_day_and_an_undeclared_number_is_no_fault() -> None:
    whole = changed(until=YEAR.today, declared_general=None, declared_sensitive=None)
    assert {one.outcome for one in results(whole).values()} == {LiveOutcome.PASSED}


def test_every_control_cites_what_the_catalogue_has(catalogue: Catalogue) -> None:
    for control in CONTROLS:
        for duty in (*control.duties, *control.rests_on):
            assert catalogue.duty(duty).id
