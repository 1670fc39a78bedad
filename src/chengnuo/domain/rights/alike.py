"""One value in the type of another column: account ids are texts, stores hold what they like."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from uuid import UUID

from chengnuo.domain.rights.schema import ColumnSchema, ValueType
from chengnuo.domain.rights.values import RowKey, Value

Cast = Callable[[RowKey], RowKey | None]
"""Turns values into the types of other columns; None where they have no such form."""


def in_type(value: Value, type_: ValueType) -> Value:
    """Return a value as a column of a type holds it, the same where there is nothing to turn.

    A text that is no number stays a text: it equals nothing in a column of numbers.
    """
    try:
        match type_, value:
            case ValueType.INTEGER, str():
                return int(value) if str(int(value)) == value else value
            case ValueType.DECIMAL, str() | int():
                return Decimal(value)
            case ValueType.UUID, str():
                return UUID(value)
            case ValueType.TEXT, int() | UUID() | Decimal():
                return str(value)
            case _:
                return value
    except (ValueError, InvalidOperation):
        return value


def fits(value: Value, type_: ValueType) -> bool:
    """Tell whether a column of a type can be asked for a value at all."""
    match type_:
        case ValueType.INTEGER:
            return isinstance(value, int) and abs(value) < 2**63
        case ValueType.DECIMAL:
            return isinstance(value, Decimal)
        case ValueType.UUID:
            return isinstance(value, UUID)
        case ValueType.TEXT:
            return isinstance(value, str)
        case _:
            return True


def is_account(value: Value, account: str) -> bool:
    """Tell whether a value of an identity column is the account, whatever its type."""
    return value is not None and str(value) == account


def cast(here: tuple[ColumnSchema, ...], there: tuple[ColumnSchema, ...]) -> Cast | None:
    """Return what turns values of some columns into the types of others; None if nothing does."""
    types = tuple(one.type for one in there)
    if types == tuple(one.type for one in here):
        return None

    def turned(values: RowKey) -> RowKey | None:
        found = tuple(in_type(value, type_) for value, type_ in zip(values, types, strict=True))
        is_fit = all(fits(value, type_) for value, type_ in zip(found, types, strict=True))
        return found if is_fit else None

    return turned
