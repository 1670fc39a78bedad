"""The state of consent, kept beside the log so that it need not be read from the log each time.

It is a projection: everything in it but what is known of individuals from elsewhere (birth date,
account) follows from the evidence log, and can be made again from it. Taking a record in a second
time changes nothing, so a replay may begin anywhere before what is missing.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from chengnuo.base.errors import IntegrityError
from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.event import Merge
from chengnuo.domain.consent.setting import Setting
from chengnuo.domain.consent.what_follows import FollowKind, FollowUp
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.sifting import Sifter


class StateAheadOfLogError(IntegrityError):
    """The state of consent knows records that the log does not have."""

    code = "consent-ahead-of-log"

    def __init__(self, position: int, size: int) -> None:
        super().__init__(
            f"the state of consent holds {position} records of a log that has {size}; "
            "a withdrawal may be lost: restore log and database of one time"
        )
        self.position = position
        self.size = size


@dataclass(frozen=True, slots=True, kw_only=True)
class ActKept:
    """An act on a consent item.

    Attributes:
        entry: The act.
        follow_ups: What follows from it; empty unless it is a withdrawal.

    """

    entry: Entry
    follow_ups: tuple[FollowUp, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeKept:
    """Two names joined; the name of somebody whose proof key is destroyed is empty."""

    merge: Merge


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingKept:
    """A switch, a restriction or an objection set."""

    setting: Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpDone:
    """Something that followed from a withdrawal was acknowledged.

    Attributes:
        person: Under which name.
        withdrawal: Position of the withdrawal.
        kind: What was done.
        recipient: Who was told; empty where nobody was.
        at: When.
        position: Position of the record of that.

    """

    person: PersonKey
    withdrawal: int
    kind: FollowKind
    recipient: str
    at: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionSeen:
    """A deletion about somebody was recorded: their keys are looked at from now on."""

    person: PersonKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """Somebody's proof key is destroyed; nothing of theirs may be kept any more."""

    ordinal: int


Change = ActKept | MergeKept | SettingKept | FollowUpDone | DeletionSeen | Forgotten


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOfIndividual:
    """What is known of an individual from elsewhere than the log.

    Attributes:
        birth_date: Civil date; None if not known.
        account: Where the account stands; None if nobody has said.

    """

    birth_date: date | None = None
    account: AccountState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How far the state goes.

    Attributes:
        position: How many records of the log are in it.
        at: Effective instant of the last of them, microseconds since 1970; 0 for none.

    """

    position: int
    at: int


NOTHING_SEEN = Seen(position=0, at=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """All that is kept of one individual, under every name joined to the one asked about.

    Attributes:
        names: The names.
        entries: Acts on consent items, oldest first.
        merges: What joined the names, oldest first.
        settings: Acts on settings, oldest first.
        known: What is known of each name from elsewhere.
        erased: Names under which something was erased; whoever asks the key vault puts them in.
        worked_out: What was worked out from all this before, by whoever did; it never changes.

    """

    names: frozenset[PersonKey]
    entries: tuple[Entry, ...]
    merges: tuple[Merge, ...]
    settings: tuple[Setting, ...]
    known: tuple[KnownOfIndividual, ...]
    erased: frozenset[PersonKey] = frozenset()
    worked_out: dict[str, object] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )


class ConsentStore(Sifter, Protocol):
    """Keeps the state of consent, and sifts by it. Every method is one transaction."""

    def position(self) -> int:
        """Return how far the log was looked through: everything below is taken in."""
        ...

    def apply(
        self,
        changes: Sequence[Change],
        *,
        ordinals: Sequence[tuple[PersonKey, int]],
        position: int,
    ) -> None:
        """Take records in, all or none, with how far the log was looked through.

        Args:
            changes: In the order of the log.
            ordinals: Dense number of each individual concerned.
            position: Not below the one that stands; a lower one leaves that in place.

        Raises:
            DatabaseUnavailableError: Nothing was taken in.

        """
        ...

    def reset(self) -> None:
        """Empty the projection; what is known from elsewhere, and ordinals, stay."""
        ...

    def of(self, person: PersonKey) -> Kept:
        """Return all that is kept of an individual; empty for somebody nobody knows."""
        ...

    def know(self, person: PersonKey, known: KnownOfIndividual) -> None:
        """Keep what is known of an individual from elsewhere; None leaves what stands."""
        ...

    def answered(self, names: frozenset[PersonKey], prompt: str, item: ConsentItemId) -> int | None:
        """Return where one prompt about an item was answered under a name; None if nowhere."""
        ...

    def running_out(self, at: int, *, limit: int, after: int = -1) -> tuple[Entry, ...]:
        """Return consents for a time that has ended by `at` and after which nothing was done.

        Args:
            at: Microseconds since 1970.
            limit: At most so many, by position.
            after: Only later positions.

        """
        ...

    def given_otherwise(
        self, accepted: Mapping[ConsentItemId, frozenset[str]], *, limit: int, after: int = -1
    ) -> tuple[Entry, ...]:
        """Return consents to another text than counts, after which nothing was done.

        Args:
            accepted: The fingerprints that count, for each item that is looked at.
            limit: At most so many, by position.
            after: Only later positions.

        """
        ...

    def follow_ups(
        self,
        persons: frozenset[PersonKey] | None,
        *,
        due: int | None = None,
        since: int | None = None,
        limit: int = 10_000,
    ) -> tuple[FollowUp, ...]:
        """Return what follows from withdrawals, soonest due first.

        Args:
            persons: Of these names; None for everybody.
            due: Only what is open and due at this instant; None for all.
            since: Only what was due from this instant on and was not called off; None for all.
            limit: At most so many.

        """
        ...

    def ordinal(self, person: PersonKey) -> int | None:
        """Return the dense number of an individual; None if nothing was recorded of them."""
        ...

    def person(self, ordinal: int) -> PersonKey | None:
        """Return whose a dense number is; None if nobody's that is kept."""
        ...

    def everyone(self) -> Iterator[tuple[PersonKey, int]]:
        """Yield everybody of whom something was recorded, by ordinal."""
        ...

    def names(self) -> Iterator[PersonKey]:
        """Yield every name that the answer about anybody can rest on, in order.

        Also those of whom something is known from elsewhere alone.
        """
        ...

    def how_many(self) -> int:
        """Return of how many people something was recorded; names of one person count apart."""
        ...

    def born_between(self, first: date, before: date) -> tuple[PersonKey, ...]:
        """Return everybody known to be born from a day on and before another."""
        ...

    def is_born_since(self, first: date) -> bool:
        """Tell whether anybody is known to be born on a day or later."""
        ...

    def settings_under(self, prefix: str, *, limit: int) -> tuple[Setting, ...]:
        """Return acts on the settings whose name begins so, under every name; newest first."""
        ...

    def acted_on(
        self, items: Collection[ConsentItemId], settings: Collection[str]
    ) -> Iterator[PersonKey]:
        """Yield the names under which there is an act on one of some items or settings."""
        ...

    def with_deletion(self) -> tuple[tuple[PersonKey, int], ...]:
        """Return everybody about whom a deletion was recorded, with their ordinals."""
        ...
