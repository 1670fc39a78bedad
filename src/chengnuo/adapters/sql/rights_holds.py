"""What staff keep back of individuals, over SQLite."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.rights_schema import RIGHTS_HOLD
from chengnuo.adapters.sql.schema import from_us_or_none
from chengnuo.base.instant import from_us, to_us
from chengnuo.base.text import Text
from chengnuo.domain.rights.holds import Hold
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights_holds import HoldKept


@dataclass(frozen=True, slots=True)
class SqlHolds:
    """`HoldStore` over SQLite."""

    database: Database

    def keep(self, kept: HoldKept) -> None:
        """See `HoldStore.keep`."""
        hold = kept.hold
        with self.database.write() as connection:
            connection.execute(
                insert(RIGHTS_HOLD).values(
                    id=kept.id,
                    person=kept.person,
                    of_table=hold.table,
                    reason_zh=hold.reason.zh,
                    reason_en=hold.reason.en,
                    until=None if hold.until is None else to_us(hold.until),
                    secret=int(hold.secret),
                    since=to_us(kept.since),
                    set_by=kept.by,
                    lifted_at=None,
                    lifted_by="",
                    settled=0,
                )
            )

    def holds(self, person: PersonKey) -> tuple[Hold, ...]:
        """See `HoldStore.holds`."""
        query = (
            select(RIGHTS_HOLD)
            .where(RIGHTS_HOLD.c.person == person, RIGHTS_HOLD.c.lifted_at.is_(None))
            .order_by(RIGHTS_HOLD.c.since, RIGHTS_HOLD.c.id)
        )
        with self.database.read() as connection:
            return tuple(_kept(row).hold for row in connection.execute(query))

    def every(self) -> tuple[HoldKept, ...]:
        """See `HoldStore.every`."""
        query = select(RIGHTS_HOLD).order_by(RIGHTS_HOLD.c.since.desc(), RIGHTS_HOLD.c.id)
        with self.database.read() as connection:
            return tuple(map(_kept, connection.execute(query)))

    def one(self, hold: str) -> HoldKept | None:
        """See `HoldStore.one`."""
        query = select(RIGHTS_HOLD).where(RIGHTS_HOLD.c.id == hold)
        with self.database.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _kept(row)

    def lift(self, hold: str, *, at: datetime, by: str) -> bool:
        """See `HoldStore.lift`."""
        lifted = (
            update(RIGHTS_HOLD)
            .where(RIGHTS_HOLD.c.id == hold, RIGHTS_HOLD.c.lifted_at.is_(None))
            .values(lifted_at=to_us(at), lifted_by=by)
        )
        with self.database.write() as connection:
            return connection.execute(lifted).rowcount == 1

    def unsettled(self, at: datetime) -> tuple[HoldKept, ...]:
        """See `HoldStore.unsettled`."""
        is_past = and_(RIGHTS_HOLD.c.until.is_not(None), RIGHTS_HOLD.c.until <= to_us(at))
        query = (
            select(RIGHTS_HOLD)
            .where(RIGHTS_HOLD.c.settled == 0, or_(RIGHTS_HOLD.c.lifted_at.is_not(None), is_past))
            .order_by(RIGHTS_HOLD.c.since, RIGHTS_HOLD.c.id)
        )
        with self.database.read() as connection:
            return tuple(map(_kept, connection.execute(query)))

    def settle(self, hold: str) -> None:
        """See `HoldStore.settle`."""
        settled = update(RIGHTS_HOLD).where(RIGHTS_HOLD.c.id == hold).values(settled=1)
        with self.database.write() as connection:
            connection.execute(settled)


def _kept(row: Row[Any]) -> HoldKept:
    return HoldKept(
        id=row.id,
        person=PersonKey(row.person),
        hold=Hold(
            table=row.of_table,
            reason=Text(row.reason_zh, row.reason_en),
            until=from_us_or_none(row.until),
            secret=bool(row.secret),
        ),
        since=from_us(row.since),
        by=row.set_by,
        lifted_at=from_us_or_none(row.lifted_at),
        lifted_by=row.lifted_by,
    )
