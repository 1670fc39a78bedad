"""Signing in to the console through the operator's identity provider.

The browser that began must be the one that comes back (a cookie binds it), once, within ten
minutes. The role follows the provider's groups at every sign-in. A second factor is the
provider's affair.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chengnuo.ports.accounts import (
    Account,
    AccountEvent,
    AccountId,
    AccountStore,
    ExternalIdentity,
    Role,
)
from chengnuo.ports.clock import Clock
from chengnuo.ports.identity_provider import IdentityProvider, SignInRefusedByProviderError
from chengnuo.ports.secrets import Tokens
from chengnuo.ports.sessions import SignInFlow, SignInFlowStore
from chengnuo.usecases.sign_in import OpenedSession, SignIn
from chengnuo.usecases.staff_rules import is_single_person, role_from_groups

FLOW_LIFE = timedelta(minutes=10)
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedFlow:
    """A sign-in begun at the identity provider: where to go, and the browser's cookie."""

    url: str
    browser_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSignIn:
    """Signing in through the operator's identity provider.

    Attributes:
        role_map: Group and role, in the order of the settings; the first that fits counts.

    """

    provider: IdentityProvider
    flows: SignInFlowStore
    accounts: AccountStore
    sign_in: SignIn
    tokens: Tokens
    clock: Clock
    role_map: tuple[tuple[str, Role], ...]

    def begin(self) -> StartedFlow:
        """Begin a sign-in.

        Raises:
            ProviderUnavailableError: The provider does not answer.

        """
        state = self.tokens.fresh()
        browser = self.tokens.fresh()
        nonce = self.tokens.fresh().plain
        verifier = self.tokens.fresh().plain
        url = self.provider.authorization_url(state=state.plain, nonce=nonce, verifier=verifier)
        self.flows.begin(
            SignInFlow(
                state=state.hashed,
                browser=browser.hashed,
                nonce=nonce,
                verifier=verifier,
                expires_at=self.clock.now() + FLOW_LIFE,
            )
        )
        return StartedFlow(url=url, browser_token=browser.plain)

    def finish(self, *, state: str, code: str, browser_token: str) -> OpenedSession:
        """Finish a sign-in that came back, creating or updating the account.

        Raises:
            SignInRefusedByProviderError: State, code or ID token is wrong, the person is in no
                mapped group, or the account is disabled.
            ProviderUnavailableError: The provider does not answer.

        """
        now = self.clock.now()
        flow = self.flows.take(self.tokens.hashed(state), self.tokens.hashed(browser_token), at=now)
        if flow is None:
            raise SignInRefusedByProviderError("unknown-state")
        proved = self.provider.identity(code, nonce=flow.nonce, verifier=flow.verifier, at=now)
        role = role_from_groups(proved.groups, self.role_map)
        if role is None:
            raise SignInRefusedByProviderError("no-role")
        identity = ExternalIdentity(issuer=proved.issuer, subject=proved.subject)
        account = self.accounts.by_identity(identity)
        if account is None:
            account = self._join(identity, proved.name, role, now)
        elif not account.enabled:
            raise SignInRefusedByProviderError("disabled")
        elif account.role is not role:
            self.accounts.set_role(account.id, role)
            account = self.accounts.account(account.id)
        return self.sign_in.open_for_identity(account)

    def _join(self, identity: ExternalIdentity, name: str, role: Role, now: datetime) -> Account:
        account_id = AccountId(self.tokens.random_bytes(12).hex())
        kept = name.strip().lower()[:_LONGEST_NAME]
        if not kept or self.accounts.by_name(kept) is not None:
            kept = f"{kept[: _LONGEST_NAME - 25]}~{account_id}"
        account = Account(
            id=account_id,
            name=kept,
            role=role,
            enabled=True,
            created_at=now,
            identity=identity,
        )
        self.accounts.add(account, password_hash=None)
        event = AccountEvent(
            at=now,
            act="joined",
            actor=None,
            account=account.id,
            detail=role,
            single_person=is_single_person(self.accounts.enabled_count()),
        )
        self.accounts.record(event)
        self.sign_in.acts.act(event)
        return account
