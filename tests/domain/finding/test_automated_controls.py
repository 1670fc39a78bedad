"""The controls over automated decisions: every record is looked at, and faults are named."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chengnuo.domain.finding.automated_controls import CONTROLS
from chengnuo.domain.finding.automated_records import (
    AutomatedRecords,
    DecidedSeen,
    OffLost,
    TurnedOn,
)
from chengnuo.domain.finding.live import LiveOutcome, LiveResult, run_all
from chengnuo.law.catalogue import Catalogue

GOOD = DecidedSeen(position=7, personal=True, off=False, looks_at_traits=False, explained=True)
BY_HAND = TurnedOn(position=9, surface="centre", by_individual=True)


def results(records: AutomatedRecords) -> dict[str, LiveResult]:
    return {run.control.id: run.result for run in run_all(CONTROLS, records)}


def test_good_records_pass_and_say_how_many() -> None:
    found = results(
        AutomatedRecords(decided=(GOOD,), turned_on=(BY_HAND,), kept_off=2, labels_deleted=1)
    )
    assert {one.outcome for one in found.values()} == {LiveOutcome.PASSED}
    assert found["off-stays-off"].looked_at == 3
    why = found["explanation-obtainable"].why
    assert why is not None
    assert "1/1" in why.zh


def test_nothing_recorded_shows_nothing() -> None:
    found = results(AutomatedRecords())
    assert {one.outcome for one in found.values()} == {LiveOutcome.NOTHING_TO_CHECK}


def test_a_personal_decision_while_off_is_named() -> None:
    found = results(AutomatedRecords(decided=(replace(GOOD, off=True),)))
    result = found["personal-decisions-while-on"]
    assert (result.outcome, result.faults[0].position) == (LiveOutcome.FAILED, 7)


def test_a_plain_decision_on_traits_is_named() -> None:
    plain = replace(GOOD, personal=False, off=True, looks_at_traits=True)
    result = results(AutomatedRecords(decided=(plain,)))["personal-decisions-while-on"]
    assert [one.position for one in result.faults] == [7]


def test_a_switch_that_came_on_by_itself_is_named_and_an_unreadable_one_shows_nothing() -> None:
    by_itself = TurnedOn(position=11, surface="batch", by_individual=False)
    result = results(AutomatedRecords(turned_on=(BY_HAND, by_itself)))["off-stays-off"]
    assert [one.position for one in result.faults] == [11]
    assert "`batch`" in result.faults[0].what.en
    unread = TurnedOn(position=12, surface=None, by_individual=None)
    result = results(AutomatedRecords(turned_on=(unread,)))["off-stays-off"]
    assert result.outcome is LiveOutcome.COULD_NOT_RUN


def test_what_was_erased_counts_neither_way() -> None:
    erased = replace(GOOD, explained=None)
    found = results(AutomatedRecords(decided=(erased,)))["explanation-obtainable"]
    assert found.outcome is LiveOutcome.NOTHING_TO_CHECK
    lacking = results(AutomatedRecords(decided=(GOOD, replace(GOOD, explained=False))))
    assert lacking["explanation-obtainable"].outcome is LiveOutcome.FAILED


def test_machines_that_were_refused_and_labels_that_were_deleted_are_named() -> None:
    alone = replace(GOOD, position=21, alone_though_refused=True)
    used = replace(GOOD, position=22, deleted_label=True)
    found = results(AutomatedRecords(decided=(used, alone), labels_deleted=1, labels_back=(23,)))
    refused = found["refused-machines-decide-nothing"]
    assert [one.position for one in refused.faults] == [21]
    labels = found["deleted-labels-stay-deleted"]
    assert [one.position for one in labels.faults] == [23, 22]


def test_an_off_that_nothing_listens_to_is_named() -> None:
    lost = OffLost(position=31, switch="feed", activity="home-feed", individuals=7)
    found = results(AutomatedRecords(kept_off=7, off_lost=(lost,)))["off-stays-off"]
    assert (found.outcome, found.faults[0].position) == (LiveOutcome.FAILED, 31)
    assert "7 had turned off" in found.faults[0].what.en


DECIDED = st.builds(
    DecidedSeen,
    position=st.integers(0, 99),
    personal=st.booleans(),
    off=st.booleans(),
    looks_at_traits=st.booleans(),
    alone_though_refused=st.booleans(),
    deleted_label=st.booleans(),
    explained=st.none() | st.booleans(),
)


@given(st.lists(DECIDED, max_size=6), DECIDED)
def test_one_more_record_never_makes_a_failing_control_pass(
    decided: list[DecidedSeen], more: DecidedSeen
) -> None:
    before = results(AutomatedRecords(decided=tuple(decided)))
    after = results(AutomatedRecords(decided=(*decided, more)))
    for name, result in before.items():
        if result.outcome is LiveOutcome.FAILED:
            assert after[name].outcome is LiveOutcome.FAILED


def test_of_too_many_decisions_each_counts_and_what_is_missing_does_not(
    catalogue: Catalogue,
) -> None:
    found = results(AutomatedRecords(decided=(GOOD,), too_many=True))
    assert found["explanation-obtainable"].outcome is LiveOutcome.SAMPLED
    for name in ("off-stays-off", "deleted-labels-stay-deleted"):
        assert found[name].outcome is LiveOutcome.COULD_NOT_RUN
    assert LiveOutcome.PASSED not in {one.outcome for one in found.values()}
    for control in CONTROLS:
        for duties in (control.duties, control.rests_on):
            assert duties
            assert [catalogue.duty(one).id for one in duties] == list(duties)
