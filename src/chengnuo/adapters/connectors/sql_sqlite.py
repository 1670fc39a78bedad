"""SQLite as a store of the operator: one file, opened only if it is there.

Changes hold the write lock from their start (`BEGIN IMMEDIATE`), so that they wait instead of
failing midway. Foreign keys are enforced, whatever the operator's programs do. What is deleted is
overwritten (`secure_delete`), so that it does not stay readable in free pages of the file.

A column holds what was put into it: times are texts or numbers there and pass as they are.
"""

import re
import sqlite3
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

from sqlalchemy import URL, Connection, CursorResult, collate, create_engine
from sqlalchemy.engine import Engine
from sqlalchemy.pool import NullPool

from chengnuo.adapters.connectors.sql_server import (
    LOCK_S,
    STATEMENT_S,
    Beside,
    Expression,
    KnownColumn,
    Physical,
    Refused,
    Said,
    Server,
    Troubled,
    Unreadable,
    UnsendableError,
    as_held,
    is_unicode,
)
from chengnuo.adapters.connectors.sql_text import Spelling, checks_in, operation_of
from chengnuo.base.canonical import canonical_json
from chengnuo.base.digest import sha256_hex
from chengnuo.domain.rights.schema import Check, ColumnSchema, Trigger, ValueType
from chengnuo.domain.rights.values import Value

_SPELLING = Spelling(brackets=True, folds=True)
_STEPS = 200_000
"""Steps of the virtual machine between two looks at the clock."""
_LARGEST = 2**63
_NUMBERS = frozenset({ValueType.INTEGER, ValueType.BOOLEAN, ValueType.REAL, ValueType.DECIMAL})
_NAMED = re.compile(r"(UNIQUE|NOT NULL|CHECK) constraint failed: (.+)", re.DOTALL)
_UNDECODED = re.compile(r"Could not decode to UTF-8 column '(.*?)' with text ")
_WHAT = {
    "SQLITE_BUSY": "it is locked by another program",
    "SQLITE_LOCKED": "it is locked by another program",
    "SQLITE_CANTOPEN": "its file is not there or cannot be opened",
    "SQLITE_READONLY": "its file may only be read",
    "SQLITE_FULL": "the disk is full",
    "SQLITE_INTERRUPT": "a statement took too long",
    "SQLITE_CORRUPT": "its file is damaged",
    "SQLITE_NOTADB": "its file is no database",
}


class SqliteServer(Server):
    """A file of SQLite."""

    spelling = _SPELLING
    begin = ("PRAGMA query_only = OFF", "BEGIN IMMEDIATE")
    afterwards = ("PRAGMA query_only = ON",)
    finds_rows = False
    folds_table_names = True
    tells_unique = True

    def __init__(self) -> None:
        self._until = 0.0

    def starting(self) -> None:
        """Give the next statement its time; SQLite has no limit of its own."""
        self._until = time.monotonic() + STATEMENT_S

    def engine(self, url: URL) -> Engine:
        """Return an engine for a file that is there; an address without one makes none."""
        path = url.database or ""

        def connected() -> sqlite3.Connection:
            if not path or not Path(path).is_file():
                missing = sqlite3.OperationalError("no file")
                missing.sqlite_errorname = "SQLITE_CANTOPEN"
                raise missing
            raw = sqlite3.connect(
                f"file:{quote(str(Path(path).absolute()))}?mode=rw",
                uri=True,
                timeout=LOCK_S,
                isolation_level=None,
                check_same_thread=False,
            )
            raw.set_progress_handler(lambda: time.monotonic() > self._until, _STEPS)
            return raw

        return create_engine(
            "sqlite://", poolclass=NullPool, hide_parameters=True, creator=connected
        )

    def prepare(self, connection: Connection) -> None:
        """Enforce references, overwrite what is deleted, and read only."""
        for one in ("foreign_keys = ON", "secure_delete = ON", "query_only = ON"):
            connection.exec_driver_sql(f"PRAGMA {one}")

    def stands_at(self, connection: Connection) -> str:
        """Return the digest of all texts by which SQLite knows its schema."""
        texts = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master")
        return sha256_hex(canonical_json([list(row) for row in texts.all()]))

    def violations(self, connection: Connection) -> int:
        """Count dangling references where some are looked at on commit only."""
        deferred = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND sql LIKE '%DEFERRED%'"
        if connection.exec_driver_sql(deferred).first() is None:
            return 0
        return len(connection.exec_driver_sql("PRAGMA foreign_key_check").all())

    def beside(
        self,
        connection: Connection,
        tables: Mapping[Physical, tuple[ColumnSchema, ...]],
        primary_keys: Mapping[Physical, tuple[str, ...]],
    ) -> Mapping[Physical, Beside]:
        """Read the texts that SQLite keeps of tables and triggers."""
        del primary_keys
        return {place: _beside(connection, place) for place in tables}

    def key_column(self, column: Expression, about: KnownColumn, *, all_of: bool) -> Expression:
        """Compare texts as the index does that makes them unique, or byte by byte."""
        collation = "BINARY" if all_of else about.collation
        if about.schema.type in _NUMBERS or not collation:
            return column
        return collate(column, collation)

    def exact(self, column: Expression) -> Expression:
        """Compare byte by byte, whatever collation the column has."""
        return collate(column, "BINARY")

    def sendable(self, value: Value, about: KnownColumn) -> Value:
        """Return a value as SQLite keeps it; what has no type there is written as text."""
        held, kind = _plain(value), about.schema.type
        if isinstance(held, str) and not is_unicode(held):
            raise UnsendableError
        # A column of numbers takes any text; only what reads as a number becomes one there.
        if kind is ValueType.TEXT or (kind in _NUMBERS and _may_be_number(held)):
            held = as_held(held, kind)
        if isinstance(held, Decimal):
            held = int(held) if held == int(held) else float(held)
        if isinstance(held, int) and not -_LARGEST <= held < _LARGEST:
            raise UnsendableError
        return held

    def fetched(self, result: CursorResult[Any]) -> list[tuple[Value, ...]]:
        """Return the rows as the driver made them."""
        return list(result.cursor.fetchall())

    def keeps_instants(self, column: ColumnSchema) -> bool:
        """Tell that it never does: an instant is a text or a number in SQLite."""
        del column
        return False

    def said(self, error: BaseException) -> Said:
        """Tell by the name of the error; the text only where it holds nothing but names."""
        name = str(getattr(error, "sqlite_errorname", ""))
        if name in {"SQLITE_TOOBIG", "SQLITE_MISMATCH"}:
            return Refused("value")
        if (undecoded := _UNDECODED.match(str(error))) is not None:
            return Unreadable(undecoded.group(1), "text that is not UTF-8")
        if not name.startswith("SQLITE_CONSTRAINT"):
            primary = "_".join(name.split("_")[:2])
            return Troubled(_WHAT.get(primary, "SQLite does not do it"))
        kind = name.removeprefix("SQLITE_CONSTRAINT").strip("_").lower()
        found = _NAMED.fullmatch(str(error))
        if found is None or kind == "trigger":
            return Refused({"foreignkey": "foreign key"}.get(kind, kind or "constraint"))
        words, names = found.groups()
        table = None if words == "CHECK" else names.partition(".")[0]
        return Refused(f"{words.lower()} `{names}`", table)


def _plain(value: Value) -> Value:
    match value:
        case datetime():
            instant = value if value.tzinfo is None else value.astimezone(UTC)
            return instant.replace(tzinfo=None).isoformat(" ")
        case date() | time_of_day():
            return value.isoformat()
        case UUID():
            return str(value)
        case bool():
            return int(value)
        case _:
            return value


def _may_be_number(value: Value) -> bool:
    if not isinstance(value, str):
        return not isinstance(value, bytes)
    try:
        float(value)
    except ValueError:
        return False
    return True


def _beside(connection: Connection, place: Physical) -> Beside:
    """Read what SQLite keeps of one table: texts of it and of its triggers, and its indexes."""
    inside = '"' + (place.inside or "main").replace('"', '""') + '"'
    rows = connection.exec_driver_sql(
        f"SELECT type, name, sql FROM {inside}.sqlite_master WHERE tbl_name = ? ORDER BY name",  # noqa: S608  a schema that SQLite itself named
        (place.name,),
    ).all()
    checks = [
        Check(name=one.name, sql=one.sql, columns=())
        for kind, _, sql in rows
        if kind == "table"
        for one in checks_in(sql, _SPELLING)
    ]
    texts = {str(name): str(sql) for kind, name, sql in rows if kind == "index"}
    unique = []
    collations: dict[str, str] = {}
    for _, index, is_unique, _, partial in connection.exec_driver_sql(
        f"PRAGMA {inside}.index_list({_quoted(place.name)})"
    ).all():
        if not is_unique:
            continue
        parts = connection.exec_driver_sql(
            f"PRAGMA {inside}.index_xinfo({_quoted(str(index))})"
        ).all()
        own = [(name, str(collation)) for _, _, name, _, collation, key in parts if key]
        if partial or any(name is None for name, _ in own):
            checks.append(Check(name=str(index), sql=texts[str(index)], columns=()))
            continue
        unique.append(tuple(str(name) for name, _ in own))
        for name, collation in own:
            collations.setdefault(str(name), collation)
    return Beside(
        checks=tuple(checks),
        triggers=tuple(
            Trigger(name=str(name), on=operation_of(sql, _SPELLING))
            for kind, name, sql in rows
            if kind == "trigger"
        ),
        collations=tuple(collations.items()),
        unique=tuple(unique),
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
