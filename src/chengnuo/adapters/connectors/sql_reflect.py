"""The schema of a database as it is now: the tables asked for and all that stand by them.

Rows of other tables go when a row goes (ON DELETE), or stand against it; so every table that
refers to one of ours, over any number of steps, is read too, and every table that one of ours
refers to. A unique index with a condition or an expression makes no row unique by columns alone:
it is told as a check, never as a key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, inspect
from sqlalchemy.engine.interfaces import (
    ReflectedColumn,
    ReflectedForeignKeyConstraint,
    ReflectedIndex,
)
from sqlalchemy.engine.reflection import Inspector, ObjectKind

from chengnuo.adapters.connectors.sql_server import Beside, KnownColumn, Physical, Server
from chengnuo.adapters.connectors.sql_text import columns_in
from chengnuo.adapters.connectors.sql_types import Oddity, length_of, oddity_of, value_type
from chengnuo.domain.rights.schema import (
    Check,
    ColumnSchema,
    ForeignKey,
    OnDelete,
    TableSchema,
)

_ON_DELETE = {
    "CASCADE": OnDelete.CASCADE,
    "SET NULL": OnDelete.SET_NULL,
    "SET DEFAULT": OnDelete.SET_DEFAULT,
}


@dataclass(frozen=True, kw_only=True, eq=False)
class KnownTable:
    """A table and where it is.

    Attributes:
        schema: What it looks like.
        place: Where it is.
        columns: Its columns by name.

    """

    schema: TableSchema
    place: Physical
    columns: Mapping[str, KnownColumn]


_References = Mapping[Physical, Sequence[ReflectedForeignKeyConstraint]]


def reflect(connection: Connection, server: Server, asked: Sequence[str]) -> tuple[KnownTable, ...]:
    """Return the tables asked for that are there, and those that stand by them."""
    return _Reading(connection, server, asked).tables()


class _Reading:
    """One reading of one schema."""

    def __init__(self, connection: Connection, server: Server, asked: Sequence[str]) -> None:
        self._connection = connection
        self._server = server
        self._inspector: Inspector = inspect(connection)
        self._home = self._inspector.default_schema_name
        self._schemas = self._places_of_tables(asked)
        self._there = {
            inside: set(self._inspector.get_table_names(schema=inside)) for inside in self._schemas
        }
        self._names: dict[Physical, str] = {}
        for name in asked:
            if (place := self._placed(name)) is not None:
                self._names.setdefault(place, name)

    def tables(self) -> tuple[KnownTable, ...]:
        references = self._references()
        wanted = self._standing_by(set(self._names), references)
        columns: dict[Physical, tuple[ColumnSchema, ...]] = {}
        odd: dict[Physical, dict[str, Oddity | None]] = {}
        keys: dict[Physical, tuple[str, ...]] = {}
        unique: dict[Physical, list[tuple[str, ...]]] = {}
        checks: dict[Physical, list[Check]] = {}
        for inside in self._schemas:
            names = [one.name for one in wanted if one.inside == inside]
            if not names:
                continue
            look = self._inspector
            for (_, name), found in look.get_multi_columns(
                schema=inside, filter_names=names
            ).items():
                place = Physical(inside, name)
                columns[place] = tuple(map(_column, found))
                odd[place] = {one["name"]: oddity_of(one["type"]) for one in found}
            for (_, name), key in look.get_multi_pk_constraint(
                schema=inside, filter_names=names
            ).items():
                keys[Physical(inside, name)] = tuple(key["constrained_columns"])
            if self._server.tells_unique:
                continue
            for (_, name), stated in look.get_multi_unique_constraints(
                schema=inside, filter_names=names
            ).items():
                unique[Physical(inside, name)] = [tuple(one["column_names"]) for one in stated]
            for (_, name), indexes in look.get_multi_indexes(
                schema=inside, filter_names=names
            ).items():
                place = Physical(inside, name)
                own = [one for one in indexes if one["unique"]]
                unique.setdefault(place, []).extend(
                    _plain_columns(one) for one in own if not _is_partial(one)
                )
                checks[place] = [_as_check(one) for one in own if _is_partial(one)]
        beside = self._server.beside(self._connection, columns, keys)
        return tuple(
            self._known(
                place,
                columns=columns[place],
                odd=odd[place],
                key=keys.get(place, ()),
                unique=unique.get(place, []),
                references=references.get(place, ()),
                checks=checks.get(place, []),
                beside=beside.get(place, Beside()),
            )
            for place in sorted(wanted, key=self._name_of)
            if place in columns
        )

    def _known(  # noqa: PLR0913  what was read of one table
        self,
        place: Physical,
        *,
        columns: tuple[ColumnSchema, ...],
        odd: Mapping[str, Oddity | None],
        key: tuple[str, ...],
        unique: Sequence[tuple[str, ...]],
        references: Sequence[ReflectedForeignKeyConstraint],
        checks: Sequence[Check],
        beside: Beside,
    ) -> KnownTable:
        if beside.unique is not None:
            unique, checks = beside.unique, ()
        schema = TableSchema(
            table=self._name_of(place),
            columns=columns,
            primary_key=key,
            unique=tuple(sorted({one for one in unique if one and one != key})),
            foreign_keys=tuple(
                sorted(
                    (
                        self._foreign_key(one)
                        for one in references
                        if len(one["constrained_columns"]) == len(one["referred_columns"])
                    ),
                    key=lambda one: (one.columns, one.to_table, one.to_columns),
                )
            ),
            checks=tuple(
                Check(
                    name=one.name,
                    sql=one.sql,
                    columns=one.columns
                    or columns_in(
                        one.sql, [column.column for column in columns], self._server.spelling
                    ),
                )
                for one in (*checks, *beside.checks)
            ),
            triggers=beside.triggers,
        )
        collations = dict(beside.collations)
        return KnownTable(
            schema=schema,
            place=place,
            columns={
                one.column: KnownColumn(
                    schema=one,
                    oddity=odd[one.column],
                    collation=collations.get(one.column, ""),
                )
                for one in columns
            },
        )

    def _places_of_tables(self, asked: Sequence[str]) -> tuple[str | None, ...]:
        there = self._server.schemas(self._inspector.get_schema_names())
        others = [one for one in there if one != self._home]
        if not self._server.all_schemas:
            named = {name.partition(".")[0] for name in asked if "." in name}
            others = [one for one in others if one in named]
        return (None, *others)

    def _placed(self, name: str) -> Physical | None:
        inside, dot, rest = name.partition(".")
        if (found := self._in(None, name)) is not None or not dot:
            return found
        return self._in(None if inside == self._home else inside, rest)

    def _in(self, inside: str | None, name: str) -> Physical | None:
        names = self._there.get(inside, set())
        if name in names:
            return Physical(inside, name)
        if not self._server.folds_table_names:
            return None
        same = [one for one in names if one.casefold() == name.casefold()]
        return Physical(inside, same[0]) if len(same) == 1 else None

    def _name_of(self, place: Physical) -> str:
        if (name := self._names.get(place)) is not None:
            return name
        return place.name if place.inside is None else f"{place.inside}.{place.name}"

    def _references(self) -> _References:
        return {
            Physical(inside, name): found
            for inside in self._schemas
            for (_, name), found in self._inspector.get_multi_foreign_keys(
                schema=inside, kind=ObjectKind.TABLE
            ).items()
        }

    def _referred(self, key: ReflectedForeignKeyConstraint) -> Physical:
        inside = None if key["referred_schema"] == self._home else key["referred_schema"]
        return self._in(inside, key["referred_table"]) or Physical(inside, key["referred_table"])

    def _standing_by(self, ours: set[Physical], references: _References) -> set[Physical]:
        edges = {(place, self._referred(key)) for place, keys in references.items() for key in keys}
        found = set(ours)
        while more := {place for place, to in edges if to in found} - found:
            found |= more
        return found | {to for place, to in edges if place in found}

    def _foreign_key(self, key: ReflectedForeignKeyConstraint) -> ForeignKey:
        options = key.get("options", {})
        on_delete = str(options.get("ondelete", "")).upper()
        return ForeignKey(
            columns=tuple(key["constrained_columns"]),
            to_table=self._name_of(self._referred(key)),
            to_columns=tuple(key["referred_columns"]),
            on_delete=_ON_DELETE.get(on_delete, OnDelete.REFUSE),
            deferrable=str(options.get("initially", "")).upper() == "DEFERRED",
        )


def _column(found: ReflectedColumn) -> ColumnSchema:
    identity = found.get("identity")
    return ColumnSchema(
        column=found["name"],
        type=value_type(found["type"]),
        nullable=found["nullable"],
        length=length_of(found["type"]),
        generated="computed" in found or (identity is not None and identity["always"]),
    )


def _plain_columns(index: ReflectedIndex) -> tuple[str, ...]:
    return tuple(one for one in index["column_names"] if one is not None)


def _is_partial(index: ReflectedIndex) -> bool:
    conditions = (f"{dialect}_where" for dialect in ("sqlite", "postgresql"))
    options = index.get("dialect_options", {})
    return None in index["column_names"] or any(options.get(one) for one in conditions)


def _as_check(index: ReflectedIndex) -> Check:
    options = index.get("dialect_options", {})
    where = options.get("sqlite_where") or options.get("postgresql_where") or ""
    parts = index.get("expressions") or [one or "" for one in index["column_names"]]
    text = f"UNIQUE ({', '.join(parts)})" + (f" WHERE {where}" if str(where) else "")
    return Check(name=index["name"] or "", sql=text, columns=())
