"""The records of the evidence log in PostgreSQL, in the place of the segments of a folder.

A batch is one row, bytes and hash as in a segment (`adapters/evidence/batch.py`), written in one
transaction that moves the end of the log from where the writer believes it to be: a second writer
finds it elsewhere and can add nothing. Positions are given by that transaction alone, so whoever
reads up to the end misses no row. Each commit wakes up who listens on `chengnuo_log`; what they
read is the rows, never the call.
"""

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from threading import RLock
from time import monotonic, sleep
from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    LargeBinary,
    Text,
    bindparam,
    case,
    cast,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from chengnuo.adapters.evidence.batch import HEAD_BYTES, Row, is_whole, read_head, rows_of
from chengnuo.adapters.evidence.batch_cache import BatchCache
from chengnuo.adapters.evidence.segments import Recovered
from chengnuo.adapters.postgresql.database import CHANNEL, PostgresqlDatabase, Work, hold_off
from chengnuo.adapters.postgresql.tables import LOG_BATCH, LOG_END
from chengnuo.adapters.sql.database import DatabaseUnavailableError
from chengnuo.ports.evidence_log import LogDamagedError

_NAME = "log_batch"
_FIRSTS_AT_ONCE = 100_000
_MOST_FIRSTS = 131_072
_LOOKED_S = 15.0
"""How long an answer that was lost is looked up for; the lease is another's before that."""
_AGAIN_S = 0.25
_BATCHES_AT_ONCE = 256
_SOON = 512
"""Of how many records what they say is brought along with where they are."""
_B, _E = LOG_BATCH.c, LOG_END.c
_STOP = bindparam("stop", type_=BigInteger)
_LAST = LOG_BATCH.alias("last_batch")
_NEXT = (
    select(
        _E.origin,
        _E.size,
        _B.first,
        _B.records,
        case((_E.size <= bindparam("soon", type_=BigInteger), _B.data)).label("data"),
        select(func.substr(_LAST.c.data, 1, HEAD_BYTES))
        .where(_LAST.c.first == bindparam("last", type_=BigInteger))
        .scalar_subquery()
        .label("head"),
    )
    .select_from(LOG_END.outerjoin(LOG_BATCH, (_B.first >= _STOP) & (_B.first < _E.size)))
    .order_by(_B.first)
    .limit(_FIRSTS_AT_ONCE)
)

_BEGINS = bindparam("begins", type_=BigInteger)
_MOVED = (
    update(LOG_END)
    .where(_E.size == _BEGINS, _E.origin == bindparam("log", type_=Text))
    .values(size=bindparam("ends", type_=BigInteger))
    .returning(_E.size)
    .cte("moved")
)
_ADDED = (
    insert(LOG_BATCH)
    .from_select(
        ["first", "records", "fence", "data"],
        select(
            _BEGINS,
            bindparam("count", type_=Integer),
            bindparam("lease", type_=BigInteger),
            bindparam("batch", type_=LargeBinary),
        ).select_from(_MOVED),
    )
    .cte("added")
)
_PUT = select(func.pg_notify(CHANNEL, cast(_MOVED.c.size, Text))).add_cte(_ADDED)
"""In one statement: moves the end from where the writer believes it, adds the row, and wakes."""


class LogBatches:
    """`KeptBatches` over a database. Several threads may read while one writes."""

    def __init__(
        self,
        database: PostgresqlDatabase,
        origin: str,
        *,
        most_firsts: int = _MOST_FIRSTS,
        looked_s: float = _LOOKED_S,
    ) -> None:
        """Look at nothing yet; `look` or `recover` must follow.

        Args:
            database: Where.
            origin: Name of the log.
            most_firsts: Of how many batches it is remembered where they begin; of older ones the
                database is asked.
            looked_s: For how long it is looked up, while the database is away, whether a commit
                was made whose answer was lost.

        """
        self._looked_s = looked_s
        self._most_firsts = most_firsts
        self._database = database.beside(Work.LOG)
        self.origin = origin
        self._lock = RLock()
        self._firsts: list[int] = []  # of the newest batches, up to the end
        self._head = b""  # of the newest batch; empty until it was read
        self._size = 0
        self._batches = BatchCache()
        self._writes = False
        self.unsure = False
        """Whether a commit was not confirmed, and could not be looked up since."""

    @property
    def size(self) -> int:
        """How many records are durable, as far as this process knows."""
        return self._size

    def close(self) -> None:
        """Do nothing: the database is its owner's to close."""

    def look(self) -> None:
        """Find where the log ends.

        Raises:
            LogDamagedError: It is another log, its rows do not follow one another, or they are not
                those that were looked at before: the database was set back, and has grown since.
            DatabaseUnavailableError: The database does not answer.

        """
        with self._lock, self._database.glance() as connection:
            size = -1
            while size != self._size:
                # The end and what stands before it in one statement: who is woken waits once.
                stop, last = self._size, self._firsts[-1] if self._firsts else -1
                given = {"stop": stop, "soon": stop + _SOON, "last": last}
                rows = connection.execute(_NEXT, given).all()
                size = rows[0].size if rows else 0
                if rows and rows[0].origin != self.origin:
                    raise LogDamagedError(_NAME, f"it is not the log `{self.origin}`")
                if size < stop:
                    raise LogDamagedError(_NAME, f"it ends at {size}; {stop} were durable")
                head = bytes(rows[0].head or b"") if last >= 0 else b""
                if self._head not in (b"", head):
                    raise LogDamagedError(_NAME, f"the batch of record {last} is another by now")
                self._head = head
                for row in rows if stop < size else ():
                    self._take_note(row)

    def refresh(self) -> None:
        """Look again, unless this is the writer, who knows."""
        if not self._writes:
            self.look()

    def recover(self, *, least: int = 0) -> Recovered:
        """Find the end of the log, and get ready to write.

        Raises:
            LogDamagedError: Records are gone that were durable for certain.

        """
        self._writes = True
        self.look()
        if self._size < least:
            raise LogDamagedError(_NAME, f"it ends at {self._size}; {least} were durable")
        return Recovered(position=self._size, set_aside="", bytes=0)

    def append(self, batch: bytes, count: int) -> None:
        """Make a batch durable; on return it is.

        Raises:
            OSError: It is not, or that is not known (`unsure`).
            LogDamagedError: The log ends elsewhere: another process writes it.
            LeaseLostError: Another process may write now.

        """
        first = self._size
        try:
            self._write(first, batch, count)
        except DatabaseUnavailableError as error:
            if not self._is_there(first, batch):
                raise OSError(error.what) from error
        with self._lock:
            self._note(first)
            self._head = batch[:HEAD_BYTES]
            self._size = first + count

    def prepare(self) -> bool:
        """Do nothing; True if it did."""
        return False

    def row(self, position: int) -> Row:
        """Return the record at a position below `size`.

        Raises:
            LogDamagedError: Its batch is not what was written.

        """
        first, rows = self._batch_of(position)
        return rows[position - first]

    def batches(self, start: int) -> Iterator[tuple[int, list[Row]]]:
        """Yield `(first position, records)` from a position to the end, checked.

        Raises:
            LogDamagedError: A batch is not what was written.

        """
        at = start
        while at < self._size:
            begins = self._first_of(at)
            query = (
                select(_B.first, _B.data)
                .where(_B.first >= begins, _B.first < self._size)
                .order_by(_B.first)
                .limit(_BATCHES_AT_ONCE)
            )
            with self._database.read() as connection:
                found = connection.execute(query).all()
            for first, data in found:
                if first > at:
                    raise _missing(at)
                rows = _read(first, data)
                yield at, rows[at - first :]
                at = first + len(rows)
            if not found:
                raise _missing(at)

    def _batch_of(self, position: int) -> tuple[int, list[Row]]:
        with self._lock:
            if not 0 <= position < self._size:
                raise _missing(position)
            first = self._first_of(position)
            return first, self._batches.rows(first, 0, lambda: self._fetched(first))

    def _first_of(self, position: int) -> int:
        """Return where the batch of a record below `size` begins."""
        with self._lock:
            place = bisect_right(self._firsts, position) - 1
            if place >= 0:
                return self._firsts[place]
        query = select(_B.first).where(_B.first <= position).order_by(_B.first.desc()).limit(1)
        with self._database.read() as connection:
            found = connection.execute(query).scalar()
        if found is None:
            raise _missing(position)
        return int(found)

    def _take_note(self, row: Any) -> None:  # noqa: ANN401  a row of `_NEXT`
        if row.first != self._size:
            raise _missing(self._size)
        self._note(row.first)
        self._head = b"" if row.data is None else bytes(row.data[:HEAD_BYTES])
        if row.data is not None:
            with suppress(LogDamagedError):  # told to whoever reads it
                self._batches.rows(row.first, 0, partial(_read, row.first, row.data))
        self._size = row.first + row.records

    def _note(self, first: int) -> None:
        """Keep where a batch begins, and let go of the older half once there are too many."""
        self._firsts.append(first)
        if len(self._firsts) > self._most_firsts:
            del self._firsts[: self._most_firsts // 2]

    def _fetched(self, first: int) -> list[Row]:
        with self._database.glance() as connection:
            data = connection.execute(select(_B.data).where(_B.first == first)).scalar()
        return _read(first, data or b"")

    def _write(self, first: int, batch: bytes, count: int) -> None:
        with self._database.write() as connection:
            if first == 0:
                begun = insert(LOG_END).values(id=1, origin=self.origin, size=0)
                connection.execute(begun.on_conflict_do_nothing())
            given = {
                "begins": first,
                "ends": first + count,
                "log": self.origin,
                "count": count,
                "lease": self._database.fence.number or 0,
                "batch": batch,
            }
            if not connection.execute(_PUT, given).all():
                raise LogDamagedError(_NAME, f"it does not end at {first}: another process writes")

    def _is_there(self, first: int, batch: bytes) -> bool:
        """Tell whether a commit whose answer was lost was made; `unsure` if that stays open."""
        until = monotonic() + self._looked_s
        while True:
            try:
                return self._has(first, batch)
            except DatabaseUnavailableError:
                if monotonic() > until:
                    self.unsure = True
                    return False
            sleep(_AGAIN_S)

    def _has(self, first: int, batch: bytes) -> bool:
        """Tell whether a batch is there, whoever may write by now and has added others to it."""
        with self._database.glance() as connection:
            hold_off(connection, Work.LOG)  # for this statement: whatever was under way is over
            found = connection.execute(select(_B.data).where(_B.first == first)).scalar()
        return bool(found == batch)


def _read(first: int, data: bytes) -> list[Row]:
    head = read_head(data)
    if head is None or head.first != first or not is_whole(data, head):
        raise LogDamagedError(_NAME, f"the batch of record {first} is not what was written")
    return rows_of(data, head)


def _missing(position: int) -> LogDamagedError:
    return LogDamagedError(_NAME, f"the batch of record {position} is not there")
