"""Moving a data folder's database to one that processes share, as a use case sees it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from chengnuo.base.errors import IntegrityError


class MoveDiffersError(IntegrityError):
    """What was read back is not what was written; the data folder stays in force."""

    code = "move-differs"

    def __init__(self, table: str) -> None:
        super().__init__(f"`{table}` is not the same after it was moved; nothing was switched")
        self.table = table


class Stage(Enum):
    """How far an earlier move has come."""

    BEGUN = "begun"
    MARKED = "marked"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMoved:
    """One table after it was brought over.

    Attributes:
        name: Its name.
        rows: How many rows there are, on both sides.
        digest: SHA-256 over all of them in the order of their keys, on both sides.
        left: How many ranges of it have to be done again; then the sides are not equal yet.

    """

    name: str
    rows: int
    digest: bytes
    left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round brought over.

    Attributes:
        tables: The tables, as they were when they were looked at.
        changed: How many ranges of rows and batches of the log were copied.

    """

    tables: tuple[TableMoved, ...]
    changed: int

    @property
    def left(self) -> int:
        """How many ranges have to be done again."""
        return sum(one.left for one in self.tables)


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeMoved:
    """The tree over the records that were read back.

    Attributes:
        origin: Name of the log.
        size: How many records are there.
        proved: Size of the newest signed checkpoint, whose root was found again; 0 without one.
        root: That root.

    """

    origin: str
    size: int
    proved: int
    root: bytes


Tell = Callable[[str, int], None]
"""Told what is being brought over, and how many rows or records of it were seen."""


class DataMove(Protocol):
    """Both sides of a move."""

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        ...

    @property
    def to(self) -> str:
        """Where it goes, without an account or a password."""
        ...

    def bring_over(self, *, trusting: bool, tell: Tell) -> Round:
        """Copy what differs, and read it back.

        Args:
            trusting: Whether what was found to be the same once is not read again over there.
            tell: Told how far it is.

        Raises:
            MoveDiffersError: What was read back is not the same; the folder stays in force.
            DatabaseUnavailableError: A side does not answer; to be run again.

        """
        ...

    def held(self) -> AbstractContextManager[None]:
        """Let nobody else write the folder.

        Raises:
            LogLockedError: A service writes it.

        """
        ...

    def tree(self) -> TreeMoved:
        """Return the tree over what was read back.

        Raises:
            MoveDiffersError: The newest checkpoint was not reached.

        """
        ...

    def mark(self) -> None:
        """Put the folder out of force; durable on return."""
        ...

    def finish(self) -> None:
        """Put the other side in force."""
        ...
