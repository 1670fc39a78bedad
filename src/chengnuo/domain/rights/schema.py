"""A store's own schema, as it was read from the store: what the plan has to respect.

It is read anew for every plan and before every execution; its digest says whether it changed in
between.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from chengnuo.base.canonical import canonical_json
from chengnuo.base.digest import sha256_hex

OF_CONNECTOR = "$"
"""What the name of a column begins with that a connector makes up to name rows by."""


class ValueType(StrEnum):
    """What a column holds, as far as filling or masking it asks for."""

    TEXT = "text"
    INTEGER = "integer"
    REAL = "real"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    INSTANT = "instant"
    BYTES = "bytes"
    UUID = "uuid"
    JSON = "json"
    OTHER = "other"


class OnDelete(StrEnum):
    """What the store itself does to referring rows when a row is deleted."""

    REFUSE = "refuse"
    CASCADE = "cascade"
    SET_NULL = "set-null"
    SET_DEFAULT = "set-default"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSchema:
    """One column.

    Attributes:
        column: Name.
        type: What it holds.
        nullable: Whether it takes NULL.
        length: Most characters or bytes; None where there is no limit.
        generated: Whether the store computes it, so that it cannot be written.

    """

    column: str
    type: ValueType
    nullable: bool
    length: int | None = None
    generated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """A reference that the store enforces.

    Attributes:
        columns: Columns of the referring table.
        to_table: Table referred to, in the same store.
        to_columns: Columns there, in the same order.
        on_delete: What happens to the referring row.
        deferrable: Whether it is looked at on commit only (initially deferred).

    """

    columns: tuple[str, ...]
    to_table: str
    to_columns: tuple[str, ...]
    on_delete: OnDelete = OnDelete.REFUSE
    deferrable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A condition that every row has to meet.

    Attributes:
        name: Its name; empty where it has none.
        sql: Its text, as the store tells it; empty where the store does not.
        columns: Columns that it speaks of, as far as they could be found in the text.

    """

    name: str
    sql: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """Something that the store runs by itself when rows change.

    Attributes:
        name: Its name.
        on: `insert`, `update` or `delete`.

    """

    name: str
    on: str


@dataclass(frozen=True, kw_only=True)
class TableSchema:
    """One table.

    Attributes:
        table: Name, as the register writes it.
        columns: In the order of the table.
        primary_key: Columns of the primary key; empty where there is none.
        unique: Column sets that are unique, the primary key left out.
        foreign_keys: References to other tables of the store.
        checks: Conditions on its rows.
        triggers: What runs by itself.

    """

    table: str
    columns: tuple[ColumnSchema, ...]
    primary_key: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: tuple[Check, ...] = ()
    triggers: tuple[Trigger, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, ColumnSchema]:
        """The columns by name."""
        return {column.column: column for column in self.columns}

    @cached_property
    def key(self) -> tuple[str, ...]:
        """Columns that name a row: primary key, else a unique set without NULL, else all."""
        if self.primary_key:
            return self.primary_key
        for columns in self.unique:
            if not any(self.by_name[column].nullable for column in columns):
                return columns
        return tuple(column.column for column in self.columns)


@dataclass(frozen=True, kw_only=True)
class StoreSchema:
    """The tables of one store.

    Attributes:
        store: Id of the store in the register.
        tables: By name, in the order of the store.

    """

    store: str
    tables: tuple[TableSchema, ...]

    @cached_property
    def by_name(self) -> dict[str, TableSchema]:
        """The tables by name."""
        return {table.table: table for table in self.tables}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of the schema; changes whenever the schema does."""
        return sha256_hex(
            canonical_json(
                [
                    {
                        "table": table.table,
                        "columns": [
                            [one.column, one.type.value, one.nullable, one.length, one.generated]
                            for one in table.columns
                        ],
                        "key": list(table.primary_key),
                        "unique": [list(columns) for columns in sorted(table.unique)],
                        "references": [
                            [
                                list(key.columns),
                                key.to_table,
                                list(key.to_columns),
                                key.on_delete.value,
                                key.deferrable,
                            ]
                            for key in table.foreign_keys
                        ],
                        "checks": sorted([check.name, check.sql] for check in table.checks),
                        "triggers": sorted(
                            [trigger.name, trigger.on] for trigger in table.triggers
                        ),
                    }
                    for table in sorted(self.tables, key=lambda one: one.table)
                ]
            )
        )
