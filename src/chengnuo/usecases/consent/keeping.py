"""Recording what concerns consent, and the state kept beside the log.

An act is durable in the log first (strict), then taken into the state by the same way as a replay
takes it, then told to whoever follows the state, and only then acknowledged. Whatever happens in
between, the next start or the next read takes in what is missing; until then nobody reads it.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from threading import RLock

from chengnuo.base.errors import IntegrityError
from chengnuo.base.instant import to_us
from chengnuo.domain.decision.request import State
from chengnuo.domain.evidence.kinds import KeyClass
from chengnuo.domain.register.model import Register
from chengnuo.law.age import refuse_impossible
from chengnuo.law.civil import civil_date
from chengnuo.ports.clock import Clock
from chengnuo.ports.consents import (
    NOTHING_SEEN,
    Change,
    ConsentStore,
    Forgotten,
    Kept,
    KnownOfIndividual,
    Seen,
    StateAheadOfLogError,
)
from chengnuo.ports.evidence_log import Appended, Draft, LogBusyError, Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.followers import NOBODY, Follower
from chengnuo.usecases.consent.memory import Memory
from chengnuo.usecases.consent.state import readable, state_from
from chengnuo.usecases.consent.taking_in import Taken, TakingIn
from chengnuo.usecases.evidence.recording import Recorder

_AT_ONCE = 512
_ON_THE_WAY = 256
"""How many records of others an act looks through on its way, so that no act waits for many."""


class ConsentKeeper:
    """The state of consent over a log and a store."""

    def __init__(
        self,
        *,
        recorder: Recorder,
        store: ConsentStore,
        register_of: Callable[[str], Register | None],
        clock: Clock,
        follower: Follower = NOBODY,
    ) -> None:
        """Keep the state of a log; `catch_up` before the first read.

        Args:
            recorder: Records acts; its log and payloads are read as well.
            store: Where the state is kept.
            register_of: Returns the register of a kept version; None if it is not kept.
            clock: Tells the instant.
            follower: Told of every name concerned by an act, before the act is acknowledged.

        """
        self.recorder = recorder
        self.store = store
        self.clock = clock
        self.lock = RLock()
        self._follower = follower
        self._reading = TakingIn(
            log=recorder.log, payloads=recorder.payloads, register_of=register_of
        )
        self._memory = Memory(store.of)
        self._behind = True
        self._seen = NOTHING_SEEN

    def record(self, drafts: Sequence[Draft]) -> Appended:
        """Record acts, all or none, and take them into the state; in force on return.

        Raises:
            LogBusyError: The queue stayed full; nothing was recorded.
            LogUnavailableError: The disk refused; nothing was acknowledged.
            DatabaseUnavailableError: It is recorded and will be in force, but not yet.

        """
        with self.lock:
            self.ready()
            try:
                appended = self.recorder.log.append(drafts)
                self._take_in(appended, len(drafts))
            except LogBusyError:
                raise
            except BaseException:
                self._behind = True  # it may be in the log all the same
                self._follower.lost()
                raise
        return appended

    def ready(self) -> None:
        """Take in what is missing, if anything may be; raises what `catch_up` does."""
        if self._behind:
            with self.lock:
                if self._behind:
                    self.catch_up()

    def catch_up(self) -> None:
        """Look through the log from where the state stands to its end, and take everything in.

        Raises:
            StateAheadOfLogError: The log lacks records that the state holds.
            DatabaseUnavailableError: The state cannot be read or written.

        """
        with self.lock:
            self._behind = True
            at = self.store.position()
            newest = next(self.recorder.log.newest(), None)
            size = 0 if newest is None else newest.position + 1
            if at > size:
                raise StateAheadOfLogError(at, size)
            concerned: set[PersonKey] = set()
            try:
                while at < size:
                    upto = min(at + _AT_ONCE, size)
                    concerned |= self._apply(self.look(range(at, upto)), position=upto)
                    at = upto
                concerned |= self._forget_erased(size)
                if newest is not None:
                    self._seen = Seen(position=size, at=newest.leaf.at)
                self._behind = False
                self._tell(concerned, Seen(position=size, at=self._seen.at))
            except BaseException:
                self._follower.lost()
                raise

    def level(self) -> int:
        """Take in what others recorded since, and return how far the state goes then.

        For whoever reads the store by itself: of somebody whose keys are destroyed later the
        record of that comes first, so nobody erased by now is missed.

        Raises:
            StateAheadOfLogError: The log lacks records that the state holds.
            DatabaseUnavailableError: The state cannot be read or written.

        """
        with self.lock:
            self.ready()
            newest, at = next(self.recorder.log.newest(), None), self.store.position()
            if newest is None or at > newest.position:
                return at
            size = newest.position + 1
            try:
                while at < size:
                    upto = min(at + _AT_ONCE, size)
                    concerned = self._apply(self.look(range(at, upto)), position=upto)
                    self._tell(concerned, Seen(position=upto, at=newest.leaf.at))
                    at = upto
            except BaseException:
                self._behind = True
                self._follower.lost()  # it may not have been told
                raise
            self._seen = Seen(position=size, at=newest.leaf.at)
        return size

    def rebuild(self) -> None:
        """Empty the state and make it again from the log; nobody reads it meanwhile.

        Raises:
            DatabaseUnavailableError: It is not finished; the next read goes on with it.

        """
        with self.lock:
            # A replay cannot tell whom somebody erased was joined to.
            with suppress(IntegrityError):
                self.catch_up()
            self._behind = True
            self.store.reset()
            self._memory.all_changed()
            self.catch_up()

    def seen(self, *, by: int = 0) -> Seen:
        """Return how far the state goes, by at least so many records of the log that are there."""
        self.ready()
        if self._seen.position < by:
            with self.lock:  # who records an act of consent holds it until the state has that act
                self.ready()
                self._seen = replace(self._seen, position=max(by, self._seen.position))
        return self._seen

    def now(self) -> int:
        """Return the instant, never before the last record of the log."""
        return max(to_us(self.clock.now()), self._seen.at)

    def kept(self, person: PersonKey) -> Kept:
        """Return what is kept of somebody and still counts.

        Raises:
            StateAheadOfLogError: The log lacks records that the state holds.
            DatabaseUnavailableError: The state cannot be read.

        """
        self.ready()
        kept = self._memory.of(person)
        erased = frozenset(name for name in kept.names if self.recorder.payloads.erasures(name))
        if erased:
            kept = replace(kept, erased=erased)
        return readable(kept, frozenset(name for name in erased if self._is_gone(name, kept)))

    def at_hand(self, person: PersonKey) -> bool:
        """Tell whether somebody's state is known without waiting for a disk."""
        return not self._behind and self._memory.has(person)

    def state_of(self, person: PersonKey, at: int) -> State:
        """Return what was so about somebody at an instant, as far as is known now.

        Args:
            person: Anybody; of somebody unknown nothing is known.
            at: Microseconds since 1970; what took effect exactly then counts.

        Raises:
            StateAheadOfLogError: The log lacks records that the state holds.
            DatabaseUnavailableError: The state cannot be read; nobody may be told yes.

        """
        return state_from(self.kept(person), at)

    def know(self, person: PersonKey, known: KnownOfIndividual) -> None:
        """Keep what the operator says of somebody; it is no evidence, and not in the log.

        Raises:
            InvalidInputError: Nobody can be born then (`law.age.refuse_impossible`).

        """
        refuse_impossible(known.birth_date, civil_date(self.clock.now()))
        with self.lock:
            self._follower.expects(person)
            try:
                self.store.know(person, known)
                self._memory.changed([person])
                self._tell([person], None)
            except BaseException:
                self._follower.lost()
                raise
            self._follower.expects(None)

    def _take_in(self, appended: Appended, count: int) -> None:
        """Take in acts just appended, and a part of what others recorded before them."""
        at, end = self.store.position(), appended.first + count
        upto = min(at + _ON_THE_WAY, appended.first)
        taken = self.look([*range(at, upto), *range(appended.first, end)])
        position = end if upto >= appended.first else upto
        concerned = self._apply(taken, position=position)
        self._seen = Seen(position=end, at=appended.at)
        self._tell(concerned, Seen(position=position, at=appended.at))

    def look(self, positions: Iterable[int]) -> list[Taken]:
        """Return what records change, in their order."""
        records = (self.recorder.log.record(Position(position)) for position in positions)
        found = map(self._reading.taken, records)
        return [one for one in found if one is not None]

    def _apply(self, taken: Sequence[Taken], *, position: int) -> set[PersonKey]:
        """Take records in and return whom they concern."""
        changes = [one.change for one in taken]
        ordinals = list(dict.fromkeys(pair for one in taken for pair in one.persons))
        concerned = {person for person, _ in ordinals}
        for change in changes:
            if isinstance(change, Forgotten):
                forgotten = self.store.person(change.ordinal)
                concerned |= set() if forgotten is None else {forgotten}
                self._follower.forgotten(change.ordinal)
        if self._follower is not NOBODY:
            for person, ordinal in ordinals:  # with a new one all under the older is forgotten
                older = self.store.ordinal(person)
                if older not in {None, ordinal}:
                    self._follower.forgotten(older)
        self._put(changes, ordinals, position, concerned)
        return concerned

    def _put(
        self,
        changes: Sequence[Change],
        ordinals: Sequence[tuple[PersonKey, int]],
        position: int,
        concerned: Collection[PersonKey],
    ) -> None:
        try:
            self.store.apply(changes, ordinals=ordinals, position=position)
        except BaseException:  # it is not known whether it was applied
            self._memory.changed(concerned)
            raise
        erased = filter(self.recorder.payloads.erasures, concerned)
        self._memory.grown(concerned, changes, anew=erased)

    def _tell(self, persons: Iterable[PersonKey], seen: Seen | None) -> None:
        if self._follower is NOBODY:
            return
        told: set[PersonKey] = set()
        for person in persons:
            if person in told:
                continue
            kept = self.kept(person)
            state = state_from(kept, self.now())
            for name in sorted(kept.names - told):
                self._follower.changed(name, state)
            told |= kept.names
        if seen is not None:
            self._follower.reached(seen)

    def _forget_erased(self, size: int) -> set[PersonKey]:
        """Drop everybody whose proof key was destroyed after the deletion was recorded."""
        erased = {
            person: ordinal
            for person, ordinal in self.store.with_deletion()
            if self._lacks_proof_key(person) and self._is_gone(person, self.store.of(person))
        }
        if erased:
            changes = [Forgotten(ordinal=ordinal) for ordinal in erased.values()]
            for ordinal in erased.values():
                self._follower.forgotten(ordinal)
            self._put(changes, (), size, erased)
        return set(erased)

    def _lacks_proof_key(self, name: PersonKey) -> bool:
        return any(one.key is KeyClass.PROOF for one in self.recorder.payloads.erasures(name))

    def _is_gone(self, name: PersonKey, kept: Kept) -> bool:
        """Tell whether nothing of a name can be read any more; one key seals it, so one tells."""
        if not self._lacks_proof_key(name):
            return False
        positions = [
            *(entry.event.position for entry in kept.entries if entry.event.alias == name),
            *(one.position for one in kept.settings if one.alias == name),
        ]
        if not positions:
            return True
        record = self.recorder.log.record(Position(positions[0]))
        return self.recorder.payloads.person(record) is None
