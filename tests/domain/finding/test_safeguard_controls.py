"""Each measure of PIPL Art. 51 on the board: shown, failing, stale, not shown; audits in a row."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.domain.finding.live import LiveOutcome, LiveResult
from chengnuo.domain.finding.safeguard_controls import CONTROLS, REQUIRED
from chengnuo.domain.finding.safeguard_records import AuditSeen, SafeguardRecords, SafeguardSeen
from chengnuo.law.catalogue import Catalogue

ON = date(2026, 11, 29)
BY_ID = {control.id: control for control in CONTROLS}
MOST = 3


def safeguard(measure: str, state: str = "shown", due: date | None = ON) -> SafeguardSeen:
    has_evidence = state != "not-shown"
    return SafeguardSeen(
        dossier=f"sg-{measure}",
        measure=measure,
        state=state,
        shown_on=ON - timedelta(days=30) if has_evidence else None,
        observed=True,
        next_due=due if has_evidence else None,
    )


def run(measure: str, *seen: SafeguardSeen) -> LiveResult:
    records = SafeguardRecords(on=ON, safeguards=seen)
    return BY_ID[f"safeguard-{measure}-shown"].run(records)


@pytest.mark.parametrize("measure", sorted(REQUIRED))
def test_a_measure_is_what_its_evidence_is(measure: str) -> None:
    other = next(one for one in REQUIRED if one != measure)
    shown = safeguard(measure)
    assert run(measure, shown).outcome is LiveOutcome.PASSED
    failed = run(measure, shown, safeguard(measure, "failing"))
    assert failed.outcome is LiveOutcome.FAILED
    assert [fault.dossier for fault in failed.faults] == [f"sg-{measure}"]
    assert run(measure, safeguard(measure, "not-shown")).outcome is LiveOutcome.NOT_SHOWN
    assert run(measure, safeguard(other)).outcome is LiveOutcome.NOT_SHOWN
    stale = run(measure, safeguard(measure, due=ON - timedelta(days=1)))
    assert stale.outcome is LiveOutcome.STALE
    assert stale.why is not None
    assert "2026-11-28" in stale.why.zh


def test_one_safeguard_without_evidence_keeps_its_measure_from_being_shown() -> None:
    two = (safeguard("encryption"), safeguard("encryption", "not-shown"))
    assert run("encryption", *two).outcome is LiveOutcome.NOT_SHOWN


def test_controls_rest_on_articles_and_reach_the_row_of_the_pledge(catalogue: Catalogue) -> None:
    for measure in REQUIRED:
        control = BY_ID[f"safeguard-{measure}-shown"]
        assert [str(duty) for duty in control.duties] == ["pledge-10"]
        assert set(control.duties) == control.whole
        assert all(catalogue.duty(duty) for duty in control.rests_on)


def audits(bodies: list[str], leads: list[str] | None = None) -> SafeguardRecords:
    return SafeguardRecords(
        on=ON,
        audits=tuple(
            AuditSeen(
                dossier=f"au-{number}",
                body=body,
                lead=(leads or [""] * len(bodies))[number],
                external=True,
            )
            for number, body in enumerate(bodies)
        ),
        most_in_a_row=MOST,
    )


INDEPENDENT = BY_ID["audits-by-changing-bodies"]


@pytest.mark.parametrize(
    ("bodies", "wrong"),
    [
        ([], 0),
        (["甲", "甲"], 0),
        (["甲", "甲", "甲"], 1),
        (["甲", "甲 ", " 甲", "甲"], 1),
        (["甲", "甲", "乙", "甲"], 0),
    ],
)
def test_the_same_body_does_not_audit_three_times_in_a_row(bodies: list[str], wrong: int) -> None:
    assert INDEPENDENT.run(audits(bodies)).wrong == wrong


def test_the_same_lead_counts_as_well_and_own_staff_do_not() -> None:
    records = audits(["甲", "乙", "丙"], ["L1", "L1", "l1"])
    assert INDEPENDENT.run(records).wrong == 1
    own = tuple(replace(one, external=False) for one in audits(["甲"] * 5).audits)
    assert INDEPENDENT.run(replace(records, audits=own)).outcome is LiveOutcome.NOTHING_TO_CHECK


@given(st.lists(st.sampled_from("甲乙"), max_size=12))
def test_runs_are_found_as_a_plain_search_finds_them(bodies: list[str]) -> None:
    said = "".join(bodies)
    plain = sum(
        said[at : at + MOST] in {"甲甲甲", "乙乙乙"} and (at == 0 or said[at - 1] != said[at])
        for at in range(len(said) - MOST + 1)
    )
    assert INDEPENDENT.run(audits(bodies)).wrong == plain
