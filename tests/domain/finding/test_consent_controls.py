"""The controls over records: each fires on what it is for, and says if it could not run."""

from dataclasses import replace
from typing import Any

import pytest
from tests.strategies.clean_register import TODAY

from chengnuo.base.text import Text
from chengnuo.domain.finding.board import Board, RowStatus, board_of
from chengnuo.domain.finding.check import facts_of
from chengnuo.domain.finding.consent_controls import CONTROLS
from chengnuo.domain.finding.consent_records import (
    ActSeen,
    ConsentRecords,
    FollowSeen,
    NoticeSeen,
    PermitSeen,
    Resting,
)
from chengnuo.domain.finding.live import LiveOutcome, LiveResult, could_not_run, none_ran, run_all
from chengnuo.domain.finding.live_board import with_live
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue

HOUR = 3_600_000_000
DAY = 24 * HOUR
NOW = 100 * DAY
ITEM = "nearby-stores/sensitive:PI-LOC-PRECISE"
NOBODY = "tea-guest"


def act(position: int, what: str, at: int, **said: Any) -> ActSeen:  # noqa: ANN401 (fields as given)
    given: dict[str, Any] = {"notice_kept": True, "form_meets": True, "steps": 1, **said}
    return ActSeen(position=position, at=at, who=NOBODY, item=ITEM, act=what, **given)


def permit(position: int, *rests_on: Resting, **said: Any) -> PermitSeen:  # noqa: ANN401 (likewise)
    return PermitSeen(position=position, activity="nearby-stores", rests_on=rests_on, **said)


AGREED = Resting(item=ITEM, agreed=True, accepted=True)
GOOD = ConsentRecords(
    since=NOW - 30 * DAY,
    until=NOW,
    acts=(
        act(1, "give", NOW - 20 * DAY),
        act(2, "withdraw", NOW - 19 * DAY, prompted=False),
        act(4, "refuse", NOW - 10 * DAY),
    ),
    permits=(
        permit(5, AGREED, markets=True, switched_off=False),
        permit(6, AGREED, publishes=True),
    ),
    notices=(NoticeSeen(position=3, at=NOW - 10 * DAY - 1, who=NOBODY, item=ITEM),),
    starts={},
    follow_ups=(
        FollowSeen(withdrawal=2, stops=True, due=NOW - 19 * DAY, done_at=NOW - 19 * DAY + HOUR),
        FollowSeen(withdrawal=2, stops=False, due=NOW - 19 * DAY, done_at=NOW - 12 * DAY),
    ),
)
NO_CONSENT = Resting(item=ITEM, agreed=False, accepted=False)
OLD_TEXT = Resting(item=ITEM, agreed=True, accepted=False)


def with_acts(*acts: ActSeen) -> ConsentRecords:
    return replace(GOOD, acts=(*GOOD.acts, *acts))


def with_permits(*permits: PermitSeen) -> ConsentRecords:
    return replace(GOOD, permits=(*GOOD.permits, *permits))


def with_follow_up(*, stops: bool, due: int, done_at: int | None) -> ConsentRecords:
    one = FollowSeen(withdrawal=9, stops=stops, due=due, done_at=done_at)
    return replace(GOOD, follow_ups=(*GOOD.follow_ups, one))


BROKEN = [
    ("records-name-the-notice", with_acts(act(9, "give", NOW - DAY, notice_kept=False))),
    ("records-name-the-notice", with_acts(act(9, "refuse", NOW - DAY, notice_kept=False))),
    ("records-in-the-needed-form", with_acts(act(9, "give", NOW - DAY, form_meets=False))),
    ("permits-rest-on-consent", with_permits(permit(9, AGREED, NO_CONSENT))),
    ("changed-items-asked-again", with_permits(permit(9, OLD_TEXT))),
    ("withdrawals-followed", with_follow_up(stops=True, due=NOW - DAY - 1, done_at=None)),
    ("withdrawals-followed", with_follow_up(stops=False, due=NOW - 15 * DAY - 1, done_at=None)),
    ("withdrawals-followed", with_follow_up(stops=True, due=NOW - 9 * DAY, done_at=NOW)),
    (
        "withdrawing-as-easy",
        with_acts(
            act(8, "give", NOW - 3 * DAY, steps=1), act(9, "withdraw", NOW - 2 * DAY, steps=2)
        ),
    ),
    ("refusals-remembered", with_acts(act(9, "refuse", NOW - 10 * DAY + 47 * HOUR))),
    ("refusals-remembered", with_acts(act(9, "give", NOW - 10 * DAY + 47 * HOUR))),
    (
        "refusals-remembered",
        replace(
            GOOD,
            notices=(NoticeSeen(position=9, at=NOW - 9 * DAY, who=NOBODY, item=ITEM),),
        ),
    ),
    ("switches-obeyed", with_permits(permit(9, switched_off=True))),
    ("published-on-separate-consent", with_permits(permit(9, NO_CONSENT, publishes=True))),
    ("published-on-separate-consent", with_permits(permit(9, publishes=True))),
    ("marketing-on-separate-consent", with_permits(permit(9, NO_CONSENT, markets=True))),
    ("marketing-on-separate-consent", with_permits(permit(9, markets=True))),
]


def results(records: ConsentRecords) -> dict[str, LiveResult]:
    return {run.control.id: run.result for run in run_all(CONTROLS, records)}


@pytest.mark.parametrize("control", [one.id for one in CONTROLS])
def test_a_control_passes_over_good_records_and_has_looked_at_something(control: str) -> None:
    found = results(GOOD)[control]
    assert found.outcome is LiveOutcome.PASSED
    assert found.looked_at > 0


@pytest.mark.parametrize(("control", "records"), BROKEN)
def test_a_control_fires_and_names_the_record(control: str, records: ConsentRecords) -> None:
    found = results(records)[control]
    assert found.outcome is LiveOutcome.FAILED
    assert found.wrong == 1
    assert [fault.position for fault in found.faults] == [9]


def test_every_control_can_fire() -> None:
    assert {control for control, _ in BROKEN} == {one.id for one in CONTROLS}


@pytest.mark.parametrize(
    "records",
    [
        pytest.param(with_acts(act(9, "refuse", NOW - 10 * DAY + 48 * HOUR)), id="48 h are over"),
        pytest.param(
            replace(
                with_acts(act(9, "give", NOW - 10 * DAY + HOUR)),
                starts={(NOBODY, "nearby-stores"): (NOW - 10 * DAY + HOUR - 1,)},
            ),
            id="they started the function",
        ),
        pytest.param(
            with_acts(act(9, "give", NOW - 10 * DAY + HOUR, prompted=False, is_undo=True)),
            id="nobody was asked: a withdrawal undone",
        ),
        pytest.param(
            replace(
                GOOD,
                notices=(NoticeSeen(position=9, at=NOW - 10 * DAY + 1, who=NOBODY, item=ITEM),),
            ),
            id="the notice of the answer itself, recorded after it",
        ),
    ],
)
def test_a_no_may_be_followed_by_a_question(records: ConsentRecords) -> None:
    assert results(records)["refusals-remembered"].outcome is LiveOutcome.PASSED


def test_a_no_is_remembered_for_as_long_as_the_app_said() -> None:
    no = act(8, "refuse", NOW - 7 * DAY, again_from=NOW - 2 * DAY)
    soon, later = act(9, "give", NOW - 3 * DAY), act(9, "give", NOW - 2 * DAY)
    outcome = [results(with_acts(no, one))["refusals-remembered"].outcome for one in (soon, later)]
    assert outcome == [LiveOutcome.FAILED, LiveOutcome.PASSED]


def test_a_no_of_an_app_that_asks_again_sooner_is_not_held_to_48_hours() -> None:
    no = act(8, "refuse", NOW - 7 * DAY, again_from=NOW - 7 * DAY + HOUR)
    again = act(9, "give", NOW - 7 * DAY + HOUR)
    assert results(with_acts(no, again))["refusals-remembered"].outcome is LiveOutcome.PASSED


def test_an_undo_is_not_what_a_withdrawal_is_measured_by() -> None:
    given = act(8, "give", NOW - 3 * DAY, steps=2)
    undone = act(9, "give", NOW - 2 * DAY, steps=1, prompted=False, is_undo=True)
    again = act(10, "withdraw", NOW - 2 * DAY, steps=2, prompted=False)
    found = results(with_acts(given, undone, again))["withdrawing-as-easy"]
    assert found.outcome is LiveOutcome.PASSED


def test_what_still_has_time_is_not_late_and_shows_nothing() -> None:
    open_still = FollowSeen(withdrawal=9, stops=False, due=NOW - DAY, done_at=None)
    found = results(replace(GOOD, follow_ups=(open_still,)))["withdrawals-followed"]
    assert found.outcome is LiveOutcome.NOTHING_TO_CHECK


NOTHING = replace(GOOD, acts=(), permits=(), notices=(), follow_ups=())


def test_a_period_without_records_shows_nothing() -> None:
    assert {one.outcome for one in results(NOTHING).values()} == {LiveOutcome.NOTHING_TO_CHECK}


@pytest.mark.parametrize(
    ("records", "blind"),
    [
        pytest.param(
            with_acts(act(9, "give", NOW - DAY, notice_kept=None)),
            {"records-name-the-notice"},
            id="the register version is not kept",
        ),
        pytest.param(
            with_permits(PermitSeen(position=9, activity="x", rests_on=None)),
            {"permits-rest-on-consent", "changed-items-asked-again"},
            id="a decision of an older schema",
        ),
        pytest.param(
            replace(GOOD, behind=3),
            {one.id for one in CONTROLS if one.reads_uses},
            id="records are not counted yet",
        ),
        pytest.param(
            replace(GOOD, acts=(), permits=(), follow_ups=(), too_many=True),
            {one.id for one in CONTROLS},
            id="too many, and none of them of the sort",
        ),
    ],
)
def test_what_cannot_be_looked_at_is_no_pass(records: ConsentRecords, blind: set[str]) -> None:
    found = results(records)
    assert {name for name, one in found.items() if one.why is not None} == blind
    assert all(found[name].outcome is LiveOutcome.COULD_NOT_RUN for name in blind)


def test_of_too_many_records_the_newest_are_a_sample_and_never_all() -> None:
    found = results(replace(GOOD, too_many=True))
    assert found.pop("refusals-remembered").outcome is LiveOutcome.COULD_NOT_RUN
    assert {one.outcome for one in found.values()} == {LiveOutcome.SAMPLED}


def board(clean: Register, catalogue: Catalogue) -> Board:
    return board_of(facts_of(clean, catalogue, TODAY))


def statuses(shown: Board) -> dict[str, RowStatus]:
    return {row.duty.id: row.status for row in shown.rows if row.live}


def test_rows_are_shown_by_records_as_far_as_they_reach(
    clean: Register, catalogue: Catalogue
) -> None:
    shown = statuses(with_live(board(clean, catalogue), run_all(CONTROLS, GOOD)))
    whole = {"duty-1", "duty-2", "duty-3", "duty-10", "pledge-4"}
    in_part = {"duty-4", "duty-9", "duty-14", "pledge-6"}
    assert shown == dict.fromkeys(whole, RowStatus.SHOWN) | dict.fromkeys(
        in_part, RowStatus.NOT_SHOWN
    )


@pytest.mark.parametrize(("control", "records"), BROKEN)
def test_a_broken_record_makes_its_rows_fail(
    control: str, records: ConsentRecords, clean: Register, catalogue: Catalogue
) -> None:
    shown = statuses(with_live(board(clean, catalogue), run_all(CONTROLS, records)))
    duties = next(one.duties for one in CONTROLS if one.id == control)
    assert {shown[duty] for duty in duties} == {RowStatus.FAILING}


@pytest.mark.parametrize(
    "runs",
    [
        pytest.param(run_all(CONTROLS, NOTHING), id="no records"),
        pytest.param(none_ran(CONTROLS, Text("磁盘", "disk")), id="could not run"),
    ],
)
def test_nothing_is_shown_without_evidence(
    runs: Any,  # noqa: ANN401 (runs)
    clean: Register,
    catalogue: Catalogue,
) -> None:
    shown = with_live(board(clean, catalogue), runs)
    assert RowStatus.SHOWN not in {row.status for row in shown.rows}


def test_one_control_that_could_not_run_takes_the_seal_away(
    clean: Register, catalogue: Catalogue
) -> None:
    runs = run_all(CONTROLS, GOOD)
    stopped = replace(runs[0], result=could_not_run(Text("磁盘", "disk")))
    shown = with_live(board(clean, catalogue), (stopped, *runs[1:]))
    row = next(one for one in shown.rows if one.duty.id == "duty-1")
    assert row.status is RowStatus.NOT_SHOWN
    assert "没能运行" in row.why.zh


def test_controls_speak_of_duties_that_there_are(catalogue: Catalogue) -> None:
    for control in CONTROLS:
        assert [catalogue.duty(one).id for one in control.duties] == list(control.duties)
        assert control.whole <= set(control.duties)
