"""The controls over requests: each counts real requests, names what is late or left behind."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.clean_register import TODAY

from chengnuo.domain.finding.board import RowStatus, board_of
from chengnuo.domain.finding.check import facts_of
from chengnuo.domain.finding.live import LiveOutcome, LiveResult, run_all
from chengnuo.domain.finding.live_board import with_live
from chengnuo.domain.finding.rights_controls import CONTROLS
from chengnuo.domain.finding.rights_records import RightSeen, RightsRecords
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.rights import Right

DAY = timedelta(days=1)


def seen(right: Right, *, took: int | None = 10, **said: int) -> RightSeen:
    """One request that came in 40 days ago, due after 21 days."""
    received = TODAY - 40 * DAY
    return RightSeen(
        request=f"rq-{right}",
        right=right,
        received=received,
        due=received + 21 * DAY,
        within_15=received + 21 * DAY,
        closed=None if took is None else received + took * DAY,
        **said,
    )


GOOD = (
    seen(Right.COPY, copies=2),
    seen(Right.CORRECT),
    seen(Right.DELETE, looked_again=3),
    seen(Right.CANCEL_ACCOUNT, looked_again=3),
    seen(Right.REFUSE_AUTOMATED),
    seen(Right.EXPLAIN_AUTOMATED),
)


def results(*requests: RightSeen, too_many: bool = False) -> dict[str, LiveResult]:
    records = RightsRecords(today=TODAY, requests=requests, too_many=too_many)
    return {run.control.id: run.result for run in run_all(CONTROLS, records)}


def outcomes(*requests: RightSeen) -> dict[str, LiveOutcome]:
    return {name: result.outcome for name, result in results(*requests).items()}


def test_good_requests_pass_every_control_and_say_how_many() -> None:
    found = results(*GOOD)
    assert found.pop("recipients-confirm").outcome is LiveOutcome.NOTHING_TO_CHECK
    assert {result.outcome for result in found.values()} == {LiveOutcome.PASSED}
    assert {name: result.looked_at for name, result in found.items()} == {
        "reviews-answered-in-time": 1,
        "automated-explained-in-time": 1,
        "copies-answered-in-time": 1,
        "mended-in-time": 2,
        "erased-and-looked-again": 2,
        "cancelled-in-time": 1,
    }
    why = found["copies-answered-in-time"].why
    assert why is not None
    assert "1/1" in why.zh
    assert "2 copies" in why.en
    assert found["mended-in-time"].newest == "rq-correct"


def test_nothing_that_was_asked_shows_nothing() -> None:
    assert set(outcomes().values()) == {LiveOutcome.NOTHING_TO_CHECK}


@pytest.mark.parametrize(
    ("right", "control"),
    [
        (Right.TRANSFER, "copies-answered-in-time"),
        (Right.SUPPLEMENT, "mended-in-time"),
        (Right.CANCEL_ACCOUNT, "cancelled-in-time"),
        (Right.REFUSE_AUTOMATED, "reviews-answered-in-time"),
        (Right.EXPLAIN_AUTOMATED, "automated-explained-in-time"),
    ],
)
@pytest.mark.parametrize(("took", "late"), [(21, False), (22, True), (None, True)])
def test_the_last_day_is_in_time_and_the_next_is_late(
    right: Right, control: str, took: int | None, *, late: bool
) -> None:
    result = results(seen(right, took=took))[control]
    assert (result.outcome is LiveOutcome.FAILED) is late
    assert [fault.request for fault in result.faults] == [f"rq-{right}"] * late


def test_what_is_open_and_not_due_counts_neither_way() -> None:
    fresh = replace(seen(Right.COPY, took=None), due=TODAY)
    assert outcomes(fresh)["copies-answered-in-time"] is LiveOutcome.NOTHING_TO_CHECK


def test_an_extension_moves_a_copy_and_never_a_deletion() -> None:
    later = seen(Right.COPY).received + 60 * DAY
    slow = [replace(seen(right, took=30), due=later) for right in (Right.COPY, Right.DELETE)]
    found = outcomes(*slow)
    assert found["copies-answered-in-time"] is LiveOutcome.PASSED
    assert found["mended-in-time"] is LiveOutcome.FAILED


def test_residue_fails_and_a_store_not_looked_at_again_shows_nothing() -> None:
    left = results(seen(Right.DELETE, looked_again=2, residue=4))["erased-and-looked-again"]
    assert left.outcome is LiveOutcome.FAILED
    assert "4 行" in left.faults[0].what.zh
    unseen = outcomes(seen(Right.DELETE, looked_again=2, not_looked=1))
    assert unseen["erased-and-looked-again"] is LiveOutcome.COULD_NOT_RUN
    nothing_erased = outcomes(seen(Right.DELETE))
    assert nothing_erased["erased-and-looked-again"] is LiveOutcome.NOTHING_TO_CHECK


def test_of_too_many_requests_the_newest_pass_as_a_sample_and_a_late_one_fails() -> None:
    found = results(*GOOD, too_many=True)
    assert found.pop("recipients-confirm").outcome is LiveOutcome.COULD_NOT_RUN
    assert {one.outcome for one in found.values()} == {LiveOutcome.SAMPLED}
    assert all(one.why is not None and str(one.looked_at) in one.why.zh for one in found.values())
    late = replace(GOOD[0], closed=None, due=TODAY - timedelta(days=1))
    failed = results(*GOOD, late, too_many=True)
    assert LiveOutcome.FAILED in {one.outcome for one in failed.values()}
    none = results(too_many=True)
    assert {one.outcome for one in none.values()} == {LiveOutcome.COULD_NOT_RUN}


def test_the_board_shows_the_rows_by_requests_and_breaks_them_by_a_late_one(
    clean: Register, catalogue: Catalogue
) -> None:
    board = board_of(facts_of(clean, catalogue, TODAY))

    def statuses(*requests: RightSeen) -> dict[str, RowStatus]:
        runs = run_all(CONTROLS, RightsRecords(today=TODAY, requests=requests))
        shown = with_live(board, runs)
        return {str(row.duty.id): row.status for row in shown.rows}

    rows = ("duty-12", "duty-13", "pledge-7")
    assert [statuses(*GOOD)[row] for row in rows] == [RowStatus.SHOWN] * 3
    assert [statuses()[row] for row in rows] == [RowStatus.NOT_SHOWN] * 3
    late = statuses(*GOOD, seen(Right.CANCEL_ACCOUNT, took=30))
    assert [late[row] for row in rows] == [RowStatus.SHOWN, RowStatus.SHOWN, RowStatus.FAILING]


def test_every_duty_of_a_control_is_in_the_catalogue(catalogue: Catalogue) -> None:
    for control in CONTROLS:
        assert control.whole <= set(control.duties)
        for duty in control.duties:
            assert catalogue.duty(duty).id == duty


@given(st.lists(st.tuples(st.sampled_from(list(Right)), st.none() | st.integers(0, 60))))
def test_no_control_counts_more_wrong_than_it_looked_at(
    rows: list[tuple[Right, int | None]],
) -> None:
    found = results(*(seen(right, took=took) for right, took in rows))
    for result in found.values():
        assert 0 <= result.wrong <= result.looked_at
        assert (result.outcome is LiveOutcome.FAILED) is (result.wrong > 0)


def test_a_recipient_that_never_confirms_is_a_fault_of_its_request() -> None:
    def found(told: int, *silent: str) -> LiveResult:
        records = RightsRecords(today=TODAY, requests=(), told=told, unconfirmed=silent)
        runs = {run.control.id: run.result for run in run_all(CONTROLS, records)}
        return runs["recipients-confirm"]

    assert found(3).outcome is LiveOutcome.PASSED
    failed = found(3, "rq-2", "rq-1")
    assert (failed.outcome, failed.wrong) == (LiveOutcome.FAILED, 2)
    assert [one.request for one in failed.faults] == ["rq-2", "rq-1"]
