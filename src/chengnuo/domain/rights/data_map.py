"""The map of somebody's data: tables, the references between them, and whose their rows are.

Made from the register and from the stores' own schemas. References are those that a store enforces
and those that the register declares, also from one store into another and polymorphic ones. What
register and schema say differently of each other is a problem that stands in the plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from chengnuo.domain.register.store import About, Store, StoreKind, Table
from chengnuo.domain.rights import map_problems
from chengnuo.domain.rights.owners import Ownership, Tie, Way, settle
from chengnuo.domain.rights.plan import Problem
from chengnuo.domain.rights.schema import ForeignKey, OnDelete, StoreSchema, TableSchema

BY_HAND = frozenset({StoreKind.MANUAL, StoreKind.OTHER, StoreKind.WEBHOOK})
"""Stores without a connector: they are told by a signed notice, or somebody works on them."""


@dataclass(frozen=True, kw_only=True)
class MappedTable:
    """One table of one store.

    Attributes:
        number: Its number in the map.
        store: Id of the store.
        schema: What the store says of it.
        declared: What the register says of it; None where it says nothing.

    """

    number: int
    store: str
    schema: TableSchema
    declared: Table | None

    @property
    def name(self) -> str:
        """Its name, `store.table`."""
        return f"{self.store}.{self.schema.table}"

    @property
    def is_personal(self) -> bool:
        """Tell whether the register declares personal columns of it."""
        return self.declared is not None and bool(self.declared.columns)

    @cached_property
    def identity(self) -> tuple[str, ...]:
        """Columns that hold account ids, as far as they are there."""
        if self.declared is None or not self.declared.columns:
            return ()
        return tuple(one for one in self.declared.identity if one in self.schema.by_name)

    @cached_property
    def may_name_nobody(self) -> bool:
        """Whether a row can leave all identity columns empty."""
        return bool(self.identity) and all(
            self.schema.by_name[one].nullable for one in self.identity
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A reference from the rows of one table to the rows of another.

    Attributes:
        number: Its number in the map.
        child: Number of the referring table.
        columns: Its columns.
        parent: Number of the table referred to.
        to_columns: Columns there.
        when: Equalities for which it holds.
        key: The constraint, where the store enforces it.

    """

    number: int
    child: int
    columns: tuple[str, ...]
    parent: int
    to_columns: tuple[str, ...]
    when: tuple[tuple[str, str], ...] = ()
    key: ForeignKey | None = None

    @property
    def on_delete(self) -> OnDelete | None:
        """What the store does when the row referred to is deleted; None if it does nothing."""
        return None if self.key is None else self.key.on_delete


@dataclass(frozen=True, kw_only=True)
class DataMap:
    """Tables, edges, ownership, and what does not fit.

    Attributes:
        tables: By number.
        edges: By number.
        owners: Ways of tables and ties of edges.
        problems: Per store.

    """

    tables: tuple[MappedTable, ...]
    edges: tuple[Edge, ...]
    owners: Ownership
    problems: Mapping[str, tuple[Problem, ...]]

    @cached_property
    def by_name(self) -> dict[str, MappedTable]:
        """The tables by `store.table`."""
        return {table.name: table for table in self.tables}

    @cached_property
    def outgoing(self) -> dict[int, tuple[Edge, ...]]:
        """Edges by the number of the referring table; only those between personal tables."""
        return {
            table.number: tuple(
                edge
                for edge in self.edges
                if edge.child == table.number and self.tables[edge.parent].is_personal
            )
            for table in self.tables
        }

    @cached_property
    def incoming(self) -> dict[int, tuple[Edge, ...]]:
        """Edges by the number of the table referred to."""
        return {
            table.number: tuple(edge for edge in self.edges if edge.parent == table.number)
            for table in self.tables
        }

    @cached_property
    def names(self) -> dict[tuple[int, tuple[str, ...]], int]:
        """Numbers of the names (table, columns) under which personal rows are referred to."""
        wanted = dict.fromkeys(
            (edge.parent, edge.to_columns)
            for edge in self.edges
            if self.tables[edge.parent].is_personal
        )
        return {name: number for number, name in enumerate(wanted)}

    def tie(self, edge: Edge) -> Tie:
        """Return what an edge means for rows that name somebody."""
        return self.owners.ties[edge.number]

    def way(self, table: MappedTable) -> Way:
        """Return how rows of a table come to their owners."""
        return self.owners.ways[table.number]

    def reached(self) -> tuple[MappedTable, ...]:
        """Return the tables in which rows of somebody can be."""
        return tuple(one for one in self.tables if self.way(one) is not Way.NOBODY)


def names_others(table: MappedTable, columns: tuple[str, ...]) -> bool:
    """Tell whether a reference by these columns leads to other people, as to who wrote a note."""
    return table.declared is not None and any(
        one.column in columns and one.about is About.OTHER_PERSON for one in table.declared.columns
    )


def data_map(stores: tuple[Store, ...], schemas: Mapping[str, StoreSchema]) -> DataMap:
    """Return the map.

    Args:
        stores: Stores of the register.
        schemas: Schemas of those that could be looked at, by store.

    """
    tables: list[MappedTable] = []
    for store in stores:
        declared = {table.table: table for table in store.tables}
        schema = schemas.get(store.store)
        for one in schema.tables if schema else ():
            tables.append(
                MappedTable(
                    number=len(tables),
                    store=store.store,
                    schema=one,
                    declared=declared.get(one.table),
                )
            )
    edges = _edges(tables)
    owners = settle(
        [bool(one.identity) for one in tables],
        [one.is_personal for one in tables],
        [(edge.child, edge.parent) for edge in edges],
        [not names_others(tables[edge.child], edge.columns) for edge in edges],
    )
    problems = {
        str(store.store): map_problems.of_store(
            store,
            schemas[store.store],
            near={
                name
                for edge in edges
                for one, other in ((edge.child, edge.parent), (edge.parent, edge.child))
                if tables[one].store == store.store and tables[other].is_personal
                for name in (tables[one].schema.table,)
            },
            lost={
                one.schema.table
                for one in tables
                if one.store == store.store
                and one.is_personal
                and owners.ways[one.number] is Way.NOBODY
            },
        )
        for store in stores
        if store.store in schemas
    }
    return DataMap(tables=tuple(tables), edges=edges, owners=owners, problems=problems)


def _edges(tables: list[MappedTable]) -> tuple[Edge, ...]:
    number = {table.name: table.number for table in tables}
    found: list[Edge] = []
    seen: set[tuple[int, tuple[str, ...], int, tuple[str, ...]]] = set()
    for table in tables:
        for key in table.schema.foreign_keys:
            parent = number.get(f"{table.store}.{key.to_table}")
            if parent is not None:
                seen.add((table.number, key.columns, parent, key.to_columns))
                found.append(
                    Edge(
                        number=len(found),
                        child=table.number,
                        columns=key.columns,
                        parent=parent,
                        to_columns=key.to_columns,
                        key=key,
                    )
                )
        for one in table.declared.references if table.declared else ():
            parent = number.get(str(one.to))
            if (
                parent is None
                or (table.number, one.columns, parent, one.to_columns) in seen
                or not _is_there(table.schema, one.columns)
                or not _is_there(tables[parent].schema, one.to_columns)
            ):
                continue
            when = (
                ((one.when_column, one.when_value),)
                if one.when_column is not None and one.when_value is not None
                else ()
            )
            found.append(
                Edge(
                    number=len(found),
                    child=table.number,
                    columns=one.columns,
                    parent=parent,
                    to_columns=one.to_columns,
                    when=when,
                )
            )
    return tuple(found)


def _is_there(schema: TableSchema, columns: tuple[str, ...]) -> bool:
    return all(column in schema.by_name for column in columns)
