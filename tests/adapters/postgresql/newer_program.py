"""A newer program: this one, and one migration more."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from chengnuo.adapters.sql import migrating, upgrading

REVISION = "9001"
"""Of the newer program; a number that no migration will have soon."""
_MIGRATION = '''"""What a newer program changes."""

from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change a table, and note how long a statement may take here."""
    op.execute("ALTER TABLE used_token ADD COLUMN newer TEXT")
    op.execute(
        "CREATE TABLE newer_settings AS SELECT current_setting('statement_timeout') AS allowed"
    )
    waits = op.get_bind().connection.driver_connection._usock.gettimeout()
    op.execute(f"INSERT INTO newer_settings VALUES ('{{waits}}')")
'''


def add_migration(migrations: Path) -> None:
    """Put the migration among those of a program."""
    newest = migrating.newest_revision()
    file = migrations / "versions" / f"{REVISION}_newer.py"
    file.write_text(_MIGRATION.format(revision=REVISION, before=newest), "utf-8")


def _forget() -> None:
    migrating.known_revisions.cache_clear()
    upgrading._scripts.cache_clear()  # noqa: SLF001  what it read of another folder


@contextmanager
def newer_program(folder: Path) -> Iterator[None]:
    """Let what is opened within be opened by a newer program."""
    migrations = folder / "migrations"
    if not migrations.exists():
        shutil.copytree(migrating.MIGRATIONS, migrations)
        add_migration(migrations)
    try:
        with pytest.MonkeyPatch.context() as changed:
            changed.setattr(migrating, "MIGRATIONS", migrations)
            changed.setattr(upgrading, "_MIGRATIONS", migrations)
            _forget()
            yield
    finally:
        _forget()
