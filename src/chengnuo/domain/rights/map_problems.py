"""What register and schema say differently of each other, in words, with what would mend it."""

from chengnuo.base.text import Text
from chengnuo.domain.register.store import Identifier, Store, Table
from chengnuo.domain.rights.plan import Problem, ProblemKind
from chengnuo.domain.rights.schema import OF_CONNECTOR, StoreSchema, TableSchema


def of_store(
    store: Store, schema: StoreSchema, *, near: set[str], lost: set[str]
) -> tuple[Problem, ...]:
    """Return the problems of a store, in the order of the register and then of the schema.

    Args:
        store: What the register says.
        schema: What the store says.
        near: Tables that refer to a declared personal table or are referred to by one.
        lost: Declared personal tables that nobody's rows lead to.

    """
    found: list[Problem] = []
    for table in store.tables:
        there = schema.by_name.get(table.table)
        if there is None:
            found.append(_missing_table(table.table, blocks=bool(table.columns)))
            continue
        used, declared = _used(table), _declared(table)
        found.extend(
            _missing_column(table.table, name, blocks=name in used)
            for name in sorted(declared - set(there.by_name))
        )
        if table.columns:
            found.extend(undeclared(table, there))
        if table.table in lost:
            found.append(_unreachable(table.table))
    known = {table.table for table in store.tables}
    found.extend(
        _undeclared_table(one.table)
        for one in schema.tables
        if one.table not in known and one.table in near
    )
    return tuple(found)


def undeclared(table: Table, schema: TableSchema) -> tuple[Problem, ...]:
    """Return a problem for each column of which the register does not say what it holds."""
    declared = _declared(table)
    return tuple(
        _undeclared_column(table.table, one.column)
        for one in schema.columns
        if one.column not in declared and not one.column.startswith(OF_CONNECTOR)
    )


def _used(table: Table) -> set[str]:
    """Return the columns that a deletion needs."""
    keys = {column for one in table.references for column in one.columns}
    return {*(one.column for one in table.columns), *table.identity, *keys}


def _declared(table: Table) -> set[str]:
    return {
        *_used(table),
        *table.not_personal,
        *(name for one in table.identifiers for name in _columns_of(one)),
        *(one.column for one in table.events),
    }


def _columns_of(identifier: Identifier) -> tuple[str, ...]:
    """Return the columns that an identifier is looked up by."""
    named = (identifier.column, identifier.account, identifier.when_column)
    return tuple(one for one in named if one is not None)


def _missing_table(table: str, *, blocks: bool) -> Problem:
    return Problem(
        kind=ProblemKind.MISSING_TABLE,
        table=table,
        blocks=blocks,
        what=Text(
            f"登记的表 `{table}` 在库中不存在；请改正登记或检查连接。",
            f"Table `{table}` of the register is not in the store; mend the register or the "
            "connection.",
        ),
    )


def _missing_column(table: str, column: str, *, blocks: bool) -> Problem:
    return Problem(
        kind=ProblemKind.MISSING_COLUMN,
        table=table,
        column=column,
        blocks=blocks,
        what=Text(
            f"登记的列 `{table}.{column}` 在库中不存在；请改正登记。",
            f"Column `{table}.{column}` of the register is not in the store; mend the register.",
        ),
    )


def _undeclared_column(table: str, column: str) -> Problem:
    return Problem(
        kind=ProblemKind.UNDECLARED_COLUMN,
        table=table,
        column=column,
        blocks=False,
        what=Text(
            f"列 `{table}.{column}` 没有登记，不知道是否含个人信息；"
            "请登记为个人信息或不含个人信息。",
            f"Column `{table}.{column}` is not in the register; declare it, as personal or not.",
        ),
    )


def _unreachable(table: str) -> Problem:
    return Problem(
        kind=ProblemKind.UNREACHABLE_TABLE,
        table=table,
        blocks=True,
        what=Text(
            f"表 `{table}` 含个人信息，却没有身份列，也没有通向身份的引用；"
            "请登记 `identity` 或 `references`。",
            f"Table `{table}` holds personal information but nothing leads to it from an account; "
            "declare `identity` or `references`.",
        ),
    )


def _undeclared_table(table: str) -> Problem:
    return Problem(
        kind=ProblemKind.UNDECLARED_TABLE,
        table=table,
        blocks=False,
        what=Text(
            f"表 `{table}` 与含个人信息的表相连，却没有登记；请登记它的各列。",
            f"Table `{table}` is tied to a personal table but is not in the register; declare its "
            "columns.",
        ),
    )
