"""Bringing a database to the newest schema with the migrations that ship in the package.

Alembic runs from here, with no configuration file, inside the caller's transaction: two
processes that start at once wait for each other, and a migration that fails leaves nothing.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_MIGRATIONS = Path(__file__).parent / "migrations"


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(_MIGRATIONS))


@cache
def known_revisions() -> frozenset[str]:
    """Return the revisions that this program knows, from first to newest."""
    return frozenset(script.revision for script in _scripts().walk_revisions())


def newest_revision() -> str:
    """Return the revision that a database is brought to."""
    return _scripts().get_current_head() or ""


def bring_up_to_date(connection: Connection) -> None:
    """Run the migrations that a database has not had yet, in the transaction that is open."""
    scripts = _scripts()
    if MigrationContext.configure(connection).get_current_revision() == newest_revision():
        return

    def steps(revision: object, _: object) -> Sequence[MigrationStep]:
        return scripts._upgrade_revs("head", revision)  # type: ignore[arg-type]  # noqa: SLF001  as Alembic's own command does

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with EnvironmentContext(config, scripts, fn=steps) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
