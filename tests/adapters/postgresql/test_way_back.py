"""Back to the older program over PostgreSQL: the base backup from before its tables changed."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.adapters.postgresql.newer_program import newer_program
from tests.servers.databases import PASSWORD, DatabaseServer, Postgresql, postgresql_programs

from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.lease import Lease
from chengnuo.adapters.sql.database import DataNewerThanProgramError

pytestmark = pytest.mark.real


class PutBack(DatabaseServer):
    """PostgreSQL over a copy of a base backup."""

    family, account, first = "postgresql", "operator", "postgres"
    ends_by = Postgresql.ends_by

    def __init__(self, programs: Path, base: Path) -> None:
        super().__init__("pgback")
        data = str(self.folder / "data")
        self.run(["cp", "-r", str(base), data])
        self.run(["chmod", "700", data])
        words = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
        self.start(
            [str(programs / "postgres"), "-D", data, "-p", str(self.port), *words],
            answers=self.answers,
        )


@pytest.fixture
def programs() -> Path:
    found = postgresql_programs()
    assert found is not None, "PostgreSQL is needed: apt-get install postgresql"
    return found


@pytest.fixture
def server(programs: Path) -> Iterator[Postgresql]:
    made = Postgresql(programs)
    yield made
    made.stop()


def url_of(server: DatabaseServer) -> str:
    return server.url().render_as_string(hide_password=False)


def writes(database: PostgresqlDatabase, token: str) -> None:
    lease = Lease(database, holder=token, address="")
    with database.write() as connection:
        connection.exec_driver_sql(f"INSERT INTO used_token VALUES ('{token}', 1)")  # noqa: S608  no input
    lease.close()


def count(database: PostgresqlDatabase) -> int:
    with database.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM used_token").scalar_one())


def test_the_base_backup_is_the_way_back(
    server: Postgresql, programs: Path, tmp_path: Path
) -> None:
    with closing(PostgresqlDatabase(url_of(server))) as older:
        writes(older, "before")
    base = server.folder / "base"
    address = f"postgresql://operator:{PASSWORD}@127.0.0.1:{server.port}/"
    backup = [str(programs / "pg_basebackup"), "--checkpoint=fast", "--no-sync"]
    server.run([*backup, "-d", address, "-D", str(base)])
    with newer_program(tmp_path), closing(PostgresqlDatabase(url_of(server))) as newer:
        writes(newer, "after")
        assert count(newer) == 2
    with pytest.raises(DataNewerThanProgramError):
        PostgresqlDatabase(url_of(server))
    back = PutBack(programs, base)
    try:
        with closing(PostgresqlDatabase(url_of(back))) as older:
            assert count(older) == 1
            writes(older, "again")
            assert count(older) == 2
    finally:
        back.stop()
