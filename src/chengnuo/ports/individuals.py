"""Individuals who come to the privacy centre from the operator's app.

The app's own sign-in decides who somebody is; the operator's back end says so in a token that
lives for minutes. Chengnuo knows people by a person key derived from the account id. The id itself
is kept sealed and only as long as somebody may ask for a right by it: with a session, and with a
request until it closes.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, NewType, Protocol

from chengnuo.base.errors import InvalidInputError, UnavailableError
from chengnuo.ports.secrets import TokenHash

PersonKey = NewType("PersonKey", str)
"""HMAC of the operator's account id under the tenant secret, in hex; lives in the database only."""


class TokenRefusedError(InvalidInputError):
    """An individual's token is not accepted; each reason has a leaf of its own."""

    code: ClassVar[str] = "token-refused"


class TokenMalformedError(TokenRefusedError):
    """The text is not a signed JWT in compact form, or its header holds what we do not take."""

    code = "token-malformed"

    def __init__(self, what: str) -> None:
        super().__init__(f"the token is not a compact JWT: {what}")
        self.what = what


class TokenAlgorithmError(TokenRefusedError):
    """The token is signed in another way than the settings' keys are for."""

    code = "token-algorithm"

    def __init__(self) -> None:
        super().__init__("the token's `alg` is not taken; expected `EdDSA` or `ES256` with its key")


class TokenKeyError(TokenRefusedError):
    """The token names no key, or a key that the issuer does not publish."""

    code = "token-key"

    def __init__(self) -> None:
        super().__init__("the token's `kid` is not among the issuer's keys")


class TokenSignatureError(TokenRefusedError):
    """The signature does not belong to the token and the key it names."""

    code = "token-signature"

    def __init__(self) -> None:
        super().__init__("the token's signature is wrong for the key that its `kid` names")


class TokenIssuerError(TokenRefusedError):
    """`iss` is not the issuer of the settings."""

    code = "token-issuer"

    def __init__(self) -> None:
        super().__init__("the token's `iss` is not the issuer in the settings")


class TokenAudienceError(TokenRefusedError):
    """`aud` is not an app of this installation."""

    code = "token-audience"

    def __init__(self) -> None:
        super().__init__("the token's `aud` is not an app id of this installation")


class TokenExpiredError(TokenRefusedError):
    """`exp` has passed."""

    code = "token-expired"

    def __init__(self) -> None:
        super().__init__("the token's `exp` has passed; expected a fresh token for every entry")


class TokenNotYetError(TokenRefusedError):
    """`nbf` or `iat` lies in the future."""

    code = "token-not-yet"

    def __init__(self) -> None:
        super().__init__("the token's `nbf` or `iat` lies in the future; check the issuer's clock")


class TokenLifetimeError(TokenRefusedError):
    """`exp` lies further ahead than ten minutes."""

    code = "token-lifetime"

    def __init__(self) -> None:
        super().__init__("the token's `exp` is too far ahead; expected at most 10 minutes")


class TokenClaimError(TokenRefusedError):
    """A claim is missing or has another form than expected."""

    code = "token-claim"

    def __init__(self, claim: str) -> None:
        super().__init__(f"the token's claim `{claim}` is missing or has a wrong form")
        self.claim = claim


class TokenUsedError(TokenRefusedError):
    """The `jti` was used before: a token works once."""

    code = "token-used"

    def __init__(self) -> None:
        super().__init__("the token's `jti` was used before; expected a fresh token")


class KeysUnavailableError(UnavailableError):
    """The issuer's keys cannot be read and none are at hand."""

    code = "issuer-keys-unavailable"

    def __init__(self, what: str) -> None:
        super().__init__(f"the keys of the token issuer cannot be read: {what}")
        self.what = what


class EntryCodeError(InvalidInputError):
    """An entry code is unknown, used or too old; which of them is not told."""

    code = "entry-code"

    def __init__(self) -> None:
        super().__init__("the entry code is not valid any more; each works once, for one minute")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndividualToken:
    """What a good token says.

    Attributes:
        issuer: `iss`.
        audience: `aud`, the app id.
        subject: `sub`, the operator's account id; kept sealed with the session, and nowhere else.
        token_id: `jti`.
        expires_at: `exp`.
        birth_date: Civil date, where the operator knows it.
        authenticated_at: `auth_time`: when the person last proved who they are.
        guardian: `act.sub`: account id of the guardian who acts for the person.

    """

    issuer: str
    audience: str
    subject: str
    token_id: str
    expires_at: datetime
    birth_date: date | None = None
    authenticated_at: datetime | None = None
    guardian: str | None = None


class TokenReader(Protocol):
    """Checks a token against the issuer's published keys."""

    def read(self, token: str, at: datetime) -> IndividualToken:
        """Return what the token says.

        Single use is not judged here; the store does that.

        Raises:
            TokenRefusedError: One leaf for each reason.
            KeysUnavailableError: The issuer's keys cannot be fetched and none are at hand.

        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """An individual in the privacy centre.

    Attributes:
        person: Whose information the pages speak of.
        app: The app they came from.
        guardian: Person key of the guardian who acts, or None if the person does.
        birth_date: As the token said.
        authenticated_at: As the token said; a step-up asks for a recent one.
        since: Start of the session.
        expires_at: Absolute end of the session.
        account: The operator's account id of `person`; personal: never in a log, a page or an
            address, kept sealed. Empty where it is not known.

    """

    person: PersonKey
    app: str
    guardian: PersonKey | None
    birth_date: date | None
    authenticated_at: datetime | None
    since: datetime
    expires_at: datetime
    account: str = field(default="", repr=False)


class IndividualStore(Protocol):
    """Keeps used token ids, entry codes and sessions of individuals."""

    def admit(
        self,
        *,
        token_id: TokenHash,
        token_expires_at: datetime,
        code: TokenHash,
        code_expires_at: datetime,
        visitor: Visitor,
    ) -> None:
        """Use up a token and keep an entry code for its person, both or neither.

        Raises:
            TokenUsedError: The token id was seen before.

        """
        ...

    def enter(self, code: TokenHash, session: TokenHash, *, at: datetime) -> Visitor:
        """Use up an entry code and open its session, both or neither.

        Raises:
            EntryCodeError: The code is unknown, used or expired.

        """
        ...

    def visitor(self, session: TokenHash, at: datetime) -> Visitor | None:
        """Return who an unexpired session belongs to, or None."""
        ...

    def prolong(self, session: TokenHash, until: datetime) -> None:
        """Let a session last until an instant; one that has gone stays gone."""
        ...

    def leave(self, session: TokenHash) -> None:
        """End a session."""
        ...
