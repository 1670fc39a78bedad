"""The plain way to keep evidence: one SQLite table, every batch a durable transaction.

In its best honest form: WAL, `synchronous=FULL` (without it the last batches are lost with the
power), `executemany`, one prepared statement, one transaction per batch, a large page cache. An
audit table that can answer an individual needs the index on them; it is measured with and without.
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from chengnuo.ports.evidence_log import Draft

Row = tuple[int, str, str | None, str, str, str, str, str, str]

_TABLE = """
CREATE TABLE audit (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, person TEXT,
    activity TEXT NOT NULL, item TEXT NOT NULL, recipient TEXT NOT NULL, register TEXT NOT NULL,
    law TEXT NOT NULL, payload TEXT NOT NULL
)
"""
_INSERT = (
    "INSERT INTO audit (at, kind, person, activity, item, recipient, register, law, payload)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class AuditTable:
    """A table of records."""

    def __init__(self, path: Path, *, index: bool, make: bool = True) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        run = self._connection.execute
        run("PRAGMA journal_mode=WAL")
        run("PRAGMA synchronous=FULL")
        run("PRAGMA cache_size=-65536")
        run("PRAGMA wal_autocheckpoint=10000")
        if make:
            run(_TABLE)
        if index:
            run("CREATE INDEX of_person ON audit (person, id)")

    def append(self, rows: Sequence[Row]) -> None:
        """Insert rows; durable on return."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany(_INSERT, rows)
        self._connection.execute("COMMIT")

    def count(self) -> int:
        """Return how many rows there are."""
        found: int = self._connection.execute("SELECT count(*) FROM audit").fetchone()[0]
        return found

    def close(self) -> None:
        """Close the table, its write-ahead log carried over as SQLite does."""
        self._connection.close()


def row(draft: Draft, at: int) -> Row:
    """Return a record as a row."""
    return (
        at,
        draft.kind.value,
        draft.person,
        draft.activity,
        draft.item,
        draft.recipient,
        draft.register,
        draft.law,
        draft.payload.decode(),
    )
