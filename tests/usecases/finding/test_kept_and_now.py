"""The board from kept runs is that of everything run at once, whatever happened before."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.doors.service_kit import Kit
from tests.usecases.dossier.ways import LATER, WAYS
from tests.usecases.finding.test_running import (
    LATE,
    REVIEWER,
    STAFF,
    board_now,
    board_of,
    desk_of,
    runner_of,
)

from chengnuo.domain.dossier.fields import Value
from chengnuo.law.civil import civil_date

BEGIN: dict[str, Value] = {"owner": "x", "first-due": LATER}
ITEMS = ("covert", "splash", "face", "anonymous-content")
ACTS = st.lists(
    st.one_of(
        st.sampled_from(["late", "timely", "safeguard", "time", "days", "mend"]),
        st.tuples(st.sampled_from(["good", "bad", "not-ours"]), st.sampled_from(ITEMS)),
    ),
    max_size=8,
)


@settings(
    max_examples=24, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ACTS)
def test_the_board_from_kept_runs_is_that_of_everything_run_now(
    kit: Kit, acts: list[str | tuple[str, str]]
) -> None:
    """The kit goes on from one example to the next, so later ones begin with a full house."""
    for one in acts:
        do(kit, one)
    runner_of(kit).run()
    assert board_of(kit) == board_now(kit)
    for kept, now in zip(board_of(kit).rows, board_now(kit).rows, strict=True):
        assert kept.outcomes == now.outcomes, kept.duty.id
    today = civil_date(kit.clock.now())
    kept = {one.duty: one.status for one in runner_of(kit).store.statuses(today, today)}
    assert kept == {row.duty.id: row.status for row in board_now(kit).rows}


def do(kit: Kit, act: str | tuple[str, str]) -> None:
    what, item = (act, "") if isinstance(act, str) else act
    desk, day = desk_of(kit), civil_date(kit.clock.now()).isoformat()
    match what:
        case "late":
            desk.open("complaint", "take-down", STAFF, LATE)
        case "timely":
            desk.open("complaint", "take-down", STAFF, {**LATE, "received-on": day})
        case "safeguard":
            said: dict[str, Value] = {**WAYS["safeguard"][0][2]}
            desk.open("safeguard", "declare", STAFF, said)
        case "time":
            kit.clock.pass_by(timedelta(hours=5))
        case "days":
            kit.clock.pass_by(timedelta(days=9))
        case "mend":
            runner_of(kit).mend()
        case _:
            begun = desk.open(
                "recorded-control", "begin", STAFF, {**BEGIN, "item": item}
            ).dossier.id
            if what == "not-ours":
                desk.act(begun, "not-ours", REVIEWER, {"reasons": "没有传感器"})
            else:
                found: dict[str, Value] = {"done-on": day, "evidence": "看过", "next-due": LATER}
                desk.act(begun, f"found-{what}", STAFF, found)
