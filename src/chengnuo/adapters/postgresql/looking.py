"""What a shared database tells to whoever only looks: nothing is made, upgraded or locked."""

from dataclasses import dataclass

from sqlalchemy import select

from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.lease import holding
from chengnuo.adapters.postgresql.making import revisions_in
from chengnuo.adapters.postgresql.shared import SharedDatabase
from chengnuo.adapters.sql.schema import REGISTER_VERSION


def untouched(url: str) -> SharedDatabase:
    """Return a database that is only read.

    Raises:
        NotADatabaseUrlError: The address has another form.

    """
    return SharedDatabase(database=PostgresqlDatabase(url, as_it_is=True), holder="")


@dataclass(frozen=True, slots=True)
class SharedStores:
    """`Stores` of `chengnuo.adapters.installation.stores` over a shared database."""

    shared: SharedDatabase

    def revisions(self) -> list[str] | None:
        """See `Stores.revisions`."""
        with self.shared.database.read() as connection:
            return revisions_in(connection)

    def kept_version(self) -> str:
        """See `Stores.kept_version`."""
        if self.revisions() is None:
            return ""
        newest = select(REGISTER_VERSION.c.id).order_by(REGISTER_VERSION.c.position.desc())
        with self.shared.database.read() as connection:
            return str(connection.execute(newest.limit(1)).scalar() or "")

    def epoch_made(self) -> int:
        """See `Stores.epoch_made`."""
        keys = self.shared.keys()
        with keys.reading():
            return 0 if keys.is_empty() else keys.state().made

    def is_verified(self) -> bool:
        """See `Stores.is_verified`."""
        return self.shared.database.is_verified

    def writer(self) -> str:
        """See `Stores.writer`."""
        if self.revisions() is None:
            return ""
        with self.shared.database.read() as connection:
            found = holding(connection)
        return found.holder if found is not None and found.left_us > 0 else ""
