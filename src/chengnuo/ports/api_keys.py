"""Keys with which programs of the operator call the interface; only hashes are kept.

A key has one name and, during a rotation, two secrets. Acts upon keys are kept beside them until
the process that writes the evidence log has recorded them.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.ports.secrets import TokenHash

ApiKeyId = NewType("ApiKeyId", str)


class ApiScope(StrEnum):
    """What a key may be used for."""

    DECIDE = "decide"
    """Ask for decisions."""
    AUDIENCE = "audience"
    """Filter lists of ids."""
    CONSENT_READ = "consent:read"
    """See which consents of an individual are in force."""
    CONSENT_WRITE = "consent:write"
    """Hand in what an individual gave, refused or withdrew."""
    AUTOMATED_READ = "automated:read"
    """See automated decisions about an individual, with what they rested on."""
    AUTOMATED_WRITE = "automated:write"
    """Hand in automated decisions."""
    PROVISION_READ = "provision:read"
    """See how many people's information went abroad, and by which route."""
    PROVISION_WRITE = "provision:write"
    """Ask to provide information abroad, and have it recorded."""
    PUBLICATION_WRITE = "publication:write"
    """Ask who may be named in a list, and have its publication recorded."""
    DOSSIER_READ = "dossier:read"
    """See dossiers, their deadlines and acts, without private words."""
    DOSSIER_READ_PRIVATE = "dossier:read-private"
    """See private words of dossiers, too; that somebody looked is recorded."""
    DOSSIER_WRITE = "dossier:write"
    """Open dossiers and act in them."""
    RIGHTS_READ = "rights:read"
    """See requests of individuals about their rights, plans and files."""
    RIGHTS_WRITE = "rights:write"
    """Hand in requests of individuals, and what is done for them by hand."""
    RIGHTS_ACKNOWLEDGE = "rights:acknowledge"
    """Say that a party outside did what it was told."""


OF_RECIPIENTS = frozenset(
    {ApiScope.DOSSIER_READ, ApiScope.DOSSIER_WRITE, ApiScope.RIGHTS_ACKNOWLEDGE}
)
"""What a key that belongs to a recipient may be used for."""


class ApiKeyTakenError(ConflictError):
    """A key of that name exists already."""

    code = "api-key-taken"

    def __init__(self) -> None:
        super().__init__("a key of this name exists already; rotate it, or take another name")


class UnknownApiKeyError(InvalidInputError):
    """No key that is in force has the name given."""

    code = "unknown-api-key"

    def __init__(self) -> None:
        super().__init__("no key in force has this name; `chengnuo keys list` shows all")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key, without anything secret.

    Attributes:
        id: Its name.
        scopes: What it may be used for.
        made_at: When it was made.
        expires_at: From this instant on it is refused; None for no end.
        revoked_at: When it was revoked; None while it is in force.
        secrets: How many secrets are kept of it, old ones in their overlap included.
        recipient: Recipient of the register that it belongs to; empty for the operator's own.

    """

    id: ApiKeyId
    scopes: frozenset[ApiScope]
    made_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    secrets: int = 1
    recipient: str = ""

    def is_in_force(self, at: datetime) -> bool:
        """Tell whether it may be used at an instant."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyAct:
    """One act upon a key that is not in the evidence log yet.

    Attributes:
        number: Its number, for taking it away once it is recorded.
        act: `api-key-made`, `api-key-rotated` or `api-key-revoked`.
        key: Which key.
        detail: Scopes, or how long the old secret goes on.
        by: An account id, or `cli`.

    """

    number: int
    act: str
    key: ApiKeyId
    detail: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAct:
    """An act upon a key that is done now; see `KeyAct`."""

    act: str
    detail: str
    by: str


class ApiKeyStore(Protocol):
    """Keeps keys. Every change keeps its act in the same transaction."""

    def add(self, key: ApiKey, secret: TokenHash, act: NewAct) -> None:
        """Keep a new key.

        Raises:
            ApiKeyTakenError: There is one of that name, in force or not.

        """
        ...

    def keys(self) -> tuple[ApiKey, ...]:
        """Return all keys, by name."""
        ...

    def find(self, secret: TokenHash, at: datetime) -> ApiKey | None:
        """Return the key that an unexpired secret belongs to, whatever its own state; or None."""
        ...

    def rotate(
        self, key: ApiKeyId, secret: TokenHash, act: NewAct, *, at: datetime, old_until: datetime
    ) -> None:
        """Give a key another secret; secrets it has end at `old_until`, or when they do already.

        Raises:
            UnknownApiKeyError: There is no such key, or it is revoked.

        """
        ...

    def revoke(self, key: ApiKeyId, act: NewAct, *, at: datetime) -> None:
        """End a key and forget its secrets.

        Raises:
            UnknownApiKeyError: There is no such key, or it is revoked already.

        """
        ...

    def waiting(self) -> tuple[KeyAct, ...]:
        """Return the acts that are not recorded yet, oldest first."""
        ...

    def is_recorded(self, number: int) -> None:
        """Take away an act that is in the evidence log now."""
        ...
