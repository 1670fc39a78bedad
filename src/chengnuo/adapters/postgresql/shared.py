"""One PostgreSQL database for everything that several processes share."""

from collections.abc import Callable
from dataclasses import dataclass

from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.key_rows import PostgresqlKeyRows
from chengnuo.adapters.postgresql.lease import HELD_S, Lease
from chengnuo.adapters.postgresql.log_batches import LogBatches


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedDatabase:
    """`Elsewhere`: the records of the log, the keys, and who of several may write them.

    Attributes:
        database: Where; stores may be over it too, and write under the same lease.
        holder: A name of this process for people.
        address: Where this process takes requests; empty if it takes none.
        lost: Called once if the right to write is lost.
        held_s: How long it is held without being renewed.

    """

    database: PostgresqlDatabase
    holder: str
    address: str = ""
    lost: Callable[[], None] = lambda: None
    held_s: float = HELD_S

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
        lease = Lease(
            self.database,
            holder=self.holder,
            address=self.address,
            held_s=self.held_s,
            lost=self.lost,
        )
        return lease.close
