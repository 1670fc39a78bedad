"""Signing in to the console: password, then code, then a session.

A wrong name, a wrong password and a locked name get the same answer after the same work.
After five failures in a row a name is locked for a minute, doubling up to an hour, whether or
not an account has it. A session's token changes with every step up.
"""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta

from chengnuo.ports.accounts import (
    Account,
    AccountEvent,
    AccountId,
    AccountStore,
    StaffActs,
)
from chengnuo.ports.clock import Clock
from chengnuo.ports.secrets import PasswordHasher, Sealer, Tokens
from chengnuo.ports.sessions import (
    SessionRow,
    SessionStore,
    StaffSession,
    Stage,
)
from chengnuo.ports.sign_in_failures import FailureStore, Refused, SignInWatch
from chengnuo.usecases import totp
from chengnuo.usecases.sign_in_rules import (
    ABSOLUTE_LIMIT,
    CODE_TRIES,
    IDLE_LIMIT,
    PENDING_LIMIT,
    RECOVERY_CODES,
    CodeRefusedError,
    SignInEndedError,
    SignInRefusedError,
    lock_after,
)
from chengnuo.usecases.staff_rules import checked_password, is_single_person

_SEEN_EVERY = timedelta(minutes=1)
_RECOVERY_BYTES = 15
"""120 random bits: what a hash without a salt may be of (ASVS 2.6.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSession:
    """A session just opened: the cookie's token, and the session."""

    token: str
    session: StaffSession


@dataclass(frozen=True, slots=True, kw_only=True)
class TotpOffer:
    """A second factor to set up: the seed to type and the URI to scan."""

    seed: str
    uri: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """The use cases of signing in and out.

    Attributes:
        totp_required: Whether an account with a password must have a second factor.
        watch: Takes note of what is refused.
        issuer_name: Shown by authenticator apps.

    """

    accounts: AccountStore
    sessions: SessionStore
    failures: FailureStore
    hasher: PasswordHasher
    sealer: Sealer
    tokens: Tokens
    clock: Clock
    acts: StaffActs
    totp_required: bool
    watch: SignInWatch
    issuer_name: str = "承诺 Chengnuo"

    def with_password(self, name: str, password: str) -> OpenedSession:
        """Check name and password and open a session at the next stage.

        Raises:
            SignInRefusedError: They do not go together, or the name is locked.

        """
        now = self.clock.now()
        typed = name.strip().lower()
        key = self.tokens.keyed("sign-in-name", typed)
        past = self.failures.failures(key)
        account = self.accounts.by_name(typed)
        hashed = self.accounts.credentials(account.id).password_hash if account else None
        right = self.hasher.verify(password, hashed)
        locked = past.locked_until is not None and now < past.locked_until
        if not right or locked or account is None or not account.enabled:
            if not locked:
                self._failed(key, past.count + 1, now)
            self.watch.refused(Refused.LOCKED if locked else Refused.PASSWORD, key)
            raise SignInRefusedError
        self.failures.succeeded(key)
        if hashed is not None and self.hasher.is_old(hashed):
            self.accounts.set_password(account.id, self.hasher.hash(password))
        return self.open(account)

    def open(self, account: Account) -> OpenedSession:
        """Open a session for somebody whose password has just been proved or set."""
        if account.has_totp:
            return self._open(account, Stage.CODE)
        return self._open(account, Stage.ENROL if self.totp_required else Stage.FULL)

    def resume(self, token: str) -> StaffSession | None:
        """Return the live session of a cookie, or None.

        Idle sessions end after 30 minutes, all after 12 hours, unfinished ones after 10 minutes.
        """
        now = self.clock.now()
        hashed = self.tokens.hashed(token)
        session = self.sessions.session(hashed)
        if session is None:
            return None
        row = session.row
        if now >= row.expires_at or now - row.seen_at >= IDLE_LIMIT:
            self.sessions.close(hashed)
            return None
        if now - row.seen_at >= _SEEN_EVERY:
            self.sessions.seen(hashed, now)
        return session

    def offer_totp(self, session: StaffSession) -> TotpOffer:
        """Return the second factor to set up; the same one until its first code is right."""
        context = self._context(session.account.id)
        if session.row.pending_totp is None:
            seed = self.tokens.random_bytes(totp.SEED_BYTES)
            self.sessions.set_pending_totp(
                session.row.token, self.sealer.seal(seed, context=context)
            )
        else:
            seed = self.sealer.unseal(session.row.pending_totp, context=context)
        return TotpOffer(
            seed=totp.seed_in_base32(seed),
            uri=totp.otpauth_uri(seed, issuer=self.issuer_name, account=session.account.name),
        )

    def confirm_totp(
        self, session: StaffSession, code: str
    ) -> tuple[OpenedSession, tuple[str, ...]]:
        """Enrol the offered second factor with its first code.

        Returns:
            The new session and the recovery codes, which are shown this once.

        Raises:
            CodeRefusedError: The code does not belong to the offered seed.
            SignInEndedError: Too many wrong codes, or nothing was offered.

        """
        sealed = session.row.pending_totp
        if sealed is None:
            raise SignInEndedError
        account = session.account
        seed = self.sealer.unseal(sealed, context=self._context(account.id))
        step = totp.matching_step(seed, code, self.clock.now())
        if step is None:
            self._wrong_code(session, Refused.CODE)
            raise CodeRefusedError
        codes = tuple(self._recovery_code() for _ in range(RECOVERY_CODES))
        hashes = tuple(self.tokens.hashed(_plain_recovery(text)) for text in codes)
        self.accounts.set_totp(account.id, sealed, recovery=hashes)
        self.accounts.accept_totp_step(account.id, step)
        self.sessions.close_all(account.id)
        self._record("totp-set", account.id)
        return self._open(self.accounts.account(account.id), Stage.FULL), codes

    def with_code(self, session: StaffSession, code: str) -> OpenedSession:
        """Finish a sign-in with a one-time code or a recovery code.

        Raises:
            CodeRefusedError: The code is wrong or was used before.
            SignInEndedError: Too many wrong codes, or the session does not wait for a code.

        """
        if session.row.stage is not Stage.CODE:
            raise SignInEndedError
        why = self._why_not(session.account.id, code)
        if why is not None:
            self._wrong_code(session, why)
            raise CodeRefusedError
        self.sessions.close(session.row.token)
        return self._open(session.account, Stage.FULL)

    def change_password(self, session: StaffSession, *, old: str, new: str) -> OpenedSession:
        """Replace the signed-in person's own password; every other session ends.

        Raises:
            SignInRefusedError: The old password is wrong.
            WeakPasswordError: The new one is too weak.

        """
        account = session.account
        if not self.hasher.verify(old, self.accounts.credentials(account.id).password_hash):
            self._wrong_code(session, Refused.PASSWORD)
            raise SignInRefusedError
        hashed = self.hasher.hash(checked_password(new, name=account.name))
        self.accounts.set_password(account.id, hashed)
        self.sessions.close_all(account.id)
        self._record("password-changed", account.id)
        return self._open(account, Stage.FULL)

    def sign_out(self, session: StaffSession) -> None:
        """End this session."""
        self.sessions.close(session.row.token)

    def sign_out_everywhere(self, session: StaffSession) -> None:
        """End every session of the account."""
        self.sessions.close_all(session.account.id)
        self._record("signed-out-everywhere", session.account.id)

    def open_for_identity(self, account: Account) -> OpenedSession:
        """Open a full session for somebody the identity provider has proved."""
        return self._open(account, Stage.FULL)

    def _open(self, account: Account, stage: Stage) -> OpenedSession:
        now = self.clock.now()
        token = self.tokens.fresh()
        life = ABSOLUTE_LIMIT if stage is Stage.FULL else PENDING_LIMIT
        row = SessionRow(
            token=token.hashed,
            account=account.id,
            stage=stage,
            opened_at=now,
            seen_at=now,
            expires_at=now + life,
        )
        self.sessions.open(row)
        if stage is Stage.FULL:
            self.accounts.signed_in(account.id, now)
            self.acts.signed_in(account, now)
        return OpenedSession(token=token.plain, session=StaffSession(row=row, account=account))

    def _why_not(self, account: AccountId, code: str) -> Refused | None:
        """Return why a code is not taken; one that is, is used up."""
        sealed = self.accounts.credentials(account).totp_sealed
        if sealed is None:
            return Refused.CODE
        context = self._context(account)
        seed = self.sealer.unseal(sealed, context=context)
        step = totp.matching_step(seed, code, self.clock.now())
        if step is not None:
            if self.accounts.accept_totp_step(account, step):
                if self.sealer.is_old(sealed, context=context):
                    anew = self.sealer.seal(seed, context=context)
                    self.accounts.reseal_totp(account, anew, was=sealed)
                return None
            self._record("code-used-again", account)
            return Refused.CODE_AGAIN
        if self.accounts.use_recovery(account, self.tokens.hashed(_plain_recovery(code))):
            self._record("recovery-code-used", account)
            return None
        return Refused.CODE

    def _wrong_code(self, session: StaffSession, why: Refused) -> None:
        """Count a wrong code against the session and against the name."""
        now = self.clock.now()
        key = self.tokens.keyed("sign-in-name", session.account.name)
        self._failed(key, self.failures.failures(key).count + 1, now)
        self.watch.refused(why, key)
        if self.sessions.count_try(session.row.token) >= CODE_TRIES:
            self.sessions.close(session.row.token)
            raise SignInEndedError

    def _failed(self, key: str, count: int, now: datetime) -> None:
        lock = lock_after(count)
        self.failures.failed(key, at=now, locked_until=None if lock is None else now + lock)

    def _recovery_code(self) -> str:
        signs = base64.b32encode(self.tokens.random_bytes(_RECOVERY_BYTES)).decode("ascii").lower()
        return "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))

    def _record(self, act: str, account: AccountId) -> None:
        event = AccountEvent(
            at=self.clock.now(),
            act=act,
            actor=account,
            account=account,
            detail="",
            single_person=is_single_person(self.accounts.enabled_count()),
        )
        self.accounts.record(event)
        self.acts.act(event)

    @staticmethod
    def _context(account: AccountId) -> str:
        return f"totp:{account}"


def _plain_recovery(code: str) -> str:
    return code.replace("-", "").replace(" ", "").lower()
