"""What takes the place of a value that goes while its row stays.

Masking puts something neutral there; anonymising something that is different for each row and says
nothing about anybody, made from the secret of the run. Neither looks at the value that was there,
so nothing of it can be left. The same run gives the same values however often it is repeated; once
its secret is destroyed nobody can tell which row they stand for (PIPL Art. 73 item 4).

A column that has to be unique gets unique values; one that a condition binds gets a value that
the condition allows, see `filling`.
"""

import hmac
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from chengnuo.domain.rights.schema import ColumnSchema, ValueType
from chengnuo.domain.rights.values import Value

_MASK = "***"
_STEM = "anon-"
_FULL, _LEAST = len(_STEM) + 16, 8
_SAMPLE = b"\x5a" * 32
# The first day that a server which counts seconds since 1970 holds in every time zone.
_EARLY = datetime(1970, 1, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Filling:
    """What is written into one column of a group of rows.

    Attributes:
        column: The column.
        constant: The same for every row; counts where `each` is not set.
        each: Whether every row gets a value of its own.
        below: For numbers of their own: below zero.

    """

    column: ColumnSchema
    constant: Value = None
    each: bool = False
    below: bool = True

    def value(self, secret: bytes, table: str, key: str) -> Value:
        """Return what a row gets.

        Args:
            secret: Secret of the run.
            table: Table, `store.table`.
            key: Key of the row, encoded.

        """
        if not self.each:
            return self.constant
        text = f"{table}\x1f{self.column.column}\x1f{key}"
        return _own(self, hmac.digest(secret, text.encode(), sha256))

    @property
    def sample(self) -> Value:
        """A value as rows may get it, to hold a condition to."""
        return _own(self, _SAMPLE) if self.each else self.constant


_NEUTRAL: dict[ValueType, tuple[Value, ...]] = {
    ValueType.TEXT: (_MASK, ""),
    ValueType.INTEGER: (0, 1),
    ValueType.REAL: (0.0, 1.0),
    ValueType.DECIMAL: (Decimal(0), Decimal(1)),
    ValueType.BOOLEAN: (False, True),
    ValueType.DATE: (_EARLY.date(),),
    ValueType.TIME: (time(),),
    ValueType.INSTANT: (_EARLY,),
    ValueType.BYTES: (b"",),
    ValueType.UUID: (UUID(int=0),),
    ValueType.JSON: ("{}",),
    ValueType.OTHER: (),
}


def neutral(column: ColumnSchema) -> tuple[Value, ...]:
    """Return values that say nothing, the best first; none where the type is not known."""
    found = _NEUTRAL[column.type]
    if column.type is ValueType.TEXT and column.length is not None:
        return (_MASK[: column.length], "")
    return found


def own(column: ColumnSchema) -> tuple[Filling, ...]:
    """Return ways to give each row a value of its own; none where the column is too narrow."""
    match column.type:
        case ValueType.TEXT:
            is_wide = column.length is None or column.length >= _LEAST
            return (Filling(column, each=True),) if is_wide else ()
        case ValueType.INTEGER:
            return (Filling(column, each=True), Filling(column, each=True, below=False))
        case ValueType.DATE | ValueType.INSTANT | ValueType.UUID:
            return (Filling(column, each=True),)
        case ValueType.BYTES:
            is_wide = column.length is None or column.length >= _LEAST
            return (Filling(column, each=True),) if is_wide else ()
        case _:
            return ()


def _own(filling: Filling, drawn: bytes) -> Value:  # noqa: PLR0911  one type each
    column, number = filling.column, int.from_bytes(drawn[:8], "big")
    match column.type:
        case ValueType.INTEGER:
            small = number % (2**30) + 2**30
            return -small if filling.below else small
        case ValueType.DATE:
            return date(1, 1, 1) + timedelta(days=number % 600_000)
        case ValueType.INSTANT:
            return _EARLY + timedelta(seconds=number % 2**30)
        case ValueType.UUID:
            return UUID(bytes=drawn[:16], version=4)
        case ValueType.BYTES:
            return drawn if column.length is None else drawn[: column.length]
        case _:
            text = drawn.hex()
            if column.length is None or column.length >= _FULL:
                return _STEM + text[: _FULL - len(_STEM)]
            return text[: column.length]
