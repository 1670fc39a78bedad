"""Recorded automated decisions over SQLite."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Row, String, Table, Text, select, update
from sqlalchemy.dialects.postgresql import insert

from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.schema import METADATA
from chengnuo.domain.decision.automated import Alarm
from chengnuo.ports.automated import AutomatedRow
from chengnuo.ports.individuals import PersonKey

AUTOMATED_DECISION = Table(
    "automated_decision",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("person", String(64), nullable=False),
    Column("position", BigInteger),
    Column("at", BigInteger, nullable=False),
    Column("personal", Boolean, nullable=False),
    Column("off", Boolean, nullable=False),
    Column("alarms", Text, nullable=False),
    Index("automated_decision_person", "person", "at"),
    Index("automated_decision_at", "at"),
    Index("automated_decision_position", "position"),
)
_C = AUTOMATED_DECISION.c


@dataclass(frozen=True, slots=True)
class SqlAutomated:
    """`AutomatedStore` over SQLite."""

    database: Database

    def reserve(self, row: AutomatedRow) -> AutomatedRow | None:
        """See `AutomatedStore.reserve`."""
        with self.database.write() as connection:
            made = connection.execute(
                insert(AUTOMATED_DECISION).values(_values(row)).on_conflict_do_nothing()
            )
            if made.rowcount:
                return None
            found = connection.execute(select(AUTOMATED_DECISION).where(_C.key == row.key)).one()
        return _row(found)

    def settle(self, row: AutomatedRow) -> None:
        """See `AutomatedStore.settle`."""
        with self.database.write() as connection:
            connection.execute(
                update(AUTOMATED_DECISION).where(_C.key == row.key).values(_values(row))
            )

    def of(self, persons: frozenset[PersonKey], *, limit: int) -> tuple[AutomatedRow, ...]:
        """See `AutomatedStore.of`."""
        return self._rows(_C.person.in_(sorted(persons)), limit)

    def at(self, position: int) -> AutomatedRow | None:
        """See `AutomatedStore.at`."""
        return next(iter(self._rows(_C.position == position, 1)), None)

    def since(self, instant: int, *, limit: int) -> tuple[AutomatedRow, ...]:
        """See `AutomatedStore.since`."""
        return self._rows(_C.at >= instant, limit)

    def _rows(self, where: Any, limit: int) -> tuple[AutomatedRow, ...]:  # noqa: ANN401 (a condition of SQLAlchemy)
        asked = (
            select(AUTOMATED_DECISION)
            .where(where, _C.position.is_not(None))
            .order_by(_C.at.desc(), _C.position.desc())
            .limit(limit)
        )
        with self.database.read() as connection:
            return tuple(map(_row, connection.execute(asked)))


def _values(row: AutomatedRow) -> dict[str, object]:
    return {
        "key": row.key,
        "person": row.person,
        "position": row.position,
        "at": row.at,
        "personal": row.personal,
        "off": row.off,
        "alarms": " ".join(row.alarms),
    }


def _row(row: Row[Any]) -> AutomatedRow:
    return AutomatedRow(
        key=row.key,
        person=PersonKey(row.person),
        position=row.position,
        at=row.at,
        personal=row.personal,
        off=row.off,
        alarms=tuple(map(Alarm, row.alarms.split())),
    )
