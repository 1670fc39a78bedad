"""Whether a value may be set, as far as register and schema tell (PIPL Art. 46).

What the individual may correct is what the register says they may; what records an act of theirs
is not rewritten. A row that is others' as well is not corrected for one of them: whose information
a column of it is cannot be told, and the change would befall all.
"""

from chengnuo.domain.register.store import Column
from chengnuo.domain.rights.alike import fits, in_type
from chengnuo.domain.rights.data_map import MappedTable
from chengnuo.domain.rights.filling import fill
from chengnuo.domain.rights.kinds import SHARED, Kind
from chengnuo.domain.rights.plan import ColumnFate, Problem
from chengnuo.domain.rights.preflight import filled_problems
from chengnuo.domain.rights.schema import ColumnSchema, ValueType
from chengnuo.domain.rights.values import Value, instant_of
from chengnuo.domain.rights.words import RefusalCode


def column_of(table: MappedTable, name: str) -> Column | None:
    """Return a declared column that is there."""
    declared = table.declared.columns if table.declared else ()
    for one in declared:
        if one.column == name and name in table.schema.by_name:
            return one
    return None


def may_not(table: MappedTable, column: Column, value: Value) -> RefusalCode | None:
    """Return why a column may not be set to a value at all, None if it may."""
    there = table.schema.by_name[column.column]
    ties = {
        *table.identity,
        *table.schema.key,
        *(name for key in table.schema.foreign_keys for name in key.columns),
    }
    if not column.correctable or there.generated or column.column in ties:
        return RefusalCode.NOT_CORRECTABLE
    if not _takes(there, value):
        return RefusalCode.WRONG_VALUE
    filled = fill(table.schema, {column.column: ColumnFate.SET}, {column.column: value})
    return RefusalCode.WRONG_VALUE if filled.fillings is None else None


def may_not_here(kind: Kind) -> RefusalCode | None:
    """Return why nothing may be set in a row of a kind, None if it may."""
    return RefusalCode.BELONGS_TO_OTHERS if kind.belongs == SHARED else None


def left_open(table: MappedTable, column: Column, value: Value) -> tuple[Problem, ...]:
    """Return conditions that only the store can tell."""
    filled = fill(table.schema, {column.column: ColumnFate.SET}, {column.column: value})
    return tuple(filled_problems(table.schema.table, filled))


_SIZED = (ValueType.TEXT, ValueType.JSON, ValueType.BYTES)
_INSTANTS = (ValueType.DATE, ValueType.INSTANT)


def _takes(column: ColumnSchema, value: Value) -> bool:
    if value is None:
        return column.nullable
    if isinstance(value, bool) or column.type is ValueType.BOOLEAN:
        return isinstance(value, bool) and column.type is ValueType.BOOLEAN
    if column.type in _SIZED:
        kind = bytes if column.type is ValueType.BYTES else str
        return isinstance(value, kind) and (column.length is None or len(value) <= column.length)
    if column.type in _INSTANTS:
        return not isinstance(value, int) and instant_of(value) is not None
    is_real = column.type is ValueType.REAL and isinstance(value, int | float)
    return is_real or fits(in_type(value, column.type), column.type)
