"""What the database of an installation tells to whoever only looks: its files, without a trace."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from chengnuo.adapters.evidence.key_vault import FILE_NAME as KEYS
from chengnuo.adapters.evidence.moved_mark import refuse_moved
from chengnuo.adapters.evidence.place import FOLDER
from chengnuo.adapters.sqlite.database import FILE_NAME, looked_at, revisions_in
from chengnuo.ports.evidence_keys import KeyHolderError

KEPT_VERSION = "SELECT id FROM register_version ORDER BY position DESC LIMIT 1"


class Stores(Protocol):
    """What a database tells to whoever only looks."""

    def revisions(self) -> list[str] | None:
        """Return the revisions of its schema; None if there is no database.

        Raises:
            InvalidInputError: It is something else.
            DatabaseUnavailableError: It does not answer.

        """
        ...

    def kept_version(self) -> str:
        """Return the register version kept last; empty for none."""
        ...

    def epoch_made(self) -> int:
        """Return the epoch that the keys of individuals are under; 0 before the first."""
        ...

    def is_verified(self) -> bool:
        """Tell whether whoever answers in its place would be found out."""
        ...

    def writer(self) -> str:
        """Return who may write it at present; empty for nobody, or where a file says it."""
        ...


@dataclass(frozen=True, slots=True)
class FilesOfStores:
    """`Stores` over the files of a data folder."""

    data: Path

    def revisions(self) -> list[str] | None:
        """See `Stores.revisions`.

        Raises:
            DataMovedError: The database was moved elsewhere.

        """
        refuse_moved(self.data)
        return revisions_in(self.data)

    def kept_version(self) -> str:
        """See `Stores.kept_version`."""
        if not revisions_in(self.data):
            return ""
        with closing(looked_at(self.data / FILE_NAME)) as database:
            row = database.execute(KEPT_VERSION).fetchone()
        return "" if row is None else str(row[0])

    def epoch_made(self) -> int:
        """See `Stores.epoch_made`.

        Raises:
            KeyHolderError: The file of the keys cannot be read.

        """
        path = self.data / FOLDER / KEYS
        if not path.exists():
            return 0
        try:
            with closing(looked_at(path)) as database:
                row = database.execute("SELECT made FROM state").fetchone()
        except sqlite3.DatabaseError as error:
            raise KeyHolderError(f"`{path.name}` cannot be read beside it") from error
        return 0 if row is None else int(row[0])

    def is_verified(self) -> bool:
        """See `Stores.is_verified`."""
        return True

    def writer(self) -> str:
        """See `Stores.writer`."""
        return ""
