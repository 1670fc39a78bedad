"""Rows whose time is over and that are anonymised instead of deleted (PIPL Arts. 4, 19, 73 item 4).

Every personal column gets what `masking` writes where something else than NULL is asked for; keys,
references and columns that hold nothing personal stay. The values come from the key of the row and
a secret of the installation, never from what was there. So a row always gets the same ones, and is
known by them as done: no list of rows is kept, and one that a restore brings back is found again.

A personal column that cannot be changed leaves the row somebody's, and what the register does not
speak of might: then nothing is done.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chengnuo.base.text import Text
from chengnuo.domain.register.store import Table
from chengnuo.domain.rights.filling import Filled, fill
from chengnuo.domain.rights.map_problems import undeclared
from chengnuo.domain.rights.masking import Filling
from chengnuo.domain.rights.plan import ColumnAction, ColumnFate, Problem, ProblemKind, RowFate
from chengnuo.domain.rights.preflight import filled_problems, triggers
from chengnuo.domain.rights.schema import (
    OF_CONNECTOR,
    ColumnSchema,
    StoreSchema,
    TableSchema,
    ValueType,
)
from chengnuo.domain.rights.values import RowKey, Value, encode_key

_NOBODY = frozenset({ValueType.TEXT, ValueType.UUID})
"""Types of which a made-up account is surely no account; among numbers it might be one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anonymising:
    """What becomes of the rows of one table.

    Attributes:
        name: The table, `store.table`.
        columns: What happens to each column that holds something personal.
        fillings: What is written; empty while something blocks.
        problems: What stands against it, and what has to be known.

    """

    name: str
    columns: tuple[ColumnAction, ...]
    fillings: tuple[Filling, ...]
    problems: tuple[Problem, ...]

    @property
    def is_blocked(self) -> bool:
        """Tell whether it cannot be done."""
        return any(one.blocks for one in self.problems)

    def values(self, secret: bytes, key: RowKey) -> dict[str, Value]:
        """Return what a row gets."""
        named = encode_key(key)
        return {one.column.column: one.value(secret, self.name, named) for one in self.fillings}

    def is_done(self, secret: bytes, key: RowKey, told: Mapping[str, Value]) -> bool:
        """Tell whether a row has what it would get; never while something blocks."""
        return not self.is_blocked and all(
            _same(value, told.get(column)) for column, value in self.values(secret, key).items()
        )


def anonymising(store: StoreSchema, schema: TableSchema, table: Table) -> Anonymising:
    """Return what becomes of the rows of a table whose time is over."""
    fates, fixed = _fates(store, schema, table)
    filled = fill(schema, fates)
    if filled.fillings is None and not filled.narrow:
        loose = fill(schema, fates, loosely=True)
        filled = loose if loose.fillings is not None else filled
    problems = [
        *(replace(one, blocks=True) for one in undeclared(table, schema)),
        *fixed,
        *filled_problems(schema.table, filled),
        *_somebody(schema, table, filled),
        *triggers(schema, RowFate.CHANGE),
    ]
    changed = filled.fates
    return Anonymising(
        name=f"{store.store}.{table.table}",
        columns=tuple(
            ColumnAction(
                column=one.column,
                category=one.category,
                fate=changed.get(one.column, ColumnFate.KEEP),
            )
            for one in table.columns
            if one.column in schema.by_name
        ),
        fillings=() if any(one.blocks for one in problems) else filled.fillings or (),
        problems=tuple(problems),
    )


def _fates(
    store: StoreSchema, schema: TableSchema, table: Table
) -> tuple[dict[str, ColumnFate], list[Problem]]:
    """Return what becomes of personal columns, and what of them cannot be changed."""
    fates: dict[str, ColumnFate] = {}
    fixed: list[Problem] = []
    # Where a connector makes the keys, as of files, they follow from what a row holds.
    by_content = any(one.startswith(OF_CONNECTOR) for one in schema.key)
    personal = [
        *table.identity,
        *(one.column for one in table.identifiers),
        *(one.column for one in table.columns),
    ]
    for name in dict.fromkeys(personal):
        there = schema.by_name.get(name)
        if there is None or there.generated:
            continue  # a computed column follows those that it is computed from
        is_reference = any(name in key.columns for key in schema.foreign_keys)
        if by_content or _is_fixed(store, schema, there, is_reference=is_reference):
            fixed.append(_cannot(schema.table, name))
        else:
            empties = there.nullable and (is_reference or name in table.identity)
            fates[name] = ColumnFate.NULL if empties else ColumnFate.ANONYMISE
    return fates, fixed


def _is_fixed(
    store: StoreSchema, schema: TableSchema, column: ColumnSchema, *, is_reference: bool
) -> bool:
    is_referred_to = any(
        key.to_table == schema.table and column.column in key.to_columns
        for one in store.tables
        for key in one.foreign_keys
    )
    return column.column in schema.key or is_referred_to or (is_reference and not column.nullable)


def _somebody(schema: TableSchema, table: Table, filled: Filled) -> list[Problem]:
    """Return a problem for each account column that would get what may be somebody's account."""
    return [
        _cannot(schema.table, one.column.column)
        for one in filled.fillings or ()
        if one.column.column in table.identity
        and one.column.type not in _NOBODY
        and (one.each or one.constant is not None)
    ]


def _cannot(table: str, column: str) -> Problem:
    return Problem(
        kind=ProblemKind.CANNOT,
        table=table,
        column=column,
        blocks=True,
        what=Text(
            f"列 `{table}.{column}` 是个人信息，但属于键（或键由内容得出）、不可为空的引用或"
            "数字账号，不能改写，该行仍可识别个人；请让该列可为空、改用无含义的键，或把保存期满后的处理改为删除。",
            f"Column `{table}.{column}` is personal and cannot be changed: a key, or one follows "
            "from it, a reference that takes no NULL, or an account that is a number. The row "
            "would still be somebody's. Let it take NULL, use a key without meaning, or let the "
            "activity end in `delete`.",
        ),
    )


def _same(written: Value, told: Value) -> bool:
    """Tell whether a store holds what was written; columns of fixed width add spaces."""
    if isinstance(written, str) and isinstance(told, str):
        return written.rstrip(" ") == told.rstrip(" ")
    return written == told
