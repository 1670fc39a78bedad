"""One PostgreSQL database for everything that several processes share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from time import monotonic

from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.key_rows import PostgresqlKeyRows
from chengnuo.adapters.postgresql.lease import (
    CLAIMED_S,
    HELD_S,
    Lease,
    claim,
    give_back,
    holding,
)
from chengnuo.adapters.postgresql.log_batches import LogBatches


@dataclass(slots=True, kw_only=True)
class SharedDatabase:
    """`Elsewhere`: the records of the log, the keys, and who of several may write them.

    Attributes:
        database: Where; stores may be over it too, and write under the same lease.
        holder: A name of this process, which no other has.
        address: Where this process takes requests; empty if it takes none.
        lost: Called once if the right to write is lost.
        held_s: How long it is held without being renewed.
        claimed_s: How long a claim stands.
        lease: The lease while this process holds it.

    """

    database: PostgresqlDatabase
    holder: str
    address: str = ""
    lost: Callable[[], None] = lambda: None
    held_s: float = HELD_S
    claimed_s: float = CLAIMED_S
    lease: Lease | None = None
    _claimed: int | None = field(default=None, init=False)
    _claimed_until: float = field(default=0.0, init=False)

    def is_led(self) -> bool:
        """Tell whether another process may write just now.

        Raises:
            DatabaseUnavailableError: The database does not answer.

        """
        with self.database.read() as connection:
            found = holding(connection)
        return found is not None and found.stands_against(self.holder)

    def claim(self) -> bool:
        """Take the right to write if nobody has it, for as long as it takes to begin to write.

        Raises:
            DatabaseUnavailableError: The database does not answer.

        """
        asked = monotonic()  # before: here it ends no later than in the database
        self._claimed = claim(
            self.database, holder=self.holder, address=self.address, held_s=self.claimed_s
        )
        self._claimed_until = asked + self.claimed_s
        return self._claimed is not None

    def claim_left_s(self) -> float:
        """Return for how long still nobody else can write who could not since the claim.

        The lease that is taken under a claim takes its place, with the shorter time that it has.
        """
        lease = self.lease
        if self._claimed is None:
            return 0.0
        if lease is None:
            return max(0.0, self._claimed_until - monotonic())
        # With any other number somebody had it in between, and may have written.
        return lease.left_s if lease.fence == self._claimed + 1 else 0.0

    def give_back(self) -> None:
        """Let another write, where this process claimed the right to and cannot use it.

        A lease runs out: whatever was said to stand as long as it does, planes above all, does.
        """
        self.let_go()()

    def let_go(self) -> Callable[[], None]:
        """Go on with no claim from now on, and return what tells the database: see `give_back`."""
        claimed, self._claimed = self._claimed, None
        if self.lease is not None:
            self.lease.let_run_out()
        elif claimed is not None:
            return partial(give_back, self.database, claimed)
        return lambda: None

    def left_s(self) -> float:
        """Return for how long nobody else can write."""
        return 0.0 if self.lease is None else self.lease.left_s

    def batches(self, origin: str) -> LogBatches:
        """See `Elsewhere.batches`."""
        return LogBatches(self.database, origin)

    def keys(self) -> PostgresqlKeyRows:
        """See `Elsewhere.keys`."""
        return PostgresqlKeyRows(self.database)

    def hold(self) -> Callable[[], None]:
        """See `Elsewhere.hold`.

        Raises:
            LeaseHeldError: Another process has it.
            DatabaseUnavailableError: The database does not answer.

        """
        # First: it may be taken there and then, and this process sleep before it knows.
        self._claimed_until = min(self._claimed_until, monotonic() + self.held_s)
        self.lease = Lease(
            self.database,
            holder=self.holder,
            address=self.address,
            held_s=self.held_s,
            lost=self.lost,
        )
        return self.lease.close
