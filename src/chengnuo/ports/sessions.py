"""Sessions of staff in the console. Only the hash of a session's token is kept."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from chengnuo.ports.accounts import Account, AccountId
from chengnuo.ports.secrets import TokenHash


class Stage(StrEnum):
    """How far a sign-in has come.

    `enrol`: the password was right and a second factor must be set up first.
    `code`: the password was right and a code is asked for.
    `full`: signed in.
    """

    ENROL = "enrol"
    CODE = "code"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """A session as it is kept.

    Attributes:
        token: Hash of the cookie's token.
        account: Whose it is.
        stage: How far the sign-in has come.
        opened_at: When it began; the absolute limit counts from here.
        seen_at: Last use; the idle limit counts from here.
        expires_at: Absolute end.
        pending_totp: Sealed seed being enrolled, until its first code is right.
        tries: Wrong codes so far.

    """

    token: TokenHash
    account: AccountId
    stage: Stage
    opened_at: datetime
    seen_at: datetime
    expires_at: datetime
    pending_totp: bytes | None = None
    tries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffSession:
    """A live session and the account it belongs to, as it stands now."""

    row: SessionRow
    account: Account


class SessionStore(Protocol):
    """Keeps the sessions of staff."""

    def open(self, row: SessionRow) -> None:
        """Keep a new session."""
        ...

    def session(self, token: TokenHash) -> StaffSession | None:
        """Return the session of a token with its enabled account, or None; expiry is not judged."""
        ...

    def seen(self, token: TokenHash, at: datetime) -> None:
        """Record that the session was used."""
        ...

    def count_try(self, token: TokenHash) -> int:
        """Count one more wrong code and return how many there are now."""
        ...

    def set_pending_totp(self, token: TokenHash, sealed: bytes) -> None:
        """Keep a TOTP seed that waits for its first right code."""
        ...

    def close(self, token: TokenHash) -> None:
        """End one session."""
        ...

    def close_all(self, account: AccountId, *, but: TokenHash | None = None) -> None:
        """End all sessions of an account, except one."""
        ...

    def of(self, account: AccountId, *, at: datetime) -> tuple[SessionRow, ...]:
        """Return the unexpired sessions of an account, the newest first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInFlow:
    """A sign-in at the identity provider that has begun and not come back yet.

    Attributes:
        state: Hash of the `state` sent along; what comes back must hash to it.
        browser: Hash of the token in the browser's cookie, so that only the browser that
            began can finish.
        nonce: Must stand in the ID token.
        verifier: PKCE code verifier (RFC 7636).
        expires_at: From then on it is refused.

    """

    state: TokenHash
    browser: TokenHash
    nonce: str
    verifier: str
    expires_at: datetime


class SignInFlowStore(Protocol):
    """Keeps sign-ins that are under way at the identity provider."""

    def begin(self, flow: SignInFlow) -> None:
        """Keep a flow."""
        ...

    def take(self, state: TokenHash, browser: TokenHash, at: datetime) -> SignInFlow | None:
        """Return the flow once and forget it; None if unknown, expired or of another browser."""
        ...
