"""A store of the operator as one looks into it: all its tables, some or all of its rows.

Nothing is ever changed through it. It is another side of the connectors that fulfil rights
(`record_source`), which read only what a request is about.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from chengnuo.domain.rights.schema import TableSchema
from chengnuo.domain.rights.values import Value

MOST_CHARS = 4_096
"""How much of one value is read; what stands further behind in a longer one is not seen."""
PAGE_ROWS = 2_000
"""How many rows a page holds at the most."""


@dataclass(frozen=True, kw_only=True)
class LookedTable:
    """A table that is there.

    Attributes:
        schema: Its columns.
        readable: Whether its rows can be read; contents of whole files are not.

    """

    schema: TableSchema
    readable: bool = True


class StoreLook(Protocol):
    """One store. Safe to use from one thread at a time; `close` ends it."""

    def tables(self) -> Sequence[LookedTable]:
        """Return all tables that are there, those that the register does not name included.

        Raises:
            StoreUnavailableError: The store does not answer.

        """
        ...

    def rows(self, table: str) -> int | None:
        """Return how many rows there are; None where that takes too long or is not told.

        Raises:
            StoreUnavailableError: The store does not answer, or not about this table.

        """
        ...

    def pages(
        self, table: str, columns: Sequence[str], most: int | None
    ) -> Iterator[Sequence[tuple[Value, ...]]]:
        """Yield pages of rows, no row twice: all of them, or some from all over the table.

        Rows of a table without a key that are equal in everything may be told once.

        Args:
            table: Table.
            columns: Columns to return, in this order.
            most: How many rows at the most, from places chosen at random; None for all.

        Raises:
            StoreUnavailableError: The store does not answer, or not about this table.
            ValueFormError: It holds a value that cannot be carried.

        """
        ...

    def oldest(self, table: str, column: str) -> Value:
        """Return the least value of a column; None where there is none or it takes too long.

        Raises:
            StoreUnavailableError: The store does not answer, or not about this table.

        """
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...


@runtime_checkable
class PartedLook(StoreLook, Protocol):
    """A store whose tables lie in parts, as files, each of which can be looked into apart."""

    def parts(self, table: str) -> Sequence[str]:
        """Return the parts of a table, in the order in which `pages` goes through all of them.

        Raises:
            StoreUnavailableError: The store does not answer.

        """
        ...

    def pages_in(
        self, table: str, part: str, columns: Sequence[str]
    ) -> Iterator[Sequence[tuple[Value, ...]]]:
        """Yield the pages of a part, each as it is among those of the whole table.

        Raises:
            StoreUnavailableError: It cannot be read.
            ValueFormError: It holds a value that cannot be carried.

        """
        ...

    def oldest_in(self, table: str, part: str, column: str) -> Value:
        """Return the least value of a column in a part; None where there is none.

        Raises:
            StoreUnavailableError: It cannot be read.

        """
        ...

    def least(self, values: Iterable[Value]) -> Value:
        """Return the least of some values, as `oldest` compares them; None where all are None."""
        ...


class StoreLooks(Protocol):
    """Opens the stores of a register to look into them."""

    def open(self, store: str) -> StoreLook:
        """Return a store, ready for use.

        Raises:
            StoreUnavailableError: It cannot be reached, or its connection is not set.

        """
        ...
