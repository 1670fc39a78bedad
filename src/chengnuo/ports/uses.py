"""What was done with information and what was shown, kept beside the log so that it can be counted.

A projection: one row for each record of a decision, a provision, an export or a notice shown, made
from the evidence log by position. Taking a record in twice changes nothing. What a destroyed key
sealed is taken out again, so that a count never tells what its records no longer can.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from chengnuo.ports.individuals import PersonKey


@dataclass(frozen=True, slots=True, kw_only=True)
class UseSeen:
    """One record, as far as it is counted.

    Attributes:
        position: Position of the record.
        ordinal: Dense number of the individual; 0 for a batch.
        at: Its effective instant, microseconds since 1970.
        kind: Kind of the record.
        activity: Row of the register, as are `recipient` and `item`; may be empty.
        register: Version of the register.
        outcome: Outcome of a decision about one individual; else empty.
        rules: Rules that decided it.
        categories: Categories it speaks of; None for all that the activity handles.
        consents: Positions of the acts that a decision names.
        request: The question of a decision, as JSON; empty where the record has none.
        seen: Records of the log that a decision took into account.
        started: Whether the individual had just started the function.
        age: Age band that a decision was given on; empty if unknown.
        count: Individuals in a batch.
        permitted: Of these, how many were permitted.

    """

    position: int
    ordinal: int
    at: int
    kind: str
    activity: str = ""
    recipient: str = ""
    item: str = ""
    register: str = ""
    outcome: str = ""
    rules: tuple[str, ...] = ()
    categories: tuple[str, ...] | None = None
    consents: tuple[int, ...] = ()
    request: str = ""
    seen: int = 0
    started: bool = False
    age: str = ""
    count: int = 0
    permitted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UseSum:
    """How often something was done with one individual's information.

    Attributes:
        kind: Kind of the records.
        activity: For which activity; may be empty.
        recipient: Given to whom; empty for nobody.
        categories: Which categories; None for all of the activity.
        counts: How often since each of the instants asked about.
        last: When it was done last, microseconds since 1970.

    """

    kind: str
    activity: str
    recipient: str
    categories: tuple[str, ...] | None
    counts: tuple[int, ...]
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionSum:
    """How many decisions about one individual came out alike.

    Attributes:
        outcome: Outcome.
        rules: Rules that decided.
        count: How many records.

    """

    outcome: str
    rules: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedFor:
    """How many decisions about one individual came out alike for an activity.

    Attributes:
        activity: Row of the register; may be empty.
        outcome: Outcome.
        rules: Rules that decided.
        count: How many records.

    """

    activity: str
    outcome: str
    rules: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSum:
    """How many batch decisions there are, over how many individuals, and how many permitted."""

    records: int = 0
    individuals: int = 0
    permitted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivitySum:
    """How often something was done for an activity, for whomever.

    Attributes:
        activity: Row of the register; may be empty.
        recipient: Given to whom; empty for nobody.
        count: Individuals: one a record, of a batch all that were permitted.

    """

    activity: str
    recipient: str
    count: int


class UseStore(Protocol):
    """Keeps what was counted. Every method is one transaction."""

    def position(self) -> int:
        """Return how far the log was looked through: everything below is taken in."""
        ...

    def add(
        self,
        rows: Sequence[UseSeen],
        *,
        persons: Sequence[tuple[PersonKey, int]],
        deleted: Sequence[tuple[int, int]],
        position: int,
    ) -> None:
        """Take records in, all or none.

        Args:
            rows: In the order of the log.
            persons: Individuals concerned, with their ordinals.
            deleted: Ordinals about whom a deletion was recorded, and where: their keys are looked
                at until they are destroyed.
            position: How far the log was looked through.

        Raises:
            DatabaseUnavailableError: Nothing was taken in.

        """
        ...

    def with_deletion(self) -> tuple[tuple[PersonKey, int, int], ...]:
        """Return whose deletion is not settled yet: name, ordinal, position of its record."""
        ...

    def settle(self, ordinal: int) -> None:
        """Note that what a deletion destroyed has been taken out."""
        ...

    def forget(self, ordinal: int, *, below: int, kinds: Sequence[str]) -> None:
        """Take out an individual's rows of some kinds below a position; of all kinds if none."""
        ...

    def ordinals(self, persons: frozenset[PersonKey]) -> tuple[int, ...]:
        """Return the ordinals of some names, as far as anything of them was counted."""
        ...

    def used(self, ordinals: Sequence[int], since: Sequence[int]) -> tuple[UseSum, ...]:
        """Return what was done with an individual's information: permitted, provided, exported."""
        ...

    def by_activity(self, since: int) -> tuple[ActivitySum, ...]:
        """Return what was permitted, provided and exported since an instant, by activity."""
        ...

    def decided(self, since: int) -> tuple[DecisionSum, ...]:
        """Return how decisions about one individual came out, most often first."""
        ...

    def decided_for(self, since: int) -> tuple[DecidedFor, ...]:
        """Return how decisions about one individual came out, activity by activity."""
        ...

    def batches(self, since: int, *, kind: str) -> BatchSum:
        """Return what the batches of a kind add up to."""
        ...

    def by_day(self, since: int) -> tuple[tuple[int, str, int], ...]:
        """Return day (days since 1970 at +08:00), outcome and count of decisions about one."""
        ...

    def rows(  # noqa: PLR0913  what a page of rows is narrowed by
        self,
        since: int,
        *,
        kinds: Sequence[str],
        outcome: str = "",
        rule: str = "",
        activity: str = "",
        before: int | None = None,
        limit: int,
    ) -> tuple[UseSeen, ...]:
        """Return records, newest first."""
        ...

    def count(
        self,
        since: int,
        *,
        kinds: Sequence[str],
        outcome: str = "",
        rule: str = "",
        activity: str = "",
    ) -> int:
        """Return how many records `rows` has in all."""
        ...

    def person(self, ordinal: int) -> PersonKey | None:
        """Return whose an ordinal is; None if nobody's that is kept."""
        ...
