"""The rows of the key vault, wherever they are: what is done to them, in SQL that any may speak.

Parameters are written `?`. What the kinds of database differ in is left to them: transactions, how
the tables are made, and how nothing of a destroyed key stays behind.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from threading import RLock
from typing import Any, Protocol

from chengnuo.adapters.evidence.key_vault_schema import (
    COLUMNS,
    DIGEST_BYTES,
    EPOCH_BYTES,
    KeyRow,
    KeysDamagedError,
    KeyState,
    digest_of,
    either,
)
from chengnuo.ports.individuals import PersonKey

MOST_ORDINAL = (1 << 63) - 1
_MOST_NAMED = 500
_TYPES = (int, str, bytes, bytes, bytes)


class Found(Protocol):
    """What a statement found, or how many rows it changed."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        ...

    def fetchone(self) -> Any:  # noqa: ANN401  a row, or None
        """Return the next row, or None."""
        ...

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        ...


class KeyRows(ABC):
    """The rows, and the few things done to them. One thread at a time, and each gets its turn."""

    lock: RLock

    @abstractmethod
    def is_empty(self) -> bool:
        """Tell whether there are no tables yet.

        Raises:
            KeysDamagedError: There are others than those that were made.

        """

    @abstractmethod
    def make_tables(self) -> None:
        """Make the tables, and the first state, within a transaction."""

    @abstractmethod
    def execute(self, statement: str, values: Sequence[object] = ()) -> Found:
        """Run one statement."""

    @abstractmethod
    def insert(self, rows: Iterable[KeyRow]) -> None:
        """Add rows, within a transaction."""

    @abstractmethod
    def replace(self, rows: Iterable[KeyRow]) -> None:
        """Put other keys in the place of those of the same ordinals, within a transaction."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[None]:
        """Keep other threads away, and turn the database's errors into ours."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[None]:
        """Hold the write lock; commits at the end, or not at all."""

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[None]:
        """Let everything read within be of one moment, whoever writes meanwhile."""

    @abstractmethod
    def changes_of_others(self) -> int:
        """Return a number that changes whenever another connection has committed."""

    @abstractmethod
    def truncate_log(self) -> None:
        """Let nothing of what was destroyed stay behind, as far as the database can.

        Raises:
            DatabaseUnavailableError: Somebody else reads or writes for too long.

        """

    @abstractmethod
    def faults(self) -> Iterator[str]:
        """Yield what the database itself finds wrong with what it keeps."""

    @abstractmethod
    def close(self) -> None:
        """Let go of it."""

    def begin_state(self) -> None:
        """Write the first state, within a transaction."""
        start = KeyState(0, 1, 0, b"", bytes(DIGEST_BYTES))
        self.execute(
            "INSERT INTO state VALUES (1, ?, ?, ?, ?, ?, ?)", (*start, digest_of("state", start))
        )

    def state(self) -> KeyState:
        """Return where the vault stands."""
        found = self.execute(
            "SELECT ordinal, wanted, made, known, listed, digest FROM state"
        ).fetchone()
        if found is None or digest_of("state", found[:-1]) != found[-1]:
            raise KeysDamagedError("where it stands is not what was written")
        return KeyState(*found[:-1])

    def set_state(self, state: KeyState) -> None:
        """Say where the vault stands."""
        self.execute(
            "UPDATE state SET ordinal = ?, wanted = ?, made = ?, known = ?, listed = ?, digest = ?",
            (*state, digest_of("state", state)),
        )

    def note_listed(self, digest: bytes) -> None:
        """Take the digest of a row of a list in, or out if it was in."""
        state = self.state()
        self.set_state(state._replace(listed=either(state.listed, digest)))

    def of_persons(self, persons: Sequence[PersonKey]) -> list[KeyRow]:
        """Return the rows there are of some persons."""
        found: list[KeyRow] = []
        for start in range(0, len(persons), _MOST_NAMED):
            some = persons[start : start + _MOST_NAMED]
            marks = ",".join("?" * len(some))
            found += self._rows(f"WHERE person IN ({marks})", some)
        return found

    def of_ordinal(self, ordinal: int) -> KeyRow | None:
        """Return the row of an ordinal, or None."""
        return next(iter(self._rows("WHERE ordinal = ?", (ordinal,))), None)

    def after(self, ordinal: int, limit: int) -> list[KeyRow]:
        """Return the rows that follow an ordinal."""
        return self._rows("WHERE ordinal > ? ORDER BY ordinal LIMIT ?", (ordinal, limit))

    def behind(self, epoch: int, after: int, limit: int, *, to: int = MOST_ORDINAL) -> list[KeyRow]:
        """Return rows of epochs before one, from an ordinal on and up to another."""
        return self._rows(
            "WHERE ordinal > ? AND ordinal <= ? AND epoch < ? ORDER BY ordinal LIMIT ?",
            (after, to, epoch.to_bytes(EPOCH_BYTES, "big"), limit),
        )

    def last_ordinal(self) -> int:
        """Return the highest ordinal that there is, 0 without any."""
        return self.number("SELECT coalesce(max(ordinal), 0) FROM individual")

    def delete(self, ordinal: int) -> None:
        """Take a row away, zeroed first."""
        self.execute("DELETE FROM individual WHERE ordinal = ?", (ordinal,))

    def _rows(self, where: str, values: Sequence[object]) -> list[KeyRow]:
        query = f"SELECT {COLUMNS} FROM individual {where}"  # noqa: S608 - constants
        found = self.execute(query, values).fetchall()
        if any(tuple(map(type, row)) != _TYPES for row in found):
            raise KeysDamagedError("a row of an individual is not what was written")
        return [
            KeyRow(
                ordinal,
                person,
                int.from_bytes(epoch, "big"),
                content if any(content) else None,
                proof,
            )
            for ordinal, person, epoch, content, proof in found
        ]

    def number(self, statement: str) -> int:
        """Return the one number that a statement finds."""
        (value,) = self.execute(statement).fetchone()
        return int(value)


def values_of(row: KeyRow) -> tuple[int, str, bytes, bytes, bytes]:
    """Return a row as it stands in the table, in the order of `COLUMNS`."""
    epoch = row.epoch.to_bytes(EPOCH_BYTES, "big")
    return row.ordinal, row.person, epoch, row.content or bytes(len(row.proof)), row.proof
