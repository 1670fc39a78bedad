"""One PostgreSQL database for everything that several processes share."""

from collections.abc import Callable
from dataclasses import dataclass, field

from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.key_rows import PostgresqlKeyRows
from chengnuo.adapters.postgresql.lease import (
    CLAIMED_S,
    HELD_S,
    Lease,
    LeaseHeldError,
    holding,
)
from chengnuo.adapters.postgresql.log_batches import LogBatches
from chengnuo.ports.following import NoLeaderError


@dataclass(slots=True, kw_only=True)
class SharedDatabase:
    """`Elsewhere`: the records of the log, the keys, and who of several may write them.

    Attributes:
        database: Where; stores may be over it too, and write under the same lease.
        holder: A name of this process, which no other has.
        address: Where this process takes requests; empty if it takes none.
        lost: Called once if the right to write is lost.
        held_s: How long it is held without being renewed.
        claimed_s: How long a claim is renewed that nothing is made of.
        lease: The lease while this process holds it.

    """

    database: PostgresqlDatabase
    holder: str
    address: str = ""
    lost: Callable[[], None] = lambda: None
    held_s: float = HELD_S
    claimed_s: float = CLAIMED_S
    lease: Lease | None = None
    _claim: Lease | None = field(default=None, init=False)

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

        A process that is killed, or paused, on its way renews it no more.

        Raises:
            DatabaseUnavailableError: The database does not answer.

        """
        if self._claim is None or self._claim.left_s == 0:
            try:
                lease = self._taken()
            except LeaseHeldError:
                return False
            lease.keep(self.claimed_s)
            self.lease = self._claim = lease
        return True

    def claim_left_s(self) -> float:
        """Return for how long still nobody else can write who could not since the claim."""
        return 0.0 if self._claim is None else self._claim.left_s

    def give_back(self) -> None:
        """Let another write, where this process claimed the right to and cannot use it.

        A lease that is kept runs out: what was said to stand as long as it does, does.
        """
        self.let_go()()

    def let_go(self) -> Callable[[], None]:
        """Go on with no claim from now on, and return what tells the database: see `give_back`."""
        lease, self._claim = self.lease, None
        if lease is None:
            return lambda: None
        if lease.is_kept:
            lease.let_run_out()
            return lambda: None
        self.lease = None
        return lease.let_go()

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
            LeaseLostError: Another process has had it since it was claimed.
            DatabaseUnavailableError: The database does not answer.

        """
        lease = self._claim
        if lease is None or lease.left_s == 0:  # somebody may have written in between
            lease = self._taken()
        else:
            lease.keep()
            lease.renew()  # whoever got ready for long may not have done so for a while
        self.lease = lease
        return lease.close

    def kept(self) -> Lease:
        """Return the lease that is held.

        Raises:
            NoLeaderError: It was let go of meanwhile.

        """
        lease = self.lease
        if lease is None:
            raise NoLeaderError
        return lease

    def _taken(self) -> Lease:
        return Lease(
            self.database,
            holder=self.holder,
            address=self.address,
            held_s=self.held_s,
            lost=self.lost,
        )
