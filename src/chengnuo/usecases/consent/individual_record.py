"""One individual's record for somebody of the staff; the reading is recorded before it begins.

It is a record in the individual's own chain, under each of their names, so that they see in the
privacy centre who looked and why.
"""

from collections.abc import Callable
from dataclasses import dataclass

from chengnuo.base.errors import ConflictError
from chengnuo.base.instant import to_us
from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.fold import is_in_force
from chengnuo.domain.consent.what_follows import FollowUp
from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.case import needs_guardian
from chengnuo.domain.decision.request import State
from chengnuo.domain.disclosure.used import Used
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.ids import ActivityId
from chengnuo.law.age import AgeBand
from chengnuo.ports.clock import Clock
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.counting import UseCounter
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.consent.labels import LabelRequest
from chengnuo.usecases.consent.renewing import Renewal
from chengnuo.usecases.evidence.desk import IN_NOBODYS_CHAIN, checked_reason
from chengnuo.usecases.evidence.recording import Recorder

READ_WHAT = "individual"
"""What the record of such a reading says was read."""


class MinorsAccessNeededError(ConflictError):
    """Staff look at a minor's record without an approval (Regulation on Minors Online Art. 36)."""

    code = "minors-access-needed"

    def __init__(self) -> None:
        super().__init__("a minor's record is read with an approval that holds today; ask for it")


def without_approval(*_: object) -> bool:
    """Tell that nothing has to be approved: where no dossiers are kept in which to ask."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class IndividualRecord:
    """What is kept of one individual.

    Attributes:
        state: Age band, account, restriction, switches, objections.
        names: Under how many names.
        stands: The act that stands for each item, and whether it is a consent that counts now.
        history: Every act, newest first.
        renewals: What has to be agreed to anew.
        follow_ups: What follows from withdrawals.
        used: How often their information was used.
        labels: Requests to clear personal labels, the newest for each activity.

    """

    state: State
    names: int
    stands: tuple[tuple[Entry, bool], ...]
    history: tuple[Entry, ...]
    renewals: tuple[Renewal, ...]
    follow_ups: tuple[FollowUp, ...]
    used: Used
    labels: tuple[LabelRequest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndividualDesk:
    """Opens records of individuals.

    Attributes:
        person: Turns an account id into the key under which it is known here.
        consents: The state of consent.
        counter: Counts uses.
        recorder: Records readings.
        clock: Tells now.
        approved: Tells whether an account of staff may look at a minor of these names.

    """

    person: Callable[[str], PersonKey]
    consents: ConsentDesk
    counter: UseCounter
    recorder: Recorder
    clock: Clock
    approved: Callable[[frozenset[PersonKey], str], bool] = without_approval

    def read(self, account: str, *, by: str, reason: str) -> IndividualRecord | None:
        """Record who looks at whom and why, then return what is kept; None if nothing is.

        Args:
            account: The operator's account id.
            by: Account id of whoever looks.
            reason: In words; it is recorded.

        Raises:
            NoReasonError: The reason is too short or too long.
            NoRegisterError: No register is in force.
            MinorsAccessNeededError: It is a minor's, and whoever looks has no approval.
            UnavailableError: The reading could not be recorded, or the state cannot be read.

        """
        given = checked_reason(reason)
        book = self.consents.book()
        person = self.person(account)
        names = self._with_chains(person)
        said = {"what": READ_WHAT, "by": by, "reason": given}
        if not names:
            # In nobody's chain: an id that was mistyped must not become somebody.
            self.recorder.record(Kind.OPERATOR_READ, {**said, "reason": IN_NOBODYS_CHAIN})
            return None
        if self._is_minor(person) and not self.approved(self.consents.names_of(person), by):
            raise MinorsAccessNeededError
        for name in sorted(names):
            self.recorder.record(Kind.OPERATOR_READ, dict(said), person=name)
        return self._record(person, book)

    def labels_cleared(self, account: str, activity: ActivityId) -> None:
        """Record that the labels of an activity were cleared, as somebody was asked to do.

        Raises:
            NoLabelRequestError: No such request is open.
            UnavailableError: It could not be recorded.

        """
        self.consents.labels_cleared(self.person(account), activity)

    def _is_minor(self, person: PersonKey) -> bool:
        now = max(to_us(self.clock.now()), self.consents.seen().at)
        return self.consents.state_of(person, now).individual.age.is_minor

    def _with_chains(self, person: PersonKey) -> frozenset[PersonKey]:
        """Return the names of an individual under which something was recorded."""
        tag = self.recorder.payloads.tag
        return frozenset(name for name in self.consents.names_of(person) if tag(name) is not None)

    def _record(self, person: PersonKey, book: Book) -> IndividualRecord:
        now = to_us(self.clock.now())
        state = self.consents.state_of(person, max(now, self.consents.seen().at))
        stands = sorted(self.consents.standing_of(person).items())
        names = self.consents.names_of(person)
        return IndividualRecord(
            state=state,
            names=len(names),
            stands=tuple(
                (entry, _counts(entry, item, book, state.individual.age, now))
                for item, entry in stands
            ),
            history=self.consents.history(person),
            renewals=self.consents.renewals(person),
            follow_ups=self.consents.follow_ups(person),
            used=self.counter.used_by(names, now=now),
            labels=self.consents.label_requests(person),
        )


def _counts(entry: Entry, item: ConsentItemId, book: Book, age: AgeBand, at: int) -> bool:
    """Tell whether an act is a consent that counts by the register in force."""
    found = book.item_by_id.get(item)
    if found is None:
        return False
    by_guardian = needs_guardian(book, book.register.activity_by_id[found.activity], age)
    return is_in_force(
        entry.event,
        needed=found.form,
        accepted=book.accepted[item],
        by_guardian=by_guardian,
        at=at,
    )
