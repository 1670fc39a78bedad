"""Saved filters, in SQLite: a row for each."""

from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.schema import METADATA
from chengnuo.base.instant import from_us, to_us
from chengnuo.ports.accounts import AccountId
from chengnuo.ports.saved_filters import NoSuchSavedFilterError, SavedFilter, SavedFilterId

SAVED_FILTER = Table(
    "saved_filter",
    METADATA,
    Column("id", String(24), primary_key=True),
    Column("owner", String(24), nullable=False),
    Column("place", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Index("saved_filter_owner", "owner"),
)
_F = SAVED_FILTER.c


@dataclass(frozen=True, slots=True)
class SqlSavedFilters:
    """`SavedFilters` over SQLite."""

    database: Database

    def add(self, one: SavedFilter) -> None:
        """See `SavedFilters.add`."""
        with self.database.write() as connection:
            connection.execute(
                insert(SAVED_FILTER).values(
                    id=one.id,
                    owner=one.owner,
                    place=one.place,
                    query=one.query,
                    name=one.name,
                    shared=one.shared,
                    made_at=to_us(one.made_at),
                )
            )

    def of(self, account: AccountId, place: str = "") -> tuple[SavedFilter, ...]:
        """See `SavedFilters.of`."""
        query = select(SAVED_FILTER).where(or_(_F.owner == account, _F.shared))
        if place:
            query = query.where(_F.place == place)
        with self.database.read() as connection:
            rows = connection.execute(query.order_by(_F.place, _F.name, _F.id)).all()
        return tuple(
            SavedFilter(
                id=SavedFilterId(row.id),
                owner=AccountId(row.owner),
                place=row.place,
                query=row.query,
                name=row.name,
                shared=row.shared,
                made_at=from_us(row.made_at),
            )
            for row in rows
        )

    def count(self, owner: AccountId) -> int:
        """See `SavedFilters.count`."""
        query = select(func.count()).select_from(SAVED_FILTER).where(_F.owner == owner)
        with self.database.read() as connection:
            return connection.execute(query).scalar_one()

    def rename(self, one: SavedFilterId, owner: AccountId, *, name: str, shared: bool) -> None:
        """See `SavedFilters.rename`."""
        renamed = (
            update(SAVED_FILTER)
            .where(_F.id == one, _F.owner == owner)
            .values(name=name, shared=shared)
        )
        with self.database.write() as connection:
            if connection.execute(renamed).rowcount == 0:
                raise NoSuchSavedFilterError

    def delete(self, one: SavedFilterId, owner: AccountId) -> None:
        """See `SavedFilters.delete`."""
        gone = delete(SAVED_FILTER).where(_F.id == one, _F.owner == owner)
        with self.database.write() as connection:
            if connection.execute(gone).rowcount == 0:
                raise NoSuchSavedFilterError
