"""Who may write: a lease in the database, with a number that only grows.

Many processes may serve one database; one of them writes. It holds the lease for a while at a time
and renews it. Every transaction that writes looks, under the write lock, whether the number of the
lease is still its own: a process that slept while another took the lease over can write nothing,
whatever it believes. Time is the database's own, so no other host's clock matters. Where that one
jumps ahead a lease ends early; what is written stays fenced all the same.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from threading import Event, Lock, Thread
from time import monotonic

from sqlalchemy import BigInteger, ColumnElement, Connection, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert

from chengnuo.adapters.postgresql.database import PostgresqlDatabase, Work, hold_off
from chengnuo.adapters.postgresql.fence import LeaseLostError
from chengnuo.adapters.postgresql.tables import LEASE
from chengnuo.base.errors import ConflictError, UnavailableError

LOG = logging.getLogger("chengnuo.following")
HELD_S = 9.0
"""How long a lease is held without being renewed; a transaction that stands idle ends before."""
CLAIMED_S = 120.0
"""How long a lease is renewed by a process that only gets ready to write; it may hang there."""
_RENEWALS = 3
_TRIES = 2
_NOW: ColumnElement[int] = literal_column(
    "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint", BigInteger
)
_L = LEASE.c


class LeaseHeldError(ConflictError):
    """Another process holds the lease; this one may read."""

    code = "lease-held"

    def __init__(self, holder: str) -> None:
        super().__init__(f"the database is being written by `{holder}`")
        self.holder = holder


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Who holds the lease.

    Attributes:
        fence: Its number; whoever has another may not write.
        holder: A name of the process, which no other has.
        address: Where the holder takes requests, as `http://HOST:PORT`.
        left_us: For how long still, in microseconds; not above 0 if it ran out.

    """

    fence: int
    holder: str
    address: str
    left_us: int

    def stands_against(self, holder: str) -> bool:
        """Tell whether it keeps a process from writing: it has not run out, and is another's."""
        return self.left_us > 0 and self.holder != holder


def holding(connection: Connection, *, to_take: bool = False) -> Holding | None:
    """Return who holds the lease; None if nobody ever did.

    Args:
        connection: Of a transaction.
        to_take: Whether it may be taken in that transaction: then nobody renews it meanwhile.

    """
    query = select(_L.fence, _L.holder, _L.address, (_L.until - _NOW).label("left"))
    if to_take:  # whoever renews it takes no lock but that of the row
        query = query.with_for_update()
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return Holding(fence=row.fence, holder=row.holder, address=row.address, left_us=row.left)


def _taken(
    connection: Connection, found: Holding | None, *, holder: str, address: str, held_s: float
) -> int:
    """Write the lease with the next number, in the transaction at hand."""
    until = _NOW + int(held_s * 1_000_000)
    fence = 1 if found is None else found.fence + 1
    given = {"fence": fence, "holder": holder, "address": address, "until": until}
    taken = insert(LEASE).values(id=1, **given)
    connection.execute(taken.on_conflict_do_update(index_elements=[_L.id], set_=given))
    return fence


class Lease:
    """The right to write a database, renewed by a thread until it is given back or lost.

    Another thread counts the time that is left, for a statement that renews it may hang for longer.
    """

    def __init__(
        self,
        database: PostgresqlDatabase,
        *,
        holder: str,
        address: str,
        held_s: float = HELD_S,
        lost: Callable[[], None] = lambda: None,
    ) -> None:
        """Take the lease.

        Whoever has taken it may do so again: the answer of the first time may have been lost.

        Args:
            database: What is to be written; from now on it writes under this lease only.
            holder: A name of this process, which no other has.
            address: Where the others send what is to be written.
            held_s: How long it is held without being renewed.
            lost: Called once if it is kept, from whichever thread finds it lost: another has it,
                the tables are of another program now, or it could not be renewed in time.

        Raises:
            LeaseHeldError: Another holds it; nothing was changed.
            DatabaseUnavailableError: The database does not answer.

        """
        self._database = database
        self._held_us = int(held_s * 1_000_000)
        self._held_s = held_s
        self._lost = lost
        self._renewed_until = inf
        self._ended = Event()
        self._ending = Lock()
        asked = monotonic()
        with database.unfenced().write() as connection:
            hold_off(connection, *Work)  # what another has begun is over, or will never be
            found = holding(connection, to_take=True)
            if found is not None and found.stands_against(holder):
                raise LeaseHeldError(found.holder)
            self.fence = _taken(connection, found, holder=holder, address=address, held_s=held_s)
        self._renewed = asked
        database.fence.number = self.fence
        database.fence.lost = self._end
        self._thread = Thread(target=self._renew_along, name="lease", daemon=True)
        self._thread.start()
        Thread(target=self._count, name="time of the lease", daemon=True).start()

    def keep(self, for_s: float = inf) -> None:
        """Say how long it is renewed from now on; until it is given back, if nothing is said."""
        self._renewed_until = monotonic() + for_s

    @property
    def is_kept(self) -> bool:
        """Whether it is renewed until it is given back: something may have been written under it.

        Whatever was said to stand as long as it does stands, too: planes above all.
        """
        return self._renewed_until == inf

    @property
    def left_s(self) -> float:
        """For how long nobody else can have it, by this process's own count of time; 0 at least.

        Counted from before it was asked for, so it ends here no later than in the database.
        """
        if self._ended.is_set():
            return 0.0
        return max(0.0, self._renewed + self._held_s - monotonic())

    def renew(self) -> None:
        """Hold it for the whole time again; it waits for no work, only for who takes the lease.

        Raises:
            LeaseLostError: Another has taken it.
            SchemaChangedError: A process of another program has changed the tables.
            DatabaseUnavailableError: The database does not answer.

        """
        asked = monotonic()
        own = update(LEASE).where(_L.fence == self.fence)
        with self._database.glance() as connection:
            self._database.fence.hold(connection)
            if not connection.execute(own.values(until=_NOW + self._held_us)).rowcount:
                raise LeaseLostError(self.fence)  # in between
        self._renewed = asked

    def let_run_out(self) -> None:
        """Renew it no more; nothing is answered under it from now on."""
        with self._ending:
            self._ended.set()

    def close(self) -> None:
        """Give it back, so that another need not wait; if that cannot be done, it runs out."""
        self.let_go()()

    def let_go(self) -> Callable[[], None]:
        """Hold it no more, from now on, and return what gives it back, which may take its time."""
        with self._ending:
            if self._ended.is_set():
                return _nothing
            self._ended.set()
        return self._give_back

    def _give_back(self) -> None:
        self._thread.join(self._held_s)
        if self._thread.is_alive():  # what it sent may still come to hold it again
            return
        own = update(LEASE).where(_L.fence == self.fence)  # another may have it by now
        for _ in range(_TRIES):  # a connection of the pool may lead to a server that is no more
            with suppress(UnavailableError, ConflictError):
                with self._database.write() as connection:
                    connection.execute(own.values(until=0))
                return

    def _renew_along(self) -> None:
        why = ""
        while not self._ended.wait(self._held_s / _RENEWALS):
            if monotonic() > self._renewed_until:  # it may be kept yet
                continue
            try:
                self.renew()
            except ConflictError:
                self._end()
            except Exception as error:  # noqa: BLE001  whatever it is may be over in time
                before, why = why, type(error).__name__
                if why != before:
                    LOG.warning("the lease could not be renewed: %s", why)
            else:
                why = ""

    def _count(self) -> None:
        """Find it lost when its time is over, whatever the thread that renews it waits for."""
        while left_s := self.left_s:
            if self._ended.wait(left_s):
                return
        self._end()

    def _end(self) -> None:
        with self._ending:
            if self._ended.is_set():
                return
            self._ended.set()
        if self.is_kept:
            self._lost()


def _nothing() -> None:
    """Do nothing: there is nothing to give back."""
