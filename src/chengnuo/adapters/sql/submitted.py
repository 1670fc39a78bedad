"""Rows of what somebody submitted and others decide: releases of apps, vettings of kits.

Both have the same columns for what came in and where it stands; each has more of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import BigInteger, Column, Row, Select, String, Table, Text, select, update
from sqlalchemy.dialects.postgresql import insert

from chengnuo.adapters.sql.database import Database
from chengnuo.base.instant import from_us, to_us
from chengnuo.domain.governance.kit_vetting import KitVetting
from chengnuo.domain.governance.release import Release, ReleaseState
from chengnuo.ports.releases import ReleaseChangedError

T = TypeVar("T", Release, KitVetting)


def columns() -> tuple[Column[Any], ...]:
    """Return the columns that all have behind those that say what it is."""
    return (
        Column("file_name", Text, nullable=False),
        Column("sha256", String(64), nullable=False),
        Column("size", BigInteger, nullable=False),
        Column("submitted_by", Text, nullable=False),
        Column("submitted_at", BigInteger, nullable=False),
        Column("state", String(16), nullable=False),
        Column("changed_at", BigInteger, nullable=False),
        Column("error", Text, nullable=False),
        Column("result", Text),
    )


def fields(row: Row[Any]) -> dict[str, Any]:
    """Return the fields that all have, as the value takes them; `id` and `result` left out."""
    return {
        "file_name": row.file_name,
        "sha256": row.sha256,
        "size": row.size,
        "submitted_by": row.submitted_by,
        "submitted_at": from_us(row.submitted_at),
        "state": ReleaseState(row.state),
        "changed_at": from_us(row.changed_at),
        "error": row.error,
    }


def as_json(value: object | None) -> str | None:
    """Return a part as it is kept."""
    return None if value is None else msgspec.json.encode(value).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedRows(Generic[T]):
    """The rows of one table.

    Attributes:
        table: The table.
        read: Returns the value of a row.
        more: Returns the columns that only this table has.

    """

    table: Table
    read: Callable[[Row[Any]], T]
    more: Callable[[T], Mapping[str, str | int | None]]

    def add(self, database: Database, one: T) -> None:
        """Keep one."""
        with database.write() as connection:
            connection.execute(insert(self.table).values(self._values(one)))

    def found(self, database: Database, wanted: str) -> T | None:
        """Return one by its id, or None."""
        query = select(self.table).where(self.table.c.id == wanted)
        return next(iter(self.rows(database, query)), None)

    def every(self, database: Database) -> tuple[T, ...]:
        """Return all, the newest submitted first."""
        order = (self.table.c.submitted_at.desc(), self.table.c.id)
        return self.rows(database, select(self.table).order_by(*order))

    def in_state(self, database: Database, state: ReleaseState) -> tuple[T, ...]:
        """Return those in a state, the oldest submitted first."""
        query = select(self.table).where(self.table.c.state == state.value)
        return self.rows(database, query.order_by(self.table.c.submitted_at, self.table.c.id))

    def change(self, database: Database, one: T, *, was: ReleaseState) -> None:
        """Keep what changed of one.

        Raises:
            ReleaseChangedError: It is not in that state any more.

        """
        changed = (
            update(self.table)
            .where(self.table.c.id == one.id, self.table.c.state == was.value)
            .values(self._values(one))
        )
        with database.write() as connection:
            if connection.execute(changed).rowcount != 1:
                raise ReleaseChangedError

    def rows(self, database: Database, query: Select[Any]) -> tuple[T, ...]:
        """Return what a query finds."""
        with database.read() as connection:
            return tuple(map(self.read, connection.execute(query)))

    def _values(self, one: T) -> dict[str, str | int | None]:
        return {
            "id": one.id,
            "file_name": one.file_name,
            "sha256": one.sha256,
            "size": one.size,
            "submitted_by": one.submitted_by,
            "submitted_at": to_us(one.submitted_at),
            "state": one.state.value,
            "changed_at": to_us(one.changed_at),
            "error": one.error,
            **self.more(one),
        }
