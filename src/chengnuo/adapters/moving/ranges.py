"""A table brought over range by range of its keys, and what is known to be the same by now.

A range is copied whole: what the other side has of it is taken away, what this side has is put in
its place and read back, in one transaction. So it does not matter what was done to a row since the
last round, or what a run that was killed has left. What two ranges must not hold at once (a value
that is the only one of its kind, moved from one row to another in between) is left out of the
round and done in the next.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from chengnuo.adapters.moving.tables import Key, MovedTable, Row, as_text

RANGE_ROWS = 4096
_Range = tuple[Key | None, Key | None]


class FromSide(Protocol):
    """Where rows come from."""

    def rows(self, table: MovedTable, low: Key | None, high: Key | None, limit: int) -> list[Row]:
        """Return the first rows above one key and up to another, in key order."""
        ...


class ToSide(Protocol):
    """Where rows go."""

    def digest(self, table: MovedTable, low: Key | None, high: Key | None) -> bytes:
        """Return the digest of the rows above one key and up to another."""
        ...

    def replace(
        self, table: MovedTable, low: Key | None, high: Key | None, rows: list[Row]
    ) -> bool:
        """Put rows in the place of those above one key and up to another, and read them back.

        Returns:
            False if another row there holds what only one may; then there is none of the range.

        """
        ...


@dataclass(slots=True)
class BroughtTable:
    """One table after a round.

    Attributes:
        rows: How many there are.
        digest: Over all of them, in key order.
        changed: How many ranges were copied.
        left: How many have to be done again.

    """

    rows: int = 0
    digest: bytes = b""
    changed: int = 0
    left: int = 0


@dataclass(slots=True)
class Ranges:
    """The ranges of one table, from round to round.

    Attributes:
        table: The table.
        range_rows: How many rows a range holds when it is made.

    """

    table: MovedTable
    range_rows: int = RANGE_ROWS
    _ends: list[Key] = field(default_factory=list)
    _same: dict[_Range, bytes] = field(default_factory=dict)

    def bring_over(
        self, here: FromSide, there: ToSide, *, trusting: bool, tell: Callable[[int], None]
    ) -> BroughtTable:
        """Copy what differs.

        Args:
            here: Where rows come from.
            there: Where they go.
            trusting: Whether what was read there once is not read again; nobody else writes it.
            tell: Told how many rows were looked at so far.

        Raises:
            MoveDiffersError: What was read back is not what was written.
            MoveValueError: A value cannot be moved.

        """
        found, whole = BroughtTable(), sha256()
        for low, high, rows in self._walk(here):
            text = as_text(rows)
            digest = sha256(text).digest()
            found.rows += len(rows)
            whole.update(text)
            if trusting and self._same.get((low, high)) == digest:
                continue
            if there.digest(self.table, low, high) != digest:
                found.changed += 1
                if not there.replace(self.table, low, high, rows):
                    found.left += 1
                    self._same.pop((low, high), None)
                    continue
            self._same[low, high] = digest
            tell(found.rows)
        found.digest = whole.digest()
        return found

    def _walk(self, here: FromSide) -> Iterator[tuple[Key | None, Key | None, list[Row]]]:
        low: Key | None = None
        place = 0
        while True:
            high = self._ends[place] if place < len(self._ends) else None
            rows = here.rows(self.table, low, high, 2 * self.range_rows)
            if len(rows) == 2 * self.range_rows:  # it has grown: the rest is a range of its own
                rows = rows[: self.range_rows]
                high = self.table.key_of(rows[-1])
                self._ends.insert(place, high)
            yield low, high, rows
            if high is None:
                return
            low, place = high, place + 1
