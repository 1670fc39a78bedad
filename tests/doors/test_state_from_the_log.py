"""The state read from the log is the one that is kept: what the command line and a replay see."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from tests.doors.service_kit import Kit, start
from tests.strategies.decisions import seeds
from tests.strategies.told_register import WRITTEN

from chengnuo.adapters.sql.consents import SqlConsents
from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.base.text import Lang
from chengnuo.domain.consent.entry import Guardian
from chengnuo.domain.consent.event import Act
from chengnuo.domain.decision.request import State
from chengnuo.domain.disclosure.consent_notice import notice_of
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.ids import ActivityId, SwitchId
from chengnuo.law.age import AgeBand
from chengnuo.ports.consents import KnownOfIndividual
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.acts import Shown
from chengnuo.usecases.decision.chain_states import ChainStates
from chengnuo.usecases.decision.states import States

PERSONS = [PersonKey(letter * 64) for letter in "abcd"]


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    folder = tmp_path_factory.mktemp("tea")
    (folder / "register.yaml").write_text(WRITTEN, "utf-8")
    made = start(tmp_path_factory.mktemp("state") / "data", register=str(folder))
    yield made
    made.service.close()


def act_once(kit: Kit, random: Random, number: int) -> None:
    """Let somebody do something, if it can be done."""
    desk = kit.service.services.consents
    person, other = random.sample(PERSONS, 2)
    kit.clock.pass_by(timedelta(seconds=random.choice((0, 1))))
    book = desk.book()
    item = random.choice(list(book.item_by_id.values()))
    notice = notice_of(book.register, book.catalogue, item.id, Lang.ZH)
    shown = Shown(
        app=book.register.apps[0].app,
        notice=notice.digest,
        fingerprint=item.fingerprint,
        lang=Lang.ZH,
        surface="app",
        steps=1,
        prompt=f"prompt-{number}-{random.random()}",
        asked_at=kit.clock.now(),
    )
    guardian = Guardian(relation="parent", method="own-device")
    acts = (
        lambda: desk.answer(person, item.id, Act.GIVE, shown),
        lambda: desk.answer(person, item.id, Act.GIVE, shown, guardian=guardian),
        lambda: desk.answer(person, item.id, Act.REFUSE, shown),
        lambda: desk.withdraw(person, item.id, surface="app", steps=1),
        lambda: desk.set_switch(
            person, SwitchId("near-first"), on=random.random() < 0.5, surface="app"
        ),
        lambda: desk.restrict(person, on=random.random() < 0.5),
        lambda: desk.object_to(person, ActivityId("wall"), on=random.random() < 0.5),
        lambda: desk.merge(person, other, method="login") if random.random() < 0.2 else None,
        lambda: desk.know(person, account=random.choice(list(AccountState))),
    )
    with suppress(InvalidInputError, ConflictError):
        random.choice(acts)()


def told_before(states: States, person: PersonKey, at: int, position: int) -> State:
    """Return what the log tells of somebody by its first records; the rest is nobody's record."""
    state = states.state_before(person, at, position=position)
    return replace(
        state, individual=replace(state.individual, age=AgeBand.UNKNOWN, account=AccountState.GUEST)
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=6)
@given(seeds)
def test_the_log_and_what_is_kept_tell_the_same(kit: Kit, random: Random) -> None:
    evidence, desk = kit.service.services.evidence, kit.service.services.consents
    store = SqlConsents(SqliteDatabase(Path(kit.settings.data)))

    def known(person: PersonKey) -> tuple[KnownOfIndividual, ...]:
        return store.of(person).known

    states = ChainStates(log=evidence.log, payloads=evidence.payloads, known=known)
    for number in range(12):
        act_once(kit, random, number)
    at = states.seen().at
    for person in PERSONS:
        assert states.state_of(person, at) == desk.state_of(person, at)
        for position in {random.randrange(states.seen().position + 1) for _ in range(6)}:
            assert told_before(states, person, at, position) == told_before(
                desk, person, at, position
            )
