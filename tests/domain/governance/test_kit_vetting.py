"""Vettings of the console: what counts now, what an approval needs, which SDKs it is about."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.domain.finding.inspection_kit import JPUSH, UMENG, inspection, sdk

from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.governance.gate import CriticalFindingsError, GateVerdict
from chengnuo.domain.governance.kit_attestation import kit_predicate
from chengnuo.domain.governance.kit_vetting import (
    MOST_DAYS,
    USUAL_DAYS,
    KitAsk,
    KitConditionsError,
    KitNotInForceError,
    KitResult,
    KitRuling,
    KitTermError,
    KitVetting,
    KitVettingId,
    check_can_withdraw,
    checked_term,
    in_force,
    sdks_of_kit,
    version_of_kit,
    vetted_kits,
)
from chengnuo.domain.governance.release import ReleaseState
from chengnuo.domain.governance.vetting import (
    SOON_DAYS,
    KitDecision,
    KitStanding,
    NotVetted,
    standing_of,
    unvetted,
)
from chengnuo.domain.observation.inspection import Presence
from chengnuo.domain.observation.moment import Moment

TODAY = date(2026, 11, 29)
AT = datetime(2026, 11, 28, 16, 30, tzinfo=UTC)  # already the 29th in the mainland
CONDITIONS = "只在同意之后初始化，关闭位置采集"
RESULT = KitResult(
    verdict=GateVerdict.PASSES,
    recipient="umeng",
    sdks=("umeng-analytics",),
    version="9.8.5",
    counts=(),
    undeclared=0,
    report="cd" * 32,
    register="ef" * 32,
    law="2026-11 · abc",
    knowledge="2026-11 · def",
)
RULING = KitRuling(
    by="a-2", at=AT, words="", single_person=False, expires=TODAY + timedelta(days=365)
)
APPROVED = KitVetting(
    id=KitVettingId("0" * 16),
    recipient="umeng",
    version="",
    file_name="umeng.aar",
    sha256="ab" * 32,
    size=1,
    submitted_by="a-1",
    submitted_at=AT,
    state=ReleaseState.SIGNED_OFF,
    changed_at=AT,
    result=RESULT,
    ruling=RULING,
)


def row(
    number: int, base: KitVetting = APPROVED, *, days: int = 0, **changes: object
) -> KitVetting:
    """Return a row of its own, decided some days after the first."""
    ruling = replace(RULING, at=AT + timedelta(days=days))
    made = replace(base, id=KitVettingId(f"{number:016x}"), ruling=ruling)
    return replace(made, **changes)  # type: ignore[arg-type]  # fields by name


REFUSED = row(1, days=1, state=ReleaseState.SENT_BACK)
WITHDRAWAL = row(2, days=2, asks=KitAsk.WITHDRAWAL, withdraws=APPROVED.id)
DECLINED = row(3, days=3, asks=KitAsk.WITHDRAWAL, state=ReleaseState.SENT_BACK)
WAITING = replace(APPROVED, id=KitVettingId("4" * 16), state=ReleaseState.INSPECTED, ruling=None)
OTHER = row(5, days=4, result=replace(RESULT, version="9.9.0"))


@pytest.mark.parametrize(
    ("rows", "decisions"),
    [
        pytest.param((), [], id="nothing"),
        pytest.param((WAITING,), [], id="waits"),
        pytest.param((APPROVED,), ["approved"], id="approved"),
        pytest.param((APPROVED, REFUSED), ["refused"], id="refused since"),
        pytest.param((REFUSED, APPROVED), ["refused"], id="in any order"),
        pytest.param((APPROVED, WITHDRAWAL), ["withdrawn"], id="withdrawn"),
        pytest.param(
            (APPROVED, row(9, days=-9, asks=KitAsk.WITHDRAWAL, withdraws=APPROVED.id)),
            ["withdrawn"],
            id="withdrawn by a clock that goes back",
        ),
        pytest.param(
            (row(9, state=ReleaseState.SENT_BACK), row(8)), ["refused"], id="at one instant"
        ),
        pytest.param((APPROVED, DECLINED), ["approved"], id="withdrawal declined"),
        pytest.param((APPROVED, OTHER), ["approved", "approved"], id="two versions"),
        pytest.param((WITHDRAWAL, row(6, days=3)), ["approved"], id="approved anew"),
    ],
)
def test_the_last_decision_on_a_version_counts(
    rows: tuple[KitVetting, ...], decisions: list[str]
) -> None:
    assert [one.decision.value for one in vetted_kits(rows)] == decisions
    assert all(one in rows for one in in_force(rows))


def test_a_withdrawn_approval_is_told_as_such_and_a_register_does_not_hide_it() -> None:
    seen = inspection((), (sdk(UMENG, Presence.CALLED, Moment.LATER, "9.8.5"),))
    (told,) = vetted_kits((APPROVED, WITHDRAWAL))
    earlier = replace(told, decision=KitDecision.APPROVED, on=TODAY, expires=date(2030, 1, 1))
    day = TODAY + timedelta(days=2)
    assert [one.why for one in unvetted(seen, (told, earlier), day)] == [NotVetted.WITHDRAWN]
    assert unvetted(seen, vetted_kits((APPROVED,)), TODAY) == ()


def test_a_decision_counts_from_its_civil_day_in_the_mainland() -> None:
    (told,) = vetted_kits((APPROVED,))
    assert told.on == TODAY
    assert told.expires == RULING.expires
    (refused,) = vetted_kits((replace(REFUSED, ruling=replace(RULING, expires=None)),))
    assert refused.expires == refused.on == TODAY


@pytest.mark.parametrize(
    ("days", "standing"),
    [
        (-1, KitStanding.EXPIRED),
        (0, KitStanding.SOON),
        (SOON_DAYS, KitStanding.SOON),
        (SOON_DAYS + 1, KitStanding.IN_FORCE),
    ],
)
def test_an_approval_is_told_to_end_before_it_does(days: int, standing: KitStanding) -> None:
    (told,) = vetted_kits((APPROVED,))
    assert standing_of(replace(told, expires=TODAY + timedelta(days=days)), TODAY) is standing


def test_what_was_refused_or_lies_ahead_is_no_approval() -> None:
    (told,) = vetted_kits((APPROVED,))
    refused = replace(told, decision=KitDecision.REFUSED)
    assert standing_of(refused, TODAY) is KitStanding.REFUSED
    withdrawn = replace(told, decision=KitDecision.WITHDRAWN)
    assert standing_of(withdrawn, TODAY) is KitStanding.WITHDRAWN
    assert standing_of(told, TODAY - timedelta(days=1)) is KitStanding.AHEAD


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((APPROVED, REFUSED), id="refused since"),
        pytest.param((APPROVED, WITHDRAWAL), id="withdrawn"),
        pytest.param(
            (APPROVED, replace(WAITING, asks=KitAsk.WITHDRAWAL, withdraws=APPROVED.id)), id="asked"
        ),
    ],
)
def test_only_an_approval_in_force_is_withdrawn_and_once(rows: tuple[KitVetting, ...]) -> None:
    with pytest.raises(KitNotInForceError):
        check_can_withdraw(APPROVED, rows)
    check_can_withdraw(APPROVED, (APPROVED, DECLINED, WAITING))


@pytest.mark.parametrize(
    ("given", "days"),
    [("", USUAL_DAYS), ("2026-11-29", 0), (" 2026-12-01 ", 2), ("2028-11-29", MOST_DAYS)],
)
def test_an_approval_ends_on_a_day_within_two_years(given: str, days: int) -> None:
    assert checked_term(given, TODAY) == TODAY + timedelta(days=days)


@pytest.mark.parametrize("given", ["2026-11-28", "2028-11-30", "soon", "2026-02-30"])
def test_another_last_day_is_refused(given: str) -> None:
    with pytest.raises(KitTermError):
        checked_term(given, TODAY)


def test_a_kit_that_does_not_pass_is_approved_only_under_conditions() -> None:
    assert RESULT.check_conditions(" ") == ""
    assert RESULT.check_conditions(f" {CONDITIONS} ") == CONDITIONS
    fails = replace(RESULT, verdict=GateVerdict.FAILS, undeclared=1)
    assert fails.check_conditions(CONDITIONS) == CONDITIONS
    for given in ("", "short", "x" * 501):
        with pytest.raises(KitConditionsError):
            fails.check_conditions(given)
    with pytest.raises(KitConditionsError):
        RESULT.check_conditions("short")
    critical = replace(fails, counts=((Severity.CRITICAL, 2),))
    with pytest.raises(CriticalFindingsError):
        critical.check_conditions(CONDITIONS)


@pytest.mark.parametrize(
    ("declared", "presence", "expected"),
    [
        (frozenset({"umeng-analytics", "umeng-apm"}), Presence.CALLED, ("umeng-analytics",)),
        (frozenset[str](), Presence.CALLED, ("jpush", "umeng-analytics")),
        (frozenset({"bugly"}), Presence.STUB, ("bugly",)),
        (frozenset[str](), Presence.STUB, ()),
    ],
)
def test_a_decision_is_about_the_sdks_of_its_recipient(
    declared: frozenset[str], presence: Presence, expected: tuple[str, ...]
) -> None:
    kits = (sdk(UMENG, presence, Moment.LATER, "9.8.5"), sdk(JPUSH, presence, Moment.LATER, "5.0"))
    assert sdks_of_kit(inspection((), kits), declared) == expected


def test_the_version_is_the_one_that_the_package_tells_of_them() -> None:
    kits = (
        sdk(UMENG, Presence.CALLED, Moment.LATER, "9.8.5"),
        sdk(JPUSH, Presence.CALLED, Moment.LATER, "5.0"),
    )
    seen = inspection((), kits)
    assert version_of_kit(seen, ("umeng-analytics",)) == "9.8.5"
    assert version_of_kit(seen, ("jpush", "umeng-analytics")) == ""
    assert version_of_kit(seen, ()) == ""


def test_the_statement_names_what_was_decided_and_no_person() -> None:
    ruling = replace(RULING, words=CONDITIONS, single_person=True)
    said = kit_predicate(RESULT, ruling, KitDecision.APPROVED, office="reviewer")
    assert (said["recipient"], said["sdks"], said["version"]) == (
        "umeng",
        ["umeng-analytics"],
        "9.8.5",
    )
    assert said["decision"] == {
        "outcome": "approved",
        "office": "reviewer",
        "four_eyes": False,
        "reason": True,
        "expires": "2027-11-29",
        "at": "2026-11-28T16:30:00Z",
    }
    assert CONDITIONS not in str(said)
    assert "a-2" not in str(said)
