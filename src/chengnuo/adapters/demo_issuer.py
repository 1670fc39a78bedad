"""The demo issuer: signs tokens for one invented individual with a key made at start.

The key lives in memory and dies with the process; the tokens go through the same checks as
everybody's. Wiring makes it only with `--demo` on loopback.
"""

import json
import secrets
from datetime import timedelta

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

from chengnuo.adapters.individual_tokens import ALGORITHMS, JwtReader
from chengnuo.adapters.key_set import KeySet
from chengnuo.ports.clock import Clock

ISSUER = "chengnuo-demo"
SUBJECT = "42"
"""Account id of the sample individual: a customer with orders in the sample shop's database."""
_KID = "demo"
_LIFE = timedelta(minutes=1)
_BIRTH_DATE = "1895-06-01"


class Ed25519DemoIssuer:
    """Signs tokens for the sample individual."""

    def __init__(self, audience: str, clock: Clock) -> None:
        """Make a key for one app id."""
        self._key = Ed25519PrivateKey.generate()
        self._audience = audience
        self._clock = clock

    def token(self) -> str:
        """Return a fresh token for the sample individual."""
        now = self._clock.now()
        return jwt.encode(
            {
                "iss": ISSUER,
                "aud": self._audience,
                "sub": SUBJECT,
                "jti": secrets.token_urlsafe(16),
                "iat": int(now.timestamp()),
                "exp": int((now + _LIFE).timestamp()),
                "auth_time": int(now.timestamp()),
                "birth_date": _BIRTH_DATE,
            },
            self._key,
            algorithm="EdDSA",
            headers={"kid": _KID},
        )

    def reader(self) -> JwtReader:
        """Return the reader for these tokens."""
        member = OKPAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        document = json.dumps({"keys": [{**member, "kid": _KID, "use": "sig"}]}).encode()
        return JwtReader(
            ISSUER,
            frozenset({self._audience}),
            KeySet(lambda: document, algorithms=ALGORITHMS),
        )
