"""What can be asked about consents: of whom, what stands, what has to be done or asked anew."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Self

from chengnuo.base.instant import from_us
from chengnuo.domain.consent.asking import Asking
from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.event import Act
from chengnuo.domain.consent.setting import Setting, refuses_machine_only, settled
from chengnuo.domain.consent.what_follows import UNDO_FOR_US, FollowUp
from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.conditions import Conditions
from chengnuo.domain.decision.request import State
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.ids import ActivityId, AppId
from chengnuo.domain.register.model import Register
from chengnuo.law.age import AgeBand
from chengnuo.law.civil import civil_date, instant_us
from chengnuo.ports.clock import Clock
from chengnuo.ports.consents import ConsentStore, Seen
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.sifting import Sifted
from chengnuo.ports.versions import UnknownVersionError
from chengnuo.usecases.consent import ending, following
from chengnuo.usecases.consent.asking import asking_of
from chengnuo.usecases.consent.followers import NOBODY, Follower
from chengnuo.usecases.consent.keeping import ConsentKeeper
from chengnuo.usecases.consent.overview import Overview, overview_of
from chengnuo.usecases.consent.renewing import Renewal, renewals
from chengnuo.usecases.consent.state import before, state_from
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.register_desk import Desk


class ConsentReading:
    """What is known of consents; `ConsentDesk` adds what can be done."""

    def __init__(
        self,
        *,
        recorder: Recorder,
        store: ConsentStore,
        desk: Desk,
        clock: Clock,
        follower: Follower = NOBODY,
    ) -> None:
        """Make it; `open` it once the register desk is open and before anybody is served.

        Args:
            recorder: Records acts; its log and payloads are read as well.
            store: Where the state is kept.
            desk: The register in force and the kept versions.
            clock: Tells the instant.
            follower: Told of every name that an act concerns and of its new state, before the act
                is acknowledged, so that whatever follows the state is never behind.

        """
        self._desk = desk
        self._keeper = ConsentKeeper(
            recorder=recorder,
            store=store,
            register_of=self._register_of,
            clock=clock,
            follower=follower,
        )
        self._book: Book | None = None
        self._superseded: Book | None = None
        self._grown_on: date | None = None

    @property
    def keeper(self) -> ConsentKeeper:
        """What records acts and keeps the state, for whoever follows it."""
        return self._keeper

    def open(self) -> Self:
        """Take in what the log holds and the state lacks; again after keys were destroyed.

        Raises:
            StateAheadOfLogError: The log lacks records that the state holds.
            DatabaseUnavailableError: The state cannot be read or written.

        """
        self._keeper.catch_up()
        return self

    def rebuild(self) -> None:
        """Make the state again from the log alone; readers wait meanwhile."""
        self._keeper.rebuild()

    def book(self) -> Book:
        """Return the register in force, as it counts today.

        Raises:
            NoRegisterError: Nothing is served.

        """
        register, day = self._desk.served.register, civil_date(self._keeper.clock.now())
        book = self._book
        if book is None or book.register is not register or book.day != day:
            self._book = book = Book(register=register, catalogue=self._desk.catalogue, day=day)
        return book

    def now(self) -> datetime:
        """Return the instant that counts as now: never before the last record."""
        return from_us(self._keeper.now())

    def seen(self, *, by: int = 0) -> Seen:
        """Return how far the state goes; see `States.seen`."""
        return self._keeper.seen(by=by)

    def at_hand(self, person: PersonKey) -> bool:
        """Tell whether somebody's state is known without waiting for a disk."""
        return self._keeper.at_hand(person)

    def state_of(self, person: PersonKey, at: int) -> State:
        """Return what was so about somebody at an instant; see `ConsentKeeper.state_of`."""
        return self._keeper.state_of(person, at)

    def state_before(self, person: PersonKey, at: int, *, position: int | None = None) -> State:
        """Return what was so at an instant by the first records of the log; see `States`."""
        kept = self._keeper.kept(person)
        if position is not None:
            kept = before(kept, person, position)
        return state_from(kept, at)

    def standing_of(self, person: PersonKey) -> dict[ConsentItemId, Entry]:
        """Return the act that stands for each item, with what its record binds it to."""
        return ending.standing_entries(self._keeper, person)

    def history(self, person: PersonKey) -> tuple[Entry, ...]:
        """Return every act on consent items under all their names, newest first."""
        return self._keeper.kept(person).entries[::-1]

    def settings(self, person: PersonKey) -> tuple[Setting, ...]:
        """Return every act on a setting under all their names, newest first."""
        return self._keeper.kept(person).settings[::-1]

    def refuses_machine_only(self, person: PersonKey, activity: ActivityId, at: int) -> bool:
        """Tell whether somebody had refused that machines alone decide in an activity.

        Args:
            person: Who.
            activity: The activity.
            at: Microseconds since 1970; what took effect exactly then counts.

        """
        kept = self._keeper.kept(person)
        acts = [one for one in kept.settings if one.at <= at]
        merges = [one for one in kept.merges if one.at <= at]
        return refuses_machine_only(settled(acts, merges), activity)

    def can_undo(self, person: PersonKey) -> tuple[Entry, ...]:
        """Return the withdrawals that can be undone now."""
        now = self._keeper.now()
        return tuple(
            entry
            for entry in self.standing_of(person).values()
            if entry.event.act is Act.WITHDRAW and now < entry.event.at + UNDO_FOR_US
        )

    def may_ask(self, person: PersonKey, item: ConsentItemId, *, started: bool) -> Asking:
        """Tell whether somebody may be asked for an item now.

        Args:
            person: Whom.
            item: What for.
            started: Whether they have just started the function themselves.

        Raises:
            NoSuchConsentItemError: The register asks for no such consent.

        """
        return asking_of(self._keeper, self.book(), person, item, started=started)

    def overview(self, person: PersonKey, *, app: AppId | None = None) -> Overview:
        """Return all that stands for somebody, of one state; `app` leaves out other apps."""
        return overview_of(self._keeper, self.book(), person, self._register_of, app=app)

    def renewals(self, person: PersonKey) -> tuple[Renewal, ...]:
        """Return what they have to agree to anew because its text has changed."""
        return renewals(self._keeper, person, self.book(), self._register_of)

    def follow_ups(
        self,
        person: PersonKey | None = None,
        *,
        due_at: datetime | None = None,
        since: datetime | None = None,
        limit: int = 10_000,
    ) -> tuple[FollowUp, ...]:
        """Return what follows from withdrawals, soonest due first.

        Args:
            person: Whose, under all their names; None for everybody's.
            due_at: Only what is open and due then; None for all.
            since: Only what was due from then on and was not called off; None for all.
            limit: At most so many.

        Raises:
            NaiveInstantError: The instant has no time zone.

        """
        due = None if due_at is None else instant_us(due_at, "due_at")
        after = None if since is None else instant_us(since, "since")
        return following.follow_ups(self._keeper, person, due_at=due, since=after, limit=limit)

    def level(self) -> int | None:
        """Return how far the kept state goes once nothing of the log is missing in it."""
        return self._keeper.level()

    def sift(
        self,
        people: Sequence[PersonKey],
        conditions: Conditions,
        *,
        at: int,
        age: AgeBand = AgeBand.UNKNOWN,
        account: AccountState = AccountState.GUEST,
    ) -> Sifted:
        """See `Sifter.sift`."""
        return self._keeper.store.sift(people, conditions, at=at, age=age, account=account)

    def is_erased(self, person: PersonKey) -> bool:
        """Tell whether keys of somebody were destroyed."""
        return bool(self._keeper.recorder.payloads.erasures(person))

    def names_of(self, person: PersonKey) -> frozenset[PersonKey]:
        """Return all names of an individual, the one given among them."""
        return self._keeper.kept(person).names

    def ordinal_of(self, person: PersonKey) -> int | None:
        """Return the dense number of an individual; None if nothing was recorded of them."""
        self._keeper.ready()
        return self._keeper.store.ordinal(person)

    def everyone(self) -> Iterator[tuple[PersonKey, int]]:
        """Yield everybody of whom something was recorded, by ordinal."""
        self._keeper.ready()
        return self._keeper.store.everyone()

    def _register_of(self, version: str) -> Register | None:
        try:
            return self._desk.register_of(version).register if version else None
        except UnknownVersionError:
            return None
