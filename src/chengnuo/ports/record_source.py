"""A store of the operator in which rights are fulfilled: read by keys and pages, changed as one.

Every connector keeps this contract and says what it lacks. It knows tables, columns and values;
it knows nothing of law, individuals or the register.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from chengnuo.base.errors import ConflictError, InvalidInputError, UnavailableError
from chengnuo.domain.rights.schema import StoreSchema
from chengnuo.domain.rights.values import RowKey, Value


class Lack(StrEnum):
    """What a store cannot do."""

    TRANSACTIONS = "transactions"
    """Changes take effect one after another: a stop midway leaves part of them done."""
    SCHEMA = "schema"
    """It has no schema of its own: what the register says is all that is known."""
    UPDATE = "update"
    """A row can only be deleted as a whole."""
    READ = "read"
    """It cannot be asked what it holds: somebody else does that and answers (webhook, manual)."""
    ALL_VALUES = "all-values"
    """Distinct values of a column cannot be listed, so a sweep passes it by."""


class StoreUnavailableError(UnavailableError):
    """A store does not answer, or not in time; nothing in it was changed."""

    code = "rights-store-unavailable"

    def __init__(self, store: str, what: str) -> None:
        super().__init__(f"store `{store}` cannot be used now: {what}")
        self.store, self.what = store, what


class StoreRefusedError(ConflictError):
    """A store refused a change; all changes of the transaction were taken back.

    Attributes:
        store: Which store.
        table: Which table, as far as the store tells.
        constraint: Which constraint, as far as the store tells.

    """

    code = "rights-store-refused"

    def __init__(self, store: str, table: str, constraint: str) -> None:
        super().__init__(f"store `{store}` refused a change to `{table}`: {constraint}")
        self.store, self.table, self.constraint = store, table, constraint


class PageTooLargeError(InvalidInputError):
    """A page would hold more bytes than is held at once; ask for fewer rows.

    A single file that is larger cannot go into a copy: the register leaves its content out of one
    (`export: false`), and it is handed over by hand.

    Attributes:
        table: Which table.
        limit_bytes: The most.

    """

    code = "rights-page-too-large"

    def __init__(self, table: str, limit_bytes: int) -> None:
        super().__init__(f"a page of `{table}` would be over {limit_bytes} bytes")
        self.table, self.limit_bytes = table, limit_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Which rows: those whose columns equal one of the given tuples.

    Attributes:
        columns: Columns compared.
        values: Tuples in the order of the columns, at most `MOST_VALUES`. A NULL matches nothing.
        also: Further equalities that all rows have to meet, as for a polymorphic reference.

    """

    columns: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]
    also: tuple[tuple[str, Value], ...] = ()


MOST_VALUES = 500
"""How many tuples one `Match` may hold."""
PAGE = 2_000
"""How many rows a page holds at the most."""


class Changes(Protocol):
    """Changes within one transaction of a store."""

    def delete(self, table: str, keys: Sequence[RowKey]) -> int:
        """Delete rows by key (`TableSchema.key`); return how many there were.

        Raises:
            StoreRefusedError: A constraint stands against it.
            StoreUnavailableError: The store does not answer any more.

        """
        ...

    def update(self, table: str, rows: Sequence[tuple[RowKey, Mapping[str, Value]]]) -> int:
        """Set columns of rows; return how many rows there were of those that get anything.

        A row is named once in a block where its connector names it by what it holds.

        Raises:
            StoreRefusedError: A constraint stands against it.
            StoreUnavailableError: The store does not answer any more.

        """
        ...


class RecordSource(Protocol):
    """One store. Safe to use from one thread at a time; `close` ends it."""

    @property
    def store(self) -> str:
        """Id of the store in the register."""
        ...

    @property
    def lacks(self) -> frozenset[Lack]:
        """What it cannot do."""
        ...

    def schema(self, tables: Sequence[str]) -> StoreSchema:
        """Return the schema of these tables and of all that refer to or from them, as it is now.

        A table that is not there is left out.

        Raises:
            StoreUnavailableError: The store does not answer.

        """
        ...

    def rows(
        self, table: str, columns: Sequence[str], match: Match, *, after: RowKey | None = None
    ) -> Sequence[tuple[Value, ...]]:
        """Return the next page of rows, in the order of the key of the table.

        Args:
            table: Table.
            columns: Columns to return, in this order.
            match: Which rows.
            after: Key of the last row seen; None for the first page.

        Returns:
            At most `PAGE` rows; fewer means that there are no more.

        Raises:
            StoreUnavailableError: The store does not answer.
            ValueFormError: It holds a value that cannot be carried.
            PageTooLargeError: Contents of files were asked for, and they are too large together.

        """
        ...

    def distinct(self, table: str, column: str) -> Iterator[Value]:
        """Yield the different values of a column, NULL left out, in any order, page by page.

        Raises:
            StoreUnavailableError: The store does not answer.

        """
        ...

    def older(
        self,
        table: str,
        columns: Sequence[str],
        column: str,
        before: Value,
        *,
        after: RowKey | None = None,
    ) -> Sequence[tuple[Value, ...]]:
        """Return the next page of rows whose column is less than a value, in the order of the key.

        Raises:
            StoreUnavailableError: The store does not answer.

        """
        ...

    def changes(self, *, trial: bool = False) -> AbstractContextManager[Changes]:
        """Open one transaction: committed when the block ends, taken back when it raises.

        Args:
            trial: Take it back at the end in any case. Refused by a store that lacks transactions.

        Raises:
            StoreUnavailableError: The store does not answer, or lost the connection at the
                commit. Then it is not known whether it was committed; whoever asked looks.
            StoreRefusedError: A constraint that is looked at on commit stands against it.

        """
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...


class Sources(Protocol):
    """Opens the stores of a register by the connections of this installation."""

    def open(self, store: str) -> RecordSource:
        """Return a store, ready for use.

        Raises:
            StoreUnavailableError: It cannot be reached, or its connection is not set.

        """
        ...
