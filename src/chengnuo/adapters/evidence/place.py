"""Where an evidence log lies, who holds the key above its keys, and what is kept elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from chengnuo.adapters.evidence.kept_batches import KeptBatches
from chengnuo.adapters.evidence.kept_keys import KeptKeys
from chengnuo.adapters.evidence.key_holder_environment import (
    EnvironmentKeyHolder,
    master_from_text,
)
from chengnuo.adapters.evidence.key_holder_file import FileKeyHolder
from chengnuo.adapters.evidence.key_rows import KeyRows
from chengnuo.adapters.evidence.key_vault import FILE_NAME, SqliteKeyVault
from chengnuo.adapters.evidence.key_vault_epochs import refuse_orphans
from chengnuo.adapters.evidence.reading import PUBLIC
from chengnuo.ports.evidence_keys import KeyHolder

FOLDER = "evidence"
KEYS = "keys"


class Elsewhere(Protocol):
    """A database that several processes share, of which one writes."""

    def batches(self, origin: str) -> KeptBatches:
        """Return the records of a log by its name."""
        ...

    def keys(self) -> KeyRows:
        """Return the rows of the keys."""
        ...

    def hold(self) -> Callable[[], None]:
        """Take the right to write for this process, and return what gives it back.

        Raises:
            ConflictError: Another has it.

        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a log lies and who holds the key above its keys.

    Attributes:
        data: The data folder.
        master_key_file: File of the epoch keys; None for one in the data folder.
        master_key: Master key in 64 hex digits, from the environment; it goes before the file.
        token: Returns the token that keeps the epoch keys; it goes before both.
        elsewhere: A database that keeps records and keys in the place of files of the folder.

    """

    data: Path
    master_key_file: Path | None = None
    master_key: str = ""
    token: Callable[[], KeyHolder] | None = None
    elsewhere: Elsewhere | None = None

    @property
    def folder(self) -> Path:
        """The folder of the log."""
        return self.data / FOLDER

    @property
    def is_of_one_host(self) -> bool:
        """Whether the file of the epoch keys lies in the data folder, which no other host has."""
        if self.token is not None:
            return False
        inside = self.data / KEYS / "epoch.key"
        file = inside if self.master_key else self.master_key_file or inside
        return file.resolve().is_relative_to(self.data.resolve())

    @property
    def public(self) -> Path:
        """The part that the public may read."""
        return self.folder / PUBLIC

    def vault(self, holder: KeyHolder, *, follows: bool = False) -> KeptKeys:
        """Return the keys of individuals, opened; see `KeptKeys` for `follows` and for errors."""
        if self.elsewhere is None:
            return SqliteKeyVault(self.folder / FILE_NAME, holder, follows=follows)
        rows = self.elsewhere.keys()
        with rows.reading():
            if holder.epochs() and rows.is_empty():
                refuse_orphans(holder)
        return KeptKeys(rows, holder, follows=follows)

    def holder(self) -> KeyHolder:
        """Return who holds the epoch keys.

        Raises:
            MasterKeyError: The master key has a wrong form, or a token refuses its PIN.
            KeyHolderError: A token does not answer.

        """
        if self.token is not None:
            return self.token()
        inside = self.data / KEYS / "epoch.key"
        if self.master_key:
            return EnvironmentKeyHolder(master_from_text(self.master_key), inside)
        given = self.master_key_file
        return FileKeyHolder(given or inside, in_data_folder=given is None or self.is_of_one_host)
