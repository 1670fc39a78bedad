"""Staff sign-in through an identity provider: OpenID Connect Core 1.0, code flow with PKCE.

Addresses and keys come from the issuer's discovery document, which must name that issuer. The
ID token's signature, issuer, audience, authorized party, nonce and times are checked; the access
token is thrown away.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from threading import Lock
from urllib.parse import urlencode, urlsplit

import jwt
from jwt.exceptions import PyJWTError

from chengnuo.adapters.evidence.posting import (
    NoAnswerError,
    Outgoing,
    exchange,
    require_https,
)
from chengnuo.adapters.key_set import KeySet, KeySetError, fetch
from chengnuo.ports.identity_provider import (
    ProvedIdentity,
    ProviderUnavailableError,
    SignInRefusedByProviderError,
)
from chengnuo.ports.witnessing import PlainAddressError

_ALGORITHMS = frozenset({"EdDSA", "ES256", "RS256"})
_TIMEOUT_S = 10.0
_LIMIT_BYTES = 65536
_LEEWAY = timedelta(seconds=60)
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcClient:
    """Our registration at the provider.

    Attributes:
        issuer: The provider's issuer address.
        client_id: Our id there.
        client_secret: Our secret there; empty for a public client.
        redirect_uri: Where browsers come back.
        role_claim: Claim that lists the person's groups.

    """

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    role_claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Endpoints:
    authorization: str
    token: str
    keys: KeySet


class OidcProvider:
    """`IdentityProvider` for one issuer; what it publishes is read at the first sign-in."""

    def __init__(self, client: OidcClient) -> None:
        """Use a registration."""
        self._client = client
        self._lock = Lock()
        self._known: _Endpoints | None = None

    def authorization_url(self, *, state: str, nonce: str, verifier: str) -> str:
        """See `IdentityProvider.authorization_url`."""
        endpoint = self._endpoints().authorization
        query = urlencode(
            {
                "response_type": "code",
                "client_id": self._client.client_id,
                "redirect_uri": self._client.redirect_uri,
                "scope": "openid profile email",
                "state": state,
                "nonce": nonce,
                "code_challenge": _challenge(verifier),
                "code_challenge_method": "S256",
            }
        )
        return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{query}"

    def identity(self, code: str, *, nonce: str, verifier: str, at: datetime) -> ProvedIdentity:
        """See `IdentityProvider.identity`."""
        if not code:
            raise SignInRefusedByProviderError("no-code")
        endpoints = self._endpoints()
        claims = self._claims(endpoints, self._exchange(endpoints, code, verifier), at)
        given = claims.get("nonce")
        if not isinstance(given, str) or not hmac.compare_digest(
            given.encode("utf-8", "surrogatepass"), nonce.encode()
        ):
            raise SignInRefusedByProviderError("nonce")
        subject = claims.get("sub")
        if not isinstance(subject, str) or not subject:
            raise SignInRefusedByProviderError("sub")
        return ProvedIdentity(
            issuer=self._client.issuer,
            subject=subject,
            name=_name(claims, subject),
            groups=_groups(claims.get(self._client.role_claim)),
        )

    def _endpoints(self) -> _Endpoints:
        with self._lock:
            if self._known is None:
                self._known = self._discover()
            return self._known

    def _discover(self) -> _Endpoints:
        document = discovery_of(self._client.issuer)
        keys_at = _address(document, "jwks_uri")
        return _Endpoints(
            authorization=_address(document, "authorization_endpoint"),
            token=_address(document, "token_endpoint"),
            keys=KeySet(lambda: fetch(keys_at), algorithms=_ALGORITHMS),
        )

    def _exchange(self, endpoints: _Endpoints, code: str, verifier: str) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._client.redirect_uri,
            "code_verifier": verifier,
            "client_id": self._client.client_id,
        }
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        if self._client.client_secret:
            pair = f"{self._client.client_id}:{self._client.client_secret}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode('ascii')}"
        try:
            answer = exchange(
                Outgoing(
                    address=endpoints.token,
                    body=urlencode(form).encode("ascii"),
                    headers=headers,
                    limit_bytes=_LIMIT_BYTES,
                    timeout_s=_TIMEOUT_S,
                )
            )
        except NoAnswerError as error:
            raise ProviderUnavailableError("token-endpoint") from error
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise ProviderUnavailableError("token-endpoint")
        if answer.status != HTTPStatus.OK:
            raise SignInRefusedByProviderError("code")
        try:
            token = json.loads(answer.body).get("id_token")
        except (ValueError, AttributeError, RecursionError) as error:
            raise ProviderUnavailableError("token-endpoint") from error
        if not isinstance(token, str):
            raise SignInRefusedByProviderError("no-id-token")
        return token

    def _claims(self, endpoints: _Endpoints, token: str, at: datetime) -> Mapping[str, object]:
        try:
            header = jwt.get_unverified_header(token)
            kid = header.get("kid")
            keys = endpoints.keys
            key = keys.only_key(at) if kid is None else keys.key(str(kid), at)
        except (PyJWTError, RecursionError) as error:
            raise SignInRefusedByProviderError("id-token") from error
        except KeySetError as error:
            raise ProviderUnavailableError(error.what) from error
        if key is None or header.get("alg") != key.algorithm:
            raise SignInRefusedByProviderError("id-token-key")
        try:
            claims = jwt.decode(
                token,
                key.key,
                algorithms=[key.algorithm],
                audience=self._client.client_id,
                issuer=self._client.issuer,
                leeway=_LEEWAY,
                options={"require": ["exp", "iat", "sub", "iss", "aud"]},
            )
        except (PyJWTError, ValueError, RecursionError) as error:
            raise SignInRefusedByProviderError("id-token") from error
        audience = claims["aud"]
        several = isinstance(audience, list) and len(audience) > 1
        if (several or "azp" in claims) and claims.get("azp") != self._client.client_id:
            raise SignInRefusedByProviderError("azp")
        return dict(claims)


def discovery_of(issuer: str) -> Mapping[str, object]:
    """Return the discovery document of an issuer.

    Raises:
        ProviderUnavailableError: It does not answer, or with the document of another.

    """
    try:
        document = json.loads(fetch(issuer.rstrip("/") + "/.well-known/openid-configuration"))
    except KeySetError as error:
        raise ProviderUnavailableError(error.what) from error
    except (ValueError, RecursionError) as error:
        raise ProviderUnavailableError("discovery") from error
    if not isinstance(document, dict) or document.get("issuer") != issuer:
        raise ProviderUnavailableError("issuer")
    return document


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def _address(document: Mapping[str, object], key: str) -> str:
    value = document.get(key)
    if not isinstance(value, str):
        raise ProviderUnavailableError(key)
    try:
        require_https(key, value)
    except PlainAddressError as error:
        raise ProviderUnavailableError(key) from error
    return value


def _name(claims: Mapping[str, object], subject: str) -> str:
    for claim in ("preferred_username", "email"):
        value = claims.get(claim)
        if isinstance(value, str) and value.strip():
            return value.strip()[:_LONGEST_NAME]
    return subject[:_LONGEST_NAME]


def _groups(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list):
        return tuple(group for group in value if isinstance(group, str))
    return ()
