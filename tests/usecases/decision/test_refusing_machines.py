"""Refusing machines: major decisions by machine alone end, and nothing else (PIPL Art. 24)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.usecases.decision.automated_house import NEARBY, SAFETY, AutomatedHouse
from tests.usecases.rights.rights_house import LIN, WANG

from chengnuo.base.instant import to_us
from chengnuo.domain.decision.automated import Alarm
from chengnuo.domain.decision.decision import Decision
from chengnuo.domain.decision.reference import decide
from chengnuo.domain.decision.request import Request
from chengnuo.domain.finding.live import LiveOutcome
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import RestrictionAsked
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.rights import Right
from chengnuo.ports.rights_outside import TaskKind
from chengnuo.usecases.decision.automated import Allowed
from chengnuo.usecases.rights.asking import RightsAskedOtherwiseError


@pytest.fixture
def house(tmp_path: Path, catalogue: Catalogue) -> Iterator[AutomatedHouse]:
    made = AutomatedHouse(tmp_path / "house", catalogue)
    yield made
    made.close()


def answers(house: AutomatedHouse) -> dict[str, Decision]:
    """Ask about every activity and category of the register, one by one."""
    now = to_us(house.consents.now())
    state, book = house.consents.state_of(house.person(LIN), now), house.consents.book()
    return {
        f"{one.activity} {category}": decide(
            Request(activity=one.activity, categories=frozenset((category,))),
            state,
            book=book,
            at=now,
        )
        for one in book.register.activities
        for category in one.categories
    }


@pytest.mark.parametrize("activity", [None, SAFETY])
def test_a_refusal_ends_machines_alone_in_major_decisions_and_nothing_else(
    house: AutomatedHouse, activity: ActivityId | None
) -> None:
    before = answers(house)
    assert any(one.permits for one in before.values())
    house.couriers.channels = {"courier", "maps"}
    asked = house.ask(Right.REFUSE_AUTOMATED, RestrictionAsked(on=True, activity=activity))
    house.work()
    assert answers(house) == before
    assert not house.consents.state_of(
        house.person(LIN), to_us(house.consents.now())
    ).individual.restricted
    assert house.couriers.given == []
    allowed, person = house.automated.allowed, house.person(LIN)
    assert allowed(person, SAFETY) == Allowed(personal=True, alone=False)
    assert allowed(person, NEARBY).alone
    assert allowed(house.person(WANG), SAFETY).alone
    (task,) = [one for one in house.rights.tasks() if one.request == asked.request.id]
    assert task.kind is TaskKind.RESTRICT


def test_a_machine_that_decides_all_the_same_is_an_alarm_and_a_person_is_none(
    house: AutomatedHouse,
) -> None:
    assert house.held().alarms == ()
    house.ask(Right.REFUSE_AUTOMATED, RestrictionAsked(on=True))
    house.work()
    assert house.held(alone=False).alarms == ()
    assert house.held(account=WANG).alarms == ()
    assert house.results()["refused-machines-decide-nothing"].outcome is LiveOutcome.PASSED
    kept = house.held()
    assert kept.alarms == (Alarm.ALONE_THOUGH_REFUSED,)
    result = house.results()["refused-machines-decide-nothing"]
    assert result.outcome is LiveOutcome.FAILED
    assert [one.position for one in result.faults] == [kept.position]


def test_a_refusal_is_lifted_and_outlives_a_restart(house: AutomatedHouse) -> None:
    house.ask(Right.REFUSE_AUTOMATED, RestrictionAsked(on=True))
    house.work()
    house.start_again()
    house.consents.rebuild()
    assert not house.automated.allowed(house.person(LIN), SAFETY).alone
    lifted = house.ask(Right.REFUSE_AUTOMATED, RestrictionAsked(on=False))
    house.work()
    assert house.rights.seen(lifted.request.id).stage is Stage.FULFILLED
    assert house.automated.allowed(house.person(LIN), SAFETY).alone


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(RestrictionAsked(on=True, activity=NEARBY), id="no major effect"),
        pytest.param(RestrictionAsked(on=True, activity=ActivityId("wall")), id="no machine"),
        pytest.param(RestrictionAsked(on=True, recipient=RecipientId("maps")), id="recipient"),
    ],
)
def test_where_no_machine_decides_with_major_effect_there_is_nothing_to_refuse(
    house: AutomatedHouse, asked: RestrictionAsked
) -> None:
    with pytest.raises(RightsAskedOtherwiseError):
        house.ask(Right.REFUSE_AUTOMATED, asked)


def test_restricting_all_handling_still_does(house: AutomatedHouse) -> None:
    house.ask(Right.RESTRICT, RestrictionAsked(on=True))
    house.work()
    assert not any(one.permits for one in answers(house).values())
