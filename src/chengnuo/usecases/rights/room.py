"""What the use cases around requests stand on, and what they all ask of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from chengnuo.base.instant import to_us
from chengnuo.base.text import Text
from chengnuo.domain.consent.event import Act
from chengnuo.domain.disclosure.saying import joined_texts, same
from chengnuo.domain.register.consent_items import MatterKind
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.register.model import Register
from chengnuo.domain.rights.concluding import Setting
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.reply import Stopped
from chengnuo.law.age import AgeBand
from chengnuo.law.civil import civil_date
from chengnuo.law.legal_basis import LegalBasis
from chengnuo.law.rights import Right
from chengnuo.law.working_calendar import WorkingCalendar
from chengnuo.law.working_days import DueDate, WorkingDays, add_working_days, working_days_between
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.record_source import Sources
from chengnuo.ports.rights import Case, OutsideStore, RightsStore, SuppressionStore
from chengnuo.ports.rights_holds import HoldStore
from chengnuo.ports.rights_outside import NoticeKept
from chengnuo.ports.secrets import Tokens
from chengnuo.ports.tracing import UNTOLD, Spans
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.evidence.erasing import Eraser
from chengnuo.usecases.register_desk import Desk, Served
from chengnuo.usecases.rights.exporting import RightsExports
from chengnuo.usecases.rights.keeping import CaseKeeper
from chengnuo.usecases.rights.planner import Planner
from chengnuo.usecases.rights.planner_values import Surroundings
from chengnuo.usecases.rights.transferring import TransferSender

MOST_WORKING_DAYS = 15
"""Days for the answer where nothing shorter is promised, and the most that may be promised (TD-R1:
191号文 6.3)."""
_WHOLE = frozenset({MatterKind.GENERAL.value, MatterKind.MINORS.value})
_LOOKED_BACK = timedelta(days=2000)


class NoticeSender(Protocol):
    """Hands notices over to parties outside."""

    def has_channel(self, recipient: RecipientId) -> bool:
        """Tell whether there is a way to a recipient that a program can take."""
        ...

    def send(self, notice: NoticeKept, account: str) -> bool:
        """Hand a notice over; tell whether the recipient confirmed at once that it is done.

        Raises:
            UnavailableError: It was not taken; it is sent again.

        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What the use cases stand on.

    Attributes:
        keeper: Moves requests.
        outside: Keeps what others are told and do.
        suppressions: The ledger of those erased.
        holds: What staff keep back.
        consents: Ages, names, restrictions, follow-ups of withdrawals.
        register: The register in force.
        planner: Plans and carries out.
        sources: The operator's stores, for sweeping.
        calendar: The official working days.
        tokens: Makes ids and names of people.
        eraser: Destroys keys of individuals.
        enabled_accounts: How many staff accounts can sign in.
        sender: Tells parties outside.
        exports: Makes copies to take home.
        release_all: Whether also what individuals ask themselves needs a release.
        owner: Names this process among those that hold leases.
        transfers: Moves copies to other handlers; None where it is not set up.
        spans: Hears how long each step takes.

    """

    keeper: CaseKeeper
    outside: OutsideStore
    suppressions: SuppressionStore
    holds: HoldStore
    consents: ConsentDesk
    register: Desk
    planner: Planner
    sources: Sources
    calendar: WorkingCalendar
    tokens: Tokens
    eraser: Eraser
    enabled_accounts: Callable[[], int]
    sender: NoticeSender
    exports: RightsExports
    release_all: bool
    owner: str
    transfers: TransferSender | None = None
    spans: Spans = UNTOLD

    @property
    def store(self) -> RightsStore:
        """Keeps cases."""
        return self.keeper.store

    def let_go(self, case: Case) -> None:
        """Destroy what was kept to carry out a case that is closed; a copy to take home stays."""
        request = case.request
        self.planner.forget(request.id)
        is_moved = request.right is Right.TRANSFER
        if is_moved or case.stage in {Stage.TAKEN_BACK, Stage.REFUSED}:
            self.exports.destroy(request.id)
        if is_moved and self.transfers is not None:
            self.transfers.forget(request.id)

    def served(self) -> Served:
        """Return the register in force.

        Raises:
            NoRegisterError: Nothing is served.

        """
        return self.register.served

    def around(self, person: PersonKey) -> Surroundings:
        """Return what a plan about somebody rests on.

        Raises:
            NoRegisterError: Nothing is served.

        """
        served = self.served()
        return Surroundings(
            register=served.register,
            version=served.version,
            law=self.register.catalogue,
            holds=tuple(one for name in self.names(person) for one in self.holds.holds(name)),
            standing=self._standing(served.register, person),
        )

    def _standing(self, register: Register, person: PersonKey) -> frozenset[ActivityId]:
        """Return the activities whose basis stands: a consent given, or one that needs none."""
        consents = self.consents.state_of(person, to_us(self.consents.now())).consents
        given = {
            item.partition("/")[0]
            for item, event in consents.items()
            if event.act is Act.GIVE and item.partition("/")[2] in _WHOLE
        }
        return frozenset(
            one.activity
            for one in register.activities
            if one.basis is not LegalBasis.CONSENT or one.activity in given
        )

    def age_of(self, person: PersonKey) -> AgeBand:
        """Return the age band of somebody, as far as the operator has said."""
        return self.consents.state_of(person, to_us(self.consents.now())).individual.age

    def names(self, person: PersonKey) -> tuple[PersonKey, ...]:
        """Return all names of an individual."""
        return tuple(sorted(self.consents.names(person)))

    def is_two_people(self) -> bool:
        """Tell whether four eyes bind: two accounts are enabled."""
        return self.enabled_accounts() > 1

    def due(self, received: datetime, days: int) -> DueDate:
        """Return the last day for the answer, by the calendar as it is known now."""
        return add_working_days(civil_date(received), WorkingDays(days), self.calendar)

    def days_left(self, due: date, on: datetime) -> int:
        """Return the working days until a day, negative once it is over."""
        today = civil_date(on)
        if today <= due:
            return working_days_between(today, due, self.calendar).days.count
        late = min(today, due + _LOOKED_BACK)
        return -max(1, working_days_between(due, late, self.calendar).days.count)

    def letter(self, case: Case) -> Setting:
        """Return what a letter says besides."""
        handler = self.served().register.handler
        contacts = handler.complaints.contacts
        ways = (handler.complaints.path, *map(same, filter(None, (contacts.phone, contacts.email))))
        age = self.age_of(PersonKey(case.request.person))
        return Setting(
            handler=handler.name,
            complaints=joined_texts(ways, "；", "; "),
            to_minor=age.is_minor,
        )


def stopped(code: str, what: Text, action: Text) -> Stopped:
    """Return why something stands still."""
    return Stopped(code=code, what=what, action=action)
