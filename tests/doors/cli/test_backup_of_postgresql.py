"""An installation over PostgreSQL put back by PostgreSQL's own tools, to a moment, and swept."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool
from tests.doors.cli.backup_kit import Installation, Said, kinds, readable
from tests.servers.databases import PASSWORD, DatabaseServer, Postgresql, postgresql_programs
from tests.waiting import until

from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

pytestmark = pytest.mark.slow


class PutBack(DatabaseServer):
    """PostgreSQL over a base backup, recovered from its archive to a moment."""

    family, account, first = "postgresql", "operator", "postgres"
    ends_by = Postgresql.ends_by

    def __init__(self, programs: Path, base: Path, archive: Path, moment: str) -> None:
        super().__init__("pgback")
        data = self.folder / "data"
        self.run(["cp", "-r", str(base), str(data)])
        self.run(["touch", str(data / "recovery.signal")])
        self.run(["chmod", "700", str(data)])
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "archive_mode": "off",
            "restore_command": f"cp {archive}/%f %p",
            "recovery_target_time": moment,
            "recovery_target_action": "promote",
        }
        words = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.start(
            [str(programs / "postgres"), "-D", str(data), "-p", str(self.port), *words],
            answers=self.is_open,
        )

    def is_open(self) -> bool:
        """Tell whether recovery is over."""
        return self.answers() and value(self, "SELECT pg_is_in_recovery()") is False


def value(server: DatabaseServer, statement: str) -> object:
    """Return the one value that a statement finds."""
    url = server.url().set(drivername="postgresql+pg8000")
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        found: object = connection.execute(text(statement)).scalar()
    engine.dispose()
    return found


@pytest.fixture
def archived() -> Iterator[tuple[Postgresql, Path, Path]]:
    """A server that archives its write-ahead log, its archive, and the folder of its programs."""
    programs = postgresql_programs()
    assert programs is not None, "PostgreSQL is needed: apt-get install postgresql"
    server = Postgresql(programs, durable=True)
    archive = server.folder / "archive"
    server.run(["mkdir", str(archive)])
    server.execute(
        "ALTER SYSTEM SET archive_mode = 'on'",
        f"ALTER SYSTEM SET archive_command = 'cp %p {archive}/%f'",
    )
    server.kill()
    server.start_again()
    yield server, archive, programs
    server.stop()


def said_by(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, Said]:
    status = run(Program(), [*(str(one) for one in words), "--json"])
    said = capsys.readouterr()
    return status, json.loads(said.out or said.err or "{}")


def test_a_base_backup_recovered_to_a_moment_is_swept_before_it_is_served(
    archived: tuple[Postgresql, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server, archive, programs = archived
    shop = Installation(tmp_path)
    _, made = said_by(capsys, "backup", "key", shop.private)
    shop.public.write_text(str(made["public"]))
    with server.database() as name:
        over(shop, server, name)
        shop.record("ann", "ben")
        base = server.folder / "base"
        address = f"postgresql://operator:{PASSWORD}@127.0.0.1:{server.port}/"
        server.run([str(programs / "pg_basebackup"), "-d", address, "-D", str(base)])
        shop.record("carl")
        moment = str(value(server, "SELECT now()"))
        then = shop.key_of_now("then")
        time.sleep(0.1)
        shop.erase("ann")
        shop.record("dora")
        refused = said_by(
            *(capsys, "backup", "make", tmp_path / "no", "--key", shop.public),
            *("--data", shop.data, "--settings", shop.settings),
        )
        assert (refused[0], refused[1]["error"]) == (2, "backup-elsewhere")
        erased = tmp_path / "erased.list"
        status, listed = said_by(
            *(capsys, "backup", "erased", erased, "--key", shop.public),
            *("--data", shop.data, "--settings", shop.settings),
        )
        assert (status, listed["erasures"]) == (0, 1)
        segment = str(value(server, "SELECT pg_walfile_name(pg_switch_wal())"))
        until((archive / segment).exists)
        back = PutBack(programs, base, archive, moment)
        try:
            put_back(shop, back, name, then, erased, capsys)
        finally:
            back.stop()


def over(shop: Installation, server: DatabaseServer, name: str) -> None:
    """Let an installation keep its data in a database."""
    url = server.url(name).render_as_string(hide_password=False)
    for settings in shop.folder.glob("*.toml"):
        rest = settings.read_text().partition("[evidence]")
        settings.write_text(f'database = "{url}"\n{rest[1]}{rest[2]}')


def put_back(  # noqa: PLR0913, PLR0917  what there is after a restore
    shop: Installation,
    back: DatabaseServer,
    name: str,
    then: Path,
    erased: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    over(shop, back, name)
    of_it = ["--data", shop.data, "--settings", then]
    assert said_by(capsys, "evidence", "init", *of_it)[0] != 0  # it is shorter than its checkpoint
    status, marked = said_by(capsys, "backup", "mark", *of_it)
    assert (status, marked["records"]) == (0, 5)
    status, refused = said_by(capsys, "evidence", "init", *of_it)
    assert (status, refused["error"]) == (2, "restored-not-swept")
    sweep = ["backup", "sweep", "--erased", erased, "--key", shop.private, *of_it]
    status, swept = said_by(capsys, *sweep)
    assert (status, swept["erased"], swept["knownBy"]) == (0, 1, ["list"])
    assert said_by(capsys, "evidence", "check", *of_it)[0] == 0
    assert readable(shop.data, then) == {1: False, 2: True, 4: True}
    assert kinds(shop.data, then)[-2:] == ["deletion", "configuration"]
