"""What a process that follows the database looks at, over and over: how far everything is by now.

All of it is read in one snapshot: the end of the log, the newest statement of the operator about
an individual, which is in no log, whether keys were destroyed, and who holds the lease. Positions
and numbers of statements are given by the one writer within its transactions, so whoever has read
up to them has missed nothing.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select

from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.fence import SchemaChangedError
from chengnuo.adapters.postgresql.key_rows import SCHEMA_NAME, PostgresqlKeyRows
from chengnuo.adapters.postgresql.tables import INDIVIDUAL_CHANGE
from chengnuo.adapters.sql.schema import INDIVIDUAL
from chengnuo.domain.individual.standing import AccountState
from chengnuo.ports.consents import KnownOfIndividual
from chengnuo.ports.following import Holder, Outlook, Said
from chengnuo.ports.individuals import PersonKey

_PAGE = 10_000
_I, _C = INDIVIDUAL.c, INDIVIDUAL_CHANGE.c
_OUTLOOK = f"""
SELECT keys.number, state.listed, lease.fence, lease.holder, lease.address,
    lease.until - (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS left_us,
    (SELECT size FROM log_end) AS size,
    (SELECT max(number) FROM individual_change) AS said,
    (SELECT version_num FROM alembic_version) AS revision
FROM {SCHEMA_NAME}.changes AS keys CROSS JOIN {SCHEMA_NAME}.state AS state
    LEFT JOIN lease ON true
"""  # noqa: S608  constants
"""In one statement: who is woken waits for the server once."""


class FollowedKeyRows(PostgresqlKeyRows):
    """The rows of the keys beside whoever writes them: what changed is found out by `Outlooks`.

    So an answer asks the database nothing, and rests on keys as of the last look.
    """

    def __init__(self, database: PostgresqlDatabase) -> None:
        """Know of no change yet."""
        super().__init__(database)
        self.changes = -1

    def changes_of_others(self) -> int:
        """See `KeyRows.changes_of_others`."""
        return self.changes


class Outlooks:
    """`OutlookSource` over a shared database."""

    def __init__(self, database: PostgresqlDatabase, keys: FollowedKeyRows, *, mine: str) -> None:
        """Look at a database.

        Args:
            database: The database.
            keys: Told that what is remembered of keys is old, when they change.
            mine: The name of this process: what it has claimed itself keeps it from nothing.

        """
        self._database = database
        self._keys = keys
        self._mine = mine

    def look(self) -> Outlook:
        """See `OutlookSource.look`.

        Raises:
            SchemaChangedError: A newer program has changed the tables: this one cannot tell what
                it does not know of.

        """
        with self._database.glance() as connection:
            row = connection.exec_driver_sql(_OUTLOOK).one()
        revision = self._database.fence.revision
        if revision is not None and row.revision != revision:
            raise SchemaChangedError(revision, str(row.revision))
        self._keys.changes = int(row.number)
        holds = row.left_us is not None and row.left_us > 0 and row.holder != self._mine
        return Outlook(
            size=row.size or 0,
            said=row.said or 0,
            destroyed=bytes(row.listed),
            holder=Holder(fence=row.fence, address=row.address) if holds else None,
        )

    def said_since(self, number: int) -> Iterator[Said]:
        """See `OutlookSource.said_since`."""
        last = number
        while True:
            query = (
                select(_C.number, _I.person, _I.birth_date, _I.account)
                .join(INDIVIDUAL, _I.person == _C.person)
                .where(_C.number > last)
                .order_by(_C.number)
                .limit(_PAGE)
            )
            with self._database.read() as connection:
                rows = connection.execute(query).all()
            for row in rows:
                last = row.number
                yield Said(number=row.number, person=PersonKey(row.person), known=_known(row))
            if len(rows) < _PAGE:
                return

    def said_of_everybody(self) -> Iterator[Said]:
        """See `OutlookSource.said_of_everybody`."""
        last = ""
        while True:
            query = select(_I.person, _I.birth_date, _I.account).where(_I.person > last)
            with self._database.read() as connection:
                rows = connection.execute(query.order_by(_I.person).limit(_PAGE)).all()
            for row in rows:
                last = row.person
                yield Said(number=0, person=PersonKey(row.person), known=_known(row))
            if len(rows) < _PAGE:
                return


def _known(row: Any) -> KnownOfIndividual:  # noqa: ANN401  a row of either query
    return KnownOfIndividual(
        birth_date=None if row.birth_date is None else date.fromisoformat(row.birth_date),
        account=None if row.account is None else AccountState(row.account),
    )
