"""The key vault over one SQLite file of the data folder."""

from pathlib import Path

from chengnuo.adapters.evidence.kept_keys import MOST_REMEMBERED, KeptKeys
from chengnuo.adapters.evidence.key_vault_epochs import refuse_orphans, refuse_unmade
from chengnuo.adapters.evidence.key_vault_rows import Connect, SqliteKeyRows
from chengnuo.ports.evidence_keys import KeyHolder

FILE_NAME = "keys.db"


class SqliteKeyVault(KeptKeys):
    """A vault over one SQLite file."""

    def __init__(
        self,
        path: Path,
        holder: KeyHolder,
        *,
        most_remembered: int = MOST_REMEMBERED,
        follows: bool = False,
        connect: Connect | None = None,
    ) -> None:
        """Open a vault, making it if it is not there, and finish an interrupted erasure.

        Args:
            path: The file; its folder must be there.
            holder: Holds the epoch keys of this vault and of no other.
            most_remembered: How many individuals' opened keys are remembered.
            follows: Whether another process writes, so that nothing is made or finished here.
            connect: How the file is opened; a plain connection unless given.

        Raises:
            KeyDatabaseError: The file is something else; nothing was changed.

        What else is raised is said of `KeptKeys`.

        """
        # In this order: another process makes the file before it makes a key.
        if holder.epochs() and not path.exists():
            refuse_orphans(holder)
        if follows and not path.exists():
            refuse_unmade()
        rows = SqliteKeyRows(path, connect)
        super().__init__(rows, holder, most_remembered=most_remembered, follows=follows)
