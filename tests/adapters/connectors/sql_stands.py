"""Databases as stands of the contract: a file of SQLite, throwaway PostgreSQL and MariaDB."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from sqlalchemy import URL, create_engine
from sqlalchemy.pool import NullPool
from tests.adapters.connectors.contract import ColumnForm, Row, TableForm
from tests.servers.databases import DatabaseServer

from chengnuo.adapters.connectors.sql import open_database
from chengnuo.adapters.connectors.sql_source import SqlSource
from chengnuo.base.text import Text
from chengnuo.domain.register.ids import StoreId
from chengnuo.domain.register.store import Store, StoreKind
from chengnuo.domain.rights.schema import OnDelete, ValueType
from chengnuo.domain.rights.values import RowKey, Value
from chengnuo.ports.record_source import Lack

_STANDARD: Mapping[ValueType, str] = {
    ValueType.TEXT: "VARCHAR(200)",
    ValueType.INTEGER: "BIGINT",
    ValueType.REAL: "DOUBLE PRECISION",
    ValueType.DECIMAL: "DECIMAL(30, 6)",
    ValueType.BOOLEAN: "BOOLEAN",
    ValueType.DATE: "DATE",
    ValueType.TIME: "TIME",
    ValueType.INSTANT: "TIMESTAMP",
    ValueType.BYTES: "BLOB",
    ValueType.UUID: "UUID",
    ValueType.JSON: "JSON",
}
_ON_DELETE = {
    OnDelete.REFUSE: "",
    OnDelete.CASCADE: " ON DELETE CASCADE",
    OnDelete.SET_NULL: " ON DELETE SET NULL",
    OnDelete.SET_DEFAULT: " ON DELETE SET DEFAULT",
}


def store_of(kind: StoreKind, name: str = "main") -> Store:
    return Store(store=StoreId(name), name=Text("主库", "main"), kind=kind, connection="SHOP_DB")


class SqlStand:
    """A database."""

    kind = StoreKind.OTHER
    driver = ""
    quote = '"'
    spelled: Mapping[ValueType, str] = {}
    defers = True

    def __init__(self, url: URL) -> None:
        self.url = url
        self._plain = create_engine(url.set(drivername=self.driver), poolclass=NullPool)
        self._engine = self._plain.execution_options(isolation_level="AUTOCOMMIT")

    @property
    def lacks(self) -> frozenset[Lack]:
        return frozenset()

    @property
    def types(self) -> frozenset[ValueType]:
        return frozenset(_STANDARD)

    def id(self, number: int) -> Value:
        return number

    def name(self, table: str) -> str:
        return table

    def key(self, table: str) -> tuple[str, ...]:
        return ("order_id", "kind") if table == "lines" else ("id",)

    def keys(self, table: str, rows: Sequence[RowKey]) -> list[RowKey]:
        del table
        return list(rows)

    def execute(self, *statements: str) -> None:
        # Past SQLAlchemy, which would have every `%` doubled.
        with closing(self._engine.raw_connection()) as raw:
            raw.driver_connection.rollback()
            for one in statements:
                raw.cursor().execute(one)
            raw.commit()

    def query(self, sql: str) -> list[tuple[object, ...]]:
        with self._engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(sql)]

    def make(self, *tables: TableForm) -> None:
        self.execute(*map(self._made, tables))

    def drop(self, table: str) -> None:
        self.execute(f"DROP TABLE {self.quoted(table)}")

    def put(self, table: str, rows: Sequence[Row]) -> None:
        if not rows:
            return
        names = list(rows[0])
        marks = ", ".join(["?" if self.kind is StoreKind.SQLITE else "%s"] * len(names))
        columns = ", ".join(map(self.quoted, names))
        columns = columns.replace("%", "%%") if self.kind is StoreKind.MYSQL else columns
        sql = f"INSERT INTO {self.quoted(table)} ({columns}) VALUES ({marks})"  # noqa: S608  our own
        with closing(self._plain.raw_connection()) as raw:
            raw.cursor().executemany(
                sql, [[self.sent(one[name]) for name in names] for one in rows]
            )
            raw.commit()

    def held(self, table: str) -> list[dict[str, Value]]:
        with self._engine.connect() as connection:
            sql = f"SELECT * FROM {self.quoted(table)}"  # noqa: S608  our own
            found = connection.exec_driver_sql(sql)
            names = list(found.keys())
            return [dict(zip(names, map(self.seen, row), strict=True)) for row in found]

    def told(self, value: Value, kind: ValueType) -> Value:
        del kind
        return value

    def sent(self, value: Value) -> Value:
        return value

    def seen(self, value: Value) -> Value:
        return value

    def open(self) -> SqlSource:
        return open_database(store_of(self.kind), self.url.render_as_string(hide_password=False))

    def add_column(self, table: str, column: ColumnForm) -> None:
        self.execute(f"ALTER TABLE {self.quoted(table)} ADD COLUMN {self._column(column, ())}")

    def quoted(self, name: str) -> str:
        return self.quote + name.replace(self.quote, self.quote * 2) + self.quote

    def _made(self, form: TableForm) -> str:
        parts = [self._column(one, form.key) for one in form.columns]
        if form.key:
            parts.append(f"PRIMARY KEY ({self._list(form.key)})")
        parts += [f"UNIQUE ({self._list(one)})" for one in form.unique]
        parts += [
            f"FOREIGN KEY ({self._list(one.columns)}) REFERENCES {self.quoted(one.to_table)} "
            f"({self._list(one.to_columns)}){_ON_DELETE[one.on_delete]}"
            + (" DEFERRABLE INITIALLY DEFERRED" if one.deferrable and self.defers else "")
            for one in form.references
        ]
        parts += [f"CHECK ({one})" for one in form.checks]
        return f"CREATE TABLE {self.quoted(form.table)} ({', '.join(parts)})"

    def _column(self, column: ColumnForm, key: Sequence[str]) -> str:
        spelled = {**_STANDARD, **self.spelled}[column.type]
        if column.column in key and spelled in {"LONGBLOB", "BLOB"}:
            spelled = {"LONGBLOB": "VARBINARY(200)"}.get(spelled, spelled)
        nullable = "NULL" if column.nullable else "NOT NULL"
        return f"{self.quoted(column.column)} {spelled} {nullable}"

    def _list(self, names: Sequence[str]) -> str:
        return ", ".join(map(self.quoted, names))


class SqliteStand(SqlStand):
    """A file of SQLite, where times are texts."""

    kind = StoreKind.SQLITE
    driver = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._path = folder / "集市 shop.db"
        sqlite3.connect(self._path).close()
        super().__init__(URL.create("sqlite", database=str(self._path)))

    def told(self, value: Value, kind: ValueType) -> Value:
        del kind
        match value:
            case Decimal():
                return int(value) if value == int(value) else float(value)
            case bool():
                return int(value)
            case _:
                return self.sent(value)

    def sent(self, value: Value) -> Value:
        match value:
            case datetime():
                return value.isoformat(" ")
            case date() | time():
                return value.isoformat()
            case Decimal() | UUID():
                return str(value)
            case _:
                return value

    @contextmanager
    def silenced(self) -> Iterator[None]:
        """Nothing is left of a file but another program that holds it, or no file."""
        away = self._path.with_name("away")
        self._path.rename(away)
        try:
            yield
        finally:
            away.rename(self._path)


class ServerStand(SqlStand):
    """A database on a throwaway server."""

    def __init__(self, server: DatabaseServer, database: str) -> None:
        super().__init__(server.url(database))
        self._server = server

    @contextmanager
    def silenced(self) -> Iterator[None]:
        self._server.kill()
        try:
            yield
        finally:
            self._server.start_again()


class PostgresqlStand(ServerStand):
    """A database of PostgreSQL."""

    kind = StoreKind.POSTGRESQL
    driver = "postgresql+pg8000"
    spelled: Mapping[ValueType, str] = {ValueType.BYTES: "BYTEA"}


class MariadbStand(ServerStand):
    """A database of MariaDB, whose texts are equal whatever their case."""

    kind = StoreKind.MYSQL
    driver = "mariadb+pymysql"
    quote = "`"
    defers = False
    spelled: Mapping[ValueType, str] = {
        ValueType.INSTANT: "DATETIME(6)",
        ValueType.TIME: "TIME(6)",
        ValueType.BYTES: "LONGBLOB",
        ValueType.REAL: "DOUBLE",
    }

    def told(self, value: Value, kind: ValueType) -> Value:
        del kind
        match value:
            case UUID():
                return str(value)
            case bool():
                return int(value)
            case _:
                return value

    def seen(self, value: Value) -> Value:
        if hasattr(value, "total_seconds"):
            return (datetime(1, 1, 1, tzinfo=UTC) + value).time()
        return value
