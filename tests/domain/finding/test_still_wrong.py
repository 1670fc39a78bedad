"""What was found wrong stays wrong until it was looked at again; and a clock that was set back."""

from datetime import UTC, datetime, timedelta

import pytest

from chengnuo.base.digest import sha256_hex
from chengnuo.base.text import Text
from chengnuo.domain.finding.consent_controls import CONTROLS
from chengnuo.domain.finding.control_run import KeptRun
from chengnuo.domain.finding.kept_board import kept_runs
from chengnuo.domain.finding.live import Fault, LiveOutcome, LiveResult, could_not_run
from chengnuo.domain.finding.still_wrong import still_wrong

NOW = datetime(2026, 11, 30, tzinfo=UTC)
OLD, YOUNG = 7, 8
AT = {OLD: NOW - timedelta(days=31), YOUNG: NOW - timedelta(days=29)}
UNREAD = could_not_run(Text("读不了。", "It cannot be read."))
SAMPLE = LiveResult(outcome=LiveOutcome.SAMPLED, looked_at=50_000)
PASSED = LiveResult(outcome=LiveOutcome.PASSED, looked_at=3)


def run(*positions: int, outcome: LiveOutcome = LiveOutcome.FAILED) -> KeptRun:
    return KeptRun(
        control=CONTROLS[0].id,
        at=NOW,
        looked_at=9,
        wrong=len(positions),
        outcome=outcome,
        why=None,
        position=90,
        digest=sha256_hex(b""),
        faults=tuple(Fault(position=one, what=Text("错", "wrong")) for one in positions),
    )


def after(result: LiveResult, before: KeptRun | None) -> LiveResult:
    return still_wrong(result, before, AT.__getitem__, NOW)


def test_a_run_that_could_not_run_mends_nothing_however_often() -> None:
    first = after(UNREAD, run(OLD, YOUNG))
    assert (first.outcome, first.wrong, len(first.faults)) == (LiveOutcome.COULD_NOT_RUN, 2, 2)
    again = after(first, run(OLD, YOUNG, outcome=first.outcome))
    assert again == first
    assert first.why is not None
    assert first.why.en == (
        "It cannot be read. What was found wrong before was not looked at again and stands."
    )


def test_a_sample_keeps_what_older_records_broke_for_as_long_as_it_looks_back() -> None:
    found = after(SAMPLE, run(OLD, YOUNG, 0))
    assert (found.outcome, [one.position for one in found.faults]) == (LiveOutcome.FAILED, [YOUNG])
    assert after(SAMPLE, run(OLD)) == SAMPLE


@pytest.mark.parametrize("before", [None, run(), run(YOUNG)])
def test_a_run_that_looked_at_all_says_what_is_so(before: KeptRun | None) -> None:
    assert after(PASSED, before) == PASSED


@pytest.mark.parametrize("days", [-40, 40])
def test_a_run_of_another_time_is_stale_before_and_after(days: int) -> None:
    kept = {CONTROLS[0].id: run(outcome=LiveOutcome.PASSED)}
    later = kept_runs(CONTROLS[:1], kept, now=NOW + timedelta(days=days))
    assert later[0].result.outcome is LiveOutcome.STALE
