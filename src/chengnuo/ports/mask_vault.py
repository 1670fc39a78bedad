"""Port: the values behind the names that a mask left, kept so that a text can be restored."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import ClassVar, Protocol

from chengnuo.base.errors import IntegrityError, InvalidInputError


class NotAMaskVaultError(InvalidInputError):
    """The file is no vault, or not one of this key."""

    code: ClassVar[str] = "not-a-mask-vault"

    def __init__(self, file: str, what: str) -> None:
        super().__init__(f"`{file}` is not a vault of masked values: {what}")
        self.file, self.what = file, what


class MaskVaultDamagedError(IntegrityError):
    """What the vault keeps is not what was put into it."""

    code: ClassVar[str] = "mask-vault-damaged"

    def __init__(self, file: str) -> None:
        super().__init__(f"vault `{file}` is damaged: a value does not open with its key")
        self.file = file


class MaskVault(Protocol):
    """Values by their names, sealed under the key that made the names.

    The names are those of `engines.text.masking.named` under the same key.
    """

    def keep(self, values: Mapping[str, str]) -> None:
        """Keep values by their names, durably; a name that is there already stays as it is."""
        ...

    def values(self, names: Collection[str]) -> Mapping[str, str]:
        """Return the values of those names that are there.

        Raises:
            MaskVaultDamagedError: One does not open.

        """
        ...

    def forget(self, names: Collection[str]) -> int:
        """Destroy values, and return how many were there."""
        ...

    def forget_before(self, moment: datetime) -> int:
        """Destroy the values that were first kept before a moment, and return how many."""
        ...

    def count(self) -> int:
        """Return how many values there are."""
        ...

    def close(self) -> None:
        """Let the file go."""
        ...
