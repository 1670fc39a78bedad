"""Individuals of a test service who choose, and decisions that are recorded about them."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from tests.doors.service_kit import Kit

from chengnuo.base.text import Lang
from chengnuo.domain.consent.event import Act
from chengnuo.domain.decision.request import Request
from chengnuo.domain.disclosure.consent_notice import notice_of
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.ids import ActivityId
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.acts import Recorded, Shown
from chengnuo.usecases.decision.answering import Mode
from chengnuo.usecases.decision.books import Books, Edition
from chengnuo.usecases.decision.desk import DecisionDesk
from chengnuo.usecases.individual_entry import person_key

GENERAL = ConsentItemId("nearby-stores/general")
LOCATION = ConsentItemId("nearby-stores/sensitive:PI-LOC-PRECISE")
_PROMPTS = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """Lets individuals choose."""

    kit: Kit

    def person(self, account: str) -> PersonKey:
        return person_key(self.kit.service.services.tokens, account)

    def born(self, account: str) -> PersonKey:
        """An adult with an account, of an impossible year."""
        person = self.person(account)
        birth = self.kit.clock.now().date().replace(year=1890)
        self.kit.service.services.consents.know(
            person, birth_date=birth, account=AccountState.ACTIVE
        )
        return person

    def shown(self, item: ConsentItemId, *, steps: int = 1) -> Shown:
        book = self.kit.service.services.consents.book()
        found = book.item_by_id[item]
        activity = book.register.activity_by_id[found.activity]
        return Shown(
            app=book.register.service_by_id[activity.service].app,
            notice=notice_of(book.register, book.catalogue, item, Lang.ZH).digest,
            fingerprint=found.fingerprint,
            lang=Lang.ZH,
            surface="android",
            steps=steps,
            prompt=f"prompt-{next(_PROMPTS)}",
            asked_at=self.kit.clock.now(),
        )

    def answer(
        self, person: PersonKey, item: ConsentItemId, act: Act, *, steps: int = 1
    ) -> Recorded:
        consents = self.kit.service.services.consents
        return consents.answer(person, item, act, self.shown(item, steps=steps))

    def withdraw(self, person: PersonKey, item: ConsentItemId, *, steps: int = 1) -> Recorded:
        consents = self.kit.service.services.consents
        return consents.withdraw(person, item, surface="centre", steps=steps)

    def decide(self, person: PersonKey, request: Request) -> str:
        """Decide, durably recorded; returns the outcome."""
        services = self.kit.service.services
        served = services.register.served

        def edition() -> Edition:
            return Edition(version=served.version, register=served.register)

        desk = DecisionDesk(
            books=Books(edition, services.register.catalogue),
            states=services.consents,
            clock=self.kit.clock,
            recorder=services.evidence.recorder,
        )
        return desk.answer(person, request, mode=Mode.STRICT).decision.outcome.value

    def nearby(self, person: PersonKey, **said: object) -> str:
        request = Request(activity=ActivityId("nearby-stores"), recent=0, **said)  # type: ignore[arg-type]  # as given
        return self.decide(person, request)

    def some_weeks(self, days: int = 12) -> tuple[PersonKey, ...]:
        """Let some people choose on some days; returns them."""
        people = tuple(self.born(f"tea-guest-{number}") for number in range(days))
        for number, person in enumerate(people):
            yes = Act.REFUSE if number % 4 == 3 else Act.GIVE
            self.answer(person, GENERAL, yes)
            self.answer(person, LOCATION, yes)
            self.nearby(person)
            if number % 5 == 2 and yes is Act.GIVE:
                self.withdraw(person, LOCATION)
            self.kit.clock.pass_by(timedelta(days=1))
        return people
