"""Staff accounts: the first admin, invitations, roles, passwords.

The first start offers one link with which the first admin sets a name and a password; it works
once, within a day, and only while no account exists. Everybody else comes by an invitation
from an admin. Every act is recorded, and says whether a second person could have looked at it.
"""

from dataclasses import dataclass
from datetime import timedelta

from chengnuo.ports.accounts import (
    Account,
    AccountEvent,
    AccountId,
    AccountStore,
    Link,
    LinkKind,
    LinkRefusedError,
    Role,
    StaffActs,
)
from chengnuo.ports.clock import Clock
from chengnuo.ports.secrets import PasswordHasher, Tokens
from chengnuo.ports.sessions import SessionStore
from chengnuo.usecases.staff_rules import checked_name, checked_password, is_single_person

FIRST_LINK_LIFE = timedelta(hours=24)
INVITE_LIFE = timedelta(days=3)
_EVENTS_SHOWN = 50
_EVENTS_OF_ONE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What the page of people shows."""

    accounts: tuple[Account, ...]
    events: tuple[AccountEvent, ...]
    single_person: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffAccounts:
    """The use cases around staff accounts."""

    store: AccountStore
    sessions: SessionStore
    hasher: PasswordHasher
    tokens: Tokens
    clock: Clock
    acts: StaffActs

    def first_link(self) -> str | None:
        """Return the token of a new set-up link, or None once an account exists."""
        if self.store.accounts():
            return None
        return self._link(LinkKind.FIRST_ADMIN, Role.ADMIN, life=FIRST_LINK_LIFE)

    def link(self, token: str) -> Link:
        """Return what a link is for, without using it.

        Raises:
            LinkRefusedError: It is unknown, used or expired.

        """
        link = self.store.link(self.tokens.hashed(token), self.clock.now())
        if link is None or (link.kind is LinkKind.FIRST_ADMIN and self.store.accounts()):
            raise LinkRefusedError
        return link

    def redeem(self, token: str, *, name: str, password: str) -> Account:
        """Use a link: create its account, or renew the password of the one it names.

        Args:
            token: From the link.
            name: Sign-in name of the new account; ignored when a password is renewed.
            password: The new password.

        Raises:
            LinkRefusedError: The link is unknown, used or expired.
            AccountNameError: The name has a wrong form.
            WeakPasswordError: The password is too weak.
            NameTakenError: The name is in use; the link stays usable.

        """
        link = self.link(token)
        if link.account is not None:
            return self._renew(link, password)
        kept = checked_name(name)
        account = Account(
            id=self._new_id(),
            name=kept,
            role=link.role,
            enabled=True,
            created_at=self.clock.now(),
            has_password=True,
        )
        self.store.redeem_new_account(
            link.token,
            account,
            password_hash=self.hasher.hash(checked_password(password, name=kept)),
            at=self.clock.now(),
        )
        self._record("joined", actor=link.created_by, account=account.id, detail=link.role)
        return account

    def people(self) -> People:
        """Return all accounts, the newest acts upon them, and whether anybody works alone."""
        return People(
            accounts=self.store.accounts(),
            events=self.store.events(newest=_EVENTS_SHOWN),
            single_person=self.single_person(),
        )

    def happened_to(self, account: AccountId) -> tuple[AccountEvent, ...]:
        """Return what happened to one account, the newest first."""
        return self.store.events(newest=_EVENTS_OF_ONE, account=account)

    def single_person(self) -> bool:
        """Tell whether fewer than two accounts are enabled, so that nobody can review."""
        return is_single_person(self.store.enabled_count())

    def invite(self, role: Role, *, by: AccountId) -> str:
        """Return the token of a link with which somebody joins in the role."""
        token = self._link(LinkKind.INVITE, role, by=by)
        self._record("invited", actor=by, account=None, detail=role)
        return token

    def offer_new_password(self, account: AccountId, *, by: AccountId) -> str:
        """Return the token of a link with which the account's owner sets a new password.

        Raises:
            UnknownAccountError: There is none of this id.

        """
        role = self.store.account(account).role
        token = self._link(LinkKind.RENEWAL, role, by=by, account=account)
        self._record("password-link", actor=by, account=account)
        return token

    def set_role(self, account: AccountId, role: Role, *, by: AccountId) -> None:
        """Change a role; the account's sessions end.

        Raises:
            UnknownAccountError: There is none of this id.
            LastAdminError: No enabled admin would be left.

        """
        self.store.set_role(account, role)
        self.sessions.close_all(account)
        self._record("role-changed", actor=by, account=account, detail=role)

    def set_enabled(self, account: AccountId, *, enabled: bool, by: AccountId) -> None:
        """Let an account sign in, or end its sessions and let it sign in no more.

        Raises:
            UnknownAccountError: There is none of this id.
            LastAdminError: No enabled admin would be left.

        """
        self.store.set_enabled(account, enabled=enabled)
        if not enabled:
            self.sessions.close_all(account)
        self._record("enabled" if enabled else "disabled", actor=by, account=account)

    def reset_totp(self, account: AccountId, *, by: AccountId) -> None:
        """Take the second factor away; its owner sets up a new one at the next sign-in.

        Raises:
            UnknownAccountError: There is none of this id.

        """
        self.store.account(account)
        self.store.set_totp(account, None, recovery=())
        self.sessions.close_all(account)
        self._record("totp-reset", actor=by, account=account)

    def _renew(self, link: Link, password: str) -> Account:
        account = self.store.account(link.account or AccountId(""))
        hashed = self.hasher.hash(checked_password(password, name=account.name))
        self.store.redeem_new_password(link.token, password_hash=hashed, at=self.clock.now())
        self.sessions.close_all(account.id)
        self._record("password-renewed", actor=account.id, account=account.id)
        return account

    def _link(
        self,
        kind: LinkKind,
        role: Role,
        *,
        by: AccountId | None = None,
        account: AccountId | None = None,
        life: timedelta = INVITE_LIFE,
    ) -> str:
        token = self.tokens.fresh()
        self.store.add_link(
            Link(
                token=token.hashed,
                kind=kind,
                role=role,
                account=account,
                created_by=by,
                expires_at=self.clock.now() + life,
            )
        )
        return token.plain

    def _new_id(self) -> AccountId:
        return AccountId(self.tokens.random_bytes(12).hex())

    def _record(
        self, act: str, *, actor: AccountId | None, account: AccountId | None, detail: str = ""
    ) -> None:
        event = AccountEvent(
            at=self.clock.now(),
            act=act,
            actor=actor,
            account=account,
            detail=detail,
            single_person=self.single_person(),
        )
        self.store.record(event)
        self.acts.act(event)
