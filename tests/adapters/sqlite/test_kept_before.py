"""An upgrade keeps the database as it was, for a week, and an older program takes it."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from chengnuo.adapters.sql.database import DatabaseUnavailableError
from chengnuo.adapters.sql.migrating import MIGRATIONS, newest_revision
from chengnuo.adapters.sqlite.database import FILE_NAME, SqliteDatabase, revisions_in
from chengnuo.adapters.sqlite.kept_before import KEPT

EARLIER = "0015"


def upgrade_to(connection: Connection, revision: str) -> None:
    """Run the first migrations, up to a revision."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory(str(MIGRATIONS))

    def steps(before: object, _: object) -> Sequence[MigrationStep]:
        return scripts._upgrade_revs(revision, before)  # type: ignore[arg-type]  # noqa: SLF001  as the program does

    with EnvironmentContext(config, scripts, fn=steps) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A data folder of earlier tables, with something in it."""
    folder = tmp_path / "data"
    folder.mkdir()
    engine = create_engine(f"sqlite:///{folder / FILE_NAME}")
    with engine.begin() as connection:
        upgrade_to(connection, EARLIER)
        connection.exec_driver_sql(
            "INSERT INTO rights_suppression VALUES ('somebody', 1, 'request')"
        )
    engine.dispose()
    return folder


def suppressed(file: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as raw:
        return raw.execute("SELECT * FROM rights_suppression").fetchall()


def test_an_upgrade_keeps_what_was_before(earlier: Path) -> None:
    SqliteDatabase(earlier).close()
    kept = earlier / f"{FILE_NAME}.before-{EARLIER}"
    assert revisions_in(earlier) == [newest_revision()]
    assert kept.stat().st_mode & 0o777 == 0o600
    assert suppressed(kept) == suppressed(earlier / FILE_NAME) == [("somebody", 1, "request")]
    kept.replace(earlier / FILE_NAME)
    assert revisions_in(earlier) == [EARLIER]
    SqliteDatabase(earlier).close()
    assert revisions_in(earlier) == [newest_revision()]


def test_a_new_database_and_one_that_is_up_to_date_keep_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        SqliteDatabase(tmp_path / "data").close()
    assert [one.name for one in (tmp_path / "data").iterdir()] == [FILE_NAME]


def test_what_was_kept_goes_after_a_week(earlier: Path) -> None:
    SqliteDatabase(earlier).close()
    kept = earlier / f"{FILE_NAME}.before-{EARLIER}"
    for days, stays in ((KEPT.days - 1, True), (KEPT.days + 1, False)):
        old = kept.stat().st_mtime - days * 86_400
        os.utime(kept, (old, old))
        SqliteDatabase(earlier).close()
        assert kept.exists() is stays
        if stays:
            now = old + days * 86_400
            os.utime(kept, (now, now))


def test_nothing_is_upgraded_where_no_copy_can_be_kept(earlier: Path) -> None:
    (earlier / f"{FILE_NAME}.before-{EARLIER}.part").mkdir()
    with pytest.raises(DatabaseUnavailableError):
        SqliteDatabase(earlier)
    assert revisions_in(earlier) == [EARLIER]
