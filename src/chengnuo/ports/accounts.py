"""Staff accounts: who may sign in to the console, and in which role.

Four roles (see `Role`). A name is found again only within this installation; what a person
types at sign-in never leaves the credentials.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.ports.secrets import TokenHash

AccountId = NewType("AccountId", str)


class Role(StrEnum):
    """What an account may do in the console.

    `staff` works with the register; `reviewer` releases what staff prepared; `auditor` reads
    and verifies only; `admin` looks after accounts and settings and sees no personal
    information.
    """

    STAFF = "staff"
    REVIEWER = "reviewer"
    AUDITOR = "auditor"
    ADMIN = "admin"


class NameTakenError(ConflictError):
    """An account of that name exists already."""

    code = "name-taken"

    def __init__(self) -> None:
        super().__init__("an account of this name exists already; expected a name not yet in use")


class LastAdminError(ConflictError):
    """The act would leave the installation without an admin who can sign in."""

    code = "last-admin"

    def __init__(self) -> None:
        super().__init__("this is the last enabled admin; make another account admin first")


class UnknownAccountError(InvalidInputError):
    """No account has the id given."""

    code = "unknown-account"

    def __init__(self) -> None:
        super().__init__("no account has this id; it may have been removed")


class LinkRefusedError(InvalidInputError):
    """A one-time link is unknown, used, revoked or too old; which of them is not told."""

    code = "link-refused"

    def __init__(self) -> None:
        super().__init__("the link is not valid any more; each link works once and expires")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalIdentity:
    """Who an account is at the identity provider (OpenID Connect `iss` and `sub`)."""

    issuer: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One staff account, without anything secret."""

    id: AccountId
    name: str
    role: Role
    enabled: bool
    created_at: datetime
    last_sign_in_at: datetime | None = None
    has_password: bool = False
    has_totp: bool = False
    identity: ExternalIdentity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What proves that somebody is the owner of an account."""

    password_hash: str | None
    totp_sealed: bytes | None
    totp_last_step: int


class LinkKind(StrEnum):
    """What a one-time link is for."""

    FIRST_ADMIN = "first-admin"
    INVITE = "invite"
    RENEWAL = "renewal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A one-time link: kept under the hash of its token.

    Attributes:
        token: Hash of the token in the link.
        kind: What the link does when it is used.
        role: Role of the account it creates; for a new password the role stays.
        account: The account it renews the password of; None when it creates one.
        created_by: The admin who made it; None at first start.
        expires_at: From this instant on it is refused.

    """

    token: TokenHash
    kind: LinkKind
    role: Role
    account: AccountId | None
    created_by: AccountId | None
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountEvent:
    """One act upon an account, kept for good.

    Attributes:
        at: When.
        act: Kebab-case word, such as `invited` or `role-changed`.
        actor: Who did it; None for the command line and for first start.
        account: Upon whom; None when the act names no account yet.
        detail: One word more, such as the new role; never a name.
        single_person: Nobody else could have reviewed it: fewer than two accounts were enabled.

    """

    at: datetime
    act: str
    actor: AccountId | None
    account: AccountId | None
    detail: str
    single_person: bool


class StaffActs(Protocol):
    """Takes note of what staff do, where it can no longer be changed quietly."""

    def act(self, event: AccountEvent) -> None:
        """Note an act upon an account.

        Raises:
            UnavailableError: It could not be noted.

        """
        ...

    def signed_in(self, account: Account, at: datetime) -> None:
        """Note that somebody signed in."""
        ...


class HolderNotices(Protocol):
    """Tells the holders of accounts what happened to what they sign in with."""

    def tell(self, address: str, subject: str, text: str) -> None:
        """Send word to an address; whether it arrives is not waited for.

        Args:
            address: A mail address.
            subject: One line.
            text: All of it.

        """
        ...


class AccountStore(Protocol):
    """Keeps accounts, their credentials and one-time links. Every method is one transaction."""

    def add(self, account: Account, *, password_hash: str | None) -> None:
        """Add an account.

        Raises:
            NameTakenError: The name, compared without case, is in use.

        """
        ...

    def account(self, account: AccountId) -> Account:
        """Return one account.

        Raises:
            UnknownAccountError: There is none of this id.

        """
        ...

    def by_name(self, name: str) -> Account | None:
        """Return the account of a name, compared without case, or None."""
        ...

    def by_identity(self, identity: ExternalIdentity) -> Account | None:
        """Return the account of an external identity, or None."""
        ...

    def accounts(self) -> tuple[Account, ...]:
        """Return all accounts, oldest first."""
        ...

    def enabled_count(self) -> int:
        """Return how many accounts can sign in."""
        ...

    def credentials(self, account: AccountId) -> Credentials:
        """Return what the account is proved by.

        Raises:
            UnknownAccountError: There is none of this id.

        """
        ...

    def set_role(self, account: AccountId, role: Role) -> None:
        """Give an account another role.

        Raises:
            UnknownAccountError: There is none of this id.
            LastAdminError: No enabled admin would be left.

        """
        ...

    def set_enabled(self, account: AccountId, *, enabled: bool) -> None:
        """Let an account sign in, or no longer.

        Raises:
            UnknownAccountError: There is none of this id.
            LastAdminError: No enabled admin would be left.

        """
        ...

    def set_password(self, account: AccountId, password_hash: str) -> None:
        """Replace the password."""
        ...

    def set_totp(
        self, account: AccountId, sealed: bytes | None, *, recovery: tuple[TokenHash, ...]
    ) -> None:
        """Replace the TOTP seed and the recovery codes together; None takes both away."""
        ...

    def reseal_totp(self, account: AccountId, sealed: bytes, *, was: bytes) -> None:
        """Put the same TOTP seed, sealed anew, in the place of what it was; else do nothing."""
        ...

    def accept_totp_step(self, account: AccountId, step: int) -> bool:
        """Record a time step as used; False if it or a later one was used before."""
        ...

    def use_recovery(self, account: AccountId, code: TokenHash) -> bool:
        """Use up a recovery code; False if the account has no such code left."""
        ...

    def recovery_left(self, account: AccountId) -> int:
        """Return how many recovery codes the account has left."""
        ...

    def signed_in(self, account: AccountId, at: datetime) -> None:
        """Record when the account last signed in."""
        ...

    def add_link(self, link: Link) -> None:
        """Keep a one-time link."""
        ...

    def link(self, token: TokenHash, at: datetime) -> Link | None:
        """Return an unused, unexpired link, or None."""
        ...

    def redeem_new_account(
        self, token: TokenHash, account: Account, *, password_hash: str, at: datetime
    ) -> None:
        """Use up a link and add the account, both or neither.

        Raises:
            LinkRefusedError: The link is used, expired, unknown, or is for the first admin
                while there are accounts already.
            NameTakenError: The name is in use; the link stays usable.

        """
        ...

    def redeem_new_password(
        self, token: TokenHash, *, password_hash: str, at: datetime
    ) -> AccountId:
        """Use up a link and replace the password of its account, both or neither.

        Raises:
            LinkRefusedError: The link is used, expired or unknown.

        """
        ...

    def record(self, event: AccountEvent) -> None:
        """Append an act."""
        ...

    def events(self, *, newest: int, account: AccountId | None = None) -> tuple[AccountEvent, ...]:
        """Return the newest acts, or those upon one account, newest first."""
        ...
