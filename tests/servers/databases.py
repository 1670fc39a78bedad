"""PostgreSQL and MariaDB as throwaway servers, and a database of its own for each test."""

import secrets
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from tests.servers.throwaway import ThrowawayServer, unprivileged

PASSWORD = secrets.token_hex(8)


def postgresql_programs() -> Path | None:
    """Return the folder of the programs of the newest PostgreSQL that Debian installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return found[-1].parent if found else None


class DatabaseServer(ThrowawayServer):
    """A server with databases."""

    family = ""
    account = ""
    first = ""

    def url(self, database: str = "") -> URL:
        """Return the address of a database on it, as an operator writes it."""
        return URL.create(
            self.family,
            username=self.account,
            password=PASSWORD,
            host="127.0.0.1",
            port=self.port,
            database=database or self.first,
        )

    def execute(self, *statements: str, database: str = "") -> None:
        """Run statements as its administrator, each in its own transaction."""
        drivers = {"postgresql": "postgresql+pg8000", "mariadb": "mariadb+pymysql"}
        url = self.url(database).set(drivername=drivers[self.family])
        engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                for one in statements:
                    connection.execute(text(one.replace(":", "\\:")))
        finally:
            engine.dispose()

    def answers(self) -> bool:
        """Tell whether it takes statements."""
        try:
            self.execute("SELECT 1")
        except (DBAPIError, OSError):
            return False
        return True

    @contextmanager
    def database(self, like: str = "") -> Iterator[str]:
        """Yield the name of a database that is gone afterwards.

        Args:
            like: A database that nobody is connected to, which it is a copy of; empty for none.

        """
        name = f"t{secrets.token_hex(6)}"
        self.execute(self.create(name) + (f" TEMPLATE {like}" if like else ""))
        try:
            yield name
        finally:
            self.execute(self.drop(name))

    def create(self, name: str) -> str:
        """Return the statement that makes a database."""
        return f"CREATE DATABASE {name}"

    def drop(self, name: str) -> str:
        """Return the statement that removes a database."""
        return f"DROP DATABASE {name}"


class Postgresql(DatabaseServer):
    """PostgreSQL, as Debian packages it."""

    family, account, first = "postgresql", "operator", "postgres"
    ends_by = signal.SIGQUIT  # it gives its shared memory back

    def __init__(self, programs: Path, *, durable: bool = False) -> None:
        """Make and start one; `durable` for one that waits for the disk, as an operator's does."""
        super().__init__("pg")
        words = self.folder / "words"
        words.write_text(PASSWORD)
        words.chmod(0o644)
        data = str(self.folder / "data")
        self.run([
            str(programs / "initdb"), "--pgdata", data, "--username", self.account,
            "--pwfile", str(words), "--auth", "scram-sha-256", "--encoding", "UTF8",
            "--locale", "C.UTF-8", "--no-sync",
        ])  # fmt: skip
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "on" if durable else "off",
            "full_page_writes": "on" if durable else "off",
            "max_connections": "100",
        }
        self.start(
            [
                str(programs / "postgres"), "-D", data, "-p", str(self.port),
                *(part for name, value in settings.items() for part in ("-c", f"{name}={value}")),
            ],
            answers=self.answers,
        )  # fmt: skip

    def drop(self, name: str) -> str:
        """Return the statement that removes a database, whoever is still connected."""
        return f"DROP DATABASE {name} WITH (FORCE)"


class Mariadb(DatabaseServer):
    """MariaDB, as Debian packages it, with the collation that ignores case."""

    family, account, first = "mariadb", "operator", ""

    def __init__(self) -> None:
        super().__init__("maria")
        data = self.folder / "data"
        self.run([
            str(shutil.which("mariadb-install-db")), "--no-defaults", f"--datadir={data}",
            "--auth-root-authentication-method=normal", "--skip-test-db",
            *([] if unprivileged() is None else [f"--user={unprivileged()}"]),
        ])  # fmt: skip
        first = self.folder / "first.sql"
        first.write_text(
            f"CREATE USER IF NOT EXISTS {self.account}@'127.0.0.1' IDENTIFIED BY '{PASSWORD}';\n"
            f"GRANT ALL ON *.* TO {self.account}@'127.0.0.1' WITH GRANT OPTION;\n"
            "DROP USER IF EXISTS root@'127.0.0.1', root@'::1', root@localhost;\n"
        )
        first.chmod(0o644)
        settings = {
            "datadir": data,
            "socket": self.folder / "socket",
            "pid-file": self.folder / "pid",
            "port": self.port,
            "bind-address": "127.0.0.1",
            "init-file": first,
            "skip-name-resolve": 1,
            "character-set-server": "utf8mb4",
            "collation-server": "utf8mb4_general_ci",
            "innodb-flush-log-at-trx-commit": 2,
            "innodb-buffer-pool-size": "64M",
            "innodb-log-file-size": "16M",
            "performance-schema": 0,
        }
        self.start(
            [
                str(shutil.which("mariadbd") or "/usr/sbin/mariadbd"),
                "--no-defaults",
                *(f"--{name}={value}" for name, value in settings.items()),
            ],
            answers=self.answers,
        )
