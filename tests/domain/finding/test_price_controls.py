"""The controls over audits and probes: absence proved and new, a difference, and all in between."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.domain.finding.live import LiveOutcome, LiveResult, run_all
from chengnuo.domain.finding.price_controls import AUDIT_DAYS, CONTROLS, PROBE_DAYS
from chengnuo.domain.finding.price_records import AuditSeen, PriceRecords, ProbeSeen, Shown
from chengnuo.law.catalogue import Catalogue

AUDIT = AuditSeen(position=40, days=3, declares="a", shown=Shown.ABSENT, quotes=9_000)
PROBE = ProbeSeen(
    position=50,
    days=3,
    name="tea-price",
    activity="pricing",
    of_switch=False,
    of_list=False,
    shown=Shown.ABSENT,
)
OFF = replace(
    PROBE, name="off", activity="feed", of_switch=True, of_list=True, differs_on=True, position=60
)
OFF_PRICE = replace(OFF, name="off-price", activity="pricing", of_list=False, position=70)
REGISTER = PriceRecords(
    priced=frozenset({"pricing"}),
    priced_by_switch=frozenset({"pricing"}),
    ranked_by_switch=frozenset({"feed"}),
)
ALL = replace(REGISTER, audits=(AUDIT,), probes=(OFF_PRICE, OFF, PROBE))
Outcome = LiveOutcome


def results(records: PriceRecords) -> dict[str, LiveResult]:
    return {run.control.id: run.result for run in run_all(CONTROLS, records)}


def words(result: LiveResult) -> str:
    assert result.why is not None
    return result.why.en


def test_all_that_is_proved_and_new_passes_and_names_its_records() -> None:
    found = results(ALL)
    assert {one.outcome for one in found.values()} == {Outcome.PASSED}
    assert "40" in words(found["prices-audited"])
    assert "60" in words(found["lists-plain-when-off"])


def test_nothing_recorded_shows_nothing_and_without_such_activities_nothing_applies() -> None:
    found = results(REGISTER)
    assert {one.outcome for one in found.values()} == {Outcome.NOTHING_TO_CHECK}
    bare = results(PriceRecords())
    assert bare.pop("price-statements-whole").outcome is Outcome.NOTHING_TO_CHECK
    assert {one.outcome for one in bare.values()} == {Outcome.NOT_APPLICABLE}


@pytest.mark.parametrize(
    ("control", "records", "position"),
    [
        pytest.param(
            "prices-audited",
            replace(ALL, audits=(replace(AUDIT, shown=Shown.FOUND),)),
            40,
            id="audit",
        ),
        pytest.param(
            "prices-probed",
            replace(ALL, probes=(replace(PROBE, shown=Shown.FOUND),)),
            50,
            id="probe",
        ),
        pytest.param(
            "lists-plain-when-off",
            replace(ALL, probes=(replace(OFF, shown=Shown.FOUND),)),
            60,
            id="lists",
        ),
        pytest.param(
            "prices-plain-when-off",
            replace(ALL, probes=(replace(OFF_PRICE, shown=Shown.FOUND),)),
            70,
            id="prices",
        ),
        pytest.param("price-statements-whole", replace(ALL, unkept=(33,)), 33, id="statement"),
    ],
)
def test_each_control_fails_on_what_it_is_for_and_says_what_to_do(
    control: str, records: PriceRecords, position: int, catalogue: Catalogue
) -> None:
    run = next(one for one in run_all(CONTROLS, records) if one.control.id == control)
    assert run.result.outcome is Outcome.FAILED
    assert [one.position for one in run.result.faults] == [position]
    assert run.control.fix is not None
    assert run.control.rests_on
    assert [catalogue.duty(one).id for one in run.control.rests_on] == list(run.control.rests_on)


@pytest.mark.parametrize(
    ("control", "records"),
    [
        pytest.param(
            "prices-audited",
            replace(ALL, audits=(replace(AUDIT, days=AUDIT_DAYS + 1),)),
            id="audit",
        ),
        pytest.param(
            "prices-probed", replace(ALL, probes=(replace(PROBE, days=PROBE_DAYS + 1),)), id="probe"
        ),
        pytest.param(
            "lists-plain-when-off",
            replace(ALL, probes=(replace(OFF, days=PROBE_DAYS + 1),)),
            id="lists",
        ),
    ],
)
def test_what_is_old_is_stale(control: str, records: PriceRecords) -> None:
    found = results(records)[control]
    assert found.outcome is Outcome.STALE
    assert "days ago" in words(found)


def test_what_is_undecided_shows_nothing_and_hides_no_difference_found_before() -> None:
    undecided = replace(AUDIT, position=41, days=1, shown=Shown.UNDECIDED)
    found = results(replace(ALL, audits=(undecided, AUDIT)))["prices-audited"]
    assert found.outcome is Outcome.NOT_SHOWN
    before = replace(AUDIT, shown=Shown.FOUND)
    found = results(replace(ALL, audits=(undecided, before)))["prices-audited"]
    assert (found.outcome, found.faults[0].position) == (Outcome.FAILED, 40)


def test_a_difference_stands_until_a_newer_statement_of_the_same_shows_that_it_is_gone() -> None:
    before = replace(PROBE, days=400, shown=Shown.FOUND)
    other = replace(PROBE, position=51, name="coffee-price")
    found = results(replace(ALL, probes=(other, before)))["prices-probed"]
    assert [one.position for one in found.faults] == [50]
    mended = replace(PROBE, position=52)
    found = results(replace(ALL, probes=(mended, other, before)))["prices-probed"]
    assert found.outcome is Outcome.PASSED


def test_an_activity_that_was_not_probed_is_named() -> None:
    more = replace(ALL, ranked_by_switch=frozenset({"feed", "search"}))
    found = results(more)["lists-plain-when-off"]
    assert found.outcome is Outcome.NOT_SHOWN
    assert "`search`" in words(found)


@pytest.mark.parametrize("differs_on", [False, None])
def test_a_switch_that_changes_nothing_says_little(differs_on: bool | None) -> None:
    mute = replace(OFF, differs_on=differs_on)
    found = results(replace(ALL, probes=(mute,)))["lists-plain-when-off"]
    assert found.outcome is Outcome.NOT_SHOWN


PROBES = st.builds(
    ProbeSeen,
    position=st.integers(0, 99),
    days=st.integers(0, 60),
    name=st.sampled_from(["one", "two"]),
    activity=st.sampled_from(["feed", "pricing"]),
    of_switch=st.booleans(),
    of_list=st.booleans(),
    shown=st.sampled_from(Shown),
    differs_on=st.none() | st.booleans(),
)


@given(st.lists(PROBES, max_size=6), PROBES)
def test_an_older_statement_never_makes_anything_pass(
    probes: list[ProbeSeen], older: ProbeSeen
) -> None:
    before = results(replace(REGISTER, probes=tuple(probes)))
    after = results(replace(REGISTER, probes=(*probes, older)))
    for name, result in before.items():
        if result.outcome is Outcome.FAILED:
            assert after[name].outcome is Outcome.FAILED


def test_the_rows_are_rows_of_the_board(catalogue: Catalogue) -> None:
    for control in CONTROLS:
        assert [catalogue.duty(one).id for one in control.duties] == list(control.duties)
        assert control.whole <= set(control.duties)
