"""Values as stores hold them, and one text for each so that they can be kept and compared.

A store's driver returns its own Python values; whatever is none of these types is refused by the
connector, so that nothing below has to guess.
"""

import base64
import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from json.encoder import encode_basestring  # as `_ENCODER` writes a text
from uuid import UUID

from chengnuo.base.errors import InvalidInputError

Value = str | int | float | bool | bytes | Decimal | date | time | datetime | UUID | None
"""One value of a column."""

RowKey = tuple[Value, ...]
"""What names one row of a table: the values of its key columns, in their order."""


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class ValueFormError(InvalidInputError):
    """A store holds a value of a type that cannot be carried."""

    code = "rights-value"

    def __init__(self, table: str, column: str, found: str) -> None:
        super().__init__(
            f"column `{column}` of `{table}` holds a `{found}`, which is not supported"
        )
        self.table, self.column, self.found = table, column, found


def encode_key(key: RowKey) -> str:
    """Return one text for a key; different keys never share one, whatever their types.

    >>> encode_key((1, "a", None))
    '[1,"a",null]'
    >>> encode_key((date(2026, 10, 1),))
    '[{"date":"2026-10-01"}]'

    """
    if len(key) == 1 and type(key[0]) is int:  # most keys are; several times as fast
        return f"[{key[0]}]"
    parts = []
    for value in key:
        if isinstance(value, str):
            parts.append(encode_basestring(value))
        elif type(value) is int:  # no truth value
            parts.append(str(value))
        else:
            return _ENCODER.encode([_plain(one) for one in key])
    return f"[{','.join(parts)}]"


def decode_key(text: str) -> RowKey:
    """Return the key that `encode_key` gave this text for."""
    if text[1:-1].isdecimal():
        return (int(text[1:-1]),)
    return tuple(_value(one) if type(one) is dict else one for one in json.loads(text))


def _plain(value: Value) -> object:  # noqa: PLR0911  one case a type
    match value:
        case bool() | str() | None:
            return value
        case int():
            return value
        case float():
            return {"float": value.hex()}
        case bytes():
            return {"bytes": base64.b64encode(value).decode("ascii")}
        case Decimal():
            return {"decimal": str(value)}
        case datetime():
            return {"instant": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case time():
            return {"time": value.isoformat()}
        case UUID():
            return {"uuid": str(value)}


def _value(plain: object) -> Value:  # noqa: PLR0911  one case a type
    if plain is None or isinstance(plain, bool | str | int):
        return plain
    assert isinstance(plain, dict)  # noqa: S101  only `encode_key` wrote it
    ((kind, text),) = plain.items()
    match kind:
        case "float":
            return float.fromhex(text)
        case "bytes":
            return base64.b64decode(text)
        case "decimal":
            return Decimal(text)
        case "instant":
            return datetime.fromisoformat(text)
        case "date":
            return date.fromisoformat(text)
        case "time":
            return time.fromisoformat(text)
        case _:
            return UUID(text)


def instant_of(value: Value) -> datetime | None:  # noqa: PLR0911  one case a type
    """Return the instant that a column tells, or None where it tells none.

    A time without a zone is taken as UTC; a civil date as its beginning in UTC; an integer as
    seconds, or as milliseconds where it is too large to be seconds of the years up to 9999.
    """
    match value:
        case datetime():
            return value if value.tzinfo is not None else value.replace(tzinfo=UTC)
        case date():
            return datetime(value.year, value.month, value.day, tzinfo=UTC)
        case bool():
            return None
        case int():
            seconds = value / 1000 if abs(value) > _LAST_SECOND else float(value)
            return datetime.fromtimestamp(seconds, UTC) if abs(seconds) <= _LAST_SECOND else None
        case str():
            try:
                return instant_of(datetime.fromisoformat(value))
            except ValueError:
                return None
        case _:
            return None


_LAST_SECOND = 253_402_300_799
