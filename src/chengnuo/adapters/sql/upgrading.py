"""The migrations that ship in the package, run over a database that has not had them all.

Alembic runs from here alone, so that it is in memory only where there is something to do. It has no
configuration file and runs inside the caller's transaction: two processes that start at once wait
for each other, and a migration that fails leaves nothing.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_MIGRATIONS = Path(__file__).parent / "migrations"


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(_MIGRATIONS))


def upgrade(connection: Connection) -> None:
    """Run the migrations that a database has not had yet, in the transaction that is open."""
    scripts = _scripts()

    def steps(revision: object, _: object) -> Sequence[MigrationStep]:
        return scripts._upgrade_revs("head", revision)  # type: ignore[arg-type]  # noqa: SLF001  as Alembic's own command does

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with EnvironmentContext(config, scripts, fn=steps) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
