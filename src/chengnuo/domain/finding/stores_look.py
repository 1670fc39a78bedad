"""What a rule about stores may look at: what was seen in them, and what the register declares."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from chengnuo.base.text import Text
from chengnuo.domain.observation.stores import ColumnSeen, StoresSeen, TableSeen
from chengnuo.domain.observation.text_knowledge import TextKnowledge
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.consent_items import is_sensitive
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.store import Column, Store, Table
from chengnuo.engines.text.columns import Holding
from chengnuo.engines.text.kinds import Kind
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.category import TreatAs
from chengnuo.law.ids import CategoryId

_LOOSE = frozenset(
    {
        Kind.NAME,
        Kind.ADDRESS,
        Kind.POSTCODE,
        Kind.HEALTH,
        Kind.LOCATION,
        Kind.DEVICE_ID,
        Kind.IMEI,
        Kind.MAC,
        Kind.WECHAT,
        Kind.QQ,
        Kind.CREDIT_CODE,
        Kind.BIRTH_DATE,
    }
)
"""Kinds that are of one category now and of another then, within their group."""

OF_BODIES = frozenset({Kind.CREDIT_CODE})
"""Kinds of numbers that bodies have, and individuals only as they trade."""
_OF_ANY_KIND = frozenset({CategoryId("PI-AGE-U14")})
"""Categories that information of every kind can be of, by whose it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A table of a store that was looked at, and what the register says of it.

    Attributes:
        store: The store.
        seen: What was seen.
        declared: The table of the register; None where it names none.
        at: Its place among the tables of the store; -1 where the register names none.
        activities: Those that keep something in it.

    """

    store: Store
    seen: TableSeen
    declared: Table | None
    at: int
    activities: tuple[ProcessingActivity, ...]

    @property
    def row(self) -> RowRef:
        """The row of the register to mend."""
        return store_row(self.store)

    @property
    def holding(self) -> Iterator[ColumnSeen]:
        """The columns whose values are of a kind that tells of an individual."""
        return (
            one
            for one in self.seen.columns
            if one.holding is Holding.VALUES and one.kind not in OF_BODIES
        )

    def column(self, name: str) -> tuple[int, Column] | None:
        """Return the column that the register declares, and its place."""
        columns = () if self.declared is None else self.declared.columns
        return next(((at, one) for at, one in enumerate(columns) if one.column == name), None)

    def finds_by(self, name: str) -> bool:
        """Tell whether individuals are found by a column."""
        if self.declared is None:
            return False
        return name in self.declared.identity or any(
            name in {one.column, one.account} for one in self.declared.identifiers
        )

    def field(self, at: int | None = None) -> str:
        """Return the field of the row: a column of the table, or the table."""
        if self.at < 0:
            return "tables"
        return f"tables[{self.at}]" if at is None else f"tables[{self.at}].columns[{at}]"


def store_row(store: Store) -> RowRef:
    """Return the row of a store."""
    return RowRef("store", str(store.store))


@dataclass(frozen=True, kw_only=True)
class StoresLook:
    """What the rules look at.

    Attributes:
        seen: What was seen.
        register: The register.
        catalogue: The law.
        knowledge: What text was searched with.

    """

    seen: StoresSeen
    register: Register
    catalogue: Catalogue
    knowledge: TextKnowledge

    @cached_property
    def stores(self) -> Mapping[str, Store]:
        """The stores of the register."""
        return {str(store.store): store for store in self.register.stores}

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """All tables that were seen, with what is declared of each."""
        found: list[Pair] = []
        for one in self.seen.stores:
            store = self.stores[one.store]
            declared = {table.table: (at, table) for at, table in enumerate(store.tables)}
            for seen in one.tables:
                at, table = declared.get(seen.table, (-1, None))
                name = f"{one.store}.{seen.table}"
                found.append(
                    Pair(
                        store=store,
                        seen=seen,
                        declared=table,
                        at=at,
                        activities=tuple(
                            each for each in self.register.activities if name in each.stores
                        ),
                    )
                )
        return tuple(found)

    def absent(self) -> Iterator[tuple[Store, int, Table]]:
        """Yield the tables that are declared and not there, of stores that could be looked into."""
        for one in self.seen.stores:
            if one.trouble is not None:
                continue
            there = {table.table for table in one.tables}
            for at, table in enumerate(self.stores[one.store].tables):
                if table.table not in there:
                    yield self.stores[one.store], at, table

    def title(self, kind: Kind | None) -> Text:
        """Return what a kind is called."""
        return Text("") if kind is None else self.knowledge.of(kind).title

    @cached_property
    def findable(self) -> frozenset[CategoryId]:
        """The categories that something is looked for by."""
        return frozenset(one.category for one in self.knowledge.kinds)

    def is_sensitive(self, category: CategoryId) -> bool:
        """Tell whether a category is sensitive, or treated so (PIPL Art. 28)."""
        found = self.catalogue.category(category)
        return found.is_sensitive or found.treat_as is TreatAs.SENSITIVE

    def handles(self, pair: Pair, kind: Kind, category: CategoryId) -> bool:
        """Tell whether an activity of a table handles a sensitive category as such."""
        return any(
            fits(kind, category, item.category) and is_sensitive(item, self.catalogue)
            for activity in pair.activities
            for item in activity.items
        )


def fits(kind: Kind, category: CategoryId, declared: CategoryId) -> bool:
    """Tell whether what a column holds can be of the category that is declared.

    Args:
        kind: Kind of what it holds.
        category: Category of the kind.
        declared: Category that the register says.

    """
    if category == declared or declared in _OF_ANY_KIND:
        return True
    return kind in _LOOSE and group_of(category) == group_of(declared)


def group_of(category: CategoryId) -> str:
    """Return the group of a category: `PI-DEVICE` of `PI-DEVICE-IMEI`."""
    return category.rpartition("-")[0]
