"""An agent of individuals with a key of its own, and what it signs."""

import base64
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chengnuo.base.canonical import Tree

AGENT, BUSINESS = "CARE_AGENT", "SAMPLE_SHOP"
PHONE, EMAIL = "+8619900000001", "sample@nowhere.example"


@dataclass(frozen=True)
class Agent:
    """An agent."""

    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    def signed(self, message: dict[str, Tree] | bytes) -> bytes:
        raw = message if isinstance(message, bytes) else json.dumps(message).encode()
        return base64.b64encode(self.key.sign(raw) + raw)


def message(
    at: datetime, *, lasts: timedelta = timedelta(minutes=5), **other: Tree
) -> dict[str, Tree]:
    """Return what every message says."""
    return {
        "agent-id": AGENT,
        "business-id": BUSINESS,
        "issued-at": at.isoformat(),
        "expires-at": (at + lasts).isoformat(),
        "drp.version": "1.0",
        **other,
    }


def exercise(at: datetime, right: str = "deletion", **other: Tree) -> dict[str, Tree]:
    """Return a request about somebody whose phone number the agent verified."""
    return message(
        at,
        **{
            "exercise": right,
            "regime": "pipl",
            "agent-request-id": "case-7",
            "phone_number": PHONE,
            "phone_number_verified": True,
            **other,
        },
    )
