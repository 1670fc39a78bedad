"""A list sifted where the state is kept comes out as if each were asked about, reasons included."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from tests.strategies.decisions import any_request
from tests.usecases.consent.consent_kit import PARENT, TeaHouse
from tests.usecases.decision.deciding_kit import ADULT, ASSESSED

from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.consent.event import Act
from chengnuo.domain.decision.decision import Outcome
from chengnuo.domain.decision.request import Request
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.ids import Version
from chengnuo.law.age import AgeBand
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.taking_in import TakingIn
from chengnuo.usecases.decision import audience
from chengnuo.usecases.decision.answering import Stated
from chengnuo.usecases.decision.audience import AudienceDesk, SiftedState, Tally, request_of
from chengnuo.usecases.decision.books import Books, Edition
from chengnuo.usecases.decision.chain_states import ChainStates
from chengnuo.usecases.decision.desk import DecisionDesk
from chengnuo.usecases.decision.kept_beside import KeptBeside
from chengnuo.usecases.decision.states import States

PEOPLE = [PersonKey(f"{number:02d}" * 32) for number in range(12)]
NOBODY = PersonKey("f" * 64)
BORN = (None, date(1990, 5, 1), date(2019, 5, 1))


@dataclass
class Town:
    """A tea house with customers of every sort."""

    house: TeaHouse

    def desk(self, states: States) -> DecisionDesk:
        served = self.house.desk.served

        def edition() -> Edition:
            return Edition(version=Version(served.version), register=served.register)

        return DecisionDesk(
            books=Books(edition, self.house.catalogue), states=states, clock=self.house.clock
        )

    def chains(self) -> ChainStates:
        opened = self.house.opened
        return ChainStates(
            log=opened.log,
            payloads=opened.payloads,
            known=lambda person: self.house.data.consents.of(person).known,
        )

    def beside(self) -> KeptBeside:
        opened = self.house.opened
        return KeptBeside(
            store=self.house.data.consents,
            log=opened.log,
            reading=TakingIn(log=opened.log, payloads=opened.payloads, register_of=lambda _: None),
        )

    def sifted(
        self,
        request: Request,
        states: States,
        state: SiftedState | None,
        stated: Stated = Stated(),  # noqa: B008  it is frozen
    ) -> tuple[list[str], Tally]:
        tally = Tally()
        people = [*PEOPLE, NOBODY, *PEOPLE[:3]]
        named = [(f"account-{number}", key) for number, key in enumerate(people)]
        found = AudienceDesk(desk=self.desk(states), state=state).permitted(
            [named[:5], named[5:]], request, tally, stated=stated
        )
        return [one for part in found for one in part], tally


@pytest.fixture(scope="module", name="town")
def made_town(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Town]:
    house = opened_house(tmp_path_factory.mktemp("town") / "house", catalogue)
    live(house, Random(11))
    yield Town(house)
    house.close()


def opened_house(folder: Path, catalogue: Catalogue) -> TeaHouse:
    house = TeaHouse(folder, catalogue)
    for old, new in ASSESSED:
        house.edit(old, new)
    return house


def live(house: TeaHouse, random: Random) -> None:
    """Let people do all that people do, in any order; what is refused them is left."""
    consents = house.consents
    items = [one.id for one in house.consents.book().item_by_id.values()]
    for person in PEOPLE:
        consents.know(
            person,
            birth_date=random.choice(BORN),
            account=random.choice((None, AccountState.ACTIVE, AccountState.CANCELLED)),
        )
    for number in range(200):
        house.wait(seconds=random.randint(0, 2))
        person, item = random.choice(PEOPLE), random.choice(items)
        do = random.random()
        guardian = random.choice((None, PARENT))
        try:
            if do < 0.6:
                act = random.choice((Act.GIVE, Act.GIVE, Act.GIVE, Act.REFUSE))
                house.answer(item, act, person=person, guardian=guardian)
            elif do < 0.75:
                house.withdraw(item, person=person)
            elif do < 0.85:
                switch = house.desk.served.register.switches[0].switch
                consents.set_switch(person, switch, on=random.random() < 0.5, surface="app")
            elif do < 0.9:
                consents.restrict(person, on=random.random() < 0.4)
            elif do < 0.95:
                activity = random.choice(house.desk.served.register.activities).activity
                consents.object_to(person, activity, on=random.random() < 0.5)
            else:
                consents.merge(person, random.choice(PEOPLE), method="signed-in")
        except ChengnuoError:
            continue
        if number == 150:
            house.erase(PEOPLE[0])
            house.erase(PEOPLE[1], proof=False)


def requests(town: Town) -> Iterator[Request]:
    book = town.house.consents.book()
    yield from (request_of(one, book) for one in book.item_by_id)
    random = Random(3)
    yield from (any_request(random, book.register) for _ in range(16))


def any_statement(random: Random) -> Stated:
    return Stated(age=random.choice((None, *AgeBand)), account=random.choice((None, *AccountState)))


@pytest.mark.parametrize("beside", [False, True], ids=["in the service", "beside it"])
def test_a_list_comes_out_as_if_each_were_asked_about(town: Town, *, beside: bool) -> None:
    states: States = town.chains() if beside else town.house.consents
    state: SiftedState = town.beside() if beside else town.house.consents
    town.house.consents.level()
    assert state.level() is not None
    outcomes, random = set[Outcome](), Random(7)
    for request in islice(requests(town), 0, None, 12 if beside else 1):
        stated = random.choice((ADULT, any_statement(random)))
        plain, by_each = town.sifted(request, states, None, stated)
        quick, by_store = town.sifted(request, states, state, stated)
        assert quick == plain
        assert by_store == by_each
        outcomes |= set(by_store.outcomes)
    assert beside or outcomes == set(Outcome)


def test_whoever_was_erased_a_moment_ago_is_not_found(
    tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue
) -> None:
    house = opened_house(tmp_path_factory.mktemp("erased") / "house", catalogue)
    town = Town(house)
    request = request_of("wall/general", house.consents.book())
    house.answer("wall/general", person=PEOPLE[4])  # type: ignore[arg-type]
    before, _ = town.sifted(request, house.consents, house.consents, ADULT)
    house.erase(PEOPLE[4])
    after, _ = town.sifted(request, house.consents, house.consents, ADULT)
    assert (before, after) == (["account-4"], [])
    house.close()


def test_beside_a_service_that_has_not_looked_at_a_record_the_log_itself_is_read(
    town: Town,
) -> None:
    beside, house = town.beside(), town.house
    house.consents.level()
    assert beside.level() is not None
    house.erase(PEOPLE[9])
    assert beside.level() is None
    house.consents.level()
    assert beside.level() is not None


def test_a_state_that_is_being_made_anew_is_not_sifted_by(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = next(requests(town))
    expected = town.sifted(request, town.house.consents, None)
    asked: list[int] = []
    plain = audience.AudienceDesk.asked

    def counted(self: AudienceDesk, people: object, *rest: object) -> list[Outcome]:
        asked.append(len(people))  # type: ignore[arg-type]
        return plain(self, people, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(audience.AudienceDesk, "asked", counted)
    state = town.beside()
    level = state.level()
    assert level is not None
    monkeypatch.setattr(KeptBeside, "level", lambda _: level + 1)
    assert town.sifted(request, town.house.consents, state) == expected
    assert sum(asked) == len(PEOPLE) + 4
