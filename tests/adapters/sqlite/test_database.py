"""The data folder's database: opened, refused, shared by two processes."""

import hashlib
import multiprocessing
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from tests.doors.clock_kit import StandingClock

import chengnuo.adapters.data_folder  # noqa: F401  so that all tables are known
from chengnuo.adapters.sql.database import DataNewerThanProgramError
from chengnuo.adapters.sql.migrating import (
    MIGRATIONS,
    NEWEST,
    known_revisions,
    newest_revision,
)
from chengnuo.adapters.sql.schema import METADATA
from chengnuo.adapters.sql.upgrading import upgrade
from chengnuo.adapters.sql.versions import SqlVersions
from chengnuo.adapters.sqlite.database import (
    FILE_NAME,
    NotADataFolderError,
    SqliteDatabase,
)
from chengnuo.base.errors import InvalidInputError

ROOT = Path(__file__).parents[3]


def fingerprint(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def set_revision(folder: Path, revision: str) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        raw.commit()


def test_the_migrations_make_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "data")
    with database.read() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    database.close()
    assert differences == []


def test_opening_again_changes_no_table(tmp_path: Path) -> None:
    for _ in range(2):
        database = SqliteDatabase(tmp_path / "data")
        with database.read() as connection:
            revision = MigrationContext.configure(connection).get_current_revision()
        database.close()
        assert revision == newest_revision()


def test_the_folder_and_the_file_are_the_owners_alone(tmp_path: Path) -> None:
    SqliteDatabase(tmp_path / "data").close()
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "data" / FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_a_newer_schema_is_refused_and_no_byte_is_changed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    SqliteDatabase(folder).close()
    set_revision(folder, "9999")
    before = fingerprint(folder)
    with pytest.raises(DataNewerThanProgramError) as refused:
        SqliteDatabase(folder)
    assert refused.value.code == "data-newer-than-program"
    assert isinstance(refused.value, InvalidInputError)
    assert "9999" in str(refused.value)
    assert fingerprint(folder) == before


def test_a_newer_schema_that_is_still_in_the_journal_is_refused_too(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    database = SqliteDatabase(folder)
    with closing(sqlite3.connect(folder / FILE_NAME)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()
        before = (folder / FILE_NAME).read_bytes()
        with pytest.raises(DataNewerThanProgramError):
            SqliteDatabase(folder)
        assert (folder / FILE_NAME).read_bytes() == before
    database.close()


@pytest.mark.parametrize(
    "content", [b"not a database at all", b"SQLite format 3\0" + b"\xff" * 999]
)
def test_a_file_that_is_no_database_is_refused_and_left_alone(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(NotADataFolderError):
        SqliteDatabase(tmp_path)
    assert fingerprint(tmp_path) == {FILE_NAME: hashlib.sha256(content).hexdigest()}


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as raw:
        raw.execute("CREATE TABLE theirs (x)")
        raw.commit()
    before = fingerprint(tmp_path)
    with pytest.raises(NotADataFolderError):
        SqliteDatabase(tmp_path)
    assert fingerprint(tmp_path) == before


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(NotADataFolderError):
        SqliteDatabase(tmp_path / "data")


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "data")

    def failing() -> None:
        with database.write() as connection:
            connection.exec_driver_sql("INSERT INTO used_token VALUES ('a', 1)")
            raise KeyError

    with pytest.raises(KeyError):
        failing()
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM used_token").scalar_one() == 0
    database.close()


def _keep_versions(folder: str, name: str, count: int) -> None:
    database = SqliteDatabase(Path(folder))
    store = SqlVersions(database)
    for number in range(count):
        store.add(
            f'{{"of":"{name}","number":{number}}}'.encode(),
            signature=b"",
            public_key=b"",
            at=StandingClock().now(),
            by="service",
            note="",
        )
    database.close()


@pytest.mark.real
def test_two_processes_start_on_one_empty_folder_and_both_write(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [
        context.Process(target=_keep_versions, args=(str(tmp_path / "data"), name, 40))
        for name in ("left", "right")
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    database = SqliteDatabase(tmp_path / "data")
    positions = sorted(version.position for version in SqlVersions(database).versions())
    database.close()
    assert positions == list(range(1, 81))


def test_revisions_are_known_from_first_to_newest() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert known_revisions() == {script.revision for script in scripts.walk_revisions()}
    assert newest_revision() == scripts.get_current_head()


def test_a_new_database_is_what_all_migrations_make(
    golden_page: Callable[[str, str], None],
) -> None:
    """`newest.sql` is written by this test with `--golden`, after a migration was added."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        upgrade(connection)
        made = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
        ).scalars()
        statements = [re.sub(r"[ \t]+\n", "\n", one) for one in made]
    revision = newest_revision()
    statements.append(f"INSERT INTO alembic_version VALUES ('{revision}')")  # noqa: S608  no input
    golden_page(str(NEWEST.relative_to(ROOT)), "".join(f"{one};\n" for one in statements))


def test_a_database_of_an_earlier_schema_is_upgraded(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    SqliteDatabase(folder).close()
    with closing(sqlite3.connect(folder / FILE_NAME)) as raw:
        for table in (
            *("dossier_act", "dossier", "border_state", "border_plane", "border_alias"),
            *("control_run", "control_newest", "board_status", "saved_filter", "consent_day"),
        ):
            raw.execute(f"DROP TABLE {table}")
        raw.execute("DROP INDEX individual_birth_date")
        raw.execute("ALTER TABLE api_key DROP COLUMN recipient")
        raw.execute("ALTER TABLE consent_act DROP COLUMN guardian")
        raw.execute("UPDATE alembic_version SET version_num = '0011'")
        raw.commit()
    database = SqliteDatabase(folder)
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    database.close()
