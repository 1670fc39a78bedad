"""Reading an individual's token: a JWT (RFC 7519) signed with Ed25519 or P-256.

The key decides the algorithm, never the token: the header's `alg` must be the one that the key
named by `kid` is for. Headers that change how a token is read (`crit`, `b64`, `jku`, `jwk`,
`x5c`, `x5u`, `zip`) are refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import jwt
from jwt.exceptions import InvalidSignatureError, PyJWTError

from chengnuo.adapters.key_set import KeySet, KeySetError
from chengnuo.ports.individuals import (
    IndividualToken,
    KeysUnavailableError,
    TokenAlgorithmError,
    TokenAudienceError,
    TokenClaimError,
    TokenExpiredError,
    TokenIssuerError,
    TokenKeyError,
    TokenLifetimeError,
    TokenMalformedError,
    TokenNotYetError,
    TokenSignatureError,
)

ALGORITHMS = frozenset({"EdDSA", "ES256"})
LONGEST_LIFE = timedelta(minutes=10)
LEEWAY = timedelta(seconds=30)
_LONGEST = 8192
_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")
_HEADERS = frozenset({"alg", "kid", "typ"})
_LONGEST_ID = 256
_LATEST_SECOND = 253402300799


@dataclass(frozen=True, slots=True)
class JwtReader:
    """`TokenReader` for one issuer.

    Attributes:
        issuer: Expected `iss`.
        audiences: Accepted `aud`.
        keys: The issuer's public keys.

    """

    issuer: str
    audiences: frozenset[str]
    keys: KeySet

    def read(self, token: str, at: datetime) -> IndividualToken:
        """See `TokenReader.read`."""
        claims = self._verified(token, at)
        if claims.get("iss") != self.issuer:
            raise TokenIssuerError
        audience = claims.get("aud")
        if not isinstance(audience, str) or audience not in self.audiences:
            raise TokenAudienceError
        expires_at = _instant(claims, "exp")
        if at >= expires_at:
            raise TokenExpiredError
        if expires_at - at > LONGEST_LIFE:
            raise TokenLifetimeError
        for claim in ("nbf", "iat"):
            if claim in claims and _instant(claims, claim) - at > LEEWAY:
                raise TokenNotYetError
        return IndividualToken(
            issuer=self.issuer,
            audience=audience,
            subject=_text(claims, "sub"),
            token_id=_text(claims, "jti"),
            expires_at=expires_at,
            birth_date=_birth_date(claims, at),
            authenticated_at=_instant(claims, "auth_time") if "auth_time" in claims else None,
            guardian=_guardian(claims),
        )

    def _verified(self, token: str, at: datetime) -> Mapping[str, object]:
        header = _header(token)
        kid = header.get("kid")
        if not isinstance(kid, str):
            raise TokenKeyError
        try:
            key = self.keys.key(kid, at)
        except KeySetError as error:
            raise KeysUnavailableError(error.what) from error
        if key is None:
            raise TokenKeyError
        if header["alg"] != key.algorithm:
            raise TokenAlgorithmError
        try:
            decoded = jwt.decode(
                token,
                key.key,
                algorithms=[key.algorithm],
                options={
                    "verify_signature": True,
                    "verify_exp": False,
                    "verify_nbf": False,
                    "verify_iat": False,
                    "verify_aud": False,
                    "verify_iss": False,
                    "verify_sub": False,
                    "verify_jti": False,
                },
            )
        except InvalidSignatureError as error:
            raise TokenSignatureError from error
        except (PyJWTError, ValueError, RecursionError) as error:
            raise TokenMalformedError("payload") from error
        return dict(decoded)


def _header(token: str) -> Mapping[str, object]:
    if len(token) > _LONGEST or _COMPACT.fullmatch(token) is None:
        raise TokenMalformedError("form")
    try:
        header: Mapping[str, object] = jwt.get_unverified_header(token)
    except (PyJWTError, RecursionError) as error:
        raise TokenMalformedError("header") from error
    if not set(header) <= _HEADERS:
        raise TokenMalformedError("header")
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise TokenAlgorithmError
    return header


def _text(claims: Mapping[str, object], claim: str) -> str:
    value = claims.get(claim)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_ID:
        raise TokenClaimError(claim)
    return value


def _instant(claims: Mapping[str, object], claim: str) -> datetime:
    value = claims.get(claim)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TokenClaimError(claim)
    if not 0 <= value <= _LATEST_SECOND:
        raise TokenClaimError(claim)
    return datetime.fromtimestamp(value, UTC)


def _birth_date(claims: Mapping[str, object], at: datetime) -> date | None:
    value = claims.get("birth_date")
    if value is None:
        return None
    try:
        born = date.fromisoformat(str(value)) if isinstance(value, str) else None
    except ValueError as error:
        raise TokenClaimError("birth_date") from error
    if born is None or born > (at + timedelta(hours=8)).date():
        raise TokenClaimError("birth_date")
    return born


def _guardian(claims: Mapping[str, object]) -> str | None:
    act = claims.get("act")
    if act is None:
        return None
    if not isinstance(act, dict):
        raise TokenClaimError("act")
    guardian = act.get("sub")
    if not isinstance(guardian, str) or not 0 < len(guardian) <= _LONGEST_ID:
        raise TokenClaimError("act")
    if guardian == claims.get("sub"):
        raise TokenClaimError("act")
    return guardian
