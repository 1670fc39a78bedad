"""What every transaction that writes looks at first: the lease, and the schema of the tables.

A process that slept while another took the right to write over finds another number; one whose
tables a newer program has changed meanwhile finds another schema. Neither writes anything.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from chengnuo.base.errors import ConflictError, UnavailableError

_NOW = "SELECT (SELECT fence FROM lease), (SELECT version_num FROM alembic_version)"


class LeaseLostError(ConflictError):
    """Another process took the right to write over; nothing was written."""

    code = "lease-lost"

    def __init__(self, fence: int) -> None:
        super().__init__(
            f"lease {fence} of the database is another's now; this process writes nothing more"
        )
        self.fence = fence


class SchemaChangedError(UnavailableError):
    """A process of another program has changed the tables; nothing was written."""

    code = "schema-changed"

    def __init__(self, revision: str, found: str) -> None:
        super().__init__(
            f"the tables are of schema `{found}` now, and this process writes `{revision}`: "
            "upgrade the program"
        )
        self.revision = revision
        self.found = found


@dataclass(slots=True)
class Fence:
    """Under which lease a process writes, and which tables.

    Attributes:
        number: The lease's; None while there is none to look at.
        revision: The schema that the process writes; None while there is none to look at.
        lost: Called where a write is refused for either.

    """

    number: int | None = None
    revision: str | None = None
    lost: Callable[[], None] = lambda: None

    def hold(self, connection: Connection) -> None:
        """Refuse to write where either is another, in one statement, under the write lock.

        Raises:
            LeaseLostError: Another process has taken the lease over.
            SchemaChangedError: A process of another program has changed the tables.

        """
        if self.number is None and self.revision is None:
            return
        number, revision = connection.exec_driver_sql(_NOW).one()
        if self.number is not None and number != self.number:
            self.lost()
            raise LeaseLostError(self.number)
        if self.revision is not None and revision != self.revision:
            self.lost()
            raise SchemaChangedError(self.revision, str(revision))
