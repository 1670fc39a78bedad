"""Signing in through the operator's own identity provider (OpenID Connect Core 1.0)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from chengnuo.base.errors import InvalidInputError, UnavailableError


class SignInRefusedByProviderError(InvalidInputError):
    """The identity provider, or what it sent, does not let the person in."""

    code: ClassVar[str] = "oidc-refused"

    def __init__(self, what: str) -> None:
        super().__init__(f"sign-in through the identity provider failed: {what}")
        self.what = what


class ProviderUnavailableError(UnavailableError):
    """The identity provider does not answer as it should."""

    code = "oidc-unavailable"

    def __init__(self, what: str) -> None:
        super().__init__(f"the identity provider does not answer as expected: {what}")
        self.what = what


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvedIdentity:
    """Who came back from the identity provider.

    Attributes:
        issuer: `iss`.
        subject: `sub`.
        name: What to call the account: `preferred_username`, else `email`, else the subject.
        groups: Values of the claim that the settings map to roles.

    """

    issuer: str
    subject: str
    name: str
    groups: Sequence[str]


class IdentityProvider(Protocol):
    """One identity provider."""

    def authorization_url(self, *, state: str, nonce: str, verifier: str) -> str:
        """Return where to send the browser (authorization code flow with PKCE S256).

        Raises:
            ProviderUnavailableError: The discovery document cannot be had.

        """
        ...

    def identity(self, code: str, *, nonce: str, verifier: str, at: datetime) -> ProvedIdentity:
        """Exchange a code and check the ID token.

        Raises:
            SignInRefusedByProviderError: The code, or the ID token's signature, issuer, audience,
                nonce or time is wrong.
            ProviderUnavailableError: The provider does not answer.

        """
        ...
