"""Finding rows in stores that cannot be asked: comparing here, and sorting on disk.

Such stores hold one person's id now as a number and now as text, so a number equals the text that
writes it. What is collected to be sorted goes into a private temporary file without a name.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from itertools import islice
from uuid import UUID

from chengnuo.domain.register.store import Table
from chengnuo.domain.rights.values import RowKey, Value, decode_key, encode_key, instant_of
from chengnuo.ports.record_source import Match

_BATCH = 1_000


def declared_columns(table: Table) -> tuple[str, ...]:
    """Return all columns that the register names of a table."""
    names = [
        *table.identity,
        *(column.column for column in table.columns),
        *table.not_personal,
        *(column for reference in table.references for column in reference.columns),
        *(event.column for event in table.events),
    ]
    return tuple(dict.fromkeys(names))


def comparable(value: Value) -> Value:
    """Return the form in which values of different stores are compared.

    >>> comparable(17) == comparable("17"), comparable(True) == comparable(1)
    (True, False)

    """
    if type(value) is str:  # most are
        return value
    match value:
        case bool():
            return "true" if value else "false"
        case int() | Decimal() | UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case _:
            return value


def matcher(match: Match) -> Callable[[Callable[[str], Value]], bool]:
    """Return a function that tells whether a row, given as a function of the column, matches."""
    wanted = {tuple(comparable(one) for one in values) for values in match.values}
    also = [(column, comparable(value)) for column, value in match.also]
    if len(match.columns) == 1 and not also:
        (only,) = match.columns
        singles = {one for (one,) in wanted if one is not None}
        return lambda get: comparable(get(only)) in singles

    def is_match(get: Callable[[str], Value]) -> bool:
        found = tuple(comparable(get(column)) for column in match.columns)
        if None in found or found not in wanted:
            return False
        return all(value is not None and comparable(get(one)) == value for one, value in also)

    return is_match


def is_before(value: Value, before: Value) -> bool:
    """Tell whether a value is less than another, as instants, numbers or texts; None never is."""
    if value is None or before is None:
        return False
    if isinstance(before, date):  # an instant is one as well
        found, limit = instant_of(_as_number(value)), instant_of(before)
        return found is not None and limit is not None and found < limit
    if isinstance(before, int | float | Decimal):
        number = _as_number(value)
        return isinstance(number, int | float | Decimal) and number < before
    return str(comparable(value)) < str(comparable(before))


def _as_number(value: Value) -> Value:
    if not isinstance(value, str):
        return value
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite():
        return value
    return int(number) if number == number.to_integral_value() else number


class SortedKeys:
    """Different keys in their order, kept on disk, so that memory stays flat."""

    def __init__(self) -> None:
        """Begin empty."""
        # An empty name makes a file without a name, which is gone when it is closed.
        self._kept = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._kept.execute("PRAGMA cache_size = -4096")
        self._kept.execute(
            "CREATE TABLE kept (sort BLOB PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID"
        )

    def add(self, keys: Iterable[RowKey]) -> None:
        """Add keys; those that are there already stay once."""
        rest = iter(keys)
        while part := [(_sortable(key), encode_key(key)) for key in islice(rest, _BATCH)]:
            self._kept.execute("BEGIN")
            self._kept.executemany("INSERT OR IGNORE INTO kept VALUES (?, ?)", part)
            self._kept.execute("COMMIT")

    def after(self, key: RowKey | None, limit: int) -> list[RowKey]:
        """Return the next keys in their order."""
        found = self._kept.execute(
            "SELECT key FROM kept WHERE sort > ? ORDER BY sort LIMIT ?",
            (b"" if key is None else _sortable(key), limit),
        )
        return [decode_key(text) for (text,) in found]

    def each(self, last: RowKey | None = None) -> Iterator[RowKey]:
        """Yield all keys after one in their order."""
        while part := self.after(last, _BATCH):
            yield from part
            last = part[-1]

    def close(self) -> None:
        """Let go of the file."""
        self._kept.close()


def _sortable(key: RowKey) -> bytes:
    """Return bytes that sort as the texts of a key do, one after another.

    A key of texts and bytes only; other values go by their encoded text, in a stable order.
    """
    return b"\0\0".join(_part(one) for one in key)


def _part(value: Value) -> bytes:
    match value:
        case str():
            plain = b"t" + value.encode("utf-8", "surrogatepass")
        case bytes():
            plain = b"u" + value
        case _:
            plain = b"a" + encode_key((value,)).encode()
    return plain.replace(b"\0", b"\0\1")
