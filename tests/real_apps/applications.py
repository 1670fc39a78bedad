"""Databases of published applications, each made by its own program, and copied for each test."""

import json
import shutil
import sqlite3
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Self

import pg8000.dbapi
from tests.servers.databases import Postgresql

from chengnuo.adapters.connectors.opening import ConnectedStores
from chengnuo.adapters.connectors.sql import open_database
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.store import StoreKind, WhenDeleted
from chengnuo.domain.rights.values import Value
from chengnuo.wiring.program import Program

HERE = Path(__file__).parent
PYTHON = HERE.parents[1] / ".venv-apps" / "bin" / "python"
KINDS = dict.fromkeys((StoreKind.SQLITE, StoreKind.POSTGRESQL, StoreKind.MYSQL), open_database)

Row = tuple[object, ...]
Content = dict[str, list[Row]]
"""All rows of every table, each table in the order of its rows as values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Database(ABC):
    """An application's database and who is in it.

    Attributes:
        people: Account ids by the part that each plays.
        register: What an operator of it would declare.
        connection: Name of the connection in the register.

    """

    people: Mapping[str, int]
    register: Register
    connection: str

    @property
    @abstractmethod
    def address(self) -> str:
        """Where it is, as an operator writes it."""

    @abstractmethod
    def content(self) -> Content:
        """Return all that is in it."""

    @abstractmethod
    def asked(self, query: str, *values: object) -> list[Row]:
        """Return the answer to a query that a test wrote by hand."""

    @abstractmethod
    def as_stored(self, rows: Sequence[Sequence[Value]]) -> list[Row]:
        """Return rows of ours in the values that the database itself returns, in their order."""

    def stores(self) -> ConnectedStores:
        """Return what opens its store."""
        return ConnectedStores(self.register.stores, {self.connection: self.address}, KINDS)

    def declaring(self, store: str, table: str, column: str, fate: str) -> Self:
        """Return the same with a register that declares another fate of a column."""
        stores = tuple(
            replace(
                one,
                tables=tuple(
                    replace(
                        held,
                        columns=tuple(
                            replace(said, when_deleted=WhenDeleted(fate))
                            if (held.table, said.column) == (table, column)
                            else said
                            for said in held.columns
                        ),
                    )
                    for held in one.tables
                ),
            )
            if one.store == store
            else one
            for one in self.register.stores
        )
        return replace(self, register=replace(self.register, stores=stores))


@dataclass(frozen=True, slots=True, kw_only=True)
class Application(Database):
    """An application's database in SQLite.

    Attributes:
        file: Where it is.

    """

    file: Path

    @property
    def address(self) -> str:
        """Where it is, as an operator writes it."""
        return f"sqlite:///{self.file}"

    def as_stored(self, rows: Sequence[Sequence[Value]]) -> list[Row]:
        """Return rows of ours in the values that SQLite returns."""
        return sorted((tuple(map(_stored, row)) for row in rows), key=repr)

    def copied(self, folder: Path) -> "Application":
        """Return the same with a database of its own."""
        file = folder / self.file.name
        shutil.copyfile(self.file, file)
        return replace(self, file=file)

    def content(self) -> Content:
        """Return all that is in it."""
        with closing(sqlite3.connect(self.file)) as database:
            named = (
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            )
            tables = [name for (name,) in database.execute(named)]
            return {
                name: sorted(database.execute(f'SELECT * FROM "{name}"'), key=repr)  # noqa: S608
                for name in tables
            }

    def asked(self, query: str, *values: object) -> list[Row]:
        """Return the answer to a query that a test wrote by hand."""
        with closing(sqlite3.connect(self.file)) as database:
            return database.execute(query, values).fetchall()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedApplication(Database):
    """An application's database in PostgreSQL.

    Attributes:
        server: The server.
        database: Name of the database.

    """

    server: Postgresql
    database: str

    @property
    def address(self) -> str:
        """Where it is, as an operator writes it."""
        return self.server.url(self.database).render_as_string(hide_password=False)

    def as_stored(self, rows: Sequence[Sequence[Value]]) -> list[Row]:
        """Return rows of ours; PostgreSQL returns the same values."""
        return sorted(map(tuple, rows), key=repr)

    def content(self) -> Content:
        """Return all that is in it."""
        tables = self.asked(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        )
        return {
            str(name): sorted(self.asked(f'SELECT * FROM "{name}"'), key=repr)  # noqa: S608
            for (name,) in tables
        }

    def asked(self, query: str, *values: object) -> list[Row]:
        """Return the answer to a query that a test wrote by hand."""
        url = self.server.url(self.database)
        with closing(
            pg8000.dbapi.connect(
                user=str(url.username),
                password=str(url.password),
                host=url.host,
                port=url.port,
                database=self.database,
            )
        ) as connection:
            cursor = connection.cursor()
            cursor.execute(query.replace("?", "%s"), values)
            return [tuple(row) for row in cursor.fetchall()]


def _stored(value: Value) -> object:
    match value:
        case bool():
            return int(value)
        case datetime():
            return value.replace(tzinfo=None).isoformat(" ")
        case date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == int(value) else float(value)
        case _:
            return value


def made(program: str, url: str) -> dict[str, int]:
    """Run the program that makes an application's database; return who is in it."""
    assert PYTHON.exists(), "the applications are not installed: `make .venv-apps/.made`"
    ran = subprocess.run(  # noqa: S603  a program of ours in an environment of its own
        [PYTHON, "-W", "ignore", HERE / f"{program}.py", url],
        check=True,
        capture_output=True,
        text=True,
        timeout=300,
    )
    people: dict[str, int] = json.loads(ran.stdout.splitlines()[-1])
    return people


def register_of(name: str) -> Register:
    """Return what an operator of an application would declare."""
    return Program().registers().load(HERE / "registers" / name).register
