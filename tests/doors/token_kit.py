"""An operator's back end, as far as tokens go: a key, a key set, and signed tokens."""

import base64
import json
from datetime import datetime, timedelta
from pathlib import Path

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as generate_ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import ECAlgorithm, OKPAlgorithm

ISSUER = "https://shop.example.com"
AUDIENCE = "shop-android"


class Issuer:
    """Signs tokens as the operator's back end would."""

    def __init__(self) -> None:
        self.ed25519 = Ed25519PrivateKey.generate()
        self.p256: EllipticCurvePrivateKey = generate_ec(SECP256R1())
        self.count = 0

    def key_set(self) -> bytes:
        ed = OKPAlgorithm.to_jwk(self.ed25519.public_key(), as_dict=True)
        ec = ECAlgorithm.to_jwk(self.p256.public_key(), as_dict=True)
        keys = [{**ed, "kid": "ed", "use": "sig"}, {**ec, "kid": "ec", "use": "sig"}]
        return json.dumps({"keys": keys}).encode()

    def write(self, path: Path) -> Path:
        path.write_bytes(self.key_set())
        return path

    def claims(self, at: datetime, **other: object) -> dict[str, object]:
        self.count += 1
        claims: dict[str, object] = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": "u-1029",
            "jti": f"jti-{self.count}",
            "iat": int(at.timestamp()),
            "exp": int((at + timedelta(minutes=5)).timestamp()),
        }
        claims |= other
        return {name: value for name, value in claims.items() if value is not None}

    def token(self, at: datetime, **other: object) -> str:
        return jwt.encode(
            self.claims(at, **other), self.ed25519, algorithm="EdDSA", headers={"kid": "ed"}
        )


def by_hand(header: object, payload: object, signature: bytes = b"") -> str:
    """Return a compact JWT put together without a library that would refuse to."""
    return ".".join((_b64(json.dumps(header)), _b64(json.dumps(payload)), _b64(signature)))


def _b64(data: str | bytes) -> str:
    raw = data.encode() if isinstance(data, str) else data
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
