"""The archive of register versions.

A version is named by the SHA-256 of its canonical JSON and never changes: it is added once,
signed, and read again for as long as anybody may ask what was declared on a given day.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chengnuo.base.digest import Digest
from chengnuo.base.errors import IntegrityError, InvalidInputError


class UnknownVersionError(InvalidInputError):
    """No version in the archive has the id given, or several begin with it."""

    code = "unknown-version"

    def __init__(self, given: str) -> None:
        super().__init__(f"no single register version in the archive begins with `{given[:64]}`")
        self.given = given


class ArchiveDamagedError(IntegrityError):
    """The bytes of a kept version are not those its id was made from, or its signature is wrong."""

    code = "archive-damaged"

    def __init__(self, version: str, what: str) -> None:
        super().__init__(f"register version `{version[:12]}` in the archive is damaged: {what}")
        self.version = version
        self.what = what


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterVersion:
    """One kept version.

    Attributes:
        id: SHA-256 of `data` in hex.
        data: Canonical JSON of the register.
        signature: Ed25519 over the versioned message that names `id`.
        public_key: The 32 bytes of the key that signed.
        at: When it entered the archive.
        by: Who brought it: an account id, `cli` or `service`.
        note: What the person wrote beside it; may be empty.
        position: 1 for the oldest, without gaps.

    """

    id: Digest
    data: bytes
    signature: bytes
    public_key: bytes
    at: datetime
    by: str
    note: str
    position: int


class VersionArchive(Protocol):
    """Keeps register versions."""

    def add(  # noqa: PLR0913  one row has these columns
        self, data: bytes, *, signature: bytes, public_key: bytes, at: datetime, by: str, note: str
    ) -> RegisterVersion:
        """Keep a version; adding the same bytes again returns the version that stands."""
        ...

    def versions(self) -> tuple[RegisterVersion, ...]:
        """Return all versions, newest first.

        Raises:
            ArchiveDamagedError: The bytes of a version are not those its id was made from.

        """
        ...

    def version(self, id_or_prefix: str) -> RegisterVersion:
        """Return the version of an id, or of its first digits if no other begins so.

        Raises:
            UnknownVersionError: There is none, or more than one; at least 7 digits are needed.
            ArchiveDamagedError: Its bytes are not those its id was made from.

        """
        ...

    def latest(self) -> RegisterVersion | None:
        """Return the version added last, or None if there is none.

        Raises:
            ArchiveDamagedError: Its bytes are not those its id was made from.

        """
        ...
