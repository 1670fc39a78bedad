"""A desk that decides by the tea house's real log and register, and a clock that can be set."""

from dataclasses import dataclass
from datetime import datetime

from tests.usecases.evidence.tea_log import ONE, TeaLog

from chengnuo.adapters.clock import SystemClock
from chengnuo.domain.decision.request import Request
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.ids import ActivityId, Version
from chengnuo.domain.register.model import Register
from chengnuo.law.age import AgeBand
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.decision.answering import Answer, Mode, Stated
from chengnuo.usecases.decision.books import Books, Edition
from chengnuo.usecases.decision.chain_states import ChainStates
from chengnuo.usecases.decision.desk import DecisionDesk
from chengnuo.usecases.decision.replaying import Replay

ADULT = Stated(age=AgeBand.ADULT, account=AccountState.ACTIVE)
WALL = Request(activity=ActivityId("wall"))
ITEM = "wall/general"
ASSESSED = (
    ("    recipients: [festival]\n", "    recipients: [festival]\n    assessment: risks\n"),
    (
        "grounds: [provision]",
        "grounds: [provision, publication, sensitive, overseas, entrusted, automated]",
    ),
)
"""Words that give the wall the impact assessment that it needs."""


@dataclass
class SetClock:
    """Tells what it was set to, or the real instant."""

    at: datetime | None = None

    def now(self) -> datetime:
        return SystemClock().now() if self.at is None else self.at


@dataclass
class Deciding:
    """The tea house's desk of decisions."""

    tea: TeaLog
    clock: SetClock

    @property
    def states(self) -> ChainStates:
        return ChainStates(log=self.tea.opened.log, payloads=self.tea.opened.payloads)

    def edition(self) -> Edition:
        version = Version(self.tea.in_force[-1].register)
        return Edition(version=version, register=self.tea.versions[version])

    @property
    def books(self) -> Books:
        return Books(self.edition, self.tea.catalogue)

    @property
    def desk(self) -> DecisionDesk:
        return DecisionDesk(
            books=self.books, states=self.states, clock=self.clock, recorder=self.tea.recorder
        )

    @property
    def replay(self) -> Replay:
        def register_of(version: str) -> Register:
            return self.tea.register_of(version).register

        return Replay(
            log=self.tea.opened.log,
            payloads=self.tea.opened.payloads,
            states=self.states,
            register_of=register_of,
            books=self.books,
        )

    def ask(
        self,
        request: Request = WALL,
        *,
        person: PersonKey = ONE,
        at: datetime | None = None,
        mode: Mode = Mode.NONE,
    ) -> Answer:
        return self.desk.answer(person, request, at=at, stated=ADULT, mode=mode)

    def give(self, item: str = ITEM, *, person: PersonKey = ONE) -> Position:
        return self.tea.consent(item=item, person=person)

    def withdraw(self, item: str = ITEM, *, person: PersonKey = ONE) -> Position:
        return self.tea.consent(Kind.CONSENT_WITHDRAWN, item=item, person=person)
